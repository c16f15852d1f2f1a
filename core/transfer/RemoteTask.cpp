// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteTask.h"

#include "core/ssh/Session.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteShell.h"

#include <QTimer>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr quint32 smallWindow = 2 * 1024 * 1024;
constexpr auto taskPatience = 30s;

} // namespace

RemoteTask::RemoteTask(std::shared_ptr<TaskLink> link, Over over, Work work, Ended ended)
    : m_link(std::move(link))
    , m_over(over)
    , m_work(std::move(work))
    , m_ended(std::move(ended))
{
}

RemoteTask::~RemoteTask()
{
    {
        const QMutexLocker locker(&m_link->mutex);
        m_link->task = nullptr;
    }
    if (m_ended) // the session went
        post([ended = m_ended] { ended(Error{ErrorCode::Disconnected, Step::Transfer, {}}); });
}

void RemoteTask::start(ssh::SessionEngine &engine)
{
    {
        const QMutexLocker locker(&m_link->mutex);
        m_link->task = this;
        if (m_link->isStopped) {
            deleteLater();
            return;
        }
    }
    m_deadline = new QTimer(this);
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this, [this] {
        end(Error{ErrorCode::TimedOut, Step::Transfer, QStringLiteral("no answer for 30 s")});
    });
    touch();
    m_sftp = new ssh::SftpClient(engine, smallWindow, this);
    m_sftp->open([this, &engine](const Result<> &opened) {
        touch();
        if (opened) {
            m_files = std::make_unique<SftpFs>(
                *m_sftp, [](const auto &then) { then(nullptr); }, [](const QByteArray &) {});
            m_work(*this);
        } else if (opened.error().code == ErrorCode::Unsupported && m_over == Over::SftpOrShell) {
            openShell(engine);
        } else {
            end(opened.error());
        }
    });
}

void RemoteTask::openShell(ssh::SessionEngine &engine)
{
    m_shell = new RemoteShell(engine, this);
    m_shell->open([this](const Result<> &opened) {
        touch();
        if (!opened) {
            end(opened.error());
            return;
        }
        m_files = std::make_unique<ShellFs>(*m_shell);
        m_work(*this);
    });
}

void RemoteTask::touch()
{
    m_deadline->start(taskPatience);
}

void RemoteTask::post(std::function<void()> function)
{
    const QMutexLocker locker(&m_link->mutex);
    if (m_link->operation)
        QMetaObject::invokeMethod(m_link->operation, std::move(function), Qt::QueuedConnection);
}

void RemoteTask::end(const std::optional<Error> &error)
{
    if (!m_ended)
        return;
    post([ended = std::exchange(m_ended, {}), error] { ended(error); });
    m_deadline->stop();
    deleteLater();
}

void RemoteTask::stop()
{
    m_ended = {};
    delete std::exchange(m_sftp, nullptr); // its callbacks with it
    delete std::exchange(m_shell, nullptr);
    deleteLater();
}

TaskHandle::TaskHandle(QObject *operation)
    : m_operation(operation)
{
}

void TaskHandle::start(ssh::Session &session, RemoteTask::Work work, RemoteTask::Ended ended,
                       RemoteTask::Over over)
{
    stop();
    m_link = std::make_shared<TaskLink>();
    m_link->operation = m_operation;
    if (session.state() != ssh::Session::State::Ready) {
        QMetaObject::invokeMethod(
            m_operation,
            [ended = std::move(ended)] {
                ended(Error{ErrorCode::Disconnected, Step::Transfer, {}});
            },
            Qt::QueuedConnection);
        return;
    }
    session.startWorker(
        std::make_unique<RemoteTask>(m_link, over, std::move(work), std::move(ended)));
}

void TaskHandle::stop()
{
    if (!m_link)
        return;
    const QMutexLocker locker(&m_link->mutex);
    m_link->operation = nullptr;
    m_link->isStopped = true;
    if (m_link->task)
        QMetaObject::invokeMethod(
            m_link->task, [task = static_cast<RemoteTask *>(m_link->task)] { task->stop(); },
            Qt::QueuedConnection);
}

} // namespace core::transfer
