// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/metrics/Sample.h"
#include "core/metrics/SeriesSet.h"
#include "core/profiles/Profile.h"
#include "core/ssh/Session.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace core {
class Clock;
}
namespace core::profiles {
class ProfileStore;
}
namespace core::secrets {
class SecretStore;
}

namespace core::fleet {

class Tunnels;

/// What the user must answer before signing in can go on.
struct SecretQuestion
{
    enum class Kind { Password, Passphrase };
    Kind kind = Kind::Password;
    QString subject;          ///< user@host:port, or the key's path
    bool wasRejected = false; ///< the last answer (or the stored secret) did not work
    bool canRemember = false; ///< a keychain is there
};

/// One saved instance and all that is live about it: session, sampler, series, reconnecting.
/// GUI thread. The series and the last sample stay after the connection is lost (see isStale()).
class Instance : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Disconnected, ///< on purpose, or never connected
        Resolving,
        Connecting,
        Handshaking,
        CheckingHost, ///< may be waiting for answerHostKey()
        SigningIn,    ///< may be waiting for answerSecret() / answerPrompt()
        Connected,
        Waiting, ///< lost; the next try is at nextRetry()
        Failed   ///< gave up: lastError(); only the user can go on
    };
    Q_ENUM(State)

    struct Services
    {
        profiles::ProfileStore &profiles;
        secrets::SecretStore &secrets;
        const Clock &clock;
    };

    Instance(QString profileId, Services services, QObject *parent = nullptr);
    ~Instance() override;

    [[nodiscard]] QString id() const;
    [[nodiscard]] const profiles::Profile &profile() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] bool isBusy() const; ///< between connectNow() and Connected/Failed
    [[nodiscard]] const std::optional<Error> &lastError() const;
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> nextRetry() const;
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> connectedSince() const;
    /// It has powered itself off, as far as one can tell: nobody tries to connect. Until
    /// connectNow().
    [[nodiscard]] bool hasPoweredOff() const;
    /// Whether it was Connected at any time since this object was made.
    [[nodiscard]] bool hasBeenConnected() const;

    /// Null before the first sample.
    [[nodiscard]] metrics::SamplePtr sample() const;
    /// True when sample() is older than three intervals or the connection is gone.
    [[nodiscard]] bool isStale() const;
    [[nodiscard]] const metrics::SeriesSet &series() const;

    [[nodiscard]] const std::optional<ssh::HostKeyQuestion> &hostKeyQuestion() const;
    [[nodiscard]] const std::optional<SecretQuestion> &secretQuestion() const;
    [[nodiscard]] const std::optional<ssh::Prompt> &prompt() const;

    /// For one-off commands by other parts; null unless Connected.
    [[nodiscard]] ssh::Session *session() const;
    /// For further connections to it, with the secrets that this one was made with; only when it
    /// has been connected.
    [[nodiscard]] ssh::SessionOptions connectionOptions() const;
    /// The ports that are forwarded while it is connected.
    [[nodiscard]] Tunnels &tunnels() const;

public Q_SLOTS:
    void connectNow();
    /// Cancels a running attempt or closes the connection; stops reconnecting.
    void disconnectNow();
    /// What it was to do by itself has come: disconnectNow(), and it is known why.
    void notePowerOff();
    /// Trusts the offered key for this profile from now on (saved), or refuses.
    void answerHostKey(bool accept);
    /// After Failed with HostKeyChanged: trusts the new key in place of the old ones and connects.
    void replaceHostKey();
    /// \a remember: also store in the keychain (or for this session where there is none).
    void answerSecret(const core::SecretBytes &secret, bool remember);
    void answerPrompt(const std::vector<core::SecretBytes> &answers);
    /// The machine woke from sleep or the network changed: probe now, retry now.
    void wake();
    /// The saved profile has just been switched to a key that was proven on another connection:
    /// further connections use it, and the password is forgotten here. Only while Connected.
    /// \a passphrase: of the key file, empty = none.
    void switchToKey(const core::SecretBytes &passphrase);
    /// For a secret that was just pasted: used for the next sign-in, stored after it worked.
    void offerSecret(const core::SecretBytes &secret, bool remember);

Q_SIGNALS:
    void stateChanged(); ///< also when a question came or went
    void sampleArrived();
    void staleChanged();
    void profileChanged();
    void hostKeyAsked();
    void secretAsked();
    void promptAsked();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::fleet
