// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/FittingOffers.h"
#include "tests/unit/catalog/OfferParts.h"

#include <QTest>

using namespace core;
using namespace core::catalog;
using tests::decimal;

namespace {

const QDate today(2026, 11, 10);

Offer placed(Offer offer, const char *region, const char *seenOn)
{
    offer.region = QString::fromUtf8(region);
    offer.seenOn = SeenOn::parse(QString::fromLatin1(seenOn));
    return offer;
}

} // namespace

class tst_FittingOffers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void onlyItsCardAndProviderFit();
    void itsRegionThenTheNewestComesFirst();
    void severalGpusCostSeveralTimes();
    void memoryTellsBoardsApart();
    void namesSpeakOfCards_data();
    void namesSpeakOfCards();

private:
    [[nodiscard]] QStringList fitting(const std::vector<Offer> &offers, const Rented &rented,
                                      const PricingOptions &options = {}) const;
    std::optional<CardCatalog> m_cards;
};

void tst_FittingOffers::initTestCase()
{
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards = std::move(*cards);
}

/// "provider/region price CURRENCY" each.
QStringList tst_FittingOffers::fitting(const std::vector<Offer> &offers, const Rented &rented,
                                       const PricingOptions &options) const
{
    QStringList all;
    for (const OfferRow &row : fittingOffers(offers, *m_cards, rented, options, today))
        all.append(QStringLiteral("%1/%2 %3 %4")
                       .arg(row.offer.provider, row.offer.region, row.perHour.perHour.text(2),
                            currencyCode(row.perHour.currency)));
    return all;
}

void tst_FittingOffers::onlyItsCardAndProviderFit()
{
    const std::vector<Offer> offers{tests::offer("AutoDL", "RTX 4090", "1.98"),
                                    tests::offer("AutoDL", "RTX 4090D", "2.22"),
                                    tests::offer("AutoDL", "no GPU", "0.10"),
                                    tests::offer("Vast.AI", "RTX_4090", "0.2134", Currency::Usd),
                                    tests::offer("Matpool", "4090", "1.8")};
    Rented rented{m_cards->match(QStringLiteral("NVIDIA GeForce RTX 4090"), 24564), {}, {}};
    rented.provider = QStringLiteral("AutoDL");
    QCOMPARE(fitting(offers, rented), QStringList{QStringLiteral("AutoDL/any 1.98 CNY")});
    rented.provider = QStringLiteral("vast.ai");
    QCOMPARE(fitting(offers, rented), QStringList{QStringLiteral("Vast.AI/any 0.2134 USD")});
    rented.provider = QStringLiteral("Featurize"); // it has prices of its own
    QCOMPARE(fitting(offers, rented), QStringList());
    rented.provider.clear(); // anybody's: cheapest first over both currencies
    QCOMPARE(fitting(offers, rented), (QStringList{QStringLiteral("Vast.AI/any 0.2134 USD"),
                                                   QStringLiteral("Matpool/any 1.80 CNY"),
                                                   QStringLiteral("AutoDL/any 1.98 CNY")}));
    rented.card = m_cards->match(QStringLiteral("NVIDIA GeForce RTX 4090 Laptop GPU"));
    QCOMPARE(fitting(offers, rented), QStringList());
}

