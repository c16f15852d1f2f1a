// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Session.h"

#include <QPointer>
#include <QTimer>

#include <memory>

namespace core::fleet {

class Instance;

/// The connection that an instance's tunnels run over while the instance is connected. One of their
/// own: the server opens one forwarded connection after the other and may wait long for a host that
/// does not answer, and what monitors the instance must not wait with it. Where the server lets no
/// further connection in (a one-time code), the monitor's is lent. GUI thread.
class TunnelLine final : public QObject
{
    Q_OBJECT

public:
    explicit TunnelLine(Instance &instance);
    ~TunnelLine() override;

    void setWanted(bool wanted);
    /// Ready; null while there is none.
    [[nodiscard]] ssh::Session *session() const;

Q_SIGNALS:
    void up();
    /// session() is null by then.
    void down();

private:
    void update();
    void open();
    void lend();
    void onClosed();
    void drop();

    Instance &m_instance;
    std::unique_ptr<ssh::Session> m_own;
    QPointer<ssh::Session> m_lent;
    QTimer m_retry;
    int m_failures = 0; ///< since it was up
    bool m_isWanted = false;
    bool m_isUp = false;
    bool m_isRefused = false; ///< one of its own
};

} // namespace core::fleet
