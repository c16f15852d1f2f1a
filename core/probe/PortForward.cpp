// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/PortForward.h"

#include <QStringList>

#include <optional>

namespace core::probe {

namespace {

std::optional<quint16> portNumber(const QString &text)
{
    bool ok = false;
    const uint number = text.trimmed().toUInt(&ok);
    if (!ok || number > 65535)
        return std::nullopt;
    return quint16(number);
}

QStringList partsOf(const QString &text)
{
    QStringList parts;
    QString part;
    bool bracket = false;
    for (const QChar c : text) {
        if (c == u'[') {
            bracket = true;
        } else if (c == u']') {
            bracket = false;
        } else if (c == u':' && !bracket) {
            parts.append(part);
            part.clear();
        } else {
            part += c;
        }
    }
    parts.append(part);
    return parts;
}

bool isLoopback(const QString &address)
{
    return address.isEmpty() || address == u"localhost" || address == u"127.0.0.1" ||
           address == u"::1";
}

bool isEvery(const QString &address)
{
    return address == u"*" || address == u"0.0.0.0" || address == u"::";
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

} // namespace

bool PortForward::clashesWith(const PortForward &other) const
{
    const bool here = kind != Kind::Remote;
    if (here != (other.kind != Kind::Remote) || bindPort != other.bindPort)
        return false;
    return bindAddress == other.bindAddress || isEvery(bindAddress) || isEvery(other.bindAddress) ||
           (isLoopback(bindAddress) && isLoopback(other.bindAddress));
}

Result<PortForward> parsePortForward(PortForward::Kind kind, const QString &text)
{
    const auto refuse = [&] { return fail(ErrorCode::Usage, Step::Forward, text); };
    const QStringList parts = partsOf(text);
    const bool dynamic = kind == PortForward::Kind::Dynamic;
    const qsizetype fixed = dynamic ? 1 : 3;
    if (parts.size() != fixed && parts.size() != fixed + 1)
        return refuse();
    PortForward forward;
    forward.kind = kind;
    const qsizetype first = parts.size() - fixed;
    if (first == 1)
        forward.bindAddress = parts[0].trimmed().isEmpty() ? QStringLiteral("*") : parts[0];
    const auto bind = portNumber(parts[first]);
    if (!bind || (*bind == 0 && kind == PortForward::Kind::Remote))
        return refuse();
    forward.bindPort = *bind;
    if (!dynamic) {
        const auto to = portNumber(parts[first + 2]);
        if (!to || *to == 0 || parts[first + 1].trimmed().isEmpty())
            return refuse();
        forward.host = parts[first + 1].trimmed();
        forward.hostPort = *to;
    }
    return forward;
}

QString portForwardText(const PortForward &forward)
{
    QString text;
    if (!forward.bindAddress.isEmpty())
        text = bracketed(forward.bindAddress) + u':';
    text += QString::number(forward.bindPort);
    if (forward.kind != PortForward::Kind::Dynamic)
        text += u':' + bracketed(forward.host) + u':' + QString::number(forward.hostPort);
    return text;
}

} // namespace core::probe
