// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/KeychainStore.h"

#include "core/base/Logging.h"
#include "core/secrets/SecretOperations.h"

#include <QPointer>
#include <QTimer>

#if __has_include(<qt6keychain/keychain.h>)
#include <qt6keychain/keychain.h>
#else
#include <keychain.h>
#endif

namespace core::secrets {

using namespace std::chrono_literals;

namespace {

const QString serviceName = QStringLiteral("danlu");
/// Windows refuses blobs over 2,560 bytes, UTF-16: below this every system takes it.
constexpr qsizetype largest = 2047;
/// A keychain that waits for its own password dialog takes a person's time; a dead bus for ever.
constexpr auto patience = 60s;

QString keyName(const SecretId &id)
{
    switch (id.kind) {
    case SecretKind::Password: return QStringLiteral("password/") + id.owner;
    case SecretKind::KeyPassphrase: return QStringLiteral("passphrase/") + id.owner;
    case SecretKind::ApiToken: return QStringLiteral("token/") + id.owner;
    }
    return id.owner;
}

/// No keychain at all, as opposed to "not this time". Without a D-Bus or a secret service
/// QtKeychain says OtherError on Linux.
bool isMissing(QKeychain::Error error)
{
#ifdef Q_OS_LINUX
    if (error == QKeychain::OtherError)
        return true;
#endif
    return error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented;
}

template <typename Job>
Job *prepare(const SecretId &id, QObject *parent)
{
    auto *job = new Job(serviceName, parent);
    job->setKey(keyName(id));
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    return job;
}

/// Calls \a late once if the job has not finished in time.
void limit(QKeychain::Job *job, QObject *operation, const std::function<void()> &late)
{
    auto *timer = new QTimer(operation);
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, operation, late);
    QObject::connect(job, &QKeychain::Job::finished, timer, &QTimer::stop);
    timer->start(patience);
}

} // namespace

KeychainStore::KeychainStore(QObject *parent)
    : SecretStore(parent)
{
}

void KeychainStore::fallBack()
{
    if (m_persistence == Persistence::SessionOnly)
        return;
    m_persistence = Persistence::SessionOnly;
    Q_EMIT persistenceChanged();
}

ReadSecret *KeychainStore::read(const SecretId &id, QObject *parent)
{
    if (m_persistence == Persistence::SessionOnly || m_session.find(id))
        return m_session.read(id, parent);
    auto *operation = new SettableRead(parent);
    auto *job = prepare<QKeychain::ReadPasswordJob>(id, this);
    connect(job, &QKeychain::Job::finished, operation, [this, operation, job] {
        if (job->error() == QKeychain::NoError) {
            QByteArray bytes = job->binaryData();
            operation->finishWith(SecretBytes::takeFrom(bytes));
        } else {
            qCDebug(lcSecrets) << "nothing read:" << job->errorString();
            if (isMissing(job->error()))
                fallBack();
            operation->finishWith(std::nullopt); // the user is asked instead
        }
    });
    limit(job, operation, [operation] {
        operation->failWith({ErrorCode::TimedOut, Step::Keychain, {}});
    });
    job->start();
    return operation;
}

Operation *KeychainStore::write(const SecretId &id, const SecretBytes &secret, QObject *parent)
{
    if (m_persistence == Persistence::SessionOnly)
        return m_session.write(id, secret, parent);
    auto *operation = new SettableOperation(parent);
    if (secret.size() > largest) {
        operation->failWith({ErrorCode::Unsupported, Step::Keychain,
                             QStringLiteral("the secret is longer than %1 bytes").arg(largest)});
        return operation;
    }
    auto *job = prepare<QKeychain::WritePasswordJob>(id, this);
    job->setBinaryData(secret.view().toByteArray());
    connect(job, &QKeychain::Job::finished, operation, [this, operation, job, id, secret] {
        if (job->error() == QKeychain::NoError) {
            m_session.drop(id);
            operation->succeed();
            return;
        }
        m_session.put(id, secret); // good for this session at least
        if (isMissing(job->error())) {
            fallBack();
            operation->succeed();
        } else {
            operation->failWith({job->error() == QKeychain::AccessDenied ||
                                         job->error() == QKeychain::AccessDeniedByUser
                                     ? ErrorCode::PermissionDenied
                                     : ErrorCode::LocalIo,
                                 Step::Keychain, job->errorString()});
        }
    });
    limit(job, operation, [this, operation, id, secret] {
        m_session.put(id, secret);
        operation->failWith({ErrorCode::TimedOut, Step::Keychain, {}});
    });
    job->start();
    return operation;
}

Operation *KeychainStore::remove(const SecretId &id, QObject *parent)
{
    m_session.drop(id);
    if (m_persistence == Persistence::SessionOnly)
        return m_session.remove(id, parent);
    auto *operation = new SettableOperation(parent);
    auto *job = prepare<QKeychain::DeletePasswordJob>(id, this);
    connect(job, &QKeychain::Job::finished, operation, [this, operation, job] {
        if (isMissing(job->error()))
            fallBack();
        if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound ||
            isMissing(job->error()))
            operation->succeed();
        else
            operation->failWith({ErrorCode::LocalIo, Step::Keychain, job->errorString()});
    });
    limit(job, operation, [operation] {
        operation->failWith({ErrorCode::TimedOut, Step::Keychain, {}});
    });
    job->start();
    return operation;
}

std::unique_ptr<SecretStore> makeSecretStore()
{
    if (qEnvironmentVariable("DANLU_SECRETS") == u"session")
        return std::make_unique<SessionStore>();
    return std::make_unique<KeychainStore>();
}

} // namespace core::secrets
