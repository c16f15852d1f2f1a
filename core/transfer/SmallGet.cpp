// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/SmallGet.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/Verifier.h"

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;
using ssh::SftpAttributes;
using ssh::SftpClient;

namespace {

constexpr qint64 bytesAtOnce = 8 * 1024 * 1024;

} // namespace

struct SmallGet::Job
{
    File file;
    QByteArray bytes;
    SftpAttributes before;
    SftpAttributes after;
    int waiting = 0;
    bool isShort = false;
    bool isSeen = false; ///< by its own name, since it changed
    std::optional<Error> error;
};

SmallGet::SmallGet(TransferState &state, SftpClient &sftp, Verifier *verifier, QObject *parent)
    : FileGet(parent)
    , m_state(state)
    , m_sftp(sftp)
    , m_verifier(verifier)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, &SmallGet::admit);
}

void SmallGet::start(std::function<std::optional<File>()> next)
{
    m_next = std::move(next);
    m_exhausted = false;
    m_finished = false;
    QMetaObject::invokeMethod(this, &SmallGet::admit, Qt::QueuedConnection);
}

void SmallGet::admit()
{
    const qsizetype most = std::clamp<qsizetype>(m_sftp.maxHandles() - 8, 1, sftpFilesAtOnce);
    while (!m_exhausted && m_running < most && m_bytesRunning < bytesAtOnce) {
        if (!m_state.limit.take(0)) {
            m_pause.start();
            return;
        }
        const std::optional<File> file = m_next();
        if (!file) {
            m_exhausted = true;
            break;
        }
        auto job = std::make_shared<Job>();
        job->file = *file;
        m_state.limit.charge(m_state.items[std::size_t(file->item)].size);
        ++m_running;
        m_bytesRunning += m_state.items[std::size_t(file->item)].size;
        open(job);
    }
    if (m_exhausted && m_running == 0 && !std::exchange(m_finished, true))
        Q_EMIT finished();
}

void SmallGet::open(const std::shared_ptr<Job> &job)
{
    m_sftp.openFile(job->file.remote, SftpClient::Read, {},
                    [this, job](const Result<QByteArray> &handle) {
                        if (handle)
                            read(job, *handle);
                        else
                            end(job, false, handle.error());
                    });
}

void SmallGet::read(const std::shared_ptr<Job> &job, const QByteArray &handle)
{
    const qint64 size = m_state.items[std::size_t(job->file.item)].size;
    const auto keep = [this, job](SftpAttributes &where) {
        ++job->waiting;
        return [this, job, &where](const Result<SftpAttributes> &found) {
            if (found)
                where = *found;
            else if (!job->error)
                job->error = found.error();
            answered(job);
        };
    };
    m_sftp.fstat(handle, keep(job->before));
    job->bytes.resize(qsizetype(size));
    for (qint64 at = 0; at < size; at += m_sftp.dataSize())
        readPiece(job, handle, at, std::min<qint64>(m_sftp.dataSize(), size - at));
    m_sftp.fstat(handle, keep(job->after));
    ++job->waiting;
    m_sftp.closeHandle(handle, [this, job](const Result<> &) { answered(job); });
}

void SmallGet::readPiece(const std::shared_ptr<Job> &job, const QByteArray &handle, qint64 offset,
                         qint64 size)
{
    ++job->waiting;
    m_sftp.read(handle, quint64(offset), quint32(size),
                [this, job, offset, size](const Result<QByteArrayView> &data) {
                    if (!data) {
                        if (!job->error)
                            job->error = data.error();
                    } else if (data->size() != size) {
                        // Shorter than it was, or a server that gives less than asked for, which a
                        // file of its own then shows.
                        job->isShort = true;
                    } else {
                        std::copy(data->begin(), data->end(), job->bytes.begin() + offset);
                    }
                    answered(job);
                });
}

