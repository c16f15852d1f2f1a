// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/AdviseCommand.h"

#include "app/danlu-cli/AdviceText.h"
#include "app/danlu-cli/Output.h"

using namespace core;

namespace cli {

namespace {

using namespace std::chrono_literals;

/// Longer than the windows of all rules but those on idling and on cheaper cards.
constexpr double defaultSeconds = 200;
/// The rules are asked every five seconds, and a window of so many seconds is known a second later.
constexpr auto lastRound = 7s;
/// For the first sample, after connecting.
constexpr auto patience = 30s;

} // namespace

AdviseCommand::AdviseCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_clock(services.clock)
    , m_stream(arguments, services)
{
}

void AdviseCommand::start()
{
    const Result<double> seconds = positiveNumber(m_arguments, "for", defaultSeconds);
    if (!seconds || m_arguments.positionals.size() != 1) {
        finish(reportError(seconds ? Error{ErrorCode::Usage, Step::None,
                                           QStringLiteral("advise TARGET [--for SECONDS]")}
                                   : seconds.error(),
                           m_arguments.json));
        return;
    }
    constexpr double aDay = 24 * 3600; // the series reach back no further
    m_watch = std::chrono::milliseconds(qint64(std::min(*seconds, aDay) * 1000));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AdviseCommand::conclude);
    connect(&m_stream, &SampleStream::sampling, this, [this] {
        if (!m_anySample)
            m_timer.start(patience);
    });
    connect(&m_stream, &SampleStream::arrived, this, &AdviseCommand::take);
    connect(&m_stream, &SampleStream::reconnecting, this, [this] {
        using std::chrono::milliseconds;
        const auto now = m_clock.now().time_since_epoch();
        m_series.appendGap(std::chrono::duration_cast<milliseconds>(now).count());
    });
    connect(&m_stream, &SampleStream::failed, this,
            [this](const Error &error) { finish(reportError(error, m_arguments.json)); });
    m_stream.start(1000ms, true);
}

void AdviseCommand::take(const metrics::SamplePtr &sample)
{
    if (m_ended)
        return;
    if (!m_anySample)
        m_timer.start(m_watch + lastRound);
    m_anySample = true;
    m_series.append(*sample);
    m_advisor.take(sample, m_series);
}

void AdviseCommand::conclude()
{
    if (!m_anySample) {
        finish(reportError({ErrorCode::TimedOut, Step::Sampler, QStringLiteral("no sample came")},
                           m_arguments.json));
        return;
    }
    // NDJSON with and without --json, as watch.
    for (const advice::Finding &finding : m_advisor.findings())
        printJson(toJson(finding));
    finish(ExitDone);
}

void AdviseCommand::cancel()
{
    finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void AdviseCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    m_timer.stop();
    m_stream.stop();
    Q_EMIT done(exitCode);
}

} // namespace cli
