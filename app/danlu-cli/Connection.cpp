// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Connection.h"

#include "app/danlu-cli/Console.h"
#include "app/danlu-cli/Output.h"
#include "core/ssh/KnownHosts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace core;
using core::profiles::AuthKind;
using core::profiles::Profile;
using core::secrets::SecretId;
using core::secrets::SecretKind;

namespace cli {

namespace {

/// Owner of the secrets of a target that is no saved profile; never stored.
const QString adHocId = QStringLiteral("command-line");

QString hostPort(const QString &host, quint16 port)
{
    return port == 22 ? host : QStringLiteral("[%1]:%2").arg(host).arg(port);
}

/// A server that accepts and says nothing is waited for as long as one that does not accept: all
/// takes twice \a timeout at most, for each host on the way.
ssh::SessionOptions limited(ssh::SessionOptions options, std::chrono::milliseconds timeout)
{
    options.connectTimeout = timeout;
    options.handshakeTimeout = std::min(options.handshakeTimeout, timeout);
    if (options.jump)
        options.jump = std::make_shared<const ssh::SessionOptions>(limited(*options.jump, timeout));
    return options;
}

} // namespace

Connection::Connection(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_services(services)
{
}

void Connection::start()
{
    m_wasReady = false;
    if (m_plan) {
        open();
        return;
    }
    if (const Result<> prepared = prepare(); !prepared) {
        QMetaObject::invokeMethod(
            this, [this, error = prepared.error()] { Q_EMIT failed(error); }, Qt::QueuedConnection);
        return;
    }
    takeSecretsFromStdin();
    readStoredSecrets();
}

Result<> Connection::prepare()
{
    const QString policy = m_arguments.value("host-key").value_or(QStringLiteral("ask"));
    if (policy == u"strict")
        m_policy = HostKeyPolicy::Strict;
    else if (policy == u"accept-new")
        m_policy = HostKeyPolicy::AcceptNew;
    else if (policy != u"ask")
        return fail(ErrorCode::Usage, Step::None,
                    QStringLiteral("--host-key takes ask, strict or accept-new"));
    const Result<double> timeout = positiveNumber(m_arguments, "connect-timeout", 10);
    if (!timeout)
        return tl::make_unexpected(timeout.error());
    m_connectTimeoutSeconds = *timeout;

    Result<Profile> target = resolveTarget();
    if (!target)
        return tl::make_unexpected(target.error());
    Result<fleet::SessionPlan> plan = fleet::SessionPlan::make(*target, *m_services.profiles);
    if (!plan)
        return tl::make_unexpected(plan.error());
    for (Profile &hop : plan->hops()) {
        if (Result<> added = addKnownHosts(hop); !added)
            return added;
    }
    for (const QString &file : knownHostsFiles()) {
        if (!file.isEmpty())
            plan->heedRevocations(file);
    }
    m_plan = std::move(*plan);
    return {};
}

Result<Profile> Connection::resolveTarget() const
{
    if (m_arguments.positionals.isEmpty())
        return fail(ErrorCode::Usage, Step::None, QStringLiteral("TARGET is missing"));
    const QString name = m_arguments.positionals.first();
    Profile profile;
    if (const Profile *saved = m_services.profiles->byName(name)) {
        profile = *saved;
    } else if (name.contains(u'@') || name.contains(u"://")) {
        Result<Profile> read = fleet::profileFromTarget(name);
        if (!read)
            return read;
        profile = *read;
        profile.id = adHocId;
    } else {
        return fail(ErrorCode::NotFound, Step::Profile, name);
    }
    if (const auto identity = m_arguments.value("identity")) {
        profile.auth = AuthKind::Key;
        profile.identityFile = *identity;
    }
    if (m_arguments.has("password-stdin"))
        profile.auth = AuthKind::Password;
    if (const auto jump = m_arguments.value("jump"))
        profile.jump = *jump;
    return profile;
}

Result<> Connection::addKnownHosts(Profile &profile) const
{
    // A saved profile trusts its own keys only: host and port are reused by providers.
    const bool saved = !profile.id.isEmpty() && profile.id != adHocId;
    if (saved && !m_arguments.has("known-hosts"))
        return {};
    for (const QString &file : knownHostsFiles()) {
        const auto keys = ssh::readKnownHosts(file, profile.host, profile.port);
        if (!keys)
            return tl::make_unexpected(keys.error());
        for (const ssh::HostKey &key : keys->trusted)
            profile.trustedKeys.push_back({key.type, key.blob});
    }
    return {};
}

void Connection::takeSecretsFromStdin()
{
    const Profile &target = m_plan->hops().back();
    if (m_arguments.has("password-stdin")) {
        if (const auto password = readSecretLine())
            m_plan->setSecret({SecretKind::Password, target.id}, *password);
    }
    if (m_arguments.has("passphrase-stdin")) {
        if (const auto passphrase = readSecretLine()) {
            QStringList files = fleet::defaultIdentityFiles();
            if (!target.identityFile.isEmpty())
                files = {fleet::expandHome(target.identityFile)};
            for (const QString &file : files)
                m_plan->setSecret({SecretKind::KeyPassphrase, file}, *passphrase);
        }
    }
}

void Connection::readStoredSecrets()
{
    for (const SecretId &id : m_plan->wantedSecrets()) {
        if (id.owner == adHocId || m_plan->hasSecret(id))
            continue;
        ++m_pendingReads;
        secrets::ReadSecret *read = m_services.secrets->read(id, this);
        connect(read, &Operation::finished, this, [this, read, id] {
            if (read->isOk() && read->secret())
                m_plan->setSecret(id, *read->secret());
            read->deleteLater();
            if (--m_pendingReads == 0)
                askMissingPassword();
        });
    }
    if (m_pendingReads == 0)
        askMissingPassword();
}

void Connection::askMissingPassword()
{
    for (const Profile &hop : m_plan->hops()) {
        const SecretId id{SecretKind::Password, hop.id};
        if (hop.auth != AuthKind::Password || m_plan->hasSecret(id))
            continue;
        if (const auto password =
                askHidden(QStringLiteral("%1@%2's password: ").arg(hop.user, hop.host)))
            m_plan->setSecret(id, *password);
    }
    open();
}

void Connection::open()
{
    m_session = std::make_unique<ssh::Session>();
    ssh::Session *session = m_session.get();
    connect(session, &ssh::Session::hostKeyAsked, this, &Connection::judgeHostKey);
    connect(session, &ssh::Session::promptAsked, this, &Connection::answer);
    connect(session, &ssh::Session::closed, this, &Connection::onClosed);
    connect(session, &ssh::Session::ready, this, [this] {
        m_wasReady = true;
        Q_EMIT ready();
    });
    Q_EMIT opening();
    session->open(options());
}

ssh::SessionOptions Connection::options() const
{
    ssh::SessionOptions options = m_plan->options();
    if (!m_arguments.has("connect-timeout"))
        return options;
    return limited(options, std::chrono::milliseconds(qint64(m_connectTimeoutSeconds * 1000)));
}

void Connection::judgeHostKey(const ssh::HostKeyQuestion &question)
{
    bool accept = m_policy == HostKeyPolicy::AcceptNew;
    if (m_policy == HostKeyPolicy::Ask && canAsk()) {
        const QString words =
            QStringLiteral("The host key of %1 is not known.\n%2 fingerprint: %3\n"
                           "Trust it from now on? [yes/no] ")
                .arg(hostPort(question.host, question.port),
                     QString::fromUtf8(question.offered.type), question.offered.fingerprint());
        const QString reply = askLine(words).trimmed().toLower();
        accept = reply == u"yes" || reply == u"y";
    }
    if (accept)
        rememberHostKey(question);
    m_session->answerHostKey(accept);
}

QStringList Connection::knownHostsFiles() const
{
    if (const auto given = m_arguments.value("known-hosts"))
        return {*given};
    return {QString(), knownHostsToWrite()};
}

QString Connection::knownHostsToWrite() const
{
    return m_arguments.value("known-hosts")
        .value_or(QDir(m_services.configDir).filePath(QStringLiteral("known_hosts")));
}

void Connection::rememberHostKey(const ssh::HostKeyQuestion &question)
{
    for (Profile &hop : m_plan->hops()) {
        if (hop.host != question.host || hop.port != question.port)
            continue;
        hop.trustedKeys.push_back({question.offered.type, question.offered.blob});
        const Profile *saved = m_services.profiles->byId(hop.id);
        if (!saved || m_arguments.has("known-hosts"))
            continue;
        Profile changed = *saved;
        changed.trustedKeys = hop.trustedKeys;
        if (const auto stored = m_services.profiles->update(changed); !stored)
            reportError(stored.error(), m_arguments.json);
        return;
    }
    const QString path = knownHostsToWrite();
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    const QByteArray line = hostPort(question.host, question.port).toUtf8() + ' ' +
                            question.offered.type + ' ' + question.offered.blob.toBase64() + '\n';
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append) || file.write(line) != line.size())
        reportError(
            {ErrorCode::LocalIo, Step::HostKey, path + QStringLiteral(": ") + file.errorString()},
            m_arguments.json);
}

