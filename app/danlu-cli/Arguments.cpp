// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Arguments.h"

#include "core/transfer/FileNames.h"

using core::ErrorCode;
using core::fail;
using core::Step;

namespace cli {

namespace {

/// Of the last private plane: U+10FF00 to U+10FFFF stand for bytes.
constexpr char32_t firstByte = 0x10ff00;

const QSet<QString> &valueOptions()
{
    static const QSet<QString> names{QStringLiteral("identity"), QStringLiteral("known-hosts"),
                                     QStringLiteral("host-key"), QStringLiteral("connect-timeout"),
                                     QStringLiteral("jump"),     QStringLiteral("config-dir"),
                                     QStringLiteral("interval"), QStringLiteral("count"),
                                     QStringLiteral("name"),     QStringLiteral("login"),
                                     QStringLiteral("price"),    QStringLiteral("rename"),
                                     QStringLiteral("protocol"), QStringLiteral("overwrite"),
                                     QStringLiteral("links"),    QStringLiteral("parallel"),
                                     QStringLiteral("limit"),    QStringLiteral("exclude"),
                                     QStringLiteral("type"),     QStringLiteral("bits"),
                                     QStringLiteral("comment"),  QStringLiteral("key"),
                                     QStringLiteral("by"),       QStringLiteral("currency"),
                                     QStringLiteral("cuda"),     QStringLiteral("torch"),
                                     QStringLiteral("for"),      QStringLiteral("since"),
                                     QStringLiteral("card"),     QStringLiteral("hours"),
                                     QStringLiteral("gpus"),     QStringLiteral("memory"),
                                     QStringLiteral("setup"),    QStringLiteral("then"),
                                     QStringLiteral("fetch"),    QStringLiteral("directory"),
                                     QStringLiteral("conda"),    QStringLiteral("set"),
                                     QStringLiteral("packages")};
    return names;
}

const QSet<QString> &switches()
{
    static const QSet<QString> names{QStringLiteral("json"),
                                     QStringLiteral("password-stdin"),
                                     QStringLiteral("passphrase-stdin"),
                                     QStringLiteral("help"),
                                     QStringLiteral("version"),
                                     QStringLiteral("forget-host-key"),
                                     QStringLiteral("resume"),
                                     QStringLiteral("verify"),
                                     QStringLiteral("keep-password"),
                                     QStringLiteral("setup-no-gpu"),
                                     QStringLiteral("install"),
                                     QStringLiteral("follow"),
                                     QStringLiteral("acceleration"),
                                     QStringLiteral("sizes"),
                                     QStringLiteral("uninstall")};
    return names;
}

core::Result<> takeOption(Arguments &result, const QStringList &argv, qsizetype &i)
{
    const QString word = argv[i].mid(2);
    const qsizetype equals = word.indexOf(u'=');
    const QString name = equals < 0 ? word : word.left(equals);
    if (switches().contains(name) && equals < 0) {
        result.options.insert(name, {});
        return {};
    }
    if (!valueOptions().contains(name))
        return fail(ErrorCode::Usage, Step::None, QStringLiteral("unknown option --%1").arg(name));
    if (equals < 0 && i + 1 >= argv.size())
        return fail(ErrorCode::Usage, Step::None, QStringLiteral("--%1 needs a value").arg(name));
    const QString value = equals >= 0 ? word.mid(equals + 1) : argv[++i];
    if (name == u"exclude")
        result.excludes.append(value);
    else if (name == u"fetch")
        result.fetches.append(value);
    else if (name == u"set")
        result.variables.append(value);
    else
        result.options.insert(name, value);
    return {};
}

} // namespace

QString wordOfBytes(const QByteArray &argument)
{
    QString word;
    for (qsizetype at = 0; at < argument.size();) {
        const auto byte = uchar(argument[at]);
        const qsizetype length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        const QByteArray piece = argument.mid(at, length);
        if (core::transfer::isUtf8(piece)) {
            word += QString::fromUtf8(piece);
            at += piece.size();
        } else {
            const char32_t one = firstByte + byte;
            word += QString::fromUcs4(&one, 1);
            ++at;
        }
    }
    return word;
}

QByteArray bytesOfWord(const QString &word)
{
    QByteArray bytes;
    for (const char32_t one : word.toStdU32String()) {
        if (one >= firstByte && one <= firstByte + 0xff)
            bytes += char(one - firstByte);
        else
            bytes += QString::fromUcs4(&one, 1).toUtf8();
    }
    return bytes;
}

bool Arguments::has(const char *option) const
{
    return options.contains(QLatin1StringView(option));
}

std::optional<QString> Arguments::value(const char *option) const
{
    const auto it = options.constFind(QLatin1StringView(option));
    if (it == options.cend())
        return std::nullopt;
    return *it;
}

core::Result<Arguments> parseArguments(const QStringList &argv)
{
    Arguments result;
    for (qsizetype i = 0; i < argv.size(); ++i) {
        const QString &word = argv[i];
        if (word == u"--") {
            result.remote = argv.mid(i + 1);
            break;
        }
        if (word == u"-h") {
            result.options.insert(QStringLiteral("help"), {});
        } else if (word.startsWith(u"-L") || word.startsWith(u"-R") || word.startsWith(u"-D")) {
            // As ssh takes them: the value may stand apart or at once behind the letter.
            if (word.size() == 2 && i + 1 >= argv.size())
                return fail(ErrorCode::Usage, Step::None,
                            QStringLiteral("%1 needs a value").arg(word));
            const QChar letter = word[1];
            result.forwards.emplace_back(letter, word.size() > 2 ? word.mid(2) : argv[++i]);
        } else if (word.startsWith(u"--")) {
            if (const auto taken = takeOption(result, argv, i); !taken)
                return tl::make_unexpected(taken.error());
        } else if (word.startsWith(u'-') && word.size() > 1) {
            return fail(ErrorCode::Usage, Step::None,
                        QStringLiteral("unknown option %1").arg(word));
        } else if (result.command.isEmpty()) {
            result.command = word;
        } else {
            result.positionals.append(word);
        }
    }
    result.json = result.has("json");
    return result;
}

core::Result<double> positiveNumber(const Arguments &arguments, const char *option, double fallback)
{
    const std::optional<QString> text = arguments.value(option);
    if (!text)
        return fallback;
    bool ok = false;
    const double number = text->toDouble(&ok);
    if (!ok || !(number > 0) || number > 1e9)
        return fail(ErrorCode::Usage, Step::None,
                    QStringLiteral("--%1 takes a number above 0").arg(QLatin1StringView(option)));
    return number;
}

} // namespace cli
