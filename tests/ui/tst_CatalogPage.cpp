// SPDX-License-Identifier: GPL-3.0-or-later
// The Cards and prices page over a real table of offers in a folder of its own.
#include "core/catalog/JobEstimate.h"
#include "tests/ui/support/CatalogPlace.h"
#include "ui/catalog/CardModel.h"
#include "ui/catalog/CatalogWords.h"
#include "ui/catalog/JobModel.h"
#include "ui/catalog/OfferModel.h"
#include "ui/charts/BarChart.h"
#include "ui/charts/ScatterChart.h"
#include "ui/common/Banner.h"
#include "ui/common/Format.h"
#include "ui/common/Theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace core::catalog;
using namespace tests;
using ui::catalog::CardModel;
using ui::catalog::JobModel;
using ui::catalog::OfferModel;

class tst_CatalogPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theRankingIsTheCatalogs_data();
    void theRankingIsTheCatalogs();
    void theFilterKnowsOtherNames();
    void whatIsNotKnownIsNotZero();
    void ownCardsAreMarked();
    void twoCardsAreCompared();
    void oldCudaIsWarnedOf();
    void theAnswerIsTheEstimates_data();
    void theAnswerIsTheEstimates();
    void tooLittleMemorySaysWhy();
    void anUnknownCardIsSaidToBe();
    void theChartShowsWhatNothingBeats();
    void pricesFarApartStandApart();
    void theRateConverts();
    void aCellIsEditedInPlace();
    void nonsenseChangesNothing_data();
    void nonsenseChangesNothing();
    void aRowIsAddedWhenItIsWhole();
    void aRemovedRowComesBack();
    void aTableGoesOutAndIn();
    void aBrokenTableIsRefusedWhole();
    void oldPricesAreMarked();
    void unitPricesAreTheCatalogs();
    void feedsAreOffAtFirst();
    void aFeedThatIsGoneSaysWhatToDo();
    void theTokenGoesToTheKeychainOnly();
    void theQuestionIsKept();

private:
    std::unique_ptr<ui::Theme> m_theme;
    std::optional<CardCatalog> m_cards;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<CatalogPlace> m_place;
};

void tst_CatalogPage::initTestCase()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards.emplace(std::move(*cards));
}

void tst_CatalogPage::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_place = std::make_unique<CatalogPlace>(m_dir->path(), *m_cards);
    QVERIFY(QTest::qWaitForWindowExposed(&m_place->page));
    for (const char *table : {"cardsTable", "offersTable", "jobTable"}) {
        const auto *proxy = qobject_cast<QSortFilterProxyModel *>(m_place->rows(table));
        QVERIFY(proxy);
        new QAbstractItemModelTester(proxy->sourceModel(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     proxy->sourceModel());
    }
}

