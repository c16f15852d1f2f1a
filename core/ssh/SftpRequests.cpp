// SPDX-License-Identifier: GPL-3.0-or-later
// SftpClient's requests and what their answers mean.
#include "core/ssh/SftpClient.h"

#include <algorithm>
#include <limits>

namespace core::ssh {

namespace {

constexpr auto posixRename = "posix-rename@openssh.com";
constexpr auto statvfs = "statvfs@openssh.com";

} // namespace

Error SftpClient::protocolError(const QByteArray &path)
{
    return {ErrorCode::RemoteFailed, Step::Transfer,
            QString::fromUtf8(path) + QStringLiteral(": the server's SFTP answer makes no sense")};
}

Error SftpClient::statusError(SftpReader &body, const QByteArray &path, const char *tried)
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
    error.detail = QString::fromUtf8(path) + QStringLiteral(": ");
    // Most of what can go wrong is one number, for which servers say no more than "Failure".
    if (tried && SftpStatus(status) == SftpStatus::Failure)
        error.detail += QLatin1StringView(tried) + QStringLiteral(": ");
    error.detail += (words.isEmpty() ? QStringLiteral("SFTP status %1").arg(status) : words);
    return error;
}

SftpClient::Answer SftpClient::statusAnswer(const QByteArray &path, const char *tried, Done<> done)
{
    return
        [path, tried, done = std::move(done)](const Error *lost, SftpType type, SftpReader &body) {
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
                done(tl::make_unexpected(statusError(copy, path, tried)));
        };
}

template <typename T>
SftpClient::Answer SftpClient::valueAnswer(const QByteArray &path, const char *tried,
                                           SftpType wanted, std::optional<T> (*parse)(SftpReader &),
                                           Done<T> done)
{
    return [path, tried, wanted, parse, done = std::move(done)](const Error *lost, SftpType type,
                                                                SftpReader &body) {
        if (lost) {
            done(tl::make_unexpected(*lost));
            return;
        }
        if (type == SftpType::Status) {
            done(tl::make_unexpected(statusError(body, path, tried)));
            return;
        }
        const std::optional<T> value = parse(body);
        if (type != wanted || !value || !body.isValid())
            done(tl::make_unexpected(protocolError(path)));
        else
            done(*value);
    };
}

SftpClient::Answer SftpClient::attributesAnswer(const QByteArray &path, const char *tried,
                                                Done<SftpAttributes> done)
{
    return valueAnswer<SftpAttributes>(
        path, tried, SftpType::Attrs,
        [](SftpReader &body) { return std::optional(body.attributes()); }, std::move(done));
}

SftpClient::Answer SftpClient::handleAnswer(const QByteArray &path, const char *tried,
                                            Done<QByteArray> done)
{
    return valueAnswer<QByteArray>(
        path, tried, SftpType::Handle,
        [](SftpReader &body) { return std::optional(body.string().toByteArray()); },
        std::move(done));
}

SftpClient::Answer SftpClient::nameAnswer(const QByteArray &path, const char *tried,
                                          Done<QByteArray> done)
{
    return valueAnswer<QByteArray>(
        path, tried, SftpType::Name,
        [](SftpReader &body) -> std::optional<QByteArray> {
            if (body.u32() != 1) // names
                return std::nullopt;
            return body.string().toByteArray();
        },
        std::move(done));
}

void SftpClient::realpath(const QByteArray &path, Done<QByteArray> done)
{
    request(
        SftpType::Realpath, [&](SftpWriter &packet) { packet.string(path); },
        nameAnswer(path, "realpath", std::move(done)));
}

void SftpClient::stat(const QByteArray &path, Done<SftpAttributes> done)
{
    request(
        SftpType::Stat, [&](SftpWriter &packet) { packet.string(path); },
        attributesAnswer(path, "stat", std::move(done)));
}

void SftpClient::lstat(const QByteArray &path, Done<SftpAttributes> done)
{
    request(
        SftpType::Lstat, [&](SftpWriter &packet) { packet.string(path); },
        attributesAnswer(path, "lstat", std::move(done)));
}

void SftpClient::setstat(const QByteArray &path, const SftpAttributes &attributes, Done<> done)
{
    request(
        SftpType::Setstat, [&](SftpWriter &packet) { packet.string(path).attributes(attributes); },
        statusAnswer(path, "setstat", std::move(done)));
}

void SftpClient::mkdir(const QByteArray &path, Done<> done)
{
    request(
        SftpType::Mkdir, [&](SftpWriter &packet) { packet.string(path).attributes({}); },
        statusAnswer(path, "mkdir", std::move(done)));
}

