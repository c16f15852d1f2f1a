// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/JobAnswer.h"

#include "core/jobs/JobBackend.h"
#include "core/jobs/KeptShell.h"

#include <QHash>

#include <algorithm>

namespace core::jobs {

namespace {

using std::chrono::seconds;

using Words = QHash<QByteArray, QByteArray>;

/// "a=1 b=- c=x"; "-" is left out.
Words stateWords(const QByteArray &text)
{
    Words words;
    for (const QByteArray &word : text.simplified().split(' ')) {
        const qsizetype equals = word.indexOf('=');
        if (equals > 0 && word.mid(equals + 1) != "-")
            words.insert(word.left(equals), word.mid(equals + 1));
    }
    return words;
}

std::optional<qint64> number(const QByteArray &text)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

std::optional<InstanceTime> timeOf(const Words &words, const char *name)
{
    const auto value = number(words.value(name));
    return value ? std::optional(InstanceTime(seconds(*value))) : std::nullopt;
}

std::optional<seconds> secondsOf(const Words &words, const char *name)
{
    const auto value = number(words.value(name));
    return value ? std::optional(seconds(*value)) : std::nullopt;
}

EndState endStateOf(const QByteArray &word)
{
    for (const EndState one : {EndState::Armed, EndState::Counting, EndState::Cancelled,
                               EndState::Skipped, EndState::Fired, EndState::Failed}) {
        if (word == endStateName(one).latin1())
            return one;
    }
    return EndState::None;
}

std::optional<double> figure(const QByteArrayList &words, qsizetype at)
{
    bool isNumber = false;
    const double value = words.value(at).toDouble(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

/// What the lines of one job say, until the next.
struct OneJob
{
    JobInfo info;
    QByteArray state;
    bool isAlive = false;
    bool isWatched = false; ///< its runner is there, or a queue has it
    bool isArmed = false;

    void take(const JobLine &line);
    [[nodiscard]] JobInfo whole(InstanceTime now) const;
};

void OneJob::take(const JobLine &line)
{
    const auto &[word, text] = line;
    if (word == "spec") {
        const qsizetype blank = text.indexOf(' ');
        if (blank > 0)
            decodeJobLine(QByteArrayView(text).first(blank), QByteArrayView(text).sliced(blank + 1),
                          info.spec, info.guard);
    } else if (word == "backend") {
        info.backend = text;
    } else if (word == "stopped") {
        info.wasStopped = true;
    } else if (word == "armed") {
        isArmed = true;
    } else if (word == "state") {
        state = text;
    } else if (word == "alive") {
        isAlive = true;
    } else if (word == "watched") {
        isWatched = true;
    } else if (word == "average") { // GPU CPU
        const QByteArrayList words = text.simplified().split(' ');
        info.gpuPercent = figure(words, 0);
        info.cpuPercent = figure(words, 1);
    } else if (word == "fetched") {
        info.isFetched = true;
    } else if (word == "log") {
        info.logBytes = number(text.left(text.indexOf(' '))).value_or(0);
        info.logIsWhole = !text.endsWith(" cut");
    }
}

JobInfo OneJob::whole(InstanceTime now) const
{
    JobInfo job = info;
    const Words words = stateWords(state);
    const QByteArray name = words.value("state");
    if (name == "ended")
        job.state = JobState::Ended;
    else if (name == "running")
        job.state = isAlive ? JobState::Running : JobState::Lost;
    job.began = timeOf(words, "began");
    job.ended = timeOf(words, "ended");
    if (job.began && (job.ended || job.state == JobState::Running))
        job.ran = std::max(seconds(0), job.ended.value_or(now) - *job.began);
    if (const auto code = number(words.value("code")))
        job.exitCode = int(*code);
    job.idleFor = job.state == JobState::Running ? secondsOf(words, "idle") : std::nullopt;
    job.endState = endStateOf(words.value("then"));
    const bool wasAsked = job.guard || job.spec.then.kind != EndAction::Kind::None;
    if (job.endState == EndState::None && wasAsked)
        job.endState = EndState::Armed; // the runner has not come to it
    // The file says more than the state, which the runner writes when it comes to it.
    const bool waits = job.endState == EndState::Armed || job.endState == EndState::Counting;
    if (waits && (!isArmed || (job.state != JobState::Waiting && !isWatched)))
        job.endState = EndState::Cancelled;
    if (job.endState == EndState::Counting)
        job.countdown = secondsOf(words, "left");
    return job;
}

QByteArray joined(const std::vector<JobLine> &lines, const char *word)
{
    QByteArray text;
    for (const JobLine &line : lines) {
        if (line.first == word)
            text += line.second + '\n';
    }
    return text;
}

} // namespace

QLatin1StringView jobStateName(JobState state)
{
    switch (state) {
    case JobState::Waiting: return QLatin1StringView("waiting");
    case JobState::Running: return QLatin1StringView("running");
    case JobState::Ended: return QLatin1StringView("ended");
    case JobState::Lost: return QLatin1StringView("lost");
    }
    return QLatin1StringView("lost");
}

QLatin1StringView endStateName(EndState state)
{
    switch (state) {
    case EndState::None: return QLatin1StringView("none");
    case EndState::Armed: return QLatin1StringView("armed");
    case EndState::Counting: return QLatin1StringView("counting");
    case EndState::Cancelled: return QLatin1StringView("cancelled");
    case EndState::Skipped: return QLatin1StringView("skipped");
    case EndState::Fired: return QLatin1StringView("fired");
    case EndState::Failed: return QLatin1StringView("failed");
    }
    return QLatin1StringView("none");
}

std::vector<JobLine> jobLines(QByteArrayView output, QByteArrayView mark)
{
    std::vector<JobLine> lines;
    for (qsizetype at = 0; at < output.size();) {
        qsizetype end = output.indexOf('\n', at);
        if (end < 0)
            end = output.size();
        QByteArrayView line = output.sliced(at, end - at);
        at = end + 1;
        if (!line.startsWith(mark) || line.size() <= mark.size() || line[mark.size()] != ' ')
            continue;
        line = line.sliced(mark.size() + 1);
        const qsizetype blank = line.indexOf(' ');
        if (blank < 0)
            lines.emplace_back(line.toByteArray(), QByteArray());
        else
            lines.emplace_back(line.first(blank).toByteArray(),
                               line.sliced(blank + 1).toByteArray());
    }
    return lines;
}

Result<JobsOverview> parseJobs(const std::vector<JobLine> &lines)
{
    JobsOverview overview;
    std::vector<OneJob> jobs;
    bool isWhole = false;
    for (const JobLine &line : lines) {
        if (line.first == "now")
            overview.now = InstanceTime(seconds(number(line.second).value_or(0)));
        else if (line.first == "job")
            jobs.emplace_back().info.id = line.second;
        else if (line.first == "end")
            isWhole = true;
        else if (!jobs.empty())
            jobs.back().take(line);
    }
    if (!isWhole)
        return fail(ErrorCode::Parse, Step::Job, QStringLiteral("the answer is not whole"));
    QList<QString> own;
    for (const OneJob &one : jobs) {
        overview.jobs.push_back(one.whole(overview.now));
        own.append(QString::fromLatin1(sessionName(one.info.id)));
    }
    const auto isOwn = [&own](const auto &session) {
        return own.contains(session.name) || isKeptShell(session.name);
    };
    // What these tools say may be anything: then nothing is known of them.
    if (auto screens = probe::parseScreenList(joined(lines, "screen")))
        overview.screens = *screens;
    if (auto tmux = probe::parseTmuxList(joined(lines, "tmux")))
        overview.tmux = *tmux;
    std::erase_if(overview.screens.sessions, isOwn);
    std::erase_if(overview.tmux.sessions, isOwn);
    return overview;
}

Result<SafetyReport> parseSafety(const std::vector<JobLine> &lines)
{
    auto overview = parseJobs(lines);
    if (!overview)
        return tl::make_unexpected(overview.error());
    SafetyReport report;
    report.overview = *std::move(overview);
    for (const auto &[word, text] : lines) {
        const QByteArrayList words = text.simplified().split(' ');
        if (word == "load") { // SECONDS GPU CPU DISK NET
            report.load = {figure(words, 1), figure(words, 2), figure(words, 3), figure(words, 4)};
        } else if (word == "busy-shell") {
            report.busyShells.append(QString::fromUtf8(text));
        } else if (word == "newer") {
            report.newerFiles.append(QByteArray(text).replace('\1', '\n'));
        } else if (word == "newer-count") {
            report.newerCount = number(words.value(0));
            report.newerIsPartial = words.value(1) != "all";
        }
    }
    return report;
}

} // namespace core::jobs
