// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/ProfileCommand.h"

#include "app/danlu-cli/Console.h"
#include "app/danlu-cli/Json.h"
#include "app/danlu-cli/Output.h"
#include "core/base/Money.h"
#include "core/fleet/SessionPlan.h"
#include "core/probe/LoginCommand.h"
#include "core/profiles/Providers.h"
#include "core/profiles/Sharing.h"
#include "core/profiles/SshConfig.h"
#include "core/profiles/SshConfigBlock.h"
#include "core/ssh/HostKey.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

using namespace core;
using core::profiles::AuthKind;
using core::profiles::Price;
using core::profiles::Profile;
using core::secrets::SecretId;
using core::secrets::SecretKind;

namespace cli {

namespace {

QLatin1StringView authName(AuthKind kind)
{
    switch (kind) {
    case AuthKind::Password: return QLatin1StringView("password");
    case AuthKind::Key: return QLatin1StringView("key");
    case AuthKind::Agent: return QLatin1StringView("agent");
    }
    return QLatin1StringView("password");
}

/// A file as it can be found from any folder; "~" and "" stay.
QString fromAnywhere(const QString &file)
{
    return file.isEmpty() || file.startsWith(u'~') ? file : QFileInfo(file).absoluteFilePath();
}

QString priceText(const Price &price)
{
    return decimalText(HourlyRate{price.tenThousandths, {}});
}

QJsonObject profileJson(const Profile &profile)
{
    QJsonArray keys;
    for (const profiles::TrustedKey &key : profile.trustedKeys)
        keys.append(QJsonObject{
            {QStringLiteral("type"), QString::fromUtf8(key.type)},
            {QStringLiteral("fingerprint"), ssh::HostKey{key.type, key.blob}.fingerprint()}});
    QJsonValue price = QJsonValue::Null;
    if (profile.price)
        price = QJsonObject{{QStringLiteral("per_hour"), priceText(*profile.price)},
                            {QStringLiteral("currency"), profile.price->currency}};
    return {{QStringLiteral("name"), profile.name},
            {QStringLiteral("host"), profile.host},
            {QStringLiteral("port"), profile.port},
            {QStringLiteral("user"), profile.user},
            {QStringLiteral("auth"), QString(authName(profile.auth))},
            {QStringLiteral("identity"), textOrNull(profile.identityFile)},
            {QStringLiteral("jump"), textOrNull(profile.jump)},
            {QStringLiteral("price"), price},
            {QStringLiteral("provider"), textOrNull(profile.provider)},
            {QStringLiteral("container_hostname"), textOrNull(profile.containerHostname)},
            {QStringLiteral("trusted_keys"), keys}};
}

/// --price and --currency over \a before, the price till now.
Result<std::optional<Price>> enteredPrice(const Arguments &arguments,
                                          const std::optional<Price> &before)
{
    std::optional<Price> price = before;
    if (const auto text = arguments.value("price")) {
        const std::optional<HourlyRate> rate = hourlyRateOf(*text, {});
        if (!rate)
            return fail(ErrorCode::Usage, Step::Profile,
                        QStringLiteral("--price takes a number like 1.98 or 0.2134"));
        price = Price{rate->tenThousandths, before ? before->currency : Price().currency};
    }
    if (const auto code = arguments.value("currency")) {
        const std::optional<Currency> currency = currencyOf(*code);
        if (!currency || !price)
            return fail(ErrorCode::Usage, Step::Profile,
                        currency ? QStringLiteral("--currency needs a --price")
                                 : QStringLiteral("--currency takes CNY or USD"));
        price->currency = currencyCode(*currency);
    }
    return price;
}

} // namespace

ProfileCommand::ProfileCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_services(services)
{
}

void ProfileCommand::start()
{
    const QString verb = m_arguments.positionals.value(0);
    if (verb == u"add")
        add();
    else if (verb == u"edit")
        edit();
    else if (verb == u"remove")
        remove();
    else if (verb == u"list")
        Q_EMIT done(list());
    else if (verb == u"show")
        Q_EMIT done(show());
    else if (verb == u"import-ssh-config")
        Q_EMIT done(importSshConfig());
    else if (verb == u"export-ssh-config")
        Q_EMIT done(exportSshConfig());
    else if (verb == u"share")
        Q_EMIT done(share());
    else
        Q_EMIT done(
            usage("profile add|list|show|edit|remove|share|import-ssh-config|export-ssh-config"));
}

void ProfileCommand::cancel()
{
    Q_EMIT done(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

int ProfileCommand::usage(const char *text) const
{
    return reportError({ErrorCode::Usage, Step::None, QLatin1StringView(text)}, m_arguments.json);
}

int ProfileCommand::print(const Profile &profile) const
{
    const QJsonObject object = profileJson(profile);
    if (m_arguments.json) {
        printJson(object);
        return ExitDone;
    }
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        QString value = it->toVariant().toString();
        if (it->isObject())
            value = QString::fromUtf8(QJsonDocument(it->toObject()).toJson(QJsonDocument::Compact));
        else if (it->isArray())
            value = QString::fromUtf8(QJsonDocument(it->toArray()).toJson(QJsonDocument::Compact));
        printLine(it.key() + QStringLiteral(": ") + value);
    }
    return ExitDone;
}

int ProfileCommand::list() const
{
    QJsonArray all;
    for (const Profile &profile : m_services.profiles->profiles()) {
        if (m_arguments.json)
            all.append(profileJson(profile));
        else
            printLine(QStringLiteral("%1\t%2@%3:%4\t%5")
                          .arg(profile.name, profile.user, profile.host)
                          .arg(profile.port)
                          .arg(profile.price
                                   ? priceText(*profile.price) + u' ' + profile.price->currency
                                   : QString()));
    }
    if (m_arguments.json)
        printJson(all);
    return ExitDone;
}

Result<Profile> ProfileCommand::named() const
{
    const QString name = m_arguments.positionals.value(1);
    if (const Profile *profile = m_services.profiles->byName(name))
        return *profile;
    return fail(name.isEmpty() ? ErrorCode::Usage : ErrorCode::NotFound, Step::Profile,
                name.isEmpty() ? QStringLiteral("NAME is missing") : name);
}

int ProfileCommand::show() const
{
    const Result<Profile> profile = named();
    return profile ? print(*profile) : reportError(profile.error(), m_arguments.json);
}

Result<> ProfileCommand::apply(Profile &profile, std::optional<SecretBytes> &password) const
{
    if (const auto text = m_arguments.value("login")) {
        Result<probe::LoginCommand> login = probe::parseLoginCommand(*text);
        if (!login)
            return tl::make_unexpected(login.error());
        const Profile said = profiles::profileFromLogin(*login);
        profile.host = said.host;
        profile.port = said.port;
        profile.user = said.user;
        profile.provider = said.provider;
        profile.jump = said.jump;
        profile.forwards = said.forwards;
        if (!said.identityFile.isEmpty()) {
            profile.identityFile = fromAnywhere(said.identityFile);
            profile.auth = AuthKind::Key;
        }
        password = std::move(login->password);
    }
    Result<std::optional<Price>> price = enteredPrice(m_arguments, profile.price);
    if (!price)
        return tl::make_unexpected(price.error());
    profile.price = std::move(*price);
    if (const auto identity = m_arguments.value("identity")) {
        profile.identityFile = fromAnywhere(*identity);
        profile.auth = identity->isEmpty() ? AuthKind::Password : AuthKind::Key;
    }
    if (const auto jump = m_arguments.value("jump"))
        profile.jump = *jump;
    profile.jump = profiles::withoutUrlPassword(profile.jump);
    if (m_arguments.has("forget-host-key"))
        profile.trustedKeys.clear();
    if (m_arguments.has("password-stdin")) {
        profile.auth = AuthKind::Password;
        password = readSecretLine();
    }
    return {};
}

void ProfileCommand::add()
{
    const auto name = m_arguments.value("name");
    if (!name || name->trimmed().isEmpty() || !m_arguments.has("login")) {
        Q_EMIT done(usage("profile add --name N --login 'ssh -p 123 root@host'"));
        return;
    }
    Profile profile;
    profile.name = name->trimmed();
    std::optional<SecretBytes> password;
    if (const Result<> applied = apply(profile, password); !applied) {
        Q_EMIT done(reportError(applied.error(), m_arguments.json));
        return;
    }
    const Result<Profile> added = m_services.profiles->add(profile);
    if (!added) {
        Q_EMIT done(reportError(added.error(), m_arguments.json));
        return;
    }
    storeSecret(*added, password);
}

void ProfileCommand::edit()
{
    Result<Profile> profile = named();
    if (!profile) {
        Q_EMIT done(reportError(profile.error(), m_arguments.json));
        return;
    }
    std::optional<SecretBytes> password;
    if (const auto name = m_arguments.value("rename"))
        profile->name = name->trimmed();
    Result<> changed = apply(*profile, password);
    if (changed)
        changed = m_services.profiles->update(*profile);
    if (!changed) {
        Q_EMIT done(reportError(changed.error(), m_arguments.json));
        return;
    }
    storeSecret(*profile, password);
}

void ProfileCommand::storeSecret(const Profile &profile, const std::optional<SecretBytes> &password)
{
    if (!password || password->isEmpty()) {
        Q_EMIT done(print(profile));
        return;
    }
    Operation *write =
        m_services.secrets->write({SecretKind::Password, profile.id}, *password, this);
    connect(write, &Operation::finished, this, [this, write, profile] {
        const bool kept = write->isOk() && m_services.secrets->persistence() ==
                                               secrets::SecretStore::Persistence::Keychain;
        if (!kept)
            reportError({ErrorCode::Unsupported, Step::Keychain,
                         QStringLiteral("the profile is saved, its password is not: no keychain is "
                                        "there; give it with --password-stdin each time")},
                        m_arguments.json);
        Q_EMIT done(print(profile));
    });
}

void ProfileCommand::remove()
{
    const Result<Profile> profile = named();
    if (!profile) {
        Q_EMIT done(reportError(profile.error(), m_arguments.json));
        return;
    }
    if (const Result<> removed = m_services.profiles->remove(profile->id); !removed) {
        Q_EMIT done(reportError(removed.error(), m_arguments.json));
        return;
    }
    Operation *forget = m_services.secrets->remove({SecretKind::Password, profile->id}, this);
    connect(forget, &Operation::finished, this, [this] { Q_EMIT done(ExitDone); });
}

int ProfileCommand::importSshConfig()
{
    const Result<profiles::SshConfigImport> read =
        profiles::importSshConfig(m_arguments.positionals.value(1));
    if (!read)
        return reportError(read.error(), m_arguments.json);
    QStringList skipped = read->skipped;
    QJsonArray added;
    for (const Profile &profile : read->profiles) {
        const Result<Profile> done = m_services.profiles->add(profile);
        if (done)
            added.append(done->name);
        else
            skipped.append(done.error().detail);
    }
    if (m_arguments.json) {
        printJson(QJsonObject{{QStringLiteral("added"), added},
                              {QStringLiteral("skipped"), QJsonArray::fromStringList(skipped)}});
        return ExitDone;
    }
    for (const auto &name : std::as_const(added))
        printLine(QStringLiteral("added ") + name.toString());
    for (const QString &line : std::as_const(skipped))
        printLine(QStringLiteral("skipped ") + line);
    return ExitDone;
}

int ProfileCommand::exportSshConfig() const
{
    const bool install = m_arguments.has("install");
    const bool uninstall = m_arguments.has("uninstall");
    if ((install && uninstall) || m_arguments.positionals.size() > 2)
        return usage("profile export-ssh-config [--install | --uninstall] [FILE]");
    if (!install && !uninstall) {
        writeOut(profiles::exportSshConfig(m_services.profiles->profiles()).toUtf8());
        return ExitDone;
    }
    const profiles::SshConfigBlockPlace place{
        m_arguments.positionals.value(1),
        QDir(m_services.configDir).absoluteFilePath(QStringLiteral("ssh_known_hosts"))};
    const Result<profiles::SshConfigBlockReport> report =
        install ? profiles::installSshConfigBlock(place, m_services.profiles->profiles())
                : profiles::removeSshConfigBlock(place);
    if (!report)
        return reportError(report.error(), m_arguments.json);
    if (m_arguments.json) {
        printJson(QJsonObject{
            {QStringLiteral("file"), report->configFile},
            {QStringLiteral("is_link"), report->isLink},
            {QStringLiteral("changed"), report->changed},
            {QStringLiteral("backup"), textOrNull(report->backup)},
            {QStringLiteral("kept_lines"), QJsonArray::fromStringList(report->keptLines)},
            {QStringLiteral("skipped"), QJsonArray::fromStringList(report->skipped)}});
        return ExitDone;
    }
    printLine(report->configFile + (report->changed ? QStringLiteral(": changed")
                                                    : QStringLiteral(": it was so already")));
    if (!report->backup.isEmpty())
        printLine(QStringLiteral("the file as it was: ") + report->backup);
    for (const QString &line : report->keptLines)
        printLine(QStringLiteral("edited by hand, kept below the block: ") + line);
    for (const QString &line : report->skipped)
        printLine(QStringLiteral("skipped ") + line);
    return ExitDone;
}

int ProfileCommand::share() const
{
    std::vector<Profile> chosen;
    for (const QString &name : m_arguments.positionals.mid(1)) {
        const Profile *profile = m_services.profiles->byName(name);
        if (!profile)
            return reportError({ErrorCode::NotFound, Step::Profile, name}, m_arguments.json);
        chosen.push_back(*profile);
    }
    if (m_arguments.positionals.size() == 1)
        chosen = m_services.profiles->profiles();
    writeOut(m_arguments.json ? profiles::shareJson(chosen) : profiles::shareText(chosen).toUtf8());
    return ExitDone;
}

} // namespace cli
