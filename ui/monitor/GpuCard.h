// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/GpuInfo.h"
#include "ui/common/Card.h"

namespace ui {
class BigNumber;
class Chip;
} // namespace ui
namespace ui::charts {
class ChartGroup;
class ChartPanel;
class TimeChart;
} // namespace ui::charts

namespace ui::monitor {

/// One GPU in full: utilisation large, memory, power and temperature below it.
class GpuCard : public Card
{
    Q_OBJECT

public:
    GpuCard(charts::ChartGroup &group, int gpu, QWidget *parent = nullptr);

    /// Null: this GPU is not in the last sample; its lines stay.
    void setGpu(const core::probe::GpuInfo *gpu, bool stale);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    int m_gpu;
    ui::BigNumber *m_use;
    ui::Chip *m_mig;
    charts::TimeChart *m_useChart;
    charts::ChartPanel *m_memory;
    charts::ChartPanel *m_power;
    charts::ChartPanel *m_temperature;
    // What the axes were made for; setting them again would redraw every chart.
    std::optional<qint64> m_memoryTotal;
    std::optional<double> m_powerLimit;
};

} // namespace ui::monitor