void Connection::answer(const ssh::Prompt &prompt)
{
    std::vector<SecretBytes> answers;
    if (canAsk()) {
        if (!prompt.instruction.isEmpty())
            writeErr((prompt.instruction + u'\n').toUtf8());
        for (const ssh::Prompt::Question &question : prompt.questions) {
            if (question.echo) {
                answers.emplace_back(QByteArrayView(askLine(question.text).toUtf8()));
                continue;
            }
            const auto reply = askHidden(question.text);
            if (!reply)
                break;
            answers.push_back(*reply);
        }
    }
    if (answers.size() != prompt.questions.size())
        answers.clear();
    m_session->answerPrompt(answers);
}

bool Connection::askAgain(const Error &error)
{
    if (m_asked >= 3 || !canAsk())
        return false;
    const Profile &target = m_plan->hops().back();
    if (error.code == ErrorCode::KeyPassphraseNeeded && !target.identityFile.isEmpty()) {
        const QString path = fleet::expandHome(target.identityFile);
        if (const auto passphrase = askHidden(QStringLiteral("Passphrase of %1: ").arg(path))) {
            ++m_asked;
            m_plan->setSecret({SecretKind::KeyPassphrase, path}, *passphrase);
            return true;
        }
    }
    if (error.code == ErrorCode::AuthRejected && target.auth == AuthKind::Password &&
        !m_arguments.has("password-stdin")) {
        const auto password =
            askHidden(QStringLiteral("Refused. %1@%2's password: ").arg(target.user, target.host));
        if (password && !password->isEmpty()) {
            ++m_asked;
            m_plan->setSecret({SecretKind::Password, target.id}, *password);
            return true;
        }
    }
    return false;
}

