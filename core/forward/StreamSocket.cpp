// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/StreamSocket.h"

#include "core/forward/NativeSocket.h"

namespace core::forward {

StreamSocket::StreamSocket(qintptr descriptor, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_reader(descriptor, QSocketNotifier::Read, this)
    , m_writer(descriptor, QSocketNotifier::Write, this)
{
    m_writer.setEnabled(false);
    connect(&m_reader, &QSocketNotifier::activated, this, [this] {
        m_reader.setEnabled(false); // until all is read
        m_isReadable = true;
        Q_EMIT readable();
    });
    connect(&m_writer, &QSocketNotifier::activated, this, &StreamSocket::flush);
    if (!native::prepare(descriptor))
        QMetaObject::invokeMethod(this, &StreamSocket::breakOff, Qt::QueuedConnection);
}

StreamSocket::~StreamSocket()
{
    m_reader.setEnabled(false);
    m_writer.setEnabled(false);
    native::close(m_descriptor, m_resets);
}

QByteArray StreamSocket::read(qsizetype most)
{
    if (!m_isReadable || m_hasEnded || m_isBroken)
        return {};
    QByteArray bytes(most, Qt::Uninitialized);
    const qint64 got = native::receive(m_descriptor, bytes.data(), most);
    if (got > 0) {
        bytes.truncate(got);
        return bytes;
    }
    m_isReadable = false;
    if (got == 0)
        m_hasEnded = true;
    else if (got == native::nothingNow)
        m_reader.setEnabled(true);
    else // its user is in the midst of a call
        QMetaObject::invokeMethod(this, &StreamSocket::breakOff, Qt::QueuedConnection);
    return {};
}

void StreamSocket::write(const QByteArray &bytes)
{
    if (m_isBroken || m_finishWanted || bytes.isEmpty())
        return;
    m_outgoing.push_back(bytes);
    m_unsent += bytes.size();
    if (!m_writer.isEnabled())
        flush();
}

void StreamSocket::finish()
{
    m_finishWanted = true;
    if (!m_writer.isEnabled())
        flush();
}

void StreamSocket::flush()
{
    qsizetype gone = 0;
    bool isFull = false;
    while (!m_outgoing.empty() && !isFull) {
        const QByteArray &piece = m_outgoing.front();
        const qint64 sent = native::send(m_descriptor, QByteArrayView(piece).sliced(m_offset));
        if (sent == native::broken) {
            m_writer.setEnabled(false);
            QMetaObject::invokeMethod(this, &StreamSocket::breakOff, Qt::QueuedConnection);
            return;
        }
        if (sent == native::nothingNow) {
            isFull = true;
            break;
        }
        gone += sent;
        m_offset += sent;
        if (m_offset == piece.size()) {
            m_outgoing.pop_front();
            m_offset = 0;
        }
    }
    m_unsent -= gone;
    m_writer.setEnabled(isFull);
    if (m_outgoing.empty() && m_finishWanted && !m_isFinished) {
        m_isFinished = true;
        native::endSending(m_descriptor);
    }
    if (gone > 0)
        Q_EMIT bytesLeft(gone);
}

void StreamSocket::breakOff()
{
    if (m_isBroken)
        return;
    m_isBroken = true;
    m_reader.setEnabled(false);
    m_writer.setEnabled(false);
    m_outgoing.clear();
    m_unsent = 0;
    Q_EMIT failed();
}

} // namespace core::forward
