// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ssh/Sftp.h"

#include <QObject>

#include <deque>
#include <functional>

namespace core::transfer {

class RemoteTask;

/// Goes through trees over SFTP, several directories at once; links are not followed, and what is
/// on another file system is not told apart. In the task's thread; its child.
class SftpWalk final : public QObject
{
    Q_OBJECT

public:
    explicit SftpWalk(RemoteTask &task);

    /// A root, or something below it after what holds it. \a root: a place in go()'s list.
    std::function<void(int root, const QByteArray &path, const ssh::RemoteEntry &entry)> found;
    /// This one could not be looked into.
    std::function<void(int root, const Error &error)> failed;
    std::function<void()> ended;

    void go(const QByteArrayList &roots);
    /// Nothing more is found; ended() comes.
    void finish() { m_directories.clear(); }

private:
    struct Directory
    {
        int root = 0;
        QByteArray path;
    };

    void next();
    void open(const Directory &directory);
    void read(const Directory &directory, const QByteArray &handle);
    void close();

    RemoteTask &m_task;
    std::deque<Directory> m_directories;
    int m_busy = 0;
};

/// Removes trees: what they hold, then themselves. \a done has what stayed.
void removeOverSftp(RemoteTask &task, const QByteArrayList &paths,
                    const std::function<void(int root, const Error &error)> &failed,
                    const std::function<void()> &done);

} // namespace core::transfer
