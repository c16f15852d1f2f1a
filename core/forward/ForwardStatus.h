// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QMetaType>

#include <optional>

namespace core::forward {

/// How a forwarded port is doing.
struct ForwardStatus
{
    enum class State { Starting, Listening, Failed };
    State state = State::Starting;
    quint16 port = 0;             ///< that is listened on, once Listening
    int open = 0;                 ///< connections now
    qint64 taken = 0;             ///< connections in all
    qint64 sent = 0;              ///< bytes from the listening side to the target
    qint64 received = 0;          ///< bytes back
    qint64 refused = 0;           ///< connections that the target, or the way there, did not take
    std::optional<Error> refusal; ///< why the last of these was not; the port goes on
    /// Failed. LocalIo: the port is in use here; PermissionDenied: this port may not be listened
    /// on; RemoteFailed: the server does not listen, as the port is taken there or it is not
    /// allowed; Unsupported; Disconnected.
    std::optional<Error> error;
    quint16 freePort = 0; ///< Failed: one that could be listened on instead; 0 = none is known

    bool operator==(const ForwardStatus &) const = default;
};

} // namespace core::forward

Q_DECLARE_METATYPE(core::forward::ForwardStatus)
