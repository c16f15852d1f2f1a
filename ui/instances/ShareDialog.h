// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/Profile.h"

#include <QDialog>
#include <QStringList>

#include <vector>

class QListWidget;
class QPushButton;

namespace ui::instances {

/// Which instances are given to other people, as text for a chat or as a file.
class ShareDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a chosen: ids of those that are ticked at first.
    ShareDialog(const std::vector<core::profiles::Profile> &profiles, const QStringList &chosen,
                QWidget *parent = nullptr);

Q_SIGNALS:
    void copyRequested(const QStringList &ids);
    void saveRequested(const QStringList &ids, const QString &path);

private:
    void tickAll(bool ticked);
    void update();
    void chooseFile();
    [[nodiscard]] QStringList chosen() const;

    QListWidget *m_list;
    QPushButton *m_copy;
    QPushButton *m_save;
};

} // namespace ui::instances
