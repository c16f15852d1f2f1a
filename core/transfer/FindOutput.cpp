// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/FindOutput.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"

namespace core::transfer {

void forEachFound(QByteArrayView records,
                  const std::function<void(const QByteArray &path, const FoundFile &)> &each)
{
    qsizetype at = 0;
    for (qsizetype end = records.indexOf('\0'); end >= 0; end = records.indexOf('\0', at)) {
        const QByteArrayView record = records.sliced(at, end - at);
        at = end + 1;
        const qsizetype first = record.indexOf(' ');
        const qsizetype second = record.indexOf(' ', first + 1);
        if (first < 0 || second < 0)
            continue;
        FoundFile file;
        file.size = record.first(first).toLongLong();
        // "1700000000.1234567890": the seconds are rounded down already, also before 1970.
        const QByteArrayView time = record.sliced(first + 1, second - first - 1);
        const qsizetype point = time.indexOf('.');
        file.mtime = time.first(point < 0 ? time.size() : point).toLongLong();
        each(record.sliced(second + 1).toByteArray(), file);
    }
}

Item::Type typeOfFound(const QByteArray &letter)
{
    using Type = Item::Type;
    return letter == "f"   ? Type::File
           : letter == "d" ? Type::Directory
           : letter == "l" ? Type::Link
                           : Type::Other;
}

QByteArray pruneExpression(const QByteArrayList &excludes)
{
    QByteArrayList tests;
    for (const QByteArray &exclude : excludes) {
        const QByteArray glob = withoutSlashes(exclude);
        const bool isPath = glob.contains('/');
        // find's '*' matches a '/' in a path.
        if (glob.isEmpty() || (isPath && (glob.contains('*') || glob.contains('?'))))
            continue;
        QByteArray pattern;
        for (const char one : glob) {
            if (QByteArrayView("[]\\").contains(one))
                pattern += '\\';
            pattern += one;
        }
        tests.append(isPath ? "-path " + shellQuote("./" + pattern)
                            : "-name " + shellQuote(pattern));
    }
    return tests.isEmpty() ? QByteArray() : "\\( " + tests.join(" -o ") + " \\) -prune -o ";
}

QByteArray pathOfFindError(const QByteArray &line)
{
    // find: './a/b': Permission denied; with ' and what is no ASCII as in C. Older ones: `./a/b'
    const qsizetype begin = line.indexOf("./");
    if (!line.startsWith("find: ") || begin < 7 ||
        (line[begin - 1] != '\'' && line[begin - 1] != '`'))
        return {};
    QByteArray path;
    for (qsizetype at = begin + 2; at < line.size() && line[at] != '\''; ++at) {
        if (line[at] != '\\' || at + 1 >= line.size()) {
            path += line[at];
            continue;
        }
        const char next = line[++at];
        bool isNumber = false;
        const uint byte = line.mid(at, 3).toUInt(&isNumber, 8);
        constexpr QByteArrayView letters = "abtnvfr";
        constexpr QByteArrayView bytes = "\a\b\t\n\v\f\r";
        if (next >= '0' && next <= '3' && isNumber) {
            path += char(byte);
            at += 2;
        } else if (const qsizetype letter = letters.indexOf(next); letter >= 0) {
            path += bytes[letter];
        } else {
            path += next;
        }
    }
    return path;
}

} // namespace core::transfer
