// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/transfer/TransferState.h"

#include <QMutex>
#include <QWaitCondition>

#include <archive.h>

#include <deque>
#include <functional>
#include <memory>

namespace core::transfer {

/// Unpacks a tar stream in a thread of its own: run() blocks there, the other calls may come from
/// anywhere.
class TarReader
{
public:
    struct Callbacks ///< called in run()'s thread
    {
        std::function<void(qint64 bytes)> consumed;
        std::function<void(int item, const std::optional<Error> &error, const QByteArray &sum)>
            fileEnded;
        std::function<void()> ended;
    };

    /// \a items: of the state, in the order that they were asked for. The state counts the files'
    /// bytes; their items' paths, sizes and times are read in run()'s thread.
    TarReader(std::shared_ptr<TransferState> state, std::shared_ptr<const std::vector<int>> items,
              bool sums, Callbacks callbacks);

    /// What an item is called in the stream: its path below "/".
    [[nodiscard]] static QByteArray nameOf(const TransferState &state, int item);

    void run();
    void push(const QByteArray &bytes);
    /// No more comes.
    void finish();
    /// Gives up at the next chance.
    void stop();

private:
    static la_ssize_t read(archive *archive, void *self, const void **bytes);
    [[nodiscard]] std::optional<int> find(const QByteArray &name);
    [[nodiscard]] bool unpack(archive *archive, archive_entry *entry);
    [[nodiscard]] Result<QByteArray> write(archive *archive, const Item &item);

    const std::shared_ptr<TransferState> m_state;
    const std::shared_ptr<const std::vector<int>> m_items;
    const bool m_wantsSums;
    Callbacks m_callbacks;
    std::size_t m_next = 0; ///< of m_items: those before have come, or will not come
    int m_strangers = 0;    ///< entries that nobody asked for
    QMutex m_mutex;
    QWaitCondition m_changed;
    std::deque<QByteArray> m_pieces;
    QByteArray m_current;
    bool m_isFinished = false;
    bool m_isStopped = false;
};

} // namespace core::transfer
