// SPDX-License-Identifier: GPL-3.0-or-later
// How long charts take to redraw: bench_charts [--gpus 8] [--rounds 40] [--width 1000] [--height
// 140]. Prints medians; a benchmark, not a test. QT_QPA_PLATFORM=offscreen needs no display.
#include "core/metrics/SeriesSet.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/Theme.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QTextStream>

#include <algorithm>
#include <cmath>

using namespace ui::charts;
using core::metrics::Quantity;
using core::metrics::Sample;
using core::metrics::SeriesSet;

namespace {

constexpr TimeMs start = 1'800'000'000'000;

Sample sampleAt(TimeMs time, int gpus)
{
    Sample sample;
    sample.time = std::chrono::system_clock::time_point(std::chrono::milliseconds(time));
    const double s = double(time - start) / 1000;
    for (int g = 0; g < gpus; ++g) {
        core::probe::GpuInfo gpu;
        gpu.index = g;
        // Saw teeth with noise: neighbours differ, as in real training.
        gpu.utilPercent = 55 + 30 * std::sin(s / 7 + g) + 14 * std::sin(s * 3.1 + g * 2);
        gpu.memUsedMib = 12000 + g * 1000 + int(3000 * std::sin(s / 900));
        gpu.memTotalMib = 24564;
        gpu.powerW = 250 + 120 * std::sin(s / 9 + g);
        gpu.powerLimitW = 450;
        gpu.tempC = 55 + 8 * std::sin(s / 200 + g);
        sample.gpus.push_back(gpu);
    }
    sample.cpu.limitCores = 16;
    sample.cpu.usedCores = 5 + 3 * std::sin(s / 5);
    sample.memory.usedBytes = qint64(3e10 + 5e9 * std::sin(s / 300));
    sample.network.rxBytesPerSecond = 1e6 + 9e5 * std::sin(s / 3);
    sample.network.txBytesPerSecond = 2e5;
    return sample;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Bench
{
    SeriesSet set;
    TimeMs now = start;
    int gpus = 8;
    ChartGroup group;
    std::vector<TimeChart *> charts;

    void advance(TimeMs ms)
    {
        for (TimeMs passed = 0; passed < ms; passed += 1000) {
            now += 1000;
            set.append(sampleAt(now, gpus));
        }
    }

    void add(Quantity quantity, int lines, double top, QWidget *page, int height)
    {
        auto *chart = new TimeChart(group);
        std::vector<LineSpec> specs;
        for (int g = 0; g < lines; ++g)
            specs.push_back({quantity, g, QStringLiteral("GPU %1").arg(g), QString::number(g)});
        chart->setLines(specs, &ui::Tokens::gpu);
        chart->setScale({top, 1, 1000, [](double v) { return QString::number(int(v)); }});
        chart->setFixedHeight(height);
        page->layout()->addWidget(chart);
        charts.push_back(chart);
    }

    /// One round: a column's worth of new data, then everything painted.
    double redraw(TimeMs step)
    {
        advance(step);
        QElapsedTimer timer;
        timer.start();
        group.dataArrived();
        for (TimeChart *chart : charts)
            chart->viewport()->repaint();
        return double(timer.nsecsElapsed()) / 1e6;
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption gpus(QStringLiteral("gpus"), {}, QStringLiteral("N"),
                                  QStringLiteral("8"));
    const QCommandLineOption rounds(QStringLiteral("rounds"), {}, QStringLiteral("N"),
                                    QStringLiteral("40"));
    const QCommandLineOption width(QStringLiteral("width"), {}, QStringLiteral("PX"),
                                   QStringLiteral("1000"));
    const QCommandLineOption height(QStringLiteral("height"), {}, QStringLiteral("PX"),
                                    QStringLiteral("140"));
    parser.addOptions({gpus, rounds, width, height});
    parser.addHelpOption();
    parser.process(application);
    const ui::Theme theme(application, ui::ThemeChoice::Light);

    Bench bench;
    bench.gpus = parser.value(gpus).toInt();
    bench.group.setSource([&bench] { return &bench.set; });
    bench.advance(TimeMs(86400) * 1000);

    QTextStream out(stdout);
    const auto measure = [&](const QString &what, ChartGroup::Span span) {
        bench.group.setSpan(span);
        // Far enough that every chart of the page is really drawn again.
        const TimeMs step = std::max<TimeMs>(1000, bench.group.spanMs() / 200);
        for (int i = 0; i < 3; ++i)
            bench.redraw(step);
        std::vector<double> times;
        for (int i = 0; i < parser.value(rounds).toInt(); ++i)
            times.push_back(bench.redraw(step));
        out << what << ": median " << QString::number(median(times), 'f', 2) << " ms, worst "
            << QString::number(*std::max_element(times.begin(), times.end()), 'f', 2) << " ms\n";
        out.flush();
    };

    QWidget one;
    new QVBoxLayout(&one);
    bench.add(Quantity::GpuUtil, bench.gpus, 100, &one, parser.value(height).toInt());
    one.resize(parser.value(width).toInt(), parser.value(height).toInt());
    one.show();
    QCoreApplication::processEvents();
    measure(QStringLiteral("one chart of %1 GPUs, 24 h").arg(bench.gpus), ChartGroup::Span::Day);
    measure(QStringLiteral("one chart of %1 GPUs, 10 min").arg(bench.gpus),
            ChartGroup::Span::TenMinutes);
    bench.charts.clear();
    one.hide();

    // The charts of the monitor page, two in a row there.
    QWidget page;
    new QVBoxLayout(&page);
    const int half = parser.value(width).toInt() / 2;
    for (const Quantity q :
         {Quantity::GpuUtil, Quantity::GpuMemory, Quantity::GpuPower, Quantity::GpuTemp})
        bench.add(q, bench.gpus,
                  q == Quantity::GpuMemory  ? 24564
                  : q == Quantity::GpuPower ? 450
                                            : 100,
                  &page, 130);
    bench.add(Quantity::CpuPercent, 1, 1600, &page, 100);
    bench.add(Quantity::MemoryUsed, 1, 1.2e11, &page, 100);
    bench.add(Quantity::NetRx, 1, 2e6, &page, 100);
    page.resize(half, 1000);
    page.show();
    QCoreApplication::processEvents();
    measure(QStringLiteral("page of %1 GPUs, 24 h").arg(bench.gpus), ChartGroup::Span::Day);
    measure(QStringLiteral("page of %1 GPUs, 1 h").arg(bench.gpus), ChartGroup::Span::Hour);
    measure(QStringLiteral("page of %1 GPUs, 10 min").arg(bench.gpus),
            ChartGroup::Span::TenMinutes);
    measure(QStringLiteral("page of %1 GPUs, 1 min").arg(bench.gpus), ChartGroup::Span::Minute);
    return 0;
}
