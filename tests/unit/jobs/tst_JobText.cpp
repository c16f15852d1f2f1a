// SPDX-License-Identifier: GPL-3.0-or-later
// What a job is as text: the shell text that runs, the lines it is kept in, and the answers of the
// instance, whole, cut and wrong.
#include "core/jobs/JobAnswer.h"
#include "core/jobs/JobBackend.h"
#include "core/jobs/JobCall.h"
#include "core/jobs/JobLogReader.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::jobs;

namespace {

JobSpec fullSpec()
{
    JobSpec spec;
    spec.name = "resnet 训练 50% \n x";
    spec.command = "python train.py --lr 0.1\necho \"it's $HOME\" `id`";
    spec.directory = "~/my project";
    spec.condaEnvironment = "torch 2";
    spec.condaBase = "/root/miniconda3";
    spec.acceleration = true;
    spec.gpus = QByteArrayList{"0", "2"};
    spec.variables = {{"WANDB_MODE", "offline"}, {"A", "b=c 'd'\n"}};
    spec.then.kind = EndAction::Kind::PowerOffIfOk;
    spec.then.countdown = std::chrono::seconds(90);
    spec.then.powerOff = "sudo shutdown -h now";
    spec.fetch = {"runs/*.pt", "best model.pt"};
    return spec;
}

QByteArray answerOf(const QByteArray &spec, const QByteArray &state)
{
    QByteArray text = "Welcome!\nM now 2000\nM job 20261126-010203-abcde\n";
    for (const QByteArray &line : spec.split('\n'))
        text += "M spec " + line + '\n';
    return text + "\nM backend screen\n" + state + "\nM log 1234 whole\n\nM end \n";
}

} // namespace

class tst_JobText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTextIsWhatOneWouldType();
    void condaIsLookedForWhereItIsUsually();
    void aBareCommandIsLeftAlone();
    void theTextIsValidShell_data();
    void theTextIsValidShell();
    void linesGiveTheSpecBack();
    void aSpecThatCantRunIsRefused_data();
    void aSpecThatCantRunIsRefused();
    void idsSortByTime();
    void statesAreRead_data();
    void statesAreRead();
    void anAnswerThatIsCutIsNoAnswer();
    void sessionsBegunOutsideAreTold();
    void theLogComesInAnyPieces();
    void framesThatAreNoneAreRefused();
    void peopleCanReadTheLaunch();
};

void tst_JobText::theTextIsWhatOneWouldType()
{
    QCOMPARE(jobText(fullSpec()), "cd -- ~/'my project' || exit\n"
                                  "source /etc/network_turbo\n"
                                  "source /root/miniconda3/bin/activate 'torch 2' || exit\n"
                                  "export CUDA_DEVICE_ORDER=PCI_BUS_ID\n"
                                  "export CUDA_VISIBLE_DEVICES=0,2\n"
                                  "export PYTHONUNBUFFERED=1\n"
                                  "export WANDB_MODE=offline\n"
                                  "export A='b=c '\\''d'\\''\n'\n"
                                  "python train.py --lr 0.1\necho \"it's $HOME\" `id`");
    JobSpec spec;
    spec.command = "x";
    spec.condaEnvironment = "torch";
    spec.gpus = QByteArrayList();
    spec.variables = {{"PYTHONUNBUFFERED", "0"}};
    QCOMPARE(jobText(spec),
             condaPathText("conda") +
                 "\neval \"$(conda shell.bash hook)\"\nconda activate torch || exit\n"
                 "export CUDA_DEVICE_ORDER=PCI_BUS_ID\n"
                 "export CUDA_VISIBLE_DEVICES=''\nexport PYTHONUNBUFFERED=0\nx");
}

void tst_JobText::condaIsLookedForWhereItIsUsually()
{
    // The job's own shell and the text that people see.
    QVERIFY(callInput("M", {"list"}).replace("'\\''", "'").contains(condaPathText("conda")));
    QVERIFY(condaPathText("conda").contains("for base in ~/miniconda3 "));
    QVERIFY(!callInput("M", {"list"}).contains("@conda_places@"));
}

void tst_JobText::aBareCommandIsLeftAlone()
{
    JobSpec spec;
    spec.command = "  nvidia-smi -l 1 ";
    QCOMPARE(jobText(spec), "export PYTHONUNBUFFERED=1\n  nvidia-smi -l 1 ");
    QVERIFY(!encodeJob(spec).contains("then"));
}

