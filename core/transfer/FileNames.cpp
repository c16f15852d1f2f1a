// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/FileNames.h"

#include <QStringDecoder>

#include <algorithm>

namespace core::transfer {

QByteArray joinPath(const QByteArray &directory, const QByteArray &name)
{
    if (name.isEmpty())
        return directory;
    if (directory.isEmpty())
        return name;
    return directory.endsWith('/') ? directory + name : directory + '/' + name;
}

namespace {

QByteArray withoutSlashes(QByteArray path)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

bool matches(QByteArrayView glob, QByteArrayView text)
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

} // namespace

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
    for (const QByteArray &part : target.split('/')) {
        if (part == "..")
            --depth;
        else if (!part.isEmpty() && part != ".")
            ++depth;
        if (depth < 0)
            return false;
    }
    return true;
}

bool isExcluded(const QByteArrayList &globs, const QByteArray &path)
{
    const QByteArray name = lastName(path);
    return std::any_of(globs.begin(), globs.end(), [&](const QByteArray &glob) {
        const QByteArray plain = withoutSlashes(glob);
        return plain.contains('/') ? matches(plain, path) : matches(plain, name);
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
    const auto escaped = [](uchar byte) {
        return QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
    };
    QString shown;
    for (qsizetype at = 0; at < name.size();) {
        const auto byte = uchar(name[at]);
        const qsizetype length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        const QByteArray piece = name.sliced(at, std::min(length, name.size() - at));
        if (byte < 0x20 || byte == 0x7f || !isUtf8(piece)) {
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
    const QByteArray text = shown.toUtf8();
    QByteArray name;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QByteArray digits = text.mid(at + 2, 2);
        bool isNumber = false;
        const uint byte = digits.toUInt(&isNumber, 16);
        if (text[at] == '\\' && text.mid(at + 1, 1) == "x" && digits.size() == 2 && isNumber) {
            name += char(byte);
            at += 3;
        } else {
            name += text[at];
        }
    }
    return name;
}

} // namespace core::transfer
