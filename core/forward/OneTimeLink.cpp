// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/OneTimeLink.h"

#include <QRandomGenerator>
#include <QTcpSocket>

#include <array>
#include <utility>

namespace core::forward {

namespace {

constexpr qsizetype longestRequestLine = 1024;
constexpr auto requestPatience = std::chrono::seconds(10);

QByteArray unguessablePath()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const QByteArrayView bytes(reinterpret_cast<const char *>(words.data()), sizeof(words));
    return "/" + bytes.toByteArray().toHex();
}

/// RFC 9110, 15.4.4 and 15.5.5. Neither is to be kept, nor told to the next page.
QByteArray answerText(QByteArrayView status, const QByteArray &location)
{
    QByteArray text = "HTTP/1.1 " + status.toByteArray() + "\r\n";
    if (!location.isEmpty())
        text += "Location: " + location + "\r\n";
    return text + "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
                  "Content-Length: 0\r\nConnection: close\r\n\r\n";
}

} // namespace

OneTimeLink::OneTimeLink(QUrl target, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_path(unguessablePath())
{
    m_server.setMaxPendingConnections(4);
    m_lifetime.setSingleShot(true);
    connect(&m_server, &QTcpServer::newConnection, this, &OneTimeLink::takeConnection);
    connect(&m_lifetime, &QTimer::timeout, this, [this] { end(false); });
}

OneTimeLink::~OneTimeLink() = default;

Result<QUrl> OneTimeLink::listen(std::chrono::milliseconds lifetime)
{
    if (!m_server.listen(QHostAddress::LocalHost))
        return tl::unexpected(Error{ErrorCode::LocalIo, Step::Local, m_server.errorString()});
    m_lifetime.start(lifetime);
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_server.serverPort());
    url.setPath(QString::fromLatin1(m_path));
    return url;
}

void OneTimeLink::takeConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readRequest(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(requestPatience, socket, &QTcpSocket::abort);
    }
}

void OneTimeLink::readRequest(QTcpSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() > longestRequestLine)
            socket->abort();
        return;
    }
    const QByteArrayList words = socket->readLine(longestRequestLine).trimmed().split(' ');
    const bool isIt = !m_hasEnded && words.size() == 3 && words[0] == "GET" && words[1] == m_path;
    socket->disconnect(this); // what follows in the request changes nothing
    socket->write(isIt ? answerText("303 See Other", m_target.toEncoded())
                       : answerText("404 Not Found", {}));
    if (isIt) {
        // Closed first: a second one finds nobody. The answer goes before the owner is told.
        m_server.close();
        m_lifetime.stop();
        connect(socket, &QTcpSocket::disconnected, this, [this] { end(true); });
        m_hasEnded = true;
    }
    socket->disconnectFromHost();
}

void OneTimeLink::end(bool wasUsed)
{
    m_server.close();
    m_lifetime.stop();
    m_hasEnded = true;
    m_target.clear();
    Q_EMIT finished(wasUsed);
}

} // namespace core::forward
