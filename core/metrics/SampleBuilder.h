// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"

#include <QByteArrayList>
#include <QHash>
#include <QMap>
#include <QSet>

namespace core::metrics {

/// What the sampler's documents say, kept until the next says otherwise; pure but for the times it
/// is given. Times in seconds: remote is the instance's uptime clock, local this machine's.
class SampleBuilder
{
public:
    void takeHost(const QByteArrayList &lines);
    void takeGpuRow(QByteArrayView line, bool allFields, double localSeconds);
    void takeGpuReport(QByteArrayView xml, double localSeconds);
    void takeSmiError(QByteArrayView text, double localSeconds);
    void takeDisks(QByteArrayView df);
    void takeInodes(QByteArrayView df);
    void takeProcesses(const QByteArrayList &lines);
    void takeCommands(const QByteArrayList &lines);
    /// The fast figures: with them a sample is made of all that is known.
    [[nodiscard]] Sample takeFast(const QByteArrayList &lines, double localSeconds,
                                  std::chrono::system_clock::time_point time);
    /// Counters and cards are forgotten: the next sample has no rates, and no GPU of before.
    void resetRates();

private:
    struct Counters
    {
        double remoteSeconds = 0;
        std::optional<qint64> cpuUsec;
        std::optional<double> hostCpuUsed; ///< jiffies
        std::optional<probe::NetCounters> net;
        std::optional<qint64> ioBytes;
    };
    void fillCpu(Sample &sample, const QMap<QByteArray, QByteArray> &files,
                 const probe::CgroupInfo &group, const Counters &now);
    static void fillMemory(Sample &sample, const QMap<QByteArray, QByteArray> &files,
                           const probe::CgroupInfo &group);
    void fillNetwork(Sample &sample, const Counters &now) const;
    void fillGpus(Sample &sample, double localSeconds) const;
    void fillProcesses(Sample &sample) const;

    [[nodiscard]] bool keepWholeGpus(probe::SmiReport &report) const;

    struct Row
    {
        probe::GpuInfo gpu;
        double seen = 0;
    };
    struct Process
    {
        ProcessInfo info;
        qint64 ticks = 0;
    };

    HostInfo m_host;
    double m_hz = 100;
    qint64 m_pageSize = 4096;
    std::optional<double> m_hostCores;
    std::optional<double> m_startTicks; ///< of PID 1
    QHash<qint64, QString> m_users;

    QMap<int, Row> m_rows; ///< fast GPU rows by index
    std::optional<probe::SmiReport> m_report;
    double m_reportSeen = 0;
    std::optional<probe::SmiError> m_smiError;
    double m_smiErrorSeen = 0;
    std::optional<double> m_lastRow; ///< when the newest came
    bool m_rowsRefused = false;      ///< this nvidia-smi can't print rows
    std::optional<double> m_firstSeconds;
    std::optional<QString> m_driver;

    std::vector<probe::DiskInfo> m_disks;
    std::vector<probe::DiskInfo> m_inodes;
    QHash<qint64, Process> m_processes;
    double m_processSeconds = 0;
    QHash<qint64, QString> m_commands;
    QHash<qint64, qint64> m_owners;
    QSet<qint64> m_gpuHolders;
    QHash<qint64, QStringList> m_reads;

    std::optional<Counters> m_last;
    double m_remoteSeconds = 0;
    double m_interval = 1;
};

} // namespace core::metrics
