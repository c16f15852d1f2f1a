// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/KeyInstallCommand.h"

#include "app/danlu-cli/Console.h"
#include "app/danlu-cli/Output.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace core;
using core::fleet::KeyInstaller;
using core::fleet::KeyObstacle;
using core::fleet::RemoteKeys;
using core::keys::AuthorizedKey;

namespace cli {

namespace {

constexpr int mostAsked = 3;
constexpr qint64 largestPublicKey = 64 * 1024;

Arguments withoutVerb(Arguments arguments)
{
    if (!arguments.positionals.isEmpty())
        arguments.positionals.removeFirst();
    arguments.options.remove(QStringLiteral("passphrase-stdin"));
    return arguments;
}

/// A name is one in ~/.ssh; the public key stands for its private one. "~/" is kept as written.
QString keyFile(const QString &given)
{
    QString path = given;
    if (path.endsWith(QStringLiteral(".pub")))
        path.chop(4);
    if (path.contains(u'/') || path.contains(QDir::separator()))
        return path;
    return QStringLiteral("~/.ssh/") + path;
}

QLatin1StringView obstacleName(KeyObstacle::Kind kind)
{
    switch (kind) {
    case KeyObstacle::Kind::HomeWritable: return QLatin1StringView("home-writable");
    case KeyObstacle::Kind::FolderWritable: return QLatin1StringView("folder-writable");
    case KeyObstacle::Kind::FileWritable: return QLatin1StringView("file-writable");
    case KeyObstacle::Kind::ForeignOwner: return QLatin1StringView("foreign-owner");
    case KeyObstacle::Kind::FileElsewhere: return QLatin1StringView("file-elsewhere");
    case KeyObstacle::Kind::KeysSwitchedOff: return QLatin1StringView("keys-switched-off");
    case KeyObstacle::Kind::MoreIsAsked: return QLatin1StringView("more-is-asked");
    }
    return QLatin1StringView("unknown");
}

QJsonObject keyJson(const AuthorizedKey &key)
{
    const std::optional<int> bits = key.bits();
    return {{QStringLiteral("line"), key.line},
            {QStringLiteral("type"), QString::fromUtf8(key.type)},
            {QStringLiteral("bits"), bits ? QJsonValue(*bits) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("fingerprint"), key.fingerprint()},
            {QStringLiteral("comment"), QString::fromUtf8(key.comment)},
            {QStringLiteral("options"), QString::fromUtf8(key.options)}};
}

Result<AuthorizedKey> readPublicKey(const QString &privateKey)
{
    const QString path = fleet::expandHome(privateKey) + QStringLiteral(".pub");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.exists() ? ErrorCode::LocalIo : ErrorCode::NotFound, Step::Install,
                    path + QStringLiteral(": ") + file.errorString());
    return keys::parsePublicKeyLine(file.read(largestPublicKey));
}

} // namespace

bool KeyInstallCommand::knows(const QString &verb)
{
    return verb == u"install" || verb == u"remove" || verb == u"accepted";
}

KeyInstallCommand::KeyInstallCommand(const Arguments &arguments, Services &services,
                                     QObject *parent)
    : QObject(parent)
    , m_arguments(withoutVerb(arguments))
    , m_services(services)
    , m_verb(arguments.positionals.value(0))
    , m_passphraseOnStdin(arguments.has("passphrase-stdin"))
    , m_connection(m_arguments, services)
{
}

Result<> KeyInstallCommand::prepare()
{
    const bool needsKey = m_verb != u"accepted";
    const QString key = m_arguments.value("key").value_or(QString());
    if (m_arguments.positionals.size() != 1 || needsKey == key.isEmpty())
        return fail(ErrorCode::Usage, Step::None,
                    QStringLiteral("key install|remove TARGET --key N, key accepted TARGET"));
    m_keyFile = keyFile(key);
    m_request.identityFile = m_keyFile;
    m_request.forgetPassword = !m_arguments.has("keep-password");
    return {};
}

void KeyInstallCommand::start()
{
    if (const Result<> prepared = prepare(); !prepared) {
        finish(reportError(prepared.error(), m_arguments.json));
        return;
    }
    connect(&m_connection, &Connection::ready, this, &KeyInstallCommand::run);
    connect(&m_connection, &Connection::failed, this,
            [this](const Error &error) { finish(reportError(error, m_arguments.json)); });
    m_connection.start();
}

