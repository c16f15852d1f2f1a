// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/fleet/TunnelLine.h"
#include "core/forward/Forwarder.h"
#include "core/probe/PortForward.h"

#include <QObject>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace core::profiles {
struct Profile;
class ProfileStore;
} // namespace core::profiles

namespace core::fleet {

class Instance;

/// One forwarded port of an instance.
struct Tunnel
{
    enum class State {
        Off,     ///< by the user
        Waiting, ///< for the connection
        Starting,
        Listening,
        Failed ///< status.error
    };
    quint64 id = 0; ///< for as long as the program runs
    probe::PortForward forward;
    State state = State::Off;
    core::forward::ForwardStatus status; ///< its figures are those of the last time it listened
};

/// The forwarded ports that are saved with an instance's profile. Those that are on come up with
/// the connection and again after each loss. GUI thread.
class Tunnels final : public QObject
{
    Q_OBJECT

public:
    Tunnels(Instance &instance, profiles::ProfileStore &profiles);
    ~Tunnels() override;

    /// In the order they were added.
    [[nodiscard]] const std::vector<Tunnel> &all() const { return m_tunnels; }
    [[nodiscard]] const Tunnel *find(quint64 id) const;

    /// Saves it. Errors: Usage (Step::Forward) where another one of the instance has the port, its
    /// text in the detail; Unsupported for port 0; those of ProfileStore::update().
    [[nodiscard]] Result<quint64> add(const probe::PortForward &forward);
    /// In the place of the old one; its connections are broken off where it leads elsewhere now.
    [[nodiscard]] Result<> change(quint64 id, const probe::PortForward &forward);
    [[nodiscard]] Result<> setOn(quint64 id, bool on);
    [[nodiscard]] Result<> remove(quint64 id);
    /// One that has failed.
    void tryAgain(quint64 id);

    /// \a wish, or a port above it, that no tunnel of the instance has and that could be listened
    /// on at this machine's loopback a moment ago; 0 = none.
    [[nodiscard]] quint16 freePort(quint16 wish) const;

Q_SIGNALS:
    /// One came, went or was changed.
    void listChanged();
    /// State or figures.
    void changed(quint64 id);

private:
    void follow();
    void onUp();
    void onDown();
    void onStatus(quint64 id, const forward::ForwardStatus &status);
    void start(Tunnel &tunnel);
    void stop(Tunnel &tunnel, Tunnel::State state);
    [[nodiscard]] Tunnel *get(quint64 id);
    [[nodiscard]] Result<> check(const probe::PortForward &forward, quint64 besides) const;
    [[nodiscard]] Result<> save(const std::vector<probe::PortForward> &forwards);
    [[nodiscard]] std::vector<probe::PortForward> forwards() const;

    Instance &m_instance;
    profiles::ProfileStore &m_profiles;
    std::vector<Tunnel> m_tunnels;
    quint64 m_lastId = 0;
    std::optional<std::pair<quint64, probe::PortForward>> m_changing; ///< which one into what
    TunnelLine m_line;
    std::unique_ptr<forward::Forwarder> m_forwarder; ///< while the line is up
};

} // namespace core::fleet
