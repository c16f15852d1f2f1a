// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TransferWorker.h"

#include "core/base/Logging.h"
#include "core/ssh/SessionEngine.h"
#include "core/transfer/ChunkRunner.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/Verifier.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr quint32 mainWindow = 8 * 1024 * 1024;
constexpr qint64 sliceMs = 8;
constexpr int mostPlaceTries = 20;
constexpr auto placePause = 100ms;
constexpr auto probeScript =
    "for t in tar scp sha256sum shasum openssl gzip zstd; do "
    "command -v $t >/dev/null 2>&1 && echo has $t; done; "
    "find /dev/null -maxdepth 0 -printf '' >/dev/null 2>&1 && echo has find-printf; "
    "tar --version 2>/dev/null | grep -q 'GNU tar' && echo has gnu-tar; :";

struct Window
{
    std::function<void(qsizetype, std::function<void()>)> each;
    std::function<void()> then;
    QPointer<QObject> context;
    qsizetype count = 0;
    qsizetype window = 0;
    qsizetype next = 0;
    qsizetype running = 0;
    bool isPumping = false;
};

void pump(const std::shared_ptr<Window> &window)
{
    if (window->isPumping)
        return;
    window->isPumping = true;
    while (window->context && window->next < window->count && window->running < window->window) {
        ++window->running;
        window->each(window->next++, [window] {
            --window->running;
            pump(window);
        });
    }
    window->isPumping = false;
    if (window->context && window->next >= window->count && window->running == 0) {
        if (const auto then = std::exchange(window->then, {}))
            then();
        window->each = {};
    }
}

} // namespace

void inWindow(QObject *context, qsizetype count, qsizetype window,
              std::function<void(qsizetype, std::function<void()>)> each,
              std::function<void()> then)
{
    auto shared = std::make_shared<Window>();
    shared->each = std::move(each);
    shared->then = std::move(then);
    shared->context = context;
    shared->count = count;
    shared->window = window;
    pump(shared);
}

void inSlices(QObject *context, qsizetype count, std::function<void(qsizetype)> each,
              std::function<void()> then)
{
    struct Slices
    {
        std::function<void(qsizetype)> each;
        std::function<void()> then;
        qsizetype count = 0;
        qsizetype next = 0;
    };
    const auto slices =
        std::make_shared<Slices>(Slices{std::move(each), std::move(then), count, 0});
    const QPointer<QObject> alive(context);
    const auto run = std::make_shared<std::function<void()>>();
    const std::weak_ptr<std::function<void()>> again = run;
    *run = [slices, alive, again] {
        QElapsedTimer clock;
        clock.start();
        while (alive && slices->next < slices->count && clock.elapsed() < sliceMs)
            slices->each(slices->next++);
        if (!alive)
            return;
        if (slices->next >= slices->count) {
            slices->then();
            return;
        }
        QMetaObject::invokeMethod(
            alive, [self = again.lock()] { (*self)(); }, Qt::QueuedConnection);
    };
    (*run)();
}

TransferWorker::TransferWorker(std::shared_ptr<TransferState> state)
    : m_state(std::move(state))
{
}

TransferWorker::~TransferWorker() = default;

void TransferWorker::start(ssh::SessionEngine &engine)
{
    m_engine = &engine;
    connect(&m_state->board, &ChunkBoard::fileEnded, this,
            [this](int number, int file, const std::optional<Error> &error) {
                if (!m_stopped)
                    largeEnded(number, file, error);
            });
    m_shell = new RemoteShell(engine, this);
    m_verifier = new Verifier(*m_shell, this);
    m_sftp = new ssh::SftpClient(engine, mainWindow, this);
    m_sftp->open([this](const Result<> &opened) {
        if (m_stopped || (!opened && stopIfLost(opened.error())))
            return;
        m_tools.sftp = opened.has_value();
        m_isSftpKnown = true;
        ready();
    });
    prepare();
}

void TransferWorker::prepared(bool needsShell)
{
    m_isPrepared = true;
    if (needsShell)
        requireShell([] {});
    ready();
}

void TransferWorker::requireShell(std::function<void()> then)
{
    if (m_isShellKnown) {
        then();
        return;
    }
    m_waitForShell.push_back(std::move(then));
    startShell();
}

void TransferWorker::startShell()
{
    if (std::exchange(m_isShellStarted, true))
        return;
    m_shell->open([this](const Result<> &opened) { m_tools.shell = opened.has_value(); });
    m_shell->run(probeScript, [this](const Result<RemoteShell::Output> &ran) {
        if (m_stopped || (!ran && stopIfLost(ran.error())))
            return;
        if (ran)
            takeTools(ran->text.split('\n'));
        m_isShellKnown = true;
        for (const auto &waiting : std::exchange(m_waitForShell, {})) {
            if (!m_stopped)
                waiting();
        }
    });
}