void tst_JobText::theTextIsValidShell_data()
{
    QTest::addColumn<QByteArray>("directory");
    QTest::newRow("absolute") << QByteArray("/");
    QTest::newRow("home") << QByteArray("~");
    QTest::newRow("home, slash") << QByteArray("~/");
    QTest::newRow("below") << QByteArray("~/a b'c");
    QTest::newRow("dash") << QByteArray("-n");
    QTest::newRow("dollar") << QByteArray("$(touch x)");
}

void tst_JobText::theTextIsValidShell()
{
    QFETCH(QByteArray, directory);
    QTemporaryDir home;
    const QString name = directory == "/" ? QStringLiteral("/") : QString::fromUtf8(directory);
    const QString path = name == u"/"            ? name
                         : name.startsWith(u'~') ? home.path() + name.mid(1)
                                                 : home.path() + u'/' + name;
    QVERIFY(QDir().mkpath(path));
    JobSpec spec;
    spec.directory = directory;
    spec.command = "pwd; printf '%s' \"$A\"";
    QByteArray every;
    for (int byte = 1; byte < 256; ++byte)
        every += char(byte);
    spec.variables = {{"A", every}};
    QFile file(home.filePath(QStringLiteral("job")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(jobText(spec));
    file.close();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(home.path());
    process.start(QStringLiteral("bash"), {file.fileName()});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardOutput(), QDir(path).canonicalPath().toUtf8() + '\n' + every);
}

void tst_JobText::linesGiveTheSpecBack()
{
    JobSpec many = fullSpec();
    many.gpus = QByteArrayList();
    QByteArray every;
    for (int byte = 1; byte < 256; ++byte)
        every += char(byte);
    many.command = every;
    for (const JobSpec &spec : {fullSpec(), many}) {
        JobSpec read;
        std::optional<GuardSpec> guard;
        for (const QByteArray &line : (encodeJob(spec) + "\nfrom-the-future 1").split('\n'))
            decodeJobLine(line.left(line.indexOf(' ')), line.mid(line.indexOf(' ') + 1), read,
                          guard);
        QVERIFY(read == spec);
        QVERIFY(!guard);
    }
    GuardSpec guard;
    guard.idleFor = std::chrono::minutes(7);
    guard.cpuPercent = 3.5;
    guard.countdown = std::chrono::seconds(5);
    guard.powerOff = "x y";
    JobSpec read;
    std::optional<GuardSpec> readGuard;
    for (const QByteArray &line : encodeGuard(guard).split('\n'))
        decodeJobLine(line.left(line.indexOf(' ')), line.mid(line.indexOf(' ') + 1), read,
                      readGuard);
    QVERIFY(readGuard == guard);
}

void tst_JobText::aSpecThatCantRunIsRefused_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"fine", "command", "NUL", "variable", "GPU", "pattern", "too long",
                             "countdown", "power-off command"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void tst_JobText::aSpecThatCantRunIsRefused()
{
    QFETCH(QString, what);
    JobSpec spec = fullSpec();
    if (what == u"command")
        spec.command = " \n";
    else if (what == u"NUL")
        spec.directory = QByteArray("a\0b", 3);
    else if (what == u"variable")
        spec.variables.push_back({"A; rm -rf", "x"});
    else if (what == u"GPU")
        spec.gpus->append("1,2");
    else if (what == u"pattern")
        spec.fetch.append("");
    else if (what == u"too long")
        spec.command = QByteArray(300000, 'x');
    else if (what == u"countdown")
        spec.then.countdown = std::chrono::seconds(-1);
    else if (what == u"power-off command")
        spec.then.powerOff.clear();
    const Result<> checked = checkJob(spec);
    QCOMPARE(checked.has_value(), what == u"fine");
    if (!checked)
        QCOMPARE(checked.error(), (Error{ErrorCode::Usage, Step::Job, what}));
}

void tst_JobText::idsSortByTime()
{
    using namespace std::chrono_literals;
    const std::chrono::system_clock::time_point then{1795660479s};
    const JobId id = makeJobId(then);
    QVERIFY2(id.startsWith("20261126-023439-"), id.constData());
    QVERIFY(isJobId(id));
    QVERIFY(makeJobId(then) != id);
    QVERIFY(makeJobId(then + 1s) > id);
    for (const char *wrong : {"", "-x", "a/b", "..", "A", "a b", "a\n"})
        QVERIFY2(!isJobId(wrong), wrong);
    QVERIFY(!isJobId(QByteArray(65, 'a')));
}

void tst_JobText::statesAreRead_data()
{
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<JobState>("state");
    QTest::addColumn<EndState>("end");
    QTest::addColumn<int>("code"); // -1 = none
    QTest::addColumn<int>("ran");
    const QByteArray begun = "M state state=running boot=b by=1 at=2 pid=3 ticks=4 began=1900 "
                             "ended=- code=- then=armed left=- idle=- off=-\n";
    const QByteArray ended = "M state state=ended boot=b by=1 at=2 pid=3 ticks=4 began=1900 "
                             "ended=1950 code=3 then=%1 left=17 idle=- off=-\n";
    const auto endedWith = [ended](const char *then) {
        return QByteArray(ended).replace("%1", then);
    };
    QTest::newRow("not begun") << QByteArray("M armed ") << JobState::Waiting << EndState::Armed
                               << -1 << -1;
    QTest::newRow("running") << begun + "M armed \nM alive \nM watched " << JobState::Running
                             << EndState::Armed << -1 << 100;
    QTest::newRow("running, cancelled")
        << begun + "M alive \nM watched " << JobState::Running << EndState::Cancelled << -1 << 100;
    QTest::newRow("running, runner killed")
        << begun + "M armed \nM alive " << JobState::Running << EndState::Cancelled << -1 << 100;
    QTest::newRow("lost") << begun + "M armed " << JobState::Lost << EndState::Cancelled << -1
                          << -1;
    QTest::newRow("counting") << endedWith("counting") + "M armed \nM alive \nM watched "
                              << JobState::Ended << EndState::Counting << 3 << 50;
    QTest::newRow("counting, runner killed")
        << endedWith("counting") + "M armed " << JobState::Ended << EndState::Cancelled << 3 << 50;
    QTest::newRow("fired") << endedWith("fired") << JobState::Ended << EndState::Fired << 3 << 50;
    QTest::newRow("skipped") << endedWith("skipped") << JobState::Ended << EndState::Skipped << 3
                             << 50;
    QTest::newRow("failed") << endedWith("failed") << JobState::Ended << EndState::Failed << 3
                            << 50;
    QTest::newRow("garbage") << QByteArray("M state \xff=\xfe state==== began=x")
                             << JobState::Waiting << EndState::Cancelled << -1 << -1;
}

void tst_JobText::statesAreRead()
{
    QFETCH(QByteArray, told);
    QFETCH(JobState, state);
    QFETCH(EndState, end);
    QFETCH(int, code);
    QFETCH(int, ran);
    const auto overview = parseJobs(jobLines(answerOf(encodeJob(fullSpec()), told), "M"));
    QVERIFY(overview);
    QCOMPARE(overview->jobs.size(), std::size_t(1));
    const JobInfo &job = overview->jobs.front();
    QVERIFY(job.spec == fullSpec());
    QCOMPARE(job.backend, "screen");
    QCOMPARE(job.logBytes, 1234);
    QCOMPARE(job.state, state);
    QCOMPARE(job.endState, end);
    QCOMPARE(job.exitCode.value_or(-1), code);
    QCOMPARE(job.ran ? int(job.ran->count()) : -1, ran);
    QCOMPARE(job.countdown.has_value(), end == EndState::Counting);
}

void tst_JobText::anAnswerThatIsCutIsNoAnswer()
{
    const QByteArray whole = answerOf(encodeJob(fullSpec()), "M stopped ");
    for (qsizetype size = 0; size < whole.size() - 2; ++size) {
        const auto cut = parseJobs(jobLines(whole.left(size), "M"));
        QVERIFY2(!cut, qPrintable(QString::number(size)));
        QCOMPARE(cut.error().code, ErrorCode::Parse);
    }
    QVERIFY(parseJobs(jobLines(whole, "M")));
    QVERIFY(!parseJobs(jobLines(whole, "N")));
}

void tst_JobText::sessionsBegunOutsideAreTold()
{
    const QByteArray text =
        answerOf(encodeJob(fullSpec()), {})
            .replace("M end",
                     "M screen There are screens on:\n"
                     "M screen \t77.danlu-20261126-010203-abcde\t(11/26/26 02:34:39)\t(Detached)\n"
                     "M screen \t78.mine\t(11/26/26 02:34:39)\t(Attached)\n"
                     "M screen \t79.danlu-2\t(11/26/26 02:34:39)\t(Detached)\n"
                     "M screen \t80.danlu-shell-12\t(11/26/26 02:34:39)\t(Detached)\n"
                     "M screen 4 Sockets in /run/screen/S-root.\n"
                     "M tmux work|1|0|1795660479|\n"
                     "M tmux danlu-20261126-010203-abcde|1|0|1795660479|\nM end");
    const auto overview = parseJobs(jobLines(text, "M"));
    QVERIFY(overview);
    QCOMPARE(overview->screens.sessions.size(), std::size_t(1));
    QCOMPARE(overview->screens.sessions[0].name, QStringLiteral("mine"));
    QCOMPARE(overview->tmux.sessions.size(), std::size_t(1));
    QCOMPARE(overview->tmux.sessions[0].name, QStringLiteral("work"));
}

void tst_JobText::theLogComesInAnyPieces()
{
    // A log that holds what looks like frames.
    const QByteArray log = "one\nM data 5\nM end \n\0two"
                           "\xff\n\n";
    const QByteArray text = "noise\nM data 4\n" + log.left(4) + "\nM data " +
                            QByteArray::number(log.size() - 4) + '\n' + log.mid(4) +
                            "\nM now 5\n\nM job a\nM log 9 whole\n\nM end \n";
    for (qsizetype piece = 1; piece <= text.size(); ++piece) {
        JobLogReader reader("M");
        QByteArray got;
        for (qsizetype at = 0; at < text.size(); at += piece)
            QVERIFY(reader.feed(QByteArrayView(text).sliced(at, std::min(piece, text.size() - at)),
                                [&got](const QByteArray &bytes) { got += bytes; }));
        QCOMPARE(got, log);
        QVERIFY(reader.hasBegun());
        QVERIFY(parseJobs(reader.lines()));
        QCOMPARE(reader.lines().size(), std::size_t(4));
    }
}

void tst_JobText::framesThatAreNoneAreRefused()
{
    const auto ignore = [](const QByteArray &) {};
    for (const char *wrong : {"M data x\n", "M data -5\n", "M data \n", "M data 0\n"}) {
        JobLogReader reader("M");
        QVERIFY2(!reader.feed(wrong, ignore), wrong);
    }
    JobLogReader endless("M");
    const QByteArray piece(64 * 1024, 'x');
    int pieces = 0;
    while (pieces < 1000 && endless.feed(piece, ignore))
        ++pieces;
    QVERIFY(pieces < 100); // memory is bounded
}

void tst_JobText::peopleCanReadTheLaunch()
{
    const JobBackends all = standardBackends();
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(backendNamed(all, "screen")->launchText("a1"),
             "screen -U -dmS danlu-a1 sh ~/.danlu/jobs/a1/runner run ~/.danlu/jobs/a1");
    QCOMPARE(backendNamed(all, "tmux")->launchText("a1"),
             "tmux new-session -d -s danlu-a1 sh ~/.danlu/jobs/a1/runner run ~/.danlu/jobs/a1");
    QVERIFY(backendNamed(all, "nohup")->launchText("a1").startsWith("setsid -f nohup sh "));
    QCOMPARE(backendNamed(all, "screen")->attachText("a1"), "screen -x danlu-a1");
    QCOMPARE(backendNamed(all, "nohup")->attachText("a1"), "");
    QVERIFY(!backendNamed(all, "slurm"));
    probe::ScreenSession session;
    session.pid = 77;
    session.name = QStringLiteral("my run");
    QCOMPARE(attachText(session), "screen -x '77.my run'");
    QCOMPARE(attachText(probe::TmuxSession{QStringLiteral("a"), {}, {}, {}, false}),
             "tmux attach -t '=a'");
    QCOMPARE(terminalText("screen -x danlu-a1"), "exec screen -U -x danlu-a1");
    QCOMPARE(terminalText("tmux attach -t =a"), "exec tmux -u attach -t =a");
    QCOMPARE(logText("a1"), "tail -n +1 -f ~/.danlu/jobs/a1/log");
    QCOMPARE(cancelText("a1"), "sh ~/.danlu/jobs/a1/runner cancel ~/.danlu/jobs/a1");
    QCOMPARE(stopText("a1"), "sh ~/.danlu/jobs/a1/runner stop ~/.danlu/jobs/a1");
}

QTEST_GUILESS_MAIN(tst_JobText)
#include "tst_JobText.moc"
