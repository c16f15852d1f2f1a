// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/SftpClient.h"

#include "core/ssh/SessionEngine.h"

#include <QPointer>
#include <QTimer>
#include <QtEndian>

#include <algorithm>
#include <chrono>

namespace core::ssh {

namespace {

/// Longest packet OpenSSH's server sends or takes; a longer one is no SFTP.
constexpr quint32 longestPacket = 256 * 1024;
constexpr qsizetype joinedPackets = 64 * 1024;
constexpr auto limits = "limits@openssh.com";
constexpr auto openPatience = std::chrono::seconds(20); // start-up files take their time

Error noSftp(const char *why = "")
{
    return {ErrorCode::Unsupported, Step::Transfer,
            QStringLiteral("no SFTP there") + QLatin1StringView(why)};
}

} // namespace

SftpClient::SftpClient(SessionEngine &engine, quint32 window, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_window(window)
{
}

SftpClient::~SftpClient()
{
    // Nobody hears of anything any more: what they would use may be gone.
    m_pending.clear();
    m_opened = {};
    m_refill = {};
    m_lost = {};
    if (m_channel != 0 && !std::exchange(m_error, Error{}))
        m_engine.cancelChannel(m_channel);
}

void SftpClient::open(Done<> done)
{
    m_opened = std::move(done);
    QByteArray init(4, '\0');
    init.append(char(SftpType::Init));
    init.append(QByteArray("\0\0\0\3", 4));
    qToBigEndian(quint32(init.size() - 4), init.data());
    m_queue.push_back(init);

    const QPointer<SftpClient> self(this);
    ChannelEvents events;
    events.started = [self] {
        if (self)
            QTimer::singleShot(openPatience, self, &SftpClient::giveUpOpening);
    };
    events.produce = [self] { return self ? self->produce() : QByteArray(); };
    events.received = [self](const QByteArray &bytes, bool isStderr) {
        if (!self)
            return;
        self->m_engine.acknowledge(self->m_channel, bytes.size());
        if (!isStderr)
            self->take(bytes);
    };
    events.ended = [self](const ChannelEnd &end) {
        if (self)
            self->onEnded(end);
    };
    // Queued: a session that is gone ends the channel from inside the call.
    QMetaObject::invokeMethod(
        this,
        [this, events] {
            if (m_engine.lacksSftp()) {
                fail(noSftp());
                return;
            }
            m_channel = m_engine.openSubsystem("sftp", m_window, events);
        },
        Qt::QueuedConnection);
}

void SftpClient::giveUpOpening()
{
    if (m_isOpen || m_error)
        return;
    m_engine.abandonChannel(std::exchange(m_channel, 0));
    fail(noSftp(": nothing came for 20 s; a start-up file there may ask something"));
}

void SftpClient::close()
{
    m_closing = true;
    if (m_pending.isEmpty() && m_queue.empty() && m_channel != 0)
        m_engine.sendEof(m_channel);
}

void SftpClient::wake()
{
    m_engine.wake();
}

QByteArray SftpClient::produce()
{
    if (m_queue.empty() && m_isOpen && m_refill)
        m_refill();
    if (m_queue.empty())
        return {};
    QByteArray next = std::move(m_queue.front());
    m_queue.pop_front();
    while (!m_queue.empty() && next.size() + m_queue.front().size() <= joinedPackets) {
        next += m_queue.front();
        m_queue.pop_front();
    }
    return next;
}

quint32 SftpClient::request(SftpType type, const std::function<void(SftpWriter &)> &write,
                            Answer answer)
{
    const quint32 id = m_nextId++;
    if (m_error) {
        QMetaObject::invokeMethod(
            this,
            [this, answer = std::move(answer)] {
                SftpReader none({});
                answer(&*m_error, SftpType::Status, none);
            },
            Qt::QueuedConnection);
        return id;
    }
    SftpWriter packet(type, id);
    write(packet);
    m_pending.insert(id, answer);
    send(packet.take());
    return id;
}

void SftpClient::send(QByteArray packet)
{
    m_queue.push_back(std::move(packet));
    m_engine.wake();
}

void SftpClient::take(const QByteArray &bytes)
{
    m_received += bytes;
    qsizetype at = 0;
    const QPointer<SftpClient> self(this);
    while (self && !m_error && m_received.size() - at >= 4) {
        const auto size = qFromBigEndian<quint32>(m_received.constData() + at);
        if (size == 0 || size > longestPacket) {
            // What a shell's start-up file prints comes before the first packet.
            fail(m_isOpen
                     ? protocolError("SFTP")
                     : Error{ErrorCode::Unsupported, Step::Transfer,
                             QStringLiteral("the server's start-up files print text into SFTP: ") +
                                 QString::fromUtf8(m_received.left(60))});
            return;
        }
        if (m_received.size() - at - 4 < qsizetype(size))
            break;
        takePacket(QByteArrayView(m_received).sliced(at + 4, qsizetype(size)));
        at += 4 + qsizetype(size);
    }
    if (self)
        m_received.remove(0, at);
}

void SftpClient::takePacket(QByteArrayView packet)
{
    SftpReader body(packet);
    const auto type = SftpType(body.u8());
    const quint32 id = body.u32(); // of a VERSION: the version
    if (type == SftpType::Version && !m_isOpen) {
        takeVersion(body);
        return;
    }
    const auto found = m_pending.find(id);
    if (found == m_pending.end()) {
        fail(protocolError("SFTP"));
        return;
    }
    const Answer answer = std::move(*found);
    m_pending.erase(found);
    const QPointer<SftpClient> self(this);
    answer(nullptr, type, body);
    if (self && m_closing && m_pending.isEmpty() && m_queue.empty())
        m_engine.sendEof(m_channel);
}

void SftpClient::takeVersion(SftpReader &body)
{
    while (!body.atEnd() && body.isValid()) {
        const QByteArray name = body.string().toByteArray();
        body.string();
        m_extensions.append(name);
    }
    m_isOpen = true;
    if (m_extensions.contains(limits))
        askLimits();
    if (const Done<> opened = std::exchange(m_opened, {}))
        opened({});
}

void SftpClient::askLimits()
{
    request(
        SftpType::Extended, [](SftpWriter &packet) { packet.string(limits); },
        [this](const Error *lost, SftpType type, SftpReader &body) {
            if (lost || type != SftpType::ExtendedReply)
                return;
            body.u64(); // longest packet
            const quint64 longestRead = body.u64();
            const quint64 longestWrite = body.u64();
            const quint64 handles = body.u64();
            if (!body.isValid())
                return;
            // Whole pages: a page that is written in two goes costs twice.
            const quint64 most = std::min({longestRead, longestWrite, quint64(252 * 1024)});
            m_dataSize = std::max<qsizetype>(m_dataSize, qsizetype(most / 4096 * 4096));
            if (handles > 0)
                m_maxHandles = qsizetype(std::min<quint64>(handles, 1000));
        });
}

void SftpClient::fail(const Error &error)
{
    if (m_error)
        return;
    m_error = error;
    m_queue.clear();
    if (m_channel != 0)
        m_engine.cancelChannel(m_channel);
    // Each may ask for more, or delete this.
    const QPointer<SftpClient> self(this);
    const QHash<quint32, Answer> pending = std::exchange(m_pending, {});
    if (const Done<> opened = std::exchange(m_opened, {}))
        opened(tl::make_unexpected(error));
    QList<quint32> order = pending.keys();
    std::sort(order.begin(), order.end());
    for (quint32 id : order) {
        if (!self)
            return;
        SftpReader none({});
        pending.value(id)(&error, SftpType::Status, none);
    }
    if (!self)
        return;
    if (const auto lost = std::exchange(m_lost, {}))
        lost(error);
}

void SftpClient::onEnded(const ChannelEnd &end)
{
    const bool wasOpen = m_isOpen;
    m_channel = 0;
    Error error = end.error.value_or(
        Error{ErrorCode::Disconnected, Step::Transfer, QStringLiteral("the server ended SFTP")});
    if (!wasOpen && (error.code == ErrorCode::ChannelRefused || !end.error))
        error = noSftp();
    error.step = Step::Transfer;
    fail(error);
}

} // namespace core::ssh
