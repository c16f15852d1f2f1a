// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/KeyInstaller.h"

#include "core/base/Logging.h"
#include "core/fleet/SessionPlan.h"
#include "core/keys/KeyFile.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SecretStore.h"

#include <QFile>
#include <QTimer>

namespace core::fleet {

using namespace std::chrono_literals;
using core::profiles::AuthKind;
using core::profiles::Profile;
using core::secrets::SecretId;
using core::secrets::SecretKind;

namespace {

/// sshd drops strangers at random (MaxStartups): one lost connection proves nothing of the key.
constexpr int mostLogins = 3;
constexpr auto tryPause = 1s;
constexpr qint64 largestPublicKey = 64 * 1024;

Result<keys::AuthorizedKey> publicKeyOf(const KeyInstallRequest &request)
{
    if (!request.publicKeyLine.isEmpty())
        return keys::parsePublicKeyLine(request.publicKeyLine);
    const QString path = expandHome(request.identityFile) + QStringLiteral(".pub");
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, Step::Auth, path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::LocalIo, Step::Auth,
                    path + QStringLiteral(": ") + file.errorString());
    Result<keys::AuthorizedKey> key = keys::parsePublicKeyLine(file.read(largestPublicKey));
    if (!key)
        return fail(key.error().code, key.error().step,
                    path + QStringLiteral(": ") + key.error().detail);
    return key;
}

} // namespace

class KeyInstaller::Private
{
public:
    Private(KeyInstaller *installer, KeyInstallTarget to, profiles::ProfileStore &profileStore,
            secrets::SecretStore &secretStore, KeyInstallRequest asked)
        : q(installer)
        , target(std::move(to))
        , profiles(profileStore)
        , secrets(secretStore)
        , request(std::move(asked))
    {
    }

    void begin();
    void withPassphrase();
    void append();
    void tryKey();
    void onTryClosed();
    void switchProfile();
    void keepPassphrase();
    void forgetPassword();
    void refuse(const Error &error);
    void takeBack(const Error &error);
    void setStage(Stage now);
    /// Null when it is gone.
    [[nodiscard]] ssh::Session *session() const
    {
        const bool ready = target.session && target.session->state() == ssh::Session::State::Ready;
        return ready ? target.session.data() : nullptr;
    }
    [[nodiscard]] SecretId passphraseId() const
    {
        return {SecretKind::KeyPassphrase, expandHome(request.identityFile)};
    }
    /// Runs \a next with the operation once it has ended, if nothing was cancelled meanwhile.
    template <typename Op, typename Next>
    void follow(Op *operation, Next next)
    {
        current = operation;
        connect(operation, &Operation::finished, q, [this, operation, next] {
            operation->deleteLater();
            if (current == operation)
                current = nullptr;
            next(*operation);
        });
    }

    KeyInstaller *q;
    KeyInstallTarget target;
    profiles::ProfileStore &profiles;
    secrets::SecretStore &secrets;
    KeyInstallRequest request;
    Stage stage = Stage::Appending;
    keys::AuthorizedKey key;
    QPointer<Operation> current;
    std::unique_ptr<ssh::Session> trial;
    QTimer pause;
    int tries = 0;
    bool appended = false; ///< by this run
    bool wasThere = false;
    bool removedAgain = false;
    bool cancelled = false;
    bool appending = false; ///< under way on the instance
    bool ending = false;    ///< the line is being taken out again
    QByteArray path;
    QByteArray link;
    std::vector<KeyObstacle> obstacles;
    std::optional<Error> passwordLeft;
};

KeyInstallTarget KeyInstallTarget::of(Instance &instance)
{
    return {instance.session(), instance.connectionOptions(), instance.id(), &instance};
}

