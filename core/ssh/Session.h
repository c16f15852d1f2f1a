// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/ssh/Exec.h"
#include "core/ssh/SessionOptions.h"
#include "core/ssh/Sftp.h"
#include "core/ssh/Shell.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace core::ssh {

class EngineWorker;

/// A keyboard-interactive question from the server.
struct Prompt
{
    QString name;
    QString instruction;
    struct Question
    {
        QString text;
        bool echo = false;
    };
    std::vector<Question> questions;
};

/// The handle of one SSH connection, in its owner's thread; the engine behind it runs in a thread
/// of its own. open() leads to exactly one of ready() or closed(); after ready(), closed() comes
/// once. Never blocks, the destructor waits at most for one running libssh2 call.
class Session : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Closed,
        Resolving,
        Connecting,
        Handshaking,
        CheckingHost,
        SigningIn,
        Ready,
        Closing
    };
    Q_ENUM(State)

    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    void open(const SessionOptions &options);
    /// At any time; closed() follows with Cancelled before ready(), without an error after it.
    void close();
    /// Closes, and deletes this once every operation on it has told its end: Disconnected, or what
    /// the end of the connection means to it. Half a minute later at the latest.
    void retire();
    [[nodiscard]] State state() const;
    /// Set once closed() came because of a failure.
    [[nodiscard]] const std::optional<Error> &error() const;
    /// The key the server showed, once known; also after HostKeyChanged/HostKeyUnknown.
    [[nodiscard]] const std::optional<HostKeyQuestion> &hostKeyQuestion() const;
    /// e.g. "curve25519-sha256 ssh-ed25519 chacha20-poly1305@openssh.com", for the details pane.
    [[nodiscard]] QString negotiated() const;
    /// Round trip of the last keepalive or exec, for the status line.
    [[nodiscard]] std::optional<std::chrono::milliseconds> roundTrip() const;

    /// Answers hostKeyAsked(). Refusing closes with HostKeyUnknown.
    void answerHostKey(bool accept);
    /// Answers promptAsked(), in the order of the questions; an empty list cancels.
    void answerPrompt(const std::vector<SecretBytes> &answers);

    /// Only when Ready, else the operation fails with Disconnected. Never null; child of this.
    [[nodiscard]] Exec *exec(const QByteArray &command, const ExecOptions &options = {});

    /// A shell on a pseudo-terminal, or \a command where it is not "". Only when Ready, else the
    /// operation fails with Disconnected. Never null; child of this.
    [[nodiscard]] Shell *shell(const TerminalSize &size, const QByteArray &command = {});

    /// Reads a directory over SFTP. \a path: the server's bytes, absolute or relative to the user's
    /// home; "" = the home. Only when Ready, else Disconnected. Never null; child of this.
    [[nodiscard]] DirectoryListing *listDirectory(const QByteArray &path);

    /// Hands \a worker to the session's thread, where its start() is called; it lives until the
    /// session is opened again or deleted. Without a parent, in this thread; only when opened.
    void startWorker(std::unique_ptr<EngineWorker> worker);

    /// Probes the peer at once (after a wake from sleep) instead of at the next keepalive.
    void checkPeer();

Q_SIGNALS:
    void stateChanged(core::ssh::Session::State state);
    /// Unknown key: nothing goes on until answerHostKey(). A changed key is never asked: it closes
    /// with HostKeyChanged, and hostKeyQuestion() has both keys.
    void hostKeyAsked(const core::ssh::HostKeyQuestion &question);
    void promptAsked(const core::ssh::Prompt &prompt);
    void ready();
    void closed();

private:
    void deleteWhenDone();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::ssh

Q_DECLARE_METATYPE(core::ssh::Prompt)
