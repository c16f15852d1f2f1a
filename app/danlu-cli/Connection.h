// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"
#include "app/danlu-cli/Services.h"
#include "core/fleet/SessionPlan.h"
#include "core/ssh/Session.h"

#include <QObject>

namespace cli {

/// One connection as the command line's options ask for it: TARGET to a ready Session. Asks on the
/// terminal only where there is one. ready() or failed() follows start(), once for each start().
class Connection final : public QObject
{
    Q_OBJECT

public:
    Connection(const Arguments &arguments, Services &services, QObject *parent = nullptr);

    /// Again after a loss: makes a new Session with the same plan and secrets.
    void start();
    [[nodiscard]] core::ssh::Session *session() const { return m_session.get(); }
    /// After ready(): for further connections to the same target; its host key is trusted in them.
    [[nodiscard]] core::ssh::SessionOptions options() const;

Q_SIGNALS:
    /// All that options() needs is there, but perhaps a host key.
    void opening();
    void ready();
    void failed(const core::Error &error);
    /// After ready(): the session ended.
    void lost(const core::Error &error);

private:
    enum class HostKeyPolicy { Ask, Strict, AcceptNew };

    [[nodiscard]] core::Result<> prepare();
    [[nodiscard]] core::Result<core::profiles::Profile> resolveTarget() const;
    [[nodiscard]] core::Result<> addKnownHosts(core::profiles::Profile &profile) const;
    void takeSecretsFromStdin();
    void readStoredSecrets();
    void askMissingPassword();
    void open();
    [[nodiscard]] QStringList knownHostsFiles() const; ///< "": ~/.ssh/known_hosts
    void hintAtKnownHosts(const core::ssh::HostKeyQuestion &question) const;
    void judgeHostKey(const core::ssh::HostKeyQuestion &question);
    void rememberHostKey(const core::ssh::HostKeyQuestion &question);
    void answer(const core::ssh::Prompt &prompt);
    void onClosed();
    [[nodiscard]] bool askAgain(const core::Error &error);
    [[nodiscard]] QString knownHostsToWrite() const;

    const Arguments &m_arguments;
    Services &m_services;
    HostKeyPolicy m_policy = HostKeyPolicy::Ask;
    double m_connectTimeoutSeconds = 10;
    std::optional<core::fleet::SessionPlan> m_plan;
    std::unique_ptr<core::ssh::Session> m_session;
    bool m_wasReady = false;
    int m_asked = 0;
    int m_pendingReads = 0;
};

} // namespace cli
