// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/KeyOffer.h"

#include "core/secrets/SecretStore.h"
#include "ui/common/Describe.h"
#include "ui/common/Theme.h"
#include "ui/keys/KeyDialogs.h"

#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QPushButton>

#include <algorithm>

namespace ui::keys {

using core::fleet::Instance;
using core::fleet::KeyInstaller;
using core::fleet::KeyObstacle;
using core::keys::KeyEntry;
using core::keys::KeyProblem;
using core::keys::KeyType;

namespace {

/// As a profile has it: the home folder's name may be another one on the next computer.
QString profilePath(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

bool needsNoPassphrase(const KeyEntry &key)
{
    return key.publicKey && !key.encrypted && key.problem == KeyProblem::None &&
           core::keys::refusalOf(key.publicKey->type()).isEmpty();
}

/// Why sshd may not look at the key, for people; "" when nothing is known.
QString obstacleText(const std::vector<KeyObstacle> &obstacles)
{
    QStringList words;
    for (const KeyObstacle &one : obstacles) {
        const QString subject = QString::fromUtf8(one.subject);
        switch (one.kind) {
        case KeyObstacle::Kind::HomeWritable:
        case KeyObstacle::Kind::FolderWritable:
        case KeyObstacle::Kind::FileWritable:
            words += KeyOffer::tr("Others may write to %1, so the server ignores the keys in it.")
                         .arg(subject);
            break;
        case KeyObstacle::Kind::ForeignOwner:
            words +=
                KeyOffer::tr("%1 belongs to another user, so the server ignores it.").arg(subject);
            break;
        case KeyObstacle::Kind::FileElsewhere:
            words += KeyOffer::tr("The server looks for keys elsewhere (%1).").arg(subject);
            break;
        case KeyObstacle::Kind::KeysSwitchedOff:
            words += KeyOffer::tr("The server takes no keys (%1).").arg(subject);
            break;
        case KeyObstacle::Kind::MoreIsAsked:
            words += KeyOffer::tr("The server wants more than a key (%1).").arg(subject);
            break;
        }
    }
    return words.join(u' ');
}

} // namespace

KeyOffer::KeyOffer(Instance::Services services, core::keys::KeyWorker &worker, QWidget *parent)
    : Banner(parent)
    , m_services(services)
    , m_worker(worker)
{
    setObjectName(QStringLiteral("keyOffer"));
    setClosable(true);
    hide();
    connect(this, &Banner::closed, this, [this] {
        if (m_state == State::Idle && m_instance)
            m_declined.insert(m_instance->id());
        if (m_running)
            m_running->cancel();
        else
            m_state = State::Idle;
        update();
    });
}

KeyOffer::~KeyOffer() = default;

void KeyOffer::setInstance(Instance *instance)
{
    if (m_instance)
        m_instance->disconnect(this);
    m_instance = instance;
    if (instance) {
        connect(instance, &Instance::stateChanged, this, &KeyOffer::update);
        connect(instance, &Instance::profileChanged, this, &KeyOffer::update);
    }
    update();
}

void KeyOffer::setOffers(bool offers)
{
    if (m_offers == offers)
        return;
    m_offers = offers;
    update();
}

void KeyOffer::install(Instance *instance, const QString &path, const core::SecretBytes &passphrase)
{
    if (m_running)
        return;
    aim(instance);
    m_askedPath = path;
    m_passphrase = passphrase;
    m_state = State::Looking;
    update();
    const QStringList folders =
        path.isEmpty() ? QStringList{core::keys::defaultKeyFolder()} : QStringList();
    const QStringList files = path.isEmpty() ? QStringList() : QStringList{path};
    core::keys::KeysOperation *list = m_worker.list(folders, files, this);
    m_running = list;
    connect(list, &core::Operation::finished, this, [this, list] {
        list->deleteLater();
        m_running.clear();
        if (list->isOk())
            choose(list->value());
        else
            failed(*list->error());
    });
}

void KeyOffer::installFromAgent(Instance *instance, const core::keys::PublicKey &key)
{
    if (m_running)
        return;
    aim(instance);
    m_agentKey = key;
    core::fleet::KeyInstallRequest request;
    request.throughAgent = true;
    request.publicKeyLine = key.line();
    begin(request);
}

void KeyOffer::aim(Instance *instance)
{
    m_target = instance;
    m_askedPath.clear();
    m_keyPath.clear();
    m_agentKey.reset();
    m_isEncrypted = false;
    m_mayBeLeft = false;
    m_error.reset();
    m_obstacles.clear();
}

void KeyOffer::choose(const std::vector<KeyEntry> &found)
{
    if (!m_askedPath.isEmpty()) {
        if (found.empty())
            failed({core::ErrorCode::NotFound, core::Step::Key, m_askedPath});
        else
            begin(found.front());
        return;
    }
    for (const KeyType type : {KeyType::Ed25519, KeyType::Ecdsa256, KeyType::Rsa}) {
        const auto fits = std::find_if(found.begin(), found.end(), [type](const KeyEntry &key) {
            return needsNoPassphrase(key) && key.publicKey->type() == type;
        });
        if (fits != found.end()) {
            begin(*fits);
            return;
        }
    }
    m_state = State::Making;
    update();
    core::keys::KeyOperation *make =
        m_worker.generate(core::keys::usualKey(QDate::currentDate()), this);
    m_running = make;
    connect(make, &core::Operation::finished, this, [this, make] {
        make->deleteLater();
        m_running.clear();
        if (!make->isOk()) {
            failed(*make->error());
            return;
        }
        Q_EMIT keysChanged();
        begin(make->value());
    });
}

void KeyOffer::begin(const KeyEntry &key)
{
    m_keyPath = key.path;
    m_isEncrypted = key.encrypted;
    core::fleet::KeyInstallRequest request;
    request.identityFile = profilePath(key.path);
    if (key.publicKey)
        request.publicKeyLine = key.publicKey->line();
    request.passphrase = std::exchange(m_passphrase, {});
    request.rememberPassphrase = !request.passphrase.isEmpty();
    begin(request);
}

void KeyOffer::begin(const core::fleet::KeyInstallRequest &request)
{
    if (!m_target || !m_target->session()) {
        failed({core::ErrorCode::Disconnected, core::Step::Install, {}});
        return;
    }
    m_state = State::Installing;
    m_installer = new KeyInstaller(core::fleet::KeyInstallTarget::of(*m_target),
                                   m_services.profiles, m_services.secrets, request, this);
    m_running = m_installer;
    connect(m_installer, &KeyInstaller::stageChanged, this, &KeyOffer::update);
    connect(m_installer, &core::Operation::finished, this, &KeyOffer::ended);
    update();
}

void KeyOffer::ended()
{
    m_running.clear();
    if (m_installer->isOk()) {
        m_state = State::Done;
        update();
        Q_EMIT keysChanged();
        if (!m_agentKey)
            Q_EMIT keyUsed(m_keyPath);
    } else {
        m_obstacles = obstacleText(m_installer->obstacles());
        const core::Error error = *m_installer->error();
        m_mayBeLeft =
            !m_installer->wasInstalled() && !m_installer->wasRemovedAgain() &&
            (m_installer->stage() != KeyInstaller::Stage::Appending || core::mayComeBack(error));
        failed(error);
    }
    m_installer->deleteLater();
    m_installer.clear();
}

void KeyOffer::failed(const core::Error &error)
{
    m_passphrase = {};
    if (error.code == core::ErrorCode::Cancelled) {
        m_state = State::Idle;
    } else {
        m_state = State::Failed;
        m_error = error;
    }
    update();
}

void KeyOffer::update()
{
    if (m_state != State::Idle && !m_target)
        m_state = State::Idle;
    if (!m_instance || (m_state != State::Idle && m_target != m_instance)) {
        hide();
        return;
    }
    switch (m_state) {
    case State::Idle: {
        const bool offers = m_offers && m_instance->state() == Instance::State::Connected &&
                            m_instance->profile().auth == core::profiles::AuthKind::Password &&
                            !m_declined.contains(m_instance->id());
        if (offers) {
            clearActions();
            setTechnical({});
            setMessage(Kind::Info, tr("Never type this password again"),
                       tr("One click makes a key, puts it on the instance, tries it and signs in "
                          "with it from then on."));
            QPushButton *use = addAction(tr("Use a key"));
            use->setObjectName(QStringLiteral("useKey"));
            connect(use, &QPushButton::clicked, this, [this] { install(m_instance, {}); });
        }
        setVisible(offers);
        return;
    }
    case State::Looking:
    case State::Making:
    case State::Installing: showProgress(); break;
    case State::Done:
        clearActions();
        setTechnical({});
        setMessage(Kind::Good,
                   m_agentKey ? tr("From now on Danlu signs in through the agent")
                              : tr("From now on Danlu signs in with the key %1")
                                    .arg(QFileInfo(m_keyPath).fileName()),
                   tr("It was tried on a new connection. The password is still valid in the "
                      "provider's console, but it is not needed here any more."));
        break;
    case State::Failed: showFailure(); break;
    }
    show();
}

void KeyOffer::showProgress()
{
    QString text = tr("Looking for a key…");
    QString details = tr("Until it has worked, nothing changes.");
    if (m_state == State::Making)
        text = tr("Making a key…");
    if (m_installer) {
        switch (m_installer->stage()) {
        case KeyInstaller::Stage::Appending: text = tr("Putting the key on the instance…"); break;
        case KeyInstaller::Stage::TryingKey: text = tr("Trying to sign in with it…"); break;
        case KeyInstaller::Stage::Switching:
        case KeyInstaller::Stage::Done:
            text = tr("Switching the instance to the key…");
            details = tr("The system's keychain may ask you to unlock it.");
            break;
        }
    }
    clearActions();
    setTechnical({});
    setMessage(Kind::Info, text, details);
    QPushButton *cancel = addAction(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("keyCancel"));
    connect(cancel, &QPushButton::clicked, this, [this] {
        if (m_running)
            m_running->cancel();
    });
}

void KeyOffer::showFailure()
{
    clearActions();
    ErrorContext context;
    context.path = m_askedPath.isEmpty() ? m_keyPath : m_askedPath;
    context.auth = m_agentKey ? ErrorContext::Auth::Agent : ErrorContext::Auth::Key;
    context.instance = m_instance->profile().name;
    const Description words = describe(*m_error, context);
    const bool password = m_instance->profile().auth == core::profiles::AuthKind::Password;
    const QString unchanged = password
                                  ? tr("Danlu goes on signing in with the password, which is kept.")
                                  : tr("Danlu goes on signing in as before.");
    const QString left = m_mayBeLeft ? tr("The key may be in the instance's list already; that "
                                          "does no harm.")
                                     : QString();
    setMessage(Kind::Warning, words.title,
               QStringList{words.why, m_obstacles, unchanged, left}.join(u' ').simplified());
    setTechnical(words.technical);
    QPushButton *again = addAction(tr("Try again"));
    again->setObjectName(QStringLiteral("keyAgain"));
    connect(again, &QPushButton::clicked, this, &KeyOffer::again);
}

void KeyOffer::again()
{
    if (m_agentKey)
        installFromAgent(m_target, core::keys::PublicKey(*m_agentKey));
    else if (m_isEncrypted)
        askPassphrase();
    else
        install(m_target, QString(m_askedPath));
}

/// It is not kept from one try to the next.
void KeyOffer::askPassphrase()
{
    auto *dialog = new PassphraseDialog(
        tr("Install a key"),
        tr("%1 is protected by a passphrase.").arg(QFileInfo(m_keyPath).fileName()),
        PassphraseDialog::Present, tr("Try again"), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, target = m_target, path = m_keyPath] {
        if (target)
            install(target, path, dialog->takePresent());
    });
    dialog->open();
}

void KeyOffer::changeEvent(QEvent *event)
{
    Banner::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

} // namespace ui::keys
