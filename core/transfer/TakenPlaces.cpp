// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TakenPlaces.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSet>
#include <QUuid>

namespace core::transfer {

namespace {

constexpr int listsTimeoutMs = 5000;
constexpr int listsStaleMs = 10000;
constexpr auto listSuffix = ".places";
constexpr auto aliveSuffix = ".lock";

/// Of this user alone; "" where there can be none.
QString listsDirectory()
{
    const uint user = QFileInfo(QDir::homePath()).ownerId(); // the same number for all on Windows
    const QString path =
        QDir(QDir::tempPath()).filePath(QStringLiteral("danlu-copies-%1").arg(user));
    if (!QDir().mkpath(path))
        return {};
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return QFileInfo(path).isWritable() ? path : QString();
}

QString aliveFile(const QString &list)
{
    return list.chopped(qsizetype(qstrlen(listSuffix))) + QLatin1String(aliveSuffix);
}

/// Empty for one whose program has ended, which goes.
QSet<QByteArray> placesIn(const QString &list)
{
    QLockFile alive(aliveFile(list));
    alive.setStaleLockTime(0);
    if (alive.tryLock(0)) {
        QFile::remove(list);
        return {};
    }
    QFile file(list);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArrayList places = file.readAll().split('\0');
    return {places.begin(), places.end()};
}

} // namespace

TakenPlaces::TakenPlaces() = default;

TakenPlaces::~TakenPlaces()
{
    if (!m_list.isEmpty())
        QFile::remove(m_list);
}

std::optional<QByteArray> TakenPlaces::take(const QByteArray &server, const QByteArrayList &places)
{
    const QString path = listsDirectory();
    if (path.isEmpty())
        return std::nullopt;
    const QDir directory(path);
    QLockFile lists(directory.filePath(QStringLiteral("lists.lock")));
    lists.setStaleLockTime(listsStaleMs);
    if (!lists.tryLock(listsTimeoutMs))
        return std::nullopt;
    QByteArray mine;
    for (const QByteArray &place : places)
        mine += server + ':' + place + '\0';
    const QStringList others =
        directory.entryList({QLatin1Char('*') + QLatin1String(listSuffix)}, QDir::Files);
    for (const QString &other : others) {
        const QSet<QByteArray> taken = placesIn(directory.filePath(other));
        for (const QByteArray &place : places) {
            if (taken.contains(server + ':' + place))
                return place;
        }
    }
    const QString list =
        directory.filePath(QUuid::createUuid().toString(QUuid::Id128) + QLatin1String(listSuffix));
    auto alive = std::make_unique<QLockFile>(aliveFile(list));
    alive->setStaleLockTime(0); // however long it takes
    QFile file(list);
    if (!alive->tryLock(0) || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return std::nullopt;
    m_list = list;
    m_alive = std::move(alive);
    file.write(mine);
    return std::nullopt;
}

} // namespace core::transfer
