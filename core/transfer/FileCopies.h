// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"
#include "core/ssh/SftpPacket.h"

#include <QObject>

#include <functional>
#include <optional>

namespace core::transfer {

inline constexpr qsizetype sftpFilesAtOnce = 64;
/// What is kept of a file that was cut ends at a multiple of this; bytes. As much as a pipe holds.
inline constexpr qint64 keptUnit = 64 * 1024;
inline constexpr std::size_t scpFilesAtOnce = 4; ///< a channel each

/// A way to upload files one by one. In the engine's thread.
class FilePut : public QObject
{
    Q_OBJECT

public:
    struct File
    {
        int item = 0;
        QByteArray local;
        QByteArray remote; ///< its name when it is complete
        QByteArray part;   ///< and until then
        qint64 kept = 0;   ///< bytes of the part that are right; a multiple of keptUnit
    };

    using QObject::QObject;

    /// \a next: the files, one a call, until it gives none. May be called again after finished().
    virtual void start(std::function<std::optional<File>()> next) = 0;

Q_SIGNALS:
    /// One a file. Changed: the file was not what the plan said, or changed meanwhile; \a next is
    /// asked again, it may give the file once more.
    void fileEnded(int item, bool changed, const std::optional<core::Error> &error);
    void finished();
};

/// A way to download files one by one. In the engine's thread.
class FileGet : public QObject
{
    Q_OBJECT

public:
    struct File
    {
        int item = 0;
        QByteArray remote;
        QByteArray local; ///< its name when it is complete
        QByteArray part;  ///< and until then
        qint64 kept = 0;  ///< as FilePut's
    };

    using QObject::QObject;

    /// As FilePut::start().
    virtual void start(std::function<std::optional<File>()> next) = 0;

Q_SIGNALS:
    /// One a file. Changed: it was not what the plan said, or changed meanwhile; \a changed is what
    /// it was last.
    void fileEnded(int item, const std::optional<core::ssh::SftpAttributes> &changed,
                   const std::optional<core::Error> &error);
    void finished();
};

} // namespace core::transfer
