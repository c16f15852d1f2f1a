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

/// A part of a host's name; data, as the providers.
struct HostRegion
{
    const char *provider;
    const char *part;  ///< a label of the name, without the number at its end
    const char *names; ///< separated by |
};

constexpr HostRegion hostRegions[] = {
    {"autodl", "westb", "Northwest B|西北B区|西北B"},
    {"autodl", "bjb", "Beijing B|北京B区|北京B"},
    {"autodl", "cqa", "Chongqing A|重庆A区|重庆A"},
    {"autodl", "nmb", "Inner Mongolia B|内蒙B区|内蒙B"},
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

QStringList regionsOf(const QString &host)
{
    const Provider *provider = providerOf(host);
    if (!provider)
        return {};
    for (QString label : host.toLower().split(u'.')) {
        while (!label.isEmpty() && label.back().isDigit())
            label.chop(1);
        for (const HostRegion &region : hostRegions) {
            if (qstrcmp(region.provider, provider->id) == 0 &&
                label == QLatin1StringView(region.part))
                return QString::fromUtf8(region.names).split(u'|');
        }
    }
    return {};
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
