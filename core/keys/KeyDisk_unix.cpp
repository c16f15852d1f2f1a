// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/KeyDisk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace core::keys {

namespace {

tl::unexpected<Error> systemError(const QString &path, int number)
{
    ErrorCode code = ErrorCode::LocalIo;
    if (number == ENOENT || number == ENOTDIR)
        code = ErrorCode::NotFound;
    else if (number == EACCES || number == EPERM || number == EROFS)
        code = ErrorCode::PermissionDenied;
    else if (number == ENOSPC || number == EDQUOT)
        code = ErrorCode::DiskFull;
    else if (number == EEXIST)
        code = ErrorCode::Usage;
    return fail(code, Step::Key,
                path + QStringLiteral(": ") +
                    QString::fromStdString(std::generic_category().message(number)));
}

/// 0, or errno.
int writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), std::size_t(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes = bytes.sliced(written);
    }
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

Result<> createWithMode(const QString &path, QByteArrayView bytes, mode_t mode)
{
    const QByteArray name = QFile::encodeName(path);
    const int descriptor =
        ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return systemError(path, errno);
    int failed = writeAll(descriptor, bytes);
    // The umask may have taken bits away.
    if (failed == 0 && ::fchmod(descriptor, mode) != 0)
        failed = errno;
    if (::close(descriptor) != 0 && failed == 0)
        failed = errno;
    if (failed == 0)
        return {};
    ::unlink(name.constData());
    return systemError(path, failed);
}

} // namespace

Result<> createFile(const QString &path, QByteArrayView bytes, Access access)
{
    return createWithMode(path, bytes, access == Access::UserOnly ? 0600 : 0644);
}

Result<> replaceFile(const QString &path, QByteArrayView bytes)
{
    const QString real = QFileInfo(path).canonicalFilePath(); // a link stays a link
    struct stat info = {};
    if (real.isEmpty() || ::stat(QFile::encodeName(real).constData(), &info) != 0)
        return systemError(path, real.isEmpty() ? ENOENT : errno);
    const QString next = real + QStringLiteral(".new-%1").arg(::getpid());
    if (Result<> made = createWithMode(next, bytes, info.st_mode & 07777); !made)
        return made;
    if (::rename(QFile::encodeName(next).constData(), QFile::encodeName(real).constData()) == 0)
        return {};
    const int failed = errno;
    ::unlink(QFile::encodeName(next).constData());
    return systemError(path, failed);
}

Result<> makePrivateFolder(const QString &path)
{
    if (QFileInfo(path).isDir())
        return {};
    const QString parent = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(parent))
        return systemError(parent, EACCES);
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0)
        return systemError(path, errno);
    return {};
}

bool isOpenToOthers(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 && (info.st_mode & 077) != 0;
}

Result<> makePrivate(const QString &path)
{
    if (::chmod(QFile::encodeName(path).constData(), 0600) != 0)
        return systemError(path, errno);
    return {};
}

} // namespace core::keys
