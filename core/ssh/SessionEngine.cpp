// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/SessionEngine.h"

#include "core/base/Logging.h"
#include "core/ssh/ChannelTransport.h"
#include "core/ssh/EngineAuthProgress.h"
#include "core/ssh/EngineCallbacks.h"
#include "core/ssh/EngineWorker.h"
#include "core/ssh/SftpClient.h"
#include "core/ssh/SshErrors.h"
#include "core/ssh/TcpTransport.h"

#include <QtEndian>

#include <openssl/evp.h>

#include <mutex>

namespace core::ssh {

using namespace std::chrono_literals;

namespace {

/// libssh2 sets up OpenSSL once for the process; never undone, threads may still use it at exit.
void initialiseLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] {
        libssh2_init(0);
        // OpenSSL 3.0 loads its provider at the first use, and loses one when two threads are the
        // first together.
        EVP_MD_free(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    });
}

QByteArray firstString(const char *blob, size_t size)
{
    if (size < 4)
        return {};
    const quint32 length = qFromBigEndian<quint32>(blob);
    if (length > size - 4)
        return {};
    return QByteArray(blob + 4, qsizetype(length));
}

} // namespace

SessionEngine::SessionEngine(std::shared_ptr<PromptBox> prompts, QObject *parent)
    : QObject(parent)
    , m_prompts(std::move(prompts))
    , m_deadline(this)
    , m_tick(this)
{
    m_makeTransport = [](const SessionOptions &options, QObject *owner) -> Transport * {
        return new TcpTransport(options.host, options.port, options.connectTimeout, owner);
    };
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &SessionEngine::onDeadline);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &SessionEngine::onTick);
}

SessionEngine::~SessionEngine()
{
    // Nobody listens any more; only what libssh2 holds must go.
    m_ended = true;
    // They speak to the engine while they go.
    qDeleteAll(findChildren<EngineWorker *>(QString(), Qt::FindDirectChildrenOnly));
    delete std::exchange(m_sftp, nullptr);
    releaseSession();
}

void SessionEngine::setTransportFactory(TransportFactory factory)
{
    m_makeTransport = std::move(factory);
}

void SessionEngine::setState(Session::State state)
{
    if (m_state == state)
        return;
    m_state = state;
    qCDebug(lcSsh) << "state" << int(state);
    Q_EMIT stateChanged(state);
}

void SessionEngine::startDeadline(std::chrono::milliseconds time)
{
    m_deadline.start(time);
}

void SessionEngine::open(const SessionOptions &options)
{
    initialiseLibrary();
    m_options = options;
    setState(Session::State::Resolving);
    if (m_options.jump)
        openThroughJump();
    else
        useTransport(m_makeTransport(m_options, this));
}

void SessionEngine::openThroughJump()
{
    m_jump = new SessionEngine(m_prompts, this);
    m_jump->setTransportFactory(m_makeTransport);
    connect(m_jump, &SessionEngine::hostKeyAsked, this, [this](HostKeyQuestion question) {
        question.isJumpHost = true;
        setState(Session::State::CheckingHost);
        Q_EMIT hostKeyAsked(question);
    });
    connect(m_jump, &SessionEngine::hostKeyJudged, this, [this](HostKeyQuestion question) {
        question.isJumpHost = true;
        Q_EMIT hostKeyJudged(question);
    });
    connect(m_jump, &SessionEngine::promptAsked, this, &SessionEngine::promptAsked);
    connect(m_jump, &SessionEngine::stateChanged, this, [this](Session::State state) {
        // The way to the jump host is part of the way to the target.
        if (m_state != Session::State::Ready && state != Session::State::Ready &&
            state != Session::State::Closed && state != Session::State::Closing && !m_transport)
            setState(state);
    });
    connect(m_jump, &SessionEngine::ready, this, [this] {
        setState(Session::State::Connecting);
        startDeadline(m_options.connectTimeout);
        useTransport(new ChannelTransport(*m_jump, m_options.host.toUtf8(), m_options.port, this));
    });
    connect(m_jump, &SessionEngine::closed, this, [this](const std::optional<Error> &error) {
        Error reason = error.value_or(Error{ErrorCode::Disconnected, Step::Jump, {}});
        reason.detail = QStringLiteral("jump host %1: %2").arg(m_options.jump->host, reason.detail);
        fail(reason);
    });
    m_jump->open(*m_options.jump);
}

