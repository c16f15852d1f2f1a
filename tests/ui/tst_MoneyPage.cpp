// SPDX-License-Identifier: GPL-3.0-or-later
// The Money page and the warnings behind it, over a real file of running times.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/RunRecorder.h"
#include "core/fleet/SpendingWatch.h"
#include "core/history/RunStore.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "ui/common/Banner.h"
#include "ui/common/BigNumber.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/money/MoneyPage.h"
#include "ui/money/MoneyWords.h"
#include "ui/money/SpendingModel.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace std::chrono_literals;
using cost::TimeMs;
using fleet::SpendingWatch;
using ui::money::MoneyPage;
using ui::money::SpendingModel;

namespace {

class SetClock final : public Clock
{
public:
    [[nodiscard]] std::chrono::system_clock::time_point now() const override { return time; }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::now();
    }
    std::chrono::system_clock::time_point time;
};

constexpr TimeMs hour = 3600'000;

} // namespace

class tst_MoneyPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutRunsThePageSaysWhatItWouldTell();
    void figuresAndTablesComeFromTheRuns();
    void aMissingPriceIsAskedFor();
    void budgetsAreKeptAndWarnOnce();
    void otherCurrenciesCountAtTheRate();
    void aReleaseIsRemindedOfOnce();

private:
    void save(const std::vector<cost::RunSlice> &slices);
    void open();
    [[nodiscard]] cost::RunSlice slice(const QString &id, TimeMs from, TimeMs to,
                                       std::optional<HourlyRate> perHour) const;
    [[nodiscard]] QString cell(const char *table, int row, int column) const;

    std::unique_ptr<ui::Theme> m_theme;
    SetClock m_clock;
    TimeMs m_now = 0;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    std::unique_ptr<fleet::Fleet> m_fleet;
    std::unique_ptr<history::RunStore> m_store;
    std::unique_ptr<fleet::RunRecorder> m_recorder;
    std::unique_ptr<SpendingWatch> m_spending;
    std::unique_ptr<MoneyPage> m_page;
    profiles::Profile m_profile;
};

void tst_MoneyPage::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_MoneyPage::init()
{
    // Noon of a Wednesday, so that today and this week have some hours behind them.
    m_now = QDateTime(QDate(2026, 11, 25), QTime(12, 0)).toMSecsSinceEpoch();
    m_clock.time = std::chrono::system_clock::time_point(std::chrono::milliseconds(m_now));
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    m_profile = {};
    m_profile.name = QStringLiteral("train");
    m_profile.host = QStringLiteral("region-1.autodl.com");
    m_profile.provider = QStringLiteral("autodl");
    m_profile.price = profiles::Price{19800, QStringLiteral("CNY")};
    m_profile = *m_profiles->add(m_profile);
    m_secrets = std::make_unique<secrets::SessionStore>();
}

void tst_MoneyPage::cleanup()
{
    m_page.reset();
    m_spending.reset();
    m_recorder.reset();
    m_store.reset();
    m_fleet.reset();
}

cost::RunSlice tst_MoneyPage::slice(const QString &id, TimeMs from, TimeMs to,
                                    std::optional<HourlyRate> perHour) const
{
    cost::RunSlice one;
    one.instanceId = id;
    one.instanceName = QStringLiteral("as written");
    one.from = from;
    one.to = to;
    one.boot = from;
    one.card = QStringLiteral("NVIDIA GeForce RTX 4090");
    one.gpus = 1;
    one.perHour = perHour;
    one.idleGpuMs = (to - from) / 4;
    return one;
}

void tst_MoneyPage::save(const std::vector<cost::RunSlice> &slices)
{
    history::RunHistory runs;
    QVERIFY(runs.open(m_dir->filePath(QStringLiteral("runs.db"))));
    QVERIFY(runs.save(slices));
}

void tst_MoneyPage::open()
{
    m_fleet =
        std::make_unique<fleet::Fleet>(fleet::Instance::Services{*m_profiles, *m_secrets, m_clock});
    m_store = std::make_unique<history::RunStore>();
    m_recorder = std::make_unique<fleet::RunRecorder>(*m_fleet, m_clock);
    m_recorder->setStore(m_store.get());
    m_spending = std::make_unique<SpendingWatch>(*m_fleet, *m_recorder, m_clock);
    m_page = std::make_unique<MoneyPage>(*m_fleet, *m_spending);
    m_page->resize(1000, 800);
    m_page->show();
    QSignalSpy loaded(m_recorder.get(), &fleet::RunRecorder::loaded);
    m_store->open(m_dir->filePath(QStringLiteral("runs.db")));
    QVERIFY(loaded.wait());
}

