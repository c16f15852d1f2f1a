// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <utility>

namespace core::forward {

/// The server's side of a SOCKS handshake: version 5 without sign-in (RFC 1928), version 4 and 4a.
/// CONNECT only; names are not looked up here.
class SocksHandshake
{
public:
    enum class State { Reading, Wanted, Refused };
    enum class Outcome { Connected, NotAllowed, HostUnreachable, Refused, Failed };

    /// Takes what the client sent. \returns what it is to be told now; after Refused the connection
    /// ends.
    [[nodiscard]] QByteArray feed(const QByteArray &bytes);
    [[nodiscard]] State state() const { return m_state; }
    /// Wanted: where the client wants to go; a name or an address, as text.
    [[nodiscard]] const QByteArray &host() const { return m_host; }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Wanted: what the client is told of how it went.
    [[nodiscard]] QByteArray answer(Outcome outcome) const;
    /// What came behind the handshake: for the target.
    [[nodiscard]] QByteArray takeRest() { return std::exchange(m_buffer, {}); }

private:
    [[nodiscard]] QByteArray readGreeting();
    [[nodiscard]] QByteArray readRequest();
    [[nodiscard]] QByteArray readVersion4();
    [[nodiscard]] QByteArray refuse(char code);
    void want(QByteArray host, quint16 port, qsizetype used);

    State m_state = State::Reading;
    bool m_isGreeted = false; ///< version 5
    int m_version = 0;
    QByteArray m_buffer;
    QByteArray m_host;
    quint16 m_port = 0;
};

} // namespace core::forward
