// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TarReader.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/Sha256.h"

#include <archive_entry.h>

namespace core::transfer {

TarReader::TarReader(std::atomic<qint64> &written, bool sums, Callbacks callbacks)
    : m_wantsSums(sums)
    , m_written(written)
    , m_callbacks(std::move(callbacks))
{
}

void TarReader::setFiles(const std::vector<TarGet::File> &files)
{
    for (const TarGet::File &file : files)
        m_files.insert(file.name, file);
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
    archive_read_support_filter_zstd(reader);
    archive_read_support_format_tar(reader);
    archive_read_support_format_empty(reader);
    if (archive_read_open(reader, this, nullptr, &TarReader::read, nullptr) == ARCHIVE_OK) {
        archive_entry *entry = nullptr;
        while (archive_read_next_header(reader, &entry) >= ARCHIVE_WARN)
            unpack(reader, entry);
    }
    archive_read_free(reader);
    m_callbacks.ended();
}

/// Only what was asked for is written, once; the rest of the stream is nobody's.
void TarReader::unpack(archive *reader, archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    const auto found = m_files.constFind(QByteArray(name ? name : ""));
    if (found == m_files.constEnd() || archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry))
        return;
    const TarGet::File file = m_files.take(found.key());
    std::optional<Error> error;
    QByteArray sum;
    if (archive_entry_size(entry) != file.size ||
        qint64(archive_entry_mtime(entry)) != file.mtime) {
        error = Error{ErrorCode::VerifyFailed, Step::Transfer,
                      QString::fromUtf8(file.name) + QStringLiteral(": it has changed")};
    } else if (const Result<QByteArray> written = write(reader, file)) {
        sum = *written;
    } else {
        error = written.error();
    }
    m_callbacks.fileEnded(file.item, error, sum);
}

Result<QByteArray> TarReader::write(archive *reader, const TarGet::File &file)
{
    const QByteArray part = file.local + partSuffix;
    qint64 counted = 0;
    const auto save = [&]() -> Result<QByteArray> {
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
                            QString::fromUtf8(file.name) + QStringLiteral(": holes in the stream"));
            if (Result<> written = (*open)->writeAt(offset, piece); !written)
                return tl::make_unexpected(written.error());
            if (m_wantsSums)
                sum.add(piece);
            counted += piece.size();
            m_written += piece.size();
        }
        if (counted != file.size)
            return fail(ErrorCode::VerifyFailed, Step::Transfer,
                        QString::fromUtf8(file.name) +
                            QStringLiteral(": %1 bytes, not %2").arg(counted).arg(file.size));
        open->reset();
        if (Result<> set = setLocalTimes(part, file.mtime, file.mode); !set)
            return tl::make_unexpected(set.error());
        if (Result<> renamed = renameLocal(part, file.local); !renamed)
            return tl::make_unexpected(renamed.error());
        return m_wantsSums ? sum.result() : QByteArray();
    };
    Result<QByteArray> saved = save();
    if (!saved) {
        static_cast<void>(removeLocal(part));
        m_written -= counted;
    }
    return saved;
}

} // namespace core::transfer
