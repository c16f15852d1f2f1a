// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/JobCommand.h"

#include "app/danlu-cli/JobText.h"
#include "app/danlu-cli/Json.h"
#include "app/danlu-cli/Output.h"
#include "core/transfer/FileNames.h"

#include <QJsonDocument>

#include <algorithm>

using namespace core;
using core::jobs::EndAction;
using core::jobs::JobInfo;
using core::jobs::JobsOverview;
using core::jobs::JobState;
using core::transfer::isUtf8;

namespace cli {

namespace {

constexpr int maxFailures = 10;

Arguments targetOnly(Arguments arguments)
{
    arguments.positionals = arguments.positionals.mid(1, 1);
    return arguments;
}

/// How many bytes at the end of \a bytes begin a character that is not whole.
qsizetype splitAtEnd(const QByteArray &bytes)
{
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
        const auto byte = uchar(bytes[bytes.size() - back]);
        if (byte < 0x80)
            return 0;
        if (byte >= 0xc0) // the first byte of a character
            return back < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? back : 0;
    }
    return 0;
}

} // namespace

JobCommand::JobCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(targetOnly(arguments))
    , m_verb(arguments.positionals.value(0))
    , m_services(services)
    , m_connection(m_arguments, services)
{
    const bool namesJob = m_verb == u"log" || m_verb == u"stop" || m_verb == u"cancel";
    m_wanted = namesJob ? arguments.positionals.value(2) : QString();
    if (arguments.positionals.size() != (namesJob ? 3 : 2) || (namesJob && m_wanted.isEmpty()))
        m_arguments.positionals.clear();
    m_id = jobs::makeJobId(services.clock.now());
}

std::optional<profiles::Price> JobCommand::price() const
{
    const profiles::Profile *profile =
        m_services.profiles->byName(m_arguments.positionals.value(0));
    return profile ? profile->price : std::nullopt;
}

Result<> JobCommand::prepare()
{
    static const QStringList verbs{QStringLiteral("start"), QStringLiteral("list"),
                                   QStringLiteral("log"), QStringLiteral("stop"),
                                   QStringLiteral("cancel")};
    if (!verbs.contains(m_verb) || m_arguments.positionals.isEmpty())
        return core::fail(ErrorCode::Usage, Step::None,
                          QStringLiteral("job start TARGET -- COMMAND, job list TARGET, "
                                         "job log TARGET JOB, job stop TARGET JOB, "
                                         "job cancel TARGET JOB"));
    return m_verb == u"start" ? prepareStart() : Result<>();
}

Result<> JobCommand::prepareStart()
{
    const QString then = m_arguments.value("then").value_or(QStringLiteral("none"));
    if (then == u"shutdown")
        m_spec.then.kind = EndAction::Kind::PowerOff;
    else if (then == u"shutdown-if-ok")
        m_spec.then.kind = EndAction::Kind::PowerOffIfOk;
    else if (then != u"none")
        return core::fail(ErrorCode::Usage, Step::None,
                          QStringLiteral("--then takes none, shutdown or shutdown-if-ok"));
    if (const auto name = m_arguments.value("name"))
        m_spec.name = bytesOfWord(*name);
    for (const QString &glob : m_arguments.fetches)
        m_spec.fetch.append(bytesOfWord(glob));
    m_spec.directory = bytesOfWord(m_arguments.value("directory").value_or(QString()));
    m_spec.condaEnvironment = bytesOfWord(m_arguments.value("conda").value_or(QString()));
    m_spec.acceleration = m_arguments.has("acceleration");
    if (const auto gpus = m_arguments.value("gpus"))
        m_spec.gpus =
            *gpus == u"none" ? QByteArrayList() : bytesOfWord(*gpus).simplified().split(',');
    for (const QString &variable : m_arguments.variables) {
        const QByteArray text = bytesOfWord(variable);
        const qsizetype equals = text.indexOf('=');
        if (equals < 0)
            return core::fail(ErrorCode::Usage, Step::None,
                              QStringLiteral("--set takes NAME=VALUE"));
        m_spec.variables.push_back({text.left(equals), text.mid(equals + 1)});
    }
    // As ssh does: the words joined by blanks are one line for the remote shell.
    QByteArrayList words;
    for (const QString &word : m_arguments.remote)
        words.append(bytesOfWord(word));
    m_spec.command = words.join(' ');
    return jobs::checkJob(m_spec);
}

