// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/EngineChannel.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/Packing.h"
#include "core/transfer/StreamMark.h"
#include "core/transfer/TransferState.h"

#include <QHash>
#include <QTimer>

#include <functional>

struct archive;

namespace core::ssh {
class SessionEngine;
}

namespace core::transfer {

class Sha256;

/// Files as one tar stream (libarchive's; in GNU's format, or pax where a time is before 1970) into
/// tar on the instance. The stream is made as the channel takes it. What became of the files, the
/// caller asks the instance. In the engine's thread.
class TarPut final : public QObject
{
    Q_OBJECT

public:
    struct File
    {
        int item = 0;
        QByteArray local;
        QByteArray name; ///< below the directory
    };

    /// \a sums: compute SHA-256 on the way.
    TarPut(TransferState &state, ssh::SessionEngine &engine, Packing packing, bool sums,
           QObject *parent = nullptr);
    ~TarPut() override;

    /// Starts tar, that waits for start(): a round trip earlier. \a directory: where it is
    /// unpacked; it is there.
    void open(const QByteArray &directory);
    /// \a check: a shell command that runs there after tar; each \a found is some of its whole
    /// records, which end with a NUL.
    void start(std::function<std::optional<File>()> next, const QByteArray &check,
               std::function<void(QByteArrayView)> found);
    /// The check ran to its end.
    [[nodiscard]] bool isChecked() const { return m_isChecked; }
    /// 32 bytes, of a file that was sent whole; "" without \a sums.
    [[nodiscard]] QByteArray sum(int item) const;
    /// Bytes of a file that the state has counted, perhaps not all of them.
    [[nodiscard]] qint64 counted(int item) const;
    /// Files that were not as planned, or changed while they were read: what was sent is wrong.
    [[nodiscard]] const QHash<int, std::optional<Error>> &bad() const { return m_bad; }

Q_SIGNALS:
    /// \a lost: the connection's error. Else tar's exit code and words.
    void finished(const std::optional<core::Error> &lost, int exitCode, const QByteArray &words);

private:
    [[nodiscard]] bool openArchive();
    void takeRecords(QByteArrayView bytes);
    [[nodiscard]] QByteArray produce();
    void step();
    void openNext();
    void closeFile();
    void onEnded(const ssh::ChannelEnd &end);
    void finish();

    TransferState &m_state;
    ssh::SessionEngine &m_engine;
    const Packing m_packing;
    const bool m_wantsSums;
    quint64 m_channel = 0;
    StreamMark m_mark;
    archive *m_archive = nullptr;
    QByteArray m_out;
    QByteArray m_words;
    std::optional<ssh::ChannelEnd> m_end;
    bool m_isFinished = false; ///< and told
    QByteArray m_check;
    std::function<void(QByteArrayView)> m_found;
    QByteArray m_records; ///< the beginning of one
    bool m_isChecked = false;
    std::function<std::optional<File>()> m_next;
    File m_file;
    std::unique_ptr<LocalFile> m_open;
    std::unique_ptr<Sha256> m_sum;
    LocalInfo m_info;
    qint64 m_offset = 0;
    bool m_isShort = false;
    bool m_isAtEnd = false;
    QByteArray m_buffer;
    QByteArray m_sums;           ///< 32 bytes an item
    std::vector<bool> m_counted; ///< items all of whose bytes the state has counted
    QHash<int, std::optional<Error>> m_bad;
    QTimer m_pause;
};

} // namespace core::transfer
