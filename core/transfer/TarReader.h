// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/transfer/TarGet.h"

#include <QMutex>
#include <QWaitCondition>

#include <archive.h>

#include <deque>
#include <functional>

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

    /// \a written: counts the files' bytes; outlives this.
    TarReader(std::atomic<qint64> &written, bool sums, Callbacks callbacks);

    void setFiles(const std::vector<TarGet::File> &files);
    void run();
    void push(const QByteArray &bytes);
    /// No more comes.
    void finish();
    /// Gives up at the next chance.
    void stop();

private:
    static la_ssize_t read(archive *archive, void *self, const void **bytes);
    void unpack(archive *archive, archive_entry *entry);
    [[nodiscard]] Result<QByteArray> write(archive *archive, const TarGet::File &file);

    const bool m_wantsSums;
    std::atomic<qint64> &m_written;
    Callbacks m_callbacks;
    QHash<QByteArray, TarGet::File> m_files;
    QMutex m_mutex;
    QWaitCondition m_changed;
    std::deque<QByteArray> m_pieces;
    QByteArray m_current;
    bool m_isFinished = false;
    bool m_isStopped = false;
};

} // namespace core::transfer
