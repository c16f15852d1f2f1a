// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/FileNames.h"

#include <QCryptographicHash>
#include <QStringDecoder>

#include <algorithm>
#include <string>

namespace core::transfer {

QByteArray joinPath(const QByteArray &directory, const QByteArray &name)
{
    if (name.isEmpty())
        return directory;
    if (directory.isEmpty())
        return name;
    return directory.endsWith('/') ? directory + name : directory + '/' + name;
}

QByteArray withoutSlashes(QByteArray path)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

QByteArray shortDigest(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(8);
}

QByteArray partPath(const QByteArray &path, bool isTaken)
{
    constexpr qsizetype longestName = 255;
    constexpr qsizetype keptOfLong = 200;
    const QByteArray plain = withoutSlashes(path);
    const QByteArray name = lastName(plain);
    if (!isTaken &&
        name.size() + qsizetype(std::char_traits<char>::length(partSuffix)) <= longestName)
        return plain + partSuffix;
    qsizetype kept = std::min(name.size(), keptOfLong);
    while (kept > 0 && kept < name.size() && (uchar(name[kept]) & 0xc0) == 0x80)
        --kept; // between characters
    return plain.left(plain.size() - name.size()) + name.left(kept) + '.' + shortDigest(name) +
           partSuffix;
}

QByteArray lastName(const QByteArray &path)
{
    const QByteArray plain = withoutSlashes(path);
    return plain == "/" ? QByteArray() : plain.mid(plain.lastIndexOf('/') + 1);
}

QByteArray parentPath(const QByteArray &path)
{
    const QByteArray plain = withoutSlashes(path);
    const qsizetype slash = plain.lastIndexOf('/');
    if (slash < 0)
        return ".";
    return slash == 0 ? QByteArray("/") : withoutSlashes(plain.left(slash));
}

bool isAtOrBelow(const QByteArray &path, const QByteArray &directory)
{
    return path == directory ||
           path.startsWith(directory.endsWith('/') ? directory : directory + '/');
}

bool isPlainName(const QByteArray &name)
{
    return !name.isEmpty() && name != "." && name != ".." && !name.contains('/') &&
           !name.contains('\0');
}

std::optional<QByteArray> escapedLocalName(const QByteArray &name, bool forWindows)
{
    QByteArray escaped;
    const auto escape = [&](uchar byte) {
        escaped += '%' + QByteArray::number(byte, 16).rightJustified(2, '0').toUpper();
    };
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(name);
    const bool noText = forWindows && decoder.hasError(); // names are UTF-16 there
    for (char one : name) {
        const auto byte = uchar(one);
        const bool harmful = byte < 0x20 || byte == 0x7f || (noText && byte >= 0x80) ||
                             (forWindows && QByteArrayView("<>:\"/\\|?*").contains(one));
        if (harmful)
            escape(byte);
        else
            escaped += one;
    }
    if (forWindows) {
        // A name of a device, whatever comes after its first dot; and an end that Windows drops.
        const QByteArray stem =
            escaped.left(escaped.indexOf('.') < 0 ? escaped.size() : escaped.indexOf('.'))
                .trimmed()
                .toUpper();
        static const QByteArrayList devices{"CON", "PRN", "AUX", "NUL"};
        const bool numbered = stem.size() == 4 && stem[3] >= '0' && stem[3] <= '9' &&
                              (stem.startsWith("COM") || stem.startsWith("LPT"));
        if (devices.contains(stem) || numbered)
            escaped.insert(stem.size(), '_');
        if (escaped.endsWith('.') || escaped.endsWith(' ')) {
            const auto last = uchar(escaped.back());
            escaped.chop(1);
            escape(last);
        }
    }
    if (escaped == name)
        return std::nullopt;
    return escaped;
}

bool hasWindowsNames()
{
#ifdef Q_OS_WIN
    return true;
#else
    return false;
#endif
}

bool staysInside(const QByteArray &path, const QByteArray &target)
{
    if (target.isEmpty() || target.startsWith('/'))
        return false;
    qsizetype depth = path.count('/'); // of the directory that holds the link
    bool named = false;
    for (const QByteArray &part : target.split('/')) {
        if (part == "..") {
            if (named || --depth < 0)
                return false;
        } else if (!part.isEmpty() && part != ".") {
            named = true;
        }
    }
    return true;
}

bool matchesGlob(QByteArrayView glob, QByteArrayView text)
{
    qsizetype g = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype starText = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            starText = t;
        } else if (g < glob.size() && (glob[g] == text[t] || (glob[g] == '?' && text[t] != '/'))) {
            ++g;
            ++t;
        } else if (star >= 0 && text[starText] != '/') {
            g = star + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*')
        ++g;
    return g == glob.size();
}

bool isExcluded(const QByteArrayList &globs, const QByteArray &path)
{
    const QByteArray name = lastName(path);
    return std::any_of(globs.begin(), globs.end(), [&](const QByteArray &glob) {
        const QByteArray plain = withoutSlashes(glob);
        if (plain.startsWith('/'))
            return matchesGlob(QByteArrayView(plain).sliced(1), path);
        return plain.contains('/') ? matchesGlob(plain, path) : matchesGlob(plain, name);
    });
}

bool isUtf8(const QByteArray &name)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(name);
    return !decoder.hasError();
}

QString shownName(const QByteArray &name)
{
    // Nearly all names, by the 100,000.
    const bool isPlain = std::all_of(name.cbegin(), name.cend(), [](char one) {
        return one >= 0x20 && one < 0x7f && one != '\\'; // a byte above is negative or more
    });
    if (isPlain)
        return QString::fromLatin1(name);
    const auto escaped = [](uchar byte) {
        return QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
    };
    QString shown;
    for (qsizetype at = 0; at < name.size();) {
        const auto byte = uchar(name[at]);
        // Else it would be read as an escape.
        const bool isEscape = byte == '\\' && at + 1 < name.size() && name[at + 1] == 'x';
        const qsizetype length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        const QByteArray piece = name.sliced(at, std::min(length, name.size() - at));
        if (byte < 0x20 || byte == 0x7f || isEscape || !isUtf8(piece)) {
            shown += escaped(byte);
            ++at;
            continue;
        }
        const QString text = QString::fromUtf8(piece);
        // C1 controls and what turns the direction of writing would garble the line.
        const bool harmful = std::any_of(text.cbegin(), text.cend(), [](QChar c) {
            return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
        });
        if (harmful) {
            for (char one : piece)
                shown += escaped(uchar(one));
        } else {
            shown += text;
        }
        at += piece.size();
    }
    return shown;
}

QByteArray nameFromShown(const QString &shown)
{
    return nameFromShown(shown.toUtf8());
}

QByteArray nameFromShown(const QByteArray &text)
{
    const auto digit = [](char one) {
        const qsizetype at = QByteArrayView("0123456789abcdef").indexOf(one | 0x20);
        return one >= '0' && one <= 'f' ? int(at) : -1;
    };
    QByteArray name;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool mayEscape = text[at] == '\\' && at + 3 < text.size() && text[at + 1] == 'x';
        const int high = mayEscape ? digit(text[at + 2]) : -1;
        const int low = mayEscape ? digit(text[at + 3]) : -1;
        if (high >= 0 && low >= 0) {
            name += char(high * 16 + low);
            at += 3;
        } else {
            name += text[at];
        }
    }
    return name;
}

} // namespace core::transfer
