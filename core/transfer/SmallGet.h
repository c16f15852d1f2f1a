// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/SftpClient.h"
#include "core/transfer/FileCopies.h"
#include "core/transfer/TransferState.h"

#include <QTimer>

#include <functional>

namespace core::transfer {

class Verifier;

/// Files of less than a megabyte over SFTP, many on their way at once. In the engine's thread.
class SmallGet final : public FileGet
{
    Q_OBJECT

public:
    /// \a verifier: null where there is none.
    SmallGet(TransferState &state, ssh::SftpClient &sftp, Verifier *verifier,
             QObject *parent = nullptr);

    void start(std::function<std::optional<File>()> next) override;

private:
    struct Job;

    void admit();
    void open(const std::shared_ptr<Job> &job);
    void read(const std::shared_ptr<Job> &job, const QByteArray &handle);
    void readPiece(const std::shared_ptr<Job> &job, const QByteArray &handle, qint64 offset,
                   qint64 size);
    void answered(const std::shared_ptr<Job> &job);
    void verify(const std::shared_ptr<Job> &job);
    void explain(const std::shared_ptr<Job> &job);
    void save(const std::shared_ptr<Job> &job);
    void end(const std::shared_ptr<Job> &job, bool changed, const std::optional<Error> &error);

    TransferState &m_state;
    ssh::SftpClient &m_sftp;
    Verifier *m_verifier;
    std::function<std::optional<File>()> m_next;
    QTimer m_pause;
    qsizetype m_running = 0;
    qint64 m_bytesRunning = 0;
    bool m_exhausted = false;
    bool m_finished = false;
};

} // namespace core::transfer