void tst_CatalogPage::cleanup()
{
    m_place.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void tst_CatalogPage::theRankingIsTheCatalogs_data()
{
    QTest::addColumn<int>("figure");
    QTest::newRow("FP32") << int(Figure::Fp32);
    QTest::newRow("FP16") << int(Figure::Fp16);
    QTest::newRow("memory") << int(Figure::Memory);
    QTest::newRow("bandwidth") << int(Figure::Bandwidth);
    QTest::newRow("power") << int(Figure::Tdp);
}

void tst_CatalogPage::theRankingIsTheCatalogs()
{
    QFETCH(const int, figure);
    m_place->showTab(CardsTab);
    m_place->choose("cardsFigure", figure);
    const std::vector<RankedCard> expected = ranking(*m_cards, Figure(figure));
    const auto &bars = m_place->child<ui::charts::BarChart>("cardsChart")->bars();
    QCOMPARE(m_place->rows("cardsTable")->rowCount(), int(expected.size()));
    QCOMPARE(bars.size(), expected.size());
    for (int row = 0; row < int(expected.size()); ++row) {
        const RankedCard &ranked = expected[std::size_t(row)];
        QCOMPARE(m_place->cell("cardsTable", row, CardModel::Name), ranked.card->name);
        QCOMPARE(m_place->cell("cardsTable", row, CardModel::Place),
                 ranked.place ? QString::number(*ranked.place) : QStringLiteral("–"));
        // The bars stand in the table's rows.
        const auto &bar = bars[std::size_t(row)];
        QCOMPARE(bar.name, ranked.card->name);
        QCOMPARE(bar.value.has_value(), ranked.figure.has_value());
        if (ranked.figure)
            QCOMPARE(*bar.value, ranked.figure->toDouble());
    }
}

void tst_CatalogPage::theFilterKnowsOtherNames()
{
    m_place->showTab(CardsTab);
    m_place->type("cardsFilter", QStringLiteral("a100-pcie-40gb"));
    QCOMPARE(m_place->rows("cardsTable")->rowCount(), 1);
    QCOMPARE(m_place->cell("cardsTable", 0, CardModel::Name), QStringLiteral("A100 PCIe 40GB"));
    QCOMPARE(m_place->child<ui::charts::BarChart>("cardsChart")->bars().size(), std::size_t(1));
    m_place->type("cardsFilter", QStringLiteral("no such card"));
    QCOMPARE(m_place->rows("cardsTable")->rowCount(), 0);
    QVERIFY(!m_place->child<QTableView>("cardsTable")->isVisible()); // the empty state is
}

void tst_CatalogPage::whatIsNotKnownIsNotZero()
{
    m_place->showTab(CardsTab);
    m_place->choose("cardsFigure", int(Figure::Fp16));
    int unknown = 0;
    const auto &bars = m_place->child<ui::charts::BarChart>("cardsChart")->bars();
    for (const Card &card : m_cards->cards()) {
        const int row = m_place->rowWith("cardsTable", CardModel::Name, card.name);
        for (const auto &[column, figure] :
             std::initializer_list<std::pair<CardModel::Column, Figure>>{
                 {CardModel::Fp32, Figure::Fp32},
                 {CardModel::Fp16, Figure::Fp16},
                 {CardModel::Memory, Figure::Memory},
                 {CardModel::Bandwidth, Figure::Bandwidth},
                 {CardModel::Tdp, Figure::Tdp}}) {
            const QString shown = m_place->cell("cardsTable", row, column);
            QCOMPARE(shown == ui::format::absent(), !figureOf(card, figure));
            QVERIFY(shown != u"0");
        }
        if (!card.fp16Tflops) {
            ++unknown;
            QVERIFY(!bars[std::size_t(row)].value);
        }
        if (!card.computeCapability)
            QCOMPARE(m_place->cell("cardsTable", row, CardModel::Capability), ui::format::absent());
    }
    QVERIFY(unknown > 0);
}

void tst_CatalogPage::ownCardsAreMarked()
{
    m_place->page.setOwnGpus({{QStringLiteral("NVIDIA GeForce RTX 4090"), 24564},
                              {QStringLiteral("a card of next year"), std::nullopt}});
    m_place->showTab(CardsTab);
    int marked = 0;
    for (int row = 0; row < m_place->rows("cardsTable")->rowCount(); ++row) {
        const QModelIndex name = m_place->rows("cardsTable")->index(row, CardModel::Name);
        const bool isMarked = !name.data(Qt::DecorationRole).value<QIcon>().isNull();
        QCOMPARE(isMarked, name.data().toString() == u"RTX 4090");
        QCOMPARE(name.data(Qt::AccessibleTextRole).toString().contains(u"yours"), isMarked);
        QCOMPARE(
            m_place->child<ui::charts::BarChart>("cardsChart")->bars()[std::size_t(row)].isMarked,
            isMarked);
        marked += isMarked;
    }
    QCOMPARE(marked, 1);
    // And first in the choice of the job's card.
    QCOMPARE(m_place->child<QComboBox>("jobCard")->itemText(0), QStringLiteral("RTX 4090"));
}

void tst_CatalogPage::twoCardsAreCompared()
{
    m_place->showTab(CardsTab);
    for (const auto &[box, name] :
         {std::pair("compareFirst", "RTX 4090"), std::pair("compareSecond", "RTX 3090")}) {
        auto *choice = m_place->child<QComboBox>(box);
        choice->setCurrentIndex(choice->findText(QLatin1StringView(name)));
    }
    const Card *first = m_cards->match(QStringLiteral("RTX 4090")).best();
    const Card *second = m_cards->match(QStringLiteral("RTX 3090")).best();
    int line = 0;
    for (const FigureComparison &figure : compareCards(*first, *second)) {
        const auto label = [&](const char *name) {
            return m_place->child<QLabel>((QByteArray(name) + QByteArray::number(line)).constData())
                ->text();
        };
        QCOMPARE(label("compareFirst"), ui::catalog::figureWithUnit(figure.first, figure.figure));
        QCOMPARE(label("compareSecond"), ui::catalog::figureWithUnit(figure.second, figure.figure));
        QVERIFY(label("compareRatio").startsWith(ui::format::number(figure.secondToFirst, 2)));
        ++line;
    }
}

void tst_CatalogPage::oldCudaIsWarnedOf()
{
    m_place->showTab(CardsTab);
    auto *choice = m_place->child<QComboBox>("compareFirst");
    choice->setCurrentIndex(choice->findText(QStringLiteral("RTX 5090")));
    m_place->type("cudaVersion", QStringLiteral("12.4"));
    const auto verdict = [this] { return m_place->child<QLabel>("cudaVerdict")->text(); };
    QVERIFY2(verdict().contains(u"too old") && verdict().contains(u"12.8"), qPrintable(verdict()));
    m_place->type("cudaVersion", QStringLiteral("12.8"));
    QVERIFY2(verdict().startsWith(u"Drives"), qPrintable(verdict()));
    m_place->type("cudaVersion", QStringLiteral("new"));
    QVERIFY2(verdict().contains(u"Versions look like"), qPrintable(verdict()));
}

void tst_CatalogPage::theAnswerIsTheEstimates_data()
{
    QTest::addColumn<QString>("card");
    QTest::addColumn<double>("hours");
    QTest::addColumn<int>("gpus");
    QTest::addColumn<double>("memory");
    QTest::addColumn<int>("figure");
    QTest::addColumn<double>("setUp");
    QTest::addColumn<bool>("member");
    QTest::newRow("30 hours, 20 GB")
        << "RTX 4090" << 30.0 << 1 << 20.0 << int(Figure::Fp16) << 0.0 << false;
    QTest::newRow("four GPUs, set-up")
        << "A100 40GB" << 12.5 << 4 << 0.0 << int(Figure::Fp32) << 2.0 << false;
    QTest::newRow("member, bandwidth")
        << "V100" << 100.0 << 1 << 24.0 << int(Figure::Bandwidth) << 0.5 << true;
}

void tst_CatalogPage::theAnswerIsTheEstimates()
{
    QFETCH(const QString, card);
    QFETCH(const double, hours);
    QFETCH(const int, gpus);
    QFETCH(const double, memory);
    QFETCH(const int, figure);
    QFETCH(const double, setUp);
    QFETCH(const bool, member);
    m_place->child<QComboBox>("jobCard")->setEditText(card);
    m_place->child<QDoubleSpinBox>("jobHours")->setValue(hours);
    m_place->child<QSpinBox>("jobGpus")->setValue(gpus);
    m_place->child<QDoubleSpinBox>("jobMemory")->setValue(memory);
    m_place->choose("jobFigure", figure);
    m_place->child<QDoubleSpinBox>("jobSetUp")->setValue(setUp);
    if (member) {
        m_place->click("priceMember");
        m_place->child<QSpinBox>("priceMemberPercent")->setValue(90);
    }

    Job job;
    job.card = card;
    job.hours = *Decimal::nearest(hours);
    job.setUpHours = *Decimal::nearest(setUp);
    job.setUpWithoutGpu = true;
    if (memory > 0)
        job.memoryGb = Decimal::nearest(memory);
    job.figure = Figure(figure);
    PricingOptions options;
    options.gpus = gpus;
    options.currency = core::Currency::Cny;
    options.member = member;
    if (member)
        options.memberPercent = 90;
    const auto expected =
        estimateJob(job, m_place->store.offers(), *m_cards, options, QDate(2026, 11, 26));
    QVERIFY(expected && !expected->empty());
    QCOMPARE(m_place->rows("jobTable")->rowCount(), int(expected->size()));
    for (int row = 0; row < int(expected->size()); ++row) {
        const JobEstimate &estimate = (*expected)[std::size_t(row)];
        QCOMPARE(m_place->cell("jobTable", row, JobModel::Card), estimate.row.offer.card);
        QVERIFY(m_place->cell("jobTable", row, JobModel::Cost)
                    .endsWith(ui::catalog::moneyText(estimate.cost)));
        QVERIFY(m_place->cell("jobTable", row, JobModel::Time)
                    .endsWith(ui::format::duration(estimate.time->count())));
        QCOMPARE(m_place->cell("jobTable", row, JobModel::Cost).startsWith(u'≈'),
                 estimate.isEstimate);
    }
    QVERIFY(m_place->child<QLabel>("jobCheapestCost")
                ->text()
                .endsWith(ui::catalog::moneyText(expected->front().cost)));
    QVERIFY(m_place->child<QLabel>("jobCheapestWhat")
                ->text()
                .startsWith(expected->front().row.offer.card));
}

void tst_CatalogPage::tooLittleMemorySaysWhy()
{
    m_place->child<QDoubleSpinBox>("jobMemory")->setValue(20);
    const int small = m_place->rowWith("jobTable", JobModel::Card, QStringLiteral("Tesla T4"));
    const int large = m_place->rowWith("jobTable", JobModel::Card, QStringLiteral("RTX 3090"));
    QVERIFY(small >= 0 && large >= 0 && large < small);
    const QAbstractItemModel *rows = m_place->rows("jobTable");
    QVERIFY(m_place->cell("jobTable", small, JobModel::Why).contains(u"Only 16 GB"));
    QVERIFY(rows->index(small, JobModel::Card).data(Qt::ForegroundRole).isValid());
    QVERIFY(!rows->index(large, JobModel::Card).data(Qt::ForegroundRole).isValid());
    QVERIFY(!m_place->cell("jobTable", large, JobModel::Why).contains(u"Only"));
    // Also last when it is turned round.
    m_place->child<QTableView>("jobTable")->sortByColumn(JobModel::Cost, Qt::DescendingOrder);
    QVERIFY(m_place->rowWith("jobTable", JobModel::Card, QStringLiteral("Tesla T4")) >
            m_place->rowWith("jobTable", JobModel::Card, QStringLiteral("RTX 3090")));
    // More than anybody has.
    m_place->child<QDoubleSpinBox>("jobMemory")->setValue(1000);
    QVERIFY(m_place->child<QLabel>("jobProblem")->text().contains(u"No offer has that much"));
    QVERIFY(!m_place->child<QWidget>("jobCheapest")->isVisible());
}

void tst_CatalogPage::anUnknownCardIsSaidToBe()
{
    auto *problem = m_place->child<QLabel>("jobProblem");
    QVERIFY(!problem->isVisible());
    m_place->child<QComboBox>("jobCard")->setEditText(QStringLiteral("RTX 4090 Laptop GPU"));
    QVERIFY(problem->isVisible() && problem->text().contains(u"RTX 4090 Laptop GPU"));
    QCOMPARE(m_place->rows("jobTable")->rowCount(), 0);
    m_place->child<QComboBox>("jobCard")->setEditText(QStringLiteral("rtx3090"));
    QVERIFY(!problem->isVisible());
}

void tst_CatalogPage::pricesFarApartStandApart()
{
    ui::charts::ScatterChart chart;
    chart.resize(600, 400);
    const auto gaps = [&chart](const std::vector<double> &xs) {
        std::vector<ui::charts::ScatterChart::Point> points;
        for (const double x : xs)
            points.push_back({x, 10, {}, {}, false, false});
        chart.setPoints(points);
        QList<double> all;
        for (int i = 1; i < int(xs.size()); ++i)
            all.append(chart.positionOf(i).x() - chart.positionOf(i - 1).x());
        return all;
    };
    const QList<double> near = gaps({1, 2, 4});
    QVERIFY(std::abs(near[1] - 2 * near[0]) < 0.01); // as far as the prices are
    const QList<double> far = gaps({0.5, 2, 8, 32});
    QVERIFY(far[0] > 50 && std::abs(far[1] - far[0]) < 0.01 && std::abs(far[2] - far[1]) < 0.01);
    QVERIFY(chart.positionOf(0).x() > 0 && chart.positionOf(3).x() < 600);
    gaps({}); // and nothing is nothing
    QVERIFY(chart.stairs().isEmpty());
}

void tst_CatalogPage::theChartShowsWhatNothingBeats()
{
    m_place->child<QDoubleSpinBox>("jobMemory")->setValue(20);
    auto *chart = m_place->child<ui::charts::ScatterChart>("jobChart");
    const auto &points = chart->points();
    QVERIFY(points.size() > 5);
    int best = 0;
    for (const auto &point : points) {
        bool isBeaten = point.isOff;
        for (const auto &other : points) {
            isBeaten = isBeaten || (!other.isOff && other.x <= point.x && other.y >= point.y &&
                                    (other.x < point.x || other.y > point.y));
        }
        QCOMPARE(point.isBest, !isBeaten);
        best += point.isBest;
    }
    QVERIFY(best >= 2);
    const QList<QPointF> stairs = chart->stairs();
    for (qsizetype i = 1; i < stairs.size(); ++i)
        QVERIFY(stairs[i].x() >= stairs[i - 1].x() && stairs[i].y() >= stairs[i - 1].y());
    // The pointer and the keys tell the offer.
    QTest::mouseMove(chart->viewport(), chart->positionOf(0).toPoint());
    QTRY_VERIFY(chart->hovered() >= 0);
    chart->setFocus();
    chart->setHovered(-1);
    QTest::keyClick(chart, Qt::Key_Right);
    QVERIFY(chart->hovered() >= 0);
    QVERIFY(chart->accessibleDescription().contains(u"AutoDL"));
    QTest::keyClick(chart, Qt::Key_Return);
    QCOMPARE(m_place->child<QTableView>("jobTable")->selectionModel()->selectedRows().size(), 1);
}

void tst_CatalogPage::theRateConverts()
{
    QVERIFY(m_place->store.add(tests::offer("Elsewhere", "RTX 4090", "0.40", core::Currency::Usd)));
    m_place->showTab(OffersTab);
    m_place->type("priceRate", QStringLiteral("8"));
    QTest::keyClick(m_place->child<QLineEdit>("priceRate"), Qt::Key_Return);
    QCOMPARE(m_place->store.settings().rate.cnyPerUsd, Decimal::fromInt(8));
    QCOMPARE(m_place->store.settings().rateSetOn, std::optional(QDate(2026, 11, 26)));
    const auto unit = [this] {
        const int row =
            m_place->rowWith("offersTable", OfferModel::Provider, QStringLiteral("Elsewhere"));
        return m_place->cell("offersTable", row, OfferModel::Unit);
    };
    QCOMPARE(unit(), QStringLiteral("¥3.20"));
    m_place->choose("priceCurrency", QStringLiteral("USD"));
    QCOMPARE(unit(), QStringLiteral("$0.40"));
    m_place->type("priceRate", QStringLiteral("0"));
    QTest::keyClick(m_place->child<QLineEdit>("priceRate"), Qt::Key_Return);
    QCOMPARE(m_place->store.settings().rate.cnyPerUsd, Decimal::fromInt(8));
    QVERIFY(m_place->child<ui::Banner>("catalogBanner")->isVisible());
}

void tst_CatalogPage::aCellIsEditedInPlace()
{
    m_place->showTab(OffersTab);
    auto *table = m_place->child<QTableView>("offersTable");
    const int row = m_place->rowWith("offersTable", OfferModel::Card, QStringLiteral("RTX 3080"));
    const QModelIndex cell = table->model()->index(row, OfferModel::Price);
    table->setCurrentIndex(cell);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F2);
    auto *editor = table->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    QCOMPARE(editor->text(), QStringLiteral("1.08"));
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("0.015"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(std::any_of(
        m_place->store.offers().begin(), m_place->store.offers().end(), [](const Offer &offer) {
            // Seen today, and no more what the old source said.
            return offer.card == u"RTX 3080" &&
                   offer.perGpuHour.perHour == tests::decimal("0.015") &&
                   offer.seenOn == SeenOn::day(QDate(2026, 11, 26)) && offer.source.isEmpty();
        }));
    // The command line would read the same.
    OfferStore other(m_dir->path(), m_place->clock);
    QVERIFY(other.load());
    QVERIFY(other.offers() == m_place->store.offers());
}

void tst_CatalogPage::nonsenseChangesNothing_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::newRow("price in words") << int(OfferModel::Price) << "cheap";
    QTest::newRow("negative price") << int(OfferModel::Price) << "-1";
    QTest::newRow("price beyond reason") << int(OfferModel::Price) << "100001";
    QTest::newRow("no card") << int(OfferModel::Card) << "";
    QTest::newRow("no provider") << int(OfferModel::Provider) << " ";
    QTest::newRow("cores") << int(OfferModel::Cores) << "many";
    QTest::newRow("currency") << int(OfferModel::CurrencyCode) << "EUR";
    QTest::newRow("date") << int(OfferModel::Age) << "yesterday";
    QTest::newRow("what is computed") << int(OfferModel::Unit) << "1";
}

