// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/ssh/SessionOptions.h"
#include "core/transfer/TransferTypes.h"

#include <memory>

namespace core::ssh {
class Session;
}

namespace core::transfer {

/// One copy between this machine and an instance, over connections of its own. It goes on by itself
/// after a lost connection, from what has arrived, with growing pauses; it gives up when several
/// tries in a row bring nothing. Lives in its caller's thread; the bytes move in the connections'.
/// finished(): error() is set when it ended before its work (Disconnected and the rest of a
/// connection's, DiskFull and NoSpaceInodes before the start, Unsupported, NotFound, Cancelled);
/// single files that failed are in summary() and were told by fileEnded().
class Transfer final : public Operation
{
    Q_OBJECT

public:
    /// \a options: for further connections; the host's key must be trusted in them already.
    Transfer(TransferRequest request, ssh::SessionOptions options, QObject *parent = nullptr);
    ~Transfer() override;

    /// Before start(), while the caller's connection is still being made: opens a further one
    /// beside it, when an upload of large files will want it.
    void openAhead();
    /// \a ready: a connection to begin with, or null to open one. It stays the caller's and must
    /// outlive this.
    void start(ssh::Session *ready = nullptr);
    /// Bytes a second from now on; 0 = no limit.
    void setLimit(qint64 bytesPerSecond);
    [[nodiscard]] TransferProgress progress() const;
    [[nodiscard]] TransferSummary summary() const;

Q_SIGNALS:
    /// Files that were resumed, skipped, renamed or failed.
    void fileEnded(const core::transfer::FileOutcome &outcome);
    /// progress() has changed; at most ten times a second.
    void progressed();
    /// The connection was lost; the next try comes after \a pauseMs.
    void retrying(const core::Error &why, int pauseMs);

protected:
    void doCancel() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::transfer
