// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/Instance.h"

#include "core/base/Clock.h"
#include "core/base/Logging.h"
#include "core/fleet/SessionPlan.h"
#include "core/fleet/Tunnels.h"
#include "core/metrics/Sampler.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SecretStore.h"

#include <QRandomGenerator>
#include <QTimer>

namespace core::fleet {

using namespace std::chrono_literals;
using profiles::AuthKind;
using profiles::Profile;
using secrets::SecretId;
using secrets::SecretKind;
using SessionState = ssh::Session::State;

namespace {

/// A booting instance answers late and sshd drops strangers at random (MaxStartups): one failure of
/// the first connect proves nothing.
constexpr int firstTries = 3;
constexpr auto firstPause = 5s;
constexpr auto longestPause = 60s;
/// A sampler that is silent for so long though the session lives is started again.
constexpr auto samplerSilence = 10s;
constexpr auto samplerPause = 5s;

metrics::TimeMs toMs(std::chrono::system_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

} // namespace

// check_sources: long because the whole life of a connection (asking, signing in, sampling, losing,
// retrying) is one state machine that reads best in one place.
class Instance::Private
{
public:
    Private(Instance *instance, QString profileId, Services s)
        : q(instance)
        , id(std::move(profileId))
        , services(s)
        , assembler(s.clock)
    {
    }

    void refreshProfile();
    void begin();
    void readSecrets();
    void openOrAsk();
    void open();
    void onSessionState(SessionState now);
    void onHostKey(const ssh::HostKeyQuestion &question);
    void onReady();
    void onClosed();
    void keepOfferedSecret();
    void startSampler();
    void take(const QByteArray &bytes);
    void rememberHostname(const QString &hostname);
    void setState(State now);
    void setAskingState(State now);
    void setStale(bool now);
    void askSecret(SecretQuestion::Kind kind, const QString &subject, bool rejected);
    void failWith(const Error &error);
    void retryLater(const Error &error);
    void dropSession();
    [[nodiscard]] SecretId wantedSecret() const;
    [[nodiscard]] bool lacksPassword() const;
    [[nodiscard]] QString address() const;

    Instance *q;
    const QString id;
    Services services;
    Profile profile;
    State state = State::Disconnected;
    std::optional<Error> error;
    std::optional<std::chrono::system_clock::time_point> nextRetry;
    std::optional<std::chrono::system_clock::time_point> connectedSince;

    std::unique_ptr<ssh::Session> session;
    std::optional<SessionPlan> plan;
    ssh::Exec *sampler = nullptr;
    metrics::SampleAssembler assembler;
    metrics::SeriesSet series;
    metrics::SamplePtr sample;
    bool stale = false;

    std::optional<ssh::HostKeyQuestion> hostKeyQuestion;
    std::optional<SecretQuestion> secretQuestion;
    std::optional<ssh::Prompt> prompt;
    std::optional<SecretBytes> offered; ///< given by the user, not yet proven
    bool rememberOffered = false;
    bool wasConnected = false; ///< since connectNow(): keep trying for ever
    bool hasPoweredOff = false;
    bool hasBeenConnected = false;
    int failures = 0;
    int generation = 0; ///< of the attempt, so that late answers of secret reads are dropped

