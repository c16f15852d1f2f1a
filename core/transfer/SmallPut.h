// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/FileCopies.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/TransferState.h"

#include "core/ssh/SftpClient.h"

#include <QTimer>

#include <functional>

namespace core::transfer {

class Verifier;

/// Files of less than a megabyte over SFTP, many on their way at once. In the engine's thread.
class SmallPut final : public FilePut
{
    Q_OBJECT

public:
    /// \a fs: for times that SFTP has no room for. \a verifier: null = sizes only.
    SmallPut(TransferState &state, ssh::SftpClient &sftp, RemoteFs &fs, Verifier *verifier,
             QObject *parent = nullptr);

    void start(std::function<std::optional<File>()> next) override;

private:
    struct Job;

    void admit();
    [[nodiscard]] static bool grows(const Item &item, const LocalInfo &now);
    void open(const std::shared_ptr<Job> &job);
    void write(const std::shared_ptr<Job> &job);
    void written(const std::shared_ptr<Job> &job, const std::optional<Error> &error);
    void verify(const std::shared_ptr<Job> &job);
    void rename(const std::shared_ptr<Job> &job);
    void name(const std::shared_ptr<Job> &job);
    void end(const std::shared_ptr<Job> &job, bool changed, const std::optional<Error> &error);

    TransferState &m_state;
    ssh::SftpClient &m_sftp;
    RemoteFs &m_fs;
    Verifier *m_verifier;
    std::function<std::optional<File>()> m_next;
    QTimer m_pause;
    qsizetype m_running = 0;
    qint64 m_bytesRunning = 0;
    bool m_exhausted = false;
    bool m_finished = false;
};

} // namespace core::transfer
