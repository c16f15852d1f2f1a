// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/TransferStore.h"

namespace core::history {

TransferStore::TransferStore(QObject *parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_thread(startWorkerThread(QStringLiteral("history")))
{
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
}

TransferStore::~TransferStore()
{
    // Behind all that was asked for; SQLite's connection must end in its thread.
    QMetaObject::invokeMethod(
        m_worker, [this] { m_history.reset(); }, Qt::BlockingQueuedConnection);
}

void TransferStore::open(const QString &file)
{
    QMetaObject::invokeMethod(
        m_worker,
        [this, file] {
            auto history = std::make_unique<TransferHistory>();
            const Result<> done = history->open(file);
            Result<std::vector<TransferRecord>> records =
                done ? history->load() : tl::make_unexpected(done.error());
            if (!records) {
                Q_EMIT failed(records.error());
                return;
            }
            m_history = std::move(history);
            Q_EMIT opened({std::move(*records), m_history->corruptKeptAs()});
        },
        Qt::QueuedConnection);
}

void TransferStore::write(std::function<Result<>(TransferHistory &)> how)
{
    QMetaObject::invokeMethod(
        m_worker,
        [this, how = std::move(how)] {
            if (!m_history)
                return;
            if (const Result<> done = how(*m_history); !done)
                Q_EMIT failed(done.error());
        },
        Qt::QueuedConnection);
}

void TransferStore::save(const TransferRecord &record)
{
    write([record](TransferHistory &history) { return history.save(record); });
}

void TransferStore::remove(qint64 id)
{
    write([id](TransferHistory &history) { return history.remove(id); });
}

void TransferStore::removeEnded()
{
    write([](TransferHistory &history) { return history.removeEnded(); });
}

void TransferStore::setOrder(const std::vector<qint64> &ids)
{
    write([ids](TransferHistory &history) { return history.setOrder(ids); });
}

} // namespace core::history