QString tst_MoneyPage::cell(const char *table, int row, int column) const
{
    const auto *view = m_page->findChild<ui::TableView *>(QLatin1StringView(table));
    return view->proxy()->index(row, column).data().toString();
}

void tst_MoneyPage::withoutRunsThePageSaysWhatItWouldTell()
{
    open();
    QVERIFY(m_page->findChild<ui::EmptyState *>()->isVisible());
    QVERIFY(!m_page->findChild<QTableView *>(QStringLiteral("spendingByInstance"))->isVisible());
    // A budget can be set all the same.
    auto *limit = m_page->findChild<QDoubleSpinBox *>(QStringLiteral("budgetPerDay"));
    QVERIFY(limit->isVisible());
    limit->setValue(10);
    QCOMPARE(m_spending->budget().perDay, (Money{1000, Currency::Cny}));
    QVERIFY(!m_page->findChild<ui::Banner *>(QStringLiteral("unpricedNotice"))->isVisible());
}

void tst_MoneyPage::figuresAndTablesComeFromTheRuns()
{
    const HourlyRate price{19800, Currency::Cny};
    save({slice(m_profile.id, m_now - 2 * hour, m_now - hour, price),       // today
          slice(m_profile.id, m_now - 50 * hour, m_now - 40 * hour, price), // Monday
          slice(QStringLiteral("gone"), m_now - 10 * 24 * hour, m_now - 10 * 24 * hour + hour,
                HourlyRate{4000, Currency::Usd})}); // this month
    open();
    using Span = SpendingWatch::Span;
    QCOMPARE(m_spending->report(Span::Today).all.cost.at(Currency::Cny).minor, 198);
    QCOMPARE(m_spending->report(Span::Week).all.cost.at(Currency::Cny).minor, 11 * 198);
    QCOMPARE(m_spending->report(Span::Month).all.cost.at(Currency::Usd).minor, 40);
    QCOMPARE(m_spending->today(m_profile.id)->running, hour);
    QVERIFY(!m_spending->today(QStringLiteral("gone")));
    const auto numbers = m_page->findChildren<ui::BigNumber *>();
    QCOMPARE(numbers.size(), 3);
    QCOMPARE(numbers.at(0)->text(), ui::format::money(198, QStringLiteral("CNY")));
    QVERIFY(numbers.at(2)->text().contains(ui::format::money(40, QStringLiteral("USD"))));
    // The month: both instances, the dearer one first, named as it is called now.
    QCOMPARE(cell("spendingByInstance", 0, SpendingModel::Name), QStringLiteral("train"));
    QCOMPARE(cell("spendingByInstance", 1, SpendingModel::Name), QStringLiteral("as written"));
    QCOMPARE(cell("spendingByInstance", 0, SpendingModel::Wasted),
             ui::format::money(545, QStringLiteral("CNY"))); // a quarter of 11 x 1.98, rounded
    QCOMPARE(cell("spendingByCard", 0, SpendingModel::Name),
             QStringLiteral("NVIDIA GeForce RTX 4090"));
    // AutoDL releases after 15 days.
    QVERIFY(cell("spendingByInstance", 0, SpendingModel::Release)
                .contains(ui::format::duration((15 * 24 - 1) * 3600)));
    QCOMPARE(cell("spendingByInstance", 1, SpendingModel::Release), ui::format::absent());
    // Today only.
    m_page->findChild<QComboBox *>(QStringLiteral("spendingSpan"))->setCurrentIndex(0);
    QCOMPARE(m_page->findChild<ui::TableView *>(QStringLiteral("spendingByInstance"))
                 ->proxy()
                 ->rowCount(),
             1);
}

void tst_MoneyPage::aMissingPriceIsAskedFor()
{
    m_profile.price.reset();
    QVERIFY(m_profiles->update(m_profile));
    save({slice(m_profile.id, m_now - 2 * hour, m_now - hour, {})});
    open();
    QCOMPARE(cell("spendingByInstance", 0, SpendingModel::Cost), SpendingModel::tr("no price"));
    auto *notice = m_page->findChild<ui::Banner *>(QStringLiteral("unpricedNotice"));
    QVERIFY(notice->isVisible() && notice->text().contains(QStringLiteral("train")));
    QSignalSpy asked(m_page.get(), &MoneyPage::priceRequested);
    m_page->findChild<QPushButton *>(QStringLiteral("setPrice"))->click();
    QCOMPARE(asked.value(0).value(0).toString(), m_profile.id);
    // What ran without a price counts with the one that is set afterwards.
    m_profile.price = profiles::Price{10000, QStringLiteral("CNY")};
    QVERIFY(m_profiles->update(m_profile));
    QTRY_COMPARE(cell("spendingByInstance", 0, SpendingModel::Cost),
                 ui::format::money(100, QStringLiteral("CNY")));
    QVERIFY(!notice->isVisible());
}

