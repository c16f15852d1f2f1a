// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/transfer/RemoteShell.h"

#include <QByteArrayList>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace core::ssh {
class SftpClient;
}

namespace core::transfer {

class RateLimit;

/// Asks the instance for SHA-256 sums, many files a command; where nothing there computes them,
/// reads the files back over SFTP and computes them here. In the engine's thread.
class Verifier final : public QObject
{
    Q_OBJECT

public:
    /// The sum, 32 bytes.
    using Done = std::function<void(Result<QByteArray>)>;

    explicit Verifier(RemoteShell &shell, QObject *parent = nullptr);

    /// RemoteTools::sha256.
    void setCommand(const QByteArray &command) { m_command = command; }
    /// For a server without such a command; what is read back keeps to \a limit.
    void setSftp(ssh::SftpClient &sftp, RateLimit &limit);
    void sum(const QByteArray &path, Done done);
    /// Of its first \a size bytes: of a file that grows.
    void sumOfFirst(const QByteArray &path, qint64 size, Done done);
    /// Sums of a file's pieces of \a size bytes each (the last may be shorter), as many as it has.
    /// Unsupported without a command: reading back all of it would spare nothing.
    void pieceSums(const QByteArray &path, qint64 fileSize, qint64 size,
                   std::function<void(Result<QByteArrayList>)> done);

private:
    struct ReadBack;

    void runNext();
    void runBatch();
    void readBack();
    void readOn(const std::shared_ptr<ReadBack> &file);
    void takeData(const std::shared_ptr<ReadBack> &file, qint64 offset, qint64 size,
                  const Result<QByteArrayView> &data);
    void endRead(const std::shared_ptr<ReadBack> &file, const std::optional<Error> &error);

    struct Wanted
    {
        QByteArray path;
        Done done;
        std::optional<qint64> size; ///< none: all of it
    };

    RemoteShell &m_shell;
    QByteArray m_command;
    std::deque<Wanted> m_wanted;
    bool m_isRunning = false;
    ssh::SftpClient *m_sftp = nullptr;
    RateLimit *m_limit = nullptr;
    std::vector<std::shared_ptr<ReadBack>> m_reading;
    QTimer m_pause; ///< the rate limit's
};

/// The first 64 hexadecimal digits of each line, as 32 bytes; "" for a line without.
[[nodiscard]] QByteArrayList parseSums(const QByteArray &output);

} // namespace core::transfer
