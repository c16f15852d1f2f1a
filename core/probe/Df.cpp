// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/SystemInfo.h"
#include "core/probe/Text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace core::probe {

QLatin1StringView diskRoleName(DiskRole role)
{
    switch (role) {
    case DiskRole::System: return QLatin1StringView("system");
    case DiskRole::Data: return QLatin1StringView("data");
    case DiskRole::Shared: return QLatin1StringView("shared");
    case DiskRole::Public: return QLatin1StringView("public");
    case DiskRole::Other: return QLatin1StringView("other");
    }
    return QLatin1StringView("other");
}

namespace {

struct Header
{
    bool hasType = false;
    bool inodes = false;
    double unit = 1024;       ///< bytes per figure without a suffix
    double suffixBase = 1024; ///< 1000 with -H
    bool usable = false;
};

bool isPercent(const QByteArray &word)
{
    if (word == "-")
        return true;
    if (!word.endsWith('%') || word.size() < 2)
        return false;
    return std::all_of(word.begin(), word.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
}

/// A figure of df: digits, with a decimal point (or comma in other locales) and a suffix with -h.
bool isSize(const QByteArray &word)
{
    if (word == "-")
        return true;
    bool digit = false;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (c >= '0' && c <= '9')
            digit = true;
        else if (c == '.' || c == ',')
            continue;
        else
            return digit && QByteArray("BKMGTPEZYkmi").contains(c) && word.size() - i <= 3;
    }
    return digit;
}

std::optional<qint64> bytesOf(const QByteArray &word, const Header &header)
{
    if (word == "-" || word.isEmpty())
        return std::nullopt;
    QByteArray digits;
    qsizetype i = 0;
    for (; i < word.size() &&
           ((word[i] >= '0' && word[i] <= '9') || word[i] == '.' || word[i] == ',');
         ++i)
        digits += word[i] == ',' ? '.' : word[i];
    const QByteArray suffix = word.mid(i);
    if (suffix.isEmpty() && header.unit == 1) {
        return wholeNumber(digits); // exact, where a double would not be
    }
    bool ok = false;
    double value = digits.toDouble(&ok);
    if (!ok || !std::isfinite(value))
        return std::nullopt;
    if (suffix.isEmpty()) {
        value *= header.unit;
    } else {
        static const QByteArray units("BKMGTPEZY");
        const qsizetype power = units.indexOf(suffix.left(1).toUpper());
        if (power < 0)
            return std::nullopt;
        // GNU's "kB" and "MB" mean powers of 1000, "KiB" and bare "K" powers of 1024 (-h).
        const bool decimal = suffix.size() == 2 && suffix[1] == 'B';
        value *= std::pow(decimal ? 1000.0 : header.suffixBase, double(power));
    }
    constexpr double top =
        9223372036854775808.0; // 2^63; "8.0E" is what endless network disks print
    if (value == top)
        return std::numeric_limits<qint64>::max();
    if (value < 0 || value > top)
        return std::nullopt;
    return qint64(std::llround(value));
}

/// Headers are translated: what counts is what is the same everywhere, and the shape of the rows.
Header readHeader(const QByteArray &line)
{
    Header header;
    const QByteArray lower = line.toLower();
    header.usable = true;
    header.inodes = lower.contains("inode") || lower.contains("iused") || lower.contains("ifree") ||
                    line.contains("\xE8\x8A\x82\xE7\x82\xB9"); // 节点
    header.hasType = lower.contains(" type ") ||
                     lower.contains("\xE7\xB1\xBB\xE5\x9E\x8B") || // 类型
                     lower.contains(" typ ");
    for (const QByteArray &word : splitWords(lower)) {
        // 1K-blocks, 1024-blocks, 512-blocks, 1B-blocks, 1M-blocks; 1K-块 in Chinese, 1K-Blöcke,
        // ...
        const qsizetype dash = word.indexOf('-');
        if (dash <= 0 || word[0] < '0' || word[0] > '9')
            continue;
        const QByteArray unit = word.left(dash);
        if (const auto plain = wholeNumber(unit)) {
            header.unit = double(*plain);
        } else {
            static const QByteArray units("bkmgtp");
            const auto count = leadingNumber(unit);
            qsizetype at = 0;
            while (at < unit.size() && unit[at] >= '0' && unit[at] <= '9')
                ++at;
            const qsizetype power = at < unit.size() ? units.indexOf(unit[at]) : -1;
            const bool decimal = unit.endsWith("b") && unit.size() - at == 2;
            if (count && power >= 0)
                header.unit = *count * std::pow(decimal ? 1000.0 : 1024.0, double(power));
        }
    }
    return header;
}

std::optional<DiskInfo> readRow(const QByteArray &line, const Header &header)
{
    // The figures are found from the percentage: names before and mounts behind it may hold blanks.
    const QByteArrayList words = splitWords(line);
    for (qsizetype p = 3; p + 1 < words.size() + 1 && p < words.size(); ++p) {
        if (!isPercent(words[p]) || p < 4 || !isSize(words[p - 1]) || !isSize(words[p - 2]) ||
            !isSize(words[p - 3]))
            continue;
        if (p + 1 >= words.size() || !words[p + 1].startsWith('/'))
            continue;
        // Blanks inside a mount point are kept as they stand in the line.
        qsizetype at = 0;
        for (qsizetype i = 0; i <= p; ++i)
            at = line.indexOf(words[i], at) + words[i].size();
        DiskInfo disk;
        disk.mount = decode(line.mid(at).trimmed());
        qsizetype sourceWords = p - 3;
        if (header.hasType && sourceWords > 1) {
            disk.fstype = decode(words[sourceWords - 1]);
            --sourceWords;
        }
        disk.source = decode(words.first(sourceWords).join(' '));
        if (header.inodes) {
            // Inode figures with -h have suffixes of 1000 or 1024: only the exact ones are taken
            // so.
            Header plain = header;
            plain.unit = 1;
            disk.inodesTotal = bytesOf(words[p - 3], plain);
            disk.inodesUsed = bytesOf(words[p - 2], plain);
        } else {
            disk.totalBytes = bytesOf(words[p - 3], header);
            disk.usedBytes = bytesOf(words[p - 2], header);
            disk.availableBytes = bytesOf(words[p - 1], header);
        }
        disk.role = guessDiskRole(disk.mount, disk.fstype.value_or(QString()));
        return disk;
    }
    return std::nullopt;
}

/// --output and the like: columns in any order, told by their English names.
std::optional<std::vector<DiskInfo>> readOutputForm(const QByteArrayList &lines)
{
    if (lines.isEmpty())
        return std::nullopt;
    QByteArray head = lines.first();
    head.replace("Mounted on", "Mounted_on");
    const QByteArrayList names = splitWords(head);
    const Header header = readHeader(lines.first());
    if (!names.contains("Inodes") && !names.contains("IUsed"))
        return std::nullopt;
    const bool both = std::any_of(names.cbegin(), names.cend(), [](const QByteArray &name) {
        return name.endsWith("-blocks") || name == "Size" || name == "Used";
    });
    if (!both)
        return std::nullopt;
    std::vector<DiskInfo> disks;
    for (const QByteArray &line : lines.sliced(1)) {
        const QByteArrayList words = splitWords(line);
        if (words.size() < names.size())
            continue;
        DiskInfo disk;
        Header plain = header;
        plain.unit = 1;
        for (qsizetype i = 0; i < names.size(); ++i) {
            const QByteArray &name = names[i];
            const QByteArray &word = words[i];
            if (name == "Filesystem")
                disk.source = decode(word);
            else if (name == "Type")
                disk.fstype = decode(word);
            else if (name.endsWith("-blocks") || name == "Size")
                disk.totalBytes = bytesOf(word, header);
            else if (name == "Used")
                disk.usedBytes = bytesOf(word, header);
            else if (name == "Avail" || name == "Available")
                disk.availableBytes = bytesOf(word, header);
            else if (name == "Inodes")
                disk.inodesTotal = bytesOf(word, plain);
            else if (name == "IUsed")
                disk.inodesUsed = bytesOf(word, plain);
            else if (name == "Mounted_on")
                disk.mount = decode(i + 1 == names.size() ? words.sliced(i).join(' ') : word);
        }
        if (disk.mount.startsWith(u'/')) {
            disk.role = guessDiskRole(disk.mount, disk.fstype.value_or(QString()));
            disks.push_back(disk);
        }
    }
    return disks;
}

} // namespace

