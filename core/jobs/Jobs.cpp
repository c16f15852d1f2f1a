// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/Jobs.h"

#include "core/jobs/JobCall.h"
#include "core/jobs/JobLogReader.h"
#include "core/ssh/Session.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace core::jobs {

using namespace std::chrono_literals;
using std::chrono::seconds;

namespace {

constexpr int mostJobs = 200;
constexpr auto patience = 15s; // for the first sign of a shell

Error usage(const QString &what)
{
    return {ErrorCode::Usage, Step::Job, what};
}

Error noShell()
{
    return {ErrorCode::Unsupported, Step::Job, QStringLiteral("no shell there")};
}

JobCall::Options within(std::chrono::milliseconds timeout)
{
    JobCall::Options options;
    options.timeout = timeout;
    return options;
}

/// The call's end as one outcome: its lines, or why there are none.
Result<std::vector<JobLine>> outcomeOf(const std::vector<JobLine> &lines,
                                       const std::optional<Error> &error)
{
    if (error)
        return tl::make_unexpected(*error);
    if (auto failure = failureIn(lines))
        return tl::make_unexpected(*std::move(failure));
    return lines;
}

/// An operation that is one call; \a Base is what the caller sees.
template <typename Base>
class OneCall : public Base
{
public:
    explicit OneCall(ssh::Session &session)
        : Base(&session)
        , m_session(session)
    {
    }

    void refuse(const Error &error) { this->failWith(error); }
    void begin(const QByteArrayList &words, std::chrono::milliseconds timeout = 60s)
    {
        m_call = new JobCall(m_session, words, within(timeout), this);
        QObject::connect(m_call, &JobCall::ended, this, [this](const std::optional<Error> &error) {
            const auto lines = outcomeOf(m_call->lines(), error);
            const Result<> read = lines ? take(*lines) : tl::make_unexpected(lines.error());
            if (read)
                this->succeed();
            else
                this->failWith(read.error());
        });
    }

protected:
    [[nodiscard]] virtual Result<> take(const std::vector<JobLine> &lines) = 0;

    void doCancel() override
    {
        delete m_call;
        m_call = nullptr;
        Base::doCancel();
    }

private:
    ssh::Session &m_session;
    JobCall *m_call = nullptr;
};

class Action final : public OneCall<JobAction>
{
public:
    using OneCall::OneCall;

