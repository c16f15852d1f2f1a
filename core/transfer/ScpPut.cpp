// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/ScpPut.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SessionEngine.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/StreamMark.h"
#include "core/transfer/Verifier.h"

#include <QPointer>

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;
using ssh::SftpAttributes;

namespace {

constexpr qint64 writeSize = 128 * 1024;
constexpr quint32 answerWindow = 64 * 1024;
constexpr qsizetype longestScpWords = 4096;

} // namespace

struct ScpPut::Job
{
    enum class Step { Greeting, Header, Data, Verdict, Done };

    File file;
    QByteArray part;
    std::unique_ptr<LocalFile> local;
    LocalInfo info;
    std::unique_ptr<Sha256> sum;
    QByteArray sumResult;
    quint64 channel = 0;
    StreamMark mark;
    Step step = Step::Greeting;
    qint64 offset = 0;
    QByteArray out;   ///< to be sent before anything else
    QByteArray words; ///< of the server, after a 1 or 2, and on standard error
    bool isRefused = false;
    bool isShort = false;
    std::optional<Error> error;
};

ScpPut::ScpPut(TransferState &state, ssh::SessionEngine &engine, RemoteFs &fs, Verifier *verifier,
               QObject *parent)
    : FilePut(parent)
    , m_state(state)
    , m_engine(engine)
    , m_fs(fs)
    , m_verifier(verifier)
    , m_pause(this)
    , m_most(scpFilesAtOnce)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, [this] { m_engine.wake(); });
}

ScpPut::~ScpPut()
{
    for (const auto &job : m_running) {
        if (job->channel != 0)
            m_engine.abandonChannel(job->channel);
    }
}

void ScpPut::start(std::function<std::optional<File>()> next)
{
    m_next = std::move(next);
    m_exhausted = false;
    m_finished = false;
    QMetaObject::invokeMethod(this, &ScpPut::admit, Qt::QueuedConnection);
}

void ScpPut::admit()
{
    while (m_running.size() < m_most) {
        const std::optional<File> file = nextFile();
        if (!file)
            break;
        auto job = std::make_shared<Job>();
        job->file = *file;
        job->part = file->part;
        m_running.push_back(job);
        open(job);
    }
    if (m_exhausted && m_running.empty() && !std::exchange(m_finished, true))
        Q_EMIT finished();
}

std::optional<ScpPut::File> ScpPut::nextFile()
{
    if (!m_back.empty()) {
        const File file = m_back.front();
        m_back.pop_front();
        return file;
    }
    std::optional<File> file = m_exhausted ? std::nullopt : m_next();
    m_exhausted = !file;
    return file;
}

void ScpPut::open(const std::shared_ptr<Job> &job)
{
    Item &item = m_state.items[std::size_t(job->file.item)];
    Result<std::unique_ptr<LocalFile>> local = openLocal(job->file.local);
    const Result<LocalInfo> info =
        local ? (*local)->info() : Result<LocalInfo>(tl::make_unexpected(local.error()));
    std::optional<Error> error = m_refusal;
    if (!error && !info)
        error = info.error();
    const bool isSame = info && info->type == Item::Type::File && info->size == item.size &&
                        info->mtime == item.mtime;
    item.grew = info && info->type == Item::Type::File && mayBeBeginning(job->file) &&
                takesBeginning(item, info->size);
    if (error || (!isSame && !item.grew)) {
        QMetaObject::invokeMethod(
            this, [this, job, error] { end(job, !error, error); }, Qt::QueuedConnection);
        return;
    }
    job->local = std::move(*local);
    job->info = *info;
    job->info.size = item.size;
    if (m_state.request.verify)
        job->sum = std::make_unique<Sha256>();
    if (job->file.kept > 0) {
        goOn(job);
        return;
    }
    // Whatever has the part's name goes: a link there would be written through.
    m_fs.remove(job->part, [this, job](const Result<> &removed) {
        if (!removed && removed.error().code != ErrorCode::NotFound) {
            end(job, false, removed.error());
            return;
        }
        m_state.items[std::size_t(job->file.item)].isBegun = true;
        send(job, "exec scp -t -- " + shellQuote(job->part));
    });
}

