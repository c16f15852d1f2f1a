// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ssh/HostKey.h"

#include <QByteArrayView>

namespace core::ssh {

/// OpenSSH known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): plain, wildcard, negated,
/// [host]:port and hashed (|1|salt|HMAC-SHA1|) entries; @revoked and @cert-authority lines give no
/// key. \returns the keys listed for host:port; broken lines are skipped.
[[nodiscard]] std::vector<HostKey> findKnownHosts(QByteArrayView fileContent, const QString &host,
                                                  quint16 port);
/// Reads \a path ("" = ~/.ssh/known_hosts). A missing file is an empty list. Errors: LocalIo.
[[nodiscard]] Result<std::vector<HostKey>> readKnownHosts(const QString &path, const QString &host,
                                                          quint16 port);

} // namespace core::ssh
