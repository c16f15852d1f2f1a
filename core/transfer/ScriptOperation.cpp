// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/ScriptOperation.h"

#include "core/ssh/Session.h"
#include "core/transfer/RemoteScript.h"

namespace core::transfer {

ScriptOperation::ScriptOperation(ssh::Session &session, const QByteArray &script,
                                 std::chrono::milliseconds patience, Step step)
    : Operation(&session)
    , m_script(new RemoteScript(session, script, this))
{
    connect(m_script, &RemoteScript::record, this,
            [this](const QByteArray &record) { take(record); });
    connect(m_script, &RemoteScript::ended, this, [this, step](const auto &error) {
        failWith(error.value_or(
            Error{ErrorCode::Parse, step, QString::fromUtf8(m_script->words()).left(300)}));
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        failWith({ErrorCode::TimedOut, Step::Exec, {}});
    });
    m_patience.start(patience);
}

} // namespace core::transfer
