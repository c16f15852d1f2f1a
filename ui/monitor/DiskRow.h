// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/SystemInfo.h"

#include <QWidget>

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
    Measure m_bytes;
    Measure m_files;
};

} // namespace ui::monitor
