// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"

#include <QListWidget>

namespace ui::files {

/// Where to go on an instance, each with what becomes of it: home, data disk, file storage, public
/// data, the system disk.
class Places final : public QListWidget
{
    Q_OBJECT

public:
    explicit Places(QWidget *parent = nullptr);

    /// From the last sample's disks; rebuilt only when they have changed.
    void setInstance(const core::fleet::Instance *instance, const QByteArray &home);
    /// The data disk, or "" where there is none.
    [[nodiscard]] QByteArray dataDisk() const;
    [[nodiscard]] QByteArray pathAt(int row) const { return m_places[std::size_t(row)].path; }
    /// Marks the place that holds \a path.
    void showPath(const QByteArray &path);
    void retranslate();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QByteArray &path);

private:
    struct Place
    {
        QByteArray path;
        core::probe::DiskRole role = core::probe::DiskRole::Other;
        bool isHome = false;
        std::optional<qint64> totalBytes; ///< of its disk

        bool operator==(const Place &) const = default;
    };

    static void addDisks(const std::vector<core::probe::DiskInfo> &disks,
                         std::vector<Place> &places, QString &provider);
    void rebuild();
    [[nodiscard]] QString title(const Place &place) const;
    /// Two parts, below and beside the name: what becomes of it, or else where it is and how much
    /// room it has.
    [[nodiscard]] QStringList lines(const Place &place) const;
    [[nodiscard]] QString toolTip(const Place &place) const;

    std::vector<Place> m_places;
    QByteArray m_current;
    QString m_provider; ///< core::profiles::Provider::id, "" = none that is known
};

} // namespace ui::files