void JobCommand::start()
{
    if (const Result<> prepared = prepare(); !prepared) {
        finish(reportError(prepared.error(), m_arguments.json));
        return;
    }
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, &m_connection, &Connection::start);
    connect(&m_connection, &Connection::ready, this, &JobCommand::run);
    connect(&m_connection, &Connection::failed, this, &JobCommand::onLost);
    connect(&m_connection, &Connection::lost, this, &JobCommand::onLost);
    m_connection.start();
}

void JobCommand::run()
{
    m_wasConnected = true;
    m_failures = 0;
    if (m_verb == u"start")
        startJob();
    else if (m_verb == u"list")
        list();
    else if (m_offset == 0)
        find();
    else
        readLog();
}

void JobCommand::onLost(const Error &error)
{
    if (m_ended)
        return;
    if (!m_wasConnected || !mayComeBack(error) || m_failures >= maxFailures) {
        fail(error);
        return;
    }
    const int seconds = std::min(30, 1 << std::min(m_failures, 5));
    ++m_failures;
    if (m_arguments.json && m_verb == u"log")
        printJson(QJsonObject{{QStringLiteral("event"), QStringLiteral("reconnecting")},
                              {QStringLiteral("reason"), QString(errorCodeName(error.code))},
                              {QStringLiteral("in_s"), seconds}});
    m_retry.start(std::chrono::seconds(seconds));
}

bool JobCommand::ranInto(const Operation &operation)
{
    const std::optional<Error> &error = operation.error();
    if (!error)
        return false;
    // The connection tells of its own end.
    if (error->code != ErrorCode::Disconnected)
        fail(*error);
    return true;
}

void JobCommand::fail(Error error)
{
    if (m_verb == u"start" && m_wasConnected && mayComeBack(error))
        error.detail = QStringLiteral("job %1 may have begun; %2")
                           .arg(QString::fromLatin1(m_id), error.detail);
    finish(reportError(error, m_arguments.json));
}

void JobCommand::startJob()
{
    jobs::JobAction *action = jobs::startJob(*m_connection.session(), m_id, m_spec, m_backends);
    m_operation = action;
    connect(action, &Operation::finished, this, [this, action] {
        if (ranInto(*action))
            return;
        if (m_arguments.json && action->job())
            printJson(toJson(*action->job(), m_backends, price()));
        else
            printLine(QString::fromLatin1(m_id));
        const QString notice =
            action->job() ? noticeOf(*action->job(), m_arguments.positionals.value(0)) : QString();
        if (notice.isEmpty()) {
            finish(ExitDone);
            return;
        }
        tell(notice);
        warnOfOthers();
    });
}

/// A power-off takes whatever else runs there with it.
void JobCommand::warnOfOthers()
{
    jobs::JobsListing *listing = jobs::listJobs(*m_connection.session());
    m_operation = listing;
    connect(listing, &Operation::finished, this, [this, listing] {
        if (!listing->error()) {
            const QString words = warningOf(listing->overview(), m_id);
            if (!words.isEmpty())
                tell(words);
        }
        finish(ExitDone); // the job has begun, whatever became of the question
    });
}

void JobCommand::tell(const QString &notice) const
{
    if (m_arguments.json)
        writeErr(QJsonDocument(QJsonObject{{QStringLiteral("notice"), notice}})
                     .toJson(QJsonDocument::Compact) +
                 '\n');
    else
        writeErr("danlu-cli: " + printable(notice, false).toUtf8() + '\n');
}