void tst_CatalogPage::nonsenseChangesNothing()
{
    QFETCH(const int, column);
    QFETCH(const QString, text);
    m_place->showTab(OffersTab);
    const std::vector<Offer> before = m_place->store.offers();
    const int row = m_place->rowWith("offersTable", OfferModel::Card, QStringLiteral("RTX 3080"));
    QVERIFY(!m_place->rows("offersTable")
                 ->setData(m_place->rows("offersTable")->index(row, column), text));
    QVERIFY(m_place->store.offers() == before);
    QVERIFY(!QFile::exists(m_place->store.offersPath()));
    QCOMPARE(m_place->child<ui::Banner>("catalogBanner")->isVisible(), column != OfferModel::Unit);
}

void tst_CatalogPage::aRowIsAddedWhenItIsWhole()
{
    m_place->showTab(OffersTab);
    const std::size_t before = m_place->store.offers().size();
    m_place->click("offerAdd");
    auto *proxy = qobject_cast<QSortFilterProxyModel *>(m_place->rows("offersTable"));
    QCOMPARE(proxy->rowCount(), int(before) + 1);
    const auto set = [&](int column, const char *text) {
        const int draft = proxy->sourceModel()->rowCount() - 1;
        return proxy->setData(proxy->mapFromSource(proxy->sourceModel()->index(draft, column)),
                              QString::fromLatin1(text));
    };
    QVERIFY(set(OfferModel::Provider, "The lab"));
    QVERIFY(set(OfferModel::Card, "L20"));
    QCOMPARE(m_place->store.offers().size(), before);
    QVERIFY(set(OfferModel::Price, "1.5"));
    QCOMPARE(m_place->store.offers().size(), before + 1);
    QCOMPARE(m_place->store.offers().back().provider, QStringLiteral("The lab"));
    QCOMPARE(proxy->rowCount(), int(before) + 1);
}

