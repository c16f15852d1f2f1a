// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TarReader.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/Sha256.h"

#include <archive_entry.h>

namespace core::transfer {

namespace {

/// Looking for an entry that nobody asked for walks the whole list.
constexpr int mostStrangers = 16;

} // namespace

TarReader::TarReader(std::shared_ptr<TransferState> state,
                     std::shared_ptr<const std::vector<int>> items, bool sums, Callbacks callbacks)
    : m_state(std::move(state))
    , m_items(std::move(items))
    , m_wantsSums(sums)
    , m_callbacks(std::move(callbacks))
{
}

QByteArray TarReader::nameOf(const TransferState &state, int item)
{
    const Item &one = state.items[std::size_t(item)];
    return '.' + joinPath(state.sources[std::size_t(one.source)].from, one.path);
}

void TarReader::push(const QByteArray &bytes)
{
    const QMutexLocker locker(&m_mutex);
    m_pieces.push_back(bytes);
    m_changed.wakeAll();
}

void TarReader::finish()
{
    const QMutexLocker locker(&m_mutex);
    m_isFinished = true;
    m_changed.wakeAll();
}

void TarReader::stop()
{
    const QMutexLocker locker(&m_mutex);
    m_isStopped = true;
    m_pieces.clear();
    m_changed.wakeAll();
}

la_ssize_t TarReader::read(archive *, void *object, const void **bytes)
{
    auto *self = static_cast<TarReader *>(object);
    const QMutexLocker locker(&self->m_mutex);
    while (self->m_pieces.empty() && !self->m_isFinished && !self->m_isStopped)
        self->m_changed.wait(&self->m_mutex);
    if (self->m_isStopped || self->m_pieces.empty())
        return 0;
    self->m_current = std::move(self->m_pieces.front());
    self->m_pieces.pop_front();
    *bytes = self->m_current.constData();
    self->m_callbacks.consumed(self->m_current.size());
    return self->m_current.size();
}

void TarReader::run()
{
    archive *reader = archive_read_new();
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_zstd(reader);
    archive_read_support_format_tar(reader);
    archive_read_support_format_empty(reader);
    if (archive_read_open(reader, this, nullptr, &TarReader::read, nullptr) == ARCHIVE_OK) {
        archive_entry *entry = nullptr;
        while (archive_read_next_header(reader, &entry) >= ARCHIVE_WARN && unpack(reader, entry)) {
        }
    }
    archive_read_free(reader);
    m_callbacks.ended();
}

/// tar keeps the order of its list, and leaves out what it can't read.
std::optional<int> TarReader::find(const QByteArray &name)
{
    for (std::size_t at = m_next; at < m_items->size(); ++at) {
        if (nameOf(*m_state, (*m_items)[at]) == name) {
            m_next = at + 1;
            return (*m_items)[at];
        }
    }
    ++m_strangers;
    return std::nullopt;
}

/// Only what was asked for is written, once. \returns whether more may come.
bool TarReader::unpack(archive *reader, archive_entry *entry)
{
    QByteArray name = archive_entry_pathname(entry);
    if (name.endsWith('/')) // a directory took the file's place
        name.chop(1);
    const std::optional<int> number = find(name);
    if (!number)
        return m_strangers < mostStrangers;
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry))
        return true;
    const Item &item = m_state->items[std::size_t(*number)];
    std::optional<Error> error;
    QByteArray sum;
    if (archive_entry_size(entry) != item.size ||
        qint64(archive_entry_mtime(entry)) != item.mtime) {
        error = Error{ErrorCode::VerifyFailed, Step::Transfer,
                      shownName(item.path) + QStringLiteral(": it has changed")};
    } else if (const Result<QByteArray> written = write(reader, item)) {
        sum = *written;
    } else {
        error = written.error();
    }
    m_callbacks.fileEnded(*number, error, sum);
    return true;
}

Result<QByteArray> TarReader::write(archive *reader, const Item &item)
{
    const QByteArray local =
        joinPath(m_state->sources[std::size_t(item.source)].writeTo, item.name());
    const QByteArray part = partPath(local, item.isPartTaken);
    qint64 counted = 0;
    const auto save = [&]() -> Result<QByteArray> {
        if (const Result<> folders = m_state->checkFolders(item); !folders)
            return tl::make_unexpected(folders.error());
        static_cast<void>(removeLocal(part)); // whatever it is, it is not written through
        Result<std::unique_ptr<LocalFile>> open = createLocal(part);
        if (!open)
            return tl::make_unexpected(open.error());
        Sha256 sum;
        while (true) {
            const void *bytes = nullptr;
            std::size_t size = 0;
            la_int64_t offset = 0;
            const int rc = archive_read_data_block(reader, &bytes, &size, &offset);
            if (rc == ARCHIVE_EOF)
                break;
            if (rc < ARCHIVE_WARN)
                return fail(ErrorCode::Disconnected, Step::Transfer,
                            QString::fromUtf8(archive_error_string(reader)));
            const QByteArrayView piece(static_cast<const char *>(bytes), qsizetype(size));
            if (offset != counted) // a hole: GNU tar makes none unless it is asked
                return fail(ErrorCode::VerifyFailed, Step::Transfer,
                            shownName(item.path) + QStringLiteral(": holes in the stream"));
            if (Result<> written = (*open)->writeAt(offset, piece); !written)
                return tl::make_unexpected(written.error());
            if (m_wantsSums)
                sum.add(piece);
            counted += piece.size();
            m_state->bytes += piece.size();
        }
        if (counted != item.size)
            return fail(ErrorCode::VerifyFailed, Step::Transfer,
                        shownName(item.path) +
                            QStringLiteral(": %1 bytes, not %2").arg(counted).arg(item.size));
        open->reset();
        if (const Result<> folders = m_state->checkFolders(item); !folders)
            return tl::make_unexpected(folders.error());
        if (Result<> set = setLocalTimes(part, item.mtime, item.mode); !set) {
            if (!keepsNoTimes(set.error()))
                return tl::make_unexpected(set.error());
            m_state->timesRefused = true;
        }
        // One that takes another's place waits there until its sum agrees.
        if (m_wantsSums && localInfo(local))
            return sum.result();
        if (Result<> renamed = renameLocal(part, local); !renamed)
            return tl::make_unexpected(renamed.error());
        return m_wantsSums ? sum.result() : QByteArray();
    };
    Result<QByteArray> saved = save();
    if (!saved) {
        static_cast<void>(removeLocal(part));
        m_state->bytes -= counted;
    }
    return saved;
}

} // namespace core::transfer
