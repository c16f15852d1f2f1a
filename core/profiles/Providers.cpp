// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/Providers.h"

namespace core::profiles {

namespace {

constexpr Provider providers[] = {
    {"autodl", "AutoDL", ".autodl.com .seetacloud.com", "root", 15, 10, false},
    {"runpod-proxy", "RunPod", "ssh.runpod.io", "root", 0, 0, true},
    {"runpod", "RunPod", ".runpod.io .runpod.net", "root", 0, 0, false},
    {"vast", "vast.ai", ".vast.ai", "root", 0, 0, false},
    {"featurize", "Featurize", ".featurize.cn", "featurize", 0, 0, false},
    {"matpool", "Matpool", ".matpool.com", "root", 0, 0, false},
    {"gpushare", "Gpushare", ".gpushare.com", "root", 10, 0, false},
    {"lambda", "Lambda", ".lambdalabs.com .lambda.ai", "ubuntu", 0, 0, false},
};

} // namespace

const Provider *providerOf(const QString &host)
{
    const QString lower = host.toLower();
    for (const Provider &provider : providers) {
        const QStringList suffixes = QString::fromLatin1(provider.hostSuffixes).split(u' ');
        for (const QString &suffix : suffixes) {
            if (lower == suffix || (suffix.startsWith(u'.') && lower.endsWith(suffix)))
                return &provider;
        }
    }
    return nullptr;
}

const Provider *providerById(const QString &id)
{
    for (const Provider &provider : providers) {
        if (id == QLatin1StringView(provider.id))
            return &provider;
    }
    return nullptr;
}

Profile profileFromLogin(const probe::LoginCommand &login)
{
    Profile profile;
    const Provider *provider = providerOf(login.host);
    profile.host = login.host;
    profile.port = login.port;
    profile.user = !login.user.isEmpty() ? login.user
                   : provider            ? QString::fromLatin1(provider->user)
                                         : QStringLiteral("root");
    profile.forwards = login.forwards;
    profile.jump = login.jump.value_or(QString());
    if (login.identity) {
        profile.identityFile = *login.identity;
        profile.auth = AuthKind::Key;
    }
    if (provider)
        profile.provider = QString::fromLatin1(provider->id);
    const QString place = provider ? QString::fromLatin1(provider->name) : login.host;
    profile.name = login.port == 22 ? place : QStringLiteral("%1 %2").arg(place).arg(login.port);
    return profile;
}

} // namespace core::profiles
