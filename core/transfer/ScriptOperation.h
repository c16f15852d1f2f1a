// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"

#include <QTimer>

#include <chrono>

namespace core::ssh {
class Session;
}

namespace core::transfer {

class RemoteScript;

/// One script over one channel, as an operation. Failures: those of the connection, Unsupported (no
/// shell), Parse (it ended before it was understood; what it said is in the detail), TimedOut.
/// Child of the session, in its thread.
class ScriptOperation : public Operation
{
    Q_OBJECT

protected:
    /// \a script: as RemoteScript takes it. \a patience: for the whole. \a step: of Parse.
    ScriptOperation(ssh::Session &session, const QByteArray &script,
                    std::chrono::milliseconds patience, Step step = Step::Exec);
    /// The next record of the script, without its NUL; succeeds or fails with the last one.
    virtual void take(const QByteArray &record) = 0;

private:
    RemoteScript *m_script;
    QTimer m_patience;
};

} // namespace core::transfer
