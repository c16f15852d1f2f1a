// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/LocalFiles.h"
#include "core/transfer/TransferState.h"

#include <QHash>
#include <QTimer>

#include <functional>

struct archive;

namespace core::ssh {
class SessionEngine;
struct ChannelEnd;
} // namespace core::ssh

namespace core::transfer {

class Sha256;

/// Files as one tar stream (GNU format, libarchive's) into tar on the instance. The stream is made
/// as the channel takes it. What became of the files, the caller asks the instance. In the engine's
/// thread.
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
    TarPut(TransferState &state, ssh::SessionEngine &engine, bool zstd, bool sums,
           QObject *parent = nullptr);
    ~TarPut() override;

    /// \a directory: where it is unpacked; it is there.
    void start(const QByteArray &directory, std::function<std::optional<File>()> next);
    /// Of the files that were sent whole.
    [[nodiscard]] const QHash<int, QByteArray> &sums() const { return m_sums; }
    /// Files that were not as planned, or changed while they were read: what was sent is wrong.
    [[nodiscard]] const QHash<int, std::optional<Error>> &bad() const { return m_bad; }

Q_SIGNALS:
    /// \a lost: the connection's error. Else tar's exit code and words.
    void finished(const std::optional<core::Error> &lost, int exitCode, const QByteArray &words);

private:
    [[nodiscard]] QByteArray produce();
    void step();
    void openNext();
    void closeFile();
    void onEnded(const ssh::ChannelEnd &end);

    TransferState &m_state;
    ssh::SessionEngine &m_engine;
    const bool m_zstd;
    const bool m_wantsSums;
    quint64 m_channel = 0;
    archive *m_archive = nullptr;
    QByteArray m_out;
    QByteArray m_words;
    std::function<std::optional<File>()> m_next;
    File m_file;
    std::unique_ptr<LocalFile> m_open;
    std::unique_ptr<Sha256> m_sum;
    LocalInfo m_info;
    qint64 m_offset = 0;
    bool m_isShort = false;
    bool m_isAtEnd = false;
    QByteArray m_buffer;
    QHash<int, QByteArray> m_sums;
    QHash<int, std::optional<Error>> m_bad;
    QTimer m_pause;
};

} // namespace core::transfer
