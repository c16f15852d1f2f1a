// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/ScpGet.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SessionEngine.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/StreamMark.h"
#include "core/transfer/Verifier.h"

#include <QPointer>
#include <QRegularExpression>

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;
using ssh::SftpAttributes;

namespace {

constexpr qint64 largestWindow = 4 * 1024 * 1024;
constexpr qint64 smallestWindow = 64 * 1024;
constexpr qsizetype longestLine = 8192;

} // namespace

struct ScpGet::Job
{
    enum class Step { Header, Data, Status, Done };

    File file;
    QByteArray part;
    std::unique_ptr<LocalFile> local;
    std::unique_ptr<Sha256> sum;
    QByteArray sumResult;
    quint64 channel = 0;
    StreamMark mark;
    Step step = Step::Header;
    qint64 offset = 0;
    qint64 size = 0;
    qint64 unacknowledged = 0;
    QByteArray out = QByteArray(1, '\0'); ///< "begin"
    QByteArray line;
    QByteArray words; ///< of the server, when it refuses
    bool isRefused = false;
    bool isOther = false;     ///< its size is not the planned one
    bool isBeginning = false; ///< it has more, that is not wanted
    std::optional<Error> error;
};

ScpGet::ScpGet(TransferState &state, ssh::SessionEngine &engine, RemoteFs &fs, Verifier *verifier,
               QObject *parent)
    : FileGet(parent)
    , m_state(state)
    , m_engine(engine)
    , m_fs(fs)
    , m_verifier(verifier)
    , m_pause(this)
    , m_most(scpFilesAtOnce)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        const auto running = m_running;
        for (const auto &job : running)
            giveBack(job);
        admit();
    });
}

ScpGet::~ScpGet()
{
    for (const auto &job : m_running) {
        if (job->channel != 0)
            m_engine.abandonChannel(job->channel);
    }
}

void ScpGet::start(std::function<std::optional<File>()> next)
{
    m_next = std::move(next);
    m_exhausted = false;
    m_finished = false;
    QMetaObject::invokeMethod(this, &ScpGet::admit, Qt::QueuedConnection);
}

void ScpGet::admit()
{
    while (m_running.size() < m_most) {
        if (!m_state.limit.take(0)) {
            if (!m_pause.isActive())
                m_pause.start();
            break;
        }
        const std::optional<File> file = nextFile();
        if (!file)
            break;
        auto job = std::make_shared<Job>();
        job->file = *file;
        job->part = file->part;
        m_running.push_back(job);
        open(job);
    }
    if (m_exhausted && m_back.empty() && m_running.empty() && !std::exchange(m_finished, true))
        Q_EMIT finished();
}

std::optional<ScpGet::File> ScpGet::nextFile()
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

