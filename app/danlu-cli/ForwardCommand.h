// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"
#include "core/forward/Forwarder.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <vector>

namespace cli {

/// "forward TARGET -L [BIND:]PORT:HOST:PORT", also -R and -D: until interrupted, over losses of the
/// connection.
class ForwardCommand final : public QObject
{
    Q_OBJECT

public:
    ForwardCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    /// Ctrl+C: done(130) follows.
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    [[nodiscard]] core::Result<> readForwards();
    void forward();
    void take(std::size_t index, const core::forward::ForwardStatus &status);
    void tellListening(std::size_t index);
    void tellRefused(std::size_t index);
    void onLost(const core::Error &error);
    void finish(int exitCode);

    struct Port
    {
        core::probe::PortForward forward;
        core::forward::ForwardStatus status;
        bool isTold = false; ///< that it listens, over this connection
    };

    const Arguments &m_arguments;
    Connection m_connection;
    std::unique_ptr<core::forward::Forwarder> m_forwarder;
    std::vector<Port> m_ports;
    QTimer m_retry;
    int m_failures = 0;
    bool m_wasConnected = false;
    bool m_ended = false;
};

} // namespace cli
