// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <memory>

namespace core {

struct QuitAndWait
{
    void operator()(QThread *thread) const;
};

/// The only way this project makes threads: a QThread with an event loop whose deleter quits it and
/// waits. Objects moved to it are deleted by connecting QThread::finished to deleteLater.
using WorkerThread = std::unique_ptr<QThread, QuitAndWait>;

[[nodiscard]] WorkerThread startWorkerThread(const QString &name);

} // namespace core
