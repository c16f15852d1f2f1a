// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/LocalFiles.h"

#include "core/transfer/FileNames.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace core::transfer {

namespace {

tl::unexpected<Error> systemError(const QByteArray &path, int number)
{
    ErrorCode code = ErrorCode::LocalIo;
    switch (number) {
    case ENOENT:
    case ENOTDIR: code = ErrorCode::NotFound; break;
    case EACCES:
    case EPERM:
    case EROFS: code = ErrorCode::PermissionDenied; break;
    case ENOTSUP:
    case ENOSYS: code = ErrorCode::Unsupported; break;
    case EDQUOT: code = ErrorCode::DiskFull; break;
    case ENOSPC: {
        struct statvfs space
        {
        };
        const bool noFiles = ::statvfs(parentPath(path).constData(), &space) == 0 &&
                             space.f_files > 0 && space.f_favail == 0;
        code = noFiles ? ErrorCode::NoSpaceInodes : ErrorCode::DiskFull;
        break;
    }
    default: break;
    }
    return fail(code, Step::Local,
                QString::fromUtf8(path) + QStringLiteral(": ") +
                    QString::fromLocal8Bit(std::strerror(number)));
}

LocalInfo toInfo(const struct stat &found)
{
    LocalInfo info;
    switch (found.st_mode & S_IFMT) {
    case S_IFREG: info.type = ssh::RemoteEntry::Type::File; break;
    case S_IFDIR: info.type = ssh::RemoteEntry::Type::Directory; break;
    case S_IFLNK: info.type = ssh::RemoteEntry::Type::Link; break;
    default: break;
    }
    info.size = found.st_size;
#ifdef Q_OS_MACOS
    info.mtime = found.st_mtimespec.tv_sec;
    info.mtimeNs = found.st_mtimespec.tv_nsec;
#else
    info.mtime = found.st_mtim.tv_sec;
    info.mtimeNs = found.st_mtim.tv_nsec;
#endif
    info.mode = found.st_mode & 07777;
    return info;
}

class UnixFile final : public LocalFile
{
public:
    UnixFile(int descriptor, QByteArray path)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
    {
    }
    ~UnixFile() override { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(UnixFile)

    Result<qint64> readAt(qint64 offset, char *to, qint64 size) override
    {
        qint64 got = 0;
        while (got < size) {
            const ssize_t now =
                ::pread(m_descriptor, to + got, std::size_t(size - got), off_t(offset + got));
            if (now < 0 && errno == EINTR)
                continue;
            if (now < 0)
                return systemError(m_path, errno);
            if (now == 0)
                break;
            got += now;
        }
        return got;
    }

    Result<> writeAt(qint64 offset, QByteArrayView bytes) override
    {
        while (!bytes.isEmpty()) {
            const ssize_t now =
                ::pwrite(m_descriptor, bytes.data(), std::size_t(bytes.size()), off_t(offset));
            if (now < 0 && errno == EINTR)
                continue;
            if (now < 0)
                return systemError(m_path, errno);
            bytes = bytes.sliced(now);
            offset += now;
        }
        return {};
    }

    Result<LocalInfo> info() const override
    {
        struct stat found
        {
        };
        if (::fstat(m_descriptor, &found) != 0)
            return systemError(m_path, errno);
        return toInfo(found);
    }

    Result<> resize(qint64 size) override
    {
        if (::ftruncate(m_descriptor, off_t(size)) != 0)
            return systemError(m_path, errno);
        return {};
    }

private:
    int m_descriptor;
    QByteArray m_path;
};

class UnixNames final : public LocalNames
{
public:
    UnixNames(DIR *open, QByteArray path)
        : m_open(open)
        , m_path(std::move(path))
    {
    }
    ~UnixNames() override { ::closedir(m_open); }
    Q_DISABLE_COPY_MOVE(UnixNames)

