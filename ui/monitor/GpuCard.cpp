// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/GpuCard.h"

#include "ui/charts/ChartPanel.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/BigNumber.h"
#include "ui/common/Chip.h"
#include "ui/common/Format.h"
#include "ui/common/Tokens.h"
#include "ui/monitor/Facts.h"
#include "ui/monitor/Scales.h"

#include <QBoxLayout>
#include <QEvent>

namespace ui::monitor {

using charts::ChartPanel;
using core::metrics::Quantity;

GpuCard::GpuCard(charts::ChartGroup &group, int gpu, QWidget *parent)
    : Card(parent)
    , m_gpu(gpu)
    , m_use(new BigNumber(BigNumber::Size::Large))
    , m_mig(new Chip)
    , m_useChart(new charts::TimeChart(group))
    , m_memory(new ChartPanel(group, ChartPanel::Size::Compact))
    , m_power(new ChartPanel(group, ChartPanel::Size::Compact))
    , m_temperature(new ChartPanel(group, ChartPanel::Size::Compact))
{
    setObjectName(QStringLiteral("gpuCard%1").arg(gpu));
    setTitle(gpuTitle(gpu));
    m_mig->hide();
    addToTitle(m_mig);
    addToTitle(m_use);
    m_use->setWidest(format::percent(100));

    m_useChart->setLines({{Quantity::GpuUtil, gpu, {}, {}}}, &Tokens::gpu);
    m_useChart->setScale(percentScale());
    m_useChart->setMinimumHeight(116);
    body()->addWidget(m_useChart, 1);

    m_memory->chart()->setLines({{Quantity::GpuMemory, gpu, {}, {}}}, &Tokens::mem);
    m_memory->chart()->setScale(gpuMemoryScale({}));
    m_power->chart()->setLines({{Quantity::GpuPower, gpu, {}, {}}}, &Tokens::power);
    m_power->chart()->setScale(powerScale({}));
    m_temperature->chart()->setLines({{Quantity::GpuTemp, gpu, {}, {}}}, &Tokens::temp);
    m_temperature->chart()->setScale(temperatureScale());
    auto *row = new QHBoxLayout;
    row->setSpacing(space::l);
    row->addWidget(m_memory, 1);
    row->addWidget(m_power, 1);
    row->addWidget(m_temperature, 1);
    body()->addLayout(row);
    retranslate();
}

void GpuCard::setGpu(const core::probe::GpuInfo *gpu, bool stale)
{
    static const core::probe::GpuInfo unknown;
    const core::probe::GpuInfo &info = gpu ? *gpu : unknown;
    if (info.name)
        setSubtitle(shortGpuName(*info.name));
    m_mig->setVisible(info.mig.value_or(false));

    if (info.memTotalMib && info.memTotalMib != m_memoryTotal) {
        m_memoryTotal = info.memTotalMib;
        m_memory->chart()->setScale(gpuMemoryScale(m_memoryTotal));
    }
    if (info.powerLimitW && info.powerLimitW != m_powerLimit) {
        m_powerLimit = info.powerLimitW;
        m_power->chart()->setScale(powerScale(m_powerLimit));
    }
    m_use->setText(format::percent(info.utilPercent));
    m_memory->setValue(format::bytesOf(mibToBytes(info.memUsedMib), mibToBytes(m_memoryTotal)));
    m_power->setValue(format::wattsOf(info.powerW, m_powerLimit));
    m_temperature->setValue(format::celsius(info.tempC));
    m_use->setDimmed(stale);
    for (ChartPanel *panel : {m_memory, m_power, m_temperature})
        panel->setStale(stale);
}

void GpuCard::retranslate()
{
    const QString name = gpuTitle(m_gpu);
    setTitle(name);
    //: %1 is "GPU 0"; for screen readers
    m_use->setLabel(tr("%1 utilisation").arg(name));
    m_useChart->setAccessibleName(tr("%1 utilisation, chart").arg(name));
    m_memory->setTitle(tr("GPU memory"), tr("%1 memory").arg(name));
    m_power->setTitle(tr("Power"), tr("%1 power").arg(name));
    m_temperature->setTitle(tr("Temperature"), tr("%1 temperature").arg(name));
    //: The card is cut into slices (Multi-Instance GPU)
    m_mig->set(tr("MIG"), Chip::Tone::Neutral);
    m_mig->setToolTip(tr("The card is cut into MIG slices; the driver then tells no utilisation."));
}

void GpuCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Card::changeEvent(event);
}

} // namespace ui::monitor
