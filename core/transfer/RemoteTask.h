// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/ssh/EngineWorker.h"

#include <QMutex>

#include <functional>
#include <memory>
#include <optional>

class QTimer;

namespace core::ssh {
class Session;
class SftpClient;
} // namespace core::ssh

namespace core::transfer {

class RemoteFs;
class RemoteShell;

/// What an operation in its caller's thread and its work in the session's know of each other.
struct TaskLink
{
    QMutex mutex;
    QObject *operation = nullptr; ///< null: hears nothing more
    QObject *task = nullptr;
    bool isStopped = false;
};

/// Work over a channel of its own, in the session's thread: SFTP, or a shell where the server has
/// none. Ends by itself when nothing came for half a minute.
class RemoteTask final : public ssh::EngineWorker
{
    Q_OBJECT

public:
    using Work = std::function<void(RemoteTask &task)>;
    using Ended = std::function<void(const std::optional<Error> &error)>;

    enum class Over { Sftp, SftpOrShell };

    /// \a work begins when the channel is open; \a ended is called in the operation's thread.
    RemoteTask(std::shared_ptr<TaskLink> link, Over over, Work work, Ended ended);
    ~RemoteTask() override;

    void start(ssh::SessionEngine &engine) override;
    /// The files over either.
    [[nodiscard]] RemoteFs &files() { return *m_files; }
    /// Null over SFTP.
    [[nodiscard]] RemoteShell *shell() { return m_shell; }
    /// Unless there is a shell().
    [[nodiscard]] ssh::SftpClient &sftp() { return *m_sftp; }
    /// Something came: the half minute begins anew.
    void touch();
    /// Runs \a function in the operation's thread, while there is one.
    void post(std::function<void()> function);
    /// The last call of the work.
    void end(const std::optional<Error> &error = {});
    /// Without a word to the operation.
    void stop();

private:
    void openShell(ssh::SessionEngine &engine);

    std::shared_ptr<TaskLink> m_link;
    Over m_over;
    Work m_work;
    Ended m_ended;
    ssh::SftpClient *m_sftp = nullptr;
    RemoteShell *m_shell = nullptr;
    std::unique_ptr<RemoteFs> m_files;
    QTimer *m_deadline = nullptr;
};

/// An operation's hold on its task; the work ends with it.
class TaskHandle
{
public:
    explicit TaskHandle(QObject *operation);
    ~TaskHandle() { stop(); }
    Q_DISABLE_COPY_MOVE(TaskHandle)

    /// \a session: Ready. Once more only after the one before has ended.
    void start(ssh::Session &session, RemoteTask::Work work, RemoteTask::Ended ended,
               RemoteTask::Over over = RemoteTask::Over::Sftp);
    void stop();

private:
    QObject *m_operation;
    std::shared_ptr<TaskLink> m_link;
};

} // namespace core::transfer
