// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/LocalFiles.h"

#include "core/transfer/FileNames.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <filesystem>

namespace core::transfer {

namespace {

using ssh::RemoteEntry;

QString toText(const QByteArray &path)
{
    return QString::fromUtf8(path);
}

std::filesystem::path toPath(const QByteArray &path)
{
    return std::filesystem::path(toText(path).toStdU16String());
}

tl::unexpected<Error> systemError(const QByteArray &path, const std::error_code &error)
{
    ErrorCode code = ErrorCode::LocalIo;
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
        code = ErrorCode::NotFound;
    else if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted)
        code = ErrorCode::PermissionDenied;
    else if (error == std::errc::no_space_on_device)
        code = ErrorCode::DiskFull;
    return fail(code, Step::Local,
                toText(path) + QStringLiteral(": ") +
                    QString::fromLocal8Bit(QByteArray::fromStdString(error.message())));
}

tl::unexpected<Error> fileError(const QByteArray &path, const QFileDevice &file)
{
    ErrorCode code = ErrorCode::LocalIo;
    if (file.error() == QFileDevice::PermissionsError)
        code = ErrorCode::PermissionDenied;
    else if (!QFileInfo::exists(toText(path)))
        code = ErrorCode::NotFound;
    else if (QStorageInfo(QFileInfo(toText(path)).absolutePath()).bytesAvailable() == 0)
        code = ErrorCode::DiskFull;
    return fail(code, Step::Local, toText(path) + QStringLiteral(": ") + file.errorString());
}

LocalInfo toInfo(const QFileInfo &found)
{
    LocalInfo info;
    info.type = found.isSymbolicLink() ? RemoteEntry::Type::Link
                : found.isDir()        ? RemoteEntry::Type::Directory
                : found.isFile()       ? RemoteEntry::Type::File
                                       : RemoteEntry::Type::Other;
    info.size = found.size();
    const qint64 ms = found.lastModified().toMSecsSinceEpoch();
    info.mtime = ms / 1000;
    info.mtimeNs = ms % 1000 * 1000000;
    info.mode = found.isDir() ? 0755 : 0644;
    return info;
}

class WindowsFile final : public LocalFile
{
public:
    explicit WindowsFile(QByteArray path)
        : m_path(std::move(path))
        , m_file(toText(m_path))
    {
    }

    [[nodiscard]] bool open(QIODevice::OpenMode mode)
    {
        return m_file.open(mode | QIODevice::Unbuffered);
    }
    [[nodiscard]] tl::unexpected<Error> error() const { return fileError(m_path, m_file); }

    Result<qint64> readAt(qint64 offset, char *to, qint64 size) override
    {
        qint64 got = 0;
        if (!m_file.seek(offset))
            return error();
        while (got < size) {
            const qint64 now = m_file.read(to + got, size - got);
            if (now < 0)
                return error();
            if (now == 0)
                break;
            got += now;
        }
        return got;
    }

    Result<> writeAt(qint64 offset, QByteArrayView bytes) override
    {
        if (!m_file.seek(offset))
            return error();
        while (!bytes.isEmpty()) {
            const qint64 now = m_file.write(bytes.data(), bytes.size());
            if (now <= 0)
                return error();
            bytes = bytes.sliced(now);
        }
        return {};
    }

    Result<LocalInfo> info() const override
    {
        QFileInfo found(m_file);
        found.refresh();
        return toInfo(found);
    }

    Result<> resize(qint64 size) override
    {
        if (!m_file.resize(size))
            return error();
        return {};
    }

private:
    QByteArray m_path;
    QFile m_file;
};

class WindowsNames final : public LocalNames
{
public:
    WindowsNames(std::filesystem::directory_iterator first, QByteArray path)
        : m_next(std::move(first))
        , m_path(std::move(path))
    {
    }

    Result<QByteArray> next() override
    {
        if (m_next == std::filesystem::directory_iterator())
            return QByteArray();
        const QByteArray name =
            QString::fromStdU16String(m_next->path().filename().u16string()).toUtf8();
        std::error_code error;
        m_next.increment(error);
        if (error)
            return systemError(m_path, error);
        return name;
    }

private:
    std::filesystem::directory_iterator m_next;
    QByteArray m_path;
};

} // namespace

