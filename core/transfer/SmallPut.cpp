// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/SmallPut.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/Verifier.h"

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;
using ssh::SftpClient;

namespace {

constexpr qint64 putBytesAtOnce = 8 * 1024 * 1024;

} // namespace

struct SmallPut::Job
{
    File file;
    QByteArray part;
    QByteArray handle;
    QByteArray bytes; ///< its contents, until they are sent
    QByteArray sum;
    LocalInfo info;
    int waiting = 0;
    std::optional<Error> error;
};

SmallPut::SmallPut(TransferState &state, SftpClient &sftp, RemoteFs &fs, Verifier *verifier,
                   QObject *parent)
    : FilePut(parent)
    , m_state(state)
    , m_sftp(sftp)
    , m_fs(fs)
    , m_verifier(verifier)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, &SmallPut::admit);
}

void SmallPut::start(std::function<std::optional<File>()> next)
{
    m_next = std::move(next);
    QMetaObject::invokeMethod(this, &SmallPut::admit, Qt::QueuedConnection);
}

void SmallPut::admit()
{
    const qsizetype most = std::clamp<qsizetype>(m_sftp.maxHandles() - 8, 1, sftpFilesAtOnce);
    while (!m_exhausted && m_running < most && m_bytesRunning < putBytesAtOnce) {
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
        job->part = file->part;
        m_state.limit.charge(m_state.items[std::size_t(file->item)].size);
        ++m_running;
        m_bytesRunning += m_state.items[std::size_t(file->item)].size;
        open(job);
    }
    if (m_exhausted && m_running == 0 && !std::exchange(m_finished, true))
        Q_EMIT finished();
}

/// A log that is written on and on, at the last try: its beginning is taken.
bool SmallPut::grows(const Item &item, const LocalInfo &now)
{
    return item.tries + 1 >= Item::mostTries && now.type == Item::Type::File &&
           now.size >= item.size;
}

void SmallPut::open(const std::shared_ptr<Job> &job)
{
    Item &item = m_state.items[std::size_t(job->file.item)];
    const Result<std::unique_ptr<LocalFile>> local = openLocal(job->file.local);
    const Result<LocalInfo> info =
        local ? (*local)->info() : Result<LocalInfo>(tl::make_unexpected(local.error()));
    std::optional<Error> error;
    if (!info)
        error = info.error();
    bool changed = !error && (info->size != item.size || info->mtime != item.mtime ||
                              info->type != Item::Type::File);
    if (changed && grows(item, *info)) {
        item.grew = true;
        changed = false;
    }
    if (!error && !changed) {
        job->info = *info;
        job->info.size = item.size;
        job->bytes.resize(qsizetype(item.size));
        const Result<qint64> got = (*local)->readAt(0, job->bytes.data(), item.size);
        if (!got)
            error = got.error();
        else if (*got != item.size)
            job->bytes.clear();
    }
    if (error || changed || job->bytes.size() != item.size) {
        QMetaObject::invokeMethod(
            this, [this, job, error] { end(job, !error, error); }, Qt::QueuedConnection);
        return;
    }
    if (m_verifier) {
        Sha256 sum;
        sum.add(job->bytes);
        job->sum = sum.result();
    }
    // Whatever has the part's name goes: a link there would be written through.
    m_sftp.remove(job->part, [](const Result<> &) {});
    m_sftp.openFile(job->part, SftpClient::Write | SftpClient::Create | SftpClient::Exclusive, 0600,
                    [this, job](const Result<QByteArray> &handle) {
                        if (!handle) {
                            end(job, false, handle.error());
                            return;
                        }
                        job->handle = *handle;
                        write(job);
                    });
}

