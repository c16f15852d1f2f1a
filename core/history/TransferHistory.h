// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/history/TransferRecord.h"

#include <memory>

namespace core::history {

/// The queue of copies and what became of them, in an SQLite file of the configuration folder; it
/// survives the program. One thread; every call may wait for the disk (see TransferStore). Errors
/// and damaged files as of Database.
class TransferHistory final
{
public:
    /// Older ones that have ended are forgotten by open().
    static constexpr int mostEnded = 1000;

    TransferHistory();
    ~TransferHistory();
    TransferHistory(const TransferHistory &) = delete;
    TransferHistory &operator=(const TransferHistory &) = delete;

    /// \a file: made when it is not there. Its folder too.
    [[nodiscard]] Result<> open(const QString &file);
    /// Where a damaged file was kept, by open() or load(); "" = none was.
    [[nodiscard]] QString corruptKeptAs() const;
    /// All that have not ended, in their order, and the newest \a ended of the others.
    [[nodiscard]] Result<std::vector<TransferRecord>> load(int ended = 200);
    /// Adds it, or writes it anew where its id is there. A new one stands at the end.
    [[nodiscard]] Result<> save(const TransferRecord &record);
    [[nodiscard]] Result<> remove(qint64 id);
    [[nodiscard]] Result<> removeEnded();
    /// Numbers the queue anew.
    [[nodiscard]] Result<> setOrder(const std::vector<qint64> &ids);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::history