Result<std::vector<DiskInfo>> parseDf(QByteArrayView text)
{
    QByteArrayList lines;
    for (const QByteArray &line : splitLines(text)) {
        if (!line.trimmed().isEmpty() && !line.startsWith("df: "))
            lines.append(line);
    }
    if (const auto output = readOutputForm(lines))
        return *output;
    std::vector<DiskInfo> disks;
    Header header;
    QByteArray held; ///< a device name too long for its column: the rest is on the next line
    for (const QByteArray &line : lines) {
        const QByteArray whole = held.isEmpty() ? line : held + ' ' + line;
        if (const auto disk = readRow(whole, header)) {
            disks.push_back(*disk);
            held.clear();
        } else if (!held.isEmpty() && readRow(line, header)) {
            disks.push_back(*readRow(line, header));
            held.clear();
        } else if (splitWords(line).size() >= 5 && !line.startsWith('/') && !line.contains(" /")) {
            header = readHeader(line);
            held.clear();
        } else {
            held = splitWords(line).size() <= 3 ? line : QByteArray();
        }
    }
    if (disks.empty() && !header.usable)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no df listing"));
    return disks;
}

std::vector<DiskInfo> mergeInodes(std::vector<DiskInfo> disks, const std::vector<DiskInfo> &inodes)
{
    for (DiskInfo &disk : disks) {
        for (const DiskInfo &other : inodes) {
            if (other.mount != disk.mount)
                continue;
            disk.inodesTotal = other.inodesTotal;
            disk.inodesUsed = other.inodesUsed;
        }
        // btrfs and some network file systems print 0 inodes for "does not count them".
        if (disk.inodesTotal == 0) {
            disk.inodesTotal.reset();
            disk.inodesUsed.reset();
        }
    }
    return disks;
}