void SmallPut::write(const std::shared_ptr<Job> &job)
{
    const auto done = [this, job](const Result<> &one) {
        written(job, one ? std::nullopt : std::optional<Error>(one.error()));
    };
    for (qsizetype at = 0; at < job->bytes.size(); at += m_sftp.dataSize()) {
        const qsizetype size = std::min(m_sftp.dataSize(), job->bytes.size() - at);
        ++job->waiting;
        m_sftp.write(
            job->handle, quint64(at), size,
            [&](char *to) {
                std::copy_n(job->bytes.constData() + at, size, to);
                return true;
            },
            done);
    }
    job->bytes.clear();
    ssh::SftpAttributes attributes;
    if (fitsSftpTime(job->info.mtime)) // others are set before the file gets its name
        attributes.mtime = quint32(job->info.mtime);
    attributes.mode = job->info.mode;
    job->waiting += 3;
    m_sftp.fsetstat(job->handle, attributes, [this, job](const Result<> &set) {
        if (!set && !m_sftp.error())
            m_state.timesRefused = true;
        written(job, {});
    });
    m_sftp.fstat(job->handle, [this, job](const Result<ssh::SftpAttributes> &found) {
        std::optional<Error> error;
        if (!found)
            error = found.error();
        else if (found->size.value_or(quint64(job->info.size)) != quint64(job->info.size))
            error = Error{
                ErrorCode::VerifyFailed, Step::Transfer,
                QString::fromUtf8(job->part) +
                    QStringLiteral(": %1 bytes, not %2").arg(*found->size).arg(job->info.size)};
        written(job, error);
    });
    m_sftp.closeHandle(job->handle, done);
}

void SmallPut::written(const std::shared_ptr<Job> &job, const std::optional<Error> &error)
{
    if (error && !job->error) // the first says why
        job->error = error;
    if (--job->waiting > 0)
        return;
    if (job->error) {
        // Told first: whether the disk is full is asked before there is room again.
        end(job, false, job->error);
        if (!m_sftp.error())
            m_sftp.remove(job->part, [](const Result<> &) {});
        return;
    }
    Item &item = m_state.items[std::size_t(job->file.item)];
    const Result<LocalInfo> now = localInfo(job->file.local, m_state.mayBeLink(item));
    const bool same = now && now->size == job->info.size && now->mtime == job->info.mtime &&
                      now->mtimeNs == job->info.mtimeNs;
    if (!same && now && grows(item, *now)) {
        item.grew = true;
    } else if (!same) {
        m_sftp.remove(job->part, [](const Result<> &) {});
        end(job, true, {});
        return;
    }
    verify(job);
}

void SmallPut::verify(const std::shared_ptr<Job> &job)
{
    if (!m_verifier) {
        rename(job);
        return;
    }
    m_verifier->sum(job->part, [this, job](const Result<QByteArray> &sum) {
        if (sum && *sum == job->sum) {
            rename(job);
            return;
        }
        m_sftp.remove(job->part, [](const Result<> &) {});
        end(job, false,
            sum ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                        QString::fromUtf8(job->file.remote) + QStringLiteral(": SHA-256 differs")}
                : sum.error());
    });
}

void SmallPut::rename(const std::shared_ptr<Job> &job)
{
    if (!fitsSftpTime(job->info.mtime)) {
        m_fs.setTimes(job->part, job->info.mtime, job->info.mode, [this, job](const Result<> &set) {
            if (!set && !m_sftp.error())
                m_state.timesRefused = true;
            name(job);
        });
        return;
    }
    name(job);
}

void SmallPut::name(const std::shared_ptr<Job> &job)
{
    m_sftp.rename(job->part, job->file.remote, [this, job](const Result<> &renamed) {
        if (renamed)
            m_state.bytes += job->info.size;
        end(job, false, renamed ? std::nullopt : std::optional<Error>(renamed.error()));
    });
}

void SmallPut::end(const std::shared_ptr<Job> &job, bool changed, const std::optional<Error> &error)
{
    if (changed)
        m_exhausted = false; // it comes again
    --m_running;
    m_bytesRunning -= m_state.items[std::size_t(job->file.item)].size;
    Q_EMIT fileEnded(job->file.item, changed, error);
    admit();
}

} // namespace core::transfer
