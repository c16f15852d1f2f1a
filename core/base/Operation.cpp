// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Operation.h"

namespace core {

Operation::Operation(QObject *parent)
    : QObject(parent)
{
}

Operation::~Operation() = default;

void Operation::cancel()
{
    if (m_ended || m_cancelAsked)
        return;
    m_cancelAsked = true;
    doCancel();
}

void Operation::doCancel()
{
    failWith({ErrorCode::Cancelled, Step::None, {}});
}

void Operation::succeed()
{
    if (!m_ended)
        end();
}

void Operation::failWith(Error error)
{
    if (m_ended)
        return;
    m_error = std::move(error);
    end();
}

void Operation::end()
{
    m_ended = true;
    // Queued, so that a caller can connect after making the operation and is never re-entered.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_finished = true;
            Q_EMIT finished();
        },
        Qt::QueuedConnection);
}

} // namespace core
