// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ssh/HostKey.h"

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace core::ssh {

/// The keys of one host. A key that is revoked is not among the trusted ones, wherever it stands.
struct KnownKeys
{
    std::vector<HostKey> trusted;
    std::vector<HostKey> revoked; ///< of @revoked lines: never to be taken, not even when asked
};

/// OpenSSH known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): plain, wildcard, negated,
/// [host]:port and hashed (|1|salt|HMAC-SHA1|) entries; @cert-authority lines give no key.
/// \returns the keys listed for host:port; broken lines are skipped.
[[nodiscard]] KnownKeys findKnownHosts(QByteArrayView fileContent, const QString &host,
                                       quint16 port);
/// Reads \a path ("" = ~/.ssh/known_hosts). A missing file has no keys. Errors: LocalIo.
[[nodiscard]] Result<KnownKeys> readKnownHosts(const QString &path, const QString &host,
                                               quint16 port);
/// The number of the first line of \a path that names host:port and lets a key in; nothing when
/// there is none.
[[nodiscard]] std::optional<int> knownHostsLine(const QString &path, const QString &host,
                                                quint16 port);

} // namespace core::ssh
