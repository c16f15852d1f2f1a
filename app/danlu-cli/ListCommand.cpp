// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/ListCommand.h"

#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/RemotePath.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteListing.h"

#include <QDateTime>

#include <algorithm>
#include <string_view>
#include <tuple>

using namespace core;
using core::transfer::isUtf8;
using core::transfer::shownName;

namespace cli {

namespace {

using ssh::RemoteEntry;

QString typeName(RemoteEntry::Type type)
{
    switch (type) {
    case RemoteEntry::Type::File: return QStringLiteral("file");
    case RemoteEntry::Type::Directory: return QStringLiteral("directory");
    case RemoteEntry::Type::Link: return QStringLiteral("link");
    case RemoteEntry::Type::Other: break;
    }
    return QStringLiteral("other");
}

/// As ls -l writes it.
QString modeWords(const RemoteEntry &entry)
{
    const char type = entry.type == RemoteEntry::Type::Directory ? 'd'
                      : entry.type == RemoteEntry::Type::Link    ? 'l'
                      : entry.type == RemoteEntry::Type::File    ? '-'
                                                                 : '?';
    QString words(QLatin1Char{type});
    if (!entry.mode)
        return words + QStringLiteral("?????????");
    constexpr std::string_view letters = "rwxrwxrwx";
    for (std::size_t i = 0; i < letters.size(); ++i)
        words += (*entry.mode >> (8 - i)) & 1 ? QLatin1Char(letters[i]) : QLatin1Char('-');
    // Set-uid, set-gid and sticky stand on the x of their part.
    for (const auto &[bit, at, letter] :
         {std::tuple{04000U, 3, 's'}, std::tuple{02000U, 6, 's'}, std::tuple{01000U, 9, 't'}}) {
        if (*entry.mode & bit)
            words[at] =
                words[at] == u'x' ? QChar::fromLatin1(letter) : QChar::fromLatin1(letter).toUpper();
    }
    return words;
}

QString timeWords(std::optional<qint64> mtime)
{
    if (!mtime)
        return QStringLiteral("?");
    return QDateTime::fromSecsSinceEpoch(*mtime).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QJsonObject entryToJson(const RemoteEntry &entry)
{
    const auto text = [](const QByteArray &name) {
        return isUtf8(name) ? QString::fromUtf8(name) : shownName(name);
    };
    QJsonObject object{{QStringLiteral("name"), text(entry.name)},
                       {QStringLiteral("type"), typeName(entry.type)}};
    object.insert(QStringLiteral("size"),
                  entry.size ? QJsonValue(qint64(*entry.size)) : QJsonValue());
    object.insert(QStringLiteral("mode"),
                  entry.mode ? QJsonValue(QString::number(*entry.mode, 8).rightJustified(4, u'0'))
                             : QJsonValue());
    object.insert(
        QStringLiteral("mtime"),
        entry.mtime
            ? QJsonValue(QDateTime::fromSecsSinceEpoch(*entry.mtime, Qt::UTC).toString(Qt::ISODate))
            : QJsonValue());
    object.insert(QStringLiteral("target"),
                  entry.link ? QJsonValue(text(*entry.link)) : QJsonValue());
    // A name that is no UTF-8 can't be given back from what is shown.
    if (!isUtf8(entry.name))
        object.insert(QStringLiteral("name_base64"), QString::fromLatin1(entry.name.toBase64()));
    return object;
}

/// "TARGET:PATH" becomes TARGET, for Connection.
Arguments withTarget(Arguments arguments, const RemotePath &remote)
{
    arguments.positionals = {remote.target};
    return arguments;
}

} // namespace

ListCommand::ListCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(withTarget(arguments, splitRemotePath(arguments.positionals.value(0))))
    , m_path(splitRemotePath(arguments.positionals.value(0)).path)
    , m_connection(m_arguments, services)
{
    if (arguments.positionals.size() != 1 || m_arguments.positionals.first().isEmpty())
        m_arguments.positionals.clear();
}

void ListCommand::start()
{
    if (m_arguments.positionals.isEmpty()) {
        finish(reportError({ErrorCode::Usage, Step::None, QStringLiteral("ls TARGET:PATH")},
                           m_arguments.json));
        return;
    }
    connect(&m_connection, &Connection::ready, this, &ListCommand::run);
    connect(&m_connection, &Connection::failed, this,
            [this](const Error &error) { finish(reportError(error, m_arguments.json)); });
    m_connection.start();
}

void ListCommand::run()
{
    m_listing = transfer::listRemote(*m_connection.session(), m_path);
    connect(m_listing, &Operation::finished, this, [this] {
        if (m_listing->error()) {
            finish(reportError(*m_listing->error(), m_arguments.json));
            return;
        }
        std::vector<RemoteEntry> entries = m_listing->entries();
        std::sort(entries.begin(), entries.end(),
                  [](const RemoteEntry &a, const RemoteEntry &b) { return a.name < b.name; });
        print(entries);
        finish(ExitDone);
    });
}

void ListCommand::print(const std::vector<RemoteEntry> &entries) const
{
    if (m_arguments.json) {
        QJsonArray array;
        for (const RemoteEntry &entry : entries)
            array.append(entryToJson(entry));
        printJson(array);
        return;
    }
    for (const RemoteEntry &entry : entries) {
        QString line =
            modeWords(entry) + u' ' +
            (entry.size ? QString::number(*entry.size) : QStringLiteral("?")).rightJustified(12) +
            u' ' + timeWords(entry.mtime) + u' ' + shownName(entry.name);
        if (entry.link)
            line += QStringLiteral(" -> ") + shownName(*entry.link);
        printLine(line);
    }
}

void ListCommand::cancel()
{
    if (m_listing)
        m_listing->cancel();
    else
        finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void ListCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT done(exitCode);
}

} // namespace cli