KeyInstaller::KeyInstaller(KeyInstallTarget target, profiles::ProfileStore &profiles,
                           secrets::SecretStore &secrets, KeyInstallRequest request,
                           QObject *parent)
    : Operation(parent)
    , d(std::make_unique<Private>(this, std::move(target), profiles, secrets, std::move(request)))
{
    d->pause.setSingleShot(true);
    connect(&d->pause, &QTimer::timeout, this, [this] { d->tryKey(); });
    QMetaObject::invokeMethod(
        this, [this] { d->begin(); }, Qt::QueuedConnection);
}

KeyInstaller::~KeyInstaller()
{
    if (d->trial)
        d->trial->disconnect(this);
}

KeyInstaller::Stage KeyInstaller::stage() const
{
    return d->stage;
}

bool KeyInstaller::wasInstalled() const
{
    return d->wasThere;
}

bool KeyInstaller::wasRemovedAgain() const
{
    return d->removedAgain;
}

QByteArray KeyInstaller::path() const
{
    return d->path;
}

QByteArray KeyInstaller::linkTarget() const
{
    return d->link;
}

const std::vector<KeyObstacle> &KeyInstaller::obstacles() const
{
    return d->obstacles;
}

const std::optional<Error> &KeyInstaller::passwordLeft() const
{
    return d->passwordLeft;
}

void KeyInstaller::doCancel()
{
    if (d->stage == Stage::Switching || d->stage == Stage::Done)
        return; // proven and being saved: what is left to do takes no time
    d->cancelled = true;
    if (d->appending || d->ending)
        return; // whether the line is there is known when this ends; then it is taken out
    d->pause.stop();
    if (d->trial) {
        d->trial->disconnect(this);
        d->trial->close();
        d->trial.release()->deleteLater();
    }
    if (d->current) {
        disconnect(d->current, nullptr, this, nullptr);
        d->current->deleteLater();
    }
    d->takeBack({ErrorCode::Cancelled, Step::Install, {}});
}

void KeyInstaller::Private::setStage(Stage now)
{
    if (stage == now)
        return;
    stage = now;
    Q_EMIT q->stageChanged(now);
}

/// All that can be known to fail is found before anything is changed on the instance.
void KeyInstaller::Private::begin()
{
    if (cancelled)
        return;
    if (!session()) {
        q->failWith({ErrorCode::Disconnected, Step::Install, {}});
        return;
    }
    Result<keys::AuthorizedKey> line = publicKeyOf(request);
    if (!line) {
        q->failWith(line.error());
        return;
    }
    key = std::move(*line);
    if (request.throughAgent) {
        append();
        return;
    }
    const Result<keys::KeyFile> file = keys::readKeyFile(request.identityFile);
    if (!file) {
        q->failWith(file.error());
        return;
    }
    if (!file->encrypted || !request.passphrase.isEmpty()) {
        append();
        return;
    }
    follow(secrets.read(passphraseId(), q), [this](const secrets::ReadSecret &read) {
        if (read.isOk() && read.secret())
            request.passphrase = *read.secret();
        withPassphrase();
    });
}

void KeyInstaller::Private::withPassphrase()
{
    if (request.passphrase.isEmpty())
        q->failWith({ErrorCode::KeyPassphraseNeeded, Step::Auth, request.identityFile});
    else
        append();
}

void KeyInstaller::Private::append()
{
    ssh::Session *open = session();
    if (!open) {
        q->failWith({ErrorCode::Disconnected, Step::Install, {}});
        return;
    }
    Q_EMIT q->stageChanged(stage);
    if (cancelled) // by who heard it
        return;
    appending = true;
    follow(RemoteKeys::install(*open, key, q), [this](const RemoteKeys &ended) {
        appending = false;
        path = ended.path();
        link = ended.linkTarget();
        if (ended.error()) {
            q->failWith(*ended.error());
            return;
        }
        appended = ended.changed();
        wasThere = !ended.changed();
        if (cancelled) {
            takeBack({ErrorCode::Cancelled, Step::Install, {}});
            return;
        }
        setStage(Stage::TryingKey);
        if (!cancelled)
            tryKey();
    });
}

