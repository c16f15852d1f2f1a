// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TransferWorker.h"

#include "core/base/Logging.h"
#include "core/ssh/SessionEngine.h"
#include "core/transfer/ChunkRunner.h"
#include "core/transfer/FileCopies.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/Verifier.h"

#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>

namespace core::transfer {

namespace {

constexpr quint32 mainWindow = 8 * 1024 * 1024;
constexpr qint64 workSliceMs = 8;
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
        while (alive && slices->next < slices->count && clock.elapsed() < workSliceMs)
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

Verifier *TransferWorker::verifierOrNull()
{
    return m_tools.sftp || !m_tools.sha256.isEmpty() ? m_verifier : nullptr;
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

bool TransferWorker::goesOnByScp() const
{
    return usesScp() && m_state->request.protocol != Protocol::Tar;
}

void TransferWorker::findKept(const std::vector<int> &items, std::function<void()> then)
{
    auto wanted = std::make_shared<std::vector<int>>();
    for (const int number : items) {
        if (usesScp() && resumes() && item(number).size > ChunkBoard::chunkSize)
            wanted->push_back(number);
    }
    inWindow(
        this, qsizetype(wanted->size()), 4,
        [this, wanted](qsizetype at, const std::function<void()> &done) {
            const int number = (*wanted)[std::size_t(at)];
            const auto keep = [this, number, done](qint64 right) {
                // At least one byte is copied: its end is where it is seen to be whole.
                const qint64 kept = std::min(right, item(number).size - 1) / keptUnit * keptUnit;
                if (kept > 0)
                    m_kept.insert(number, kept);
                done();
            };
            if (item(number).isBegun) {
                findPartSize(number, keep);
                return;
            }
            findPieces(number, [keep](const ChunkBoard::Pieces &pieces) {
                const auto isCut = [](qint64 size) { return size < ChunkBoard::chunkSize; };
                const auto end = std::find_if(pieces.begin(), pieces.end(), isCut);
                keep((end - pieces.begin()) * ChunkBoard::chunkSize);
            });
        },
        [this, then = std::move(then)] {
            if (isStopped())
                return;
            m_state->waiting = std::accumulate(m_kept.cbegin(), m_kept.cend(), qint64(0));
            then();
        });
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
        const std::optional<Error> why = m_sftp->error();
        stop(Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("the server offers neither SFTP nor a shell") +
                       (why ? QStringLiteral(" (%1)").arg(why->detail) : QString())});
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
