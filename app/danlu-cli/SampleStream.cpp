// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/SampleStream.h"

#include <algorithm>

using namespace core;

namespace cli {

namespace {

constexpr int maxDrops = 8;

} // namespace

SampleStream::SampleStream(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_assembler(services.clock)
    , m_connection(arguments, services)
    , m_runs(arguments.positionals.value(0), services)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, &m_connection, &Connection::start);
    connect(&m_connection, &Connection::ready, this, &SampleStream::sample);
    connect(&m_connection, &Connection::failed, this, [this](const Error &error) {
        if (m_wasConnected && mayComeBack(error) && m_failures < maxDrops)
            retryLater(error);
        else
            fail(error);
    });
    connect(&m_connection, &Connection::lost, this, &SampleStream::onLost);
}

void SampleStream::start(std::chrono::milliseconds interval, bool reconnect)
{
    m_interval = interval;
    m_reconnect = reconnect;
    m_connection.start();
}

void SampleStream::stop()
{
    m_ended = true;
    m_retry.stop();
}

void SampleStream::sample()
{
    if (m_ended)
        return;
    m_wasConnected = true;
    m_failures = 0;
    m_assembler.reset();
    metrics::SamplerOptions options;
    options.interval = m_interval;
    ssh::ExecOptions execOptions;
    execOptions.collect = false;
    execOptions.input = metrics::samplerInput();
    execOptions.closeStdin = false; // the sampler ends when its stdin does
    m_exec = m_connection.session()->exec(metrics::samplerCommand(options), execOptions);
    connect(m_exec, &ssh::Exec::outputReceived, this, &SampleStream::take);
    connect(m_exec, &Operation::finished, this, [this] {
        const std::optional<Error> error = m_exec->error();
        if (error && error->code != ErrorCode::Disconnected)
            fail(*error);
        else if (!error)
            fail({ErrorCode::RemoteFailed, Step::Sampler,
                  QStringLiteral("the sampler ended with code %1")
                      .arg(m_exec->exitCode().value_or(-1))});
    });
    Q_EMIT sampling();
}

void SampleStream::take(const QByteArray &bytes)
{
    for (const metrics::SamplePtr &sample : m_assembler.feed(bytes)) {
        if (m_ended)
            return;
        m_runs.take(*sample);
        Q_EMIT arrived(sample);
    }
}

void SampleStream::onLost(const Error &error)
{
    if (m_reconnect && mayComeBack(error))
        retryLater(error);
    else
        fail(error);
}

void SampleStream::retryLater(const Error &error)
{
    if (m_ended)
        return;
    const int seconds = std::min(60, 2 << std::min(m_failures, 5));
    ++m_failures;
    m_retry.start(std::chrono::seconds(seconds));
    Q_EMIT reconnecting(error, seconds);
}

void SampleStream::fail(const Error &error)
{
    if (m_ended)
        return;
    stop();
    Q_EMIT failed(error);
}

} // namespace cli