void KeyInstallCommand::cancel()
{
    if (m_operation)
        m_operation->cancel();
    else
        finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void KeyInstallCommand::run()
{
    if (m_verb == u"accepted") {
        list();
    } else if (m_verb == u"remove") {
        remove();
    } else {
        // After the password, which the connection has read.
        if (m_passphraseOnStdin) {
            if (const auto passphrase = readSecretLine())
                m_request.passphrase = *passphrase;
        }
        install();
    }
}

void KeyInstallCommand::install()
{
    fleet::KeyInstallTarget target;
    target.session = m_connection.session();
    target.options = m_connection.options();
    if (const profiles::Profile *saved =
            m_services.profiles->byName(m_arguments.positionals.first()))
        target.profileId = saved->id;
    auto *installer =
        new KeyInstaller(target, *m_services.profiles, *m_services.secrets, m_request, this);
    m_operation = installer;
    connect(installer, &Operation::finished, this, [this, installer] {
        installer->deleteLater();
        onInstalled(*installer);
    });
}

void KeyInstallCommand::onInstalled(KeyInstaller &installer)
{
    if (!installer.error()) {
        printInstalled(installer);
        finish(ExitDone);
        return;
    }
    Error error = *installer.error();
    if (error.code == ErrorCode::KeyPassphraseNeeded && canAsk() && m_asked++ < mostAsked) {
        const auto passphrase = askHidden(
            QStringLiteral("Passphrase of %1: ").arg(fleet::expandHome(m_request.identityFile)));
        if (passphrase && !passphrase->isEmpty()) {
            m_request.passphrase = *passphrase;
            install();
            return;
        }
    }
    if (error.code == ErrorCode::AuthRejected) {
        QStringList reasons;
        for (const KeyObstacle &obstacle : installer.obstacles())
            reasons.append(obstacleName(obstacle.kind) + QStringLiteral(": ") +
                           QString::fromUtf8(obstacle.subject));
        error.detail = QStringLiteral("the key in %1 is not accepted; %2; %3")
                           .arg(QString::fromUtf8(installer.path()),
                                reasons.isEmpty() ? QStringLiteral("the reason is not visible")
                                                  : reasons.join(QStringLiteral(", ")),
                                installer.wasRemovedAgain() ? QStringLiteral("it was removed again")
                                                            : QStringLiteral("it was left there"));
    }
    finish(reportError(error, m_arguments.json));
}

void KeyInstallCommand::printInstalled(const KeyInstaller &installer) const
{
    const bool isProfile = m_services.profiles->byName(m_arguments.positionals.first()) != nullptr;
    const QString path = QString::fromUtf8(installer.path());
    const QString link = QString::fromUtf8(installer.linkTarget());
    if (m_arguments.json) {
        printJson(
            QJsonObject{{QStringLiteral("key"), m_request.identityFile},
                        {QStringLiteral("already_there"), installer.wasInstalled()},
                        {QStringLiteral("path"), path},
                        {QStringLiteral("link_target"),
                         link.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(link)},
                        {QStringLiteral("profile_switched"), isProfile},
                        {QStringLiteral("password_removed"),
                         isProfile && m_request.forgetPassword && !installer.passwordLeft()}});
        return;
    }
    printLine((installer.wasInstalled() ? QStringLiteral("was there already: ")
                                        : QStringLiteral("added to ")) +
              path + (link.isEmpty() ? QString() : QStringLiteral(" -> ") + link));
    printLine(QStringLiteral("a sign-in with the key alone works"));
    if (isProfile)
        printLine(QStringLiteral("the profile signs in with ") + m_request.identityFile);
    if (installer.passwordLeft())
        reportError(*installer.passwordLeft(), false);
}

void KeyInstallCommand::remove()
{
    const Result<AuthorizedKey> key = readPublicKey(m_keyFile);
    if (!key) {
        finish(reportError(key.error(), m_arguments.json));
        return;
    }
    auto *removal = RemoteKeys::remove(*m_connection.session(), *key, this);
    m_operation = removal;
    connect(removal, &Operation::finished, this, [this, removal, key = *key] {
        if (removal->error()) {
            finish(reportError(*removal->error(), m_arguments.json));
            return;
        }
        if (!removal->changed()) {
            finish(reportError({ErrorCode::NotFound, Step::Install,
                                QStringLiteral("%1 is not in %2")
                                    .arg(key.fingerprint(), QString::fromUtf8(removal->path()))},
                               m_arguments.json));
            return;
        }
        if (m_arguments.json)
            printKeys(*removal);
        else
            printLine(QStringLiteral("removed ") + key.fingerprint());
        finish(ExitDone);
    });
}

void KeyInstallCommand::list()
{
    auto *listing = RemoteKeys::list(*m_connection.session(), this);
    m_operation = listing;
    connect(listing, &Operation::finished, this, [this, listing] {
        if (listing->error()) {
            finish(reportError(*listing->error(), m_arguments.json));
            return;
        }
        printKeys(*listing);
        finish(ExitDone);
    });
}

void KeyInstallCommand::printKeys(const RemoteKeys &keys) const
{
    QJsonArray all;
    for (const AuthorizedKey &key : keys.keys()) {
        const std::optional<int> bits = key.bits();
        if (m_arguments.json)
            all.append(keyJson(key));
        else
            printLine(QStringLiteral("%1\t%2 %3 %4 (%5)")
                          .arg(key.line)
                          .arg(bits ? QString::number(*bits) : QStringLiteral("?"),
                               key.fingerprint(), QString::fromUtf8(key.comment),
                               QString::fromUtf8(key.type)));
    }
    if (m_arguments.json)
        printJson(all);
}

void KeyInstallCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT done(exitCode);
}

} // namespace cli
