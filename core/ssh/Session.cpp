// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/Session.h"

#include "core/base/WorkerThread.h"
#include "core/ssh/EngineWorker.h"
#include "core/ssh/ListingHandle.h"
#include "core/ssh/SessionEngine.h"
#include "core/ssh/ShellHandle.h"

#include <QMutex>
#include <QTimer>

namespace core::ssh {

namespace {

template <typename F>
void inThreadOf(QObject *object, F &&function)
{
    QMetaObject::invokeMethod(object, std::forward<F>(function), Qt::QueuedConnection);
}

} // namespace

/// Shared by an Exec's handle and the engine's side of it; the engine's side only posts to it.
class ExecHandle final : public Exec
{
    Q_OBJECT

public:
    ExecHandle(SessionEngine *engine, const ExecOptions &options, QObject *parent)
        : Exec(parent)
        , m_engine(engine)
        , m_options(options)
    {
    }

    ~ExecHandle() override { release(); }

    void start(const QByteArray &command)
    {
        SessionEngine *engine = m_engine;
        ChannelEvents events;
        auto *target = this;
        auto alive = m_alive;
        const auto post = [target, alive](auto function) {
            const QMutexLocker locker(&alive->mutex);
            if (alive->handle)
                inThreadOf(target, std::move(function));
        };
        events.started = [target, post] { post([target] { Q_EMIT target->started(); }); };
        events.received = [target, post](const QByteArray &bytes, bool isStderr) {
            post([target, bytes, isStderr] { target->take(bytes, isStderr); });
        };
        events.drained = [target, post] { post([target] { Q_EMIT target->stdinDrained(); }); };
        events.ended = [target, post](const ChannelEnd &end) {
            post([target, end] { target->onEnded(end); });
        };
        const ExecOptions options = m_options;
        m_options.input.clear();
        inThreadOf(engine, [engine, alive, command, options, events] {
            const quint64 id = engine->openExec(command, options, events);
            const QMutexLocker locker(&alive->mutex);
            alive->channel = id;
            if (alive->cancelled)
                inThreadOf(engine, [engine, id] { engine->cancelChannel(id); });
        });
    }

    void failLater(const Error &error)
    {
        m_engine = nullptr;
        failWith(error);
    }

    void write(const QByteArray &bytes) override
    {
        withChannel([bytes](SessionEngine *engine, quint64 id) { engine->write(id, bytes); });
    }

    void closeStdin() override
    {
        withChannel([](SessionEngine *engine, quint64 id) { engine->sendEof(id); });
    }

    /// The engine is about to go; nothing may be posted to it any more.
    void forgetEngine() { m_engine = nullptr; }

protected:
    void doCancel() override
    {
        release();
        failWith({ErrorCode::Cancelled, Step::Exec, {}});
    }

private:
    /// What both threads see.
    struct Shared
    {
        QMutex mutex;
        bool handle = true; ///< the handle wants to hear
        bool cancelled = false;
        quint64 channel = 0; ///< 0 until the engine has it
    };

    template <typename F>
    void withChannel(F function)
    {
        if (!m_engine || isFinished())
            return;
        SessionEngine *engine = m_engine;
        auto alive = m_alive;
        // Calls to one object from one thread keep their order, so openExec() has run by then.
        inThreadOf(engine, [engine, alive, function] {
            quint64 id = 0;
            {
                const QMutexLocker locker(&alive->mutex);
                id = alive->channel;
            }
            if (id != 0)
                function(engine, id);
        });
    }

    void release()
    {
        quint64 id = 0;
        {
            const QMutexLocker locker(&m_alive->mutex);
            m_alive->handle = false;
            if (m_alive->cancelled)
                return;
            m_alive->cancelled = true;
            id = m_alive->channel;
        }
        SessionEngine *engine = m_engine;
        if (engine && id != 0 && !m_ended)
            inThreadOf(engine, [engine, id] { engine->cancelChannel(id); });
    }

