// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/base/SecretBytes.h"
#include "core/probe/Jupyter.h"
#include "core/ssh/Session.h"

#include <QPointer>
#include <QTimer>

namespace core::fleet {

/// What a web page on the instance is wanted of.
struct WebServiceRequest
{
    enum class Kind { JupyterLab, TensorBoard };
    Kind kind = Kind::JupyterLab;
    quint16 port =
        8888;       ///< to look at first, and to start it on; JupyterLab takes the next free one
    QString folder; ///< TensorBoard: of the logs; JupyterLab: shown; "" = home
    bool mayStart = true;
};

/// The command that tells whether the service runs, and the one that starts it so that it outlives
/// the connection; exactly as they are run, to be shown.
[[nodiscard]] QByteArray findCommand(const WebServiceRequest &request);
[[nodiscard]] QByteArray startCommand(const WebServiceRequest &request);

/// Finds JupyterLab or TensorBoard on an instance, or starts it. Commands run in a login shell, so
/// that conda's are found. Failures: NotFound (Step::Exec) when the program is not installed, or
/// does not run and may not be started; RemoteFailed with the end of its log when it does not come
/// up; those of Exec.
class WebService final : public Operation
{
    Q_OBJECT

public:
    /// \a session: ready.
    WebService(ssh::Session &session, WebServiceRequest request, QObject *parent = nullptr);
    ~WebService() override;

    [[nodiscard]] const WebServiceRequest &request() const { return m_request; }
    /// Where it listens on the instance's loopback.
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Of its pages; begins with "/".
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool isSecure() const { return m_isSecure; }
    /// To be given as "?token="; empty = none.
    [[nodiscard]] const SecretBytes &token() const { return m_token; }
    /// By this operation.
    [[nodiscard]] bool wasStarted() const { return m_wasStarted; }

Q_SIGNALS:
    /// It is run on the instance now.
    void commandRun(const QByteArray &command);

private:
    void doCancel() override;
    void run(const QByteArray &command, void (WebService::*then)(const ssh::Exec &));
    void find();
    void onFound(const ssh::Exec &exec);
    void onStarted(const ssh::Exec &exec);
    void onLogRead(const ssh::Exec &exec);
    void lookAgain();
    [[nodiscard]] bool take(const ssh::Exec &exec);

    QPointer<ssh::Session> m_session;
    const WebServiceRequest m_request;
    QPointer<ssh::Exec> m_exec;
    QTimer m_pause;
    int m_looks = 0;
    quint16 m_port = 0;
    QString m_path = QStringLiteral("/");
    SecretBytes m_token;
    bool m_isSecure = false;
    bool m_wasStarted = false;
};

} // namespace core::fleet