void tst_CatalogPage::aRemovedRowComesBack()
{
    m_place->showTab(OffersTab);
    const std::size_t before = m_place->store.offers().size();
    auto *table = m_place->child<QTableView>("offersTable");
    QVERIFY(!m_place->child<QPushButton>("offerRemove")->isEnabled());
    const int row = m_place->rowWith("offersTable", OfferModel::Card, QStringLiteral("H800"));
    table->selectRow(row);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(m_place->store.offers().size(), before - 1);
    QCOMPARE(m_place->rowWith("offersTable", OfferModel::Card, QStringLiteral("H800")), -1);
    m_place->click("offerUndo");
    QCOMPARE(m_place->store.offers().size(), before);
    QVERIFY(m_place->rowWith("offersTable", OfferModel::Card, QStringLiteral("H800")) >= 0);
}

void tst_CatalogPage::aTableGoesOutAndIn()
{
    QVERIFY(m_place->store.add(tests::offer("The lab, \"upstairs\"", "L20", "1.234567")));
    const QString path = m_dir->filePath(QStringLiteral("out.csv"));
    m_place->showTab(OffersTab);
    m_place->click("offersExport");
    auto *out = m_place->child<QFileDialog>("exportOffersDialog");
    QVERIFY(out);
    out->selectFile(path);
    QVERIFY(QMetaObject::invokeMethod(out, "accept"));
    QTRY_VERIFY(QFile::exists(path));

    const QTemporaryDir elsewhere;
    const CatalogPlace other(elsewhere.path(), *m_cards);
    other.showTab(OffersTab);
    other.click("offersImport");
    auto *in = other.child<QFileDialog>("importOffersDialog");
    QVERIFY(in);
    in->selectFile(path);
    QVERIFY(QMetaObject::invokeMethod(in, "accept"));
    QTRY_VERIFY(other.store.offers() == m_place->store.offers());
    QVERIFY(other.rowWith("offersTable", OfferModel::Provider,
                          QStringLiteral("The lab, \"upstairs\"")) >= 0);
    QCOMPARE(other.child<ui::Banner>("catalogBanner")->kind(), ui::Banner::Kind::Good);
}

