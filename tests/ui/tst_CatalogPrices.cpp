// SPDX-License-Identifier: GPL-3.0-or-later
// What the Cards and prices page says of offers: which can be chosen, how old their prices are.
#include "tests/ui/support/CatalogPlace.h"
#include "ui/catalog/JobModel.h"
#include "ui/catalog/OfferModel.h"
#include "ui/charts/ScatterChart.h"
#include "ui/common/Theme.h"

#include <QApplication>
#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QTemporaryDir>

using namespace core::catalog;
using namespace tests;
using ui::catalog::JobModel;
using ui::catalog::OfferModel;

class tst_CatalogPrices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void whatMayBeTooSmallIsNoChoice();
    void everyPriceShowsItsAge();
    void agesAreSeenInNarrowWindows_data();
    void agesAreSeenInNarrowWindows();
    void coresAndMemoryAreOfAllGpus();

private:
    std::unique_ptr<ui::Theme> m_theme;
    std::optional<CardCatalog> m_cards;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<CatalogPlace> m_place;
};

void tst_CatalogPrices::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards.emplace(std::move(*cards));
}

void tst_CatalogPrices::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_place = std::make_unique<CatalogPlace>(m_dir->path(), *m_cards);
    QVERIFY(QTest::qWaitForWindowExposed(&m_place->page));
}

void tst_CatalogPrices::cleanup()
{
    m_place.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void tst_CatalogPrices::whatMayBeTooSmallIsNoChoice()
{
    // Cheap enough to beat all others, were they large enough.
    QVERIFY(m_place->store.add(offer("Lab", "RTX 2080 Ti", "0.10")));
    QVERIFY(m_place->store.add(offer("Lab", "2080 Ti 22G", "0.30")));
    QVERIFY(m_place->store.add(offer("Lab", "V100", "0.20"))); // of 16 or of 32
    m_place->child<QDoubleSpinBox>("jobMemory")->setValue(20);
    const auto isGrey = [this](const char *card) {
        const QAbstractItemModel *rows = m_place->rows("jobTable");
        for (int row = 0; row < rows->rowCount(); ++row) {
            if (rows->index(row, JobModel::Card).data().toString() == QLatin1StringView(card) &&
                rows->index(row, JobModel::Place).data().toString() == u"Lab")
                return rows->index(row, JobModel::Card).data(Qt::ForegroundRole).isValid();
        }
        return false;
    };
    QVERIFY(isGrey("RTX 2080 Ti"));
    QVERIFY(!isGrey("2080 Ti 22G"));
    QVERIFY(!isGrey("V100"));
    const auto point = [this](const char *beginning) {
        for (const auto &one : m_place->child<ui::charts::ScatterChart>("jobChart")->points()) {
            if (one.details.startsWith(QString::fromUtf8(beginning)))
                return one;
        }
        return ui::charts::ScatterChart::Point();
    };
    QVERIFY(point("RTX 2080 Ti · Lab").isOff);
    QVERIFY(!point("V100 · Lab").isOff && !point("V100 · Lab").isBest);
    QVERIFY(point("2080 Ti 22G · Lab").isBest);
}

void tst_CatalogPrices::everyPriceShowsItsAge()
{
    Offer cheap = offer("Lab", "RTX 4090", "0.10");
    cheap.seenOn = SeenOn::day(QDate(2026, 11, 14));
    QVERIFY(m_place->store.add(cheap));
    m_place->child<QDoubleSpinBox>("jobMemory")->setValue(20);
    // Also where something else is to be known of the offer.
    const int tooSmall = m_place->rowWith("jobTable", JobModel::Card, QStringLiteral("Tesla T4"));
    QVERIFY(!m_place->cell("jobTable", tooSmall, JobModel::Why).isEmpty());
    QCOMPARE(m_place->cell("jobTable", tooSmall, JobModel::Age), QStringLiteral("2025"));
    const QAbstractItemModel *rows = m_place->rows("jobTable");
    QVERIFY(!rows->index(tooSmall, JobModel::Age).data(Qt::DecorationRole).value<QIcon>().isNull());
    QCOMPARE(m_place->cell("jobTable", 0, JobModel::Age), QStringLiteral("12 d"));
    QVERIFY(rows->index(0, JobModel::Age).data(Qt::DecorationRole).value<QIcon>().isNull());
    const auto *answer = m_place->child<QWidget>("jobCheapest");
    QVERIFY2(answer->accessibleName().contains(u"price 12 d old"),
             qPrintable(answer->accessibleName()));
    for (const auto &point : m_place->child<ui::charts::ScatterChart>("jobChart")->points())
        QVERIFY2(point.details.contains(u"price "), qPrintable(point.details));
}

void tst_CatalogPrices::agesAreSeenInNarrowWindows_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<int>("tab");
    QTest::addColumn<int>("column");
    QTest::newRow("for my job") << QByteArray("jobTable") << int(JobTab) << int(JobModel::Age);
    QTest::newRow("offers") << QByteArray("offersTable") << int(OffersTab) << int(OfferModel::Age);
}

void tst_CatalogPrices::agesAreSeenInNarrowWindows()
{
    QFETCH(QByteArray, table);
    QFETCH(int, tab);
    QFETCH(int, column);
    m_place->page.resize(1000, 700); // a window of 1280 with its list of instances
    m_place->showTab(tab);
    const auto *view = m_place->child<QTableView>(table.constData());
    QTRY_VERIFY(view->isVisible());
    QTRY_VERIFY2(view->columnViewportPosition(column) + view->columnWidth(column) <=
                     view->viewport()->width(),
                 qPrintable(QStringLiteral("%1 + %2 of %3")
                                .arg(view->columnViewportPosition(column))
                                .arg(view->columnWidth(column))
                                .arg(view->viewport()->width())));
}

void tst_CatalogPrices::coresAndMemoryAreOfAllGpus()
{
    Offer shared = offer("Lab", "RTX 4090", "0.10");
    shared.coresPerGpu = decimal("12.5");
    shared.memoryGbPerGpu = decimal("90");
    QVERIFY(m_place->store.add(shared));
    m_place->child<QSpinBox>("jobGpus")->setValue(4);
    QCOMPARE(m_place->cell("jobTable", 0, JobModel::Cores), QStringLiteral("50"));
    QCOMPARE(m_place->cell("jobTable", 0, JobModel::Memory), QStringLiteral("360"));
    QCOMPARE(m_place->cell("jobTable", 0, JobModel::PerHour), QStringLiteral("¥0.40"));
}

QTEST_MAIN(tst_CatalogPrices)

#include "tst_CatalogPrices.moc"
