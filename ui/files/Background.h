// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/WorkerThread.h"

#include <QObject>

#include <functional>

namespace ui::files {

/// A thread for what would keep the window from answering: hashing, copying and decoding files. One
/// job after another.
class Background final
{
public:
    /// What is left to be done with a job's result, in the GUI thread.
    using Then = std::function<void()>;

    Background();
    /// Waits for the job that runs; those behind it are dropped.
    ~Background();
    Q_DISABLE_COPY_MOVE(Background)

    /// \a job runs in the thread; what it returns then runs in this one while \a context is alive.
    void run(QObject *context, std::function<Then()> job);

private:
    QObject m_home;
    core::WorkerThread m_thread;
    QObject *m_worker;
};

} // namespace ui::files
