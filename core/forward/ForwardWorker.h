// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forward/ForwardStatus.h"
#include "core/probe/PortForward.h"
#include "core/ssh/EngineWorker.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <map>
#include <vector>

namespace core::forward {

class Connection;
class Listener;

/// The forwarded ports of one session, in its thread: no byte of theirs leaves it.
class ForwardWorker final : public ssh::EngineWorker
{
    Q_OBJECT

public:
    using Report = std::function<void(quint64 id, const ForwardStatus &status)>;

    /// \a report is called in the session's thread, at most ten times a second for each port beside
    /// changes of its state.
    explicit ForwardWorker(Report report);
    ~ForwardWorker() override;

    void start(ssh::SessionEngine &engine) override;
    /// \a id: the caller's.
    void open(quint64 id, const probe::PortForward &forward);
    /// Breaks its connections off.
    void close(quint64 id);

private:
    struct Port
    {
        probe::PortForward forward;
        std::vector<Listener *> listeners; ///< children of the worker
        quint64 remoteListener = 0;        ///< the engine's; 0 = none
        std::vector<QPointer<Connection>> connections;
        ForwardStatus status;
        bool isChanged = false; ///< since it was reported
    };

    void openHere(quint64 id);
    void openThere(quint64 id);
    void accept(quint64 id, qintptr descriptor);
    Connection *addConnection(quint64 id);
    void onConnectionEnded(quint64 id, const Connection *connection);
    void fail(quint64 id, const Error &error, quint16 freePort = 0);
    void closeAll();
    void pauseOrResume();
    void reportNow(quint64 id);
    void reportSoon(quint64 id);
    [[nodiscard]] Port *find(quint64 id);

    Report m_report;
    ssh::SessionEngine *m_engine = nullptr;
    std::map<quint64, Port> m_ports;
    int m_open = 0;
    bool m_isPaused = false;
    QTimer m_pace;
};

} // namespace core::forward
