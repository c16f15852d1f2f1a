// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/SyntheticInstance.h"
#include "ui/charts/ChartPanel.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/Banner.h"
#include "ui/common/BigNumber.h"
#include "ui/common/Chip.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/monitor/DiskRow.h"
#include "ui/monitor/GpuCard.h"
#include "ui/monitor/GpuOverview.h"
#include "ui/monitor/GpuTile.h"
#include "ui/monitor/MonitorView.h"

#include <QApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>
#include <QToolButton>
#include <QTranslator>

using namespace ui;
using namespace ui::monitor;
using namespace std::chrono_literals;
using core::metrics::Sample;
using core::metrics::SeriesSet;
using synthetic::endOfTime;
using synthetic::Look;

namespace {

const auto now = std::chrono::system_clock::time_point(std::chrono::milliseconds(endOfTime));

/// Marks every text that goes through tr(), so that a test sees which do not.
class MarkingTranslator final : public QTranslator
{
public:
    using QTranslator::QTranslator;
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *, const char *source, const char *,
                                    int) const override
    {
        return QStringLiteral("«") + QString::fromUtf8(source) + QStringLiteral("»");
    }
};

} // namespace

class tst_MonitorView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void withoutAConnectionThereIsAButtonToConnect();
    void aFailureIsSaidWithAButtonToTryAgain();
    void whileConnectingTheSkeletonIsShown();
    void oneOrTwoGpusHaveACardEach_data();
    void oneOrTwoGpusHaveACardEach();
    void manyGpusShareCharts();
    void pointingAtATileHighlightsItsLine();
    void absentFiguresAreDashes();
    void noGpuModeReplacesTheGpuCharts();
    void aSmiErrorIsExplainedAndOldLinesStay();
    void unknownGpusKeepTheirPlace();
    void cpuIsSaidOfOneCoreAndOfTheShare();
    void tightDisksAndMemoryAreSaidInWords();
    void staleFiguresAreMarkedAndCountDown();
    void disconnectedKeepsOldFigures();
    void aPauseFreezesFiguresUntilItEnds();
    void spanButtonsAndPauseWorkFromTheKeyboard();
    void theProcessTableShowsAllWhenAsked();
    void everyControlHasAName_data();
    void everyControlHasAName();
    void noTextIsCut_data();
    void noTextIsCut();
    void theNewLanguageReachesEveryText();
    void aHiddenPageIsUpToDateWhenItIsShown();

private:
    void makeView(int gpus, Look look = Look::Training, int seconds = 700,
                  LinkStatus::Kind link = LinkStatus::Kind::Live);
    void setLink(LinkStatus::Kind kind);
    [[nodiscard]] Chip *freshness() const
    {
        return m_view->findChild<Chip *>(QStringLiteral("freshness"));
    }
    [[nodiscard]] QStringList words() const;
    template <typename T>
    [[nodiscard]] QList<T *> shown() const
    {
        QList<T *> widgets = m_view->findChildren<T *>();
        widgets.removeIf([this](T *widget) { return !widget->isVisibleTo(m_view.get()); });
        return widgets;
    }

    std::unique_ptr<Theme> m_theme;
    SeriesSet m_set;
    std::unique_ptr<MonitorView> m_view;
};

void tst_MonitorView::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
}

void tst_MonitorView::init()
{
    m_set.clear();
    m_view = std::make_unique<MonitorView>();
    m_view->setNow([] { return now + 2s; });
    m_view->setSeries([this] { return &m_set; });
    m_view->resize(1040, 740);
    m_view->show();
}

void tst_MonitorView::cleanup()
{
    m_view.reset();
}

void tst_MonitorView::setLink(LinkStatus::Kind kind)
{
    LinkStatus link;
    link.kind = kind;
    if (kind == LinkStatus::Kind::Waiting)
        link.nextTry = now + 10s;
    if (kind == LinkStatus::Kind::Failed)
        link.problem = ui::describe({core::ErrorCode::AuthRejected, core::Step::Auth, {}});
    m_view->setLink(link);
}

void tst_MonitorView::makeView(int gpus, Look look, int seconds, LinkStatus::Kind link)
{
    synthetic::fill(m_set, gpus, seconds, look);
    setLink(link);
    m_view->setSample(std::make_shared<const Sample>(synthetic::sampleAt(endOfTime, gpus, look)),
                      link != LinkStatus::Kind::Live);
    QCoreApplication::processEvents();
}

