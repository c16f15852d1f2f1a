// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"
#include "app/danlu-cli/RunLog.h"
#include "core/metrics/Sampler.h"

#include <QObject>
#include <QTimer>

namespace cli {

/// The samples of one instance: connects, runs the sampler in one channel and, where that is asked
/// for, connects again after a loss that may pass. After failed() nothing comes any more.
class SampleStream final : public QObject
{
    Q_OBJECT

public:
    SampleStream(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start(std::chrono::milliseconds interval, bool reconnect);
    void stop();

Q_SIGNALS:
    void sampling(); ///< connected, the sampler was started
    void arrived(const core::metrics::SamplePtr &sample);
    void reconnecting(const core::Error &error, int seconds);
    void failed(const core::Error &error);

private:
    void sample();
    void take(const QByteArray &bytes);
    void onLost(const core::Error &error);
    void retryLater(const core::Error &error);
    void fail(const core::Error &error);

    core::metrics::SampleAssembler m_assembler;
    Connection m_connection;
    RunLog m_runs;
    core::ssh::Exec *m_exec = nullptr;
    QTimer m_retry;
    std::chrono::milliseconds m_interval{1000};
    int m_failures = 0;
    bool m_reconnect = false;
    bool m_wasConnected = false;
    bool m_ended = false;
};

} // namespace cli