void JobCommand::list()
{
    jobs::JobsListing *listing = jobs::listJobs(*m_connection.session());
    m_operation = listing;
    connect(listing, &Operation::finished, this, [this, listing] {
        if (ranInto(*listing))
            return;
        print(listing->overview());
        finish(ExitDone);
    });
}

void JobCommand::find()
{
    jobs::JobsListing *listing = jobs::listJobs(*m_connection.session());
    m_operation = listing;
    connect(listing, &Operation::finished, this, [this, listing] {
        if (ranInto(*listing))
            return;
        const QByteArray wanted = bytesOfWord(m_wanted);
        const std::vector<JobInfo> &all = listing->overview().jobs; // newest first
        auto found = std::find_if(all.cbegin(), all.cend(),
                                  [&](const JobInfo &job) { return job.id == wanted; });
        if (found == all.cend())
            found = std::find_if(all.cbegin(), all.cend(),
                                 [&](const JobInfo &job) { return job.spec.name == wanted; });
        if (found == all.cend()) {
            finish(reportError({ErrorCode::NotFound, Step::Job, m_wanted}, m_arguments.json));
            return;
        }
        m_id = found->id;
        if (m_verb == u"log")
            readLog();
        else
            end();
    });
}

void JobCommand::readLog()
{
    jobs::JobLog *log =
        jobs::readJobLog(*m_connection.session(), m_id, m_offset, m_arguments.has("follow"));
    m_operation = log;
    connect(log, &jobs::JobLog::received, this, [this, log](const QByteArray &bytes) {
        printLog(bytes);
        m_offset = log->offset();
    });
    connect(log, &Operation::finished, this, [this, log] {
        if (ranInto(*log))
            return;
        if (m_arguments.json) {
            QJsonObject end{{QStringLiteral("event"), QStringLiteral("done")}};
            if (log->job())
                end.insert(QStringLiteral("job"), toJson(*log->job(), m_backends, price()));
            printJson(end);
        }
        finish(ExitDone);
    });
}

/// Stops the job, or cancels its end action only.
void JobCommand::end()
{
    ssh::Session &session = *m_connection.session();
    jobs::JobAction *action =
        m_verb == u"stop" ? jobs::stopJob(session, m_id) : jobs::cancelEndAction(session, m_id);
    m_operation = action;
    connect(action, &Operation::finished, this, [this, action] {
        if (ranInto(*action))
            return;
        if (action->job())
            print(*action->job());
        finish(ExitDone);
    });
}

void JobCommand::print(const JobInfo &job) const
{
    if (m_arguments.json) {
        printJson(toJson(job, m_backends, price()));
        return;
    }
    writeOut(jobsText({job}, price()).toUtf8());
}

void JobCommand::print(JobsOverview overview) const
{
    sortByStart(overview.jobs);
    if (m_arguments.json) {
        printJson(toJson(overview, m_backends, price()));
        return;
    }
    writeOut(jobsText(overview.jobs, price()).toUtf8());
    writeOut(sessionsText(overview).toUtf8());
}

void JobCommand::printLog(const QByteArray &bytes)
{
    if (!m_arguments.json) {
        writeOut(bytes);
        return;
    }
    QByteArray text = std::exchange(m_split, {}) + bytes;
    const qint64 begin = m_offset - (text.size() - bytes.size());
    m_split = text.last(splitAtEnd(text));
    text.chop(m_split.size());
    if (text.isEmpty())
        return;
    QJsonObject event{{QStringLiteral("event"), QStringLiteral("log")},
                      {QStringLiteral("offset"), begin}};
    if (isUtf8(text))
        event.insert(QStringLiteral("text"), QString::fromUtf8(text));
    else
        event.insert(QStringLiteral("base64"), QString::fromLatin1(text.toBase64()));
    printJson(event);
}

void JobCommand::cancel()
{
    finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void JobCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    m_retry.stop();
    Q_EMIT done(exitCode);
}

} // namespace cli
