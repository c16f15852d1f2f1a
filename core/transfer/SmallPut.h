// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/LocalFiles.h"
#include "core/transfer/TransferState.h"

#include "core/ssh/SftpClient.h"

#include <QTimer>

#include <functional>

namespace core::transfer {

class Verifier;

/// Files of less than a megabyte over SFTP, many on their way at once. In the engine's thread.
class SmallPut final : public QObject
{
    Q_OBJECT

public:
    struct File
    {
        int item = 0;
        QByteArray local;
        QByteArray remote; ///< its name when it is complete
    };

    /// \a verifier: null = sizes only.
    SmallPut(TransferState &state, ssh::SftpClient &sftp, Verifier *verifier,
             QObject *parent = nullptr);

    /// \a next: the files, one a call, until it gives none.
    void start(std::function<std::optional<File>()> next);

Q_SIGNALS:
    /// One a file. Changed: the file was not what the plan said, or changed meanwhile.
    void fileEnded(int item, bool changed, const std::optional<core::Error> &error);
    void finished();

private:
    struct Job;

    void admit();
    [[nodiscard]] bool grows(const Item &item, const LocalInfo &now) const;
    void open(const std::shared_ptr<Job> &job);
    void write(const std::shared_ptr<Job> &job);
    void written(const std::shared_ptr<Job> &job, const std::optional<Error> &error);
    void verify(const std::shared_ptr<Job> &job);
    void rename(const std::shared_ptr<Job> &job);
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
