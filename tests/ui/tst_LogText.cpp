// SPDX-License-Identifier: GPL-3.0-or-later
// A log's bytes as lines, in any pieces; and jobs as rows.
#include "ui/common/TableView.h"
#include "ui/jobs/JobModel.h"
#include "ui/jobs/JobWords.h"
#include "ui/jobs/LogText.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace core::jobs;
using namespace std::chrono_literals;
using ui::jobs::JobModel;
using ui::jobs::LogText;

class tst_LogText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesBecomeLines_data();
    void bytesBecomeLines();
    void longLinesAreBroken();
    void theFirstLineMayBeCut();
    void rowsFollowWhatIsTold();
};

void tst_LogText::bytesBecomeLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines"); // the last one is not whole
    const auto row = [](const char *name, const QByteArray &bytes, const QStringList &lines) {
        QTest::newRow(name) << bytes << lines;
    };
    const QString none;
    row("plain", "one\ntwo\n", {QStringLiteral("one"), QStringLiteral("two"), none});
    row("not whole", "one\ntw", {QStringLiteral("one"), QStringLiteral("tw")});
    row("UTF-8", "炼丹 🔥\n丹", {QStringLiteral("炼丹 🔥"), QStringLiteral("丹")});
    row("a progress bar", "a\r  1 %\r 50 %\r100 %\ndone\n",
        {QStringLiteral("100 %"), QStringLiteral("done"), none});
    row("DOS", "one\r\ntwo\r\n", {QStringLiteral("one"), QStringLiteral("two"), none});
    row("colours", "\x1b[1;31mred\x1b[0m \x1b[Kx\n", {QStringLiteral("red x"), none});
    row("a title", "\x1b]0;title\x07x\x1b]8;;u\x1b\\y\n", {QStringLiteral("xy"), none});
    row("a cut sequence", "a\x1b[12\nb\n", {QStringLiteral("a"), QStringLiteral("b"), none});
    row("control characters", "a\x07\tb\n", {QStringLiteral("a\tb"), none});
    row("no UTF-8", "a\xff\n", {QStringLiteral("a\ufffd"), none});
}

void tst_LogText::bytesBecomeLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, lines);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        LogText text;
        QStringList got = text.feed(bytes.left(cut));
        got += text.feed(bytes.mid(cut));
        got.append(text.current());
        QCOMPARE(got, lines);
    }
}

void tst_LogText::longLinesAreBroken()
{
    LogText text;
    const QStringList lines = text.feed(QByteArray(4500, 'x') + '\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines.join(QString()), QString(4500, u'x'));
    QVERIFY(lines[0].size() <= LogText::longestLine);
}

void tst_LogText::theFirstLineMayBeCut()
{
    LogText text;
    text.skipFirst();
    QCOMPARE(text.feed("rest of it\nwhole\n"), QStringList{QStringLiteral("whole")});
}

void tst_LogText::rowsFollowWhatIsTold()
{
    JobModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto job = [](const char *id, JobState state) {
        JobInfo made;
        made.id = id;
        made.spec.command = QByteArray("python ") + id + "\nmore";
        made.state = state;
        made.began = InstanceTime(1000s);
        made.ran = 3600s;
        return made;
    };
    JobsOverview overview;
    overview.jobs = {job("b", JobState::Running), job("a", JobState::Ended)};
    overview.jobs[1].exitCode = 137;
    model.setPrice(core::profiles::Price{39'600, QStringLiteral("CNY")});
    model.setRows(ui::jobs::rowsOf(overview));
    const auto text = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(text(0, JobModel::Name), QStringLiteral("python b"));
    QVERIFY(text(0, JobModel::Cost).contains(QStringLiteral("3.96")));
    QCOMPARE(text(1, JobModel::Exit), QStringLiteral("137"));
    QVERIFY(ui::jobs::exitText(overview.jobs[1]).contains(QStringLiteral("SIGKILL")));
    // What runs goes on between two answers, what has ended does not.
    model.setAge(1800s);
    QVERIFY(text(0, JobModel::Cost).contains(QStringLiteral("5.94")));
    QVERIFY(text(1, JobModel::Cost).contains(QStringLiteral("3.96")));
    // One more in front, one gone, a session behind.
    overview.jobs = {job("c", JobState::Waiting), job("b", JobState::Ended)};
    core::probe::ScreenSession session;
    session.pid = 7;
    session.name = QStringLiteral("mine");
    overview.screens.sessions = {session};
    model.setRows(ui::jobs::rowsOf(overview));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(text(0, JobModel::Name), QStringLiteral("python c"));
    QCOMPARE(text(2, JobModel::Name), QStringLiteral("mine"));
    QVERIFY(model.index(2, JobModel::Cost).data(ui::sortRole).isNull());
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(tst_LogText)
#include "tst_LogText.moc"