/// The rest of it goes behind what is there already, by dd: scp has no word for that. At its place,
/// not at the end: the scp of the connection that was lost may still be writing.
void ScpPut::goOn(const std::shared_ptr<Job> &job)
{
    job->step = Job::Step::Data;
    job->offset = job->file.kept;
    job->sum.reset(); // of all of it, at the end
    m_state.keep(job->file.kept);
    m_state.items[std::size_t(job->file.item)].resumed = true;
    const QByteArray part = shellQuote(job->part);
    const QByteArray place = " of=" + part + " bs=" + QByteArray::number(keptUnit) +
                             " seek=" + QByteArray::number(job->file.kept / keptUnit);
    send(job, "chmod u+w -- " + part + " && dd if=/dev/null" + place +
                  " count=0 2>/dev/null && exec dd" + place + " conv=notrunc");
}

void ScpPut::send(const std::shared_ptr<Job> &job, const QByteArray &receiver)
{
    const QPointer<ScpPut> self(this);
    ssh::ChannelEvents events;
    events.produce = [self, job] { return self ? self->produce(job) : QByteArray(); };
    events.received = [self, job](const QByteArray &bytes, bool isStderr) {
        if (!self)
            return;
        self->m_engine.acknowledge(job->channel, bytes.size());
        const QByteArrayView own = job->mark.take(bytes, isStderr);
        if (!isStderr)
            self->take(job, own);
        else if (job->words.size() < longestScpWords)
            job->words.append(own.data(), own.size());
    };
    events.ended = [self, job](const ssh::ChannelEnd &end) {
        if (self)
            self->channelEnded(job, end);
    };
    const QByteArray command = job->mark.command() + "LC_ALL=C; export LC_ALL; " + receiver;
    job->channel =
        m_engine.openBulkExec("exec /bin/sh -c " + shellQuote(command), answerWindow, events);
}

QByteArray ScpPut::produce(const std::shared_ptr<Job> &job)
{
    if (!job->out.isEmpty())
        return std::exchange(job->out, {});
    if (job->step != Job::Step::Data)
        return {};
    if (!m_state.limit.take(0)) {
        if (!m_pause.isActive())
            m_pause.start();
        return {};
    }
    const qint64 size = std::min(writeSize, job->info.size - job->offset);
    QByteArray bytes(qsizetype(size), '\0'); // the header promised so many
    if (size > 0 && !job->isShort) {
        const Result<qint64> got = job->local->readAt(job->offset, bytes.data(), size);
        if (!got)
            job->error = got.error();
        job->isShort = got.value_or(0) < size;
    }
    if (job->sum)
        job->sum->add(bytes);
    m_state.limit.charge(size);
    job->offset += size;
    m_state.bytes += size;
    if (job->offset == job->info.size && job->file.kept > 0) {
        job->step = Job::Step::Done;
        m_engine.sendEof(job->channel); // after what is given back here
    } else if (job->offset == job->info.size) {
        bytes += '\0';
        job->step = Job::Step::Verdict;
    }
    return bytes;
}

void ScpPut::take(const std::shared_ptr<Job> &job, QByteArrayView bytes)
{
    for (const char byte : bytes) {
        if (job->file.kept > 0)
            break; // dd says nothing
        if (job->isRefused) {
            if (job->words.size() < longestScpWords)
                job->words += byte;
            continue;
        }
        if (byte == 1 || byte == 2) {
            job->isRefused = true;
            job->step = Job::Step::Done;
            m_engine.sendEof(job->channel);
            continue;
        }
        if (byte != 0)
            continue;
        switch (job->step) {
        case Job::Step::Greeting:
            job->out = "C0600 " + QByteArray::number(job->info.size) + " data\n";
            job->step = Job::Step::Header;
            break;
        case Job::Step::Header: job->step = Job::Step::Data; break;
        case Job::Step::Verdict:
            job->step = Job::Step::Done;
            m_engine.sendEof(job->channel);
            break;
        default: break;
        }
        m_engine.wake();
    }
}

/// The server takes only so many channels: while another file is copied, this one waits for it.
bool ScpPut::waitsForOthers(const std::shared_ptr<Job> &job, const Error &error)
{
    if (error.code != ErrorCode::ChannelRefused)
        return false;
    if (m_running.size() <= 1) {
        m_refusal = error;
        return false;
    }
    job->local.reset();
    takeBack(job);
    std::erase(m_running, job);
    m_back.push_back(job->file);
    m_most = m_running.size();
    return true;
}

