// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/JobSpec.h"

#include "core/base/ShellQuote.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>

namespace core::jobs {

extern const char *const condaPlaces; // conda_places.txt: words of the shell

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr qsizetype largestSpec = 256 * 1024;

bool isVariableName(QByteArrayView name)
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return !name.isEmpty() && !(name[0] >= '0' && name[0] <= '9') &&
           std::all_of(name.begin(), name.end(), isPlain);
}

/// A path as a shell word; "~/" at its beginning stays the home.
QByteArray pathWord(const QByteArray &path)
{
    if (path == "~")
        return path;
    if (path.startsWith("~/"))
        return "~/" + (path.size() > 2 ? shellQuote(QByteArrayView(path).sliced(2)) : QByteArray());
    return shellQuote(path);
}

void add(QByteArray &lines, const char *word, const QByteArray &text)
{
    lines += word;
    lines += ' ' + text.toPercentEncoding() + '\n';
}

void addEnd(QByteArray &lines, std::chrono::seconds countdown, const QByteArray &powerOff)
{
    add(lines, "countdown", QByteArray::number(qint64(countdown.count())));
    add(lines, "power-off", powerOff);
}

Result<> checkCountdown(seconds countdown, const QByteArray &powerOff)
{
    if (countdown < seconds(0) || countdown > std::chrono::hours(24))
        return fail(ErrorCode::Usage, Step::Job, QStringLiteral("countdown"));
    if (powerOff.trimmed().isEmpty() || powerOff.contains('\0'))
        return fail(ErrorCode::Usage, Step::Job, QStringLiteral("power-off command"));
    return {};
}

const char *kindWord(EndAction::Kind kind)
{
    switch (kind) {
    case EndAction::Kind::None: return "none";
    case EndAction::Kind::PowerOff: return "shutdown";
    case EndAction::Kind::PowerOffIfOk: return "shutdown-if-ok";
    }
    return "none";
}

} // namespace

JobId makeJobId(std::chrono::system_clock::time_point now)
{
    const qint64 since = std::chrono::duration_cast<seconds>(now.time_since_epoch()).count();
    const QDateTime time = QDateTime::fromSecsSinceEpoch(since, Qt::UTC);
    const quint32 chance = QRandomGenerator::system()->generate() % (36U * 36U * 36U * 36U * 36U);
    return time.toString(QStringLiteral("yyyyMMdd-HHmmss-")).toLatin1() +
           QByteArray::number(chance, 36).rightJustified(5, '0');
}

