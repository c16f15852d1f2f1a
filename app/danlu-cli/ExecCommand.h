// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"

#include <QObject>

namespace cli {

class StdinReader;

/// "exec TARGET -- COMMAND...": streams both ways. done() gives the program's exit code, once.
class ExecCommand final : public QObject
{
    Q_OBJECT

public:
    ExecCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    /// Ctrl+C: the remote command loses its channel; done(130) follows.
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    void run();
    void finish(int exitCode);

    const Arguments &m_arguments;
    Connection m_connection;
    StdinReader *m_stdin = nullptr;
    core::ssh::Exec *m_exec = nullptr;
    bool m_ended = false;
};

} // namespace cli