void ScpPut::channelEnded(const std::shared_ptr<Job> &job, const ssh::ChannelEnd &ended)
{
    job->channel = 0;
    if (ended.error && waitsForOthers(job, *ended.error))
        return;
    if (ended.error) {
        end(job, false, ended.error);
        return;
    }
    const bool isFailed = job->file.kept > 0 && ended.exitCode != 0;
    if (job->isRefused || isFailed || job->step != Job::Step::Done) {
        end(job, false,
            toolError(job->part, job->mark.isSeen() ? job->words.trimmed() : job->mark.before()));
        return;
    }
    check(job);
}

void ScpPut::check(const std::shared_ptr<Job> &job)
{
    Item &item = m_state.items[std::size_t(job->file.item)];
    const Result<LocalInfo> now = localInfo(job->file.local, m_state.mayBeLink(item));
    const bool isSame = now && now->size == job->info.size && now->mtime == job->info.mtime &&
                        now->mtimeNs == job->info.mtimeNs;
    item.grew = now && !isSame && mayBeBeginning(job->file) && takesBeginning(item, now->size);
    if (job->error || job->isShort || (!isSame && !item.grew)) {
        end(job, !job->error, job->error);
        return;
    }
    // On one channel the server keeps the order; other times go over the shell's.
    const bool isOrdered = fitsSftpTime(job->info.mtime);
    m_fs.setTimes(job->part, job->info.mtime, job->info.mode,
                  [this, job, isOrdered](const Result<> &) {
                      if (!isOrdered)
                          checkThere(job);
                  });
    if (isOrdered)
        checkThere(job);
}

void ScpPut::checkThere(const std::shared_ptr<Job> &job)
{
    m_fs.lstat(job->part, [this, job](const Result<SftpAttributes> &there) {
        if (!there)
            end(job, false, there.error());
        else if (qint64(there->size.value_or(0)) != job->info.size)
            end(job, false,
                Error{ErrorCode::VerifyFailed, Step::Transfer,
                      shownName(job->part) + QStringLiteral(": %1 bytes, not %2")
                                                 .arg(there->size.value_or(0))
                                                 .arg(job->info.size)});
        else
            verify(job);
    });
}

void ScpPut::verify(const std::shared_ptr<Job> &job)
{
    const Item &item = m_state.items[std::size_t(job->file.item)];
    if (!m_verifier || !m_state.mustVerify(item)) {
        rename(job);
        return;
    }
    // Of one that was written on, all is read again: what was sent may be of different times.
    if (job->sum && !item.grew)
        job->sumResult = job->sum->result();
    if (job->sumResult.isEmpty()) {
        sha256InSlices(this, job->file.local, job->info.size,
                       [this, job](const Result<QByteArray> &ours) {
                           if (!ours) {
                               end(job, false, ours.error());
                               return;
                           }
                           job->sumResult = *ours;
                           compare(job);
                       });
        return;
    }
    compare(job);
}

void ScpPut::compare(const std::shared_ptr<Job> &job)
{
    m_verifier->sum(job->part, [this, job](const Result<QByteArray> &theirs) {
        if (theirs && *theirs == job->sumResult)
            rename(job);
        else
            end(job, false,
                theirs ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                               shownName(job->file.remote) + QStringLiteral(": SHA-256 differs")}
                       : theirs.error());
    });
}

void ScpPut::rename(const std::shared_ptr<Job> &job)
{
    m_fs.rename(job->part, job->file.remote, [this, job](const Result<> &renamed) {
        end(job, false, renamed ? std::nullopt : std::optional<Error>(renamed.error()));
    });
}

void ScpPut::takeBack(const std::shared_ptr<Job> &job)
{
    const qint64 kept = job->offset > 0 ? job->file.kept : 0;
    m_state.bytes -= std::exchange(job->offset, 0);
    m_state.present -= kept;
}

void ScpPut::end(const std::shared_ptr<Job> &job, bool changed, const std::optional<Error> &error)
{
    if (changed || error) {
        takeBack(job);
        if (!error || !mayComeBack(*error))
            m_fs.remove(job->part, [](const Result<> &) {});
    }
    std::erase(m_running, job);
    if (changed)
        m_exhausted = false; // it comes again
    Q_EMIT fileEnded(job->file.item, changed, error);
    admit();
}

} // namespace core::transfer
