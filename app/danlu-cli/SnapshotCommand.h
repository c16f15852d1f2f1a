// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/SampleStream.h"

#include <QObject>
#include <QTimer>

namespace cli {

/// "probe TARGET" (one complete snapshot) and "watch TARGET" (one per sample, reconnecting).
class SnapshotCommand final : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Probe, Watch };
    SnapshotCommand(Kind kind, const Arguments &arguments, Services &services,
                    QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    void take(const core::metrics::SamplePtr &sample);
    void print(const core::metrics::Sample &sample);
    void printText(const core::metrics::Sample &sample) const;
    void finish(int exitCode);

    const Kind m_kind;
    const Arguments &m_arguments;
    SampleStream m_stream;
    core::metrics::SamplePtr m_best; ///< probe: the fullest sample so far
    QTimer m_patience;               ///< probe: how long to wait for a slow nvidia-smi
    int m_wanted = 0;
    int m_printed = 0;
    bool m_ended = false;
};

} // namespace cli