void TransferWorker::takeTools(const QByteArrayList &lines)
{
    const auto has = [&](const char *tool) { return lines.contains(QByteArray("has ") + tool); };
    m_tools.tar = has("tar");
    m_tools.scp = has("scp");
    m_tools.gnuTar = has("gnu-tar");
    m_tools.findPrintf = has("find-printf");
    m_tools.gzip = has("gzip");
    m_tools.zstd = has("zstd");
    m_tools.sha256 = has("sha256sum") ? "sha256sum"
                     : has("shasum")  ? "shasum -a 256"
                     : has("openssl") ? "openssl dgst -sha256 -r"
                                      : "";
    m_verifier->setCommand(m_tools.sha256);
}

bool TransferWorker::usesScp() const
{
    return m_tools.scp && (m_state->request.protocol == Protocol::Scp || !m_tools.sftp);
}

void TransferWorker::tellReplaced(bool usesTar)
{
    QString why;
    switch (m_state->request.protocol) {
    case Protocol::Tar:
        if (!usesTar)
            why = QStringLiteral("the server's tar or find can't do it; copied by %1 instead")
                      .arg(usesScp() ? QStringLiteral("scp") : QStringLiteral("SFTP"));
        break;
    case Protocol::Scp:
        if (!usesScp())
            why = QStringLiteral("the server has no scp; copied by SFTP instead");
        break;
    case Protocol::Sftp:
        if (!m_tools.sftp)
            why = QStringLiteral("the server has no SFTP; copied by scp instead");
        break;
    case Protocol::Auto: break;
    }
    if (why.isEmpty() || m_state->isReplacedTold)
        return;
    m_state->isReplacedTold = true;
    tell(m_state->sources.front().from, FileOutcome::Result::Done,
         Error{ErrorCode::Unsupported, Step::Transfer, why});
}

bool TransferWorker::usesOnlyTar() const
{
    return m_state->request.protocol == Protocol::Tar || !m_tools.sftp;
}

/// Both sides are known: what is to be copied here, as far as that can be, and SFTP there.
void TransferWorker::ready()
{
    if (m_stopped || !m_isPrepared || !m_isSftpKnown || std::exchange(m_isBegun, true))
        return;
    const bool needsShell = !m_tools.sftp || m_state->request.protocol == Protocol::Scp ||
                            !m_waitForShell.empty() || m_state->request.verify || resumes();
    if (needsShell)
        requireShell([this] { begin(); });
    else
        begin();
}

void TransferWorker::begin()
{
    if (m_tools.sftp) {
        m_fs = std::make_unique<SftpFs>(
            *m_sftp,
            [this](const std::function<void(RemoteShell *)> &then) {
                requireShell([this, then] { then(m_tools.shell ? m_shell : nullptr); });
            },
            [this](const QByteArray &path) {
                tell(path, FileOutcome::Result::Done,
                     Error{ErrorCode::Unsupported, Step::Transfer,
                           QStringLiteral("its time can't be kept there")});
            });
    } else if (m_tools.shell) {
        m_fs = std::make_unique<ShellFs>(*m_shell);
    } else {
        stop(Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("the server offers neither SFTP nor a shell")});
        return;
    }
    if (m_tools.sha256.isEmpty() && m_tools.sftp)
        m_verifier->setSftp(*m_sftp, m_state->limit);
    if (m_state->request.verify && m_tools.sha256.isEmpty() && !m_tools.sftp) {
        stop(Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("nothing on the server computes SHA-256")});
        return;
    }
    if (!needsHome()) {
        plan();
        return;
    }
    m_fs->realpath(".", [this](const Result<QByteArray> &home) {
        if (!home) {
            stop(home.error());
            return;
        }
        m_home = *home;
        plan();
    });
}

bool TransferWorker::needsHome() const
{
    const TransferRequest &request = m_state->request;
    const auto isAbsolute = [](const QByteArray &path) { return path.startsWith('/'); };
    return request.direction == Direction::Put
               ? !isAbsolute(request.target)
               : !std::all_of(request.sources.begin(), request.sources.end(), isAbsolute);
}

QByteArray TransferWorker::absolute(const QByteArray &path) const
{
    return path.startsWith('/') ? path : joinPath(m_home, path);
}

void TransferWorker::stop(const std::optional<Error> &error)
{
    if (std::exchange(m_stopped, true))
        return;
    if (!error && m_state->timesRefused.exchange(false))
        tell(m_state->request.target, FileOutcome::Result::Done,
             Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("its file system keeps no times or permissions")});
    // Whatever went wrong on the way, no file is missed in silence.
    for (std::size_t i = 0; !error && i < m_state->items.size(); ++i) {
        const Item &one = m_state->items[i];
        if (one.state == Item::State::Pending && one.type != Item::Type::Directory)
            fail(int(i), Error{ErrorCode::Internal, Step::Transfer,
                               QString::fromUtf8(shownPath(one)) +
                                   QStringLiteral(": it was left out; copy it again")});
    }
    Q_EMIT ended(error);
}