void ScpGet::open(const std::shared_ptr<Job> &job)
{
    const bool goesOn = job->file.kept > 0;
    const Result<> folders = m_state.checkFolders(m_state.items[std::size_t(job->file.item)]);
    if (!m_refusal && !folders) {
        QMetaObject::invokeMethod(
            this, [this, job, error = folders.error()] { end(job, {}, error); },
            Qt::QueuedConnection);
        return;
    }
    if (!goesOn)
        static_cast<void>(removeLocal(job->part)); // whatever it is, it is not written through
    else if (const auto there = localInfo(job->part); there && (there->mode & 0200) == 0)
        static_cast<void>(setLocalTimes(job->part, there->mtime, 0600)); // a read-only file's
    Result<std::unique_ptr<LocalFile>> file =
        m_refusal ? Result<std::unique_ptr<LocalFile>>(tl::make_unexpected(*m_refusal))
                  : createLocal(job->part);
    if (file) {
        if (const Result<> cut = (*file)->resize(job->file.kept); !cut)
            file = tl::make_unexpected(cut.error());
    }
    if (!file) {
        QMetaObject::invokeMethod(
            this, [this, job, error = file.error()] { end(job, {}, error); }, Qt::QueuedConnection);
        return;
    }
    job->local = std::move(*file);
    m_state.items[std::size_t(job->file.item)].isBegun = true;
    if (m_state.request.verify && !goesOn) // else at the end, of all of it
        job->sum = std::make_unique<Sha256>();
    QByteArray sender = "exec scp -f -- " + shellQuote(job->file.remote);
    if (goesOn) {
        // The rest of it comes from tail: scp has no word for that.
        sender = "exec tail -c +" + QByteArray::number(job->file.kept + 1) + " -- " +
                 shellQuote(job->file.remote);
        Item &item = m_state.items[std::size_t(job->file.item)];
        item.resumed = true;
        job->out.clear();
        job->step = Job::Step::Data;
        job->isBeginning = true;
        job->size = item.size;
        job->offset = job->file.kept;
        m_state.keep(job->file.kept);
    }
    const QPointer<ScpGet> self(this);
    ssh::ChannelEvents events;
    events.produce = [self, job] {
        return self ? std::exchange(job->out, QByteArray()) : QByteArray();
    };
    events.received = [self, job](const QByteArray &bytes, bool isStderr) {
        if (!self)
            return;
        // To cancel the channel takes this function away from under itself.
        ScpGet *const here = self;
        // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): see above
        const std::shared_ptr<Job> mine = job;
        mine->unacknowledged += bytes.size();
        const QByteArrayView own = mine->mark.take(bytes, isStderr);
        if (!isStderr)
            here->take(mine, own);
        else if (mine->words.size() < longestLine)
            mine->words.append(own.data(), own.size());
        here->giveBack(mine);
    };
    events.ended = [self, job](const ssh::ChannelEnd &end) {
        if (self)
            self->channelEnded(job, end);
    };
    const QByteArray command = job->mark.command() + "LC_ALL=C; export LC_ALL; " + sender;
    // With a limit no more is under way than it lets in soon.
    const qint64 rate = m_state.limit.rate();
    const qint64 window =
        rate > 0 ? std::clamp(rate / qint64(scpFilesAtOnce), smallestWindow, largestWindow)
                 : largestWindow;
    job->channel =
        m_engine.openBulkExec("exec /bin/sh -c " + shellQuote(command), quint32(window), events);
}

/// The window opens again as far as the limit lets it.
void ScpGet::giveBack(const std::shared_ptr<Job> &job)
{
    if (job->channel == 0 || job->unacknowledged == 0)
        return;
    if (!m_state.limit.take(job->unacknowledged)) {
        if (!m_pause.isActive())
            m_pause.start();
        return;
    }
    m_engine.acknowledge(job->channel, std::exchange(job->unacknowledged, 0));
}

void ScpGet::take(const std::shared_ptr<Job> &job, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (job->isRefused) {
            if (job->words.size() < longestLine)
                job->words.append(bytes.data(), bytes.size());
            return;
        }
        switch (job->step) {
        case Job::Step::Header:
            if (job->line.isEmpty() && (bytes[0] == 1 || bytes[0] == 2)) {
                job->isRefused = true;
                bytes = bytes.sliced(1);
            } else if (bytes[0] == '\n') {
                bytes = bytes.sliced(1);
                takeLine(job, std::exchange(job->line, {}));
                if (job->isOther) {
                    m_engine.cancelChannel(job->channel);
                    return;
                }
            } else {
                if (job->line.size() < longestLine)
                    job->line += bytes[0];
                bytes = bytes.sliced(1);
            }
            break;
        case Job::Step::Data: {
            const qsizetype size =
                qsizetype(std::min<qint64>(bytes.size(), wanted(job) - job->offset));
            const QByteArrayView piece = bytes.first(size);
            if (!job->error) {
                const Result<> written = job->local->writeAt(job->offset, piece);
                if (!written)
                    job->error = written.error();
            }
            if (job->sum)
                job->sum->add(piece);
            job->offset += size;
            m_state.bytes += size;
            bytes = bytes.sliced(size);
            if (job->offset == wanted(job))
                job->step = job->isBeginning ? Job::Step::Done : Job::Step::Status;
            if (job->error || job->step == Job::Step::Done) {
                m_engine.cancelChannel(job->channel); // what still comes is nobody's
                return;
            }
            break;
        }
        case Job::Step::Status:
            // A NUL, or words about what could not be read.
            if (bytes[0] == 0) {
                job->step = Job::Step::Done;
                job->out = QByteArray(1, '\0');
                m_engine.wake();
                m_engine.sendEof(job->channel);
            } else {
                job->isRefused = true;
            }
            bytes = bytes.sliced(1);
            break;
        case Job::Step::Done: return;
        }
    }
}