DiskRole guessDiskRole(const QString &mount, const QString &fstype)
{
    Q_UNUSED(fstype)
    if (mount == u"/")
        return DiskRole::System;
    static const QStringList data{QStringLiteral("/root/autodl-tmp"), QStringLiteral("/hy-tmp"),
                                  QStringLiteral("/workspace"),
                                  QStringLiteral("/home/featurize/data")};
    static const QStringList shared{
        QStringLiteral("/root/autodl-fs"),      QStringLiteral("/root/autodl-nas"),
        QStringLiteral("/home/featurize/work"), QStringLiteral("/hy-nas"),
        QStringLiteral("/runpod-volume"),       QStringLiteral("/hy-public")};
    static const QStringList common{QStringLiteral("/root/autodl-pub"),
                                    QStringLiteral("/autodl-pub"), QStringLiteral("/public")};
    const auto within = [&](const QStringList &roots) {
        return std::any_of(roots.cbegin(), roots.cend(), [&](const QString &root) {
            return mount == root || mount.startsWith(root + u'/');
        });
    };
    if (within(data))
        return DiskRole::Data;
    if (within(shared))
        return DiskRole::Shared;
    if (within(common))
        return DiskRole::Public;
    return DiskRole::Other;
}

bool isRealDisk(const DiskInfo &disk)
{
    if (disk.role != DiskRole::Other)
        return true;
    static const QStringList pseudo{
        QStringLiteral("tmpfs"),      QStringLiteral("devtmpfs"), QStringLiteral("proc"),
        QStringLiteral("sysfs"),      QStringLiteral("cgroup"),   QStringLiteral("cgroup2"),
        QStringLiteral("devpts"),     QStringLiteral("mqueue"),   QStringLiteral("squashfs"),
        QStringLiteral("efivarfs"),   QStringLiteral("udev"),     QStringLiteral("shm"),
        QStringLiteral("none"),       QStringLiteral("overlay"),  QStringLiteral("lxcfs"),
        QStringLiteral("fuse.lxcfs"), QStringLiteral("nsfs"),     QStringLiteral("debugfs")};
    if (pseudo.contains(disk.fstype.value_or(QString())) ||
        pseudo.contains(disk.source.value_or(QString())))
        return false;
    // Drivers and single files that the container runtime binds from the host.
    for (const char *prefix :
         {"/proc", "/sys", "/dev", "/etc/", "/usr/", "/run", "/lib", "/snap/", "/boot", "/init"}) {
        if (disk.mount.startsWith(QLatin1StringView(prefix)))
            return false;
    }
    return disk.totalBytes.value_or(1) > 0;
}

} // namespace core::probe
