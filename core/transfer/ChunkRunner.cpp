// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/ChunkRunner.h"

#include "core/ssh/SessionEngine.h"

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

/// Bytes the server may have on its way to us on one channel; the channels' sum bounds the memory.
constexpr quint32 chunkWindow = 8 * 1024 * 1024;
/// A server's window is 2 MiB: on a slow line several channels carry more than one. On a quick one
/// they only cost: libssh2 looks through all that has come for each of them. Of the eight that one
/// connection may have: SFTP, a shell and a tar stream need theirs.
constexpr std::size_t slowLineChannels = 6;
/// Asked for or written and not answered, per channel; bytes.
constexpr qint64 slowLineBytes = 6 * 1024 * 1024;

} // namespace

ChunkRunner::ChunkRunner(std::shared_ptr<TransferState> state, ssh::SftpClient *shared)
    : m_state(std::move(state))
    , m_shared(shared)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, &ChunkRunner::wakeAll);
}

ChunkRunner::~ChunkRunner()
{
    m_state->board.disconnect(this); // what is given back below is for others
    if (m_shared) {
        m_shared->setRefill({});
        m_shared->setOnLost({});
    }
    // What is not finished goes to others.
    for (const auto &channel : m_channels) {
        for (const auto &active : channel->active) {
            if (!active->dropped)
                giveBack(*active);
        }
    }
}

void ChunkRunner::start(ssh::SessionEngine &engine)
{
    connect(&m_state->board, &ChunkBoard::workAdded, this, &ChunkRunner::wakeAll);
    m_engine = &engine;
    const bool isSlow = isSlowLine(engine.roundTripMs());
    if (isSlow)
        m_mostOnTheWay = slowLineBytes;
    if (m_shared)
        use(m_shared);
    const std::size_t wanted = isSlow ? slowLineChannels : 1;
    while (m_channels.size() < wanted)
        addChannel();
}

void ChunkRunner::addChannel()
{
    auto *sftp = new ssh::SftpClient(*m_engine, chunkWindow, this);
    use(sftp);
    Channel &channel = *m_channels.back();
    sftp->open([this, sftp, &channel](const Result<> &opened) {
        if (opened)
            sftp->wake();
        else
            onChannelLost(channel, opened.error());
    });
}

void ChunkRunner::use(ssh::SftpClient *sftp)
{
    m_channels.push_back(std::make_unique<Channel>());
    Channel &channel = *m_channels.back();
    channel.sftp = sftp;
    sftp->setRefill([this, &channel] { fill(channel); });
    sftp->setOnLost([this, &channel](const Error &error) { onChannelLost(channel, error); });
}

void ChunkRunner::wakeAll()
{
    for (const auto &channel : m_channels)
        channel->sftp->wake();
}

void ChunkRunner::fill(Channel &channel)
{
    while (channel.onTheWay < m_mostOnTheWay && !channel.sftp->error()) {
        const auto next =
            std::find_if(channel.active.begin(), channel.active.end(), [](const auto &active) {
                return !active->dropped && active->issued < active->chunk.size;
            });
        if (next != channel.active.end()) {
            if (!issue(channel, *next))
                return;
            continue;
        }
        const std::optional<ChunkBoard::Chunk> chunk = m_state->board.take();
        if (!chunk) {
            closeOthers(channel);
            return;
        }
        auto active = std::make_shared<Active>();
        active->chunk = *chunk;
        channel.active.push_back(active);
    }
}

/// \returns whether a request was made.
bool ChunkRunner::issue(Channel &channel, const std::shared_ptr<Active> &active)
{
    const std::shared_ptr<OpenFile> file = openFile(channel, active->chunk.file);
    if (file->failed || m_state->board.hasFailed(active->chunk.file)) {
        drop(channel, active);
        return true;
    }
    if (file->handle.isEmpty())
        return false; // its opening wakes us
    const qint64 size =
        std::min<qint64>(channel.sftp->dataSize(), active->chunk.size - active->issued);
    if (!m_state->limit.take(size)) {
        if (!m_pause.isActive())
            m_pause.start();
        return false;
    }
    if (m_state->request.direction == Direction::Put) {
        write(channel, active, *file, size);
    } else {
        const qint64 offset = active->chunk.offset + active->issued;
        active->issued += size;
        read(channel, active, file, offset, size);
    }
    return true;
}

void ChunkRunner::write(Channel &channel, const std::shared_ptr<Active> &active, OpenFile &file,
                        qint64 size)
{
    const qint64 offset = active->chunk.offset + active->issued;
    std::optional<Error> failure;
    const auto fromDisk = [&](char *to) {
        const Result<qint64> got = file.local->readAt(offset, to, size);
        if (!got)
            failure = got.error();
        else if (*got != size)
            failure =
                Error{ErrorCode::LocalIo, Step::Transfer, QStringLiteral("it became shorter")};
        return !failure;
    };
    active->issued += size;
    channel.sftp->write(file.handle, quint64(offset), size, fromDisk,
                        [this, &channel, active, offset, size](const Result<> &written) {
                            answered(channel, active, offset, size,
                                     written ? std::nullopt
                                             : std::optional<Error>(written.error()));
                        });
    if (failure) {
        m_state->board.fail(active->chunk.file, *failure);
        drop(channel, active);
        return;
    }
    channel.onTheWay += size;
    ++active->onTheWay;
}

