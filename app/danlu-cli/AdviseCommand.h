// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/SampleStream.h"
#include "core/advice/Advisor.h"

#include <QObject>
#include <QTimer>

namespace cli {

/// "advise TARGET [--for SECONDS]": watches for so long, then prints what is wrong.
class AdviseCommand final : public QObject
{
    Q_OBJECT

public:
    AdviseCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    void take(const core::metrics::SamplePtr &sample);
    void conclude();
    void finish(int exitCode);

    const Arguments &m_arguments;
    const core::Clock &m_clock;
    SampleStream m_stream;
    core::metrics::SeriesSet m_series;
    core::advice::Advisor m_advisor;
    QTimer m_timer;
    std::chrono::milliseconds m_watch{0};
    bool m_anySample = false;
    bool m_ended = false;
};

} // namespace cli