    std::unique_ptr<Tunnels> tunnels;
    QTimer retry;
    QTimer silence;
    QTimer samplerRestart;
    QTimer staleTimer;
};

Instance::Instance(QString profileId, Services services, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(profileId), services))
{
    d->refreshProfile();
    d->retry.setSingleShot(true);
    d->silence.setSingleShot(true);
    d->samplerRestart.setSingleShot(true);
    d->staleTimer.setSingleShot(true);
    connect(&d->retry, &QTimer::timeout, this, [this] { d->begin(); });
    connect(&d->staleTimer, &QTimer::timeout, this, [this] { d->setStale(true); });
    connect(&d->samplerRestart, &QTimer::timeout, this, [this] { d->startSampler(); });
    connect(&d->silence, &QTimer::timeout, this, [this] {
        if (d->sampler)
            d->sampler->cancel();
    });
    connect(&services.profiles, &profiles::ProfileStore::changed, this, [this](const QString &id) {
        if (id != d->id)
            return;
        d->refreshProfile();
        Q_EMIT profileChanged();
    });
    d->tunnels = std::make_unique<Tunnels>(*this, services.profiles);
}

Instance::~Instance()
{
    d->tunnels.reset();
    // At once, not from the event loop: at the end of the program there is none any more, and the
    // session's thread must not outlive it.
    if (d->session)
        d->session->disconnect(this);
    d->session.reset();
}

QString Instance::id() const
{
    return d->id;
}

const Profile &Instance::profile() const
{
    return d->profile;
}

Instance::State Instance::state() const
{
    return d->state;
}

bool Instance::isBusy() const
{
    return d->state != State::Disconnected && d->state != State::Connected &&
           d->state != State::Failed;
}

const std::optional<Error> &Instance::lastError() const
{
    return d->error;
}

std::optional<std::chrono::system_clock::time_point> Instance::nextRetry() const
{
    return d->nextRetry;
}

std::optional<std::chrono::system_clock::time_point> Instance::connectedSince() const
{
    return d->connectedSince;
}

bool Instance::hasBeenConnected() const
{
    return d->hasBeenConnected;
}

metrics::SamplePtr Instance::sample() const
{
    return d->sample;
}

bool Instance::isStale() const
{
    return d->stale;
}

const metrics::SeriesSet &Instance::series() const
{
    return d->series;
}

const std::optional<ssh::HostKeyQuestion> &Instance::hostKeyQuestion() const
{
    return d->hostKeyQuestion;
}

const std::optional<SecretQuestion> &Instance::secretQuestion() const
{
    return d->secretQuestion;
}

const std::optional<ssh::Prompt> &Instance::prompt() const
{
    return d->prompt;
}

ssh::Session *Instance::session() const
{
    return d->state == State::Connected ? d->session.get() : nullptr;
}

ssh::SessionOptions Instance::connectionOptions() const
{
    if (!d->plan)
        return {};
    SessionPlan plan = *d->plan;
    // What was just given and works may not be in the store.
    if (d->offered)
        plan.setSecret(d->wantedSecret(), *d->offered);
    return plan.options();
}

Tunnels &Instance::tunnels() const
{
    return *d->tunnels;
}

void Instance::connectNow()
{
    if (isBusy() && d->state != State::Waiting)
        return;
    if (d->state == State::Connected)
        return;
    if (d->state != State::Waiting) {
        d->failures = 0;
        d->wasConnected = false;
    }
    d->begin();
}

void Instance::disconnectNow()
{
    ++d->generation;
    d->retry.stop();
    d->nextRetry.reset();
    d->offered.reset();
    d->dropSession();
    d->error.reset();
    d->setState(State::Disconnected);
}

void Instance::notePowerOff()
{
    d->hasPoweredOff = true;
    disconnectNow();
}

bool Instance::hasPoweredOff() const
{
    return d->hasPoweredOff;
}

void Instance::answerHostKey(bool accept)
{
    if (!d->hostKeyQuestion || !d->session ||
        d->hostKeyQuestion->verdict != ssh::HostKeyVerdict::Unknown)
        return;
    const ssh::HostKeyQuestion question = *d->hostKeyQuestion;
    d->hostKeyQuestion.reset();
    if (!accept) {
        disconnectNow();
        return;
    }
    for (Profile &hop : d->plan->hops()) {
        if (hop.host != question.host || hop.port != question.port)
            continue;
        hop.trustedKeys.push_back({question.offered.type, question.offered.blob});
        const Profile *saved = d->services.profiles.byId(hop.id);
        if (!saved)
            continue; // a jump host given as text: asked again next time
        Profile changed = *saved;
        changed.trustedKeys.push_back({question.offered.type, question.offered.blob});
        if (const auto stored = d->services.profiles.update(changed); !stored)
            qCWarning(lcFleet) << "the host key could not be saved:" << stored.error().detail;
    }
    d->session->answerHostKey(true);
    Q_EMIT stateChanged();
}

void Instance::replaceHostKey()
{
    if (!d->hostKeyQuestion || d->hostKeyQuestion->verdict != ssh::HostKeyVerdict::Changed)
        return;
    const ssh::HostKeyQuestion question = *d->hostKeyQuestion;
    const Profile *target = nullptr;
    if (d->plan) {
        for (const Profile &hop : d->plan->hops()) {
            if (hop.host == question.host && hop.port == question.port)
                target = d->services.profiles.byId(hop.id);
        }
    }
    if (!target)
        return;
    Profile changed = *target;
    changed.trustedKeys = {{question.offered.type, question.offered.blob}};
    if (const auto stored = d->services.profiles.update(changed); !stored) {
        d->failWith(stored.error());
        return;
    }
    d->hostKeyQuestion.reset();
    d->state = State::Disconnected;
    connectNow();
}

void Instance::answerSecret(const SecretBytes &secret, bool remember)
{
    if (!d->secretQuestion)
        return;
    d->secretQuestion.reset();
    offerSecret(secret, remember);
    d->begin();
}

void Instance::offerSecret(const SecretBytes &secret, bool remember)
{
    d->offered = secret;
    d->rememberOffered = remember;
}

void Instance::answerPrompt(const std::vector<SecretBytes> &answers)
{
    if (!d->prompt || !d->session)
        return;
    d->prompt.reset();
    d->session->answerPrompt(answers);
    Q_EMIT stateChanged();
}

void Instance::switchToKey(const SecretBytes &passphrase)
{
    if (d->state != State::Connected || !d->plan)
        return;
    d->refreshProfile();
    d->offered.reset();
    d->plan->switchTarget(d->profile);
    if (!passphrase.isEmpty())
        d->plan->setSecret(d->wantedSecret(), passphrase);
}

void Instance::wake()
{
    if (d->state == State::Waiting)
        d->begin();
    else if (d->state == State::Connected)
        d->session->checkPeer();
}

void Instance::Private::refreshProfile()
{
    const Profile *saved = services.profiles.byId(id);
    if (!saved)
        return;
    const SecretId before = wantedSecret();
    profile = *saved;
    if (offered && !(before == wantedSecret())) {
        // It belongs to the old way of signing in, which the connection that is open still has.
        if (plan && state == State::Connected)
            plan->setSecret(before, *offered);
        offered.reset();
    }
}

void Instance::Private::setState(State now)
{
    if (state == now)
        return;
    state = now;
    if (now == State::Connected)
        connectedSince = services.clock.now();
    else if (now == State::Disconnected || now == State::Failed || now == State::Waiting)
        connectedSince.reset();
    Q_EMIT q->stateChanged();
}

void Instance::Private::setAskingState(State now)
{
    if (state == now)
        Q_EMIT q->stateChanged(); // the question is new
    else
        setState(now);
}

void Instance::Private::setStale(bool now)
{
    if (stale == now)
        return;
    stale = now;
    Q_EMIT q->staleChanged();
}

QString Instance::Private::address() const
{
    return QStringLiteral("%1@%2:%3").arg(profile.user, profile.host).arg(profile.port);
}

SecretId Instance::Private::wantedSecret() const
{
    if (profile.auth == AuthKind::Password)
        return {SecretKind::Password, id};
    return {SecretKind::KeyPassphrase, expandHome(profile.identityFile)};
}

void Instance::Private::begin()
{
    retry.stop();
    nextRetry.reset();
    hasPoweredOff = false;
    error.reset();
    hostKeyQuestion.reset();
    secretQuestion.reset();
    dropSession();
    refreshProfile();
    Result<SessionPlan> made = SessionPlan::make(profile, services.profiles);
    if (!made) {
        failWith(made.error());
        return;
    }
    plan = std::move(*made);
    setState(State::Resolving);
    readSecrets();
}

void Instance::Private::readSecrets()
{
    const int mine = ++generation;
    auto pending = std::make_shared<int>(1);
    const auto done = [this, pending, mine] {
        if (--*pending == 0 && mine == generation)
            openOrAsk();
    };
    for (const SecretId &wanted : plan->wantedSecrets()) {
        if (offered && wanted == wantedSecret()) {
            plan->setSecret(wanted, *offered);
            continue;
        }
        ++*pending;
        secrets::ReadSecret *read = services.secrets.read(wanted, q);
        QObject::connect(read, &Operation::finished, q, [this, read, wanted, done, mine] {
            if (mine == generation && read->isOk() && read->secret())
                plan->setSecret(wanted, *read->secret());
            read->deleteLater();
            done();
        });
    }
    done();
}

void Instance::Private::openOrAsk()
{
    // The first time the host's key is asked about before a password is.
    if (lacksPassword() && !profile.trustedKeys.empty()) {
        askSecret(SecretQuestion::Kind::Password, address(), false);
        return;
    }
    open();
}

bool Instance::Private::lacksPassword() const
{
    return profile.auth == AuthKind::Password && !plan->hasSecret({SecretKind::Password, id});
}

void Instance::Private::askSecret(SecretQuestion::Kind kind, const QString &subject, bool rejected)
{
    dropSession();
    secretQuestion = SecretQuestion{kind, subject, rejected,
                                    services.secrets.persistence() ==
                                        secrets::SecretStore::Persistence::Keychain};
    setAskingState(State::SigningIn);
    Q_EMIT q->secretAsked();
}

void Instance::Private::open()
{
    session = std::make_unique<ssh::Session>();
    QObject::connect(session.get(), &ssh::Session::stateChanged, q,
                     [this](SessionState now) { onSessionState(now); });
    QObject::connect(session.get(), &ssh::Session::hostKeyAsked, q,
                     [this](const ssh::HostKeyQuestion &question) { onHostKey(question); });
    QObject::connect(session.get(), &ssh::Session::promptAsked, q,
                     [this](const ssh::Prompt &asked) {
                         prompt = asked;
                         setAskingState(State::SigningIn);
                         Q_EMIT q->promptAsked();
                     });
    QObject::connect(session.get(), &ssh::Session::ready, q, [this] { onReady(); });
    QObject::connect(session.get(), &ssh::Session::closed, q, [this] { onClosed(); });
    ssh::SessionOptions options = plan->options();
    if (lacksPassword())
        options.auth.clear(); // ends with AuthRejected, then it is asked for and can be remembered
    session->open(options);
}

void Instance::Private::onSessionState(SessionState now)
{
    switch (now) {
    case SessionState::Resolving: setState(State::Resolving); break;
    case SessionState::Connecting: setState(State::Connecting); break;
    case SessionState::Handshaking: setState(State::Handshaking); break;
    case SessionState::CheckingHost: setState(State::CheckingHost); break;
    case SessionState::SigningIn: setState(State::SigningIn); break;
    default: break; // ready() and closed() say these
    }
}

void Instance::Private::onHostKey(const ssh::HostKeyQuestion &question)
{
    hostKeyQuestion = question;
    setAskingState(State::CheckingHost);
    Q_EMIT q->hostKeyAsked();
}

void Instance::Private::onReady()
{
    failures = 0;
    wasConnected = true;
    hasBeenConnected = true;
    prompt.reset();
    keepOfferedSecret();
    assembler.reset();
    setState(State::Connected);
    startSampler();
}

void Instance::Private::keepOfferedSecret()
{
    if (!offered)
        return;
    // It worked: now it is worth keeping. Without a wish to remember it stays for this session, so
    // that a reconnect at night does not wait for a person.
    if (rememberOffered) {
        Operation *write = services.secrets.write(wantedSecret(), *offered, q);
        QObject::connect(write, &Operation::finished, q, [write] {
            if (write->error())
                qCWarning(lcFleet)
                    << "the keychain did not take the secret:" << write->error()->detail;
            write->deleteLater();
        });
        offered.reset();
    }
}

void Instance::Private::startSampler()
{
    if (!session || state != State::Connected)
        return;
    ssh::ExecOptions options;
    options.collect = false;
    options.input = metrics::samplerInput();
    options.closeStdin = false; // it ends when its stdin does
    sampler = session->exec(metrics::samplerCommand({}), options);
    silence.start(samplerSilence);
    QObject::connect(sampler, &ssh::Exec::outputReceived, q,
                     [this](const QByteArray &bytes) { take(bytes); });
    QObject::connect(sampler, &Operation::finished, q, [this, ended = sampler] {
        qCDebug(lcSampler) << "the sampler ended";
        ended->deleteLater();
        if (sampler != ended)
            return;
        sampler = nullptr;
        silence.stop();
        if (state == State::Connected)
            samplerRestart.start(samplerPause);
    });
}

void Instance::Private::take(const QByteArray &bytes)
{
    const std::vector<metrics::SamplePtr> samples = assembler.feed(bytes);
    if (samples.empty())
        return;
    silence.start(samplerSilence);
    staleTimer.start(3500ms);
    for (const metrics::SamplePtr &one : samples)
        series.append(*one);
    sample = samples.back();
    if (sample->host.hostname)
        rememberHostname(*sample->host.hostname);
    setStale(false);
    Q_EMIT q->sampleArrived();
}

void Instance::Private::rememberHostname(const QString &hostname)
{
    const Profile *saved = services.profiles.byId(id);
    if (!saved || saved->containerHostname == hostname)
        return;
    Profile changed = *saved;
    changed.containerHostname = hostname;
    profile.containerHostname = hostname; // also when saving fails: not tried every second
    if (const auto stored = services.profiles.update(changed); !stored)
        qCWarning(lcFleet) << "the host name could not be saved:" << stored.error().detail;
}

void Instance::Private::dropSession()
{
    sampler = nullptr;
    silence.stop();
    samplerRestart.stop();
    prompt.reset();
    hostKeyQuestion.reset();
    if (session) {
        session->disconnect(q);
        // Its own signal may be on the stack, and others wait for what they asked of it.
        ssh::Session *retired = session.release();
        retired->setParent(q);
        retired->retire();
    }
    if (sample && !stale) {
        series.appendGap(toMs(services.clock.now()));
        staleTimer.stop();
        setStale(true);
    }
}

void Instance::Private::onClosed()
{
    const Error why = session->error().value_or(Error{ErrorCode::Disconnected, Step::None, {}});
    const std::optional<ssh::HostKeyQuestion> shown = session->hostKeyQuestion();
    const bool hadSecret = plan && plan->hasSecret(wantedSecret());
    dropSession();
    if (mayComeBack(why)) {
        retryLater(why);
        return;
    }
    if (why.code == ErrorCode::AuthRejected && profile.auth == AuthKind::Password) {
        // After a restart of the instance the password may be another.
        offered.reset();
        askSecret(SecretQuestion::Kind::Password, address(), hadSecret);
        return;
    }
    if (why.code == ErrorCode::KeyPassphraseNeeded && !profile.identityFile.isEmpty()) {
        offered.reset();
        askSecret(SecretQuestion::Kind::Passphrase, profile.identityFile, hadSecret);
        return;
    }
    if (why.code == ErrorCode::HostKeyChanged)
        hostKeyQuestion = shown;
    failWith(why);
}

void Instance::Private::failWith(const Error &why)
{
    error = why;
    state = State::Failed;
    connectedSince.reset();
    Q_EMIT q->stateChanged();
}

void Instance::Private::retryLater(const Error &why)
{
    ++failures;
    if (!wasConnected && failures >= firstTries) {
        failWith(why);
        return;
    }
    std::chrono::milliseconds pause = firstPause;
    if (wasConnected) {
        // 2, 4, 8, ... 60 s, a fifth of it by chance: five instances do not knock at once.
        pause = std::min<std::chrono::milliseconds>(longestPause,
                                                    1000ms * (1 << std::min(failures, 6)));
        pause += pause * QRandomGenerator::global()->bounded(20) / 100;
    }
    error = why;
    nextRetry = services.clock.now() + pause;
    state = State::Waiting;
    connectedSince.reset();
    Q_EMIT q->stateChanged();
    retry.start(pause);
}

} // namespace core::fleet
