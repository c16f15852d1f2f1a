// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartPanel.h"
#include "ui/charts/Sparkline.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QLineSeries>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QValueAxis>

using namespace ui::charts;
using core::metrics::Quantity;
using core::metrics::Sample;
using core::metrics::SeriesSet;

class tst_TimeChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void eachPixelColumnHasAtMostOnePoint_data();
    void eachPixelColumnHasAtMostOnePoint();
    void aGapSplitsTheLineAndStaysEmpty();
    void aLonePointIsSeen();
    void littleDataFillMoreOfTheChart();
    void theLineIsDrawnWhereItsValueIs();
    void thePointerTellsTheValueOnAllCharts();
    void thePointerInAGapTellsNothing();
    void aPointOfManySamplesTellsItsRange();
    void leavingTheChartEndsTheCrosshair();
    void keysMoveTheCrosshairAndAreSpoken();
    void aPauseFreezesTheViewOnly();
    void aHiddenChartIsNotDrawn();
    void aLongSpanIsNotRedrawnEverySecond();
    void movingThePointerDoesNotRedrawTheLines();
    void theFixedAxisDoesNotFollowTheData();
    void staleLinesAreWeaker();
    void highDensityPicturesAreRenderedInFull();
    void theWheelIsLeftToThePage();
    void aPanelNamesItsFigureAndItsChart();
    void aSparklineHasAtMostItsColumns();

private:
    void record(TimeMs from, TimeMs to, const std::function<std::optional<double>(TimeMs)> &value,
                int gpus = 1);
    [[nodiscard]] std::unique_ptr<TimeChart> makeChart(int lines = 1, QSize size = {480, 140});
    static QImage picture(TimeChart &chart);

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<SeriesSet> m_set;
    std::unique_ptr<ChartGroup> m_group;
};

