// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/ServiceOpener.h"

#include "core/fleet/Instance.h"
#include "core/fleet/Tunnels.h"
#include "ui/connections/TunnelWords.h"

#include <QUrlQuery>

#include <chrono>
#include <utility>

namespace ui::connections {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;
using core::Step;
using core::fleet::Instance;
using core::fleet::Tunnel;
using core::fleet::Tunnels;
using core::fleet::WebService;
using core::probe::PortForward;

namespace {

constexpr auto tunnelPatience = 20s;

/// A tunnel that leads to \a port of the instance itself.
bool leadsTo(const PortForward &forward, quint16 port)
{
    return forward.kind == PortForward::Kind::Local && forward.hostPort == port &&
           (forward.host == u"localhost" || forward.host == u"127.0.0.1" || forward.host == u"::1");
}

} // namespace

ServiceOpener::ServiceOpener(QObject *parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(tunnelPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        failWith({ErrorCode::TimedOut, Step::Channel, {}});
    });
}

ServiceOpener::~ServiceOpener()
{
    delete m_service;
}

void ServiceOpener::start(Instance &instance, const ServiceWish &wish)
{
    cancel();
    core::ssh::Session *session = instance.session();
    if (!session) {
        Q_EMIT failed({ErrorCode::Disconnected, Step::None, {}});
        return;
    }
    m_instance = &instance;
    m_wish = wish;
    m_isBusy = true;
    m_wasMoved = false;
    m_url = QUrl();
    m_url.setScheme(QStringLiteral("http"));
    m_url.setPath(QStringLiteral("/"));
    m_token.clear();
    connect(&instance.tunnels(), &Tunnels::changed, this, &ServiceOpener::lookAtTunnel);
    connect(&instance.tunnels(), &Tunnels::listChanged, this, &ServiceOpener::lookAtTunnel);
    Q_EMIT busyChanged();
    if (!wish.service) {
        seeToTunnel(wish.port);
        return;
    }
    auto *service = new WebService(*session, *wish.service, this);
    m_service = service;
    connect(service, &WebService::commandRun, this,
            [this](const QByteArray &command) { Q_EMIT commandRun(QString::fromUtf8(command)); });
    connect(service, &core::Operation::finished, this, [this, service] {
        service->deleteLater();
        m_service.clear();
        if (service->isOk())
            onFound(*service);
        else if (service->error()->code == ErrorCode::Cancelled)
            end();
        else
            failWith(*service->error());
    });
}

void ServiceOpener::cancel()
{
    if (m_service) {
        m_service->disconnect(this);
        m_service->cancel();
        m_service->deleteLater();
        m_service.clear();
    }
    end();
}

void ServiceOpener::onFound(const WebService &service)
{
    m_url.setScheme(service.isSecure() ? QStringLiteral("https") : QStringLiteral("http"));
    m_url.setPath(service.path());
    m_token = service.token();
    seeToTunnel(service.port());
}

void ServiceOpener::seeToTunnel(quint16 port)
{
    if (!m_instance) {
        failWith({ErrorCode::Disconnected, Step::None, {}});
        return;
    }
    Tunnels &tunnels = m_instance->tunnels();
    m_patience.start();
    for (const Tunnel &tunnel : tunnels.all()) {
        if (!leadsTo(tunnel.forward, port))
            continue;
        m_tunnel = tunnel.id;
        if (tunnel.state == Tunnel::State::Failed)
            tunnels.tryAgain(tunnel.id);
        const auto on = tunnels.setOn(m_tunnel, true);
        if (!on)
            failWith(on.error());
        else
            lookAtTunnel();
        return;
    }
    PortForward forward;
    forward.bindPort = tunnels.freePort(port);
    forward.host = QStringLiteral("localhost");
    forward.hostPort = port;
    forward.label = m_wish.label;
    const auto added = tunnels.add(forward);
    if (!added) {
        failWith(added.error());
        return;
    }
    m_tunnel = *added;
    lookAtTunnel();
}

void ServiceOpener::lookAtTunnel()
{
    if (!m_isBusy || m_tunnel == 0)
        return;
    Tunnels &tunnels = m_instance->tunnels();
    const Tunnel *tunnel = tunnels.find(m_tunnel);
    if (!tunnel || tunnel->state == Tunnel::State::Off) {
        end(); // the user took it away
    } else if (tunnel->state == Tunnel::State::Failed) {
        const quint16 free = tunnel->status.freePort;
        if (free == 0 || std::exchange(m_wasMoved, true)) {
            failWith(*tunnel->status.error);
            return;
        }
        PortForward moved = tunnel->forward;
        moved.bindPort = free;
        // A tunnel in another place is another one.
        const auto changed = tunnels.change(m_tunnel, moved);
        for (const Tunnel &one : tunnels.all()) {
            if (one.forward == moved)
                m_tunnel = one.id;
        }
        if (!changed)
            failWith(changed.error());
    } else if (tunnel->state == Tunnel::State::Listening) {
        QUrl url = addressOf(tunnel->forward);
        url.setScheme(m_url.scheme());
        url.setPath(m_url.path());
        if (!m_token.isEmpty()) {
            QUrlQuery query;
            query.addQueryItem(QStringLiteral("token"),
                               QString::fromUtf8(m_token.data(), m_token.size()));
            url.setQuery(query);
        }
        end();
        Q_EMIT opened(url);
    }
}

void ServiceOpener::end()
{
    m_patience.stop();
    m_token.clear();
    m_tunnel = 0;
    if (m_instance)
        m_instance->tunnels().disconnect(this);
    m_instance.clear();
    if (std::exchange(m_isBusy, false))
        Q_EMIT busyChanged();
}

void ServiceOpener::failWith(const Error &error)
{
    end();
    Q_EMIT failed(error);
}

} // namespace ui::connections