QStringList tst_MonitorView::words() const
{
    QStringList all;
    for (const auto *label : shown<QLabel>())
        all << label->text();
    for (const auto *label : shown<ElidedLabel>())
        all << label->text();
    for (const auto *number : shown<BigNumber>())
        all << number->text();
    for (const auto *chip : shown<Chip>())
        all << chip->text();
    for (QString &text : all)
        text.replace(QChar(format::unitSpace), u' ');
    return all;
}

void tst_MonitorView::withoutAConnectionThereIsAButtonToConnect()
{
    setLink(LinkStatus::Kind::Idle);
    QSignalSpy asked(m_view.get(), &MonitorView::connectRequested);
    auto *button = m_view->findChild<QPushButton *>(QStringLiteral("connectButton"));
    QVERIFY(button->isVisibleTo(m_view.get()));
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(asked.count(), 1);
}

void tst_MonitorView::aFailureIsSaidWithAButtonToTryAgain()
{
    setLink(LinkStatus::Kind::Failed);
    QCOMPARE(int(shown<EmptyState>().size()), 1);
    QCOMPARE(shown<EmptyState>().first()->accessibleName(),
             QStringLiteral("The password was not accepted"));
    QCOMPARE(m_view->findChild<QPushButton *>(QStringLiteral("connectButton"))->text(),
             QStringLiteral("Try again"));
}

void tst_MonitorView::whileConnectingTheSkeletonIsShown()
{
    setLink(LinkStatus::Kind::Connecting);
    QVERIFY(!shown<Skeleton>().isEmpty());
    QVERIFY(shown<charts::TimeChart>().isEmpty());
    setLink(LinkStatus::Kind::Live);
    QVERIFY(!shown<Skeleton>().isEmpty());
    makeView(1);
    QVERIFY(shown<Skeleton>().isEmpty());
}

void tst_MonitorView::oneOrTwoGpusHaveACardEach_data()
{
    QTest::addColumn<int>("gpus");
    QTest::newRow("one") << 1;
    QTest::newRow("two") << 2;
}

void tst_MonitorView::oneOrTwoGpusHaveACardEach()
{
    QFETCH(int, gpus);
    makeView(gpus);
    QCOMPARE(int(shown<GpuCard>().size()), gpus);
    // Four charts a card, three of the container.
    QCOMPARE(int(shown<charts::TimeChart>().size()), gpus * 4 + 3);
    QVERIFY(words().contains(QLatin1StringView("RTX 4090")));
    auto *table = m_view->findChild<TableView *>(QStringLiteral("gpuTable"));
    QCOMPARE(table->proxy()->rowCount(), gpus);
}

void tst_MonitorView::manyGpusShareCharts()
{
    makeView(8);
    QVERIFY(shown<GpuCard>().isEmpty());
    QCOMPARE(int(shown<GpuTile>().size()), 8);
    QCOMPARE(int(shown<charts::TimeChart>().size()), 4 + 3);
    for (const auto *chart :
         m_view->findChild<GpuOverview *>()->findChildren<charts::TimeChart *>()) {
        QCOMPARE(chart->lineCount(), 8);
        for (int i = 0; i < 8; ++i)
            QCOMPARE(chart->line(i).spec().label, QStringLiteral("GPU %1").arg(i));
    }
}

void tst_MonitorView::pointingAtATileHighlightsItsLine()
{
    makeView(4);
    auto *tile = m_view->findChild<GpuTile *>(QStringLiteral("gpuTile2"));
    auto *chart = m_view->findChild<GpuOverview *>()->findChild<charts::TimeChart *>();
    Q_EMIT tile->pointedAt(2, true);
    chart->viewport()->grab();
    QCOMPARE(chart->line(2).colour().alpha(), 255);
    QVERIFY(chart->line(1).colour().alpha() < 80);
    Q_EMIT tile->pointedAt(2, false);
    chart->viewport()->grab();
    QCOMPARE(chart->line(1).colour().alpha(), 255);
}

void tst_MonitorView::absentFiguresAreDashes()
{
    setLink(LinkStatus::Kind::Live);
    auto sample = std::make_shared<Sample>(synthetic::sampleAt(endOfTime, 1));
    sample->gpus[0].utilPercent.reset();
    sample->gpus[0].powerW.reset();
    sample->gpus[0].tempC.reset();
    sample->gpus[0].memUsedMib.reset();
    sample->cpu.usedCores.reset();
    sample->memory.usedBytes.reset();
    sample->network = {};
    m_view->setSample(sample, false);
    const QStringList texts = words();
    QVERIFY(texts.contains(QStringLiteral("–")));
    QVERIFY(texts.contains(QStringLiteral("– / 24 GB")));
    QVERIFY(texts.contains(QStringLiteral("– / 450 W")));
    QVERIFY(texts.contains(QStringLiteral("– / 120 GB")));
    QVERIFY(texts.contains(QStringLiteral("↓ –")));
    QVERIFY(!texts.contains(QStringLiteral("0 %")));
}

