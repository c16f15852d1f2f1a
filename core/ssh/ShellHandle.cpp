// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/ShellHandle.h"

#include "core/ssh/SessionEngine.h"

#include <QMutex>

#include <algorithm>

namespace core::ssh {

/// What both threads see.
struct ShellHandle::Shared
{
    QMutex mutex;
    ShellHandle *handle = nullptr; ///< null when it wants to hear nothing more
    quint64 id = 0;                ///< the engine's thread's own

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

ShellHandle::ShellHandle(SessionEngine *engine, QObject *parent)
    : Shell(parent)
    , m_engine(engine)
    , m_shared(std::make_shared<Shared>())
{
    m_shared->handle = this;
}

ShellHandle::~ShellHandle()
{
    release();
}

void ShellHandle::start(const QByteArray &command, const TerminalSize &size)
{
    ChannelEvents events;
    events.started = [shared = m_shared] {
        shared->post([](ShellHandle &handle) { Q_EMIT handle.started(); });
    };
    events.received = [shared = m_shared](const QByteArray &bytes, bool) {
        shared->post([bytes](ShellHandle &handle) { handle.take(bytes); });
    };
    events.drained = [shared = m_shared] {
        shared->post([](ShellHandle &handle) { handle.m_unsent = 0; });
    };
    events.ended = [shared = m_shared](const ChannelEnd &end) {
        shared->post([end](ShellHandle &handle) { handle.onEnded(end); });
    };
    QMetaObject::invokeMethod(
        m_engine,
        [engine = m_engine, shared = m_shared, command, size, events] {
            shared->id = engine->openShell(command, size, events);
        },
        Qt::QueuedConnection);
}

void ShellHandle::failLater(const Error &error)
{
    m_engine = nullptr;
    failWith(error);
}

/// Calls to one object from one thread keep their order, so openShell() has run by then.
template <typename F>
void ShellHandle::withChannel(F function)
{
    if (m_engine && !isFinished())
        QMetaObject::invokeMethod(
            m_engine,
            [engine = m_engine, shared = m_shared, function] { function(*engine, shared->id); },
            Qt::QueuedConnection);
}

QByteArray ShellHandle::read(qint64 maxSize)
{
    if (m_pieces.empty() || maxSize <= 0)
        return {};
    QByteArray bytes;
    const QByteArray &first = m_pieces.front();
    if (m_offset == 0 && first.size() <= maxSize) {
        bytes = first;
        m_pieces.pop_front();
    } else {
        bytes = first.mid(m_offset, maxSize);
        m_offset += bytes.size();
        if (m_offset == first.size()) {
            m_pieces.pop_front();
            m_offset = 0;
        }
    }
    const qint64 size = bytes.size();
    m_available -= size;
    withChannel([size](SessionEngine &engine, quint64 id) { engine.acknowledge(id, size); });
    return bytes;
}

void ShellHandle::write(const QByteArray &bytes)
{
    if (bytes.isEmpty() || !m_engine || isFinished())
        return;
    m_unsent += bytes.size();
    withChannel([bytes](SessionEngine &engine, quint64 id) { engine.write(id, bytes); });
}

void ShellHandle::resize(const TerminalSize &size)
{
    withChannel([size](SessionEngine &engine, quint64 id) { engine.resizeShell(id, size); });
}

void ShellHandle::doCancel()
{
    release();
    failWith({ErrorCode::Cancelled, Step::Exec, {}});
}

void ShellHandle::release()
{
    {
        const QMutexLocker locker(&m_shared->mutex);
        if (!m_shared->handle)
            return;
        m_shared->handle = nullptr;
    }
    withChannel([](SessionEngine &engine, quint64 id) { engine.cancelChannel(id); });
}

void ShellHandle::take(const QByteArray &bytes)
{
    m_pieces.push_back(bytes);
    m_available += bytes.size();
    Q_EMIT readyRead();
}

void ShellHandle::onEnded(const ChannelEnd &end)
{
    m_exitCode = end.exitCode;
    m_exitSignal = end.exitSignal;
    if (end.error)
        failWith(*end.error);
    else
        succeed();
}

} // namespace core::ssh
