// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/SftpClient.h"
#include "core/transfer/TransferState.h"

#include <QTimer>

#include <functional>

namespace core::transfer {

class Verifier;

/// Files of less than a megabyte over SFTP, many on their way at once. In the engine's thread.
class SmallGet final : public QObject
{
    Q_OBJECT

public:
    struct File
    {
        int item = 0;
        QByteArray remote;
        QByteArray local; ///< its name when it is complete
    };

    /// \a verifier: null = sizes only.
    SmallGet(TransferState &state, ssh::SftpClient &sftp, Verifier *verifier,
             QObject *parent = nullptr);

    /// \a next: the files, one a call, until it gives none. May be called again after finished().
    void start(std::function<std::optional<File>()> next);

Q_SIGNALS:
    /// One a file. Changed: it was not what the plan said, or changed meanwhile; \a now is what it
    /// was last.
    void fileEnded(int item, const std::optional<core::ssh::SftpAttributes> &changed,
                   const std::optional<core::Error> &error);
    void finished();

private:
    struct Job;

    void admit();
    void open(const std::shared_ptr<Job> &job);
    void read(const std::shared_ptr<Job> &job, const QByteArray &handle);
    void readPiece(const std::shared_ptr<Job> &job, const QByteArray &handle, qint64 offset,
                   qint64 size);
    void answered(const std::shared_ptr<Job> &job);
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