/// Where the key that is known stands, when that is no profile.
void Connection::hintAtKnownHosts(const ssh::HostKeyQuestion &question) const
{
    for (const Profile &hop : m_plan->hops()) {
        const bool isIt = hop.host == question.host && hop.port == question.port;
        if (isIt && m_services.profiles->byId(hop.id) && !m_arguments.has("known-hosts"))
            return;
    }
    for (const QString &file : knownHostsFiles()) {
        const auto line = ssh::knownHostsLine(file, question.host, question.port);
        if (!line)
            continue;
        const QString path =
            file.isEmpty() ? QDir::homePath() + QStringLiteral("/.ssh/known_hosts") : file;
        setHint(QStringLiteral("after an image change or a move this is expected: take line %1 "
                               "out of %2; otherwise someone may be listening")
                    .arg(*line)
                    .arg(path));
        return;
    }
}

void Connection::onClosed()
{
    Error error = m_session->error().value_or(Error{ErrorCode::Disconnected, Step::None, {}});
    if (error.code == ErrorCode::HostKeyChanged && m_session->hostKeyQuestion()) {
        const ssh::HostKeyQuestion &question = *m_session->hostKeyQuestion();
        QStringList known;
        for (const ssh::HostKey &key : question.known)
            known.append(key.fingerprint());
        error.detail = QStringLiteral("%1: known %2, now offered %3")
                           .arg(hostPort(question.host, question.port),
                                known.join(QStringLiteral(", ")), question.offered.fingerprint());
        hintAtKnownHosts(question);
    } else if (error.code == ErrorCode::HostKeyUnknown && m_session->hostKeyQuestion()) {
        const ssh::HostKeyQuestion &question = *m_session->hostKeyQuestion();
        error.detail =
            QStringLiteral("%1: %2 %3")
                .arg(hostPort(question.host, question.port),
                     QString::fromUtf8(question.offered.type), question.offered.fingerprint());
    } else if (error.step == Step::HostKey && error.code == ErrorCode::VerifyFailed &&
               m_session->hostKeyQuestion()) {
        const ssh::HostKeyQuestion &question = *m_session->hostKeyQuestion();
        error.detail =
            QStringLiteral("%1: %2").arg(hostPort(question.host, question.port), error.detail);
    }
    if (m_wasReady) {
        Q_EMIT lost(error);
        return;
    }
    if (askAgain(error)) {
        // The session is still inside its signal: it is replaced from the event loop.
        QMetaObject::invokeMethod(this, &Connection::open, Qt::QueuedConnection);
        return;
    }
    Q_EMIT failed(error);
}

} // namespace cli
