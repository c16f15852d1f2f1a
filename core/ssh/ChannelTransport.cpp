// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/ChannelTransport.h"

#include "core/ssh/SessionEngine.h"

#include <cstring>

namespace core::ssh {

ChannelTransport::ChannelTransport(SessionEngine &jump, QByteArray host, quint16 port,
                                   QObject *parent)
    : Transport(parent)
    , m_jump(&jump)
    , m_host(std::move(host))
    , m_port(port)
{
    m_dummy.bind(QHostAddress::LocalHost, 0);
}

ChannelTransport::~ChannelTransport()
{
    abort();
}

void ChannelTransport::start()
{
    const QPointer<ChannelTransport> self(this);
    ChannelEvents events;
    events.started = [self] {
        if (!self)
            return;
        self->m_connected = true;
        Q_EMIT self->connected();
    };
    events.received = [self](const QByteArray &bytes, bool) {
        if (!self)
            return;
        self->m_received += bytes;
        Q_EMIT self->readyRead();
    };
    events.drained = [self] {
        if (self)
            Q_EMIT self->bytesLeft();
    };
    events.ended = [self](const ChannelEnd &end) {
        if (!self || self->m_ended)
            return;
        self->m_ended = true;
        const Error error = end.error.value_or(Error{ErrorCode::Disconnected, Step::Connect, {}});
        if (self->m_connected)
            Q_EMIT self->ended(error.detail);
        else // the jump host could not reach it
            Q_EMIT self->failed(
                {error.code == ErrorCode::ChannelRefused ? ErrorCode::ConnectFailed : error.code,
                 Step::Connect, error.detail});
    };
    m_channel = m_jump->openTcp(m_host, m_port, std::move(events));
}

void ChannelTransport::write(QByteArrayView bytes)
{
    if (m_jump && !m_ended)
        m_jump->write(m_channel, bytes.toByteArray());
}

qint64 ChannelTransport::unsentBytes() const
{
    return m_jump ? m_jump->queuedBytes(m_channel) : 0;
}

qint64 ChannelTransport::read(char *data, qint64 size)
{
    const qsizetype count = std::min<qsizetype>(qsizetype(size), m_received.size() - m_offset);
    if (count <= 0)
        return 0;
    std::memcpy(data, m_received.constData() + m_offset, std::size_t(count));
    m_offset += count;
    if (m_offset == m_received.size()) {
        m_received.clear();
        m_offset = 0;
    }
    if (m_jump)
        m_jump->acknowledge(m_channel, count);
    return count;
}

void ChannelTransport::abort()
{
    if (m_ended)
        return;
    m_ended = true;
    if (m_jump && m_channel)
        m_jump->cancelChannel(m_channel);
}

} // namespace core::ssh