void KeyInstaller::Private::tryKey()
{
    if (!session()) {
        q->failWith({ErrorCode::Disconnected, Step::Install, {}});
        return;
    }
    ++tries;
    ssh::SessionOptions options = target.options;
    // The key and nothing else: a password that still works would prove nothing.
    if (request.throughAgent)
        options.auth = {ssh::AgentAuth{}};
    else
        options.auth = {ssh::KeyAuth{expandHome(request.identityFile), request.passphrase}};
    trial = std::make_unique<ssh::Session>();
    connect(trial.get(), &ssh::Session::hostKeyAsked, q,
            [this] { trial->answerHostKey(false); }); // another key than a minute ago
    connect(trial.get(), &ssh::Session::ready, q, [this] {
        trial->disconnect(q);
        trial->close();
        trial.release()->deleteLater();
        switchProfile();
    });
    connect(trial.get(), &ssh::Session::closed, q, [this] { onTryClosed(); });
    trial->open(options);
}

void KeyInstaller::Private::onTryClosed()
{
    const Error why = trial->error().value_or(Error{ErrorCode::Disconnected, Step::Install, {}});
    trial->disconnect(q);
    trial.release()->deleteLater(); // inside its signal
    if (mayComeBack(why) && tries < mostLogins) {
        pause.start(tryPause);
        return;
    }
    if (why.code == ErrorCode::AuthRejected)
        refuse({ErrorCode::AuthRejected, Step::Install, why.detail});
    else
        takeBack(why);
}

/// The server does not take the key: why, as far as can be seen.
void KeyInstaller::Private::refuse(const Error &error)
{
    ssh::Session *open = session();
    if (!open) {
        q->failWith(error);
        return;
    }
    follow(new FindKeyObstacles(*open, q), [this, error](const FindKeyObstacles &found) {
        obstacles = found.obstacles();
        takeBack(error);
    });
}

/// Ends with \a error, after the line of this run is out of the file again.
void KeyInstaller::Private::takeBack(const Error &error)
{
    ssh::Session *open = session();
    const bool wanted = error.code == ErrorCode::Cancelled || request.removeIfRefused;
    if (!appended || !wanted || !open) {
        q->failWith(error);
        return;
    }
    appended = false;
    ending = true;
    follow(RemoteKeys::remove(*open, key, q), [this, error](const RemoteKeys &ended) {
        removedAgain = ended.isOk() && ended.changed();
        q->failWith(error);
    });
}

void KeyInstaller::Private::switchProfile()
{
    setStage(Stage::Switching);
    if (target.profileId.isEmpty()) {
        keepPassphrase();
        return;
    }
    const Profile *saved = profiles.byId(target.profileId);
    if (!saved) {
        takeBack({ErrorCode::NotFound, Step::Profile, {}});
        return;
    }
    Profile changed = *saved;
    changed.auth = request.throughAgent ? AuthKind::Agent : AuthKind::Key;
    changed.identityFile = request.throughAgent ? QString() : request.identityFile;
    if (const Result<> stored = profiles.update(changed); !stored) {
        takeBack(stored.error());
        return;
    }
    if (target.instance)
        target.instance->switchToKey(request.passphrase);
    keepPassphrase();
}

void KeyInstaller::Private::keepPassphrase()
{
    if (!request.rememberPassphrase || request.passphrase.isEmpty()) {
        forgetPassword();
        return;
    }
    follow(secrets.write(passphraseId(), request.passphrase, q), [this](const Operation &write) {
        if (write.error())
            qCWarning(lcFleet) << "the keychain did not take the passphrase:"
                               << write.error()->detail;
        forgetPassword();
    });
}

void KeyInstaller::Private::forgetPassword()
{
    const auto end = [this] {
        request.passphrase.clear();
        setStage(Stage::Done);
        q->succeed();
    };
    if (!request.forgetPassword || target.profileId.isEmpty()) {
        end();
        return;
    }
    follow(secrets.remove({SecretKind::Password, target.profileId}, q),
           [this, end](const Operation &removed) {
               passwordLeft = removed.error();
               end();
           });
}

} // namespace core::fleet
