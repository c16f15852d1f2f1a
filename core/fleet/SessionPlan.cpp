// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/SessionPlan.h"

#include "core/profiles/ProfileStore.h"
#include "core/ssh/KnownHosts.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace core::fleet {

using profiles::AuthKind;
using profiles::Profile;
using secrets::SecretId;
using secrets::SecretKind;

QString expandHome(const QString &path)
{
    if (path == u"~")
        return QDir::homePath();
    if (path.startsWith(u"~/"))
        return QDir::homePath() + path.mid(1);
    return path;
}

QStringList defaultIdentityFiles()
{
    QStringList found;
    for (const char *name : {"id_ed25519", "id_ecdsa", "id_rsa"}) {
        const QString path = QDir::homePath() + QStringLiteral("/.ssh/") + QLatin1StringView(name);
        if (QFileInfo(path).isFile())
            found.append(path);
    }
    return found;
}

Result<Profile> profileFromTarget(const QString &target)
{
    const QString text =
        target.contains(u"://") ? target : QStringLiteral("ssh://") + target.trimmed();
    const QUrl url(text, QUrl::StrictMode);
    const bool bare = url.path().isEmpty() || url.path() == u"/";
    if (!url.isValid() || url.scheme() != u"ssh" || url.host().isEmpty() || !bare ||
        url.hasQuery() || url.hasFragment() || url.port() == 0)
        return fail(ErrorCode::Usage, Step::None, target);
    Profile profile;
    profile.host = url.host();
    profile.port = quint16(url.port(22));
    profile.auth = AuthKind::Key;
    if (!url.userName().isEmpty())
        profile.user = url.userName(QUrl::FullyDecoded);
    profile.name = QStringLiteral("%1@%2:%3").arg(profile.user, profile.host).arg(profile.port);
    return profile;
}

Result<SessionPlan> SessionPlan::make(const Profile &target, const profiles::ProfileStore &saved)
{
    constexpr int maxHops = 8;
    SessionPlan plan;
    plan.m_hops.push_back(target);
    while (!plan.m_hops.front().jump.isEmpty()) {
        const QString jump = plan.m_hops.front().jump;
        Profile hop;
        if (const Profile *known = saved.byName(jump)) {
            hop = *known;
        } else if (const auto read = profileFromTarget(jump)) {
            hop = *read;
        } else {
            return fail(ErrorCode::Usage, Step::Jump, jump);
        }
        if (int(plan.m_hops.size()) == maxHops)
            return fail(ErrorCode::Usage, Step::Jump, jump);
        plan.m_hops.insert(plan.m_hops.begin(), hop);
    }
    return plan;
}

std::vector<SecretId> SessionPlan::wantedSecrets() const
{
    std::vector<SecretId> ids;
    for (const Profile &hop : m_hops) {
        if (hop.auth == AuthKind::Password && !hop.id.isEmpty())
            ids.push_back({SecretKind::Password, hop.id});
        else if (hop.auth == AuthKind::Key && !hop.identityFile.isEmpty())
            ids.push_back({SecretKind::KeyPassphrase, expandHome(hop.identityFile)});
    }
    return ids;
}

void SessionPlan::setSecret(const SecretId &id, const SecretBytes &secret)
{
    const auto known = std::find_if(m_secrets.begin(), m_secrets.end(),
                                    [&](const auto &entry) { return entry.first == id; });
    if (known == m_secrets.end())
        m_secrets.emplace_back(id, secret);
    else
        known->second = secret;
}

void SessionPlan::switchTarget(const Profile &profile)
{
    m_hops.back() = profile;
    std::erase_if(m_secrets, [&](const auto &entry) {
        return entry.first == SecretId{SecretKind::Password, profile.id};
    });
}

const SecretBytes *SessionPlan::secret(const SecretId &id) const
{
    for (const auto &[known, bytes] : m_secrets) {
        if (known == id)
            return &bytes;
    }
    return nullptr;
}

ssh::SessionOptions SessionPlan::hopOptions(const Profile &hop) const
{
    ssh::SessionOptions options;
    options.user = hop.user;
    options.host = hop.host;
    options.port = hop.port;
    for (const profiles::TrustedKey &key : hop.trustedKeys)
        options.trustedKeys.push_back({key.type, key.blob});
    for (const QString &file : m_knownHosts) {
        // A file that can't be read revokes nothing: others say that it can't.
        if (const auto listed = ssh::readKnownHosts(file, hop.host, hop.port))
            options.revokedKeys.insert(options.revokedKeys.end(), listed->revoked.begin(),
                                       listed->revoked.end());
    }

    const auto addKey = [&](const QString &path) {
        ssh::KeyAuth key{path, {}};
        if (const SecretBytes *passphrase = secret({SecretKind::KeyPassphrase, path}))
            key.passphrase = *passphrase;
        options.auth.emplace_back(std::move(key));
    };
    switch (hop.auth) {
    case AuthKind::Password:
        if (const SecretBytes *password = secret({SecretKind::Password, hop.id}))
            options.auth.emplace_back(ssh::PasswordAuth{*password});
        break;
    case AuthKind::Key:
        if (!hop.identityFile.isEmpty()) {
            addKey(expandHome(hop.identityFile));
        } else {
            options.auth.emplace_back(ssh::AgentAuth{});
            for (const QString &path : defaultIdentityFiles())
                addKey(path);
        }
        break;
    case AuthKind::Agent: options.auth.emplace_back(ssh::AgentAuth{}); break;
    }
    options.auth.emplace_back(ssh::InteractiveAuth{});
    return options;
}

ssh::SessionOptions SessionPlan::options() const
{
    std::shared_ptr<const ssh::SessionOptions> jump;
    for (std::size_t i = 0; i + 1 < m_hops.size(); ++i) {
        ssh::SessionOptions hop = hopOptions(m_hops[i]);
        hop.jump = jump;
        jump = std::make_shared<const ssh::SessionOptions>(std::move(hop));
    }
    ssh::SessionOptions target = hopOptions(m_hops.back());
    target.jump = jump;
    return target;
}

} // namespace core::fleet
