// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace core::ssh {

class SessionEngine;

/// Work that runs in a session's own thread, beside its engine, so that bulk bytes never cross
/// threads. Speaks to the rest of the program by queued signals and locked data only. Its channels
/// end, with their error, when the session does.
class EngineWorker : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// In the session's thread, once. The engine outlives the worker.
    virtual void start(SessionEngine &engine) = 0;
};

} // namespace core::ssh