void tst_MoneyPage::otherCurrenciesCountAtTheRate()
{
    // ¥1.98 and $0.40
    save({slice(m_profile.id, m_now - 2 * hour, m_now - hour, HourlyRate{19800, Currency::Cny}),
          slice(QStringLiteral("abroad"), m_now - 2 * hour, m_now - hour,
                HourlyRate{4000, Currency::Usd})});
    open();
    using Span = SpendingWatch::Span;
    m_spending->setRate(7'000'000);
    QCOMPARE(m_spending->spent(Span::Today, Currency::Cny), (Money{198 + 280, Currency::Cny}));
    QCOMPARE(m_spending->spent(Span::Month, Currency::Usd), (Money{28 + 40, Currency::Usd}));
    QSignalSpy warned(m_spending.get(), &SpendingWatch::budgetReached);
    m_spending->setBudget({Money{500, Currency::Cny}, {}});
    QCOMPARE(warned.size(), 1); // 4.78 of 5.00
    const auto warning = warned.takeFirst().value(0).value<cost::BudgetWarning>();
    QCOMPARE(warning.percent, 80);
    QCOMPARE(warning.spent, (Money{478, Currency::Cny}));
    m_spending->setRate(8'000'000); // 5.18: another rate is judged at once
    QCOMPARE(warned.size(), 1);
    QCOMPARE(warned.takeFirst().value(0).value<cost::BudgetWarning>().percent, 100);
}

void tst_MoneyPage::budgetsAreKeptAndWarnOnce()
{
    save({slice(m_profile.id, m_now - 2 * hour, m_now - hour, HourlyRate{19800, Currency::Cny})});
    open();
    QSignalSpy warned(m_spending.get(), &SpendingWatch::budgetReached);
    QSignalSpy kept(m_page.get(), &MoneyPage::budgetChanged);
    auto *limit = m_page->findChild<QDoubleSpinBox *>(QStringLiteral("budgetPerDay"));
    limit->setValue(2.40); // 82.5 % of it are spent
    QCOMPARE(kept.size(), 1);
    QCOMPARE(m_spending->budget().perDay, (Money{240, Currency::Cny}));
    QCOMPARE(warned.size(), 1);
    auto warning = warned.takeFirst().value(0).value<cost::BudgetWarning>();
    QCOMPARE(warning.percent, 80);
    QVERIFY(ui::money::wordsFor(warning).details.contains(
        ui::format::money(198, QStringLiteral("CNY"))));
    limit->setValue(1.98);
    QCOMPARE(warned.size(), 1);
    QCOMPARE(warned.takeFirst().value(0).value<cost::BudgetWarning>().percent, 100);
    limit->setValue(1.97);
    QCOMPARE(warned.size(), 0);
    limit->setValue(0);
    QVERIFY(!m_spending->budget().perDay);
    // Another run of the program has heard it said.
    cleanup();
    open();
    QSignalSpy again(m_spending.get(), &SpendingWatch::budgetReached);
    m_spending->setBudget({Money{198, Currency::Cny}, {}});
    QCOMPARE(again.size(), 0);
    m_clock.time += 24h; // the next day nothing is spent
    m_spending->setBudget({Money{198, Currency::Cny}, Money{198, Currency::Cny}});
    QCOMPARE(again.size(), 1);
    QCOMPARE(again.at(0).at(0).value<cost::BudgetWarning>().span, cost::BudgetWarning::Span::Month);
}

void tst_MoneyPage::aReleaseIsRemindedOfOnce()
{
    save({slice(m_profile.id, m_now - 13 * 24 * hour, m_now - 13 * 24 * hour + hour,
                HourlyRate{19800, Currency::Cny})});
    m_clock.time -= 10 * 24h; // nothing is due yet
    open();
    QSignalSpy reminded(m_spending.get(), &SpendingWatch::releaseNear);
    m_clock.time += 10 * 24h; // two days are left: the reminder of three days is due
    m_spending->setBudget({});
    QCOMPARE(reminded.size(), 1);
    QCOMPARE(reminded.at(0).at(0).toString(), m_profile.id);
    QCOMPARE(reminded.at(0).at(1).value<cost::ReleaseReminder>().before, 72 * hour);
    m_spending->setBudget({Money{1, Currency::Cny}, {}});
    cleanup();
    open();
    QSignalSpy again(m_spending.get(), &SpendingWatch::releaseNear);
    m_spending->setBudget({});
    QCOMPARE(again.size(), 0);
    m_clock.time += 48h; // a day, six hours, gone
    m_spending->setBudget({});
    QCOMPARE(again.size(), 1);
}

QTEST_MAIN(tst_MoneyPage)
#include "tst_MoneyPage.moc"
