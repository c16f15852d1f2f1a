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

/// What an operation in its caller's thread and its work in the session's know of each other.
struct TaskLink
{
    QMutex mutex;
    QObject *operation = nullptr; ///< null: hears nothing more
    QObject *task = nullptr;
    bool isStopped = false;
};

/// Work over an SFTP channel of its own, in the session's thread. Ends by itself when nothing came
/// for half a minute.
class SftpTask final : public ssh::EngineWorker
{
    Q_OBJECT

public:
    using Work = std::function<void(SftpTask &task)>;
    using Ended = std::function<void(const std::optional<Error> &error)>;

    /// \a work begins when SFTP is open; \a ended is called in the operation's thread.
    SftpTask(std::shared_ptr<TaskLink> link, Work work, Ended ended);
    ~SftpTask() override;

    void start(ssh::SessionEngine &engine) override;
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
    std::shared_ptr<TaskLink> m_link;
    Work m_work;
    Ended m_ended;
    ssh::SftpClient *m_sftp = nullptr;
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
    void start(ssh::Session &session, SftpTask::Work work, SftpTask::Ended ended);
    void stop();

private:
    QObject *m_operation;
    std::shared_ptr<TaskLink> m_link;
};

} // namespace core::transfer
