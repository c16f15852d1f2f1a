// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Session.h"

#include <QSignalSpy>
#include <QTest>

namespace support {

/// Opens a session and waits for its end of opening.
struct SessionRun
{
    core::ssh::Session session;
    QSignalSpy ready{&session, &core::ssh::Session::ready};
    QSignalSpy closed{&session, &core::ssh::Session::closed};
    QSignalSpy asked{&session, &core::ssh::Session::hostKeyAsked};

    bool open(const core::ssh::SessionOptions &options, int ms = 20000)
    {
        session.open(options);
        return QTest::qWaitFor([&] { return ready.count() + closed.count() > 0; }, ms) &&
               ready.count() == 1;
    }
    [[nodiscard]] core::ErrorCode code() const
    {
        return session.error() ? session.error()->code : core::ErrorCode::Internal;
    }
    /// Runs to the end; null-safe to look at afterwards.
    core::ssh::Exec *run(const QByteArray &command, const core::ssh::ExecOptions &options = {},
                         int ms = 30000)
    {
        core::ssh::Exec *exec = session.exec(command, options);
        QSignalSpy finished(exec, &core::Operation::finished);
        if (!finished.wait(ms) || finished.count() != 1)
            qWarning("the command did not finish");
        return exec;
    }
};

} // namespace support
