// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace core::probe {

/// A forwarded port, as ssh(1) has them: -L, -R and -D.
struct PortForward
{
    enum class Kind {
        Local,  ///< a port here leads to a host there
        Remote, ///< a port there leads to a host here
        Dynamic ///< a SOCKS proxy here, whose connections go out there
    };
    Kind kind = Kind::Local;
    QString bindAddress; ///< "" = loopback
    quint16 bindPort = 0;
    QString host; ///< "" for Dynamic, and for a proxy on the other side (Remote)
    quint16 hostPort = 0;
    QString label = {}; ///< what a person calls it; "" = nothing
    bool isOn = true;   ///< comes up with the connection

    bool operator==(const PortForward &) const = default;

    /// The same port would be listened on.
    [[nodiscard]] bool clashesWith(const PortForward &other) const;
};

/// "[BIND:]PORT:HOST:PORT", for Dynamic "[BIND:]PORT"; addresses of IPv6 in brackets. Port 0 to
/// listen on means any free one, and is not for Remote. An empty BIND or "*" is every address.
/// Errors: Usage with the text.
[[nodiscard]] Result<PortForward> parsePortForward(PortForward::Kind kind, const QString &text);

/// As parsePortForward() reads it, and ssh.
[[nodiscard]] QString portForwardText(const PortForward &forward);

} // namespace core::probe