    void take(const QByteArray &bytes, bool isStderr)
    {
        const qint64 size = bytes.size();
        withChannel([size](SessionEngine *engine, quint64 id) { engine->acknowledge(id, size); });
        if (m_options.collect) {
            QByteArray &kept = isStderr ? m_stderr : m_stdout;
            if (kept.size() + size > m_options.maxCollect) {
                release();
                failWith({ErrorCode::Internal, Step::Exec, QStringLiteral("output too large")});
                return;
            }
            kept += bytes;
        }
        if (isStderr)
            Q_EMIT errorOutputReceived(bytes);
        else
            Q_EMIT outputReceived(bytes);
    }

    void onEnded(const ChannelEnd &end)
    {
        m_ended = true;
        m_exitCode = end.exitCode;
        m_exitSignal = end.exitSignal;
        if (end.error)
            failWith(*end.error);
        else
            succeed();
    }

    SessionEngine *m_engine;
    ExecOptions m_options;
    bool m_ended = false;
    std::shared_ptr<Shared> m_alive = std::make_shared<Shared>();
};

class Session::Private
{
public:
    explicit Private(Session *session)
        : q(session)
    {
    }

    void makeEngine();
    void dropEngine();
    void close(ErrorCode told);

    Session *q;
    WorkerThread thread;
    SessionEngine *engine = nullptr;
    std::shared_ptr<PromptBox> prompts;
    State state = State::Closed;
    std::optional<Error> error;
    std::optional<HostKeyQuestion> hostKey;
    QString negotiated;
    std::optional<std::chrono::milliseconds> roundTrip;
    bool opened = false;
};

void Session::Private::makeEngine()
{
    prompts = std::make_shared<PromptBox>();
    thread = startWorkerThread(QStringLiteral("ssh"));
    engine = new SessionEngine(prompts);
    engine->moveToThread(thread.get());
    QObject::connect(thread.get(), &QThread::finished, engine, &QObject::deleteLater);
    QObject::connect(engine, &SessionEngine::stateChanged, q, [this](State now) {
        if (now == State::Closed || now == State::Ready)
            return; // these come with closed() and ready()
        state = now;
        Q_EMIT q->stateChanged(now);
    });
    QObject::connect(engine, &SessionEngine::hostKeyJudged, q,
                     [this](const HostKeyQuestion &question) { hostKey = question; });
    QObject::connect(engine, &SessionEngine::hostKeyAsked, q,
                     [this](const HostKeyQuestion &question) {
                         hostKey = question;
                         Q_EMIT q->hostKeyAsked(question);
                     });
    QObject::connect(engine, &SessionEngine::promptAsked, q, &Session::promptAsked);
    QObject::connect(engine, &SessionEngine::roundTripMeasured, q,
                     [this](int ms) { roundTrip = std::chrono::milliseconds(ms); });
    QObject::connect(engine, &SessionEngine::ready, q, [this](const QString &methods) {
        negotiated = methods;
        state = State::Ready;
        Q_EMIT q->stateChanged(state);
        Q_EMIT q->ready();
    });
    QObject::connect(engine, &SessionEngine::closed, q, [this](const std::optional<Error> &why) {
        error = why;
        state = State::Closed;
        opened = false;
        Q_EMIT q->stateChanged(state);
        Q_EMIT q->closed();
    });
}

void Session::Private::dropEngine()
{
    if (!thread)
        return;
    prompts->cancel();
    engine->disconnect(q);
    // Wherever they are below: an action keeps its exec as a child of its own.
    for (ExecHandle *exec : q->findChildren<ExecHandle *>())
        exec->forgetEngine();
    for (auto *listing : q->findChildren<ListingHandle *>())
        listing->forgetEngine();
    for (auto *shell : q->findChildren<ShellHandle *>())
        shell->forgetEngine();
    engine = nullptr;
    thread.reset(); // quits, waits, and deletes the engine in its own thread
}

Session::Session(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    qRegisterMetaType<core::ssh::HostKeyQuestion>();
    qRegisterMetaType<core::ssh::Prompt>();
    qRegisterMetaType<core::ssh::Session::State>();
}

void Session::Private::close(ErrorCode told)
{
    if (!engine || !opened)
        return;
    prompts->cancel();
    inThreadOf(engine, [engine = this->engine, told] { engine->close(told); });
}

Session::~Session()
{
    d->dropEngine();
}

void Session::open(const SessionOptions &options)
{
    d->dropEngine();
    d->error.reset();
    d->hostKey.reset();
    d->roundTrip.reset();
    d->makeEngine();
    d->opened = true;
    d->state = State::Resolving;
    SessionEngine *engine = d->engine;
    inThreadOf(engine, [engine, options] { engine->open(options); });
    Q_EMIT stateChanged(d->state);
}

void Session::close()
{
    d->close(ErrorCode::Cancelled);
}

void Session::retire()
{
    constexpr std::chrono::seconds patience{30};
    d->close(ErrorCode::Disconnected); // those who asked for something did not end it
    QTimer::singleShot(patience, this, &QObject::deleteLater);
    connect(this, &Session::closed, this, &Session::deleteWhenDone, Qt::QueuedConnection);
    deleteWhenDone();
}

void Session::deleteWhenDone()
{
    if (d->state != State::Closed)
        return;
    for (Operation *operation : findChildren<Operation *>()) {
        if (operation->isFinished())
            continue;
        // What follows from its end, e.g. an operation made of several, is told first.
        connect(operation, &Operation::finished, this, &Session::deleteWhenDone,
                Qt::QueuedConnection);
        connect(operation, &QObject::destroyed, this, &Session::deleteWhenDone,
                Qt::QueuedConnection);
        return;
    }
    deleteLater();
}

Session::State Session::state() const
{
    return d->state;
}

const std::optional<Error> &Session::error() const
{
    return d->error;
}

const std::optional<HostKeyQuestion> &Session::hostKeyQuestion() const
{
    return d->hostKey;
}

QString Session::negotiated() const
{
    return d->negotiated;
}

std::optional<std::chrono::milliseconds> Session::roundTrip() const
{
    return d->roundTrip;
}

void Session::answerHostKey(bool accept)
{
    if (SessionEngine *engine = d->engine)
        inThreadOf(engine, [engine, accept] { engine->answerHostKey(accept); });
}

void Session::answerPrompt(const std::vector<SecretBytes> &answers)
{
    if (d->prompts)
        d->prompts->answer(answers);
}

Exec *Session::exec(const QByteArray &command, const ExecOptions &options)
{
    auto *exec = new ExecHandle(d->engine, options, this);
    if (d->state == State::Ready)
        exec->start(command);
    else
        exec->failLater({ErrorCode::Disconnected, Step::Exec, {}});
    return exec;
}

Shell *Session::shell(const TerminalSize &size, const QByteArray &command)
{
    auto *shell = new ShellHandle(d->engine, this);
    if (d->state == State::Ready)
        shell->start(command, size);
    else
        shell->failLater({ErrorCode::Disconnected, Step::Exec, {}});
    return shell;
}

DirectoryListing *Session::listDirectory(const QByteArray &path)
{
    auto *listing = new ListingHandle(d->engine, this);
    if (d->state == State::Ready)
        listing->start(path);
    else
        listing->failLater({ErrorCode::Disconnected, Step::Transfer, {}});
    return listing;
}

void Session::startWorker(std::unique_ptr<EngineWorker> worker)
{
    SessionEngine *engine = d->engine;
    if (!engine)
        return;
    worker->moveToThread(engine->thread());
    // Shared, because a call that never runs, as the thread ends first, must not lose it.
    inThreadOf(engine,
               [engine, box = std::make_shared<std::unique_ptr<EngineWorker>>(std::move(worker))] {
                   EngineWorker *working = box->release();
                   working->setParent(engine);
                   working->start(*engine);
               });
}

void Session::checkPeer()
{
    if (SessionEngine *engine = d->engine)
        inThreadOf(engine, [engine] { engine->checkPeer(); });
}

} // namespace core::ssh

#include "Session.moc"
