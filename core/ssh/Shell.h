// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"

#include <QByteArray>

#include <optional>

namespace core::ssh {

/// The size of a terminal, in characters.
struct TerminalSize
{
    int rows = 24;
    int columns = 80;

    bool operator==(const TerminalSize &) const = default;
};

/// A shell, or a command, on a pseudo-terminal of the server (TERM=xterm-256color). Lives in the
/// thread of the Session that made it; is its child. What is not read stays on the server, but for
/// some MiB at most: the program there waits.
/// finished(): error() is set for failures of the connection (ChannelRefused, Disconnected,
/// Cancelled); a shell that ran and ended is a success with its exitCode(). Bytes may still be
/// there to be read. Deleting or cancelling it hangs up: the shell gets SIGHUP.
class Shell : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    [[nodiscard]] virtual qint64 bytesAvailable() const = 0;
    /// At most \a maxSize bytes of what the terminal shows next; "" when there is nothing now.
    [[nodiscard]] virtual QByteArray read(qint64 maxSize) = 0;
    virtual void write(const QByteArray &bytes) = 0;
    /// Bytes of write() that the server has not taken yet, roughly.
    [[nodiscard]] virtual qint64 unsentBytes() const = 0;
    virtual void resize(const TerminalSize &size) = 0;

    [[nodiscard]] std::optional<int> exitCode() const { return m_exitCode; }
    /// "HUP", "KILL", ... when a signal ended it, else "".
    [[nodiscard]] const QString &exitSignal() const { return m_exitSignal; }

Q_SIGNALS:
    /// It is running on the server.
    void started();
    void readyRead();

protected:
    std::optional<int> m_exitCode;
    QString m_exitSignal;
};

} // namespace core::ssh