namespace {

constexpr TimeMs base = 1'795'413'600'000; // a whole ten minutes

int pointsOf(const ChartLine &line)
{
    int count = 0;
    for (const auto &run : line.runs())
        count += int(run.size());
    return count;
}

bool isNear(const QColor &a, const QColor &b, int tolerance)
{
    return std::abs(a.red() - b.red()) <= tolerance &&
           std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

} // namespace

void tst_TimeChart::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_TimeChart::init()
{
    m_set = std::make_unique<SeriesSet>();
    m_group = std::make_unique<ChartGroup>();
    m_group->setSource([this] { return m_set.get(); });
}

void tst_TimeChart::record(TimeMs from, TimeMs to,
                           const std::function<std::optional<double>(TimeMs)> &value, int gpus)
{
    for (TimeMs time = from; time <= to; time += 1000) {
        const auto v = value(time);
        if (!v)
            continue;
        Sample sample;
        sample.time = std::chrono::system_clock::time_point(std::chrono::milliseconds(time));
        for (int g = 0; g < gpus; ++g) {
            core::probe::GpuInfo gpu;
            gpu.index = g;
            gpu.utilPercent = *v;
            gpu.tempC = 50 + g;
            sample.gpus.push_back(gpu);
        }
        m_set->append(sample);
    }
    m_group->dataArrived();
}

std::unique_ptr<TimeChart> tst_TimeChart::makeChart(int lines, QSize size)
{
    auto chart = std::make_unique<TimeChart>(*m_group);
    std::vector<LineSpec> specs;
    for (int g = 0; g < lines; ++g)
        specs.push_back(
            {Quantity::GpuUtil, g, QStringLiteral("GPU %1").arg(g), QString::number(g)});
    chart->setLines(specs, &ui::Tokens::gpu);
    chart->setScale({100, 1, 1000, [](double v) { return QString::number(v, 'f', 0); }});
    chart->resize(size);
    chart->show();
    return chart;
}

QImage tst_TimeChart::picture(TimeChart &chart)
{
    return chart.viewport()->grab().toImage();
}

void tst_TimeChart::eachPixelColumnHasAtMostOnePoint_data()
{
    QTest::addColumn<ChartGroup::Span>("span");
    QTest::addColumn<int>("width");
    QTest::newRow("a minute") << ChartGroup::Span::Minute << 480;
    QTest::newRow("ten minutes") << ChartGroup::Span::TenMinutes << 480;
    QTest::newRow("an hour") << ChartGroup::Span::Hour << 480;
    QTest::newRow("a day") << ChartGroup::Span::Day << 480;
    QTest::newRow("a day, narrow") << ChartGroup::Span::Day << 150;
}

void tst_TimeChart::eachPixelColumnHasAtMostOnePoint()
{
    QFETCH(ChartGroup::Span, span);
    QFETCH(int, width);
    record(base - 2 * 3600'000, base, [](TimeMs t) { return double(t / 1000 % 90); });
    const auto chart = makeChart(1, {width, 120});
    m_group->setSpan(span);
    picture(*chart);
    const double columns = chart->plotRect().width();
    QVERIFY(pointsOf(chart->line(0)) > 1);
    QVERIFY(pointsOf(chart->line(0)) <= int(columns));
    QSet<int> taken;
    int points = 0;
    for (QAbstractSeries *series : chart->chart()->series()) {
        const auto *line = qobject_cast<QLineSeries *>(series);
        if (!line || line->count() == 0)
            continue;
        for (const QPointF &point : line->points()) {
            taken.insert(int(point.x() * columns / double(m_group->spanMs())));
            ++points;
        }
    }
    QCOMPARE(points, pointsOf(chart->line(0)));
    // Buckets that do not divide the span fall on rounded columns now and then.
    QVERIFY2(taken.size() >= points * 9 / 10,
             qPrintable(QStringLiteral("%1 columns, %2 points").arg(taken.size()).arg(points)));
}

void tst_TimeChart::aGapSplitsTheLineAndStaysEmpty()
{
    record(base - 600'000, base, [](TimeMs t) -> std::optional<double> {
        if (t > base - 400'000 && t < base - 200'000)
            return std::nullopt;
        return 50.0;
    });
    const auto chart = makeChart();
    const QImage image = picture(*chart);
    QCOMPARE(int(chart->line(0).runs().size()), 2);
    const QRectF plot = chart->plotRect();
    const int y = int(std::round(plot.bottom() - plot.height() * 0.5));
    const QColor line = ui::lightTokens().gpu;
    const auto drawnAt = [&](double part) {
        const int x = int(plot.left() + plot.width() * part);
        for (int dy = -2; dy <= 2; ++dy) {
            if (isNear(image.pixelColor(x, y + dy), line, 60))
                return true;
        }
        return false;
    };
    QVERIFY(drawnAt(0.1));
    QVERIFY(drawnAt(0.9));
    for (double part = 0.37; part < 0.64; part += 0.01)
        QVERIFY2(!drawnAt(part), qPrintable(QString::number(part)));
}

void tst_TimeChart::aLonePointIsSeen()
{
    record(base - 590'000, base - 590'000, [](TimeMs) { return 50.0; });
    record(base - 300'000, base - 300'000, [](TimeMs) { return 50.0; });
    record(base, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    const QImage image = picture(*chart);
    const QRectF plot = chart->plotRect();
    const int middle = int(plot.left() + plot.width() / 2);
    const int y = int(std::round(plot.bottom() - plot.height() * 0.5));
    bool seen = false;
    for (int x = middle - 4; x <= middle + 4; ++x) {
        for (int dy = -2; dy <= 2; ++dy)
            seen = seen || isNear(image.pixelColor(x, y + dy), ui::lightTokens().gpu, 90);
    }
    QVERIFY(seen);
}

void tst_TimeChart::littleDataFillMoreOfTheChart()
{
    QCOMPARE(m_group->spanMs(), 600'000); // nothing at all
    record(base, base + 20'000, [](TimeMs) { return 50.0; });
    m_group->dataArrived();
    QCOMPARE(m_group->spanMs(), 60'000);
    m_group->setSpan(ChartGroup::Span::Day); // but a day does not look like a minute
    QCOMPARE(m_group->spanMs(), 180 * 60'000);
    m_group->setSpan(ChartGroup::Span::TenMinutes);
    record(base + 21'000, base + 61'000, [](TimeMs) { return 50.0; });
    m_group->dataArrived();
    QCOMPARE(m_group->spanMs(), 120'000);
    record(base + 301'000, base + 301'000, [](TimeMs) { return 50.0; });
    m_group->dataArrived();
    QCOMPARE(m_group->spanMs(), 600'000);
}

void tst_TimeChart::theLineIsDrawnWhereItsValueIs()
{
    record(base - 600'000, base, [](TimeMs) { return 80.0; });
    const auto chart = makeChart();
    const QImage image = picture(*chart);
    const QRectF plot = chart->plotRect();
    const int x = int(plot.center().x()) + 3;
    const auto blueAt = [&](double value) {
        const int y = int(std::round(plot.bottom() - plot.height() * value / 100));
        for (int dy = -1; dy <= 1; ++dy) {
            if (isNear(image.pixelColor(x, y + dy), ui::lightTokens().gpu, 60))
                return true;
        }
        return false;
    };
    QVERIFY(blueAt(80));
    QVERIFY(!blueAt(60));
    QVERIFY(!blueAt(20));
}

void tst_TimeChart::thePointerTellsTheValueOnAllCharts()
{
    record(base - 600'000, base, [](TimeMs t) { return double((t - base + 600'000) / 6000); });
    const auto chart = makeChart();
    auto other = makeChart();
    other->setLines({{Quantity::GpuTemp, 0, {}, {}}}, &ui::Tokens::temp);
    picture(*chart);
    picture(*other);
    const QRectF plot = chart->plotRect();
    const QPoint at(int(plot.left() + plot.width() * 0.75), int(plot.center().y()));
    QTest::mouseMove(chart->viewport(), at);
    QTRY_VERIFY(m_group->hover());
    const auto info = chart->hoverInfo();
    QVERIFY(info);
    QCOMPARE(int(info->values.size()), 1);
    QVERIFY(std::abs(info->values[0].y - 75.0) < 1.0);
    QCOMPARE(info->values[0].value, QString::number(info->values[0].y, 'f', 0));
    QCOMPARE(info->time, timeLabel(*m_group->hover(), base));
    const auto there = other->hoverInfo();
    QVERIFY(there);
    QCOMPARE(there->values[0].value, QStringLiteral("50"));
    QCOMPARE(there->time, info->time);
}

void tst_TimeChart::thePointerInAGapTellsNothing()
{
    record(base - 600'000, base, [](TimeMs t) -> std::optional<double> {
        if (t > base - 400'000 && t < base - 200'000)
            return std::nullopt;
        return 50.0;
    });
    const auto chart = makeChart();
    picture(*chart);
    m_group->setHover(base - 300'000);
    QVERIFY(chart->hoverInfo());
    QVERIFY(chart->hoverInfo()->values[0].value.isEmpty());
    m_group->setHover(base - 100'000);
    QCOMPARE(chart->hoverInfo()->values[0].value, QStringLiteral("50"));
}

void tst_TimeChart::aPointOfManySamplesTellsItsRange()
{
    record(base - 7200'000, base, [](TimeMs t) { return t / 1000 % 2 ? 90.0 : 10.0; });
    const auto chart = makeChart();
    m_group->setSpan(ChartGroup::Span::Day);
    picture(*chart);
    m_group->setHover(base - 3600'000);
    const auto info = chart->hoverInfo();
    QVERIFY(info);
    QCOMPARE(info->values[0].value, QStringLiteral("50"));
    QCOMPARE(info->values[0].range, QStringLiteral("10 to 90"));
}

void tst_TimeChart::leavingTheChartEndsTheCrosshair()
{
    record(base - 600'000, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    picture(*chart);
    m_group->setHover(base - 100'000);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(chart->viewport(), &leave);
    QVERIFY(!m_group->hover());
}

void tst_TimeChart::keysMoveTheCrosshairAndAreSpoken()
{
    record(base - 600'000, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    picture(*chart);
    chart->activateWindow();
    chart->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(chart->hasFocus());
    QTest::keyClick(chart.get(), Qt::Key_Left);
    QVERIFY(m_group->hover());
    const TimeMs first = *m_group->hover();
    QVERIFY(first < base);
    QTest::keyClick(chart.get(), Qt::Key_Left);
    QVERIFY(*m_group->hover() < first);
    QVERIFY(chart->accessibleDescription().contains(QLatin1StringView("GPU 0 50")));
    QTest::keyClick(chart.get(), Qt::Key_Home);
    QTest::keyClick(chart.get(), Qt::Key_Left);
    QVERIFY(*m_group->hover() >= base - 601'000);
    QTest::keyClick(chart.get(), Qt::Key_End);
    QCOMPARE(*m_group->hover(), base);
    QTest::keyClick(chart.get(), Qt::Key_Escape);
    QVERIFY(!m_group->hover());
}

void tst_TimeChart::aPauseFreezesTheViewOnly()
{
    record(base - 600'000, base, [](TimeMs) { return 50.0; });
    m_group->setPaused(true);
    record(base + 1000, base + 60'000, [](TimeMs) { return 90.0; });
    QCOMPARE(m_group->end(), base);
    QCOMPARE(m_set->lastTime(), base + 60'000);
    m_group->setPaused(false);
    QCOMPARE(m_group->end(), base + 60'000);
}

void tst_TimeChart::aHiddenChartIsNotDrawn()
{
    record(base - 600'000, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    picture(*chart);
    chart->hide();
    const int before = chart->redraws();
    record(base + 1000, base + 30'000, [](TimeMs) { return 60.0; });
    QCoreApplication::processEvents();
    QCOMPARE(chart->redraws(), before);
    chart->show();
    QTRY_VERIFY(chart->redraws() > before);
}

void tst_TimeChart::aLongSpanIsNotRedrawnEverySecond()
{
    record(base - 7200'000, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    m_group->setSpan(ChartGroup::Span::Day);
    picture(*chart);
    int before = chart->redraws();
    for (int second = 1; second <= 30; ++second) {
        record(base + second * 1000, base + second * 1000, [](TimeMs) { return 55.0; });
        QCoreApplication::processEvents();
    }
    QVERIFY2(chart->redraws() - before <= 4,
             qPrintable(QString::number(chart->redraws() - before)));
    QVERIFY(chart->redraws() > before);

    m_group->setSpan(ChartGroup::Span::TenMinutes);
    QTRY_VERIFY(chart->redraws() > before);
    picture(*chart);
    before = chart->redraws();
    for (int second = 31; second <= 40; ++second) {
        // Two samples a second, as with a shorter interval, are still one picture.
        for (const int part : {0, 500}) {
            const TimeMs time = base + second * 1000 + part;
            record(time, time, [](TimeMs) { return 55.0; });
            QCoreApplication::processEvents();
        }
    }
    QVERIFY2(chart->redraws() - before <= 11,
             qPrintable(QString::number(chart->redraws() - before)));
}

void tst_TimeChart::movingThePointerDoesNotRedrawTheLines()
{
    record(base - 600'000, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    picture(*chart);
    const QImage without = picture(*chart);
    const int before = chart->redraws();
    m_group->setHover(base - 300'000);
    const QImage with = picture(*chart);
    QCOMPARE(chart->redraws(), before);
    QVERIFY(with != without);
    m_group->setHover(std::nullopt);
    QCOMPARE(picture(*chart), without);
}

void tst_TimeChart::theFixedAxisDoesNotFollowTheData()
{
    record(base - 600'000, base, [](TimeMs) { return 3.0; });
    const auto chart = makeChart();
    picture(*chart);
    const auto axes = chart->chart()->axes(Qt::Vertical);
    QCOMPARE(int(axes.size()), 1);
    QCOMPARE(qobject_cast<QValueAxis *>(axes.first())->max(), 100.0);
}

void tst_TimeChart::staleLinesAreWeaker()
{
    record(base - 600'000, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    const QImage fresh = picture(*chart);
    m_group->setStale(true);
    const QImage stale = picture(*chart);
    const QRectF plot = chart->plotRect();
    const int x = int(plot.center().x()) + 5;
    const auto darkest = [&](const QImage &image) {
        int value = 255;
        for (int y = int(plot.top()); y < int(plot.bottom()); ++y)
            value = std::min(value, image.pixelColor(x, y).red());
        return value;
    };
    QVERIFY(darkest(stale) > darkest(fresh) + 40);
}

void tst_TimeChart::highDensityPicturesAreRenderedInFull()
{
    record(base - 600'000, base, [](TimeMs) { return 50.0; });
    const auto chart = makeChart();
    const QImage image = picture(*chart);
    QCOMPARE(image.size(), chart->viewport()->size() * chart->devicePixelRatioF());
    chart->resize(700, 200);
    QTRY_COMPARE(picture(*chart).width(), qRound(700 * chart->devicePixelRatioF()));
    QVERIFY(chart->plotRect().right() > 600);
}

void tst_TimeChart::theWheelIsLeftToThePage()
{
    const auto chart = makeChart();
    QWheelEvent wheel(QPointF(20, 20), QPointF(20, 20), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(chart->viewport(), &wheel);
    QVERIFY(!wheel.isAccepted());
}

void tst_TimeChart::aPanelNamesItsFigureAndItsChart()
{
    ChartPanel panel(*m_group, ChartPanel::Size::Compact);
    panel.setTitle(QStringLiteral("Power"), QStringLiteral("GPU 0 power"));
    panel.setValue(QStringLiteral("402 W"));
    QVERIFY(panel.chart()->accessibleName().contains(QLatin1StringView("GPU 0 power")));
    QCOMPARE(panel.value(), QStringLiteral("402 W"));
    const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(panel.chart());
    QCOMPARE(spoken->role(), QAccessible::Chart);
    QCOMPARE(spoken->childCount(), 0);
}

void tst_TimeChart::aSparklineHasAtMostItsColumns()
{
    record(base - 3600'000, base, [](TimeMs t) { return double(t / 1000 % 100); });
    const SparklineData data = sparklineData(m_set->find(Quantity::GpuUtil, 0), base, 3600'000, 80);
    int points = 0;
    for (const auto &run : data.runs)
        points += int(run.size());
    QVERIFY(points > 20 && points <= 80);
    QVERIFY(sparklineData(nullptr, base, 3600'000, 80).runs.empty());

    QImage image(80, 24, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintSparkline(&painter, QRectF(0, 0, 80, 24), data, ui::lightTokens().gpu);
    painter.end();
    bool drawn = false;
    for (int x = 0; x < 80; ++x) {
        for (int y = 0; y < 24; ++y)
            drawn = drawn || isNear(image.pixelColor(x, y), ui::lightTokens().gpu, 60);
    }
    QVERIFY(drawn);
}

QTEST_MAIN(tst_TimeChart)
#include "tst_TimeChart.moc"
