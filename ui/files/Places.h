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
    /// Marks the place that holds \a path.
    void showPath(const QByteArray &path);
    void retranslate();

Q_SIGNALS:
    void chosen(const QByteArray &path);

private:
    struct Place
    {
        QByteArray path;
        core::probe::DiskRole role = core::probe::DiskRole::Other;
        bool isHome = false;

        bool operator==(const Place &) const = default;
    };

    void rebuild();
    [[nodiscard]] QString title(const Place &place) const;
    [[nodiscard]] QString fate(const Place &place) const;

    std::vector<Place> m_places;
    QByteArray m_current;
    bool m_isAutodl = false;
};

} // namespace ui::files
