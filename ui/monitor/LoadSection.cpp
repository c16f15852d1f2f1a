// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/LoadSection.h"

#include "ui/charts/ChartPanel.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/Card.h"
#include "ui/common/Format.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/monitor/Facts.h"
#include "ui/monitor/Scales.h"

#include <QBoxLayout>
#include <QEvent>

namespace ui::monitor {

using charts::ChartPanel;
using core::metrics::Quantity;

namespace {

/// Of the container's limit: from here on the next allocation may be the last.
constexpr double nearlyFull = 0.92;

} // namespace

LoadSection::LoadSection(charts::ChartGroup &group, QWidget *parent)
    : QWidget(parent)
    , m_cpu(new ChartPanel(group, ChartPanel::Size::Full))
    , m_memory(new ChartPanel(group, ChartPanel::Size::Full))
    , m_network(new ChartPanel(group, ChartPanel::Size::Full))
{
    m_cpu->setObjectName(QStringLiteral("cpuPanel"));
    m_memory->setObjectName(QStringLiteral("memoryPanel"));
    m_network->setObjectName(QStringLiteral("networkPanel"));
    m_cpu->chart()->setLines({{Quantity::CpuPercent, 0, {}, {}}}, &Tokens::cpu);
    m_cpu->chart()->setScale(cpuScale({}));
    m_memory->chart()->setLines({{Quantity::MemoryUsed, 0, {}, {}}}, &Tokens::mem);
    m_memory->chart()->setScale(bytesScale({}));
    m_network->chart()->setScale(rateScale());

    auto *grid = new ResponsiveGrid(250, 3, this);
    for (ChartPanel *panel : {m_cpu, m_memory, m_network}) {
        panel->chart()->setMinimumHeight(104);
        auto *card = new Card;
        card->body()->addWidget(panel);
        grid->addWidget(card);
    }
    retranslate();
}

void LoadSection::setSample(const core::metrics::Sample &sample, bool stale)
{
    setCpu(sample.cpu);
    setMemory(sample.memory);
    m_network->setValue(QStringLiteral("↓") + format::unitSpace +
                        format::rate(sample.network.rxBytesPerSecond));
    m_network->setSecondValue(QStringLiteral("↑") + format::unitSpace +
                              format::rate(sample.network.txBytesPerSecond));
    for (ChartPanel *panel : {m_cpu, m_memory, m_network})
        panel->setStale(stale);
}

void LoadSection::setCpu(const core::metrics::CpuFigures &cpu)
{
    if (cpu.limitCores && cpu.limitCores != m_cores) {
        m_cores = cpu.limitCores;
        m_cpu->chart()->setScale(cpuScale(m_cores));
    }
    m_cpu->setValue(format::percent(cpuPercentOfCore(cpu)));
    QString words;
    if (m_cores) {
        //: After the use of the CPU: "of 1,600 %, that is 24 % of the container's 16 cores". %1 and
        //: %2 are percentages, 100 % is one core; %3 is a number, also 0.5
        words = (cpu.source == core::metrics::Source::Host
                     ? tr("of %1, that is %2 of the host's %3 cores")
                     : tr("of %1, that is %2 of the container's %3 cores"))
                    .arg(format::percent(*m_cores * 100), format::percent(cpuPercentOfShare(cpu)),
                         format::number(*m_cores, 1));
    }
    m_cpu->setNote(words);
}

void LoadSection::setMemory(const core::metrics::MemoryFigures &memory)
{
    if (memory.limitBytes && memory.limitBytes != m_memoryLimit) {
        m_memoryLimit = memory.limitBytes;
        m_memory->chart()->setScale(bytesScale(m_memoryLimit));
    }
    const auto used = asDouble(memory.usedBytes);
    const auto limit = asDouble(m_memoryLimit);
    m_memory->setValue(format::bytesOf(used, limit));
    const auto part = partOf(used, limit);
    QString words;
    if (part) {
        //: %1 is a percentage
        words = (memory.source == core::metrics::Source::Host ? tr("%1 of the host's memory")
                                                              : tr("%1 of the container's limit"))
                    .arg(format::percent(*part * 100));
    }
    const bool full = part && *part >= nearlyFull;
    if (full)
        //: Memory; %1 is a percentage. The system ends processes when it runs out
        words = tr("Almost full (%1): processes may be killed").arg(format::percent(*part * 100));
    m_memory->setNote(words, full);
}

void LoadSection::retranslate()
{
    m_cpu->setTitle(tr("CPU"));
    m_memory->setTitle(tr("Memory"));
    m_network->setTitle(tr("Network"));
    m_network->setNote(tr("without loopback"));
    //: Two lines of the network chart: bytes coming in and going out
    m_network->chart()->setLines({{Quantity::NetRx, 0, tr("↓ in"), QStringLiteral("↓")},
                                  {Quantity::NetTx, 0, tr("↑ out"), QStringLiteral("↑")}},
                                 &Tokens::net);
}

void LoadSection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui::monitor
