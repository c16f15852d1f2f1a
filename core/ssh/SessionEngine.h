// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/EngineChannel.h"
#include "core/ssh/EngineListener.h"
#include "core/ssh/EngineListing.h"
#include "core/ssh/PromptBox.h"
#include "core/ssh/ServerWords.h"
#include "core/ssh/Session.h"
#include "core/ssh/Transport.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace core::ssh {

class SftpClient;

/// One SSH connection as a single-threaded, event-driven state machine over a Transport. Everything
/// here runs in the engine's thread; ssh::Session is the handle for everybody else.
///
/// The engine's rules:
/// 1. One thread touches a LIBSSH2_SESSION; public objects are handles that talk by queued calls.
/// 2. SEND takes the whole packet; no write is started while more than 512 KiB is unsent. RECV
///    gives EAGAIN on an empty buffer and 0 when the peer is gone. (With libssh2's own socket I/O a
///    packet that is half sent on one channel breaks the next call on another.)
/// 3. Two lanes. Control (handshake, sign-in, opening channels) strictly one at a time, because
///    libssh2 keeps their progress in the session; beside it one channel's exec, subsystem or pty
///    request, whose answers are of other types. Streams round-robin, 4 ms each.
/// 4. An operation that got EAGAIN is called again with the same arguments until it ends, and once
///    more after every round in which anybody's call took bytes in. Cancel stops delivering at once
///    and drives the channel to its close in the background; sshd answers a close only when the
///    command has ended, so a slow end costs a slot, never the connection.
/// 5. Own deadlines for every wait.
/// 6. closed() comes once, ChannelEvents::ended comes once for each channel, also when all breaks.
/// 7. Bulk copies use an engine of their own.
/// 8. Commands and names are bytes.
/// 9. The host key is judged before anything secret is sent.
class SessionEngine final : public QObject
{
    Q_OBJECT

public:
    /// Makes the transport for direct connections; tests put their own in.
    using TransportFactory = std::function<Transport *(const SessionOptions &, QObject *parent)>;

    explicit SessionEngine(std::shared_ptr<PromptBox> prompts, QObject *parent = nullptr);
    ~SessionEngine() override;

    void setTransportFactory(TransportFactory factory);

    void open(const SessionOptions &options);
    /// \a told: how what runs on it ends.
    void close(ErrorCode told = ErrorCode::Cancelled);
    void answerHostKey(bool accept);
    void checkPeer();

    // What opens a channel returns its id before any of its events come; only where the session is
    // not Ready, ended comes from inside the call.
    quint64 openExec(const QByteArray &command, const ExecOptions &options, ChannelEvents events);
    /// "sftp". \a window: bytes that may be on their way here; the line's rate times its round
    /// trip.
    quint64 openSubsystem(const QByteArray &name, quint32 window, ChannelEvents events);
    /// The server refused SFTP on this connection: it will again.
    [[nodiscard]] bool lacksSftp() const { return m_lacksSftp; }
    /// An exec whose bytes stay in the engine's thread; stdin stays open until sendEof().
    quint64 openBulkExec(const QByteArray &command, quint32 window, ChannelEvents events);
    /// \a command: "" = the user's shell. On a pseudo-terminal of \a size; stdin stays open.
    quint64 openShell(const QByteArray &command, const TerminalSize &size, ChannelEvents events);
    void resizeShell(quint64 channel, const TerminalSize &size);
    /// A connection from the server to \a host, a name that the server looks up, or an address. The
    /// server opens it only when it has an answer from there, and one at a time.
    quint64 openTcp(const QByteArray &host, quint16 port, ChannelEvents events,
                    const TcpOrigin &origin = {});
    /// Bytes that may have come and not been acknowledged before no more are read.
    void setMostUnacknowledged(quint64 channel, qint64 bytes);
    /// Makes the server listen (RFC 4254, 7.1). \a host: "localhost", an address, or "" for all of
    /// the server's; which of them it grants is the server's choice. \a port: not 0.
    quint64 listenRemote(const QByteArray &host, quint16 port, ListenerEvents events);
    /// Connections that are open stay. ended follows at once.
    void stopListening(quint64 listener);
    void write(quint64 channel, const QByteArray &bytes);
    void sendEof(quint64 channel);
    /// ChannelEvents::produce has something again.
    void wake() { schedulePump(); }
    /// The user of the channel has used up so many received bytes: more may come.
    void acknowledge(quint64 channel, qint64 bytes);
    void cancelChannel(quint64 channel);
    /// The same of one whose user is about to go: nothing of it is told any more.
    void abandonChannel(quint64 channel);
    /// \a path: absolute, or relative to the user's home; "" = the home.
    quint64 listDirectory(const QByteArray &path, ListingEvents events);
    void cancelListing(quint64 listing);
    /// Bytes given to write() that libssh2 has not taken yet.
    [[nodiscard]] qint64 queuedBytes(quint64 channel) const;

