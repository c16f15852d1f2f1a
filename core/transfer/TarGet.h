// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/WorkerThread.h"
#include "core/transfer/Packing.h"
#include "core/transfer/StreamMark.h"
#include "core/transfer/TransferState.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace core::ssh {
class SessionEngine;
struct ChannelEnd;
} // namespace core::ssh

namespace core::transfer {

class TarReader;

/// Files as one tar stream from the instance's GNU tar. Lives in the engine's thread; the stream is
/// unpacked (libarchive's reading blocks) and the files are written in a thread of its own, so that
/// decrypting and writing go on together. What is known of a file is the state's item alone: a
/// million of them take no more room here.
class TarGet final : public QObject
{
    Q_OBJECT

public:
    /// \a sums: compute SHA-256 on the way.
    TarGet(std::shared_ptr<TransferState> state, ssh::SessionEngine &engine, Packing packing,
           bool sums, QObject *parent = nullptr);
    ~TarGet() override;

    /// Starts tar, that waits for start(): a round trip earlier.
    void open();
    /// \a items: the state's files that come this way; they keep what they are until finished().
    void start(std::vector<int> items);
    /// 32 bytes, of a file that has arrived; "" without \a sums.
    [[nodiscard]] QByteArray sum(int item) const;
    /// Files that have their name; fileEnded() came for them.
    [[nodiscard]] bool hasArrived(int item) const { return m_arrived[std::size_t(item)]; }

Q_SIGNALS:
    /// error: it could not be written, or was not as planned (VerifyFailed).
    void fileEnded(int item, const std::optional<core::Error> &error);
    /// \a lost: the connection's error. \a words: what tar said.
    void finished(const std::optional<core::Error> &lost, const QByteArray &words);

private:
    void startReader();
    [[nodiscard]] QByteArray produce();
    void onReceived(const QByteArray &bytes, bool isStderr);
    void giveBack();
    void onEnded(const ssh::ChannelEnd &end);
    void onFile(int item, const std::optional<Error> &error, const QByteArray &sum);
    void finishWhenBoth();

    std::shared_ptr<TransferState> m_state;
    ssh::SessionEngine &m_engine;
    const Packing m_packing;
    const bool m_wantsSums;
    quint64 m_channel = 0;
    StreamMark m_mark;
    std::shared_ptr<const std::vector<int>> m_items;
    std::size_t m_nextName = 0;
    qint64 m_unacknowledged = 0;
    QTimer m_pause; ///< the rate limit's
    QByteArray m_words;
    QByteArray m_early; ///< what came before start(), if anything
    std::shared_ptr<TarReader> m_reader;
    WorkerThread m_thread;
    QByteArray m_sums; ///< 32 bytes an item
    std::vector<bool> m_arrived;
    bool m_channelEnded = false;
    bool m_readerEnded = false;
    std::optional<Error> m_lost;
};

} // namespace core::transfer
