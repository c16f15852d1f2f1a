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
    bool inodesBehind = false; ///< macOS and FreeBSD: bytes, then iused, ifree and %iused
    bool namesSizes = false;   ///< says its unit, or that the sizes have suffixes
    double unit = 1024;        ///< bytes per figure without a suffix
    double suffixBase = 1024;  ///< 1000 with -H
};

bool isDecimal(char c)
{
    return c >= '0' && c <= '9';
}

bool isPercent(const QByteArray &word)
{
    if (word == "-")
        return true;
    if (!word.endsWith('%') || word.size() < 2)
        return false;
    return std::all_of(word.begin(), word.end() - 1, isDecimal);
}

/// A figure of df: digits, with a decimal point (or comma in other locales) and a suffix with -h;
/// below 0 where the space kept for root is in use.
bool isSize(const QByteArray &word)
{
    if (word == "-")
        return true;
    bool digit = false;
    for (qsizetype i = word.startsWith('-') ? 1 : 0; i < word.size(); ++i) {
        const char c = word[i];
        if (isDecimal(c))
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
    if (word.isEmpty() || word.startsWith('-'))
        return std::nullopt;
    QByteArray digits;
    qsizetype i = 0;
    for (; i < word.size() && (isDecimal(word[i]) || word[i] == '.' || word[i] == ','); ++i)
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

/// Bytes a figure of "1K-blocks", "1024-Blöcke" or "blocs de 1K" stands for.
std::optional<double> unitOf(const QByteArray &lowerWord)
{
    if (lowerWord.isEmpty() || !isDecimal(lowerWord[0]))
        return std::nullopt;
    const qsizetype dash = lowerWord.indexOf('-');
    const QByteArray unit = dash < 0 ? lowerWord : lowerWord.left(dash);
    if (const auto plain = wholeNumber(unit))
        return double(*plain);
    qsizetype at = 0;
    while (at < unit.size() && isDecimal(unit[at]))
        ++at;
    if (at == unit.size())
        return std::nullopt; // more digits than a number has
    static const QByteArray units("bkmgtp");
    const auto count = leadingNumber(unit);
    const qsizetype power = units.indexOf(unit[at]);
    if (!count || power < 0 || unit.size() - at > 3)
        return std::nullopt;
    const bool decimal = unit.endsWith("b") && unit.size() - at == 2;
    return *count * std::pow(decimal ? 1000.0 : 1024.0, double(power));
}

/// Headers are translated: what counts is what is the same everywhere, and the shape of the rows.
Header readHeader(const QByteArray &line)
{
    Header header;
    const QByteArray lower = line.toLower();
    const QByteArrayList words = splitWords(line);
    // GNU's translations put an I before the words: "IUtil.", "I使用", "IИспользовано".
    const auto withI = std::count_if(words.cbegin(), words.cend(), [](const QByteArray &word) {
        return word.size() > 2 && word[0] == 'I';
    });
    header.inodes = lower.contains("inode") || lower.contains("iused") || lower.contains("ifree") ||
                    line.contains("\xE8\x8A\x82\xE7\x82\xB9") || // 节点
                    line.contains("(I)") || withI >= 3;
    header.hasType = lower.contains(" type ") ||
                     lower.contains("\xE7\xB1\xBB\xE5\x9E\x8B") || // 类型
                     lower.contains(" typ ");
    header.namesSizes = lower.contains(" size") || lower.contains("bytes");
    for (const QByteArray &word : splitWords(lower)) {
        if (const auto unit = unitOf(word)) {
            header.unit = *unit;
            header.namesSizes = true;
        }
    }
    if (header.namesSizes && words.contains("iused") && words.contains("%iused")) {
        header.inodes = false;
        header.inodesBehind = true;
    }
    return header;
}

/// A line above the rows, in any language: one of its columns is a share.
bool isHeader(const QByteArray &line)
{
    return splitWords(line).size() >= 5 && !line.startsWith('/') && !line.contains(" /") &&
           (line.contains('%') || line.toLower().contains("capacity"));
}

/// Below 0 is space kept for root that root has taken: for others nothing is left.
std::optional<qint64> availableOf(const QByteArray &word, const Header &header)
{
    if (word.size() > 1 && word.startsWith('-'))
        return 0;
    return bytesOf(word, header);
}

/// Inode figures count, whatever the blocks do. btrfs and some network file systems print 0 inodes
/// for "does not count them".
void takeInodes(DiskInfo &disk, const QByteArray &total, const QByteArray &used, Header header)
{
    header.unit = 1;
    disk.inodesTotal = bytesOf(total, header);
    disk.inodesUsed = bytesOf(used, header);
    if (disk.inodesTotal == 0) {
        disk.inodesTotal.reset();
        disk.inodesUsed.reset();
    }
}

std::optional<DiskInfo> readRow(const QByteArray &line, const Header &header)
{
    // The figures are found from the percentage: names before and mounts behind it may hold blanks.
    const QByteArrayList words = splitWords(line);
    const qsizetype behind = header.inodesBehind ? 3 : 0;
    for (qsizetype p = 4; p + behind + 1 < words.size(); ++p) {
        if (!isPercent(words[p]) || !isSize(words[p - 1]) || !isSize(words[p - 2]) ||
            !isSize(words[p - 3]) || !words[p + behind + 1].startsWith('/'))
            continue;
        if (behind > 0 &&
            (!isSize(words[p + 1]) || !isSize(words[p + 2]) || !isPercent(words[p + 3])))
            continue;
        // Blanks inside a mount point are kept as they stand in the line.
        qsizetype at = 0;
        for (qsizetype i = 0; i <= p + behind; ++i)
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
            takeInodes(disk, words[p - 3], words[p - 2], header);
        } else {
            disk.totalBytes = bytesOf(words[p - 3], header);
            disk.usedBytes = bytesOf(words[p - 2], header);
            disk.availableBytes = availableOf(words[p - 1], header);
        }
        if (behind > 0) {
            Header counts = header;
            counts.unit = 1;
            counts.suffixBase = 1000; // macOS -h
            disk.inodesUsed = bytesOf(words[p + 1], counts);
            const auto free = bytesOf(words[p + 2], counts);
            if (disk.inodesUsed && free && *free <= std::numeric_limits<qint64>::max() / 2 &&
                *disk.inodesUsed <= std::numeric_limits<qint64>::max() / 2)
                disk.inodesTotal = *disk.inodesUsed + *free;
        }
        disk.role = guessDiskRole(disk.mount, disk.fstype.value_or(QString()));
        return disk;
    }
    return std::nullopt;
}

/// Whether a row's figures are as long as no size with a suffix is: they count.
bool hasLongFigures(const QByteArray &line)
{
    const QByteArrayList words = splitWords(line);
    for (qsizetype p = 4; p + 1 < words.size(); ++p) {
        if (isPercent(words[p]) && words[p + 1].startsWith('/'))
            return std::any_of(
                words.cbegin() + p - 3, words.cbegin() + p, [](const QByteArray &word) {
                    return word.size() >= 5 && std::all_of(word.begin(), word.end(), isDecimal);
                });
    }
    return false;
}

/// The columns of df, by their English names.
enum class DfColumn { Text, Mount, Source, Type, Total, Used, Available, Inodes, IUsed, Share };

std::optional<DfColumn> columnOf(const QByteArray &name, bool countsInodes)
{
    if (name == "Filesystem")
        return DfColumn::Source;
    if (name == "Mounted_on")
        return DfColumn::Mount;
    if (name == "Type")
        return DfColumn::Type;
    if (name == "File")
        return DfColumn::Text;
    if (name.endsWith("-blocks") || name == "Size")
        return DfColumn::Total;
    if (name == "Inodes")
        return DfColumn::Inodes;
    if (name == "IUsed" || (countsInodes && name == "Used"))
        return DfColumn::IUsed;
    if (name == "Used")
        return DfColumn::Used;
    if (name == "Avail" || name == "Available" || name == "IFree")
        return name == "IFree" || countsInodes ? DfColumn::Share : DfColumn::Available;
    if (name == "Use%" || name == "IUse%" || name == "Capacity")
        return DfColumn::Share;
    return std::nullopt;
}

bool fits(DfColumn column, const QByteArray &word)
{
    switch (column) {
    case DfColumn::Text:
    case DfColumn::Source:
    case DfColumn::Type: return true;
    case DfColumn::Mount: return word.startsWith('/');
    case DfColumn::Share: return isPercent(word) || isSize(word);
    default: return isSize(word);
    }
}

/// Spreads \a words from \a word on over the columns from \a column on: names and mounts may hold
/// blanks. \a ends gets the index behind each column's last word.
bool spread(const QByteArrayList &words, const std::vector<DfColumn> &columns, qsizetype word,
            std::size_t column, std::vector<qsizetype> &ends)
{
    if (column == columns.size())
        return word == words.size();
    if (word >= words.size() || !fits(columns[column], words[word]))
        return false;
    const bool mayHoldBlanks = columns[column] == DfColumn::Source ||
                               columns[column] == DfColumn::Mount ||
                               columns[column] == DfColumn::Text;
    for (qsizetype end = word + 1; end <= words.size(); ++end) {
        ends[column] = end;
        if (spread(words, columns, end, column + 1, ends))
            return true;
        if (!mayHoldBlanks)
            break;
    }
    return false;
}

DiskInfo diskOf(const QByteArrayList &words, const std::vector<DfColumn> &columns,
                const std::vector<qsizetype> &ends, const Header &header)
{
    DiskInfo disk;
    QByteArray inodes;
    QByteArray inodesUsed;
    qsizetype from = 0;
    for (std::size_t i = 0; i < columns.size(); from = ends[i++]) {
        const QByteArray word = words.sliced(from, ends[i] - from).join(' ');
        switch (columns[i]) {
        case DfColumn::Source: disk.source = decode(word); break;
        case DfColumn::Type: disk.fstype = decode(word); break;
        case DfColumn::Mount: disk.mount = decode(word); break;
        case DfColumn::Total: disk.totalBytes = bytesOf(word, header); break;
        case DfColumn::Used: disk.usedBytes = bytesOf(word, header); break;
        case DfColumn::Available: disk.availableBytes = availableOf(word, header); break;
        case DfColumn::Inodes: inodes = word; break;
        case DfColumn::IUsed: inodesUsed = word; break;
        case DfColumn::Text:
        case DfColumn::Share: break;
        }
    }
    takeInodes(disk, inodes, inodesUsed, header);
    disk.role = guessDiskRole(disk.mount, disk.fstype.value_or(QString()));
    return disk;
}

/// --output and the like: columns in any order, told by their English names. Nothing where a name
/// is another, or no column has the mounts.
std::optional<std::vector<DiskInfo>> readDfColumns(const QByteArrayList &lines)
{
    if (lines.isEmpty())
        return std::nullopt;
    QByteArray head = lines.first();
    head.replace("Mounted on", "Mounted_on");
    const QByteArrayList names = splitWords(head);
    // busybox calls the used inodes "Used", GNU only the bytes.
    const bool countsInodes = names.contains("Inodes") && names.contains("Available");
    std::vector<DfColumn> columns;
    for (const QByteArray &name : names) {
        const auto column = columnOf(name, countsInodes);
        if (!column || columns.size() == 16)
            return std::nullopt;
        columns.push_back(*column);
    }
    if (std::count(columns.cbegin(), columns.cend(), DfColumn::Mount) != 1 ||
        std::count(columns.cbegin(), columns.cend(), DfColumn::Source) > 1 ||
        std::count(columns.cbegin(), columns.cend(), DfColumn::Text) > 1)
        return std::nullopt;
    std::vector<DiskInfo> disks;
    const Header header = readHeader(lines.first());
    QByteArray held; // as in parseDf()
    for (const QByteArray &line : lines.sliced(1)) {
        if (isHeader(line))
            return std::nullopt; // a second listing
        const bool goesOn = !held.isEmpty() && (line.startsWith(' ') || line.startsWith('\t'));
        const QByteArrayList words = splitWords(goesOn ? held + ' ' + line : line);
        std::vector<qsizetype> ends(columns.size());
        constexpr qsizetype mostWords = 64;
        if (words.size() <= mostWords && spread(words, columns, 0, 0, ends)) {
            disks.push_back(diskOf(words, columns, ends, header));
            held.clear();
        } else {
            held = line;
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
    if (const auto columns = readDfColumns(lines); columns && !columns->empty())
        return *columns;
    std::vector<DiskInfo> disks;
    Header header;
    QByteArray held; ///< a device name too long for its column: the rest is on the next line
    bool sawHeader = false;
    bool sawRow = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray &line = lines[i];
        const bool goesOn = !held.isEmpty() && (line.startsWith(' ') || line.startsWith('\t'));
        std::optional<DiskInfo> disk;
        if (goesOn)
            disk = readRow(held + ' ' + line, header);
        if (!disk)
            disk = readRow(line, header);
        if (!disk && !held.isEmpty())
            disk = readRow(held + ' ' + line, header);
        if (disk) {
            disks.push_back(*disk);
            held.clear();
        } else if (isHeader(line)) {
            header = readHeader(line);
            sawHeader = true;
            held.clear();
            // "df -i" in a language that does not say so: no unit, and figures that count.
            if (!header.inodes && !header.namesSizes && i + 1 < lines.size() &&
                std::any_of(lines.cbegin() + i + 1, lines.cend(), hasLongFigures))
                header.inodes = true;
        } else {
            held = line;
            sawRow = true;
        }
    }
    if (disks.empty() && (!sawHeader || sawRow))
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