    [[nodiscard]] Session::State state() const { return m_state; }
    /// The line's, little more: the shortest of what signing in took, milliseconds. None before.
    [[nodiscard]] std::optional<int> roundTripMs() const { return m_roundTripMs; }

Q_SIGNALS:
    void stateChanged(core::ssh::Session::State state);
    void hostKeyJudged(const core::ssh::HostKeyQuestion &question);
    void hostKeyAsked(const core::ssh::HostKeyQuestion &question);
    void promptAsked(const core::ssh::Prompt &prompt);
    void ready(const QString &negotiated);
    void roundTripMeasured(int milliseconds);
    void closed(const std::optional<core::Error> &error);

private:
    /// A step of the control lane: LIBSSH2_ERROR_EAGAIN to be called again, anything else ends it.
    struct Control
    {
        std::function<int()> step;
        std::function<void(int rc)> done;
    };
    struct AuthProgress;

    // Connecting
    void openThroughJump();
    void useTransport(Transport *transport);
    void onConnected();
    void onTransportFailed(const Error &error);
    void handshake();
    void takeRoundTrip();
    void preferTrustedHostKeys();
    void judgeServerKey();
    void setState(Session::State state);
    void startDeadline(std::chrono::milliseconds time);
    void onDeadline();
    void fail(Error error);
    void finish(const std::optional<Error> &error);
    void releaseSession();
    [[nodiscard]] QString negotiatedMethods() const;

    // Signing in (EngineAuth.cpp)
    void signIn();
    void askMethods(std::function<void()> then);
    void nextAuth();
    void tryInteractiveOrNext();
    void tryPassword(const PasswordAuth &auth);
    void tryInteractive(const SecretBytes *password);
    void tryKey(const KeyAuth &auth);
    void tryAgent(const AgentAuth &auth);
    void nextAgentKey();
    void authEnded(int rc);
    void authFailed(const Error &error);
    void signedIn();
    [[nodiscard]] bool serverAllows(const char *method) const;
    void answerQuestions(const Prompt &prompt, LIBSSH2_USERAUTH_KBDINT_RESPONSE *responses);
    static void onKeyboardInteractive(const char *name, int nameLength, const char *instruction,
                                      int instructionLength, int count,
                                      const LIBSSH2_USERAUTH_KBDINT_PROMPT *prompts,
                                      LIBSSH2_USERAUTH_KBDINT_RESPONSE *responses, void **abstract);

