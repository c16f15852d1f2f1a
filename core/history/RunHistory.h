// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/cost/RunSlice.h"

#include <QSet>

#include <memory>
#include <vector>

namespace core::history {

/// How long instances ran, and which warnings of money were said, in an SQLite file of the
/// configuration folder. Several programs may have it open at the same time. One thread; every call
/// may wait for the disk (see RunStore). Errors and damaged files as of Database.
class RunHistory final
{
public:
    /// Slices that ended longer ago are forgotten by open().
    static constexpr int keptDays = 3 * 366;

    RunHistory();
    ~RunHistory();
    RunHistory(const RunHistory &) = delete;
    RunHistory &operator=(const RunHistory &) = delete;

    /// \a file: made when it is not there. Its folder too.
    [[nodiscard]] Result<> open(const QString &file);
    /// Where a damaged file was kept, by open() or a read; "" = none was.
    [[nodiscard]] QString corruptKeptAs() const;

    /// All or nothing. A slice that is there (same instance and beginning) is written anew; it
    /// never gets shorter.
    [[nodiscard]] Result<> save(const std::vector<cost::RunSlice> &slices);
    /// Those that reach into the time from \a from to \a to, by instance and time.
    [[nodiscard]] Result<std::vector<cost::RunSlice>> load(cost::TimeMs from, cost::TimeMs to);
    /// The newest slice of each instance: what a RunMeter goes on from.
    [[nodiscard]] Result<std::vector<cost::RunSlice>> newest();
    /// What is known of an instance, for good.
    [[nodiscard]] Result<> forget(const QString &instanceId);

    /// Keys of warnings that were said.
    [[nodiscard]] Result<QSet<QString>> said();
    [[nodiscard]] Result<> setSaid(const QSet<QString> &keys);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::history
