// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/WorkerThread.h"
#include "core/history/TransferHistory.h"

#include <QMetaType>
#include <QObject>

#include <functional>

namespace core::history {

/// What an earlier run left.
struct StoredTransfers
{
    std::vector<TransferRecord> records;
    QString corruptKeptAs; ///< where a damaged file was kept; "" = none was
};

/// A TransferHistory in a thread of its own, so that a slow disk never holds the window. Writes are
/// made in the order in which they were asked for; the destructor waits for the last one.
class TransferStore final : public QObject
{
    Q_OBJECT

public:
    explicit TransferStore(QObject *parent = nullptr);
    ~TransferStore() override;

    /// Once. opened() or failed() follows.
    void open(const QString &file);
    void save(const TransferRecord &record);
    void remove(qint64 id);
    void removeEnded();
    void setOrder(const std::vector<qint64> &ids);

Q_SIGNALS:
    void opened(const core::history::StoredTransfers &stored);
    /// It could not be opened, or a write failed.
    void failed(const core::Error &error);

private:
    void write(std::function<Result<>(TransferHistory &)> how);

    std::unique_ptr<TransferHistory> m_history; ///< of the thread
    QObject *m_worker;                          ///< lives in the thread
    WorkerThread m_thread;
};

} // namespace core::history

Q_DECLARE_METATYPE(core::history::StoredTransfers)
