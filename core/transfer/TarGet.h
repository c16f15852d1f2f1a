// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/WorkerThread.h"
#include "core/transfer/TransferState.h"

#include <QHash>
#include <QObject>

namespace core::ssh {
class SessionEngine;
struct ChannelEnd;
} // namespace core::ssh

namespace core::transfer {

class TarReader;

/// Files as one tar stream from the instance's GNU tar. Lives in the engine's thread; the stream is
/// unpacked (libarchive's reading blocks) and the files are written in a thread of its own, so that
/// decrypting and writing go on together.
class TarGet final : public QObject
{
    Q_OBJECT

public:
    struct File
    {
        int item = 0;
        QByteArray name;  ///< below the directory
        QByteArray local; ///< its name when it is complete
        qint64 size = 0;
        qint64 mtime = 0;
        quint32 mode = 0;
    };

    /// \a sums: compute SHA-256 on the way.
    TarGet(TransferState &state, ssh::SessionEngine &engine, bool zstd, bool sums,
           QObject *parent = nullptr);
    ~TarGet() override;

    void start(const QByteArray &directory, std::vector<File> files);
    [[nodiscard]] const QHash<int, QByteArray> &sums() const { return m_sums; }
    /// Files that have their name; fileEnded() came for them.
    [[nodiscard]] bool hasArrived(int item) const { return m_arrived.contains(item); }

Q_SIGNALS:
    /// error: it could not be written, or was not as planned (VerifyFailed).
    void fileEnded(int item, const std::optional<core::Error> &error);
    /// \a lost: the connection's error. \a words: what tar said.
    void finished(const std::optional<core::Error> &lost, const QByteArray &words);

private:
    [[nodiscard]] QByteArray produce();
    void onEnded(const ssh::ChannelEnd &end);
    void onFile(int item, const std::optional<Error> &error, const QByteArray &sum);
    void finishWhenBoth();

    TransferState &m_state;
    ssh::SessionEngine &m_engine;
    const bool m_zstd;
    const bool m_wantsSums;
    quint64 m_channel = 0;
    std::vector<QByteArray> m_names;
    std::size_t m_nextName = 0;
    QByteArray m_words;
    std::shared_ptr<TarReader> m_reader;
    WorkerThread m_thread;
    QHash<int, QByteArray> m_sums;
    QSet<int> m_arrived;
    bool m_channelEnded = false;
    bool m_readerEnded = false;
    std::optional<Error> m_lost;
};

} // namespace core::transfer
