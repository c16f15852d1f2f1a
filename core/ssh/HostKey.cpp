// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/HostKey.h"

#include "core/keys/PublicKey.h"

#include <algorithm>

namespace core::ssh {

QString HostKey::fingerprint() const
{
    return keys::fingerprintOf(blob);
}

HostKeyVerdict judgeHostKey(const std::vector<HostKey> &known, const HostKey &offered)
{
    if (std::find(known.begin(), known.end(), offered) != known.end())
        return HostKeyVerdict::Trusted;
    return known.empty() ? HostKeyVerdict::Unknown : HostKeyVerdict::Changed;
}

bool isRevoked(const std::vector<HostKey> &revoked, const HostKey &key)
{
    return std::any_of(revoked.begin(), revoked.end(),
                       [&](const HostKey &one) { return one.blob == key.blob; });
}

} // namespace core::ssh
