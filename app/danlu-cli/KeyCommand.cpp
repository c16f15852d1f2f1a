// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/KeyCommand.h"

#include "app/danlu-cli/Console.h"
#include "app/danlu-cli/Json.h"
#include "app/danlu-cli/Output.h"

using namespace core;
using core::keys::KeyEntry;
using core::keys::KeyProblem;
using core::keys::KeySpec;
using core::keys::KeyType;
using core::keys::PublicKey;

namespace cli {

namespace {

QJsonValue problemName(KeyProblem problem)
{
    switch (problem) {
    case KeyProblem::None: return QJsonValue::Null;
    case KeyProblem::TooOpen: return QStringLiteral("too-open");
    case KeyProblem::Unreadable: return QStringLiteral("unreadable");
    case KeyProblem::Unsupported: return QStringLiteral("unsupported");
    case KeyProblem::Broken: return QStringLiteral("broken");
    }
    return QJsonValue::Null;
}

QString typeText(const PublicKey &key)
{
    return QString(keys::keyTypeName(key.type()));
}

QJsonObject publicJson(const std::optional<PublicKey> &key)
{
    const bool known = key.has_value();
    return {{QStringLiteral("type"), known ? QJsonValue(typeText(*key).toLower()) : QJsonValue()},
            {QStringLiteral("bits"), known ? QJsonValue(key->bits()) : QJsonValue()},
            {QStringLiteral("fingerprint"), known ? QJsonValue(key->fingerprint()) : QJsonValue()},
            {QStringLiteral("comment"), known ? textOrNull(key->comment) : QJsonValue()},
            {QStringLiteral("public"),
             known ? QJsonValue(QString::fromUtf8(key->line())) : QJsonValue()}};
}

QJsonObject entryJson(const KeyEntry &entry)
{
    QJsonObject object = publicJson(entry.publicKey);
    object.insert(QStringLiteral("path"), entry.path);
    object.insert(QStringLiteral("encrypted"), entry.encrypted);
    object.insert(QStringLiteral("public_file"), entry.hasPublicFile);
    object.insert(QStringLiteral("problem"), problemName(entry.problem));
    object.insert(QStringLiteral("problem_detail"), textOrNull(entry.problemDetail));
    object.insert(QStringLiteral("modified"), entry.modified.toString(Qt::ISODateWithMs));
    return object;
}

QString entryLine(const KeyEntry &entry)
{
    QStringList words{entry.path};
    if (entry.publicKey)
        words
            << QStringLiteral("%1 %2").arg(typeText(*entry.publicKey)).arg(entry.publicKey->bits())
            << entry.publicKey->fingerprint() << QString::fromUtf8(entry.publicKey->comment);
    else
        words << QStringLiteral("?") << QString() << QString();
    words << (entry.encrypted ? QStringLiteral("encrypted") : QString())
          << problemName(entry.problem).toString();
    return words.join(u'\t');
}

} // namespace

QString keyPath(const QString &nameOrPath)
{
    const bool isPath = nameOrPath.contains(u'/') || nameOrPath.contains(u'\\');
    return keys::expandKeyPath(isPath ? nameOrPath : keys::defaultKeyFolder() + u'/' + nameOrPath);
}

KeyCommand::KeyCommand(const Arguments &arguments, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
{
}

void KeyCommand::start()
{
    const QString verb = m_arguments.positionals.value(0);
    if (verb == u"list")
        list();
    else if (verb == u"generate")
        generate();
    else if (verb == u"public")
        printPublic();
    else
        fail({ErrorCode::Usage, Step::Key, QStringLiteral("key list|generate|public")});
}

void KeyCommand::cancel()
{
    if (m_running)
        m_running->cancel();
    else
        fail({ErrorCode::Cancelled, Step::Key, {}});
}

void KeyCommand::fail(const Error &error)
{
    Q_EMIT done(reportError(error, m_arguments.json));
}

void KeyCommand::finishWith(Operation *operation, std::function<int()> then)
{
    m_running = operation;
    connect(operation, &Operation::finished, this, [this, operation, then = std::move(then)] {
        if (operation->error())
            fail(*operation->error());
        else
            Q_EMIT done(then());
    });
}

void KeyCommand::list()
{
    QStringList folders = m_arguments.positionals.mid(1);
    if (folders.isEmpty())
        folders.append(keys::defaultKeyFolder());
    keys::KeysOperation *operation = m_worker.list(folders, {}, this);
    finishWith(operation, [this, operation]() -> int {
        QJsonArray all;
        for (const KeyEntry &entry : operation->value()) {
            if (m_arguments.json)
                all.append(entryJson(entry));
            else
                printLine(entryLine(entry));
        }
        if (m_arguments.json)
            printJson(all);
        return ExitDone;
    });
}

Result<KeySpec> KeyCommand::spec() const
{
    const auto wrong = [](const char *text) {
        return core::fail(ErrorCode::Usage, Step::Key, QLatin1StringView(text));
    };
    const QString type = m_arguments.value("type").value_or(QStringLiteral("ed25519"));
    const std::optional<QString> bitsText = m_arguments.value("bits");
    const int bits = bitsText.value_or(QString()).toInt();
    if (type == u"ed25519") {
        if (bitsText && bits != 256)
            return wrong("ed25519 keys have 256 bits");
        return KeySpec{};
    }
    if (type == u"rsa") {
        if (bitsText && (bits < 2048 || bits > 16384))
            return wrong("--bits of an RSA key: 2048 to 16384");
        return KeySpec{KeyType::Rsa, bitsText ? bits : KeySpec{}.rsaBits};
    }
    if (type == u"ecdsa") {
        if (!bitsText || bits == 256)
            return KeySpec{KeyType::Ecdsa256};
        if (bits == 384)
            return KeySpec{KeyType::Ecdsa384};
        if (bits == 521)
            return KeySpec{KeyType::Ecdsa521};
        return wrong("--bits of an ECDSA key: 256, 384 or 521");
    }
    return wrong("--type ed25519|rsa|ecdsa");
}

void KeyCommand::generate()
{
    const QString name = m_arguments.value("name").value_or(QString());
    if (name.isEmpty() || name.endsWith(u'/') || m_arguments.positionals.size() > 1) {
        fail({ErrorCode::Usage, Step::Key,
              QStringLiteral("key generate --name N [--type ed25519|rsa|ecdsa] [--bits N] "
                             "[--comment C] [--passphrase-stdin]")});
        return;
    }
    const Result<KeySpec> wanted = spec();
    if (!wanted) {
        fail(wanted.error());
        return;
    }
    keys::NewKey key{*wanted, keyPath(name), keys::defaultKeyComment(QDate::currentDate()), {}};
    if (const auto comment = m_arguments.value("comment"))
        key.comment = comment->toUtf8();
    if (m_arguments.has("passphrase-stdin"))
        key.passphrase = readSecretLine().value_or(SecretBytes());
    keys::KeyOperation *operation = m_worker.generate(key, this);
    finishWith(operation, [this, operation]() -> int {
        if (m_arguments.json)
            printJson(entryJson(operation->value()));
        else
            printLine(entryLine(operation->value()));
        return ExitDone;
    });
}

void KeyCommand::printPublic()
{
    if (m_arguments.positionals.size() != 2) {
        fail({ErrorCode::Usage, Step::Key, QStringLiteral("key public NAME")});
        return;
    }
    SecretBytes passphrase;
    if (m_arguments.has("passphrase-stdin"))
        passphrase = readSecretLine().value_or(SecretBytes());
    keys::PublicKeyOperation *operation =
        m_worker.publicKey(keyPath(m_arguments.positionals[1]), passphrase, this);
    finishWith(operation, [this, operation]() -> int {
        if (m_arguments.json)
            printJson(publicJson(operation->value()));
        else
            printLine(QString::fromUtf8(operation->value().line()));
        return ExitDone;
    });
}

} // namespace cli
