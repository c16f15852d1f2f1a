// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/FileCopies.h"
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

/// Downloads with the server's own scp, as ScpPut uploads. In the engine's thread.
class ScpGet final : public FileGet
{
    Q_OBJECT

public:
    /// \a verifier: null where there is none.
    ScpGet(TransferState &state, ssh::SessionEngine &engine, RemoteFs &fs, Verifier *verifier,
           QObject *parent = nullptr);
    ~ScpGet() override;

    void start(std::function<std::optional<File>()> next) override;

private:
    struct Job;

    void admit();
    [[nodiscard]] std::optional<File> nextFile();
    void open(const std::shared_ptr<Job> &job);
    void take(const std::shared_ptr<Job> &job, QByteArrayView bytes);
    void takeLine(const std::shared_ptr<Job> &job, const QByteArray &line);
    /// What was copied at different times is the beginning of one file only if the sums say so.
    [[nodiscard]] bool mayBeBeginning(const File &file) const
    {
        return m_verifier || file.kept == 0;
    }
    [[nodiscard]] qint64 wanted(const std::shared_ptr<Job> &job) const;
    void giveBack(const std::shared_ptr<Job> &job);
    [[nodiscard]] bool waitsForOthers(const std::shared_ptr<Job> &job, const Error &error);
    void channelEnded(const std::shared_ptr<Job> &job, const ssh::ChannelEnd &end);
    void check(const std::shared_ptr<Job> &job);
    void verify(const std::shared_ptr<Job> &job);
    void explain(const std::shared_ptr<Job> &job);
    void save(const std::shared_ptr<Job> &job);
    void takeBack(const std::shared_ptr<Job> &job);
    void end(const std::shared_ptr<Job> &job, const std::optional<ssh::SftpAttributes> &changed,
             const std::optional<Error> &error);

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
