// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestTransport.h"

#include <arpa/inet.h>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace support {

TestTransport::TestTransport(Plan plan, QObject *parent)
    : Transport(parent)
    , m_plan(std::move(plan))
{
}

TestTransport::~TestTransport()
{
    abort();
}

void TestTransport::start()
{
    // A recording needs a socket as well: libssh2 switches it to non-blocking.
    m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
    if (m_plan.port != 0) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_plan.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
            qFatal("TestTransport: no server on port %d", m_plan.port);
        m_notifier = new QSocketNotifier(m_socket, QSocketNotifier::Read, this);
        connect(m_notifier, &QSocketNotifier::activated, this, &TestTransport::readyRead);
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            Q_EMIT resolved();
            Q_EMIT connected();
            readyLater();
        },
        Qt::QueuedConnection);
}

void TestTransport::write(QByteArrayView bytes)
{
    while (m_plan.port != 0 && !m_ended && !bytes.isEmpty()) {
        const ssize_t sent =
            ::send(m_socket, bytes.data(), std::size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes = bytes.sliced(sent);
        } else if (errno == EAGAIN) {
            pollfd wait{m_socket, POLLOUT, 0};
            ::poll(&wait, 1, 1000);
        } else {
            end();
        }
    }
}

qint64 TestTransport::read(char *data, qint64 size)
{
    if (m_ended)
        return 0;
    if (m_plan.stutter) {
        m_turn = !m_turn;
        if (m_turn) {
            readyLater();
            return 0;
        }
    }
    if (m_plan.piece > 0)
        size = std::min(size, m_plan.piece);
    if (m_plan.cutAfter >= 0)
        size = std::min(size, m_plan.cutAfter - m_given);
    const qint64 got = size > 0 ? take(data, size) : 0;
    m_given += got;
    if (got == 0 && (size == 0 || (m_plan.port == 0 && m_given >= m_plan.recording.size())))
        end();
    else if (got > 0)
        readyLater();
    return got;
}

qint64 TestTransport::take(char *data, qint64 size)
{
    if (m_plan.port == 0) {
        const qint64 got = std::min(size, m_plan.recording.size() - m_given);
        std::memcpy(data, m_plan.recording.constData() + m_given, std::size_t(got));
        return got;
    }
    if (m_plan.eager) {
        pollfd wait{m_socket, POLLIN, 0};
        ::poll(&wait, 1, 2);
    }
    const ssize_t got = ::recv(m_socket, data, std::size_t(size), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        end();
    return std::max<ssize_t>(got, 0);
}

void TestTransport::readyLater()
{
    // The notifier tells of a live socket's bytes by itself; only what a read held back needs this.
    if (m_plan.port == 0 || m_plan.stutter)
        QMetaObject::invokeMethod(this, &TestTransport::readyRead, Qt::QueuedConnection);
}

void TestTransport::end()
{
    if (m_ended)
        return;
    m_ended = true;
    if (m_notifier)
        m_notifier->setEnabled(false);
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT ended(QStringLiteral("cut by the test")); }, Qt::QueuedConnection);
}

void TestTransport::abort()
{
    m_ended = true;
    if (m_notifier)
        m_notifier->setEnabled(false);
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

} // namespace support
