// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/SftpPacket.h"

#include <QtEndian>

namespace core::ssh {

namespace {

constexpr quint32 hasSize = 0x01;
constexpr quint32 hasOwner = 0x02;
constexpr quint32 hasMode = 0x04;
constexpr quint32 hasTimes = 0x08;
constexpr quint32 hasExtended = 0x80000000;

} // namespace

RemoteEntry::Type SftpAttributes::type() const
{
    switch (mode.value_or(0) & 0170000) {
    case 0040000: return RemoteEntry::Type::Directory;
    case 0120000: return RemoteEntry::Type::Link;
    case 0100000: return RemoteEntry::Type::File;
    default: return RemoteEntry::Type::Other;
    }
}

RemoteEntry SftpAttributes::entry(const QByteArray &name) const
{
    RemoteEntry entry;
    entry.name = name;
    entry.type = type();
    entry.size = size;
    entry.uid = uid;
    entry.gid = gid;
    if (mode)
        entry.mode = *mode & 07777;
    if (mtime)
        entry.mtime = qint64(*mtime);
    return entry;
}

SftpWriter::SftpWriter(SftpType type, quint32 id)
{
    m_bytes.resize(4);
    m_bytes.append(char(type));
    u32(id);
}

SftpWriter &SftpWriter::u32(quint32 value)
{
    const quint32 big = qToBigEndian(value);
    m_bytes.append(reinterpret_cast<const char *>(&big), sizeof big);
    return *this;
}

SftpWriter &SftpWriter::u64(quint64 value)
{
    const quint64 big = qToBigEndian(value);
    m_bytes.append(reinterpret_cast<const char *>(&big), sizeof big);
    return *this;
}

SftpWriter &SftpWriter::string(QByteArrayView bytes)
{
    u32(quint32(bytes.size()));
    m_bytes.append(bytes);
    return *this;
}

SftpWriter &SftpWriter::attributes(const SftpAttributes &attributes)
{
    u32((attributes.size ? hasSize : 0) | (attributes.uid && attributes.gid ? hasOwner : 0) |
        (attributes.mode ? hasMode : 0) | (attributes.mtime ? hasTimes : 0));
    if (attributes.size)
        u64(*attributes.size);
    if (attributes.uid && attributes.gid)
        u32(*attributes.uid).u32(*attributes.gid);
    if (attributes.mode)
        u32(*attributes.mode & 07777);
    if (attributes.mtime)
        u32(*attributes.mtime).u32(*attributes.mtime);
    return *this;
}

char *SftpWriter::room(qsizetype size)
{
    u32(quint32(size));
    const qsizetype at = m_bytes.size();
    m_bytes.resize(at + size);
    return m_bytes.data() + at;
}

QByteArray SftpWriter::take()
{
    qToBigEndian(quint32(m_bytes.size() - 4), m_bytes.data());
    return std::move(m_bytes);
}

const char *SftpReader::take(qsizetype size)
{
    if (!m_valid || size < 0 || size > m_bytes.size() - m_at) {
        m_valid = false;
        return nullptr;
    }
    const char *at = m_bytes.data() + m_at;
    m_at += size;
    return at;
}

quint8 SftpReader::u8()
{
    const char *at = take(1);
    return at ? quint8(*at) : 0;
}

quint32 SftpReader::u32()
{
    const char *at = take(4);
    return at ? qFromBigEndian<quint32>(at) : 0;
}

quint64 SftpReader::u64()
{
    const char *at = take(8);
    return at ? qFromBigEndian<quint64>(at) : 0;
}

QByteArrayView SftpReader::string()
{
    const quint32 size = u32();
    const char *at = take(qsizetype(size));
    return at ? QByteArrayView(at, qsizetype(size)) : QByteArrayView();
}

SftpAttributes SftpReader::attributes()
{
    SftpAttributes found;
    const quint32 flags = u32();
    if (flags & hasSize)
        found.size = u64();
    if (flags & hasOwner) {
        found.uid = u32();
        found.gid = u32();
    }
    if (flags & hasMode)
        found.mode = u32();
    if (flags & hasTimes) {
        u32(); // atime
        found.mtime = u32();
    }
    if (flags & hasExtended) {
        for (quint32 left = u32(); left > 0 && m_valid; --left) {
            string();
            string();
        }
    }
    return found;
}

} // namespace core::ssh
