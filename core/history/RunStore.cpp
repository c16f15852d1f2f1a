// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/RunStore.h"

namespace core::history {

RunStore::RunStore(QObject *parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_thread(startWorkerThread(QStringLiteral("runs")))
{
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
}

RunStore::~RunStore()
{
    // Behind all that was asked for; SQLite's connection must end in its thread.
    QMetaObject::invokeMethod(
        m_worker, [this] { m_history.reset(); }, Qt::BlockingQueuedConnection);
}

void RunStore::open(const QString &file)
{
    QMetaObject::invokeMethod(
        m_worker,
        [this, file] {
            auto history = std::make_unique<RunHistory>();
            const Result<> done = history->open(file);
            if (!done) {
                Q_EMIT failed(done.error());
                return;
            }
            auto newest = history->newest();
            auto said = newest ? history->said() : tl::make_unexpected(newest.error());
            if (!said) {
                Q_EMIT failed(said.error());
                return;
            }
            m_history = std::move(history);
            Q_EMIT opened({std::move(*newest), std::move(*said), m_history->corruptKeptAs()});
        },
        Qt::QueuedConnection);
}

void RunStore::inThread(std::function<Result<>(RunHistory &)> what)
{
    QMetaObject::invokeMethod(
        m_worker,
        [this, what = std::move(what)] {
            if (!m_history)
                return;
            if (const Result<> done = what(*m_history); !done)
                Q_EMIT failed(done.error());
        },
        Qt::QueuedConnection);
}

void RunStore::save(const std::vector<cost::RunSlice> &slices)
{
    inThread([slices](RunHistory &history) { return history.save(slices); });
}

void RunStore::forget(const QString &instanceId)
{
    inThread([instanceId](RunHistory &history) { return history.forget(instanceId); });
}

void RunStore::setSaid(const QSet<QString> &keys)
{
    inThread([keys](RunHistory &history) { return history.setSaid(keys); });
}

void RunStore::load(cost::TimeMs from, cost::TimeMs to)
{
    inThread([this, from, to](RunHistory &history) -> Result<> {
        auto slices = history.load(from, to);
        if (!slices)
            return tl::make_unexpected(slices.error());
        Q_EMIT loaded(from, to, *slices);
        return {};
    });
}

} // namespace core::history
