// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/HostKey.h"

#include <QCryptographicHash>

#include <algorithm>

namespace core::ssh {

QString HostKey::fingerprint() const
{
    const QByteArray digest = QCryptographicHash::hash(blob, QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:") +
           QString::fromLatin1(digest.toBase64(QByteArray::OmitTrailingEquals));
}

HostKeyVerdict judgeHostKey(const std::vector<HostKey> &known, const HostKey &offered)
{
    if (std::find(known.begin(), known.end(), offered) != known.end())
        return HostKeyVerdict::Trusted;
    return known.empty() ? HostKeyVerdict::Unknown : HostKeyVerdict::Changed;
}

} // namespace core::ssh
