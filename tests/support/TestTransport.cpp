// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestTransport.h"

#include <arpa/inet.h>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>

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
    // A replay needs a socket as well: libssh2 switches it to non-blocking.
    m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
    if (m_plan.port != 0) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_plan.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
            qFatal("TestTransport: no server on port %d", m_plan.port);
        m_notifier = new QSocketNotifier(m_socket, QSocketNotifier::Read, this);
        if (m_plan.record)
            connect(m_notifier, &QSocketNotifier::activated, this, &TestTransport::hear);
        else
            connect(m_notifier, &QSocketNotifier::activated, this, &TestTransport::readyRead);
        m_silence.setSingleShot(true);
        connect(&m_silence, &QTimer::timeout, this, [this] {
            m_plan.record->pieces.push_back({m_written, std::exchange(m_heard, {})});
            Q_EMIT readyRead();
        });
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
    if (m_plan.record)
        m_plan.record->said.append(bytes);
    if (m_plan.replay && !m_ended) {
        const QByteArrayView said(m_plan.replay->said);
        m_saysTheSame = m_saysTheSame && m_written + bytes.size() <= said.size() &&
                        said.sliced(m_written, bytes.size()) == bytes;
        readyLater(); // it may have been waited for
    }
    m_written += bytes.size();
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
    if (++m_reads == m_plan.starveAt) {
        readyLater();
        return 0;
    }
    if (m_plan.piece > 0)
        size = std::min(size, m_plan.piece);
    if (m_plan.haltAfter >= 0 && m_given >= m_plan.haltAfter)
        return 0;
    if (m_plan.haltAfter >= 0)
        size = std::min(size, m_plan.haltAfter - m_given);
    size = std::min(size, mostGiven() - m_given);
    const qint64 got = size > 0 ? take(data, size) : 0;
    m_given += got;
    if (size == 0)
        end();
    else if (got > 0)
        readyLater();
    return got;
}

qint64 TestTransport::mostGiven() const
{
    if (m_plan.cutAfter >= 0)
        return m_plan.cutAfter;
    return m_plan.port == 0 ? m_plan.replay->size() : std::numeric_limits<qint64>::max();
}

const Recording *TestTransport::recording() const
{
    return m_plan.record ? m_plan.record.get() : m_plan.replay.get();
}

void TestTransport::hear()
{
    using namespace std::chrono_literals;
    char buffer[4096];
    const ssize_t got = ::recv(m_socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got > 0) {
        m_heard.append(buffer, got);
        m_silence.start(30ms);
    } else if (got == 0) {
        end();
    }
}

qint64 TestTransport::takeReplayed(char *data, qint64 size)
{
    const Recording &replay = *recording();
    if (m_piece >= replay.pieces.size() || m_written < replay.pieces[m_piece].after)
        return 0;
    const QByteArray &bytes = replay.pieces[m_piece].bytes;
    const qint64 got = std::min<qint64>(size, bytes.size() - m_pieceOffset);
    std::memcpy(data, bytes.constData() + m_pieceOffset, std::size_t(got));
    m_pieceOffset += got;
    if (m_pieceOffset == bytes.size()) {
        ++m_piece;
        m_pieceOffset = 0;
    }
    return got;
}

qint64 TestTransport::take(char *data, qint64 size)
{
    if (recording())
        return takeReplayed(data, size);
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
    if (m_plan.port != 0 && !m_plan.stutter)
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            Q_EMIT readyRead();
            if (m_plan.port == 0 && m_given >= mostGiven())
                end(); // also where nobody reads
        },
        Qt::QueuedConnection);
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
