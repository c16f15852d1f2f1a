// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/GpuOverview.h"

#include "ui/charts/ChartPanel.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/Card.h"
#include "ui/common/Format.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/common/Tokens.h"
#include "ui/monitor/Facts.h"
#include "ui/monitor/GpuTile.h"
#include "ui/monitor/Scales.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>

namespace ui::monitor {

using charts::ChartPanel;
using core::metrics::Quantity;
using core::probe::GpuInfo;

namespace {

constexpr int sparkColumns = 120;

/// Sum, highest and number of the values that are known.
struct Summary
{
    double sum = 0;
    double highest = 0;
    int known = 0;
};

template <typename T>
Summary summarise(const std::vector<GpuInfo> &gpus, std::optional<T> GpuInfo::*field)
{
    Summary summary;
    for (const GpuInfo &gpu : gpus) {
        if (!(gpu.*field))
            continue;
        const double value = double(*(gpu.*field));
        summary.sum += value;
        summary.highest = summary.known ? std::max(summary.highest, value) : value;
        ++summary.known;
    }
    return summary;
}

std::optional<double> sumOf(const Summary &summary)
{
    return summary.known ? std::optional<double>(summary.sum) : std::nullopt;
}

} // namespace

GpuOverview::GpuOverview(charts::ChartGroup &group, int count, QWidget *parent)
    : QWidget(parent)
    , m_group(group)
    , m_use(new ChartPanel(group, ChartPanel::Size::Full))
    , m_memory(new ChartPanel(group, ChartPanel::Size::Full))
    , m_power(new ChartPanel(group, ChartPanel::Size::Full))
    , m_temperature(new ChartPanel(group, ChartPanel::Size::Full))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    // Rows of equal length: 4 + 4 rather than 5 + 3.
    auto *tiles = new ResponsiveGrid(200, count <= 4 ? count : 4);
    for (int g = 0; g < count; ++g) {
        auto *tile = new GpuTile(g, this);
        connect(tile, &GpuTile::pointedAt, this, &GpuOverview::highlight);
        tiles->addWidget(tile);
        m_tiles.push_back(tile);
    }
    layout->addLayout(tiles);

    const auto lines = [count](Quantity quantity) {
        std::vector<charts::LineSpec> specs;
        specs.reserve(std::size_t(count));
        for (int g = 0; g < count; ++g)
            specs.push_back({quantity, g, gpuTitle(g), QString::number(g)});
        return specs;
    };
    m_use->chart()->setLines(lines(Quantity::GpuUtil), &Tokens::gpu);
    m_use->chart()->setScale(percentScale());
    m_memory->chart()->setLines(lines(Quantity::GpuMemory), &Tokens::mem);
    m_memory->chart()->setScale(gpuMemoryScale({}));
    m_power->chart()->setLines(lines(Quantity::GpuPower), &Tokens::power);
    m_power->chart()->setScale(powerScale({}));
    m_temperature->chart()->setLines(lines(Quantity::GpuTemp), &Tokens::temp);
    m_temperature->chart()->setScale(temperatureScale());

    auto *shared = new ResponsiveGrid(360, 2);
    for (ChartPanel *panel : {m_use, m_memory, m_power, m_temperature}) {
        panel->chart()->setMinimumHeight(150);
        auto *card = new Card(this);
        card->body()->addWidget(panel);
        shared->addWidget(card);
    }
    layout->addLayout(shared);
    retranslate();
}

void GpuOverview::setGpus(const std::vector<GpuInfo> &gpus, bool stale)
{
    const Tokens &t = tokens(this);
    const int count = int(m_tiles.size());
    for (int g = 0; g < count; ++g) {
        const GpuInfo *info = nullptr;
        for (std::size_t i = 0; i < gpus.size(); ++i) {
            if (gpuIndex(gpus[i], i) == g)
                info = &gpus[i];
        }
        GpuTile *tile = m_tiles[std::size_t(g)];
        tile->setGpu(info, shade(t.gpu, g, count, t.dark), stale);
        const core::metrics::SeriesSet *set = m_group.data();
        tile->setPast(charts::sparklineData(set ? set->find(Quantity::GpuUtil, g) : nullptr,
                                            m_group.end(), m_group.spanMs(), sparkColumns));
    }
    setScales(gpus);
    setTotals(gpus, stale);
}

void GpuOverview::setScales(const std::vector<GpuInfo> &gpus)
{
    std::optional<qint64> memory = m_memoryTop;
    std::optional<double> power = m_powerTop;
    for (const GpuInfo &gpu : gpus) {
        if (gpu.memTotalMib)
            memory = std::max(memory.value_or(0), *gpu.memTotalMib);
        if (gpu.powerLimitW)
            power = std::max(power.value_or(0), *gpu.powerLimitW);
    }
    if (memory != m_memoryTop) {
        m_memoryTop = memory;
        m_memory->chart()->setScale(gpuMemoryScale(memory));
    }
    if (power != m_powerTop) {
        m_powerTop = power;
        m_power->chart()->setScale(powerScale(power));
    }
}

void GpuOverview::setTotals(const std::vector<GpuInfo> &gpus, bool stale)
{
    const Summary use = summarise(gpus, &GpuInfo::utilPercent);
    const Summary memory = summarise(gpus, &GpuInfo::memUsedMib);
    const Summary memoryTotal = summarise(gpus, &GpuInfo::memTotalMib);
    const Summary power = summarise(gpus, &GpuInfo::powerW);
    const Summary temperature = summarise(gpus, &GpuInfo::tempC);
    const auto mib = [](const Summary &s) {
        return s.known ? mibToBytes(qint64(s.sum)) : std::nullopt;
    };
    m_use->setValue(
        format::percent(use.known ? std::optional<double>(use.sum / use.known) : std::nullopt));
    m_memory->setValue(format::bytesOf(mib(memory), mib(memoryTotal)));
    m_power->setValue(format::watts(sumOf(power)));
    m_temperature->setValue(format::celsius(
        temperature.known ? std::optional<double>(temperature.highest) : std::nullopt));
    for (ChartPanel *panel : {m_use, m_memory, m_power, m_temperature})
        panel->setStale(stale);
}

void GpuOverview::highlight(int gpu, bool on)
{
    for (ChartPanel *panel : {m_use, m_memory, m_power, m_temperature})
        panel->chart()->setHighlight(on ? gpu : -1);
}

void GpuOverview::retranslate()
{
    m_use->setTitle(tr("GPU utilisation"));
    m_use->setNote(tr("average of all cards"));
    m_memory->setTitle(tr("GPU memory"));
    m_memory->setNote(tr("all cards together"));
    m_power->setTitle(tr("GPU power"));
    m_power->setNote(tr("all cards together"));
    m_temperature->setTitle(tr("GPU temperature"));
    m_temperature->setNote(tr("the hottest card"));
}

void GpuOverview::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui::monitor
