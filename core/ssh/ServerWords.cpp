// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/ServerWords.h"

#include <QtEndian>

#include <algorithm>

namespace core::ssh {

namespace {

constexpr qsizetype mostGreeting = 8 * 1024;
constexpr qsizetype mostWords = 300;
constexpr std::size_t lists = 6;

/// Where the banner's line begins; -1 = it has not come.
qsizetype bannerAt(const QByteArray &bytes)
{
    if (bytes.startsWith("SSH-"))
        return 0;
    const qsizetype line = bytes.indexOf("\nSSH-");
    return line < 0 ? -1 : line + 1;
}

} // namespace

void ServerWords::take(QByteArrayView bytes)
{
    m_bytes.append(bytes.first(std::min(bytes.size(), mostGreeting - m_bytes.size())));
}

QByteArray ServerWords::beforeBanner() const
{
    const qsizetype banner = bannerAt(m_bytes);
    return m_bytes.left(banner < 0 ? m_bytes.size() : banner).left(mostWords).trimmed();
}

std::vector<QByteArrayList> ServerWords::algorithms() const
{
    std::vector<QByteArrayList> found;
    const qsizetype banner = bannerAt(m_bytes);
    const qsizetype packet = banner < 0 ? -1 : m_bytes.indexOf('\n', banner) + 1;
    // The length, that of the padding, the type (20), the cookie.
    constexpr qsizetype head = 4 + 1 + 1 + 16;
    if (packet <= 0 || m_bytes.size() < packet + head || m_bytes[packet + 5] != 20)
        return found;
    qsizetype at = packet + head;
    while (found.size() < lists && m_bytes.size() - at >= 4) {
        const auto size = qsizetype(qFromBigEndian<quint32>(m_bytes.constData() + at));
        at += 4;
        if (size > m_bytes.size() - at)
            break;
        found.push_back(m_bytes.mid(at, size).split(','));
        at += size;
    }
    return found;
}

QByteArray ServerWords::withoutCommon(LIBSSH2_SESSION *session) const
{
    constexpr int methods[lists] = {LIBSSH2_METHOD_KEX,      LIBSSH2_METHOD_HOSTKEY,
                                    LIBSSH2_METHOD_CRYPT_CS, LIBSSH2_METHOD_CRYPT_SC,
                                    LIBSSH2_METHOD_MAC_CS,   LIBSSH2_METHOD_MAC_SC};
    constexpr const char *names[lists] = {"key exchange", "host key", "cipher",
                                          "cipher",       "MAC",      "MAC"};
    const std::vector<QByteArrayList> theirs = algorithms();
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const char **supported = nullptr;
        const int count = libssh2_session_supported_algs(session, methods[i], &supported);
        if (count <= 0)
            continue;
        const bool isCommon = std::any_of(supported, supported + count, [&](const char *ours) {
            return theirs[i].contains(QByteArray(ours));
        });
        libssh2_free(session, supported);
        if (!isCommon)
            return QByteArray("no common ") + names[i] + "; the server has " +
                   theirs[i].join(", ").left(mostWords);
    }
    return {};
}

} // namespace core::ssh
