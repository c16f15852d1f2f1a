// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/LocalFiles.h"

#include "core/transfer/FileNames.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

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
    return fail(code, Step::Transfer,
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

} // namespace

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

Result<std::vector<QByteArray>> localNames(const QByteArray &directory)
{
    DIR *open = ::opendir(directory.constData());
    if (!open)
        return systemError(directory, errno);
    std::vector<QByteArray> names;
    errno = 0;
    while (const dirent *entry = ::readdir(open)) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            names.push_back(name);
        errno = 0;
    }
    const int number = errno;
    ::closedir(open);
    if (number != 0)
        return systemError(directory, number);
    return names;
}

Result<std::unique_ptr<LocalFile>> openLocal(const QByteArray &path)
{
    // Non-blocking: a pipe that took the file's place must not hold the thread.
    const int descriptor = ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return systemError(path, errno);
    return std::make_unique<UnixFile>(descriptor, path);
}

Result<std::unique_ptr<LocalFile>> createLocal(const QByteArray &path)
{
    const int descriptor =
        ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
    if (descriptor < 0)
        return systemError(path, errno);
    return std::make_unique<UnixFile>(descriptor, path);
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
    if (::chmod(path.constData(), mode_t(mode & 07777)) != 0)
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
    return LocalSpace{qint64(space.f_bavail) * qint64(space.f_frsize),
                      space.f_files > 0 ? qint64(space.f_favail) : -1};
}

} // namespace core::transfer