void tst_CatalogPage::aBrokenTableIsRefusedWhole()
{
    const QString path = m_dir->filePath(QStringLiteral("broken.csv"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("provider,region,card,price_per_gpu_hour,currency\n"
               "Lab,any,L20,1.5,CNY\nLab,any,L40,free,CNY\n");
    file.close();
    const std::vector<Offer> before = m_place->store.offers();
    m_place->showTab(OffersTab);
    m_place->click("offersImport");
    auto *in = m_place->child<QFileDialog>("importOffersDialog");
    QVERIFY(in);
    in->selectFile(path);
    QVERIFY(QMetaObject::invokeMethod(in, "accept"));
    auto *banner = m_place->child<ui::Banner>("catalogBanner");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->kind(), ui::Banner::Kind::Error);
    QVERIFY(m_place->store.offers() == before);
}

void tst_CatalogPage::oldPricesAreMarked()
{
    Offer fresh = tests::offer("Fresh", "L20", "3");
    fresh.seenOn = SeenOn::day(QDate(2026, 10, 27)); // 30 days
    Offer old = tests::offer("Old", "L20", "3");
    old.seenOn = SeenOn::day(QDate(2026, 10, 26));
    Offer unknown = tests::offer("Unknown", "L20", "3");
    unknown.seenOn.reset();
    for (const Offer &offer : {fresh, old, unknown})
        QVERIFY(m_place->store.add(offer));
    const auto age = [this](const char *provider) {
        const int row =
            m_place->rowWith("offersTable", OfferModel::Provider, QLatin1StringView(provider));
        return m_place->rows("offersTable")->index(row, OfferModel::Age);
    };
    const auto isMarked = [](const QModelIndex &index) {
        return !index.data(Qt::DecorationRole).value<QIcon>().isNull();
    };
    QCOMPARE(age("Fresh").data().toString(), QStringLiteral("30 d"));
    QVERIFY(!isMarked(age("Fresh")));
    QVERIFY(isMarked(age("Old")));
    QCOMPARE(age("Unknown").data().toString(), ui::format::absent());
    QVERIFY(isMarked(age("Unknown")));
}

void tst_CatalogPage::unitPricesAreTheCatalogs()
{
    m_place->showTab(OffersTab);
    m_place->choose("offersView", int(OfferOrder::PerFp16TflopsHour));
    PricingOptions options;
    options.currency = core::Currency::Cny;
    std::vector<OfferRow> expected =
        offerRows(m_place->store.offers(), *m_cards, options, QDate(2026, 11, 26));
    sortRows(expected, OfferOrder::PerFp16TflopsHour);
    for (int row = 0; row < int(expected.size()); ++row) {
        const OfferRow &offer = expected[std::size_t(row)];
        QCOMPARE(m_place->cell("offersTable", row, OfferModel::Unit),
                 ui::catalog::unitPriceText(offer.perFp16TflopsHour, core::Currency::Cny));
        QCOMPARE(m_place->cell("offersTable", row, OfferModel::Region), offer.offer.region);
    }
}

void tst_CatalogPage::feedsAreOffAtFirst()
{
    m_place->showTab(SourcesTab);
    for (const Feed &feed : allFeeds()) {
        const QByteArray id(feed.id);
        QVERIFY(!m_place->child<QCheckBox>(("feed-" + id).constData())->isChecked());
        QCOMPARE(m_place->child<QLabel>(("feedState-" + id).constData())->text(),
                 QStringLiteral("Off"));
    }
    QVERIFY(!m_place->child<QPushButton>("feedsRefresh")->isEnabled());
    m_place->page.refresh();
    QCoreApplication::processEvents();
    QCOMPARE(m_place->network.requests, 0);
    QVERIFY(m_place->store.settings().feeds.isEmpty());
}

void tst_CatalogPage::aFeedThatIsGoneSaysWhatToDo()
{
    m_place->showTab(SourcesTab);
    m_place->click("feed-vast");
    QCOMPARE(m_place->store.settings().feeds, QStringList{QStringLiteral("vast")});
    QTRY_COMPARE(m_place->network.requests, 1);
    auto *problem = m_place->child<QLabel>("feedProblem-vast");
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(u"Check the network"));
    QTRY_VERIFY(m_place->child<QPushButton>("feedsRefresh")->isEnabled());
    m_place->click("feedsRefresh");
    QTRY_COMPARE(m_place->network.requests, 2);
    m_place->click("feed-vast");
    QVERIFY(m_place->store.settings().feeds.isEmpty());
    QTRY_VERIFY(!problem->isVisible());
}