void SmallGet::answered(const std::shared_ptr<Job> &job)
{
    if (--job->waiting > 0)
        return;
    if (job->error) {
        end(job, false, job->error);
        return;
    }
    const Item &item = m_state.items[std::size_t(job->file.item)];
    const auto same = [&](const SftpAttributes &found) {
        return qint64(found.size.value_or(quint64(item.size))) == item.size &&
               found.mtime.value_or(quint32(item.mtime)) == quint32(item.mtime);
    };
    // A log that is written on and on: its beginning at the last try.
    const auto grows = [&] {
        const auto before = qint64(job->before.size.value_or(0));
        return item.tries + 1 >= Item::mostTries && before >= item.size &&
               qint64(job->after.size.value_or(0)) >= before && !job->isShort;
    };
    if (!same(job->before) || !same(job->after)) {
        if (!grows()) {
            end(job, true, {});
            return;
        }
        m_state.items[std::size_t(job->file.item)].grew = true;
    }
    if (job->isShort) {
        end(job, false,
            Error{ErrorCode::RemoteFailed, Step::Transfer,
                  QString::fromUtf8(job->file.remote) +
                      QStringLiteral(": the server gave less than the file has")});
        return;
    }
    verify(job);
}

void SmallGet::verify(const std::shared_ptr<Job> &job)
{
    const Item &item = m_state.items[std::size_t(job->file.item)];
    if (!m_verifier || !m_state.mustVerify(item)) {
        save(job);
        return;
    }
    const auto compare = [this, job](const Result<QByteArray> &theirs) {
        Sha256 ours;
        ours.add(job->bytes);
        if (theirs && *theirs == ours.result())
            save(job);
        else if (theirs)
            explain(job);
        else
            end(job, false, theirs.error());
    };
    if (item.grew)
        m_verifier->sumOfFirst(job->file.remote, item.size, compare);
    else
        m_verifier->sum(job->file.remote, compare);
}

/// What was copied is not what is there: was it written on meanwhile?
void SmallGet::explain(const std::shared_ptr<Job> &job)
{
    m_sftp.stat(job->file.remote, [this, job](const Result<SftpAttributes> &now) {
        const Item &item = m_state.items[std::size_t(job->file.item)];
        const bool isOther =
            now && (now->size != job->after.size || now->mtime != job->after.mtime);
        if (!isOther) {
            end(job, false,
                now ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                            QString::fromUtf8(job->file.remote) +
                                QStringLiteral(": SHA-256 differs")}
                    : now.error());
        } else if (!item.grew && takesBeginning(item, qint64(now->size.value_or(0)))) {
            m_state.items[std::size_t(job->file.item)].grew = true;
            verify(job);
        } else {
            job->after = *now;
            end(job, true, {});
        }
    });
}

void SmallGet::save(const std::shared_ptr<Job> &job)
{
    const Item &item = m_state.items[std::size_t(job->file.item)];
    const Result<> folders = m_state.checkFolders(item);
    const Result<bool> saved =
        folders ? saveLocal(job->file.local, job->file.part, job->bytes, item.mtime, item.mode)
                : Result<bool>(tl::make_unexpected(folders.error()));
    if (saved)
        m_state.bytes += item.size;
    if (saved && !*saved)
        m_state.timesRefused = true;
    end(job, false, saved ? std::nullopt : std::optional<Error>(saved.error()));
}

void SmallGet::end(const std::shared_ptr<Job> &job, bool changed, const std::optional<Error> &error)
{
    if (changed && !job->isSeen && !m_state.mayBeLink(m_state.items[std::size_t(job->file.item)])) {
        // What was opened may have been at the end of a link.
        job->isSeen = true;
        m_sftp.lstat(job->file.remote, [this, job](const Result<SftpAttributes> &itself) {
            if (itself)
                job->after = *itself;
            end(job, itself.has_value(),
                itself ? std::nullopt : std::optional<Error>(itself.error()));
        });
        return;
    }
    if (changed)
        m_exhausted = false; // it comes again
    --m_running;
    m_bytesRunning -= m_state.items[std::size_t(job->file.item)].size;
    Q_EMIT fileEnded(job->file.item,
                     changed ? std::optional<SftpAttributes>(job->after) : std::nullopt, error);
    admit();
}

} // namespace core::transfer