void SessionEngine::useTransport(Transport *transport)
{
    m_transport = transport;
    connect(transport, &Transport::resolved, this,
            [this] { setState(Session::State::Connecting); });
    connect(transport, &Transport::connected, this, &SessionEngine::onConnected);
    connect(transport, &Transport::failed, this, &SessionEngine::onTransportFailed);
    connect(transport, &Transport::readyRead, this, [this] {
        if (m_probeOutstanding) {
            m_probeOutstanding = false;
            Q_EMIT roundTripMeasured(int(m_sinceProbe.elapsed()));
        }
        const quint64 before = m_bytesTaken;
        pump();
        if (m_bytesTaken == before)
            hear(); // nothing waits for it now, and libssh2 has not looked at it
    });
    connect(transport, &Transport::bytesLeft, this, &SessionEngine::schedulePump);
    connect(transport, &Transport::ended, this, [this](const QString &detail) {
        m_transportDetail = detail;
        pump(); // what came before the end still counts
        if (m_ended)
            return;
        const Step step = m_state == Session::State::Handshaking ? Step::Handshake
                          : m_state == Session::State::SigningIn ? Step::Auth
                                                                 : Step::None;
        fail({ErrorCode::Disconnected, step, detail});
    });
    transport->start();
}

void SessionEngine::onTransportFailed(const Error &error)
{
    fail(error);
}

void SessionEngine::onConnected()
{
    if (m_ended)
        return;
    setState(Session::State::Handshaking);
    m_session = libssh2_session_init_ex(&EngineCallbacks::allocate, &EngineCallbacks::release,
                                        &EngineCallbacks::reallocate, this);
    if (!m_session) {
        fail({ErrorCode::Internal, Step::Handshake, QStringLiteral("out of memory")});
        return;
    }
    libssh2_session_set_blocking(m_session, 0);
    // The generic function type is libssh2's own way to pass callbacks of different signatures.
    libssh2_session_callback_set2(m_session, LIBSSH2_CALLBACK_SEND,
                                  reinterpret_cast<libssh2_cb_generic *>(&EngineCallbacks::send));
    libssh2_session_callback_set2(
        m_session, LIBSSH2_CALLBACK_RECV,
        reinterpret_cast<libssh2_cb_generic *>(&EngineCallbacks::receive));
    libssh2_session_callback_set2(
        m_session, LIBSSH2_CALLBACK_DISCONNECT,
        reinterpret_cast<libssh2_cb_generic *>(&EngineCallbacks::disconnected));
    libssh2_session_callback_set2(
        m_session, LIBSSH2_CALLBACK_MACERROR,
        reinterpret_cast<libssh2_cb_generic *>(&EngineCallbacks::macFailed));
    libssh2_session_flag(m_session, LIBSSH2_FLAG_SIGPIPE, 1); // writes nothing itself
    libssh2_session_banner_set(m_session, "SSH-2.0-Danlu_" DANLU_VERSION);
    libssh2_keepalive_config(m_session, 1, 1);
    preferTrustedHostKeys();
    handshake();
}

void SessionEngine::takeRoundTrip()
{
    if (!m_sinceAsked.isValid())
        return;
    const int took = int(m_sinceAsked.elapsed());
    m_roundTripMs = std::min(took, m_roundTripMs.value_or(took));
    m_sinceAsked.invalidate();
}

