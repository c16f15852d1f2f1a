// SPDX-License-Identifier: GPL-3.0-or-later
// Advice on the monitor page: words, marks in the charts, "not again".
#include "tests/ui/support/SyntheticInstance.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/monitor/AdviceWords.h"
#include "ui/monitor/MonitorView.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui::monitor;
using namespace core::advice;
using core::metrics::SeriesSet;
using synthetic::endOfTime;

namespace {

Finding makeFinding(FindingKind kind, const char *key, FindingFacts facts)
{
    Finding finding;
    finding.kind = kind;
    finding.key = QLatin1StringView(key);
    finding.since = endOfTime - 130'000;
    finding.seen = endOfTime;
    finding.gpus = {0};
    finding.evidence.push_back(
        {Quantity::GpuUtil, 0, endOfTime - 130'000, endOfTime, 0, 0, 0, 100});
    finding.facts = std::move(facts);
    return finding;
}

Finding unusedGpu()
{
    return makeFinding(FindingKind::GpuUnused, "gpu-unused",
                       GpuUnusedFacts{true, 8192, 3.5, QStringLiteral("python train.py"), 77});
}

} // namespace

class tst_AdviceSection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyKindHasWords_data();
    void everyKindHasWords();
    void findingsAreShownAndMarkedInTheCharts();
    void anIdleInstanceLeadsToItsStop();
    void linesToCheckAreCopied();
    void notAgainIsAskedForOnce();

private:
    std::unique_ptr<ui::Theme> m_theme;
};

void tst_AdviceSection::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_AdviceSection::everyKindHasWords_data()
{
    using K = FindingKind;
    QTest::addColumn<Finding>("finding");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, K kind, FindingFacts facts, const QStringList &words) {
        QTest::newRow(name) << makeFinding(kind, name, std::move(facts)) << words;
    };
    const QString cores = QStringLiteral("2.1");
    LoadingFacts loading{18.3, 46, 2.1, 12.0, 10};
    row("held", K::GpuUnused, GpuUnusedFacts{true, 8192, {}, QStringLiteral("python"), 7},
        {QStringLiteral("GPU 0"), QStringLiteral("python"), QStringLiteral("torch")});
    row("cpu works", K::GpuUnused, GpuUnusedFacts{false, {}, 2.1, {}, {}}, {cores});
    row("left out", K::GpuUnused, GpuUnusedFacts{false, {}, {}, QStringLiteral("python"), 7, true},
        {QStringLiteral("another GPU"), QStringLiteral("CUDA_VISIBLE_DEVICES=0"),
         QStringLiteral("torchrun")});
    row("data loading", K::DataLoading, loading,
        {QStringLiteral("46"), cores, QStringLiteral("10")});
    row("starved", K::GpuStarved, loading, {QStringLiteral("18"), QStringLiteral("num_workers")});
    row("no workers", K::GpuStarved, LoadingFacts{18, 46, 1.0, 1.0, {}},
        {QStringLiteral("too few cores")});
    row("cpu bound", K::CpuBound, LoadingFacts{40, 80, 4.99, 5.0, {}},
        {QStringLiteral("499"), QStringLiteral("500")});
    row("gpu memory", K::GpuMemoryFull, FillFacts{24000, 24564, false}, {QStringLiteral("GB")});
    row("memory", K::MemoryFull, FillFacts{60e9, 64e9, false}, {QStringLiteral("workers")});
    row("memory, no GPU", K::MemoryFull, FillFacts{1.9e9, 2e9, true},
        {QStringLiteral("Without a GPU")});
    row("killed", K::OutOfMemory, OutOfMemoryFacts{2, 64'000'000'000, false},
        {QStringLiteral("2"), QStringLiteral("batch")});
    row("disk", K::DiskFull,
        DiskFacts{QStringLiteral("/root/my data"), core::probe::DiskRole::Data, 48, 50, 96},
        {QStringLiteral("96"), QStringLiteral("'/root/my data'")});
    row("system disk", K::DiskFull,
        DiskFacts{QStringLiteral("/"), core::probe::DiskRole::System, 28, 30, 93},
        {QStringLiteral("conda clean")});
    row("inodes", K::InodesFull,
        DiskFacts{QStringLiteral("/root/autodl-fs"), core::probe::DiskRole::Shared, 190'000,
                  200'000, 95},
        {QStringLiteral("--inodes"), QStringLiteral("archives")});
    row("slow disk", K::SlowDisk,
        SlowDiskFacts{QStringLiteral("/root/autodl-fs"),
                      core::probe::DiskRole::Shared,
                      {},
                      QStringLiteral("/root/autodl-fs/a.jpg"),
                      QStringLiteral("/root/autodl-tmp"),
                      12},
        {QStringLiteral("a.jpg"), QStringLiteral("/root/autodl-tmp")});
    row("heat", K::HeatThrottled, ThrottleFacts{88, {}, {}, {}, {}, 1200, 2520, false},
        {QStringLiteral("88"), QStringLiteral("provider")});
    row("brake", K::PowerThrottled, ThrottleFacts{{}, {}, {}, {}, {}, {}, {}, true},
        {QStringLiteral("power supply")});
    row("lowered", K::PowerThrottled, ThrottleFacts{{}, {}, 250, 250, 450, {}, {}, false},
        {QStringLiteral("250"), QStringLiteral("450"), QStringLiteral("provider")});
    row("own limit", K::PowerThrottled, ThrottleFacts{{}, {}, 450, 450, 450, {}, {}, false},
        {QStringLiteral("450")});
    row("cheaper", K::CheaperCard,
        CheaperCardFacts{QStringLiteral("RTX 3090"),
                         {16600, core::Currency::Cny},
                         QStringLiteral("NVIDIA A100-SXM4-80GB"),
                         {59800, core::Currency::Cny},
                         9000,
                         40,
                         70},
        {QStringLiteral("1.66"), QStringLiteral("5.98"), QStringLiteral("RTX 3090")});
    row("idle", K::Idle, IdleFacts{10, 512, false}, {QStringLiteral("10"), QStringLiteral("MB")});
}

void tst_AdviceSection::everyKindHasWords()
{
    QFETCH(Finding, finding);
    QFETCH(QStringList, words);
    const AdviceWords said = wordsFor(finding);
    QVERIFY(!said.title.isEmpty() && !said.reason.isEmpty() && !said.action.isEmpty());
    const QString all =
        QStringList{said.title, said.reason, said.action, said.commands}.join(u'\n');
    for (const QString &word : words)
        QVERIFY2(all.contains(word), qPrintable(word + QStringLiteral(" in ") + all));
    QVERIFY2(!all.contains(u'%') || !all.contains(QStringLiteral("%1")), qPrintable(all));
}

void tst_AdviceSection::findingsAreShownAndMarkedInTheCharts()
{
    SeriesSet series;
    synthetic::fill(series, 1, 600);
    MonitorView view;
    view.setSeries([&] { return &series; });
    view.setSample(std::make_shared<core::metrics::Sample>(synthetic::sampleAt(endOfTime, 1)),
                   false);
    view.setLink({LinkStatus::Kind::Live, {}, {}});
    view.resize(1000, 900);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    auto *advice = view.findChild<QWidget *>(QStringLiteral("advice"));
    QVERIFY(!advice->isVisible());
    auto *chart = view.findChildren<ui::charts::TimeChart *>().first();
    QCOMPARE(chart->line(0).spec().quantity, Quantity::GpuUtil);
    const QImage before = chart->grab().toImage();
    view.setFindings(
        {unusedGpu(), makeFinding(FindingKind::Idle, "idle", IdleFacts{10, {}, false})});
    QVERIFY(advice->isVisible());
    const auto strips = advice->findChildren<ui::Banner *>();
    QCOMPARE(strips.size(), 2);
    QCOMPARE(strips.at(0)->text(), wordsFor(unusedGpu()).title);
    QVERIFY(strips.at(0)->y() < strips.at(1)->y());
    QCOMPARE(view.group().marks().size(), 2);
    QVERIFY(chart->grab().toImage() != before);
    // Newer figures: the strip stays the same one.
    Finding longer = unusedGpu();
    longer.seen += 60'000;
    view.setFindings({longer});
    QCOMPARE(advice->findChildren<ui::Banner *>().first(), strips.at(0));
    QCOMPARE(strips.at(0)->text(), wordsFor(longer).title);
    // What is too much is folded away.
    view.setFindings({unusedGpu(), makeFinding(FindingKind::Idle, "idle", IdleFacts{10, {}, false}),
                      makeFinding(FindingKind::GpuMemoryFull, "gpu-memory-full",
                                  FillFacts{24000, 24564, false})});
    auto *more = advice->findChild<QPushButton *>(QStringLiteral("moreAdvice"));
    auto *third = advice->findChild<ui::Banner *>(QStringLiteral("finding-gpu-memory-full"));
    QVERIFY(more->isVisible() && !third->isVisible());
    more->click();
    QVERIFY(third->isVisible());
    view.setFindings({});
    QVERIFY(!advice->isVisible());
    QVERIFY(view.group().marks().empty());
}

void tst_AdviceSection::anIdleInstanceLeadsToItsStop()
{
    MonitorView view;
    QSignalSpy asked(&view, &MonitorView::safetyRequested);
    view.setFindings({unusedGpu()});
    QVERIFY(!view.findChild<QPushButton *>(QStringLiteral("stopAdvice")));
    view.setFindings({makeFinding(FindingKind::Idle, "idle", IdleFacts{10, {}, false})});
    auto *stop = view.findChild<QPushButton *>(QStringLiteral("stopAdvice"));
    QVERIFY(stop);
    stop->click();
    QCOMPARE(asked.count(), 1);
}

void tst_AdviceSection::linesToCheckAreCopied()
{
    SeriesSet series;
    synthetic::fill(series, 1, 60);
    MonitorView view;
    view.setSeries([&] { return &series; });
    view.setSample(std::make_shared<core::metrics::Sample>(synthetic::sampleAt(endOfTime, 1)),
                   false);
    view.show();
    view.setFindings({unusedGpu()});
    auto *copy = view.findChild<QPushButton *>(QStringLiteral("copyAdvice"));
    QVERIFY(copy);
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), wordsFor(unusedGpu()).commands);
}

void tst_AdviceSection::notAgainIsAskedForOnce()
{
    SeriesSet series;
    synthetic::fill(series, 1, 60);
    MonitorView view;
    view.setSeries([&] { return &series; });
    view.setSample(std::make_shared<core::metrics::Sample>(synthetic::sampleAt(endOfTime, 1)),
                   false);
    view.show();
    view.setFindings({unusedGpu()});
    view.setFindings({unusedGpu()});
    QSignalSpy silenced(&view, &MonitorView::silenceRequested);
    const auto buttons = view.findChildren<QPushButton *>(QStringLiteral("silenceAdvice"));
    QCOMPARE(buttons.size(), 1);
    buttons.first()->click();
    QCOMPARE(silenced.size(), 1);
    QCOMPARE(silenced.at(0).at(0).toString(), QStringLiteral("gpu-unused"));
}

QTEST_MAIN(tst_AdviceSection)
#include "tst_AdviceSection.moc"