    Result<QByteArray> next() override
    {
        while (true) {
            errno = 0;
            const dirent *entry = ::readdir(m_open);
            if (!entry && errno != 0)
                return systemError(m_path, errno);
            if (!entry)
                return QByteArray();
            const QByteArray name(entry->d_name);
            if (name != "." && name != "..")
                return name;
        }
    }

private:
    DIR *m_open;
    QByteArray m_path;
};

} // namespace

QByteArray localPathBytes(const QString &path)
{
    return QFile::encodeName(path);
}

QString localPathText(const QByteArray &path)
{
    return QFile::decodeName(path);
}

Result<LocalInfo> localInfo(const QByteArray &path, bool followLink)
{
    struct stat found
    {
    };
    const int rc =
        followLink ? ::stat(path.constData(), &found) : ::lstat(path.constData(), &found);
    if (rc != 0)
        return systemError(path, errno);
    return toInfo(found);
}

Result<std::unique_ptr<LocalNames>> openLocalNames(const QByteArray &directory)
{
    DIR *open = ::opendir(directory.constData());
    if (!open)
        return systemError(directory, errno);
    return std::make_unique<UnixNames>(open, directory);
}

Result<std::unique_ptr<LocalFile>> openLocal(const QByteArray &path)
{
    // Non-blocking: a pipe that took the file's place must not hold the thread.
    const int descriptor = ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return systemError(path, errno);
    return std::make_unique<UnixFile>(descriptor, path);
}

namespace {

Result<std::unique_ptr<LocalFile>> openToWrite(const QByteArray &path, int flags)
{
    const int descriptor =
        ::open(path.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags, 0644);
    if (descriptor < 0)
        return systemError(path, errno);
    return std::make_unique<UnixFile>(descriptor, path);
}

} // namespace

Result<std::unique_ptr<LocalFile>> createLocal(const QByteArray &path)
{
    return openToWrite(path, O_CREAT);
}

Result<std::unique_ptr<LocalFile>> reopenLocal(const QByteArray &path)
{
    return openToWrite(path, 0);
}

Result<> makeLocalDirectory(const QByteArray &path)
{
    if (::mkdir(path.constData(), 0777) == 0)
        return {};
    const int number = errno;
    if (number == ENOENT && parentPath(path) != path) {
        if (Result<> parent = makeLocalDirectory(parentPath(path)); !parent)
            return parent;
        if (::mkdir(path.constData(), 0777) == 0)
            return {};
    }
    const Result<LocalInfo> there = localInfo(path, true);
    if (there && there->type == ssh::RemoteEntry::Type::Directory)
        return {};
    return systemError(path, number);
}

Result<> makeLocalLink(const QByteArray &target, const QByteArray &path)
{
    if (::symlink(target.constData(), path.constData()) != 0)
        return systemError(path, errno);
    return {};
}

Result<QByteArray> readLocalLink(const QByteArray &path)
{
    QByteArray target(4096, Qt::Uninitialized);
    const ssize_t size = ::readlink(path.constData(), target.data(), std::size_t(target.size()));
    if (size < 0)
        return systemError(path, errno);
    target.truncate(size);
    return target;
}

Result<QByteArray> canonicalLocal(const QByteArray &path)
{
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.constData(), nullptr),
                                                           &std::free);
    if (!real)
        return systemError(path, errno);
    return QByteArray(real.get());
}

Result<> renameLocal(const QByteArray &from, const QByteArray &to)
{
    if (::rename(from.constData(), to.constData()) != 0)
        return systemError(to, errno);
    return {};
}

Result<> removeLocal(const QByteArray &path)
{
    if (::remove(path.constData()) != 0)
        return systemError(path, errno);
    return {};
}

Result<> setLocalTimes(const QByteArray &path, qint64 mtime, quint32 mode)
{
    if (::chmod(path.constData(), mode_t(mode & 01777)) != 0)
        return systemError(path, errno);
    const timespec times[2]{{0, UTIME_OMIT}, {time_t(mtime), 0}};
    if (::utimensat(AT_FDCWD, path.constData(), times, 0) != 0)
        return systemError(path, errno);
    return {};
}

Result<LocalSpace> localSpace(const QByteArray &directory)
{
    struct statvfs space
    {
    };
    if (::statvfs(directory.constData(), &space) != 0)
        return systemError(directory, errno);
    if (space.f_blocks == 0)
        return fail(ErrorCode::Unsupported, Step::Local,
                    QString::fromUtf8(directory) + QStringLiteral(": it tells no size"));
    constexpr auto most = quint64(std::numeric_limits<qint64>::max());
    const quint64 fragment = std::max<quint64>(1, space.f_frsize);
    const quint64 blocks = std::min<quint64>(space.f_bavail, most / fragment);
    return LocalSpace{qint64(blocks * fragment),
                      space.f_files > 0 ? qint64(std::min<quint64>(space.f_favail, most)) : -1};
}

} // namespace core::transfer
