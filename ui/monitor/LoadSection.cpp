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
    QStringList words;
    if (m_cores) {
        //: After the use of the CPU: "of 1,600 %"; 100 % is one core
        words << tr("of %1").arg(format::percent(*m_cores * 100));
        //: %1 is a percentage of what the container may use: "24 % of your 16 cores"
        words << tr("%1 of your %n core(s)", nullptr, int(*m_cores + 0.5))
                     .arg(format::percent(cpuPercentOfShare(cpu)));
    }
    m_cpu->setNote(words.join(QStringLiteral(" · ")));
    m_cpu->setNoteTip(sourceWords(cpu.source));
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
    QStringList words;
    if (part) {
        words << format::percent(*part * 100);
        if (*part >= 0.92)
            //: Memory is nearly full; the system ends processes when it is
            words << tr("almost full: processes may be killed");
    }
    if (const QString source = sourceWords(memory.source); !source.isEmpty())
        words << source;
    m_memory->setNote(words.join(QStringLiteral(" · ")));
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
