// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/WorkQueue.h"

namespace core::keys {

WorkQueue::WorkQueue(QString threadName, QObject *parent)
    : QObject(parent)
    , m_name(std::move(threadName))
{
}

WorkQueue::~WorkQueue()
{
    for (const QPointer<Operation> &operation : m_operations) {
        if (operation)
            operation->cancel();
    }
    m_thread.reset();
}

void WorkQueue::remember(Operation *operation)
{
    std::erase_if(m_operations,
                  [](const QPointer<Operation> &known) { return !known || known->isFinished(); });
    m_operations.emplace_back(operation);
}

void WorkQueue::post(std::function<void()> task)
{
    if (!m_thread) {
        m_thread = startWorkerThread(m_name);
        m_context = std::make_unique<QObject>();
        m_context->moveToThread(m_thread.get());
    }
    QMetaObject::invokeMethod(m_context.get(), std::move(task), Qt::QueuedConnection);
}

} // namespace core::keys