void SessionEngine::preferTrustedHostKeys()
{
    // A server with several host keys shows the first type both know. Ask for the type that is
    // trusted, or a stored RSA key would look "changed" because an ed25519 key was shown.
    const char **supported = nullptr;
    const int count = libssh2_session_supported_algs(m_session, LIBSSH2_METHOD_HOSTKEY, &supported);
    if (count <= 0)
        return;
    QByteArrayList wanted;
    for (const HostKey &key : m_options.trustedKeys) {
        if (key.type == "ssh-rsa")
            wanted += {"rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"};
        else
            wanted += key.type;
    }
    QByteArrayList first;
    QByteArrayList rest;
    for (int i = 0; i < count; ++i)
        (wanted.contains(supported[i]) ? first : rest).append(supported[i]);
    libssh2_free(m_session, supported);
    if (!first.isEmpty())
        libssh2_session_method_pref(m_session, LIBSSH2_METHOD_HOSTKEY,
                                    (first + rest).join(',').constData());
}

void SessionEngine::handshake()
{
    startDeadline(m_options.handshakeTimeout);
    m_control.push_back({[this] {
                             return libssh2_session_handshake(
                                 m_session, libssh2_socket_t(m_transport->socketDescriptor()));
                         },
                         [this](int rc) {
                             m_deadline.stop();
                             if (rc == 0) {
                                 judgeServerKey();
                                 return;
                             }
                             Error error = sessionError(m_session, rc, Step::Handshake);
                             // libssh2 words a lost peer as a failed exchange of keys.
                             if (error.code == ErrorCode::ConnectFailed && m_transport->isEnded())
                                 error.code = ErrorCode::Disconnected;
                             fail(error);
                         }});
    pump();
}

void SessionEngine::judgeServerKey()
{
    size_t size = 0;
    int type = 0;
    const char *blob = libssh2_session_hostkey(m_session, &size, &type);
    if (!blob) {
        fail({ErrorCode::Internal, Step::HostKey, QStringLiteral("no host key")});
        return;
    }
    HostKeyQuestion question;
    question.host = m_options.host;
    question.port = m_options.port;
    question.offered = {firstString(blob, size), QByteArray(blob, qsizetype(size))};
    question.known = m_options.trustedKeys;
    question.verdict = isRevoked(m_options.revokedKeys, question.offered)
                           ? HostKeyVerdict::Revoked
                           : judgeHostKey(question.known, question.offered);
    m_hostKey = question;
    setState(Session::State::CheckingHost);
    Q_EMIT hostKeyJudged(question);
    switch (question.verdict) {
    case HostKeyVerdict::Trusted: signIn(); break;
    case HostKeyVerdict::Unknown: Q_EMIT hostKeyAsked(question); break;
    case HostKeyVerdict::Changed:
        fail({ErrorCode::HostKeyChanged, Step::HostKey, question.offered.fingerprint()});
        break;
    case HostKeyVerdict::Revoked:
        fail({ErrorCode::VerifyFailed, Step::HostKey,
              QStringLiteral("revoked: ") + question.offered.fingerprint()});
        break;
    }
}

void SessionEngine::answerHostKey(bool accept)
{
    if (m_ended)
        return;
    if (!m_hostKey && m_jump) {
        m_jump->answerHostKey(accept);
        return;
    }
    if (m_state != Session::State::CheckingHost || !m_hostKey)
        return;
    if (accept)
        signIn();
    else
        fail({ErrorCode::HostKeyUnknown, Step::HostKey, m_hostKey->offered.fingerprint()});
}

QString SessionEngine::negotiatedMethods() const
{
    QStringList names;
    for (int method : {LIBSSH2_METHOD_KEX, LIBSSH2_METHOD_HOSTKEY, LIBSSH2_METHOD_CRYPT_CS,
                       LIBSSH2_METHOD_MAC_CS}) {
        if (const char *name = libssh2_session_methods(m_session, method))
            names.append(QString::fromLatin1(name));
    }
    return names.join(u' ');
}

