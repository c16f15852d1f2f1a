// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "core/catalog/OfferViews.h"
#include "core/fleet/RunMarks.h"
#include "ui/catalog/CatalogPage.h"
#include "ui/settings/Settings.h"
#include "ui/shell/PriceServices.h"

#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace ui::shell {

using core::fleet::Instance;
using SeenGpu = settings::Settings::SeenGpu;

namespace {

/// The different GPUs of its last sample.
std::vector<SeenGpu> gpusOf(const Instance &instance)
{
    std::vector<SeenGpu> gpus;
    const core::metrics::SamplePtr sample = instance.sample();
    if (!sample)
        return gpus;
    for (const core::probe::GpuInfo &gpu : sample->gpus) {
        const SeenGpu seen{gpu.name.value_or(QString()), gpu.memTotalMib};
        if (!seen.name.isEmpty() && std::find(gpus.begin(), gpus.end(), seen) == gpus.end())
            gpus.push_back(seen);
    }
    return gpus;
}

} // namespace

core::Result<> MainWindow::makePrices()
{
    if (m_prices)
        return {};
    core::Result<core::catalog::CardCatalog> cards = core::catalog::CardCatalog::shipped();
    if (!cards)
        return tl::make_unexpected(cards.error());
    m_prices = new PriceServices(std::move(*cards), m_services.settings.directory(),
                                 m_services.core.clock, this);
    // A context of its own: showInstance() takes off what is connected to the window.
    connect(&m_prices->offers, &core::catalog::OfferStore::settingsChanged, m_prices, [this] {
        m_services.spending.setRate(m_prices->offers.settings().rate.cnyPerUsd.millionths());
    });
    return {};
}

void MainWindow::showCards()
{
    if (!m_catalog) {
        if (const core::Result<> made = makePrices(); !made) {
            report(made.error());
            m_cardsButton->setChecked(false);
            return;
        }
        m_catalog = new catalog::CatalogPage(
            {m_prices->cards, m_prices->offers, m_prices->feeds, m_services.core.clock},
            m_prices->network, m_services.core.secrets);
        connect(m_catalog, &catalog::CatalogPage::instanceOffered, this,
                &MainWindow::takeAutodlInstance);
        m_catalog->restore(m_services.settings.priceQuestion());
        m_pages->addWidget(m_catalog);
        tellOwnGpus();
    }
    showPlace(m_catalog, m_cardsButton);
}

/// Notes which GPUs the instances have, so that "yours" holds while they are off.
void MainWindow::followGpus()
{
    // A context of its own: showInstance() takes off what is connected to the window.
    auto *watch = new QObject(this);
    const auto follow = [this, watch](Instance *instance) {
        connect(instance, &Instance::sampleArrived, watch, [this, instance] {
            const std::vector<SeenGpu> gpus = gpusOf(*instance);
            if (gpus.empty() || m_seenGpus.value(instance->id()) == gpus)
                return; // in no-GPU mode it still is the instance with that card
            m_seenGpus.insert(instance->id(), gpus);
            m_services.settings.setSeenGpus(m_seenGpus);
            tellOwnGpus();
        });
        connect(instance, &Instance::sampleArrived, watch, [this, instance] {
            if (!m_comparedCards.contains(instance->id()) && !gpusOf(*instance).empty())
                compareCards(*instance);
        });
        connect(instance, &Instance::profileChanged, watch,
                [this, instance] { m_comparedCards.remove(instance->id()); });
    };
    m_seenGpus = m_services.settings.seenGpus();
    for (Instance *instance : m_services.fleet.instances())
        follow(instance);
    connect(&m_services.fleet, &core::fleet::Fleet::added, watch, follow);
    connect(&m_services.fleet, &core::fleet::Fleet::aboutToRemove, watch,
            [this](Instance *instance) {
                if (m_seenGpus.remove(instance->id()) > 0) {
                    m_services.settings.setSeenGpus(m_seenGpus);
                    tellOwnGpus();
                }
            });
}

void MainWindow::tellOwnGpus()
{
    if (!m_catalog)
        return;
    std::vector<catalog::CatalogPage::OwnGpu> own;
    for (const std::vector<SeenGpu> &gpus : std::as_const(m_seenGpus)) {
        for (const SeenGpu &gpu : gpus)
            own.push_back({gpu.name, gpu.memoryMib});
    }
    m_catalog->setOwnGpus(own);
}

/// Tells the advice what the rented card costs and what others would.
void MainWindow::compareCards(const Instance &instance)
{
    using core::advice::CardFacts;
    m_comparedCards.insert(instance.id());
    const std::vector<SeenGpu> gpus = gpusOf(instance);
    const std::optional<core::HourlyRate> price = core::fleet::ratesOf(instance.profile()).perHour;
    if (gpus.size() != 1 || !price || !makePrices())
        return;
    if (!m_catalog && !m_prices->offers.load())
        return;
    const auto factsOf = [](const core::catalog::NameMatch &match) -> std::optional<CardFacts> {
        const core::catalog::Card *card = match.best();
        const std::optional<int> memoryGb = match.usualMemoryGb();
        if (!card || !match.isCertain() || !card->fp16Tflops || !memoryGb)
            return std::nullopt;
        CardFacts facts;
        facts.name = card->name;
        facts.memoryMib = double(*memoryGb) * 1024;
        facts.speed = card->fp16Tflops->toDouble();
        return facts;
    };
    std::optional<CardFacts> rented =
        factsOf(m_prices->cards.match(gpus.front().name, gpus.front().memoryMib));
    if (!rented)
        return;
    const auto count = qint64(instance.sample()->gpus.size());
    rented->perHour = {price->tenThousandths / count, price->currency};
    std::vector<CardFacts> others;
    core::catalog::PricingOptions pricing;
    pricing.currency = price->currency;
    pricing.rate = m_prices->offers.settings().rate;
    for (const core::catalog::OfferRow &row :
         core::catalog::offerRows(m_prices->offers.offers(), m_prices->cards, pricing,
                                  core::catalog::todayOf(m_services.core.clock))) {
        std::optional<CardFacts> other = factsOf(row.card);
        const std::optional<core::HourlyRate> perHour = row.perHour.rate();
        if (!other || !perHour || row.offer.isNoGpu())
            continue;
        other->perHour = *perHour;
        other->priceSeen = row.offer.seenOn ? row.offer.seenOn->text() : QString();
        others.push_back(*other);
    }
    m_services.advice.setCards(instance.id(), std::move(rented), std::move(others));
}

void MainWindow::keepPriceQuestion()
{
    if (m_catalog)
        m_services.settings.setPriceQuestion(m_catalog->state());
}

} // namespace ui::shell
