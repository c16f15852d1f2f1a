// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/Socks.h"

#include <QHostAddress>
#include <QtEndian>

#include <utility>

namespace core::forward {

namespace {

/// No handshake is longer, user name and host name of version 4a included.
constexpr qsizetype longest = 1024;

// RFC 1928, 6
constexpr char granted = 0;
constexpr char generalFailure = 1;
constexpr char notAllowed = 2;
constexpr char hostUnreachable = 4;
constexpr char connectionRefused = 5;
constexpr char commandUnknown = 7;
constexpr char addressUnknown = 8;

QByteArray reply5(char code)
{
    QByteArray reply(10, '\0'); // bound to 0.0.0.0:0: nobody needs to know
    reply[0] = 5;
    reply[1] = code;
    reply[3] = 1;
    return reply;
}

QByteArray reply4(bool isGranted)
{
    QByteArray reply(8, '\0');
    reply[1] = isGranted ? char(0x5a) : char(0x5b);
    return reply;
}

bool isHostName(const QByteArray &host)
{
    return !host.isEmpty() && host.size() <= 255 && !host.contains('\0');
}

} // namespace

QByteArray SocksHandshake::feed(const QByteArray &bytes)
{
    m_buffer += bytes;
    if (m_state != State::Reading || m_buffer.isEmpty())
        return {};
    m_version = uchar(m_buffer[0]);
    if (!m_isGreeted && m_version != 4 && m_version != 5) {
        m_state = State::Refused; // some other protocol: no answer would be understood
        return {};
    }
    QByteArray answer;
    if (m_version == 4) {
        answer = readVersion4();
    } else {
        if (!m_isGreeted)
            answer = readGreeting();
        if (m_isGreeted && m_state == State::Reading && !m_buffer.isEmpty())
            answer += readRequest();
    }
    if (m_state == State::Reading && m_buffer.size() > longest)
        m_state = State::Refused;
    return answer;
}

/// VER NMETHODS METHODS
QByteArray SocksHandshake::readGreeting()
{
    if (m_buffer.size() < 2)
        return {};
    const qsizetype count = uchar(m_buffer[1]);
    if (m_buffer.size() < 2 + count)
        return {};
    const bool canDoWithout = m_buffer.mid(2, count).contains('\0');
    m_buffer.remove(0, 2 + count);
    if (!canDoWithout) {
        m_state = State::Refused;
        return QByteArray("\x05\xff", 2);
    }
    m_isGreeted = true;
    return QByteArray("\x05\x00", 2);
}

/// VER CMD RSV ATYP ADDR PORT
QByteArray SocksHandshake::readRequest()
{
    if (m_buffer[0] != 5)
        return refuse(generalFailure);
    if (m_buffer.size() < 5)
        return {};
    const char type = m_buffer[3];
    const qsizetype start = type == 3 ? 5 : 4;
    const qsizetype length = type == 1 ? 4 : type == 3 ? uchar(m_buffer[4]) : type == 4 ? 16 : -1;
    if (length < 0)
        return refuse(addressUnknown);
    if (m_buffer.size() < start + length + 2)
        return {};
    if (m_buffer[1] != 1)
        return refuse(commandUnknown);
    const char *address = m_buffer.constData() + start;
    QByteArray host;
    if (type == 1)
        host = QHostAddress(qFromBigEndian<quint32>(address)).toString().toLatin1();
    else if (type == 4)
        host = QHostAddress(reinterpret_cast<const quint8 *>(address)).toString().toLatin1();
    else
        host = QByteArray(address, length);
    if (!isHostName(host))
        return refuse(generalFailure);
    want(host, qFromBigEndian<quint16>(address + length), start + length + 2);
    return {};
}

/// VN CD DSTPORT DSTIP USERID NUL; with an address 0.0.0.x a name and NUL follow.
QByteArray SocksHandshake::readVersion4()
{
    if (m_buffer.size() < 9)
        return {};
    const qsizetype userEnd = m_buffer.indexOf('\0', 8);
    if (userEnd < 0)
        return {};
    const auto port = qFromBigEndian<quint16>(m_buffer.constData() + 2);
    const auto address = qFromBigEndian<quint32>(m_buffer.constData() + 4);
    const bool isNamed = address != 0 && address < 256;
    const qsizetype nameEnd = isNamed ? m_buffer.indexOf('\0', userEnd + 1) : userEnd;
    if (nameEnd < 0)
        return {};
    const QByteArray host = isNamed ? m_buffer.mid(userEnd + 1, nameEnd - userEnd - 1)
                                    : QHostAddress(address).toString().toLatin1();
    if (m_buffer[1] != 1 || !isHostName(host))
        return refuse(commandUnknown);
    want(host, port, nameEnd + 1);
    return {};
}

QByteArray SocksHandshake::refuse(char code)
{
    m_state = State::Refused;
    return m_version == 4 ? reply4(false) : reply5(code);
}

void SocksHandshake::want(QByteArray host, quint16 port, qsizetype used)
{
    m_state = State::Wanted;
    m_host = std::move(host);
    m_port = port;
    m_buffer.remove(0, used);
}

QByteArray SocksHandshake::answer(Outcome outcome) const
{
    if (m_version == 4)
        return reply4(outcome == Outcome::Connected);
    switch (outcome) {
    case Outcome::Connected: return reply5(granted);
    case Outcome::NotAllowed: return reply5(notAllowed);
    case Outcome::HostUnreachable: return reply5(hostUnreachable);
    case Outcome::Refused: return reply5(connectionRefused);
    case Outcome::Failed: break;
    }
    return reply5(generalFailure);
}

} // namespace core::forward
