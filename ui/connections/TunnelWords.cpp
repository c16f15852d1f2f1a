// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/TunnelWords.h"

#include "core/base/ShellQuote.h"
#include "ui/common/Format.h"

#include <QCoreApplication>

namespace ui::connections {

using core::fleet::Tunnel;
using core::probe::PortForward;
using Kind = PortForward::Kind;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TunnelWords)
};

QString place(const QString &host, quint16 port)
{
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

bool isEvery(const QString &address)
{
    return address == u"*" || address == u"0.0.0.0" || address == u"::";
}

/// Where a program of this computer finds what listens here.
QString localHost(const PortForward &forward)
{
    const bool isLoopback = forward.bindAddress.isEmpty() || isEvery(forward.bindAddress);
    return isLoopback ? QStringLiteral("localhost") : forward.bindAddress;
}

} // namespace

QString kindWords(Kind kind)
{
    switch (kind) {
    //: Kind of tunnel: a port of this computer leads to the instance
    case Kind::Local: return Words::tr("Local");
    //: Kind of tunnel: a port of the instance leads to this computer
    case Kind::Remote: return Words::tr("Remote");
    case Kind::Dynamic: break;
    }
    return Words::tr("SOCKS proxy");
}

QString titleWords(const PortForward &forward)
{
    if (!forward.label.isEmpty())
        return forward.label;
    return forward.kind == Kind::Dynamic ? kindWords(forward.kind)
                                         : place(forward.host, forward.hostPort);
}

QString listenWords(const PortForward &forward)
{
    if (isEvery(forward.bindAddress))
        //: Where a tunnel listens; %1 is a port
        return Words::tr("all addresses, port %1").arg(forward.bindPort);
    return place(localHost(forward), forward.bindPort);
}

QString targetWords(const PortForward &forward)
{
    return forward.host.isEmpty() ? format::absent() : place(forward.host, forward.hostPort);
}

QString stateWords(const Tunnel &tunnel)
{
    switch (tunnel.state) {
    case Tunnel::State::Off: return Words::tr("Off");
    case Tunnel::State::Waiting: return Words::tr("Waits for the connection");
    case Tunnel::State::Starting: return Words::tr("Starting…");
    case Tunnel::State::Listening:
        return tunnel.status.refusal ? Words::tr("On; the target refused") : Words::tr("On");
    case Tunnel::State::Failed: break;
    }
    if (tunnel.status.freePort != 0)
        return Words::tr("Port %1 is in use").arg(tunnel.forward.bindPort);
    return Words::tr("Failed");
}

Description problemOf(const Tunnel &tunnel)
{
    const auto &status = tunnel.status;
    const std::optional<core::Error> error = status.error ? status.error : status.refusal;
    Description words = describe(error.value_or(core::Error()));
    if (status.error && status.freePort != 0) {
        words.title = Words::tr("Port %1 is in use on this computer").arg(tunnel.forward.bindPort);
        //: %1 is a port
        words.advice =
            Words::tr("%1 is free: take it, or end the other program.").arg(status.freePort);
    }
    return words;
}

QUrl addressOf(const PortForward &forward)
{
    if (forward.kind != Kind::Local)
        return {};
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(localHost(forward));
    url.setPort(forward.bindPort);
    url.setPath(QStringLiteral("/"));
    return url;
}

QString copiedAddress(const PortForward &forward)
{
    if (forward.kind == Kind::Local)
        return addressOf(forward).toString();
    const QString where = place(localHost(forward), forward.bindPort);
    // "h": the proxy looks names up, as curl and others spell it.
    return forward.kind == Kind::Dynamic ? QStringLiteral("socks5h://") + where : where;
}

QString commandOf(const PortForward &forward, const core::profiles::Profile &profile)
{
    const auto word = [](const QString &text) {
        return QString::fromUtf8(core::shellQuote(text.toUtf8()));
    };
    QStringList words{QStringLiteral("ssh"), QStringLiteral("-N")};
    words += forward.kind == Kind::Local    ? QStringLiteral("-L")
             : forward.kind == Kind::Remote ? QStringLiteral("-R")
                                            : QStringLiteral("-D");
    words += word(core::probe::portForwardText(forward));
    if (!profile.identityFile.isEmpty())
        words += {QStringLiteral("-i"), word(profile.identityFile)};
    if (!profile.jump.isEmpty())
        words += {QStringLiteral("-J"), word(profile.jump)};
    if (profile.port != 22)
        words += {QStringLiteral("-p"), QString::number(profile.port)};
    words += word(profile.user.isEmpty() ? profile.host : profile.user + u'@' + profile.host);
    return words.join(u' ');
}

} // namespace ui::connections
