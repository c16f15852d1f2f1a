// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QTcpServer>

#include <vector>

namespace core::forward {

/// One address and port that is listened on; hands out the bare sockets.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    explicit Listener(QObject *parent = nullptr);

    /// All addresses that \a bindAddress means ("" = loopback, "*" = every one), on one port.
    /// \a port: 0 = any free one. Errors: LocalIo for a port in use, PermissionDenied, Usage for no
    /// address of this machine; all Step::Forward.
    [[nodiscard]] static Result<std::vector<Listener *>> listenOn(const QString &bindAddress,
                                                                  quint16 port, QObject *parent);

Q_SIGNALS:
    /// The receiver owns it.
    void accepted(qintptr descriptor);

protected:
    void incomingConnection(qintptr descriptor) override { Q_EMIT accepted(descriptor); }
};

/// A port above \a port, or any, that could be listened on at loopback a moment ago; 0 = none.
[[nodiscard]] quint16 freePortNear(quint16 port);

} // namespace core::forward