void tst_MonitorView::noGpuModeReplacesTheGpuCharts()
{
    makeView(2);
    QCOMPARE(int(shown<GpuCard>().size()), 2);
    makeView(0, Look::NoGpu, 10);
    QVERIFY(shown<GpuCard>().isEmpty());
    auto *chip = m_view->findChild<Chip *>(QStringLiteral("gpuMode"));
    QVERIFY(chip->isVisibleTo(m_view.get()));
    QVERIFY(chip->text().contains(QStringLiteral("¥0.1")));
    auto *notice = m_view->findChild<Banner *>(QStringLiteral("gpuNotice"));
    QVERIFY(notice->isVisibleTo(m_view.get()));
    QVERIFY(notice->kind() != Banner::Kind::Error);
    QVERIFY(notice->accessibleDescription().contains(QLatin1StringView("2"))); // GB of memory
    makeView(2, Look::Training, 1);
    QVERIFY(!chip->isVisibleTo(m_view.get()));
    QVERIFY(!notice->isVisibleTo(m_view.get()));
}

void tst_MonitorView::aSmiErrorIsExplainedAndOldLinesStay()
{
    makeView(2, Look::SmiError);
    QCOMPARE(int(shown<GpuCard>().size()), 2);
    auto *notice = m_view->findChild<Banner *>(QStringLiteral("gpuNotice"));
    QVERIFY(notice->isVisibleTo(m_view.get()));
    QCOMPARE(notice->kind(), Banner::Kind::Warning);
    QVERIFY(
        words().contains(QLatin1StringView("nvidia-smi (nvml-error): Failed to initialize NVML: "
                                           "Unknown Error")) == false); // folded away
    notice->findChild<QPushButton *>(QStringLiteral("bannerDetails"))->click();
    QVERIFY(
        words().contains(QLatin1StringView("nvidia-smi (nvml-error): Failed to initialize NVML: "
                                           "Unknown Error")));
    // The next sample with the same error must not fold it again under the reader's eyes.
    m_view->setSample(
        std::make_shared<const Sample>(synthetic::sampleAt(endOfTime + 1000, 2, Look::SmiError)),
        false);
    QVERIFY(notice->findChild<QPushButton *>(QStringLiteral("bannerDetails"))->isChecked());
    for (const auto *card : shown<GpuCard>()) {
        for (const auto *chart : card->findChildren<charts::TimeChart *>())
            QTRY_VERIFY(!chart->line(0).runs().empty());
    }
}

void tst_MonitorView::unknownGpusKeepTheirPlace()
{
    makeView(0, Look::NoFigures, 1);
    QCOMPARE(int(shown<Skeleton>().size()), 2); // a title and a chart
    makeView(1, Look::Training, 1);
    QVERIFY(shown<Skeleton>().isEmpty());
    QCOMPARE(int(shown<GpuCard>().size()), 1);
}

void tst_MonitorView::cpuIsSaidOfOneCoreAndOfTheShare()
{
    setLink(LinkStatus::Kind::Live);
    auto sample = std::make_shared<Sample>(synthetic::sampleAt(endOfTime, 0));
    sample->cpu.usedCores = 3.81;
    m_view->setSample(sample, false);
    auto *panel = m_view->findChild<charts::ChartPanel *>(QStringLiteral("cpuPanel"));
    QCOMPARE(panel->value().replace(QChar(format::unitSpace), u' '), QStringLiteral("381 %"));
    QVERIFY(words().contains(
        QLatin1StringView("of 1,600 %, that is 24 % of the container's 16 cores")));
    QCOMPARE(*panel->chart()->scale().maximum, 1600.0);
    auto host = std::make_shared<Sample>(*sample);
    host->cpu.source = core::metrics::Source::Host;
    m_view->setSample(host, false);
    QVERIFY(words().contains(QLatin1StringView("of 1,600 %, that is 24 % of the host's 16 cores")));
}

void tst_MonitorView::tightDisksAndMemoryAreSaidInWords()
{
    makeView(1, Look::Tight, 10);
    const QString all = words().join(u'\n');
    QVERIFY(all.contains(QLatin1StringView("29.4 / 30 GB (98 %, almost full)")));
    QVERIFY(all.contains(QLatin1StringView("199 k / 200 k files (99 %, almost full)")));
    QVERIFY(all.contains(QLatin1StringView("Almost full (96 %): processes may be killed")));
    QVERIFY(all.contains(QLatin1StringView("31 / 50 GB (62 %)")));
    QCOMPARE(int(shown<DiskRow>().size()), 4);
}

