// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forward/ForwardStatus.h"
#include "core/probe/PortForward.h"

#include <QObject>

#include <map>
#include <memory>

namespace core::ssh {
class Session;
}

namespace core::forward {

/// The handle of the ports forwarded over one session, in the session's owner's thread. Everything
/// happens in the session's own; the ports go when it does.
class Forwarder final : public QObject
{
    Q_OBJECT

public:
    /// \a session: ready.
    explicit Forwarder(ssh::Session &session, QObject *parent = nullptr);
    /// Stops all.
    ~Forwarder() override;

    /// \a id: the caller's, for changed(). A port of the same id is stopped before.
    void start(quint64 id, const probe::PortForward &forward);
    /// Breaks its connections off; nothing is told of it any more.
    void stop(quint64 id);

Q_SIGNALS:
    void changed(quint64 id, const core::forward::ForwardStatus &status);

private:
    struct Shared;

    void take(quint64 run, const ForwardStatus &status);

    std::shared_ptr<Shared> m_shared;
    std::map<quint64, quint64> m_ids; ///< by run: what the worker calls a port
    quint64 m_lastRun = 0;
};

} // namespace core::forward
