// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/SystemInfo.h"
#include "core/probe/Text.h"

#include <QSet>

#include <limits>

namespace core::probe {

Result<MemInfo> parseMeminfo(QByteArrayView text)
{
    MemInfo memory;
    QSet<QByteArray> withoutUnit; ///< counts, and figures that were cut off before their "kB"
    for (const QByteArray &line : splitLines(text)) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            continue;
        const QByteArrayList words = splitWords(QByteArrayView(line).sliced(colon + 1));
        const auto number = words.isEmpty() ? std::nullopt : wholeNumber(words[0]);
        if (!number || line.first(colon).contains(' '))
            continue;
        const bool kib = words.size() > 1 && words[1].toLower() == "kb";
        if (kib && *number > std::numeric_limits<qint64>::max() / 1024)
            continue;
        if (!kib)
            withoutUnit.insert(line.first(colon).trimmed());
        memory.fields.insert(line.first(colon).trimmed(), kib ? *number * 1024 : *number);
    }
    const auto field = [&](const char *name) -> std::optional<qint64> {
        const auto it = memory.fields.constFind(name);
        if (it == memory.fields.cend() || withoutUnit.contains(name))
            return std::nullopt;
        return *it;
    };
    memory.totalBytes = field("MemTotal");
    memory.availableBytes = field("MemAvailable");
    memory.freeBytes = field("MemFree");
    memory.buffersBytes = field("Buffers");
    memory.cachedBytes = field("Cached");
    memory.sReclaimableBytes = field("SReclaimable");
    memory.swapTotalBytes = field("SwapTotal");
    memory.swapFreeBytes = field("SwapFree");
    if (!memory.totalBytes && !memory.freeBytes)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no MemTotal line"));
    return memory;
}

Result<ProcStat> parseProcStat(QByteArrayView text)
{
    ProcStat stat;
    bool found = false;
    for (const QByteArray &line : splitLines(text)) {
        if (!line.startsWith("cpu"))
            continue;
        const QByteArrayList words = splitWords(line);
        if (words[0] != "cpu") {
            if (wholeNumber(QByteArrayView(words[0]).sliced(3)))
                ++stat.cpus;
            continue;
        }
        // user nice system idle iowait irq softirq steal; guest is in user already.
        for (qsizetype i = 1; i < std::min<qsizetype>(words.size(), 9); ++i) {
            const auto jiffies = wholeNumber(words[i]);
            if (!jiffies || *jiffies > std::numeric_limits<qint64>::max() / 16)
                return fail(ErrorCode::Parse, Step::Parse, decode(line).left(200));
            stat.totalJiffies += *jiffies;
            if (i == 4 || i == 5)
                stat.idleJiffies += *jiffies;
        }
        found = words.size() >= 5;
    }
    if (!found)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no cpu line"));
    return stat;
}

Result<NetCounters> parseNetDev(QByteArrayView text)
{
    NetCounters counters;
    bool found = false;
    for (const QByteArray &line : splitLines(text)) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            continue;
        // The counter may stand right behind the colon.
        const QByteArrayList words = splitWords(QByteArrayView(line).sliced(colon + 1));
        if (words.size() < 9)
            continue;
        const auto rx = wholeNumber(words[0]);
        const auto tx = wholeNumber(words[8]);
        if (!rx || !tx)
            continue;
        found = true;
        const qint64 room = std::numeric_limits<qint64>::max() / 2;
        if (line.first(colon).trimmed() != "lo" && *rx < room && *tx < room &&
            counters.rxBytes < room && counters.txBytes < room) {
            counters.rxBytes += *rx;
            counters.txBytes += *tx;
        }
    }
    if (!found)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no interface line"));
    return counters;
}

} // namespace core::probe
