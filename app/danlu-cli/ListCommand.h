// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"

#include <QObject>

namespace cli {

/// "ls TARGET:PATH": what a remote path holds. done() gives the program's exit code, once.
class ListCommand final : public QObject
{
    Q_OBJECT

public:
    ListCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    void run();
    void print(const std::vector<core::ssh::RemoteEntry> &entries) const;
    void finish(int exitCode);

    Arguments m_arguments; ///< with the path taken off the target
    QByteArray m_path;
    Connection m_connection;
    core::ssh::DirectoryListing *m_listing = nullptr;
    bool m_ended = false;
};

} // namespace cli
