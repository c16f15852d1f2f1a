// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu/SingleInstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

namespace danlu {

namespace {

constexpr int answerMs = 1000;

QString socketName(const QString &directory)
{
    const QByteArray path = QDir(directory).canonicalPath().toUtf8();
    return QStringLiteral("danlu-") +
           QString::fromLatin1(
               QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(24));
}

} // namespace

SingleInstance::SingleInstance(const QString &directory, QObject *parent)
    : QObject(parent)
    , m_lock(QDir(directory).filePath(QStringLiteral("danlu.lock")))
{
    QDir().mkpath(directory);
    m_name = socketName(directory);
    m_lock.setStaleLockTime(0); // however long it runs
    m_isFirst = m_lock.tryLock(0);
    if (!m_isFirst)
        return;
    QLocalServer::removeServer(m_name); // of one that crashed
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *other = m_server.nextPendingConnection()) {
            other->write("ok\n"); // that it was heard
            other->flush();
            connect(other, &QLocalSocket::disconnected, other, &QObject::deleteLater);
            Q_EMIT raiseAsked();
        }
    });
    m_server.listen(m_name);
}

bool SingleInstance::raiseFirst() const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    return socket.waitForConnected(answerMs) && socket.waitForReadyRead(answerMs);
}

} // namespace danlu
