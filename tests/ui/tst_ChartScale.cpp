// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartScale.h"

#include <QDateTime>
#include <QTest>

using namespace ui::charts;

class tst_ChartScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFixedTopStaysButShowsPeaksAboveIt();
    void automaticTopsAreRound_data();
    void automaticTopsAreRound();
    void ticksAreRoundLocalTimesFarEnoughApart_data();
    void ticksAreRoundLocalTimesFarEnoughApart();
    void aTimeOfAnotherDayHasItsDate();
};

void tst_ChartScale::aFixedTopStaysButShowsPeaksAboveIt()
{
    const ChartScale percent{100, 1, 1000, {}};
    QCOMPARE(topOf(percent, 3), 100.0);
    QCOMPARE(topOf(percent, 0), 100.0);
    QCOMPARE(topOf(percent, 104), 104.0);
}

void tst_ChartScale::automaticTopsAreRound_data()
{
    QTest::addColumn<double>("highest");
    QTest::addColumn<double>("top");
    const double kb = 1024;
    QTest::newRow("nothing: the floor") << 0.0 << 100 * kb;
    QTest::newRow("below the floor") << 3000.0 << 100 * kb;
    QTest::newRow("a little room above") << 99 * kb << 200 * kb;
    QTest::newRow("megabytes") << 13.4 * kb * kb << 20 * kb * kb;
    QTest::newRow("hundreds of megabytes") << 380 * kb * kb << 500 * kb * kb;
    QTest::newRow("nearly a gigabyte") << 990 * kb * kb << 2 * kb * kb * kb;
}

void tst_ChartScale::automaticTopsAreRound()
{
    QFETCH(double, highest);
    QFETCH(double, top);
    const ChartScale rate{std::nullopt, 64 * 1024, 1024, {}};
    QCOMPARE(topOf(rate, highest), top);
}

void tst_ChartScale::ticksAreRoundLocalTimesFarEnoughApart_data()
{
    QTest::addColumn<qint64>("span");
    QTest::addColumn<qint64>("gap");
    QTest::addColumn<qint64>("step");
    QTest::newRow("a minute") << qint64(60) << qint64(12) << qint64(15);
    QTest::newRow("ten minutes") << qint64(600) << qint64(70) << qint64(120);
    QTest::newRow("an hour") << qint64(3600) << qint64(500) << qint64(600);
    QTest::newRow("a day") << qint64(86400) << qint64(9000) << qint64(14400);
    QTest::newRow("a day in a narrow chart") << qint64(86400) << qint64(50000) << qint64(86400);
}

void tst_ChartScale::ticksAreRoundLocalTimesFarEnoughApart()
{
    QFETCH(qint64, span);
    QFETCH(qint64, gap);
    QFETCH(qint64, step);
    const TimeMs to = 1'795'413'792'123;
    const TimeMs from = to - span * 1000;
    const auto ticks = timeTicks(from, to, gap * 1000);
    QVERIFY(!ticks.empty());
    TimeMs before = 0;
    for (const TimeTick &tick : ticks) {
        QVERIFY(tick.time >= from && tick.time <= to);
        if (before)
            QCOMPARE(tick.time - before, step * 1000);
        before = tick.time;
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(tick.time);
        QCOMPARE(local.time().msecsSinceStartOfDay() % (step * 1000), qint64(0));
        QVERIFY(tick.label.startsWith(local.toString(QStringLiteral("HH:mm"))));
    }
}

void tst_ChartScale::aTimeOfAnotherDayHasItsDate()
{
    const QDateTime noon(QDate::currentDate(), QTime(12, 0, 5));
    const TimeMs today = noon.toMSecsSinceEpoch();
    QCOMPARE(timeLabel(today, today + 3600000), QStringLiteral("12:00:05"));
    const TimeMs yesterday = noon.addDays(-1).toMSecsSinceEpoch();
    QVERIFY(timeLabel(yesterday, today).endsWith(QLatin1StringView("12:00")));
    QVERIFY(timeLabel(yesterday, today).size() > 5);
    QCOMPARE(clockLabel(today, 600'000), QStringLiteral("12:00:05"));
    QCOMPARE(clockLabel(today, 86'400'000), QStringLiteral("12:00"));
}

QTEST_GUILESS_MAIN(tst_ChartScale)
#include "tst_ChartScale.moc"