/// "C0644 SIZE NAME"
void ScpGet::takeLine(const std::shared_ptr<Job> &job, const QByteArray &line)
{
    static const QRegularExpression form(QStringLiteral(R"(^C[0-7]{4} (\d{1,18}) .)"));
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(line));
    if (!match.hasMatch())
        return;
    job->size = match.captured(1).toLongLong();
    const Item &item = m_state.items[std::size_t(job->file.item)];
    job->isBeginning = takesBeginning(item, job->size) && item.size > 0;
    if (job->size != item.size && !job->isBeginning) {
        job->isOther = true;
        return;
    }
    job->step = job->size == 0 ? Job::Step::Status : Job::Step::Data;
    job->out = QByteArray(1, '\0');
    m_engine.wake();
}

qint64 ScpGet::wanted(const std::shared_ptr<Job> &job) const
{
    return job->isBeginning ? m_state.items[std::size_t(job->file.item)].size : job->size;
}

/// The server takes only so many channels: while another file is copied, this one waits for it.
bool ScpGet::waitsForOthers(const std::shared_ptr<Job> &job, const Error &error)
{
    if (error.code != ErrorCode::ChannelRefused)
        return false;
    if (m_running.size() <= 1) {
        m_refusal = error;
        return false;
    }
    job->local.reset();
    takeBack(job);
    if (job->file.kept == 0)
        static_cast<void>(removeLocal(job->part));
    std::erase(m_running, job);
    m_back.push_back(job->file);
    m_most = m_running.size();
    return true;
}

void ScpGet::channelEnded(const std::shared_ptr<Job> &job, const ssh::ChannelEnd &ended)
{
    job->channel = 0;
    // A small file comes whole before the window opens again: the next ones wait for it.
    m_state.limit.charge(std::exchange(job->unacknowledged, 0));
    if (job->file.kept > 0 && !ended.error && ended.exitCode == 0)
        job->isOther = job->step != Job::Step::Done; // it is shorter now
    if (job->isOther || (job->isBeginning && job->step == Job::Step::Done && !job->error)) {
        check(job);
        return;
    }
    if (!job->error && ended.error && waitsForOthers(job, *ended.error))
        return;
    if (job->error || ended.error) {
        end(job, {}, job->error ? job->error : ended.error);
        return;
    }
    if (job->isRefused || job->step != Job::Step::Done) {
        end(job, {},
            toolError(job->file.remote,
                      job->mark.isSeen() ? job->words.trimmed() : job->mark.before()));
        return;
    }
    check(job);
}

/// Whether the file is still what it was.
void ScpGet::check(const std::shared_ptr<Job> &job)
{
    const bool mayBeLink = m_state.mayBeLink(m_state.items[std::size_t(job->file.item)]);
    m_fs.look(job->file.remote, mayBeLink, [this, job](const Result<SftpAttributes> &now) {
        if (!now) {
            end(job, {}, now.error());
            return;
        }
        const Item &item = m_state.items[std::size_t(job->file.item)];
        const bool same = isUnchanged(item, *now);
        if (!same && !job->isOther && mayBeBeginning(job->file) &&
            takesBeginning(item, qint64(now->size.value_or(0)))) {
            m_state.items[std::size_t(job->file.item)].grew = true;
            verify(job);
        } else if (!same)
            end(job, *now, {});
        else if (job->isOther)
            end(job, {},
                Error{ErrorCode::VerifyFailed, Step::Transfer,
                      shownName(job->file.remote) + QStringLiteral(": scp gives %1 bytes, not %2")
                                                        .arg(job->size)
                                                        .arg(item.size)});
        else
            verify(job);
    });
}