void tst_CatalogPage::theTokenGoesToTheKeychainOnly()
{
    m_place->showTab(SourcesTab);
    m_place->type("autodlToken", QStringLiteral("t0ken-of-mine"));
    m_place->click("autodlSave");
    const core::secrets::SecretId id{core::secrets::SecretKind::ApiToken, QStringLiteral("autodl")};
    QTRY_VERIFY(m_place->secrets.find(id));
    QVERIFY(*m_place->secrets.find(id) == core::SecretBytes("t0ken-of-mine"));
    QCOMPARE(m_place->child<QLineEdit>("autodlToken")->text(), QString());
    QCOMPARE(m_place->network.requests, 0);
    for (const QFileInfo &info : QDir(m_dir->path()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("t0ken"));
    }
    QTRY_VERIFY(m_place->child<QPushButton>("autodlForget")->isEnabled());
    m_place->click("autodlForget");
    QTRY_VERIFY(!m_place->secrets.find(id));
}

void tst_CatalogPage::theQuestionIsKept()
{
    m_place->child<QDoubleSpinBox>("jobHours")->setValue(12);
    m_place->child<QComboBox>("jobCard")->setEditText(QStringLiteral("A40"));
    m_place->child<QDoubleSpinBox>("jobMemory")->setValue(40);
    m_place->choose("priceCurrency", QStringLiteral("USD"));
    const QByteArray state = m_place->page.state();
    const QTemporaryDir elsewhere;
    CatalogPlace other(elsewhere.path(), *m_cards);
    other.page.restore("[nonsense");
    other.page.restore(state);
    QCOMPARE(other.child<QDoubleSpinBox>("jobHours")->value(), 12.0);
    QCOMPARE(other.child<QComboBox>("jobCard")->currentText(), QStringLiteral("A40"));
    QCOMPARE(other.page.state(), state);
}

QTEST_MAIN(tst_CatalogPage)

#include "tst_CatalogPage.moc"