bool isJobId(QByteArrayView id)
{
    return !id.isEmpty() && id.size() <= 64 && id[0] != '-' &&
           std::all_of(id.begin(), id.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Result<> checkJob(const JobSpec &spec)
{
    const auto wrong = [](const char *what) {
        return fail(ErrorCode::Usage, Step::Job, QString::fromLatin1(what));
    };
    if (spec.command.trimmed().isEmpty())
        return wrong("command");
    for (const QByteArray *text :
         {&spec.name, &spec.command, &spec.directory, &spec.condaEnvironment, &spec.condaBase}) {
        if (text->contains('\0'))
            return wrong("NUL");
    }
    for (const JobVariable &variable : spec.variables) {
        if (!isVariableName(variable.name) || variable.value.contains('\0'))
            return wrong("variable");
    }
    for (const QByteArray &gpu : spec.gpus.value_or(QByteArrayList())) {
        if (gpu.isEmpty() || gpu.contains(',') || gpu.contains('\0'))
            return wrong("GPU");
    }
    for (const QByteArray &glob : spec.fetch) {
        if (glob.isEmpty() || glob.contains('\0'))
            return wrong("pattern");
    }
    if (encodeJob(spec).size() > largestSpec)
        return wrong("too long");
    if (spec.then.kind != EndAction::Kind::None)
        return checkCountdown(spec.then.countdown, spec.then.powerOff);
    return {};
}

Result<> checkGuard(const GuardSpec &spec)
{
    if (spec.idleFor < minutes(1) || spec.idleFor > std::chrono::hours(24 * 7))
        return fail(ErrorCode::Usage, Step::Job, QStringLiteral("minutes"));
    for (const double limit :
         {spec.gpuPercent, spec.cpuPercent, spec.diskBytesPerS, spec.netBytesPerS}) {
        if (!(limit > 0) || limit > 1e15)
            return fail(ErrorCode::Usage, Step::Job, QStringLiteral("threshold"));
    }
    return checkCountdown(spec.countdown, spec.powerOff);
}

QByteArray directoryText(const JobSpec &spec)
{
    return spec.directory.isEmpty() ? QByteArray("cd") : "cd -- " + pathWord(spec.directory);
}

QByteArray condaPathText(const QByteArray &program)
{
    return "command -v " + program + " >/dev/null || for base in " +
           QByteArray(condaPlaces).trimmed() +
           "; do [ -x \"$base/bin/conda\" ] && PATH=$PATH:$base/bin && break; done";
}

QByteArray jobText(const JobSpec &spec)
{
    QByteArray text;
    if (!spec.directory.isEmpty())
        text += directoryText(spec) + " || exit\n";
    if (spec.acceleration)
        text += "source /etc/network_turbo\n";
    if (!spec.condaEnvironment.isEmpty()) {
        const QByteArray environment = pathWord(spec.condaEnvironment);
        if (spec.condaBase.isEmpty())
            text += condaPathText("conda") + "\neval \"$(conda shell.bash hook)\"\n" +
                    "conda activate " + environment + " || exit\n";
        else
            text += "source " + pathWord(spec.condaBase + "/bin/activate") + ' ' + environment +
                    " || exit\n";
    }
    if (spec.gpus) {
        // Counted as nvidia-smi counts them; CUDA's own order is by speed.
        text += "export CUDA_DEVICE_ORDER=PCI_BUS_ID\nexport CUDA_VISIBLE_DEVICES=" +
                shellQuote(spec.gpus->join(',')) + '\n';
    }
    const bool saysBuffering =
        std::any_of(spec.variables.cbegin(), spec.variables.cend(),
                    [](const JobVariable &one) { return one.name == "PYTHONUNBUFFERED"; });
    if (!saysBuffering)
        text += "export PYTHONUNBUFFERED=1\n"; // else the log comes in pieces of 8 KiB
    for (const JobVariable &variable : spec.variables)
        text += "export " + variable.name + '=' + shellQuote(variable.value) + '\n';
    return text + spec.command;
}

QByteArray encodeJob(const JobSpec &spec)
{
    QByteArray lines;
    add(lines, "name", spec.name);
    add(lines, "command", spec.command);
    if (!spec.directory.isEmpty())
        add(lines, "directory", spec.directory);
    if (!spec.condaEnvironment.isEmpty())
        add(lines, "conda", spec.condaEnvironment);
    if (!spec.condaBase.isEmpty())
        add(lines, "conda-base", spec.condaBase);
    if (spec.acceleration)
        add(lines, "acceleration", "1");
    if (spec.gpus)
        add(lines, "gpus", spec.gpus->join(','));
    for (const JobVariable &variable : spec.variables)
        add(lines, "variable", variable.name + '=' + variable.value);
    if (spec.then.kind != EndAction::Kind::None) {
        add(lines, "then", kindWord(spec.then.kind));
        addEnd(lines, spec.then.countdown, spec.then.powerOff);
    }
    for (const QByteArray &glob : spec.fetch)
        add(lines, "fetch", glob);
    lines.chop(1);
    return lines;
}

QByteArray encodeGuard(const GuardSpec &spec)
{
    QByteArray lines;
    add(lines, "idle-minutes", QByteArray::number(qint64(spec.idleFor.count())));
    add(lines, "idle-gpu", QByteArray::number(spec.gpuPercent));
    add(lines, "idle-cpu", QByteArray::number(spec.cpuPercent));
    add(lines, "idle-disk", QByteArray::number(spec.diskBytesPerS));
    add(lines, "idle-net", QByteArray::number(spec.netBytesPerS));
    addEnd(lines, spec.countdown, spec.powerOff);
    lines.chop(1);
    return lines;
}

void decodeJobLine(QByteArrayView word, QByteArrayView encoded, JobSpec &spec,
                   std::optional<GuardSpec> &guard)
{
    const QByteArray text = QByteArray::fromPercentEncoding(encoded.toByteArray());
    if (word == "name") {
        spec.name = text;
    } else if (word == "command") {
        spec.command = text;
    } else if (word == "directory") {
        spec.directory = text;
    } else if (word == "conda") {
        spec.condaEnvironment = text;
    } else if (word == "conda-base") {
        spec.condaBase = text;
    } else if (word == "acceleration") {
        spec.acceleration = text == "1";
    } else if (word == "gpus") {
        spec.gpus = text.isEmpty() ? QByteArrayList() : text.split(',');
    } else if (word == "variable") {
        const qsizetype equals = text.indexOf('=');
        if (equals > 0)
            spec.variables.push_back({text.left(equals), text.mid(equals + 1)});
    } else if (word == "then") {
        spec.then.kind = text == "shutdown"         ? EndAction::Kind::PowerOff
                         : text == "shutdown-if-ok" ? EndAction::Kind::PowerOffIfOk
                                                    : EndAction::Kind::None;
    } else if (word == "fetch") {
        spec.fetch.append(text);
    } else if (word == "idle-minutes") {
        guard.emplace().idleFor = minutes(text.toLongLong());
    } else if (word == "countdown") {
        (guard ? guard->countdown : spec.then.countdown) = seconds(text.toLongLong());
    } else if (word == "power-off") {
        (guard ? guard->powerOff : spec.then.powerOff) = text;
    } else if (guard) {
        if (word == "idle-gpu")
            guard->gpuPercent = text.toDouble();
        else if (word == "idle-cpu")
            guard->cpuPercent = text.toDouble();
        else if (word == "idle-disk")
            guard->diskBytesPerS = text.toDouble();
        else if (word == "idle-net")
            guard->netBytesPerS = text.toDouble();
    }
}

} // namespace core::jobs
