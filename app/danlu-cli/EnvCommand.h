// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"
#include "app/danlu-cli/EnvText.h"
#include "core/env/EnvOperations.h"

#include <QObject>

namespace cli {

/// "env TARGET": what there is to compute with. done() gives the program's exit code, once.
class EnvCommand final : public QObject
{
    Q_OBJECT

public:
    EnvCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    void look();
    void take(const core::env::Report &report);
    void listPackages(const core::env::Report &report);
    void measure();
    void print();
    /// True when it failed, and that has been said.
    bool ranInto(const core::Operation &operation);
    void finish(int exitCode);

    const Arguments m_arguments;
    Connection m_connection;
    core::env::Report m_report;
    EnvironmentSizes m_sizes;
    bool m_ended = false;
};

} // namespace cli
