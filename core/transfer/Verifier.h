// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/transfer/RemoteShell.h"

#include <QByteArrayList>

#include <deque>
#include <functional>

namespace core::transfer {

/// Asks the instance for SHA-256 sums, many files a command. In the engine's thread.
class Verifier final : public QObject
{
    Q_OBJECT

public:
    /// The sum, 32 bytes.
    using Done = std::function<void(Result<QByteArray>)>;

    explicit Verifier(RemoteShell &shell, QObject *parent = nullptr);

    /// RemoteTools::sha256.
    void setCommand(const QByteArray &command) { m_command = command; }
    void sum(const QByteArray &path, Done done);
    /// Sums of a file's pieces of \a size bytes each (the last may be shorter), as many as it has.
    void pieceSums(const QByteArray &path, qint64 fileSize, qint64 size,
                   std::function<void(Result<QByteArrayList>)> done);

private:
    void runNext();

    struct Wanted
    {
        QByteArray path;
        Done done;
    };

    RemoteShell &m_shell;
    QByteArray m_command;
    std::deque<Wanted> m_wanted;
    bool m_isRunning = false;
};

/// The first 64 hexadecimal digits of each line, as 32 bytes; "" for a line without.
[[nodiscard]] QByteArrayList parseSums(const QByteArray &output);

} // namespace core::transfer
