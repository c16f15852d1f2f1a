// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteTask.h"

#include "core/ssh/Session.h"
#include "core/ssh/SftpClient.h"

#include <QTimer>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr quint32 smallWindow = 2 * 1024 * 1024;
constexpr auto taskPatience = 30s;

} // namespace

SftpTask::SftpTask(std::shared_ptr<TaskLink> link, Work work, Ended ended)
    : m_link(std::move(link))
    , m_work(std::move(work))
    , m_ended(std::move(ended))
{
}

SftpTask::~SftpTask()
{
    {
        const QMutexLocker locker(&m_link->mutex);
        m_link->task = nullptr;
    }
    if (m_ended) // the session went
        post([ended = m_ended] { ended(Error{ErrorCode::Disconnected, Step::Transfer, {}}); });
}

void SftpTask::start(ssh::SessionEngine &engine)
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
    m_sftp->open([this](const Result<> &opened) {
        touch();
        if (opened)
            m_work(*this);
        else
            end(opened.error());
    });
}

void SftpTask::touch()
{
    m_deadline->start(taskPatience);
}

void SftpTask::post(std::function<void()> function)
{
    const QMutexLocker locker(&m_link->mutex);
    if (m_link->operation)
        QMetaObject::invokeMethod(m_link->operation, std::move(function), Qt::QueuedConnection);
}

void SftpTask::end(const std::optional<Error> &error)
{
    if (!m_ended)
        return;
    post([ended = std::exchange(m_ended, {}), error] { ended(error); });
    m_deadline->stop();
    deleteLater();
}

void SftpTask::stop()
{
    m_ended = {};
    delete std::exchange(m_sftp, nullptr); // its callbacks with it
    deleteLater();
}

TaskHandle::TaskHandle(QObject *operation)
    : m_operation(operation)
{
}

void TaskHandle::start(ssh::Session &session, SftpTask::Work work, SftpTask::Ended ended)
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
    session.startWorker(std::make_unique<SftpTask>(m_link, std::move(work), std::move(ended)));
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
            m_link->task, [task = static_cast<SftpTask *>(m_link->task)] { task->stop(); },
            Qt::QueuedConnection);
}

} // namespace core::transfer
