// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/TransferTypes.h"

#include <QString>

namespace core::history {

/// Where a copy stands. Stored as a number: only append.
enum class TransferStatus {
    Queued = 0, ///< waits for its turn or for the connection
    Running = 1,
    Paused = 2,
    Done = 3,
    Partly = 4, ///< some files failed
    Failed = 5, ///< it ended before its work
    Cancelled = 6
};

[[nodiscard]] inline bool hasEnded(TransferStatus status)
{
    return status >= TransferStatus::Done;
}

/// One copy: what was asked for and what became of it.
struct TransferRecord
{
    /// How many outcomes are kept by name.
    static constexpr std::size_t mostOutcomes = 200;

    qint64 id = 0;
    QString instanceId;
    QString instanceName; ///< when it was asked for; the profile may be gone
    transfer::TransferRequest request;
    TransferStatus status = TransferStatus::Queued;
    transfer::TransferProgress progress;
    transfer::TransferSummary summary;
    std::optional<Error> error;
    /// Those worth a line: failed, skipped, renamed, begun again; the first ones, with all that
    /// failed before the others.
    std::vector<transfer::FileOutcome> outcomes;
    qint64 outcomeCount = 0; ///< those that are not kept too
    qint64 copiedBytes = 0;  ///< over all tries, without what was there already
    qint64 createdMs = 0;    ///< since the epoch, UTC
    qint64 startedMs = 0;    ///< 0 = never
    qint64 endedMs = 0;      ///< 0 = not yet
    qint64 activeMs = 0;     ///< spent copying
};

} // namespace core::history