void SessionEngine::onDeadline()
{
    switch (m_state) {
    case Session::State::Resolving:
    case Session::State::Connecting: fail({ErrorCode::ConnectTimeout, Step::Connect, {}}); break;
    case Session::State::Handshaking:
        fail({ErrorCode::ConnectTimeout, Step::Handshake,
              QStringLiteral("the server did not finish the SSH handshake")});
        break;
    case Session::State::SigningIn: fail({ErrorCode::TimedOut, Step::Auth, {}}); break;
    case Session::State::Closing: finish(std::nullopt); break;
    default: break;
    }
}

void SessionEngine::close(ErrorCode told)
{
    if (m_ended || m_state == Session::State::Closing)
        return;
    if (m_state != Session::State::Ready) {
        fail({ErrorCode::Cancelled, Step::None, {}});
        return;
    }
    failAllChannels({told, Step::None, {}});
    failAllListeners({told, Step::None, {}});
    failAllListings({told, Step::None, {}});
    setState(Session::State::Closing);
    m_control.clear();
    startDeadline(1s);
    m_control.push_back({[this] { return libssh2_session_disconnect(m_session, "closed"); },
                         [this](int) { finish(std::nullopt); }});
    schedulePump();
}

void SessionEngine::fail(Error error)
{
    if (m_ended)
        return;
    if (error.code == ErrorCode::Disconnected && !m_transportDetail.isEmpty())
        error.detail = m_transportDetail;
    // libssh2 has no words of the server's.
    if (!m_farewell.isEmpty() &&
        (error.code == ErrorCode::Disconnected || error.code == ErrorCode::AuthRejected))
        error.detail = m_farewell;
    if (m_state == Session::State::Handshaking) {
        QByteArray words = m_words.beforeBanner();
        if (error.code == ErrorCode::NoCommonAlgorithm && m_session)
            words = m_words.withoutCommon(m_session);
        if (!words.isEmpty())
            error.detail = QString::fromUtf8(words);
    }
    if (m_state == Session::State::Closing)
        finish(std::nullopt);
    else
        finish(error);
}

void SessionEngine::finish(const std::optional<Error> &error)
{
    if (m_ended)
        return;
    m_ended = true;
    m_deadline.stop();
    m_tick.stop();
    m_control.clear();
    failAllChannels(error.value_or(Error{ErrorCode::Disconnected, Step::None, {}}));
    failAllListeners(error.value_or(Error{ErrorCode::Disconnected, Step::None, {}}));
    failAllListings(error.value_or(Error{ErrorCode::Disconnected, Step::None, {}}));
    if (m_transport)
        m_transport->abort();
    setState(Session::State::Closed);
    // libssh2 may be on the stack (a callback led here): it is released from the event loop.
    QMetaObject::invokeMethod(
        this,
        [this, error] {
            releaseSession();
            Q_EMIT closed(error);
        },
        Qt::QueuedConnection);
}

void SessionEngine::releaseSession()
{
    m_auth.reset();
    m_channels.clear();
    m_listeners.clear();
    m_listings.clear();
    if (m_transport)
        m_transport->abort();
    if (m_session) {
        // The transport is gone, so nothing here can wait: EAGAIN would mean to spin, so it is
        // bounded. Frees the channels too.
        for (int tries = 0; tries < 100; ++tries) {
            if (libssh2_session_free(m_session) != LIBSSH2_ERROR_EAGAIN)
                break;
        }
        m_session = nullptr;
    }
    if (m_transport) {
        m_transport->disconnect(this);
        m_transport->deleteLater();
        m_transport = nullptr;
    }
    if (m_jump) {
        m_jump->disconnect(this);
        m_jump->close();
        m_jump->deleteLater();
        m_jump = nullptr;
    }
}

} // namespace core::ssh
