// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/Tunnels.h"

#include "core/fleet/Instance.h"
#include "core/forward/Listener.h"
#include "core/profiles/ProfileStore.h"

#include <algorithm>

namespace core::fleet {

using forward::ForwardStatus;
using probe::PortForward;

namespace {

/// What listens and where it leads; not what it is called.
bool isSame(const PortForward &a, const PortForward &b)
{
    return a.kind == b.kind && a.bindAddress == b.bindAddress && a.bindPort == b.bindPort &&
           a.host == b.host && a.hostPort == b.hostPort;
}

} // namespace

Tunnels::Tunnels(Instance &instance, profiles::ProfileStore &profiles)
    : m_instance(instance)
    , m_profiles(profiles)
    , m_line(instance)
{
    connect(&m_line, &TunnelLine::up, this, &Tunnels::onUp);
    connect(&m_line, &TunnelLine::down, this, &Tunnels::onDown);
    connect(&instance, &Instance::profileChanged, this, &Tunnels::follow);
    follow();
}

Tunnels::~Tunnels()
{
    m_line.disconnect(this);
    m_forwarder.reset();
}

const Tunnel *Tunnels::find(quint64 id) const
{
    const auto found = std::find_if(m_tunnels.begin(), m_tunnels.end(),
                                    [id](const Tunnel &one) { return one.id == id; });
    return found == m_tunnels.end() ? nullptr : &*found;
}

Tunnel *Tunnels::get(quint64 id)
{
    return const_cast<Tunnel *>(find(id));
}

std::vector<PortForward> Tunnels::forwards() const
{
    std::vector<PortForward> forwards;
    for (const Tunnel &tunnel : m_tunnels)
        forwards.push_back(tunnel.forward);
    return forwards;
}

Result<> Tunnels::check(const PortForward &forward, quint64 besides) const
{
    if (forward.bindPort == 0)
        return fail(ErrorCode::Unsupported, Step::Forward, portForwardText(forward));
    for (const Tunnel &tunnel : m_tunnels) {
        if (tunnel.id != besides && tunnel.forward.clashesWith(forward))
            return fail(ErrorCode::Usage, Step::Forward, portForwardText(tunnel.forward));
    }
    return {};
}

Result<> Tunnels::save(const std::vector<PortForward> &forwards)
{
    const profiles::Profile *saved = m_profiles.byId(m_instance.id());
    if (!saved)
        return fail(ErrorCode::NotFound, Step::Profile, m_instance.profile().name);
    profiles::Profile changed = *saved;
    changed.forwards = forwards;
    return m_profiles.update(changed); // follow() comes of it
}

Result<quint64> Tunnels::add(const PortForward &forward)
{
    if (const Result<> good = check(forward, 0); !good)
        return tl::make_unexpected(good.error());
    std::vector<PortForward> all = forwards();
    all.push_back(forward);
    if (const Result<> saved = save(all); !saved)
        return tl::make_unexpected(saved.error());
    for (const Tunnel &tunnel : m_tunnels) {
        if (tunnel.forward == forward)
            return tunnel.id;
    }
    return fail(ErrorCode::NotFound, Step::Profile, portForwardText(forward));
}

Result<> Tunnels::change(quint64 id, const PortForward &forward)
{
    if (Result<> good = check(forward, id); !good)
        return good;
    std::vector<PortForward> all = forwards();
    for (std::size_t i = 0; i < m_tunnels.size(); ++i) {
        if (m_tunnels[i].id == id)
            all[i] = forward;
    }
    m_changing = {id, forward};
    Result<> saved = save(all);
    m_changing.reset();
    return saved;
}

Result<> Tunnels::setOn(quint64 id, bool on)
{
    const Tunnel *tunnel = find(id);
    if (!tunnel)
        return fail(ErrorCode::NotFound, Step::Forward);
    PortForward forward = tunnel->forward;
    forward.isOn = on;
    return change(id, forward);
}

Result<> Tunnels::remove(quint64 id)
{
    std::vector<PortForward> rest;
    for (const Tunnel &tunnel : m_tunnels) {
        if (tunnel.id != id)
            rest.push_back(tunnel.forward);
    }
    return save(rest);
}

void Tunnels::tryAgain(quint64 id)
{
    Tunnel *tunnel = get(id);
    if (tunnel && tunnel->state == Tunnel::State::Failed && m_forwarder) {
        start(*tunnel);
        Q_EMIT changed(id);
    }
}

quint16 Tunnels::freePort(quint16 wish) const
{
    const auto isTaken = [this](quint16 port) {
        return std::any_of(m_tunnels.begin(), m_tunnels.end(), [port](const Tunnel &tunnel) {
            return tunnel.forward.kind != PortForward::Kind::Remote &&
                   tunnel.forward.bindPort == port;
        });
    };
    quint16 port = wish == 0 ? 0 : forward::freePortNear(quint16(wish - 1));
    while (port != 0 && isTaken(port) && port < 65535)
        port = forward::freePortNear(port);
    return port;
}

/// The profile's list has changed, here or in another window.
void Tunnels::follow()
{
    std::vector<Tunnel> before = std::move(m_tunnels);
    m_tunnels.clear();
    bool isOther = false;
    bool any = false;
    for (const PortForward &forward : m_instance.profile().forwards) {
        const bool isChanged = m_changing && m_changing->second == forward;
        const auto known = std::find_if(before.begin(), before.end(), [&](const Tunnel &one) {
            return isChanged ? one.id == m_changing->first : isSame(one.forward, forward);
        });
        Tunnel tunnel;
        if (known != before.end()) {
            tunnel = *known;
            isOther = isOther || !(tunnel.forward == forward);
            before.erase(known);
            if (!isSame(tunnel.forward, forward)) {
                stop(tunnel, Tunnel::State::Off);
                tunnel.status = {};
            }
        } else {
            tunnel.id = ++m_lastId;
            isOther = true;
        }
        tunnel.forward = forward;
        any = any || forward.isOn;
        m_tunnels.push_back(tunnel);
    }
    isOther = isOther || !before.empty();
    for (Tunnel &gone : before)
        stop(gone, Tunnel::State::Off);
    for (Tunnel &tunnel : m_tunnels) {
        if (!tunnel.forward.isOn && tunnel.state != Tunnel::State::Off)
            stop(tunnel, Tunnel::State::Off);
        else if (tunnel.forward.isOn && tunnel.state == Tunnel::State::Off)
            start(tunnel);
    }
    m_line.setWanted(any);
    if (isOther)
        Q_EMIT listChanged();
}

void Tunnels::start(Tunnel &tunnel)
{
    tunnel.status.error.reset();
    tunnel.status.freePort = 0;
    tunnel.state = m_forwarder ? Tunnel::State::Starting : Tunnel::State::Waiting;
    if (m_forwarder)
        m_forwarder->start(tunnel.id, tunnel.forward);
}

void Tunnels::stop(Tunnel &tunnel, Tunnel::State state)
{
    tunnel.state = state;
    tunnel.status.open = 0;
    tunnel.status.error.reset();
    if (m_forwarder)
        m_forwarder->stop(tunnel.id);
}

void Tunnels::onUp()
{
    m_forwarder = std::make_unique<forward::Forwarder>(*m_line.session());
    connect(m_forwarder.get(), &forward::Forwarder::changed, this, &Tunnels::onStatus);
    for (Tunnel &tunnel : m_tunnels) {
        if (tunnel.forward.isOn)
            start(tunnel);
    }
    Q_EMIT listChanged();
}

void Tunnels::onDown()
{
    m_forwarder.reset();
    for (Tunnel &tunnel : m_tunnels) {
        if (tunnel.forward.isOn)
            stop(tunnel, Tunnel::State::Waiting);
    }
    Q_EMIT listChanged();
}

void Tunnels::onStatus(quint64 id, const ForwardStatus &status)
{
    Tunnel *tunnel = get(id);
    if (!tunnel)
        return;
    tunnel->status = status;
    switch (status.state) {
    case ForwardStatus::State::Starting: tunnel->state = Tunnel::State::Starting; break;
    case ForwardStatus::State::Listening: tunnel->state = Tunnel::State::Listening; break;
    case ForwardStatus::State::Failed: tunnel->state = Tunnel::State::Failed; break;
    }
    Q_EMIT changed(id);
}

} // namespace core::fleet
