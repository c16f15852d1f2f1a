// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/WorkerThread.h"

namespace core {

void QuitAndWait::operator()(QThread *thread) const
{
    thread->quit();
    thread->wait();
    delete thread;
}

WorkerThread startWorkerThread(const QString &name)
{
    WorkerThread thread(new QThread);
    thread->setObjectName(name);
    thread->start();
    return thread;
}

} // namespace core
