// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/ProcessTable.h"

#include "core/probe/Text.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <limits>
#include <map>

namespace core::probe {

namespace {

constexpr qint64 kernelThreads = 2; ///< the pid of kthreadd, their parent

/// "PID (NAME) STATE PPID ...": the name may have blanks and brackets in it. proc_pid_stat(5).
std::optional<TableProcess> parseStat(const QByteArray &line, qint64 pageSize)
{
    const qsizetype open = line.indexOf(" (");
    const qsizetype close = line.lastIndexOf(") ");
    if (open <= 0 || close < open)
        return std::nullopt;
    const QByteArrayList fields = splitWords(QByteArrayView(line).sliced(close + 2));
    if (fields.size() < 22)
        return std::nullopt;
    const auto number = [&](int field) {
        return wholeNumber(fields[field - 3]);
    }; // as proc(5) counts
    TableProcess process;
    const auto pid = wholeNumber(QByteArrayView(line).first(open));
    const auto parent = number(4);
    const auto user = number(14);
    const auto system = number(15);
    const auto start = number(22);
    if (!pid || !parent || !user || !system || !start || fields[0].size() != 1)
        return std::nullopt;
    process.pid = *pid;
    process.parent = *parent;
    process.startTicks = *start;
    process.state = fields[0][0];
    process.name = decode(QByteArrayView(line).sliced(open + 2, close - open - 2));
    constexpr qint64 most = std::numeric_limits<qint64>::max() / 2;
    process.cpuTicks = std::min(*user, most) + std::min(*system, most);
    if (fields.size() > 21) {
        const auto pages = number(24);
        if (pages && *pages < most / std::max<qint64>(1, pageSize))
            process.rssBytes = *pages * pageSize;
    }
    return process;
}

struct Lines
{
    ProcessTable table;
    qint64 pageSize = 4096;
    qint64 self = 0;
    QHash<qint64, QString> users; ///< by uid
    QHash<qint64, qint64> owners; ///< uid by pid
    QHash<qint64, QString> commands;
    QHash<qint64, std::vector<int>> minors;
    QSet<qint64> cuda;
    bool isWhole = false;
};

/// "WORD REST"
void take(Lines &lines, const QByteArray &line)
{
    const qsizetype blank = line.indexOf(' ');
    if (blank < 0) {
        if (line == "end")
            lines.isWhole = true;
        return;
    }
    const QByteArray word = line.first(blank);
    const QByteArray rest = line.sliced(blank + 1);
    const qsizetype second = rest.indexOf(' ');
    const auto first = wholeNumber(QByteArrayView(rest).first(second < 0 ? rest.size() : second));
    const QByteArray value = second < 0 ? QByteArray() : rest.sliced(second + 1);
    if (word == "uptime") {
        lines.table.uptimeSeconds = leadingNumber(rest).value_or(0);
    } else if (word == "hz") {
        if (first && *first > 0)
            lines.table.ticksPerSecond = double(*first);
    } else if (word == "page") {
        if (first && *first > 0)
            lines.pageSize = *first;
    } else if (word == "self") {
        lines.self = first.value_or(0);
    } else if (word == "partial") {
        lines.table.seesAllFiles = false;
    } else if (word == "user") {
        if (first)
            lines.users.insert(*first, decode(value));
    } else if (word == "stat") {
        if (auto process = parseStat(rest, lines.pageSize))
            lines.table.processes.push_back(std::move(*process));
    } else if (word == "owner") {
        const auto uid = wholeNumber(value);
        if (first && uid)
            lines.owners.insert(*first, *uid);
    } else if (word == "command") {
        if (first)
            lines.commands.insert(*first, decode(value).trimmed());
    } else if (word == "gpu") {
        const auto minor = wholeNumber(value);
        if (first && minor && *minor < 1024)
            lines.minors[*first].push_back(int(*minor));
    } else if (word == "cuda" && first) {
        lines.cuda.insert(*first);
    }
}

/// The listing's own shell, what made it run, and all that the same connection runs.
void markOwn(ProcessTable &table, qint64 self)
{
    for (TableProcess &process : table.processes)
        process.isSshd = process.name == u"sshd" || process.name.startsWith(u"sshd-");
    // Up to the sshd of this connection: the first one above the shell, and the one of the same
    // connection above it (sshd keeps one as root and one as the user).
    QSet<qint64> above;
    qint64 top = 0;
    for (const TableProcess *at = table.find(self); at && !above.contains(at->pid);
         at = table.find(at->parent)) {
        const bool isListener = at->isSshd && at->command.contains(u"[listener]");
        const bool isFirst = at->isSshd && at->parent <= 1;
        if (at->pid <= 1 || isListener || (isFirst && top != 0))
            break;
        above.insert(at->pid);
        if (at->isSshd)
            top = at->pid;
    }
    QSet<qint64> own = above;
    if (top != 0) {
        for (const qint64 pid : descendants(table, top))
            own.insert(pid);
    }
    for (TableProcess &process : table.processes)
        process.isDanlu = own.contains(process.pid) || process.command.contains(u"danlu-sampler");
}

} // namespace

const TableProcess *ProcessTable::find(qint64 pid) const
{
    const auto at = std::lower_bound(
        processes.begin(), processes.end(), pid,
        [](const TableProcess &process, qint64 wanted) { return process.pid < wanted; });
    return at != processes.end() && at->pid == pid ? &*at : nullptr;
}

Result<ProcessTable> parseProcessTable(QByteArrayView text)
{
    Lines lines;
    for (const QByteArray &line : splitLines(text))
        take(lines, line);
    ProcessTable &table = lines.table;
    if (!lines.isWhole)
        return fail(ErrorCode::Parse, Step::Parse,
                    QStringLiteral("the list of processes is cut off"));
    std::erase_if(table.processes, [](const TableProcess &process) {
        return process.parent == kernelThreads ||
               (process.pid == kernelThreads && process.name == u"kthreadd");
    });
    if (table.processes.empty())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no process is listed"));
    std::sort(table.processes.begin(), table.processes.end(),
              [](const auto &a, const auto &b) { return a.pid < b.pid; });
    const auto twice = std::unique(table.processes.begin(), table.processes.end(),
                                   [](const auto &a, const auto &b) { return a.pid == b.pid; });
    table.processes.erase(twice, table.processes.end());
    for (TableProcess &process : table.processes) {
        process.command = lines.commands.value(process.pid);
        const auto uid = lines.owners.constFind(process.pid);
        if (uid != lines.owners.cend())
            process.user = lines.users.value(*uid, QString::number(*uid));
        process.gpuMinors = lines.minors.value(process.pid);
        std::sort(process.gpuMinors.begin(), process.gpuMinors.end());
        process.gpuMinors.erase(std::unique(process.gpuMinors.begin(), process.gpuMinors.end()),
                                process.gpuMinors.end());
        process.mapsCuda = lines.cuda.contains(process.pid);
    }
    markOwn(table, lines.self);
    return std::move(table);
}

std::optional<double> cpuPercent(const ProcessTable &before, const ProcessTable &now,
                                 const TableProcess &process)
{
    const TableProcess *earlier = before.find(process.pid);
    const double seconds = now.uptimeSeconds - before.uptimeSeconds;
    if (!earlier || earlier->startTicks != process.startTicks || seconds <= 0.1 ||
        process.cpuTicks < earlier->cpuTicks)
        return std::nullopt;
    return double(process.cpuTicks - earlier->cpuTicks) / now.ticksPerSecond / seconds * 100;
}

std::optional<qint64> ageSeconds(const ProcessTable &table, const TableProcess &process)
{
    const double age = table.uptimeSeconds - double(process.startTicks) / table.ticksPerSecond;
    // A container's uptime may be made to count from its own start.
    return age < -1 ? std::nullopt : std::optional(std::max<qint64>(0, qint64(age)));
}

std::vector<qint64> descendants(const ProcessTable &table, qint64 pid)
{
    std::multimap<qint64, qint64> children;
    for (const TableProcess &process : table.processes)
        children.emplace(process.parent, process.pid);
    std::vector<qint64> found;
    QSet<qint64> seen{pid};
    std::vector<qint64> todo{pid};
    while (!todo.empty()) {
        const qint64 parent = todo.back();
        todo.pop_back();
        const auto [from, to] = children.equal_range(parent);
        for (auto child = from; child != to; ++child) {
            if (seen.contains(child->second))
                continue;
            seen.insert(child->second);
            found.push_back(child->second);
            todo.push_back(child->second);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

GpuAttribution attributeGpus(const ProcessTable &table, const std::vector<GpuInfo> &gpus)
{
    GpuAttribution result;
    result.memoryMib.resize(table.processes.size());
    // On several GPUs a process has a row for each.
    QHash<qint64, std::optional<qint64>> told;
    for (const GpuInfo &gpu : gpus) {
        for (const GpuProcess &process : gpu.processes) {
            if (!process.pid)
                continue;
            std::optional<qint64> &sum = told[*process.pid];
            if (process.usedMib)
                sum = sum.value_or(0) + *process.usedMib;
        }
    }
    if (told.isEmpty())
        return result;
    const auto isHolder = [&](qint64 pid) {
        const TableProcess *process = table.find(pid);
        return process && process->holdsGpu();
    };
    result.hasHostPids = !std::all_of(told.keyBegin(), told.keyEnd(), isHolder);
    if (!result.hasHostPids) {
        for (std::size_t i = 0; i < table.processes.size(); ++i)
            result.memoryMib[i] = told.value(table.processes[i].pid);
        return result;
    }
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < table.processes.size(); ++i) {
        if (table.processes[i].holdsGpu() && !isHolder(table.processes[i].parent))
            roots.push_back(i);
    }
    if (told.size() == 1 && roots.size() == 1 && table.seesAllFiles)
        result.memoryMib[roots.front()] = *told.cbegin();
    return result;
}

} // namespace core::probe
