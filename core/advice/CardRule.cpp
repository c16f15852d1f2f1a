// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/RuleParts.h"

#include <algorithm>

namespace core::advice {

namespace {

struct Need
{
    double memoryMib = 0;
    double loadPercent = 0;
    std::vector<Evidence> evidence;
};

/// What the work of the last day asked of a card; nothing when too little of it was seen.
std::optional<Need> needOf(const Scene &scene)
{
    const auto gpus = wholeGpus(scene);
    Need need;
    TimeMs busy = 0;
    for (const probe::GpuInfo *gpu : gpus) {
        const metrics::Series *utilisation = scene.series.find(Quantity::GpuUtil, *gpu->index);
        const metrics::Series *memory = scene.series.find(Quantity::GpuMemory, *gpu->index);
        const TimeMs from = scene.now - cardReach;
        const auto load = Window::between(utilisation, from, scene.now, 0);
        const auto held = Window::between(memory, from, scene.now, 0);
        if (!load || !held || !Window::of(utilisation, scene.now, cardWindow) ||
            !Window::of(memory, scene.now, cardWindow))
            return std::nullopt;
        // Peaks, not means: over a day a point stands for a minute.
        std::vector<double> work = load->peaksAtLeast(idleGpuPercent);
        busy = std::max(busy, TimeMs(work.size()) * load->step());
        need.memoryMib = std::max(need.memoryMib, held->max());
        need.loadPercent = std::max(need.loadPercent, quantileOf(std::move(work), cardPeakShare));
        std::optional<double> total;
        if (gpu->memTotalMib)
            total = double(*gpu->memTotalMib);
        need.evidence.push_back(load->evidence(Quantity::GpuUtil, *gpu->index, 100));
        need.evidence.push_back(held->evidence(Quantity::GpuMemory, *gpu->index, total));
    }
    if (gpus.empty() || busy < cardBusy)
        return std::nullopt;
    return need;
}

} // namespace

Judgement judgeCard(const Scene &scene, const ActiveKeys &active)
{
    constexpr FindingKind kind = FindingKind::CheaperCard;
    Judgement result = judgement(kind, Verdict::Unknown);
    result.settle = cardSettle;
    const std::optional<CardFacts> &own = scene.options.card;
    if (!own || own->speed <= 0 || own->perHour.tenThousandths <= 0)
        return result;
    const auto need = needOf(scene);
    if (!need)
        return result;
    result.verdict = Verdict::No;
    const bool holds = active.contains(result.key);
    const double headroom = pick(holds, cardHeadroom, cardHeadroomStay);
    const double price = pick(holds, cardWorthwhilePrice, cardWorthwhilePriceStay);
    const CardFacts *best = nullptr;
    for (const CardFacts &card : scene.options.otherCards) {
        if (card.perHour.currency != own->perHour.currency || card.perHour.tenThousandths < 0 ||
            double(card.perHour.tenThousandths) > price * double(own->perHour.tenThousandths) ||
            card.memoryMib < headroom * need->memoryMib ||
            card.speed < headroom * own->speed * need->loadPercent / 100)
            continue;
        if (!best || card.perHour.tenThousandths < best->perHour.tenThousandths ||
            (card.perHour.tenThousandths == best->perHour.tenThousandths &&
             card.speed > best->speed))
            best = &card;
    }
    if (!best)
        return result;
    CheaperCardFacts facts{best->name,
                           best->perHour,
                           own->name,
                           own->perHour,
                           need->memoryMib,
                           need->loadPercent,
                           100 * best->speed / own->speed,
                           best->priceSeen};
    std::vector<int> gpus;
    for (const probe::GpuInfo *gpu : wholeGpus(scene))
        gpus.push_back(*gpu->index);
    result = yes(kind, need->evidence, facts, std::move(gpus));
    result.settle = cardSettle;
    return result;
}

} // namespace core::advice
