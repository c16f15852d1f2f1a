// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/Transfer.h"

#include "core/base/Logging.h"
#include "core/ssh/Session.h"
#include "core/transfer/ChunkRunner.h"
#include "core/transfer/GetWorker.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/PutWorker.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr auto progressInterval = 100ms; ///< and how soon another connection is thought of
constexpr auto firstPause = 100ms;
constexpr auto longestPause = 15s;
constexpr int mostFruitlessTries = 10; ///< about a minute
constexpr int mostUnsafeTries = 100;
/// Another connection pays when so much is left.
constexpr qint64 worthAConnection = 48 * 1024 * 1024;

} // namespace

class Transfer::Private
{
public:
    Private(Transfer *transfer, TransferRequest request, ssh::SessionOptions connection)
        : q(transfer)
        , state(std::make_shared<TransferState>(std::move(request),
                                                QStringLiteral("%1@%2:%3")
                                                    .arg(connection.user, connection.host)
                                                    .arg(connection.port)
                                                    .toUtf8()))
        , options(std::move(connection))
        , ticker(transfer)
        , pause(transfer)
    {
    }

    void connectAgain();
    void begin(ssh::Session *on);
    void onLost(const Error &error);
    void comeBack(const Error &error);
    [[nodiscard]] bool isLargeUpload() const;
    void openMore();
    void openOneMore();
    void stopWork();
    void end(const std::optional<Error> &error);

    Transfer *q;
    std::shared_ptr<TransferState> state;
    ssh::SessionOptions options;
    QTimer ticker;
    QTimer pause;
    TransferProgress told;
    QPointer<TransferWorker> worker; ///< lives in its session's thread, while that is open
    ssh::Session *lent = nullptr;
    std::unique_ptr<ssh::Session> own;
    std::vector<std::unique_ptr<ssh::Session>> more;
    int fruitless = 0;
    qint64 safeBefore = 0; ///< the most that was safe when a connection was lost
    qint64 movedBefore = 0;
    int unsafe = 0; ///< tries since then that moved bytes, of which none was kept
    bool isLosing = false;
    bool wantsMore = true;
};

Transfer::Transfer(TransferRequest request, ssh::SessionOptions options, QObject *parent)
    : Operation(parent)
    , d(std::make_unique<Private>(this, std::move(request), std::move(options)))
{
    qRegisterMetaType<core::transfer::FileOutcome>();
    qRegisterMetaType<std::optional<core::Error>>();
    d->ticker.setInterval(progressInterval);
    connect(&d->ticker, &QTimer::timeout, this, [this] {
        d->openMore();
        const TransferProgress now = progress();
        if (now != d->told) {
            d->told = now;
            Q_EMIT progressed();
        }
    });
    d->pause.setSingleShot(true);
    connect(&d->pause, &QTimer::timeout, this, [this] { d->connectAgain(); });
}

Transfer::~Transfer()
{
    d->stopWork();
}

void Transfer::openAhead()
{
    // A password that is wrong is refused once, not twice.
    const bool isQuiet = !d->options.auth.empty() &&
                         std::holds_alternative<ssh::KeyAuth>(d->options.auth.front()) &&
                         !d->options.trustedKeys.empty();
    if (isQuiet && d->more.empty() && d->isLargeUpload())
        d->openOneMore();
}

void Transfer::start(ssh::Session *ready)
{
    d->ticker.start();
    if (ready) {
        d->begin(ready);
    } else {
        openAhead();
        d->connectAgain();
    }
}

void Transfer::setLimit(qint64 bytesPerSecond)
{
    d->state->limit.set(bytesPerSecond);
}

TransferProgress Transfer::progress() const
{
    const TransferState &state = *d->state;
    // What a cut connection had copied of large files stays counted until they go on.
    const qint64 cut = state.cutBytes;
    const qint64 total = state.totalFiles;
    return {state.bytes + cut,
            state.totalBytes,
            state.present + cut,
            std::min(state.files + state.sentFiles, total),
            total,
            state.scanning};
}

TransferSummary Transfer::summary() const
{
    const TransferState &state = *d->state;
    TransferSummary summary;
    summary.bytes = state.bytes;
    summary.files = state.files;
    summary.skipped = state.skipped;
    summary.failed = state.failed;
    summary.protocol = state.protocols.joined();
    summary.verified = state.request.verify && isOk() && state.failed == 0;
    return summary;
}

void Transfer::doCancel()
{
    d->end(Error{ErrorCode::Cancelled, Step::Transfer, {}});
}

namespace {

/// Nobody is there to be asked: what the first connection did not settle is refused.
void refuseQuestions(ssh::Session *session)
{
    QObject::connect(session, &ssh::Session::hostKeyAsked, session,
                     [session] { session->answerHostKey(false); });
    QObject::connect(session, &ssh::Session::promptAsked, session,
                     [session] { session->answerPrompt({}); });
}

} // namespace

