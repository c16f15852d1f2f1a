// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/ForwardCommand.h"

#include "app/danlu-cli/Json.h"
#include "app/danlu-cli/Output.h"

#include <QJsonObject>

#include <algorithm>

using namespace core;
using core::forward::ForwardStatus;
using core::probe::PortForward;

namespace cli {

namespace {

QString kindName(PortForward::Kind kind)
{
    switch (kind) {
    case PortForward::Kind::Local: return QStringLiteral("local");
    case PortForward::Kind::Remote: return QStringLiteral("remote");
    case PortForward::Kind::Dynamic: break;
    }
    return QStringLiteral("dynamic");
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

QString bindOf(const PortForward &forward)
{
    return forward.bindAddress.isEmpty() ? QStringLiteral("localhost") : forward.bindAddress;
}

} // namespace

ForwardCommand::ForwardCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_connection(arguments, services)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, &m_connection, &Connection::start);
}

Result<> ForwardCommand::readForwards()
{
    for (const auto &[letter, text] : m_arguments.forwards) {
        const auto kind = letter == u'L'   ? PortForward::Kind::Local
                          : letter == u'R' ? PortForward::Kind::Remote
                                           : PortForward::Kind::Dynamic;
        const Result<PortForward> read = probe::parsePortForward(kind, text);
        if (!read)
            return fail(ErrorCode::Usage, Step::Forward,
                        QStringLiteral("-%1 %2").arg(letter).arg(text));
        m_ports.push_back({*read, {}, false});
    }
    if (m_ports.empty() || m_arguments.positionals.size() != 1 || !m_arguments.remote.isEmpty())
        return fail(ErrorCode::Usage, Step::None,
                    QStringLiteral("forward TARGET -L [BIND:]PORT:HOST:PORT"));
    return {};
}

void ForwardCommand::start()
{
    if (const Result<> read = readForwards(); !read) {
        finish(reportError(read.error(), m_arguments.json));
        return;
    }
    connect(&m_connection, &Connection::ready, this, &ForwardCommand::forward);
    connect(&m_connection, &Connection::lost, this, &ForwardCommand::onLost);
    connect(&m_connection, &Connection::failed, this, [this](const Error &error) {
        if (m_wasConnected)
            onLost(error);
        else
            finish(reportError(error, m_arguments.json));
    });
    m_connection.start();
}

void ForwardCommand::forward()
{
    m_wasConnected = true;
    m_failures = 0;
    m_forwarder = std::make_unique<core::forward::Forwarder>(*m_connection.session());
    connect(m_forwarder.get(), &core::forward::Forwarder::changed, this,
            [this](quint64 id, const ForwardStatus &status) { take(std::size_t(id), status); });
    for (std::size_t i = 0; i < m_ports.size(); ++i) {
        m_ports[i].status = {};
        m_ports[i].isTold = false;
        m_forwarder->start(i, m_ports[i].forward);
    }
}

void ForwardCommand::take(std::size_t index, const ForwardStatus &status)
{
    Port &port = m_ports[index];
    const qint64 refusedBefore = port.status.refused;
    port.status = status;
    if (m_ended)
        return;
    if (status.state == ForwardStatus::State::Failed) {
        if (status.error->code == ErrorCode::Disconnected)
            return; // lost() follows
        Error error = *status.error;
        if (status.freePort != 0)
            error.detail += QStringLiteral("; port %1 is free").arg(status.freePort);
        finish(reportError(error, m_arguments.json));
        return;
    }
    if (status.state == ForwardStatus::State::Listening && !port.isTold) {
        port.isTold = true;
        port.forward.bindPort = status.port; // the same one after a loss
        tellListening(index);
    }
    if (status.refused > refusedBefore)
        tellRefused(index);
}

void ForwardCommand::tellListening(std::size_t index)
{
    const PortForward &forward = m_ports[index].forward;
    if (m_arguments.json) {
        const bool toHost = forward.kind != PortForward::Kind::Dynamic;
        printJson(
            QJsonObject{{QStringLiteral("event"), QStringLiteral("listening")},
                        {QStringLiteral("kind"), kindName(forward.kind)},
                        {QStringLiteral("bind"), bindOf(forward)},
                        {QStringLiteral("port"), forward.bindPort},
                        {QStringLiteral("host"), textOrNull(forward.host)},
                        {QStringLiteral("host_port"),
                         toHost ? QJsonValue(forward.hostPort) : QJsonValue(QJsonValue::Null)}});
        return;
    }
    const QString where = bracketed(bindOf(forward)) + u':' + QString::number(forward.bindPort);
    const QString to = bracketed(forward.host) + u':' + QString::number(forward.hostPort);
    switch (forward.kind) {
    case PortForward::Kind::Local:
        printLine(QStringLiteral("%1 -> %2 there").arg(where, to));
        break;
    case PortForward::Kind::Remote:
        printLine(QStringLiteral("%1 there -> %2 here").arg(where, to));
        break;
    case PortForward::Kind::Dynamic:
        printLine(QStringLiteral("%1 -> SOCKS proxy, out there").arg(where));
        break;
    }
}

void ForwardCommand::tellRefused(std::size_t index)
{
    const ForwardStatus &status = m_ports[index].status;
    if (!status.refusal)
        return;
    if (!m_arguments.json) {
        reportError(*status.refusal, false);
        return;
    }
    printJson(QJsonObject{{QStringLiteral("event"), QStringLiteral("refused")},
                          {QStringLiteral("port"), m_ports[index].forward.bindPort},
                          {QStringLiteral("error"), QString(errorCodeName(status.refusal->code))},
                          {QStringLiteral("detail"), status.refusal->detail},
                          {QStringLiteral("refused"), status.refused}});
}

void ForwardCommand::onLost(const Error &error)
{
    m_forwarder.reset();
    if (!mayComeBack(error)) {
        finish(reportError(error, m_arguments.json));
        return;
    }
    const int seconds = std::min(60, 2 << std::min(m_failures, 5));
    ++m_failures;
    if (m_arguments.json)
        printJson(QJsonObject{{QStringLiteral("event"), QStringLiteral("reconnecting")},
                              {QStringLiteral("reason"), QString(errorCodeName(error.code))},
                              {QStringLiteral("in_s"), seconds}});
    else
        writeErr(QStringLiteral("danlu-cli: %1; again in %2 s\n")
                     .arg(errorCodeName(error.code))
                     .arg(seconds)
                     .toUtf8());
    m_retry.start(std::chrono::seconds(seconds));
}

void ForwardCommand::cancel()
{
    finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void ForwardCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    m_retry.stop();
    Q_EMIT done(exitCode);
}

} // namespace cli
