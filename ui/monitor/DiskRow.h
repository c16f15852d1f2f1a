// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/SystemInfo.h"

#include <QWidget>

class QPushButton;

namespace ui {
class ElidedLabel;
class UsageBar;
} // namespace ui

namespace ui::monitor {

class DiskRow : public QWidget
{
    Q_OBJECT

public:
    explicit DiskRow(QWidget *parent = nullptr);
    void setDisk(const core::probe::DiskInfo &disk, bool autodl, bool stale);

Q_SIGNALS:
    /// What takes the room there?
    void spaceRequested(const QString &mount);

private:
    struct Measure
    {
        ui::ElidedLabel *words;
        ui::UsageBar *bar;
    };
    static void setMeasure(const Measure &measure, const QString &words, std::optional<double> part,
                           double warn, double bad);

    ui::ElidedLabel *m_role;
    ui::ElidedLabel *m_mount;
    ui::ElidedLabel *m_fate;
    QPushButton *m_space;
    QString m_mountPoint;
    Measure m_bytes;
    Measure m_files;
};

} // namespace ui::monitor