    /// \a words: a function of the script, and what follows the job's id.
    static Action *on(ssh::Session &session, const JobId &id, const QByteArrayList &words,
                      std::chrono::milliseconds timeout = 60s)
    {
        auto *action = new Action(session);
        if (isJobId(id))
            action->begin(QByteArrayList{"on", words.first(), id} + words.mid(1), timeout);
        else
            action->refuse(usage(QStringLiteral("job id")));
        return action;
    }

protected:
    Result<> take(const std::vector<JobLine> &lines) override
    {
        const auto overview = parseJobs(lines);
        if (!overview)
            return tl::make_unexpected(overview.error());
        if (!overview->jobs.empty())
            m_job = overview->jobs.front();
        return {};
    }
};

class Files final : public OneCall<JobFiles>
{
public:
    using OneCall::OneCall;

protected:
    Result<> take(const std::vector<JobLine> &lines) override
    {
        if (const auto overview = parseJobs(lines); !overview)
            return tl::make_unexpected(overview.error());
        for (const auto &[word, text] : lines) {
            const QByteArray path = QByteArray(text).replace('\1', '\n');
            if (word == "file" && !m_paths.contains(path))
                m_paths.append(path);
        }
        return {};
    }
};

class Listing final : public OneCall<JobsListing>
{
public:
    using OneCall::OneCall;

protected:
    Result<> take(const std::vector<JobLine> &lines) override
    {
        auto overview = parseJobs(lines);
        if (!overview)
            return tl::make_unexpected(overview.error());
        m_overview = *std::move(overview);
        return {};
    }
};

class Check final : public OneCall<SafetyCheck>
{
public:
    using OneCall::OneCall;

protected:
    Result<> take(const std::vector<JobLine> &lines) override
    {
        auto report = parseSafety(lines);
        if (!report)
            return tl::make_unexpected(report.error());
        m_report = *std::move(report);
        return {};
    }
};

class Log final : public JobLog
{
public:
    Log(ssh::Session &session, const JobId &id, qint64 offset, bool live)
        : JobLog(&session)
    {
        m_offset = offset;
        if (!isJobId(id) || offset < 0) {
            failWith(usage(QStringLiteral("job id or offset")));
            return;
        }
        JobCall::Options options;
        options.timeout = 0ms;
        options.isStream = true;
        m_call =
            new JobCall(session, {"on", "follow", id, QByteArray::number(offset), live ? "1" : ""},
                        options, this);
        m_reader = std::make_unique<JobLogReader>(m_call->mark());
        connect(m_call, &JobCall::received, this, &Log::take);
        connect(m_call, &JobCall::ended, this, &Log::onEnded);
        QTimer::singleShot(patience, this, [this] {
            if (!m_reader->hasBegun())
                end(noShell());
        });
    }

protected:
    void doCancel() override
    {
        stop();
        JobLog::doCancel();
    }

private:
    void take(const QByteArray &bytes)
    {
        const QPointer<Log> self(this);
        const bool isFine = m_reader->feed(bytes, [self](const QByteArray &piece) {
            if (!self || !self->m_call)
                return; // ended by who listens
            self->m_offset += piece.size();
            Q_EMIT self->received(piece);
        });
        if (self && !isFine)
            end({ErrorCode::Parse, Step::Job, QStringLiteral("the log's frames")});
    }

    void onEnded(const std::optional<Error> &error)
    {
        if (!m_call)
            return;
        if (!error && !m_reader->hasBegun()) {
            end(noShell());
            return;
        }
        const auto lines = outcomeOf(m_reader->lines(), error);
        if (!lines) {
            end(lines.error());
            return;
        }
        const auto overview = parseJobs(*lines);
        if (!overview) {
            end(overview.error());
            return;
        }
        if (!overview->jobs.empty())
            m_job = overview->jobs.front();
        succeed();
    }

    void end(const Error &error)
    {
        stop();
        failWith(error);
    }

    void stop()
    {
        if (m_call)
            m_call->deleteLater(); // its signal may be on the stack
        m_call = nullptr;
    }

    JobCall *m_call = nullptr;
    std::unique_ptr<JobLogReader> m_reader;
};

class PowerOff final : public Operation
{
public:
    PowerOff(ssh::Session &session, const QByteArray &command)
        : Operation(&session)
    {
        ssh::ExecOptions options;
        options.timeout = 120s;
        m_exec = session.exec(command, options);
        m_exec->setParent(this);
        connect(m_exec, &ssh::Exec::started, this, [this] { m_hasBegun = true; });
        connect(m_exec, &Operation::finished, this, [this] {
            const std::optional<Error> &error = m_exec->error();
            if (error && !(m_hasBegun && error->code == ErrorCode::Disconnected))
                failWith(*error);
            else if (!error && m_exec->exitCode().value_or(0) != 0)
                failWith({ErrorCode::RemoteFailed, Step::Job,
                          QString::fromUtf8(m_exec->standardError().trimmed().left(500))});
            else
                succeed();
        });
    }

protected:
    void doCancel() override
    {
        m_exec->cancel();
        Operation::doCancel();
    }

private:
    ssh::Exec *m_exec;
    bool m_hasBegun = false;
};

/// "start" and its arguments: see jobs.sh.
QByteArrayList startWords(const JobId &id, const QByteArray &spec, const QByteArray &command,
                          const QByteArray &then, const QByteArray &powerOff,
                          const QByteArray &guard, const JobBackends &backends)
{
    QByteArrayList words{"start", id, spec, command, then, powerOff, guard};
    for (const auto &backend : backends)
        words += {backend->name(), backend->usable(), backend->launch(), backend->alive(),
                  backend->stop()};
    return words;
}

QByteArray thenLine(const char *what, seconds countdown)
{
    return QByteArray(what) + ' ' + QByteArray::number(qint64(countdown.count()));
}

} // namespace

