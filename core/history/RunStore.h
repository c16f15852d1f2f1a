// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/WorkerThread.h"
#include "core/history/RunHistory.h"

#include <QMetaType>
#include <QObject>

#include <functional>

namespace core::history {

/// What RunStore found when it was opened.
struct StoredRuns
{
    std::vector<cost::RunSlice> newest; ///< of each instance
    QSet<QString> said;
    QString corruptKeptAs; ///< where a damaged file was kept; "" = none was
};

/// A RunHistory in a thread of its own, so that a slow disk never holds the window. Calls are done
/// in the order in which they were made; the destructor waits for the last one.
class RunStore final : public QObject
{
    Q_OBJECT

public:
    explicit RunStore(QObject *parent = nullptr);
    ~RunStore() override;

    /// Once. opened() or failed() follows.
    void open(const QString &file);
    void save(const std::vector<cost::RunSlice> &slices);
    void forget(const QString &instanceId);
    void setSaid(const QSet<QString> &keys);
    /// loaded() follows with the same \a from and \a to, or failed().
    void load(core::cost::TimeMs from, core::cost::TimeMs to);

Q_SIGNALS:
    void opened(const core::history::StoredRuns &stored);
    void loaded(core::cost::TimeMs from, core::cost::TimeMs to,
                const std::vector<core::cost::RunSlice> &slices);
    /// It could not be opened, read or written.
    void failed(const core::Error &error);

private:
    void inThread(std::function<Result<>(RunHistory &)> what);

    std::unique_ptr<RunHistory> m_history; ///< of the thread
    QObject *m_worker;                     ///< lives in the thread
    WorkerThread m_thread;
};

} // namespace core::history

Q_DECLARE_METATYPE(core::history::StoredRuns)
