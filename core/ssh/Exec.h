// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace core::ssh {

struct ExecOptions
{
    /// Keep the output for standardOutput()/standardError(), up to maxCollect bytes each (then the
    /// operation fails with Internal "output too large"); false = only the signals carry it.
    bool collect = true;
    qint64 maxCollect = 64 * 1024 * 1024;
    bool closeStdin = true; ///< send EOF after \a input; false keeps stdin open for write()
    QByteArray input;
    std::chrono::milliseconds timeout{0};     ///< whole operation; 0 = none
    std::chrono::milliseconds idleTimeout{0}; ///< no byte for so long; 0 = none
    bool pty = false;
};

/// A command on the server. Lives in the thread of the Session that made it; is its child.
/// finished(): error() is set for failures of the connection; a command that ran and failed is a
/// success with its exitCode(). Failures: ChannelRefused, Disconnected, TimedOut, Cancelled.
class Exec : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    [[nodiscard]] const QByteArray &standardOutput() const { return m_stdout; }
    [[nodiscard]] const QByteArray &standardError() const { return m_stderr; }
    [[nodiscard]] std::optional<int> exitCode() const { return m_exitCode; }
    /// "TERM", "KILL", ... when a signal ended it, else "".
    [[nodiscard]] const QString &exitSignal() const { return m_exitSignal; }

    virtual void write(const QByteArray &bytes) = 0;
    virtual void closeStdin() = 0;

Q_SIGNALS:
    /// The command is running on the server.
    void started();
    void outputReceived(const QByteArray &bytes);
    void errorOutputReceived(const QByteArray &bytes);
    /// All that was given to write() has left for the server.
    void stdinDrained();

protected:
    QByteArray m_stdout;
    QByteArray m_stderr;
    std::optional<int> m_exitCode;
    QString m_exitSignal;
};

} // namespace core::ssh
