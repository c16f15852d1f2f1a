// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/SftpClient.h"

#include "core/ssh/SessionEngine.h"

#include <QPointer>
#include <QtEndian>

#include <algorithm>

namespace core::ssh {

namespace {

/// Longest packet OpenSSH's server sends or takes; a longer one is no SFTP.
constexpr quint32 longestPacket = 256 * 1024;
constexpr qsizetype joinedPackets = 64 * 1024;
constexpr auto posixRename = "posix-rename@openssh.com";
constexpr auto statvfs = "statvfs@openssh.com";
constexpr auto limits = "limits@openssh.com";

Error protocolError(const QByteArray &path)
{
    return {ErrorCode::RemoteFailed, Step::Transfer,
            QString::fromUtf8(path) + QStringLiteral(": the server's SFTP answer makes no sense")};
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
        this, [this, events] { m_channel = m_engine.openSubsystem("sftp", m_window, events); },
        Qt::QueuedConnection);
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
    m_pending.insert(id, std::move(answer));
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
}

void SftpClient::onEnded(const ChannelEnd &end)
{
    const bool wasOpen = m_isOpen;
    m_channel = 0;
    Error error = end.error.value_or(
        Error{ErrorCode::Disconnected, Step::Transfer, QStringLiteral("the server ended SFTP")});
    if (!wasOpen && (error.code == ErrorCode::ChannelRefused || !end.error))
        error = {ErrorCode::Unsupported, Step::Transfer, QStringLiteral("no SFTP there")};
    error.step = Step::Transfer;
    fail(error);
}

Error SftpClient::statusError(SftpReader &body, const QByteArray &path)
{
    const quint32 status = body.u32();
    const QString words = QString::fromUtf8(body.string());
    Error error{ErrorCode::RemoteFailed, Step::Transfer, {}};
    switch (SftpStatus(status)) {
    case SftpStatus::NoSuchFile: error.code = ErrorCode::NotFound; break;
    case SftpStatus::PermissionDenied: error.code = ErrorCode::PermissionDenied; break;
    case SftpStatus::Unsupported: error.code = ErrorCode::Unsupported; break;
    case SftpStatus::NoConnection:
    case SftpStatus::ConnectionLost: error.code = ErrorCode::Disconnected; break;
    default: break;
    }
    error.detail = QString::fromUtf8(path) + QStringLiteral(": ") +
                   (words.isEmpty() ? QStringLiteral("SFTP status %1").arg(status) : words);
    return error;
}

SftpClient::Answer SftpClient::statusAnswer(const QByteArray &path, Done<> done)
{
    return [path, done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
        if (lost) {
            done(tl::make_unexpected(*lost));
            return;
        }
        if (type != SftpType::Status) {
            done(tl::make_unexpected(protocolError(path)));
            return;
        }
        SftpReader copy = body;
        if (SftpStatus(body.u32()) == SftpStatus::Ok && body.isValid())
            done({});
        else
            done(tl::make_unexpected(statusError(copy, path)));
    };
}

SftpClient::Answer SftpClient::attributesAnswer(const QByteArray &path, Done<SftpAttributes> done)
{
    return [path, done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
        if (lost) {
            done(tl::make_unexpected(*lost));
            return;
        }
        if (type == SftpType::Status) {
            done(tl::make_unexpected(statusError(body, path)));
            return;
        }
        const SftpAttributes attributes = body.attributes();
        if (type != SftpType::Attrs || !body.isValid())
            done(tl::make_unexpected(protocolError(path)));
        else
            done(attributes);
    };
}

SftpClient::Answer SftpClient::handleAnswer(const QByteArray &path, Done<QByteArray> done)
{
    return [path, done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
        if (lost) {
            done(tl::make_unexpected(*lost));
            return;
        }
        if (type == SftpType::Status) {
            done(tl::make_unexpected(statusError(body, path)));
            return;
        }
        const QByteArray handle = body.string().toByteArray();
        if (type != SftpType::Handle || !body.isValid())
            done(tl::make_unexpected(protocolError(path)));
        else
            done(handle);
    };
}

SftpClient::Answer SftpClient::nameAnswer(const QByteArray &path, Done<QByteArray> done)
{
    return [path, done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
        if (lost) {
            done(tl::make_unexpected(*lost));
            return;
        }
        if (type == SftpType::Status) {
            done(tl::make_unexpected(statusError(body, path)));
            return;
        }
        const quint32 count = body.u32();
        const QByteArray name = body.string().toByteArray();
        if (type != SftpType::Name || count != 1 || !body.isValid())
            done(tl::make_unexpected(protocolError(path)));
        else
            done(name);
    };
}

void SftpClient::realpath(const QByteArray &path, Done<QByteArray> done)
{
    request(
        SftpType::Realpath, [&](SftpWriter &packet) { packet.string(path); },
        nameAnswer(path, std::move(done)));
}

void SftpClient::stat(const QByteArray &path, Done<SftpAttributes> done)
{
    request(
        SftpType::Stat, [&](SftpWriter &packet) { packet.string(path); },
        attributesAnswer(path, std::move(done)));
}

void SftpClient::lstat(const QByteArray &path, Done<SftpAttributes> done)
{
    request(
        SftpType::Lstat, [&](SftpWriter &packet) { packet.string(path); },
        attributesAnswer(path, std::move(done)));
}

void SftpClient::setstat(const QByteArray &path, const SftpAttributes &attributes, Done<> done)
{
    request(
        SftpType::Setstat, [&](SftpWriter &packet) { packet.string(path).attributes(attributes); },
        statusAnswer(path, std::move(done)));
}

void SftpClient::mkdir(const QByteArray &path, Done<> done)
{
    request(
        SftpType::Mkdir, [&](SftpWriter &packet) { packet.string(path).attributes({}); },
        statusAnswer(path, std::move(done)));
}

void SftpClient::rmdir(const QByteArray &path, Done<> done)
{
    request(
        SftpType::Rmdir, [&](SftpWriter &packet) { packet.string(path); },
        statusAnswer(path, std::move(done)));
}

void SftpClient::remove(const QByteArray &path, Done<> done)
{
    request(
        SftpType::Remove, [&](SftpWriter &packet) { packet.string(path); },
        statusAnswer(path, std::move(done)));
}

void SftpClient::rename(const QByteArray &from, const QByteArray &to, Done<> done)
{
    if (m_extensions.contains(posixRename)) {
        request(
            SftpType::Extended,
            [&](SftpWriter &packet) { packet.string(posixRename).string(from).string(to); },
            statusAnswer(to, std::move(done)));
        return;
    }
    const auto plain = [this, from, to](Done<> then) {
        request(
            SftpType::Rename, [&](SftpWriter &packet) { packet.string(from).string(to); },
            statusAnswer(to, std::move(then)));
    };
    plain([this, to, plain, done = std::move(done)](const Result<> &first) {
        if (first || first.error().code != ErrorCode::RemoteFailed) {
            done(first);
            return;
        }
        // Version 3 refuses a name that is taken.
        remove(to, [plain, done](const Result<> &removed) {
            if (removed)
                plain(done);
            else
                done(removed);
        });
    });
}

void SftpClient::readlink(const QByteArray &path, Done<QByteArray> done)
{
    request(
        SftpType::Readlink, [&](SftpWriter &packet) { packet.string(path); },
        nameAnswer(path, std::move(done)));
}

void SftpClient::symlink(const QByteArray &target, const QByteArray &path, Done<> done)
{
    // OpenSSH's order, which everybody follows; the draft has it the other way round.
    request(
        SftpType::Symlink, [&](SftpWriter &packet) { packet.string(target).string(path); },
        statusAnswer(path, std::move(done)));
}

void SftpClient::space(const QByteArray &path, Done<Space> done)
{
    if (!m_extensions.contains(statvfs)) {
        QMetaObject::invokeMethod(
            this,
            [done = std::move(done)] {
                done(core::fail(ErrorCode::Unsupported, Step::Transfer,
                                QStringLiteral("no statvfs@openssh.com")));
            },
            Qt::QueuedConnection);
        return;
    }
    request(
        SftpType::Extended, [&](SftpWriter &packet) { packet.string(statvfs).string(path); },
        [path, done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
            if (lost) {
                done(tl::make_unexpected(*lost));
                return;
            }
            if (type != SftpType::ExtendedReply) {
                done(tl::make_unexpected(statusError(body, path)));
                return;
            }
            body.u64(); // block size
            const quint64 fragment = body.u64();
            body.u64(); // blocks
            body.u64(); // free blocks
            const quint64 available = body.u64();
            Space space;
            space.totalFiles = body.u64();
            body.u64(); // free inodes
            space.availableFiles = body.u64();
            space.availableBytes = available * fragment;
            if (body.isValid())
                done(space);
            else
                done(tl::make_unexpected(protocolError(path)));
        });
}

void SftpClient::opendir(const QByteArray &path, Done<QByteArray> done)
{
    request(
        SftpType::Opendir, [&](SftpWriter &packet) { packet.string(path); },
        handleAnswer(path, std::move(done)));
}

void SftpClient::readdir(const QByteArray &handle, Done<std::vector<RemoteEntry>> done)
{
    request(
        SftpType::Readdir, [&](SftpWriter &packet) { packet.string(handle); },
        [done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
            if (lost) {
                done(tl::make_unexpected(*lost));
                return;
            }
            if (type == SftpType::Status) {
                SftpReader copy = body;
                if (SftpStatus(body.u32()) == SftpStatus::Eof)
                    done(std::vector<RemoteEntry>{});
                else
                    done(tl::make_unexpected(statusError(copy, {})));
                return;
            }
            std::vector<RemoteEntry> entries;
            for (quint32 left = body.u32(); left > 0 && body.isValid(); --left) {
                const QByteArray name = body.string().toByteArray();
                body.string(); // as ls -l would print it
                const SftpAttributes attributes = body.attributes();
                if (body.isValid())
                    entries.push_back(attributes.entry(name));
            }
            if (type != SftpType::Name || !body.isValid())
                done(tl::make_unexpected(protocolError("readdir")));
            else
                done(std::move(entries));
        });
}

void SftpClient::openFile(const QByteArray &path, quint32 flags, std::optional<quint32> mode,
                          Done<QByteArray> done)
{
    SftpAttributes attributes;
    attributes.mode = mode;
    request(
        SftpType::Open,
        [&](SftpWriter &packet) { packet.string(path).u32(flags).attributes(attributes); },
        handleAnswer(path, std::move(done)));
}

void SftpClient::closeHandle(const QByteArray &handle, Done<> done)
{
    request(
        SftpType::Close, [&](SftpWriter &packet) { packet.string(handle); },
        statusAnswer("close", std::move(done)));
}

void SftpClient::fstat(const QByteArray &handle, Done<SftpAttributes> done)
{
    request(
        SftpType::Fstat, [&](SftpWriter &packet) { packet.string(handle); },
        attributesAnswer("stat", std::move(done)));
}

void SftpClient::fsetstat(const QByteArray &handle, const SftpAttributes &attributes, Done<> done)
{
    request(
        SftpType::Fsetstat,
        [&](SftpWriter &packet) { packet.string(handle).attributes(attributes); },
        statusAnswer("setstat", std::move(done)));
}

void SftpClient::read(const QByteArray &handle, quint64 offset, quint32 size,
                      Done<QByteArrayView> done)
{
    request(
        SftpType::Read, [&](SftpWriter &packet) { packet.string(handle).u64(offset).u32(size); },
        [done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
            if (lost) {
                done(tl::make_unexpected(*lost));
                return;
            }
            if (type == SftpType::Status) {
                SftpReader copy = body;
                if (SftpStatus(body.u32()) == SftpStatus::Eof)
                    done(QByteArrayView());
                else
                    done(tl::make_unexpected(statusError(copy, "read")));
                return;
            }
            const QByteArrayView data = body.string();
            if (type != SftpType::Data || !body.isValid() || data.isEmpty())
                done(tl::make_unexpected(protocolError("read")));
            else
                done(data);
        });
}

void SftpClient::write(const QByteArray &handle, quint64 offset, qsizetype size,
                       const std::function<bool(char *)> &fill, Done<> done)
{
    SftpWriter packet(SftpType::Write, m_nextId);
    packet.string(handle).u64(offset);
    if (!fill(packet.room(size)))
        return;
    if (m_error) {
        request(SftpType::Write, {}, statusAnswer("write", std::move(done)));
        return;
    }
    m_pending.insert(m_nextId++, statusAnswer("write", std::move(done)));
    send(packet.take());
}

} // namespace core::ssh