QByteArray localPathBytes(const QString &path)
{
    return path.toUtf8();
}

QString localPathText(const QByteArray &path)
{
    return QString::fromUtf8(path);
}

Result<LocalInfo> localInfo(const QByteArray &path, bool followLink)
{
    QFileInfo found(toText(path));
    if (followLink && found.isSymbolicLink())
        found.setFile(found.symLinkTarget());
    if (!found.exists() && !found.isSymbolicLink())
        return systemError(path, std::make_error_code(std::errc::no_such_file_or_directory));
    return toInfo(found);
}

Result<std::unique_ptr<LocalNames>> openLocalNames(const QByteArray &directory)
{
    std::error_code error;
    std::filesystem::directory_iterator first(toPath(directory), error);
    if (error)
        return systemError(directory, error);
    return std::make_unique<WindowsNames>(std::move(first), directory);
}

Result<std::unique_ptr<LocalFile>> openLocal(const QByteArray &path)
{
    auto file = std::make_unique<WindowsFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return file->error();
    return file;
}

Result<std::unique_ptr<LocalFile>> createLocal(const QByteArray &path)
{
    if (QFileInfo(toText(path)).isSymbolicLink())
        return systemError(path, std::make_error_code(std::errc::too_many_symbolic_link_levels));
    auto file = std::make_unique<WindowsFile>(path);
    if (!file->open(QIODevice::ReadWrite))
        return file->error();
    return file;
}

Result<std::unique_ptr<LocalFile>> reopenLocal(const QByteArray &path)
{
    if (!QFileInfo::exists(toText(path)))
        return systemError(path, std::make_error_code(std::errc::no_such_file_or_directory));
    return createLocal(path);
}

Result<> makeLocalDirectory(const QByteArray &path)
{
    std::error_code error;
    std::filesystem::create_directories(toPath(path), error);
    if (error)
        return systemError(path, error);
    return {};
}

Result<> makeLocalLink(const QByteArray &target, const QByteArray &path)
{
    std::error_code error;
    std::filesystem::create_symlink(toPath(target), toPath(path), error);
    if (error)
        return systemError(path, error);
    return {};
}

Result<QByteArray> readLocalLink(const QByteArray &path)
{
    std::error_code error;
    const std::filesystem::path target = std::filesystem::read_symlink(toPath(path), error);
    if (error)
        return systemError(path, error);
    return QString::fromStdU16String(target.generic_u16string()).toUtf8();
}

Result<QByteArray> canonicalLocal(const QByteArray &path)
{
    const QString real = QFileInfo(toText(path)).canonicalFilePath();
    if (real.isEmpty())
        return systemError(path, std::make_error_code(std::errc::no_such_file_or_directory));
    return real.toUtf8();
}

Result<> renameLocal(const QByteArray &from, const QByteArray &to)
{
    std::error_code error;
    std::filesystem::rename(toPath(from), toPath(to), error);
    if (error)
        return systemError(to, error);
    return {};
}

Result<> removeLocal(const QByteArray &path)
{
    std::error_code error;
    if (!std::filesystem::remove(toPath(path), error) || error)
        return systemError(path, error);
    return {};
}

Result<> setLocalTimes(const QByteArray &path, qint64 mtime, quint32)
{
    QFile file(toText(path));
    if (!file.open(QIODevice::ReadWrite))
        return QFileInfo(toText(path)).isDir() ? Result<>() : fileError(path, file);
    if (!file.setFileTime(QDateTime::fromSecsSinceEpoch(mtime), QFileDevice::FileModificationTime))
        return fileError(path, file);
    return {};
}

Result<LocalSpace> localSpace(const QByteArray &directory)
{
    const QStorageInfo storage(toText(directory));
    if (!storage.isValid())
        return fail(ErrorCode::LocalIo, Step::Local, toText(directory));
    return LocalSpace{storage.bytesAvailable(), -1};
}

} // namespace core::transfer