void SftpClient::rmdir(const QByteArray &path, Done<> done)
{
    request(
        SftpType::Rmdir, [&](SftpWriter &packet) { packet.string(path); },
        statusAnswer(path, "rmdir", std::move(done)));
}

void SftpClient::remove(const QByteArray &path, Done<> done)
{
    request(
        SftpType::Remove, [&](SftpWriter &packet) { packet.string(path); },
        statusAnswer(path, "remove", std::move(done)));
}

void SftpClient::rename(const QByteArray &from, const QByteArray &to, Done<> done)
{
    if (m_extensions.contains(posixRename)) {
        request(
            SftpType::Extended,
            [&](SftpWriter &packet) { packet.string(posixRename).string(from).string(to); },
            statusAnswer(to, "rename", std::move(done)));
        return;
    }
    const auto plain = [this, from, to](Done<> then) {
        request(
            SftpType::Rename, [&](SftpWriter &packet) { packet.string(from).string(to); },
            statusAnswer(to, "rename", std::move(then)));
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

void SftpClient::renameNew(const QByteArray &from, const QByteArray &to, Done<> done)
{
    request(
        SftpType::Rename, [&](SftpWriter &packet) { packet.string(from).string(to); },
        statusAnswer(from, "rename", std::move(done)));
}

void SftpClient::readlink(const QByteArray &path, Done<QByteArray> done)
{
    request(
        SftpType::Readlink, [&](SftpWriter &packet) { packet.string(path); },
        nameAnswer(path, "readlink", std::move(done)));
}

void SftpClient::symlink(const QByteArray &target, const QByteArray &path, Done<> done)
{
    // OpenSSH's order, which everybody follows; the draft has it the other way round.
    request(
        SftpType::Symlink, [&](SftpWriter &packet) { packet.string(target).string(path); },
        statusAnswer(path, "symlink", std::move(done)));
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
            const quint64 blocks = body.u64();
            body.u64(); // free blocks
            const quint64 available = body.u64();
            Space space;
            space.totalFiles = body.u64();
            body.u64(); // free inodes
            space.availableFiles = body.u64();
            // Some have no number of their own: with their sizes they differ all the same.
            space.fileSystem = QByteArray::number(body.u64()) + ' ' + QByteArray::number(blocks) +
                               ' ' + QByteArray::number(space.totalFiles);
            constexpr quint64 readOnly = 1; // SSH_FXE_STATVFS_ST_RDONLY, OpenSSH's PROTOCOL 4.4
            space.isReadOnly = (body.u64() & readOnly) != 0;
            constexpr auto most = quint64(std::numeric_limits<qint64>::max());
            space.availableBytes = std::min(available, most / std::max<quint64>(1, fragment)) *
                                   std::max<quint64>(1, fragment);
            if (!body.isValid())
                done(tl::make_unexpected(protocolError(path)));
            else if (blocks == 0)
                done(core::fail(ErrorCode::Unsupported, Step::Transfer,
                                QString::fromUtf8(path) + QStringLiteral(": it tells no size")));
            else
                done(space);
        });
}

void SftpClient::opendir(const QByteArray &path, Done<QByteArray> done)
{
    request(
        SftpType::Opendir, [&](SftpWriter &packet) { packet.string(path); },
        handleAnswer(path, "opendir", std::move(done)));
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
        handleAnswer(path, "open", std::move(done)));
}

void SftpClient::closeHandle(const QByteArray &handle, Done<> done)
{
    request(
        SftpType::Close, [&](SftpWriter &packet) { packet.string(handle); },
        statusAnswer("close", nullptr, std::move(done)));
}

void SftpClient::fstat(const QByteArray &handle, Done<SftpAttributes> done)
{
    request(
        SftpType::Fstat, [&](SftpWriter &packet) { packet.string(handle); },
        attributesAnswer("stat", nullptr, std::move(done)));
}

void SftpClient::fsetstat(const QByteArray &handle, const SftpAttributes &attributes, Done<> done)
{
    request(
        SftpType::Fsetstat,
        [&](SftpWriter &packet) { packet.string(handle).attributes(attributes); },
        statusAnswer("setstat", nullptr, std::move(done)));
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
        request(SftpType::Write, {}, statusAnswer("write", nullptr, std::move(done)));
        return;
    }
    m_pending.insert(m_nextId++, statusAnswer("write", nullptr, std::move(done)));
    send(packet.take());
}

} // namespace core::ssh
