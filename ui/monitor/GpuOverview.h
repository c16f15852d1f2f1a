// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/SeriesSet.h"

#include <QWidget>

namespace ui::charts {
class ChartGroup;
class ChartPanel;
} // namespace ui::charts

namespace ui::monitor {

class GpuTile;

/// Three GPUs and more: a tile each, and one chart per quantity with a line for each GPU.
class GpuOverview : public QWidget
{
    Q_OBJECT

public:
    GpuOverview(charts::ChartGroup &group, int count, QWidget *parent = nullptr);

    void setGpus(const std::vector<core::probe::GpuInfo> &gpus, bool stale);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void setScales(const std::vector<core::probe::GpuInfo> &gpus);
    void setTotals(const std::vector<core::probe::GpuInfo> &gpus, bool stale);
    void highlight(int gpu, bool on);

    charts::ChartGroup &m_group;
    std::vector<GpuTile *> m_tiles;
    charts::ChartPanel *m_use;
    charts::ChartPanel *m_memory;
    charts::ChartPanel *m_power;
    charts::ChartPanel *m_temperature;
    std::optional<qint64> m_memoryTop;
    std::optional<double> m_powerTop;
};

} // namespace ui::monitor
