// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/TcpTransport.h"

namespace core::ssh {

using namespace std::chrono_literals;

TcpTransport::TcpTransport(QString host, quint16 port, std::chrono::milliseconds timeout,
                           QObject *parent)
    : Transport(parent)
    , m_host(std::move(host))
    , m_port(port)
    , m_timeout(timeout)
    , m_deadline(this)
    , m_stagger(this)
{
    m_deadline.setSingleShot(true);
    m_stagger.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finishFailed(m_resolved ? ErrorCode::ConnectTimeout : ErrorCode::HostNotFound,
                     m_resolved ? m_lastError : QStringLiteral("the name server did not answer"));
    });
    connect(&m_stagger, &QTimer::timeout, this, &TcpTransport::tryNext);
}

TcpTransport::~TcpTransport()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
}

void TcpTransport::start()
{
    m_deadline.start(m_timeout);
    if (QHostAddress literal; literal.setAddress(m_host))
        QMetaObject::invokeMethod(
            this, [this, literal] { useAddresses({literal}); }, Qt::QueuedConnection);
    else
        m_lookup = QHostInfo::lookupHost(m_host, this, &TcpTransport::onLookedUp);
}

void TcpTransport::onLookedUp(const QHostInfo &info)
{
    m_lookup = -1;
    if (m_done)
        return;
    if (info.error() != QHostInfo::NoError || info.addresses().isEmpty()) {
        finishFailed(ErrorCode::HostNotFound, info.errorString());
        return;
    }
    useAddresses(info.addresses());
}

void TcpTransport::useAddresses(const QList<QHostAddress> &addresses)
{
    if (m_done)
        return;
    m_addresses = addresses;
    m_resolved = true;
    Q_EMIT resolved();
    tryNext();
}

void TcpTransport::tryNext()
{
    if (m_done || m_addresses.isEmpty())
        return;
    const QHostAddress address = m_addresses.takeFirst();
    auto *socket = new QTcpSocket(this);
    m_attempts.append(socket);
    // An instance is reached directly; a proxy set for the web has nothing to do with it.
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QTcpSocket::connected, this, [this, socket] { onConnected(socket); });
    connect(socket, &QTcpSocket::errorOccurred, this, [this, socket] { onAttemptFailed(socket); });
    socket->connectToHost(address, m_port);
    if (!m_addresses.isEmpty())
        m_stagger.start(250ms);
}

void TcpTransport::onConnected(QTcpSocket *socket)
{
    if (m_done)
        return;
    m_done = true;
    m_deadline.stop();
    m_stagger.stop();
    m_socket = socket;
    m_attempts.removeOne(socket);
    for (QTcpSocket *other : std::as_const(m_attempts)) {
        other->disconnect(this);
        other->abort();
        other->deleteLater();
    }
    m_attempts.clear();
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, &Transport::readyRead);
    connect(socket, &QTcpSocket::bytesWritten, this, &Transport::bytesLeft);
    connect(socket, &QTcpSocket::disconnected, this, [this] {
        if (m_ended)
            return;
        m_ended = true;
        Q_EMIT ended(m_socket->errorString());
    });
    Q_EMIT connected();
    if (socket->bytesAvailable() > 0)
        Q_EMIT readyRead();
}

void TcpTransport::onAttemptFailed(QTcpSocket *socket)
{
    if (m_done)
        return; // the connected socket reports through disconnected()
    m_lastError = socket->errorString();
    m_attempts.removeOne(socket);
    socket->deleteLater();
    if (!m_addresses.isEmpty())
        tryNext();
    else if (m_attempts.isEmpty())
        finishFailed(ErrorCode::ConnectFailed, m_lastError);
}

void TcpTransport::finishFailed(ErrorCode code, const QString &detail)
{
    if (m_done)
        return;
    m_done = true;
    m_ended = true;
    m_deadline.stop();
    m_stagger.stop();
    for (QTcpSocket *socket : std::as_const(m_attempts)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
    m_attempts.clear();
    const Step step = code == ErrorCode::HostNotFound ? Step::Resolve : Step::Connect;
    Q_EMIT failed({code, step, detail});
}

void TcpTransport::write(QByteArrayView bytes)
{
    if (m_socket)
        m_socket->write(bytes.data(), bytes.size());
}

qint64 TcpTransport::unsentBytes() const
{
    return m_socket ? m_socket->bytesToWrite() : 0;
}

qint64 TcpTransport::read(char *data, qint64 size)
{
    return m_socket ? std::max<qint64>(0, m_socket->read(data, size)) : 0;
}

bool TcpTransport::isEnded() const
{
    return m_ended;
}

void TcpTransport::abort()
{
    m_done = true;
    m_ended = true;
    m_deadline.stop();
    m_stagger.stop();
    if (m_socket)
        m_socket->abort();
    for (QTcpSocket *socket : std::as_const(m_attempts))
        socket->abort();
}

qintptr TcpTransport::socketDescriptor() const
{
    return m_socket ? m_socket->socketDescriptor() : -1;
}

} // namespace core::ssh
