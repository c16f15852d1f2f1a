// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"

#include <QWidget>

namespace ui::charts {
class ChartGroup;
class ChartPanel;
} // namespace ui::charts

namespace ui::monitor {

/// CPU, memory and network of the container.
class LoadSection : public QWidget
{
    Q_OBJECT

public:
    explicit LoadSection(charts::ChartGroup &group, QWidget *parent = nullptr);

    void setSample(const core::metrics::Sample &sample, bool stale);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void setCpu(const core::metrics::CpuFigures &cpu);
    void setMemory(const core::metrics::MemoryFigures &memory);

    charts::ChartPanel *m_cpu;
    charts::ChartPanel *m_memory;
    charts::ChartPanel *m_network;
    std::optional<double> m_cores;
    std::optional<qint64> m_memoryLimit;
};

} // namespace ui::monitor