void ChunkRunner::read(Channel &channel, const std::shared_ptr<Active> &active,
                       const std::shared_ptr<OpenFile> &file, qint64 offset, qint64 size)
{
    channel.onTheWay += size;
    ++active->onTheWay;
    channel.sftp->read(
        file->handle, quint64(offset), quint32(size),
        [this, &channel, active, file, offset, size](const Result<QByteArrayView> &data) {
            if (!data) {
                answered(channel, active, offset, size, data.error());
                return;
            }
            if (data->isEmpty() || data->size() > size) {
                answered(channel, active, offset, size,
                         Error{ErrorCode::RemoteFailed, Step::Transfer,
                               QStringLiteral("it became shorter")});
                return;
            }
            const Result<> written =
                active->dropped ? Result<>() : file->local->writeAt(offset, *data);
            const qint64 got = data->size();
            // The server may give less than asked for; the rest is asked for again.
            if (written && got < size && !active->dropped)
                read(channel, active, file, offset + got, size - got);
            channel.onTheWay -= size - got;
            answered(channel, active, offset, got,
                     written ? std::nullopt : std::optional<Error>(written.error()));
        });
}

void ChunkRunner::answered(Channel &channel, const std::shared_ptr<Active> &active, qint64 offset,
                           qint64 size, const std::optional<Error> &error)
{
    channel.onTheWay -= size;
    --active->onTheWay;
    channel.sftp->wake();
    if (active->dropped)
        return;
    if (error) {
        // A lost channel is nobody's fault: what it had is given back when it tells of its end.
        if (channel.sftp->error())
            return;
        m_state->board.fail(active->chunk.file, *error);
        drop(channel, active);
        return;
    }
    if (offset == active->chunk.offset + active->copied)
        active->copied += size;
    active->done += size;
    m_state->bytes += size;
    if (active->done < active->chunk.size)
        return;
    std::erase(channel.active, active);
    m_state->board.finish(active->chunk);
}

/// Another channel takes what this one had.
void ChunkRunner::onChannelLost(Channel &channel, const Error &error)
{
    if (std::exchange(channel.isLost, true))
        return;
    for (const auto &active : channel.active) {
        active->dropped = true;
        giveBack(*active);
    }
    channel.active.clear();
    channel.files.clear();
    const bool all = std::all_of(m_channels.begin(), m_channels.end(),
                                 [](const auto &one) { return one->isLost; });
    if (all)
        Q_EMIT starved(error);
    else
        wakeAll();
}

/// What is copied without a gap stays so.
void ChunkRunner::giveBack(Active &active)
{
    if (m_state->board.giveBack(active.chunk, active.copied))
        m_state->bytes -= active.done - active.copied;
    active.done = 0;
}

void ChunkRunner::drop(Channel &channel, const std::shared_ptr<Active> &active)
{
    active->dropped = true;
    m_state->bytes -= active->done;
    std::erase(channel.active, active);
}

std::shared_ptr<ChunkRunner::OpenFile> ChunkRunner::openFile(Channel &channel, int number)
{
    for (const auto &file : channel.files) {
        if (file->number == number)
            return file;
    }
    closeOthers(channel);
    auto file = std::make_shared<OpenFile>();
    file->number = number;
    channel.files.push_back(file);
    const ChunkBoard::File names = m_state->board.file(number);
    const bool isPut = m_state->request.direction == Direction::Put;
    Result<std::unique_ptr<LocalFile>> local =
        isPut ? openLocal(names.local) : reopenLocal(names.local);
    if (!local) {
        file->failed = true;
        m_state->board.fail(number, local.error());
        return file;
    }
    file->local = std::move(*local);
    channel.sftp->openFile(names.remote, isPut ? ssh::SftpClient::Write : ssh::SftpClient::Read, {},
                           [this, &channel, file](const Result<QByteArray> &handle) {
                               if (handle) {
                                   file->handle = *handle;
                               } else {
                                   file->failed = true;
                                   if (!channel.sftp->error())
                                       m_state->board.fail(file->number, handle.error());
                               }
                               channel.sftp->wake();
                           });
    return file;
}

/// Closes what no piece on this channel needs.
void ChunkRunner::closeOthers(Channel &channel)
{
    std::erase_if(channel.files, [&](const std::shared_ptr<OpenFile> &file) {
        const bool used =
            std::any_of(channel.active.begin(), channel.active.end(),
                        [&](const auto &active) { return active->chunk.file == file->number; });
        if (used || (file->handle.isEmpty() && !file->failed))
            return false;
        if (!file->handle.isEmpty())
            channel.sftp->closeHandle(file->handle, [](const Result<> &) {});
        return true;
    });
}

} // namespace core::transfer