    // Running (EngineChannels.cpp)
    void schedulePump();
    void pump();
    [[nodiscard]] bool pumpControl();
    [[nodiscard]] bool pumpStreams();
    [[nodiscard]] bool pumpChannel(EngineChannel &channel);
    [[nodiscard]] bool readChannel(EngineChannel &channel, const QElapsedTimer &turn);
    [[nodiscard]] bool writeChannel(EngineChannel &channel, const QElapsedTimer &turn);
    void tellSize(EngineChannel &channel);
    [[nodiscard]] bool closeChannel(EngineChannel &channel);
    [[nodiscard]] bool admitWaiting();
    void startOpening(EngineChannel &channel);
    int openStep(EngineChannel &channel);
    [[nodiscard]] bool startChannel(EngineChannel &channel);
    void opened(EngineChannel &channel, int rc);
    void endChannel(EngineChannel &channel, const ChannelEnd &end);
    void failAllChannels(const Error &error);
    quint64 addChannel(std::unique_ptr<EngineChannel> channel);
    [[nodiscard]] EngineChannel *find(quint64 id) const;
    void removeFinished();
    /// Fails when \a rc says that the connection is broken. \returns whether it has.
    bool failIfBroken(int rc, Step step);
    void onTick();
    void sendKeepalive();
    /// The peer lives: a packet of it has begun. Bytes alone may be the answers to keepalives that
    /// vanish in a packet whose length was changed on the way, for as long as that lasts.
    void hear()
    {
        m_silence = std::chrono::milliseconds(0);
        m_unheard = 0;
    }

    // Listening on the server (EngineForwards.cpp)
    int listenStep(EngineListener &listener);
    void listenEnded(quint64 id, int rc);
    void cancelListener(quint64 id);
    [[nodiscard]] bool acceptForwarded();
    void failAllListeners(const Error &error);
    [[nodiscard]] EngineListener *findListener(quint64 id) const;

    // Directories (EngineListings.cpp)
    void examine(quint64 id);
    void openDirectory(quint64 id);
    void readBatch(quint64 id);
    void deliver(quint64 id, const std::vector<RemoteEntry> &batch);
    void closeDirectory(quint64 id);
    void readLinks(quint64 id);
    void endListing(quint64 id, const std::optional<Error> &error);
    void failAllListings(const Error &error);
    [[nodiscard]] EngineListing *findListing(quint64 id) const;

    std::shared_ptr<PromptBox> m_prompts;
    TransportFactory m_makeTransport;
    SessionOptions m_options;
    Session::State m_state = Session::State::Closed;
    Transport *m_transport = nullptr;
    SessionEngine *m_jump = nullptr;
    LIBSSH2_SESSION *m_session = nullptr;
    std::unique_ptr<AuthProgress> m_auth;
    std::optional<HostKeyQuestion> m_hostKey;

    std::deque<Control> m_control;
    std::vector<std::unique_ptr<EngineChannel>> m_channels;
    std::vector<std::unique_ptr<EngineListener>> m_listeners;
    int m_unreadAnswers = 0;      ///< to global requests; see listenStep()
    SftpClient *m_sftp = nullptr; ///< one for all listings; a child
    bool m_sftpIsOpen = false;
    bool m_lacksSftp = false;
    std::vector<std::unique_ptr<EngineListing>> m_listings;
    std::vector<quint64> m_finished; ///< to be removed after the pump
    std::size_t m_turn = 0;
    quint64 m_nextId = 1;
    quint64 m_bytesTaken = 0; ///< from the transport, by libssh2
    bool m_pumping = false;
    bool m_pumpScheduled = false;
    bool m_ended = false;

    QTimer m_deadline;
    QTimer m_tick;
    QElapsedTimer m_sinceTick;
    std::chrono::milliseconds m_silence{
        0};               ///< of the peer, as far as this thread was there to hear
    qint64 m_unheard = 0; ///< bytes of a packet that are no sign of life yet
    bool m_hasJustRead = false;
    bool m_lostPacket = false; ///< one that was changed on the way
    QElapsedTimer m_sinceProbe;
    bool m_probeOutstanding = false;
    QElapsedTimer m_sinceAsked; ///< while signing in
    std::optional<int> m_roundTripMs;
    QString m_transportDetail;
    ServerWords m_words;
    QString m_farewell; ///< the server's reason for going, in its own words

    friend struct EngineCallbacks;
};

} // namespace core::ssh
