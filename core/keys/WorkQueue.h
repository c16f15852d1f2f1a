// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/base/Result.h"
#include "core/base/WorkerThread.h"
#include "core/keys/CancelFlag.h"

#include <QPointer>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace core::keys {

/// An Operation that ends with a value. cancel() ends it at once; the work itself stops as soon as
/// it looks at its flag, and what it yields is thrown away.
template <typename T>
class ValueOperation final : public Operation
{
public:
    using Operation::Operation;
    ~ValueOperation() override { m_cancel->store(true); }

    /// Only where isOk().
    [[nodiscard]] const T &value() const { return *m_value; }
    [[nodiscard]] T takeValue() { return std::move(*m_value); }

    [[nodiscard]] const CancelFlag &cancelFlag() const { return m_cancel; }
    /// By WorkQueue, once.
    void endWith(Result<T> result)
    {
        if (!result) {
            failWith(std::move(result.error()));
            return;
        }
        if (!m_value)
            m_value = std::move(*result);
        succeed();
    }

protected:
    void doCancel() override
    {
        m_cancel->store(true);
        Operation::doCancel();
    }

private:
    CancelFlag m_cancel = std::make_shared<std::atomic_bool>(false);
    std::optional<T> m_value;
};

/// Slow functions on one thread, in order, each as an Operation. The thread starts with the first.
/// Operations live in the queue's own thread, may be deleted at any time, and end with Cancelled
/// when the queue goes first. The destructor waits for the function that runs: some milliseconds
/// where it looks at its flag.
class WorkQueue final : public QObject
{
    Q_OBJECT

public:
    explicit WorkQueue(QString threadName, QObject *parent = nullptr);
    ~WorkQueue() override;

    /// \a work runs on the queue's thread; all it touches must be its own.
    template <typename T>
    [[nodiscard]] ValueOperation<T> *start(QObject *parent,
                                           std::function<Result<T>(const CancelFlag &)> work)
    {
        auto *operation = new ValueOperation<T>(parent);
        remember(operation);
        const QPointer<ValueOperation<T>> guard(operation);
        post([this, guard, work = std::move(work), flag = operation->cancelFlag()] {
            auto result = std::make_shared<Result<T>>(
                isCancelled(flag) ? fail(ErrorCode::Cancelled, Step::Key) : work(flag));
            // Back in the queue's thread, where operations live and die.
            QMetaObject::invokeMethod(
                this,
                [guard, result] {
                    if (guard)
                        guard->endWith(std::move(*result));
                },
                Qt::QueuedConnection);
        });
        return operation;
    }

private:
    void remember(Operation *operation);
    void post(std::function<void()> task);

    QString m_name;
    std::vector<QPointer<Operation>> m_operations;
    std::unique_ptr<QObject> m_context; ///< lives on the thread
    WorkerThread m_thread;
};

} // namespace core::keys
