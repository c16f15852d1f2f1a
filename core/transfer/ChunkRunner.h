// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/EngineWorker.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/TransferState.h"

#include <QPointer>
#include <QTimer>

#include <memory>

namespace core::transfer {

/// Copies pieces of the board's files over several SFTP channels of one connection, so that no
/// channel's window is the limit. In the engine's thread.
class ChunkRunner final : public ssh::EngineWorker
{
    Q_OBJECT

public:
    /// \a shared: a channel that it may use too, before channels of its own.
    explicit ChunkRunner(std::shared_ptr<TransferState> state, ssh::SftpClient *shared = nullptr);
    ~ChunkRunner() override;

    void start(ssh::SessionEngine &engine) override;

Q_SIGNALS:
    /// None of its channels works.
    void starved(const core::Error &error);

private:
    struct Active
    {
        ChunkBoard::Chunk chunk;
        qint64 issued = 0;
        qint64 done = 0;   ///< answered
        qint64 copied = 0; ///< of that, from the beginning without a gap
        int onTheWay = 0;  ///< requests
        bool dropped = false;
    };
    struct OpenFile
    {
        int number = 0;
        QByteArray handle; ///< "" = on its way
        bool failed = false;
        std::shared_ptr<LocalFile> local;
    };
    struct Channel
    {
        ssh::SftpClient *sftp = nullptr;
        std::vector<std::shared_ptr<Active>> active;
        std::vector<std::shared_ptr<OpenFile>> files;
        qint64 onTheWay = 0; ///< bytes
        bool isLost = false;
    };

    void addChannel();
    void use(ssh::SftpClient *sftp);
    void fill(Channel &channel);
    [[nodiscard]] bool issue(Channel &channel, const std::shared_ptr<Active> &active);
    void write(Channel &channel, const std::shared_ptr<Active> &active, OpenFile &file,
               qint64 size);
    void read(Channel &channel, const std::shared_ptr<Active> &active,
              const std::shared_ptr<OpenFile> &file, qint64 offset, qint64 size);
    [[nodiscard]] std::shared_ptr<OpenFile> openFile(Channel &channel, int number);
    void answered(Channel &channel, const std::shared_ptr<Active> &active, qint64 offset,
                  qint64 size, const std::optional<Error> &error);
    void onChannelLost(Channel &channel, const Error &error);
    void giveBack(Active &active);
    void drop(Channel &channel, const std::shared_ptr<Active> &active);
    void closeOthers(Channel &channel);
    void wakeAll();

    std::shared_ptr<TransferState> m_state;
    QPointer<ssh::SftpClient> m_shared;
    ssh::SessionEngine *m_engine = nullptr;
    qint64 m_mostOnTheWay = 1024 * 1024; ///< per channel; a quick line's
    std::vector<std::unique_ptr<Channel>> m_channels;
    QTimer m_pause; ///< the rate limit's
};

} // namespace core::transfer
