// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/Forwarder.h"

#include "core/forward/ForwardWorker.h"
#include "core/ssh/Session.h"

#include <QMutex>

#include <algorithm>

namespace core::forward {

/// What both threads see.
struct Forwarder::Shared
{
    QMutex mutex;
    Forwarder *handle = nullptr; ///< null when it wants to hear nothing more
    ForwardWorker *worker = nullptr;

    template <typename F>
    void toWorker(F function)
    {
        const QMutexLocker locker(&mutex);
        if (worker)
            QMetaObject::invokeMethod(
                worker, [target = worker, function] { function(*target); }, Qt::QueuedConnection);
    }
};

Forwarder::Forwarder(ssh::Session &session, QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>())
{
    m_shared->handle = this;
    auto worker = std::make_unique<ForwardWorker>([shared = m_shared](quint64 run,
                                                                      const ForwardStatus &status) {
        const QMutexLocker locker(&shared->mutex);
        if (Forwarder *handle = shared->handle)
            QMetaObject::invokeMethod(
                handle, [handle, run, status] { handle->take(run, status); }, Qt::QueuedConnection);
    });
    m_shared->worker = worker.get();
    // In the session's thread, before the worker is gone.
    connect(
        worker.get(), &QObject::destroyed, worker.get(),
        [shared = m_shared] {
            const QMutexLocker locker(&shared->mutex);
            shared->worker = nullptr;
        },
        Qt::DirectConnection);
    session.startWorker(std::move(worker));
}

Forwarder::~Forwarder()
{
    {
        const QMutexLocker locker(&m_shared->mutex);
        m_shared->handle = nullptr;
    }
    m_shared->toWorker([](ForwardWorker &worker) { worker.deleteLater(); });
}

void Forwarder::start(quint64 id, const probe::PortForward &forward)
{
    stop(id);
    const quint64 run = ++m_lastRun;
    m_ids[run] = id;
    m_shared->toWorker([run, forward](ForwardWorker &worker) { worker.open(run, forward); });
}

void Forwarder::stop(quint64 id)
{
    const auto found = std::find_if(m_ids.begin(), m_ids.end(),
                                    [id](const auto &one) { return one.second == id; });
    if (found == m_ids.end())
        return;
    const quint64 run = found->first;
    m_ids.erase(found);
    m_shared->toWorker([run](ForwardWorker &worker) { worker.close(run); });
}

/// What comes late of a port that was stopped is dropped.
void Forwarder::take(quint64 run, const ForwardStatus &status)
{
    const auto found = m_ids.find(run);
    if (found != m_ids.end())
        Q_EMIT changed(found->second, status);
}

} // namespace core::forward
