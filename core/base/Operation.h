// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QObject>

#include <optional>

namespace core {

/// One asynchronous thing. Lives in its caller's thread. finished() comes exactly once, always
/// through the event loop (never from inside the call that made the operation), and before it the
/// outcome is set once: either error() or the subclass's result. cancel() is idempotent, does
/// nothing after the end, and leads to finished() with ErrorCode::Cancelled.
/// The caller owns the operation (parent or deleteLater); deleting it cancels it silently.
class Operation : public QObject
{
    Q_OBJECT

public:
    explicit Operation(QObject *parent = nullptr);
    ~Operation() override;

    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] bool isOk() const { return m_finished && !m_error; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

public Q_SLOTS:
    void cancel();

Q_SIGNALS:
    void finished();

protected:
    /// Sets the outcome and queues finished(). Later calls are ignored.
    void succeed();
    void failWith(Error error);
    /// Asked once, by the first cancel() before the end. The default fails at once with Cancelled.
    virtual void doCancel();

private:
    void end();

    std::optional<Error> m_error;
    bool m_ended = false;
    bool m_finished = false;
    bool m_cancelAsked = false;
};

} // namespace core