void tst_MonitorView::staleFiguresAreMarkedAndCountDown()
{
    makeView(2, Look::Training, 700, LinkStatus::Kind::Waiting);
    const QString time = format::clock(now);
    const auto said = [this] {
        return QString(freshness()->text()).replace(QChar(format::unitSpace), u' ');
    };
    QCOMPARE(said(), QStringLiteral("As of %1, reconnecting in 8 s").arg(time));
    QCOMPARE(freshness()->tone(), Chip::Tone::Warn);
    QVERIFY(m_view->group().isStale());
    m_view->setNow([] { return now + 7s; });
    QTRY_COMPARE(said(), QStringLiteral("As of %1, reconnecting in 3 s").arg(time));
    m_view->setNow([] { return now + 11s; });
    QTRY_COMPARE(said(), QStringLiteral("As of %1, reconnecting…").arg(time));
    setLink(LinkStatus::Kind::Live);
    m_view->setSample(std::make_shared<const Sample>(synthetic::sampleAt(endOfTime + 1000, 2)),
                      false);
    QCOMPARE(said(), QStringLiteral("Live"));
    QVERIFY(!m_view->group().isStale());
}

void tst_MonitorView::disconnectedKeepsOldFigures()
{
    makeView(1);
    setLink(LinkStatus::Kind::Idle);
    m_view->setSample(std::make_shared<const Sample>(synthetic::sampleAt(endOfTime, 1)), true);
    QCOMPARE(int(shown<GpuCard>().size()), 1);
    QVERIFY(freshness()->text().contains(QLatin1StringView("not connected")));
}

