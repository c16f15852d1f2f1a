// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "core/catalog/FittingOffers.h"
#include "core/catalog/OfferViews.h"
#include "core/fleet/RunMarks.h"
#include "core/profiles/Providers.h"
#include "ui/catalog/CatalogPage.h"
#include "ui/catalog/CatalogWords.h"
#include "ui/instances/ProposedPrices.h"
#include "ui/settings/Settings.h"
#include "ui/shell/PriceServices.h"

#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace ui::shell {

using core::fleet::Instance;
using SeenGpu = settings::Settings::SeenGpu;

namespace {

/// The different GPUs of its last sample, with how many there are.
std::vector<SeenGpu> gpusOf(const Instance &instance)
{
    std::vector<SeenGpu> gpus;
    const core::metrics::SamplePtr sample = instance.sample();
    if (!sample)
        return gpus;
    for (const core::probe::GpuInfo &gpu : sample->gpus) {
        const SeenGpu seen{gpu.name.value_or(QString()), gpu.memTotalMib};
        if (seen.name.isEmpty())
            continue;
        const auto known = std::find_if(gpus.begin(), gpus.end(), [&](const SeenGpu &one) {
            return one.name == seen.name && one.memoryMib == seen.memoryMib;
        });
        if (known == gpus.end())
            gpus.push_back(seen);
        else
            ++known->count;
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

/// The user's table, then what the feeds that are switched on last said.
core::Result<std::vector<core::catalog::Offer>> MainWindow::allOffers()
{
    if (const core::Result<> made = makePrices(); !made)
        return tl::make_unexpected(made.error());
    if (!m_catalog) {
        // The page keeps them up to date once it is there; the command line may change them.
        m_prices->feeds.load();
        if (const auto loaded = m_prices->offers.load(); !loaded)
            return tl::make_unexpected(loaded.error());
    }
    std::vector<core::catalog::Offer> all = m_prices->offers.offers();
    const std::vector<core::catalog::Offer> fed =
        m_prices->feeds.offers(m_prices->offers.settings().feeds);
    all.insert(all.end(), fed.begin(), fed.end());
    return all;
}

/// What an instance that has no price may cost, by its card as it was last seen or as its name
/// says, and its provider.
instances::PriceProposals MainWindow::proposePrices(const core::profiles::Profile &profile)
{
    constexpr std::size_t mostProposals = 3; // more is a table, and there is a page for that
    const auto offers = allOffers();
    if (!offers)
        return {};
    core::catalog::Rented rented;
    core::catalog::PricingOptions pricing;
    if (const std::vector<SeenGpu> gpus = m_seenGpus.value(profile.id); gpus.size() == 1) {
        rented.card = m_prices->cards.match(gpus[0].name, gpus[0].memoryMib);
        pricing.gpus = gpus[0].count;
    } else if (gpus.empty()) {
        const core::catalog::NamedCard named =
            core::catalog::cardInName(m_prices->cards, profile.name, profile.port);
        rented.card = named.card;
        pricing.gpus = named.gpus;
    }
    const core::catalog::Card *card = rented.card.best();
    if (!card)
        return {};
    const core::profiles::Provider *provider = core::profiles::providerOf(profile.host);
    if (!provider)
        provider = core::profiles::providerById(profile.provider);
    if (provider)
        rented.provider = QString::fromLatin1(provider->name);
    rented.regions = core::profiles::regionsOf(profile.host);
    const core::catalog::PriceSettings &settings = m_prices->offers.settings();
    pricing.member = settings.member;
    pricing.memberPercent = settings.memberPercent;
    pricing.rate = settings.rate;
    instances::PriceProposals proposals;
    proposals.card = pricing.gpus == 1
                         ? card->name
                         : QStringLiteral("%1 × %2").arg(pricing.gpus).arg(card->name);
    for (const core::catalog::OfferRow &row :
         core::catalog::fittingOffers(*offers, m_prices->cards, rented, pricing,
                                      core::catalog::todayOf(m_services.core.clock))) {
        const std::optional<core::HourlyRate> rate = row.perHour.rate();
        if (!rate)
            continue;
        QString place = catalog::placeText(row.offer);
        if (row.isMemberPrice)
            place += QStringLiteral(" · ") + tr("for members");
        proposals.all.push_back({*rate, place, catalog::seenWords(row), row.offer.source,
                                 catalog::ageSentence(row), row.isOld});
        if (proposals.all.size() == mostProposals)
            break;
    }
    return proposals;
}

/// Tells the advice what the rented card costs and what others would.
void MainWindow::compareCards(const Instance &instance)
{
    using core::advice::CardFacts;
    m_comparedCards.insert(instance.id());
    const std::vector<SeenGpu> gpus = gpusOf(instance);
    const std::optional<core::HourlyRate> price = core::fleet::ratesOf(instance.profile()).perHour;
    if (gpus.size() != 1 || !price)
        return;
    const auto offers = allOffers();
    if (!offers)
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
    for (const core::catalog::OfferRow &row : core::catalog::offerRows(
             *offers, m_prices->cards, pricing, core::catalog::todayOf(m_services.core.clock))) {
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
