// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/history/TransferRecord.h"

#include <memory>

namespace core::history {

/// The queue of copies and what became of them, in an SQLite file of the configuration folder; it
/// survives the program. One thread. A file that SQLite can't read is kept aside as .corrupt-DATE
/// and a new one is begun. Errors: LocalIo, with SQLite's words.
class TransferHistory final
{
public:
    /// How many of the files that failed are kept by name.
    static constexpr std::size_t mostFailures = 200;

    TransferHistory();
    ~TransferHistory();
    TransferHistory(const TransferHistory &) = delete;
    TransferHistory &operator=(const TransferHistory &) = delete;

    /// \a file: made when it is not there. Its folder too.
    [[nodiscard]] Result<> open(const QString &file);
    /// Where a broken file was kept; "" = none was.
    [[nodiscard]] const QString &corruptKeptAs() const { return m_corruptKeptAs; }
    /// All that have not ended, in their order, and the newest \a ended of the others.
    [[nodiscard]] Result<std::vector<TransferRecord>> load(int ended = 200) const;
    /// \returns its id.
    [[nodiscard]] Result<qint64> add(const TransferRecord &record);
    [[nodiscard]] Result<> update(const TransferRecord &record);
    [[nodiscard]] Result<> remove(qint64 id);
    /// Numbers the queue anew.
    [[nodiscard]] Result<> setOrder(const std::vector<qint64> &ids);

private:
    class Private;
    std::unique_ptr<Private> d;
    QString m_corruptKeptAs;
};

} // namespace core::history
