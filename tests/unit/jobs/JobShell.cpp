// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/jobs/JobShell.h"

#include "core/jobs/JobCall.h"
#include "tests/support/Amount.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace core::jobs;

namespace {

const QByteArray mark = "test-mark";

} // namespace

JobShell::JobShell(const QString &shell)
    : m_shell(shell == u"busybox" ? QStringList{shell, QStringLiteral("ash")} : QStringList{shell})
    , m_environment(QProcessEnvironment::systemEnvironment())
{
    const QString tools = path(QStringLiteral("tools"));
    QDir().mkpath(tools);
    QDir().mkpath(path(QStringLiteral("home")));
    if (shell == u"busybox")
        QProcess::execute(shell, {QStringLiteral("--install"), QStringLiteral("-s"), tools});
    m_environment.insert(QStringLiteral("HOME"), path(QStringLiteral("home")));
    m_environment.insert(QStringLiteral("PATH"),
                         tools + u':' + m_environment.value(QStringLiteral("PATH")));
}

JobShell::~JobShell()
{
    for (const QString &id : QDir(path(QStringLiteral("home/.danlu/jobs")))
                                 .entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QByteArray state = read(jobPath(id.toUtf8(), "run/state"));
        if (!state.startsWith("state=ended") || QFile::exists(jobPath(id.toUtf8(), "then")) ||
            QFile::exists(jobPath(id.toUtf8(), "run/open")))
            (void)call({"on", "stop", id.toUtf8(), "0"});
        // Its runner may write a last time.
        const qsizetype at = state.indexOf(" by=") + 4;
        const auto runner = pid_t(state.mid(at, state.indexOf(' ', at) - at).toInt());
        if (runner > 1)
            (void)QTest::qWaitFor([runner] { return kill(runner, 0) != 0; }, 5000);
    }
}

void JobShell::addShells()
{
    QTest::addColumn<QString>("shell");
    QTest::newRow("dash") << QStringLiteral("dash");
    QTest::newRow("busybox") << QStringLiteral("busybox");
    if (support::isWhole()) // it can do all that dash can
        QTest::newRow("bash") << QStringLiteral("bash");
}

void JobShell::addSmallShells()
{
    QTest::addColumn<QString>("shell");
    QTest::newRow("busybox") << QStringLiteral("busybox");
    if (support::isWhole())
        QTest::newRow("dash") << QStringLiteral("dash");
}

void JobShell::setEnvironment(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

void JobShell::addTool(const QString &name, const QByteArray &script)
{
    const QString file = path(QStringLiteral("tools/") + name);
    QFile::remove(file); // may be a link to busybox
    write(file, "#!/bin/sh\n" + script);
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QString JobShell::jobPath(const QByteArray &id, const char *file) const
{
    return path(QStringLiteral("home/.danlu/jobs/") + QString::fromLatin1(id) + u'/' +
                QString::fromLatin1(file));
}

QByteArray JobShell::read(const QString &file) const
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

void JobShell::write(const QString &file, const QByteArray &text) const
{
    QFile opened(file);
    if (!opened.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
        opened.write(text) != text.size())
        qFatal("a test file could not be written");
}

std::unique_ptr<QProcess> JobShell::begin(const QByteArrayList &words)
{
    return beginWith(callInput(mark, words));
}

std::unique_ptr<QProcess> JobShell::beginWith(const QByteArray &input)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setWorkingDirectory(m_dir.path());
    process->start(m_shell.first(), m_shell.mid(1));
    process->write(input);
    return process;
}

QByteArray JobShell::finish(QProcess &process)
{
    process.closeWriteChannel();
    if (!process.waitForFinished(60000))
        qWarning("the script did not end");
    const QByteArray errors = process.readAllStandardError();
    if (!errors.isEmpty())
        qWarning("%s", errors.constData());
    return process.readAllStandardOutput();
}

std::vector<JobLine> JobShell::call(const QByteArrayList &words)
{
    return jobLines(finish(*begin(words)), mark);
}

QByteArrayList JobShell::startWords(const QByteArray &id, const QByteArray &command,
                                    const QByteArray &then, const QByteArray &powerOff,
                                    const QByteArray &guard, const JobBackend *backend) const
{
    static const JobBackends all = standardBackends();
    if (!backend)
        backend = backendNamed(all, "nohup");
    JobSpec spec;
    spec.command = command;
    if (!then.isEmpty() && guard.isEmpty())
        spec.then.kind = EndAction::Kind::PowerOff;
    return {"start",
            id,
            guard.isEmpty() ? encodeJob(spec) : encodeGuard({}),
            guard.isEmpty() ? jobText(spec) : QByteArray(),
            then,
            powerOff,
            guard,
            backend->name(),
            backend->usable(),
            backend->launch(),
            backend->alive(),
            backend->stop()};
}

JobInfo JobShell::jobOf(const std::vector<JobLine> &lines)
{
    JobInfo none;
    none.backend = "no job";
    const auto failure = failureIn(lines);
    const auto overview = parseJobs(lines);
    if (failure)
        none.backend = failure->detail.toUtf8();
    return overview && overview->jobs.size() == 1 ? overview->jobs.front() : none;
}

JobInfo JobShell::start(const QByteArray &id, const QByteArray &command, const QByteArray &then,
                        const QByteArray &powerOff)
{
    return jobOf(call(startWords(id, command, then, powerOff)));
}

JobInfo JobShell::job(const QByteArray &id)
{
    const auto overview = parseJobs(call({"list", "100"}));
    if (overview) {
        for (const JobInfo &one : overview->jobs) {
            if (one.id == id)
                return one;
        }
    }
    return {};
}

JobInfo JobShell::waitFor(const QByteArray &id, const std::function<bool(const JobInfo &)> &isIt)
{
    JobInfo now;
    (void)QTest::qWaitFor(
        [&] {
            now = job(id);
            return isIt(now);
        },
        60000);
    return now;
}

JobInfo JobShell::waitForEnd(const QByteArray &id)
{
    // Asking takes a dozen processes each time: it is the file that is looked at.
    (void)QTest::qWaitFor(
        [&] {
            const QByteArray state = read(jobPath(id, "run/state"));
            return state.startsWith("state=ended") && !state.contains("then=armed") &&
                   !state.contains("then=counting") && !QFile::exists(jobPath(id, "run/open"));
        },
        60000);
    return job(id);
}
