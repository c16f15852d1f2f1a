// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/TunnelLine.h"

#include "core/fleet/Instance.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace core::fleet {

using namespace std::chrono_literals;

namespace {

/// sshd drops strangers at random (MaxStartups). After so many the monitor's connection must do.
constexpr int mostLineFailures = 3;
constexpr auto longestLinePause = 30s;

} // namespace

TunnelLine::TunnelLine(Instance &instance)
    : m_instance(instance)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &TunnelLine::update);
    connect(&instance, &Instance::stateChanged, this, &TunnelLine::update);
}

TunnelLine::~TunnelLine()
{
    if (m_own)
        m_own->disconnect(this);
}

ssh::Session *TunnelLine::session() const
{
    if (!m_isUp)
        return nullptr;
    return m_own ? m_own.get() : m_lent.data();
}

void TunnelLine::setWanted(bool wanted)
{
    if (std::exchange(m_isWanted, wanted) != wanted)
        update();
}

void TunnelLine::update()
{
    if (!m_instance.session()) {
        m_isRefused = false;
        m_failures = 0;
    }
    if (!m_isWanted || !m_instance.session()) {
        drop();
        return;
    }
    if (m_own || m_lent || m_retry.isActive())
        return;
    if (m_isRefused)
        lend();
    else
        open();
}

void TunnelLine::open()
{
    m_own = std::make_unique<ssh::Session>();
    ssh::Session *session = m_own.get();
    connect(session, &ssh::Session::ready, this, [this] {
        m_failures = 0;
        m_isUp = true;
        Q_EMIT up();
    });
    connect(session, &ssh::Session::closed, this, &TunnelLine::onClosed);
    // Nobody is asked twice: what needs an answer is refused, and the monitor's connection is lent.
    connect(session, &ssh::Session::hostKeyAsked, session,
            [session] { session->answerHostKey(false); });
    connect(session, &ssh::Session::promptAsked, session, [session] { session->answerPrompt({}); });
    session->open(m_instance.connectionOptions());
}

void TunnelLine::lend()
{
    m_lent = m_instance.session();
    m_isUp = true;
    Q_EMIT up();
}

void TunnelLine::onClosed()
{
    const Error error = m_own->error().value_or(Error{ErrorCode::Disconnected, Step::None, {}});
    drop();
    ++m_failures;
    m_isRefused = !mayComeBack(error) || m_failures >= mostLineFailures;
    if (m_isRefused)
        update();
    else
        m_retry.start(
            std::min<std::chrono::milliseconds>(longestLinePause, 500ms * (1 << m_failures)));
}

void TunnelLine::drop()
{
    m_retry.stop();
    const bool wasUp = std::exchange(m_isUp, false);
    m_lent.clear();
    if (m_own) {
        m_own->disconnect(this);
        m_own->close();
        m_own.release()->deleteLater(); // its own signal may be on the stack
    }
    if (wasUp)
        Q_EMIT down();
}

} // namespace core::fleet