void ScpGet::verify(const std::shared_ptr<Job> &job)
{
    const Item &item = m_state.items[std::size_t(job->file.item)];
    if (!m_verifier || !m_state.mustVerify(item)) {
        save(job);
        return;
    }
    if (job->sum)
        job->sumResult = std::exchange(job->sum, nullptr)->result();
    if (job->sumResult.isEmpty()) {
        sha256InSlices(this, job->part, wanted(job), [this, job](const Result<QByteArray> &ours) {
            if (!ours) {
                end(job, {}, ours.error());
                return;
            }
            job->sumResult = *ours;
            verify(job);
        });
        return;
    }
    const auto compare = [this, job](const Result<QByteArray> &theirs) {
        if (theirs && *theirs == job->sumResult)
            save(job);
        else if (theirs)
            explain(job);
        else
            end(job, {}, theirs.error());
    };
    if (item.grew)
        m_verifier->sumOfFirst(job->file.remote, item.size, compare);
    else
        m_verifier->sum(job->file.remote, compare);
}

/// What was copied is not what is there: was it written on meanwhile?
void ScpGet::explain(const std::shared_ptr<Job> &job)
{
    const bool mayBeLink = m_state.mayBeLink(m_state.items[std::size_t(job->file.item)]);
    m_fs.look(job->file.remote, mayBeLink, [this, job](const Result<SftpAttributes> &now) {
        const Item &item = m_state.items[std::size_t(job->file.item)];
        const auto size = qint64(now ? now->size.value_or(0) : 0);
        const bool isSame = now && isUnchanged(item, *now);
        if (now && !isSame && !item.grew && takesBeginning(item, size)) {
            m_state.items[std::size_t(job->file.item)].grew = true;
            verify(job);
        } else if (now && !isSame && !item.grew) {
            end(job, *now, {});
        } else {
            end(job, {},
                now ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                            shownName(job->file.remote) + QStringLiteral(": SHA-256 differs")}
                    : now.error());
        }
    });
}

void ScpGet::save(const std::shared_ptr<Job> &job)
{
    const Item &item = m_state.items[std::size_t(job->file.item)];
    job->local.reset();
    Result<> saved = m_state.checkFolders(item);
    if (saved)
        saved = setLocalTimes(job->part, item.mtime, item.mode);
    if (!saved && keepsNoTimes(saved.error())) {
        m_state.timesRefused = true;
        saved = {};
    }
    if (saved)
        saved = renameLocal(job->part, job->file.local);
    end(job, {}, saved ? std::nullopt : std::optional<Error>(saved.error()));
}

void ScpGet::takeBack(const std::shared_ptr<Job> &job)
{
    const qint64 kept = job->offset > 0 ? job->file.kept : 0;
    m_state.bytes -= std::exchange(job->offset, 0);
    m_state.present -= kept;
}

void ScpGet::end(const std::shared_ptr<Job> &job, const std::optional<SftpAttributes> &changed,
                 const std::optional<Error> &error)
{
    job->local.reset();
    if (changed || error) {
        takeBack(job);
        if (!error || !mayComeBack(*error))
            static_cast<void>(removeLocal(job->part));
    }
    std::erase(m_running, job);
    if (changed)
        m_exhausted = false; // it comes again
    Q_EMIT fileEnded(job->file.item, changed, error);
    admit();
}

} // namespace core::transfer
