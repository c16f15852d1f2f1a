// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/FileCopies.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/TransferState.h"

#include <QTimer>

#include <deque>

namespace core::ssh {
class SessionEngine;
struct ChannelEnd;
} // namespace core::ssh

namespace core::transfer {

class Verifier;

/// Uploads with the server's own scp (the protocol of rcp: one command a file, "C0644 SIZE NAME",
/// the bytes, a NUL; each step is answered by a NUL or by 1 or 2 and a line of words), for servers
/// without SFTP and tar. What is left of a file that was cut is sent to dd. In the engine's thread.
class ScpPut final : public FilePut
{
    Q_OBJECT

public:
    /// \a verifier: null where there is none.
    ScpPut(TransferState &state, ssh::SessionEngine &engine, RemoteFs &fs, Verifier *verifier,
           QObject *parent = nullptr);
    ~ScpPut() override;

    void start(std::function<std::optional<File>()> next) override;

private:
    struct Job;

    void admit();
    [[nodiscard]] std::optional<File> nextFile();
    void open(const std::shared_ptr<Job> &job);
    /// As ScpGet's.
    [[nodiscard]] bool mayBeBeginning(const File &file) const
    {
        return m_verifier || file.kept == 0;
    }
    void goOn(const std::shared_ptr<Job> &job);
    void send(const std::shared_ptr<Job> &job, const QByteArray &receiver);
    [[nodiscard]] QByteArray produce(const std::shared_ptr<Job> &job);
    void take(const std::shared_ptr<Job> &job, QByteArrayView bytes);
    [[nodiscard]] bool waitsForOthers(const std::shared_ptr<Job> &job, const Error &error);
    void channelEnded(const std::shared_ptr<Job> &job, const ssh::ChannelEnd &end);
    void check(const std::shared_ptr<Job> &job);
    void checkThere(const std::shared_ptr<Job> &job);
    void verify(const std::shared_ptr<Job> &job);
    void compare(const std::shared_ptr<Job> &job);
    void rename(const std::shared_ptr<Job> &job);
    void takeBack(const std::shared_ptr<Job> &job);
    void end(const std::shared_ptr<Job> &job, bool changed, const std::optional<Error> &error);

    TransferState &m_state;
    ssh::SessionEngine &m_engine;
    RemoteFs &m_fs;
    Verifier *m_verifier;
    std::function<std::optional<File>()> m_next;
    QTimer m_pause;
    std::vector<std::shared_ptr<Job>> m_running;
    std::deque<File> m_back;        ///< the server had no channel for them
    std::size_t m_most;             ///< files at once
    std::optional<Error> m_refusal; ///< it has no channel at all
    bool m_exhausted = false;
    bool m_finished = false;
};

} // namespace core::transfer