void tst_MonitorView::aPauseFreezesFiguresUntilItEnds()
{
    makeView(1);
    m_view->group().setPaused(true);
    QVERIFY(freshness()->text().startsWith(QStringLiteral("Paused at %1").arg(format::clock(now))));
    auto later = std::make_shared<Sample>(synthetic::sampleAt(endOfTime + 60'000, 1));
    later->cpu.usedCores = 15.0;
    m_set.append(*later);
    m_view->setSample(later, false);
    auto *panel = m_view->findChild<charts::ChartPanel *>(QStringLiteral("cpuPanel"));
    QVERIFY(!panel->value().startsWith(QLatin1StringView("1,500")));
    QCOMPARE(m_view->group().end(), endOfTime);
    QVERIFY(freshness()->text().contains(format::clock(now)));
    m_view->group().setPaused(false);
    QVERIFY(panel->value().startsWith(QLatin1StringView("1,500")));
    QCOMPARE(m_view->group().end(), endOfTime + 60'000);
}

void tst_MonitorView::spanButtonsAndPauseWorkFromTheKeyboard()
{
    makeView(1);
    auto *hour = m_view->findChild<QToolButton *>(QStringLiteral("span1h"));
    hour->setFocus();
    QTest::keyClick(hour, Qt::Key_Space);
    QCOMPARE(m_view->group().span(), charts::ChartGroup::Span::Hour);
    QVERIFY(hour->isChecked());
    QTest::keyClick(hour, Qt::Key_Right);
    QTRY_COMPARE(m_view->group().span(), charts::ChartGroup::Span::Day);
    auto *pause = m_view->findChild<QToolButton *>(QStringLiteral("pause"));
    pause->setFocus();
    QTest::keyClick(pause, Qt::Key_Space);
    QVERIFY(m_view->group().isPaused());
    QCOMPARE(pause->text(), QStringLiteral("Resume"));
}

void tst_MonitorView::theProcessTableShowsAllWhenAsked()
{
    makeView(2);
    auto *table = m_view->findChild<TableView *>(QStringLiteral("processTable"));
    QCOMPARE(table->proxy()->rowCount(), 16);
    QTRY_COMPARE(table->height(), 9 * rowHeight);
    for (auto *button : shown<QPushButton>()) {
        if (button->text().startsWith(QLatin1StringView("Show all")))
            button->click();
    }
    QTRY_COMPARE(table->height(), 17 * rowHeight);
}

void tst_MonitorView::everyControlHasAName_data()
{
    QTest::addColumn<int>("gpus");
    QTest::addColumn<Look>("look");
    QTest::newRow("two GPUs") << 2 << Look::Training;
    QTest::newRow("eight GPUs") << 8 << Look::Training;
    QTest::newRow("no GPU") << 0 << Look::NoGpu;
    QTest::newRow("nvidia-smi fails") << 2 << Look::SmiError;
}

void tst_MonitorView::everyControlHasAName()
{
    QFETCH(int, gpus);
    QFETCH(Look, look);
    makeView(gpus, look);
    int seen = 0;
    for (auto *widget : shown<QWidget>()) {
        const bool control =
            widget->focusPolicy() != Qt::NoFocus || qobject_cast<BigNumber *>(widget);
        if (!control || widget->focusProxy() ||
            widget->objectName().startsWith(QLatin1StringView("qt_")))
            continue;
        ++seen;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const QString name = widget->accessibleName().isEmpty() && button
                                 ? button->text()
                                 : widget->accessibleName();
        QVERIFY2(
            !name.isEmpty(),
            qPrintable(
                QStringLiteral("%1 %2 in %3")
                    .arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName(),
                         QLatin1StringView(widget->parentWidget()
                                               ? widget->parentWidget()->metaObject()->className()
                                               : ""))));
    }
    QVERIFY(seen > 10);
}

void tst_MonitorView::noTextIsCut_data()
{
    QTest::addColumn<int>("gpus");
    QTest::addColumn<QSize>("size");
    for (const int gpus : {0, 1, 2, 8}) {
        for (const QSize size : {QSize(640, 520), QSize(1040, 740), QSize(3500, 1900)})
            QTest::addRow("%d GPUs, %d px", gpus, size.width()) << gpus << size;
    }
}

void tst_MonitorView::noTextIsCut()
{
    QFETCH(int, gpus);
    QFETCH(QSize, size);
    m_view->resize(size);
    makeView(gpus, gpus ? Look::Tight : Look::NoGpu);
    QCOMPARE(m_view->size(), size); // nothing forced it wider
    auto *scroll = m_view->findChild<QScrollArea *>(QStringLiteral("monitorScroll"));
    QVERIFY(scroll->widget()->width() <= scroll->viewport()->width());
    for (const auto *label : shown<QLabel>()) {
        const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : 0;
        QVERIFY2(label->wordWrap() ? label->height() >= needed
                                   : label->width() >= label->sizeHint().width(),
                 qPrintable(label->text()));
    }
    for (const auto *number : shown<BigNumber>())
        QVERIFY2(number->width() >= number->sizeHint().width(),
                 qPrintable(number->accessibleName()));
    for (const auto *chip : shown<Chip>())
        QVERIFY2(chip->width() >= chip->sizeHint().width(), qPrintable(chip->text()));
    for (const auto *button : shown<QAbstractButton>())
        QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
}

void tst_MonitorView::theNewLanguageReachesEveryText()
{
    makeView(2, Look::Tight);
    MarkingTranslator translator;
    QVERIFY(QCoreApplication::installTranslator(&translator));
    QCoreApplication::processEvents();
    const auto marked = [](const QString &text) { return text.contains(QStringLiteral("«")); };
    for (const auto *button : shown<QAbstractButton>()) {
        if (button->objectName() != QLatin1StringView("bannerClose"))
            QVERIFY2(marked(button->text()), qPrintable(button->objectName()));
    }
    for (const auto *card : shown<Card>())
        QVERIFY2(card->title().isEmpty() || marked(card->title()), qPrintable(card->title()));
    QVERIFY(marked(freshness()->text()));
    for (const auto *row : shown<DiskRow>())
        QVERIFY(marked(row->accessibleName()));
    for (const auto *panel : shown<charts::ChartPanel>())
        QVERIFY2(marked(panel->chart()->accessibleName()), qPrintable(panel->value()));
    auto *table = m_view->findChild<TableView *>(QStringLiteral("processTable"));
    QVERIFY(marked(table->proxy()->headerData(1, Qt::Horizontal).toString()));
    QCoreApplication::removeTranslator(&translator);
    QCoreApplication::processEvents();
    QVERIFY(!marked(freshness()->text()));
}

void tst_MonitorView::aHiddenPageIsUpToDateWhenItIsShown()
{
    makeView(1);
    m_view->hide();
    auto later = std::make_shared<Sample>(synthetic::sampleAt(endOfTime + 5000, 1));
    later->cpu.usedCores = 15.0;
    m_view->setSample(later, false);
    auto *panel = m_view->findChild<charts::ChartPanel *>(QStringLiteral("cpuPanel"));
    QVERIFY(!panel->value().startsWith(QLatin1StringView("1,500")));
    m_view->show();
    QVERIFY(panel->value().startsWith(QLatin1StringView("1,500")));
}

QTEST_MAIN(tst_MonitorView)
#include "tst_MonitorView.moc"