bool TransferWorker::stopIfLost(const Error &error)
{
    if (error.code != ErrorCode::Disconnected && error.code != ErrorCode::Cancelled &&
        error.code != ErrorCode::TimedOut)
        return false;
    stop(error);
    return true;
}

QByteArray TransferWorker::finalPath(const Item &of) const
{
    return joinPath(m_state->sources[std::size_t(of.source)].to, of.name());
}

void TransferWorker::takePlaces(std::function<void()> then)
{
    takePlaces(std::move(then), 0);
}

void TransferWorker::takePlaces(std::function<void()> then, int tries)
{
    const bool isPut = m_state->request.direction == Direction::Put;
    const auto placeOf = [isPut](const Source &source) {
        if (isPut)
            return source.to;
        const QByteArray directory = parentPath(source.to);
        return joinPath(canonicalLocal(directory).value_or(directory), lastName(source.to));
    };
    QByteArrayList wanted;
    for (const Source &one : m_state->sources) {
        if (!one.isRefused)
            wanted.append(placeOf(one));
    }
    if (m_state->places) { // since an earlier connection
        then();
        return;
    }
    m_state->places.emplace();
    const auto taken = m_state->places->take(isPut ? m_state->server : QByteArray(), wanted);
    if (!taken) {
        then();
        return;
    }
    m_state->places.reset();
    // One that was just cancelled may still be ending.
    if (tries < mostPlaceTries) {
        QTimer::singleShot(placePause, this, [this, then = std::move(then), tries] {
            if (!m_stopped)
                takePlaces(then, tries + 1);
        });
        return;
    }
    for (std::size_t i = 0; i < m_state->sources.size(); ++i) {
        Source &one = m_state->sources[i];
        if (one.isRefused || placeOf(one) != *taken)
            continue;
        one.isRefused = true;
        failBelow(int(i), {},
                  Error{isPut ? ErrorCode::RemoteFailed : ErrorCode::LocalIo, Step::Transfer,
                        shownName(one.to) +
                            QStringLiteral(": another copy is writing there; wait until it has "
                                           "ended, or cancel it")});
    }
    takePlaces(std::move(then), tries);
}

void TransferWorker::markTakenParts()
{
    QSet<QByteArray> taken; // hardly any
    for (const Item &one : m_state->items) {
        const QByteArray path = finalPath(one);
        if (path.endsWith(partSuffix))
            taken.insert(path);
    }
    for (Item &one : m_state->items) {
        if (taken.isEmpty())
            break;
        one.isPartTaken = taken.contains(partPath(finalPath(one)));
    }
}

void TransferWorker::failBelow(int source, const QByteArray &directory, const Error &error)
{
    const QByteArray below = directory + '/';
    for (std::size_t i = 0; i < m_state->items.size(); ++i) {
        const Item &one = m_state->items[i];
        if (one.source != source || one.state != Item::State::Pending)
            continue;
        const QByteArray path = one.path;
        if (directory.isEmpty() || path == directory || path.startsWith(below))
            fail(int(i), error);
    }
}

TransferWorker::Need TransferWorker::need(const std::function<bool(const Item &)> &isMeant) const
{
    Need need;
    for (const Item &one : m_state->items) {
        if (one.state != Item::State::Pending || one.isWaiting || !isMeant(one))
            continue;
        need.bytes += one.type == Item::Type::File ? one.size : 0;
        ++need.files;
    }
    return need;
}

std::optional<Error> TransferWorker::judgeSpace(const QByteArray &directory, const Need &needed,
                                                qint64 availableBytes, qint64 availableFiles) const
{
    const Step step = m_state->request.direction == Direction::Get ? Step::Local : Step::Transfer;
    if (availableBytes < needed.bytes)
        return Error{ErrorCode::DiskFull, step,
                     shownName(directory) + QStringLiteral(": %1 bytes needed, %2 available")
                                                .arg(needed.bytes)
                                                .arg(availableBytes)};
    if (availableFiles >= 0 && availableFiles < needed.files)
        return Error{ErrorCode::NoSpaceInodes, step,
                     shownName(directory) +
                         QStringLiteral(": %1 files and folders needed, %2 available")
                             .arg(needed.files)
                             .arg(availableFiles)};
    return std::nullopt;
}