void tst_FittingOffers::itsRegionThenTheNewestComesFirst()
{
    const Offer offer = tests::offer("AutoDL", "RTX 4090", "1.98");
    std::vector<Offer> offers{placed(offer, "Beijing B", "2026-11-09"),
                              placed(offer, "any", "2026-08"), placed(offer, "any", "2026-11-01"),
                              placed(offer, "Northwest B", "2025")};
    offers[2].perGpuHour.perHour = decimal("2.08");
    offers[3].perGpuHour.perHour = decimal("1.88");
    Rented rented{m_cards->match(QStringLiteral("4090")), QStringLiteral("AutoDL"), {}};
    QCOMPARE(fitting(offers, rented), (QStringList{QStringLiteral("AutoDL/Beijing B 1.98 CNY"),
                                                   QStringLiteral("AutoDL/any 2.08 CNY"),
                                                   QStringLiteral("AutoDL/any 1.98 CNY"),
                                                   QStringLiteral("AutoDL/Northwest B 1.88 CNY")}));
    rented.regions = {QStringLiteral("西北B区"), QStringLiteral("northwest b")};
    QCOMPARE(fitting(offers, rented), (QStringList{QStringLiteral("AutoDL/Northwest B 1.88 CNY"),
                                                   QStringLiteral("AutoDL/any 2.08 CNY"),
                                                   QStringLiteral("AutoDL/any 1.98 CNY")}));
    QCOMPARE(fitting({offers[0]}, rented),
             QStringList{QStringLiteral("AutoDL/Beijing B 1.98 CNY")}); // better than none
    // The same again, from a feed: told once, with the newer date.
    offers.push_back(placed(offer, "any", "2026-11-10"));
    const auto rows = fittingOffers(offers, *m_cards, rented, {}, today);
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[1].ageDays, 0);
    QVERIFY(rows[0].isOld && !rows[1].isOld);
}

void tst_FittingOffers::severalGpusCostSeveralTimes()
{
    std::vector<Offer> offers{tests::offer("AutoDL", "A800", "4.98")};
    offers[0].memberPerGpuHour = decimal("4.7315");
    const Rented rented{
        m_cards->match(QStringLiteral("A800"), 81920), QStringLiteral("AutoDL"), {}};
    PricingOptions options;
    options.gpus = 8;
    options.currency = Currency::Usd; // that is how a table is looked at; a price is in its own
    QCOMPARE(fitting(offers, rented, options), QStringList{QStringLiteral("AutoDL/any 39.84 CNY")});
    options.member = true;
    QCOMPARE(fitting(offers, rented, options),
             QStringList{QStringLiteral("AutoDL/any 37.852 CNY")});
}

void tst_FittingOffers::memoryTellsBoardsApart()
{
    const std::vector<Offer> offers{tests::offer("AutoDL", "A100 80GB", "5.28"),
                                    tests::offer("AutoDL", "A100 40GB", "3.45")};
    const auto of = [&](const char *name, std::optional<qint64> mib) {
        return fitting(offers, {m_cards->match(QString::fromLatin1(name), mib), {}, {}});
    };
    QCOMPARE(of("NVIDIA A100-SXM4-80GB", 81920),
             QStringList{QStringLiteral("AutoDL/any 5.28 CNY")});
    QCOMPARE(of("NVIDIA A100-PCIE-40GB", 40960),
             QStringList{QStringLiteral("AutoDL/any 3.45 CNY")});
    QCOMPARE(of("A100", std::nullopt).size(), 2); // the user knows which
}

void tst_FittingOffers::namesSpeakOfCards_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("card"); // "" = none
    QTest::addColumn<int>("gpus");
    const auto row = [](const char *name, const char *card, int gpus = 1) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(card) << gpus;
    };
    row("4090 训练", "RTX 4090");
    row("my RTX 4090", "RTX 4090");
    row("RTX 4090 x2", "RTX 4090", 2);
    row("2×4090 lora", "RTX 4090", 2);
    row("4090D*4", "RTX 4090D", 4);
    row("H20x8卡", "H20", 8);
    row("8卡 H20", "H20", 8);
    row("A100-SXM4-80GB (run 3)", "A100 SXM4 80GB");
    row("RTX 6000 Ada Generation", "RTX 6000 Ada");
    row("box2 T4", "T4");
    row("AutoDL 35394", "");
    row("AutoDL 3090", ""); // a port
    row("AutoDL 3090 4090", "RTX 4090");
    row("3090 or 4090", ""); // nobody's guess
    row("train", "");
    row("", "");
}

void tst_FittingOffers::namesSpeakOfCards()
{
    QFETCH(QString, name);
    QFETCH(QString, card);
    QFETCH(int, gpus);
    const quint16 port = name.contains(u"or") ? 22 : 3090;
    const NamedCard named = cardInName(*m_cards, name, port);
    QCOMPARE(named.card.best() ? named.card.best()->name : QString(), card);
    QCOMPARE(named.gpus, gpus);
}

QTEST_APPLESS_MAIN(tst_FittingOffers)
#include "tst_FittingOffers.moc"
