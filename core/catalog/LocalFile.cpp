// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/LocalFile.h"

#include <QDateTime>
#include <QFile>
#include <QSaveFile>

namespace core::catalog {

namespace {

tl::unexpected<Error> ioError(const QFileDevice &file)
{
    return fail(ErrorCode::LocalIo, Step::Local,
                file.fileName() + QStringLiteral(": ") + file.errorString());
}

} // namespace

Result<std::optional<QByteArray>> readLocalFile(const QString &path, qint64 limit)
{
    QFile file(path);
    if (!file.exists())
        return std::optional<QByteArray>();
    if (!file.open(QIODevice::ReadOnly))
        return ioError(file);
    QByteArray bytes = file.read(limit + 1);
    if (file.error() != QFileDevice::NoError)
        return ioError(file);
    if (bytes.size() > limit)
        return fail(ErrorCode::Parse, Step::Local,
                    QStringLiteral("%1: more than %2 bytes").arg(path).arg(limit));
    return std::optional(std::move(bytes));
}

Result<> writeLocalFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    if (!written)
        return ioError(file);
    return {};
}

Result<QString> setAside(const QString &path, const Clock &clock)
{
    const auto sinceEpoch = clock.now().time_since_epoch();
    const qint64 ms = std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count();
    const QString kept =
        path + QStringLiteral(".corrupt-") +
        QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    QFile file(path);
    if (!file.rename(kept))
        return ioError(file);
    return kept;
}

} // namespace core::catalog