void Transfer::Private::connectAgain()
{
    lent = nullptr;
    own = std::make_unique<ssh::Session>();
    ssh::Session *session = own.get();
    refuseQuestions(session);
    QObject::connect(session, &ssh::Session::ready, q, [this, session] { begin(session); });
    QObject::connect(session, &ssh::Session::closed, q, [this, session] {
        onLost(session->error().value_or(Error{ErrorCode::Disconnected, Step::Transfer, {}}));
    });
    session->open(options);
}

void Transfer::Private::begin(ssh::Session *on)
{
    if (on != own.get()) {
        lent = on;
        QObject::connect(on, &ssh::Session::closed, q, [this, on] {
            if (lent == on)
                onLost(on->error().value_or(Error{ErrorCode::Disconnected, Step::Transfer, {}}));
        });
    }
    std::unique_ptr<TransferWorker> made;
    if (state->request.direction == Direction::Put)
        made = std::make_unique<PutWorker>(state);
    else
        made = std::make_unique<GetWorker>(state);
    worker = made.get();
    TransferWorker *mine = worker;
    QObject::connect(mine, &TransferWorker::fileEnded, q, &Transfer::fileEnded);
    QObject::connect(mine, &TransferWorker::ended, q,
                     [this, mine](const std::optional<Error> &error) {
                         if (worker != mine)
                             return;
                         if (error && mayComeBack(*error))
                             onLost(*error);
                         else
                             end(error);
                     });
    on->startWorker(std::move(made));
}

/// No worker is left afterwards.
void Transfer::Private::stopWork()
{
    more.clear();
    if (worker)
        worker->disconnect(q);
    if (lent)
        lent->disconnect(q);
    // A lent session and its thread live on; it must not touch the state any more after this.
    if (worker && lent)
        QMetaObject::invokeMethod(
            worker, [mine = worker.data()] { delete mine; }, Qt::BlockingQueuedConnection);
    worker.clear();
    own.reset();
}

void Transfer::Private::onLost(const Error &error)
{
    if (q->isFinished() || pause.isActive() || isLosing)
        return;
    qCDebug(lcSsh) << "transfer: lost:" << errorCodeName(error.code) << error.detail << "at"
                   << state->bytes;
    if (!mayComeBack(error)) {
        end(error);
        return;
    }
    isLosing = true;
    // The session is inside its signal.
    QMetaObject::invokeMethod(
        q,
        [this, error] {
            isLosing = false;
            if (!q->isFinished())
                comeBack(error);
        },
        Qt::QueuedConnection);
}

/// Goes on after a pause, that grows as long as nothing gets on.
void Transfer::Private::comeBack(const Error &error)
{
    stopWork();
    const qint64 moved = state->bytes - state->present;
    const bool someMoved = moved > std::exchange(movedBefore, moved);
    state->cut();
    const qint64 safe = state->safeBytes();
    if (safe > std::exchange(safeBefore, std::max(safe, safeBefore))) {
        fruitless = 1;
        unsafe = 0;
    } else if (someMoved && ++unsafe <= mostUnsafeTries) {
        fruitless = 1; // the line works, for a while
    } else {
        ++fruitless;
    }
    if (fruitless > mostFruitlessTries) {
        end(error);
        return;
    }
    const auto wait = std::min<std::chrono::milliseconds>(
        firstPause * (1 << std::min(fruitless - 1, 10)), longestPause);
    pause.start(wait);
    Q_EMIT q->retrying(error, int(wait.count()));
}

/// As far as that is known without looking into directories.
bool Transfer::Private::isLargeUpload() const
{
    const TransferRequest &request = state->request;
    if (request.direction != Direction::Put || request.connections < 2 ||
        (request.protocol != Protocol::Auto && request.protocol != Protocol::Sftp))
        return false;
    qint64 bytes = 0;
    for (const QByteArray &source : request.sources) {
        const Result<LocalInfo> there = localInfo(source, true);
        bytes += there && there->type == Item::Type::File ? there->size : 0;
    }
    return bytes >= worthAConnection;
}

void Transfer::Private::openMore()
{
    if (q->isFinished() || !worker || !wantsMore ||
        int(more.size()) + 1 >= state->request.connections ||
        (state->scanning || state->largeBytes - state->bytes < worthAConnection))
        return;
    openOneMore();
}

void Transfer::Private::openOneMore()
{
    more.push_back(std::make_unique<ssh::Session>());
    ssh::Session *session = more.back().get();
    refuseQuestions(session);
    QObject::connect(session, &ssh::Session::ready, q, [this, session] {
        session->startWorker(std::make_unique<ChunkRunner>(state));
    });
    QObject::connect(session, &ssh::Session::closed, q, [this] {
        wantsMore = false; // the first one does all of it, and is enough
    });
    session->open(options);
}

void Transfer::Private::end(const std::optional<Error> &error)
{
    pause.stop();
    ticker.stop();
    // From the event loop: a session may be inside its signal.
    QMetaObject::invokeMethod(
        q,
        [this] {
            stopWork();
            state->places.reset();
        },
        Qt::QueuedConnection);
    if (error)
        q->failWith(*error);
    else
        q->succeed();
}

} // namespace core::transfer
