// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

#include <QByteArrayView>

namespace core::ssh {

/// Types of SFTP version 3's packets (draft-ietf-secsh-filexfer-02, 3).
enum class SftpType : quint8 {
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    Lstat = 7,
    Fstat = 8,
    Setstat = 9,
    Fsetstat = 10,
    Opendir = 11,
    Readdir = 12,
    Remove = 13,
    Mkdir = 14,
    Rmdir = 15,
    Realpath = 16,
    Stat = 17,
    Rename = 18,
    Readlink = 19,
    Symlink = 20,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attrs = 105,
    Extended = 200,
    ExtendedReply = 201
};

/// Status codes (7 of the draft).
enum class SftpStatus : quint32 {
    Ok = 0,
    Eof = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,
    Failure = 4,
    BadMessage = 5,
    NoConnection = 6,
    ConnectionLost = 7,
    Unsupported = 8
};

/// File attributes (5 of the draft); what is not told is absent.
struct SftpAttributes
{
    std::optional<quint64> size; ///< bytes
    std::optional<quint32> uid;
    std::optional<quint32> gid;
    std::optional<quint32> mode;  ///< st_mode with its type bits
    std::optional<quint32> mtime; ///< seconds since 1970, UTC; goes with an atime of the same value

    [[nodiscard]] RemoteEntry::Type type() const;
    /// As an entry of a listing.
    [[nodiscard]] RemoteEntry entry(const QByteArray &name) const;
};

/// Builds one packet; take() sets its length.
class SftpWriter
{
public:
    SftpWriter(SftpType type, quint32 id);

    SftpWriter &u32(quint32 value);
    SftpWriter &u64(quint64 value);
    SftpWriter &string(QByteArrayView bytes);
    SftpWriter &attributes(const SftpAttributes &attributes);
    /// A string of \a size bytes whose contents the caller fills in.
    char *room(qsizetype size);
    [[nodiscard]] QByteArray take();

private:
    QByteArray m_bytes;
};

/// Reads one packet's body. What goes beyond the end is 0 or empty, and isValid() is false then.
class SftpReader
{
public:
    explicit SftpReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    quint8 u8();
    quint32 u32();
    quint64 u64();
    /// Points into the packet.
    QByteArrayView string();
    SftpAttributes attributes();
    [[nodiscard]] bool isValid() const { return m_valid; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_bytes.size(); }

private:
    [[nodiscard]] const char *take(qsizetype size);

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_valid = true;
};

} // namespace core::ssh