JobAction *startJob(ssh::Session &session, const JobId &id, const JobSpec &spec,
                    const JobBackends &backends)
{
    auto *action = new Action(session);
    if (const Result<> checked = checkJob(spec); !checked || !isJobId(id)) {
        action->refuse(checked ? usage(QStringLiteral("job id")) : checked.error());
        return action;
    }
    QByteArray then;
    if (spec.then.kind != EndAction::Kind::None)
        then = thenLine(spec.then.kind == EndAction::Kind::PowerOff ? "shutdown" : "shutdown-if-ok",
                        spec.then.countdown);
    action->begin(
        startWords(id, encodeJob(spec), jobText(spec), then, spec.then.powerOff, {}, backends));
    return action;
}

JobAction *startGuard(ssh::Session &session, const JobId &id, const GuardSpec &spec,
                      const JobBackends &backends)
{
    auto *action = new Action(session);
    if (const Result<> checked = checkGuard(spec); !checked || !isJobId(id)) {
        action->refuse(checked ? usage(QStringLiteral("job id")) : checked.error());
        return action;
    }
    QByteArrayList limits{QByteArray::number(qint64(seconds(spec.idleFor).count()))};
    for (const double limit :
         {spec.gpuPercent, spec.cpuPercent, spec.diskBytesPerS, spec.netBytesPerS})
        limits.append(QByteArray::number(limit, 'f', 3));
    action->begin(startWords(id, encodeGuard(spec), {}, thenLine("guard", spec.countdown),
                             spec.powerOff, limits.join(' '), backends));
    return action;
}

JobAction *stopJob(ssh::Session &session, const JobId &id, seconds grace)
{
    return Action::on(session, id,
                      {"stop", QByteArray::number(qint64(std::max(0s, grace).count()))},
                      grace + 60s);
}

JobAction *cancelEndAction(ssh::Session &session, const JobId &id)
{
    return Action::on(session, id, {"cancel"});
}

JobAction *postponeEndAction(ssh::Session &session, const JobId &id, seconds left)
{
    return Action::on(session, id, {"postpone", QByteArray::number(qint64(left.count()))});
}

JobFiles *findFetched(ssh::Session &session, const JobId &id, const JobSpec &spec)
{
    auto *files = new Files(session);
    if (isJobId(id))
        files->begin(QByteArrayList{"on", "match", id, directoryText(spec)} + spec.fetch);
    else
        files->refuse(usage(QStringLiteral("job id")));
    return files;
}

JobAction *markFetched(ssh::Session &session, const JobId &id)
{
    return Action::on(session, id, {"fetched"});
}

JobAction *forgetJob(ssh::Session &session, const JobId &id)
{
    return Action::on(session, id, {"forget"});
}

JobsListing *listJobs(ssh::Session &session, int most)
{
    auto *listing = new Listing(session);
    listing->begin({"list", QByteArray::number(std::max(1, most))});
    return listing;
}

JobLog *readJobLog(ssh::Session &session, const JobId &id, qint64 offset, bool live)
{
    return new Log(session, id, offset, live);
}

SafetyCheck *checkSafety(ssh::Session &session, const SafetyOptions &options)
{
    auto *check = new Check(session);
    check->begin(
        QByteArrayList{"look", QByteArray::number(mostJobs),
                       QByteArray::number(qint64(options.newerThan.time_since_epoch().count())),
                       QByteArray::number(options.mostFiles)} +
            options.directories,
        180s);
    return check;
}

Operation *powerOff(ssh::Session &session, const QByteArray &command)
{
    return new PowerOff(session, command);
}

} // namespace core::jobs
