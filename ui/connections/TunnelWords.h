// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Tunnels.h"
#include "core/profiles/Profile.h"
#include "ui/common/Describe.h"

#include <QUrl>

namespace ui::connections {

/// "Local", "Remote", "SOCKS proxy".
[[nodiscard]] QString kindWords(core::probe::PortForward::Kind kind);
/// The name that a person gave it, or where it leads.
[[nodiscard]] QString titleWords(const core::probe::PortForward &forward);
/// "localhost:8888", on whichever side it listens.
[[nodiscard]] QString listenWords(const core::probe::PortForward &forward);
/// "localhost:8888", "–" for a proxy.
[[nodiscard]] QString targetWords(const core::probe::PortForward &forward);
[[nodiscard]] QString stateWords(const core::fleet::Tunnel &tunnel);
/// Why a tunnel has failed, or why its last connection was refused, for people.
[[nodiscard]] Description problemOf(const core::fleet::Tunnel &tunnel);
/// What a browser of this computer takes; empty where that makes no sense.
[[nodiscard]] QUrl addressOf(const core::probe::PortForward &forward);
/// What would do the same by hand: "ssh -N -L 8888:localhost:8888 -p 123 root@host".
[[nodiscard]] QString commandOf(const core::probe::PortForward &forward,
                                const core::profiles::Profile &profile);
/// What is copied: "localhost:8888", "socks5h://localhost:1080".
[[nodiscard]] QString copiedAddress(const core::probe::PortForward &forward);

} // namespace ui::connections
