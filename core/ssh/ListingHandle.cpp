// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/ListingHandle.h"

#include "core/ssh/SessionEngine.h"

#include <QMutex>

namespace core::ssh {

/// What both threads see.
struct ListingHandle::Shared
{
    QMutex mutex;
    ListingHandle *handle = nullptr; ///< null when it wants to hear nothing more
    quint64 id = 0;                  ///< the engine's thread's own

    /// Runs \a function in the handle's thread while there is a handle.
    template <typename F>
    void post(F function)
    {
        const QMutexLocker locker(&mutex);
        if (handle)
            QMetaObject::invokeMethod(
                handle, [target = handle, function] { function(*target); }, Qt::QueuedConnection);
    }
};

ListingHandle::ListingHandle(SessionEngine *engine, QObject *parent)
    : DirectoryListing(parent)
    , m_engine(engine)
    , m_shared(std::make_shared<Shared>())
{
    m_shared->handle = this;
}

ListingHandle::~ListingHandle()
{
    release();
}

void ListingHandle::start(const QByteArray &path)
{
    ListingEvents events;
    events.found = [shared = m_shared](const std::vector<RemoteEntry> &batch) {
        shared->post([batch](ListingHandle &handle) { handle.take(batch); });
    };
    events.ended = [shared = m_shared](const std::optional<Error> &error) {
        shared->post([error](ListingHandle &handle) { handle.onEnded(error); });
    };
    QMetaObject::invokeMethod(
        m_engine,
        [engine = m_engine, shared = m_shared, path, events] {
            shared->id = engine->listDirectory(path, events);
        },
        Qt::QueuedConnection);
}

void ListingHandle::failLater(const Error &error)
{
    m_engine = nullptr;
    failWith(error);
}

void ListingHandle::doCancel()
{
    release();
    failWith({ErrorCode::Cancelled, Step::Transfer, {}});
}

void ListingHandle::release()
{
    {
        const QMutexLocker locker(&m_shared->mutex);
        if (!m_shared->handle)
            return;
        m_shared->handle = nullptr;
    }
    // Calls to one object from one thread keep their order, so listDirectory() has run by then.
    if (m_engine && !isFinished())
        QMetaObject::invokeMethod(
            m_engine, [engine = m_engine, shared = m_shared] { engine->cancelListing(shared->id); },
            Qt::QueuedConnection);
}

void ListingHandle::take(const std::vector<RemoteEntry> &batch)
{
    const auto first = qsizetype(m_entries.size());
    m_entries.insert(m_entries.end(), batch.begin(), batch.end());
    Q_EMIT entriesAdded(first);
}

void ListingHandle::onEnded(const std::optional<Error> &error)
{
    if (error)
        failWith(*error);
    else
        succeed();
}

} // namespace core::ssh