void TransferWorker::succeed(int number)
{
    Item &done = item(number);
    done.state = Item::State::Done;
    if (done.type == Item::Type::File)
        ++m_state->files;
    m_state->setSent(done, false);
    if (done.resumed)
        tell(shownPath(done), FileOutcome::Result::Resumed);
    if (done.tries > 0 && !done.grew)
        tell(shownPath(done), FileOutcome::Result::Done,
             Error{ErrorCode::RemoteFailed, Step::Transfer,
                   QStringLiteral("its source changed while it was copied: it was copied again")});
    if (done.grew)
        tell(shownPath(done), FileOutcome::Result::Done,
             Error{ErrorCode::RemoteFailed, Step::Transfer,
                   QStringLiteral("it grew while it was copied: these are its first %1 bytes")
                       .arg(done.size)});
}

void TransferWorker::fail(int number, const Error &error)
{
    if (item(number).state == Item::State::Failed)
        return;
    item(number).state = Item::State::Failed;
    m_state->setSent(item(number), false);
    ++m_state->failed;
    m_state->forgetCut(number);
    tell(shownPath(item(number)), FileOutcome::Result::Failed, error);
}

void TransferWorker::skip(int number, const QString &why)
{
    Item &skipped = item(number);
    skipped.state = Item::State::Skipped;
    ++m_state->skipped;
    if (skipped.type == Item::Type::File)
        m_state->totalBytes -= skipped.size;
    if (!why.isEmpty())
        tell(shownPath(skipped), FileOutcome::Result::Skipped,
             Error{ErrorCode::Unsupported, Step::Transfer, why});
}

void TransferWorker::tell(const QByteArray &path, FileOutcome::Result result,
                          const std::optional<Error> &error)
{
    Q_EMIT fileEnded({path, result, error});
}

QByteArray TransferWorker::shownPath(const Item &of) const
{
    return joinPath(m_state->sources[std::size_t(of.source)].from, of.path);
}

TransferWorker::Choice TransferWorker::choose(const Item &of, qint64 size, qint64 mtime) const
{
    const bool same = size == of.size && isSameTime(mtime, of.mtime);
    const TransferRequest &request = m_state->request;
    if (same && (resumes() || request.overwrite != Overwrite::Always))
        return Choice::Identical;
    switch (request.overwrite) {
    case Overwrite::Always: return Choice::Copy;
    case Overwrite::Skip: return Choice::Skip;
    case Overwrite::Newer: return of.mtime > mtime ? Choice::Copy : Choice::Skip;
    case Overwrite::Ask: break;
    }
    return Choice::Refuse;
}

void TransferWorker::refuse(int number)
{
    Item &one = item(number);
    if (one.state == Item::State::Failed)
        return;
    one.state = Item::State::Failed;
    ++m_state->failed;
    const bool isPut = m_state->request.direction == Direction::Put;
    FileOutcome outcome;
    outcome.path = shownPath(one);
    outcome.result = FileOutcome::Result::Failed;
    outcome.error =
        Error{isPut ? ErrorCode::RemoteFailed : ErrorCode::LocalIo, Step::Transfer,
              shownName(outcome.path) + QStringLiteral(": a different file has this name")};
    outcome.isTaken = true;
    Q_EMIT fileEnded(outcome);
}

ChunkBoard::Pieces TransferWorker::samePieces(int number, const QByteArrayList &ours,
                                              const QByteArrayList &theirs, qint64 common)
{
    const qint64 size = item(number).size;
    ChunkBoard::Pieces pieces;
    qint64 kept = 0;
    for (qsizetype i = 0; i < ours.size(); ++i) {
        const qint64 whole = ChunkBoard::sizeOf(std::size_t(i), size);
        const bool same = i * ChunkBoard::chunkSize + whole <= common && ours[i] == theirs.value(i);
        pieces.push_back(same ? whole : 0);
        kept += pieces.back();
    }
    if (kept == 0 && common >= ChunkBoard::chunkSize)
        tell(shownPath(item(number)), FileOutcome::Result::Done,
             Error{ErrorCode::RemoteFailed, Step::Transfer,
                   QStringLiteral("what was there of it is of another version: it is copied from "
                                  "its beginning")});
    return pieces;
}

void TransferWorker::startRunner()
{
    if ((m_isSftpKnown && !m_tools.sftp) || std::exchange(m_hasRunner, true))
        return;
    auto *runner = new ChunkRunner(m_state, m_sftp);
    runner->setParent(this);
    connect(runner, &ChunkRunner::starved, this, [this](const Error &error) {
        if (m_isSftpKnown && !m_tools.sftp)
            return; // it was begun before that was known; nothing goes over the board
        Error lost = error;
        lost.code = ErrorCode::Disconnected; // whatever took the channels: try anew
        stop(lost);
    });
    runner->start(*m_engine);
}

} // namespace core::transfer
