// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/WebService.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace core::fleet {
class Instance;
class Tunnels;
} // namespace core::fleet

namespace ui::connections {

/// What is opened with one click.
struct ServiceWish
{
    /// None: the port is all that is known; nothing is looked for or started.
    std::optional<core::fleet::WebServiceRequest> service;
    quint16 port = 0; ///< on the instance, without a service
    QString label;    ///< of the tunnel, where one is made
};

/// From a click to a page in the browser: finds or starts the program on the instance, sees to a
/// tunnel there, waits until it is up. One thing at a time; start() ends what runs.
class ServiceOpener final : public QObject
{
    Q_OBJECT

public:
    explicit ServiceOpener(QObject *parent = nullptr);
    ~ServiceOpener() override;

    void start(core::fleet::Instance &instance, const ServiceWish &wish);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void busyChanged();
    /// On the instance, to be shown.
    void commandRun(const QString &command);
    /// To be given to the browser; may hold a token: not to be shown or kept.
    void opened(const QUrl &url);
    void failed(const core::Error &error);

private:
    void onFound(const core::fleet::WebService &service);
    void seeToTunnel(quint16 port);
    void lookAtTunnel();
    void end();
    void failWith(const core::Error &error);

    QPointer<core::fleet::Instance> m_instance;
    ServiceWish m_wish;
    QPointer<core::fleet::WebService> m_service;
    QUrl m_url; ///< without host and port
    core::SecretBytes m_token;
    quint64 m_tunnel = 0;
    bool m_wasMoved = false; ///< the tunnel, to a free port
    bool m_isBusy = false;
    QTimer m_patience;
};

} // namespace ui::connections
