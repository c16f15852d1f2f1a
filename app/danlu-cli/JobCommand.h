// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"
#include "core/jobs/Jobs.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace cli {

/// "job start|list|log|stop|cancel": commands that go on without a connection. All of them may be
/// asked twice, so a lost connection is made again. done() gives the program's exit code, once.
class JobCommand final : public QObject
{
    Q_OBJECT

public:
    JobCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    [[nodiscard]] core::Result<> prepare();
    [[nodiscard]] core::Result<> prepareStart();
    void run();
    void onLost(const core::Error &error);
    void startJob();
    void warnOfOthers();
    void tell(const QString &notice) const;
    void list();
    void find();
    void readLog();
    void end();
    void print(const core::jobs::JobInfo &job) const;
    void print(core::jobs::JobsOverview overview) const;
    /// Of an hour of the instance, where the target is a profile that has one.
    [[nodiscard]] std::optional<core::profiles::Price> price() const;
    void printLog(const QByteArray &bytes);
    /// Ends the program for an error that no new connection can help.
    [[nodiscard]] bool ranInto(const core::Operation &operation);
    void fail(core::Error error);
    void finish(int exitCode);

    Arguments m_arguments; ///< with the verb and the job taken off
    QString m_verb;
    QString m_wanted; ///< the job: its id or name
    Services &m_services;
    Connection m_connection;
    core::jobs::JobSpec m_spec;
    core::jobs::JobBackends m_backends = core::jobs::standardBackends();
    core::jobs::JobId m_id;
    qint64 m_offset = 0;
    QByteArray m_split; ///< of the log: a character that is not whole yet
    QPointer<core::Operation> m_operation;
    QTimer m_retry;
    int m_failures = 0;
    bool m_wasConnected = false;
    bool m_ended = false;
};

} // namespace cli
