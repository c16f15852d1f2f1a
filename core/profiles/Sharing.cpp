// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/Sharing.h"

#include "core/profiles/ProfileJson.h"

#include <QJsonArray>
#include <QUrl>

namespace core::profiles {

namespace {

QString fileName(const QString &path)
{
    return path.sliced(std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u'\\')) + 1);
}

QString word(const QString &text)
{
    return text.contains(u' ') ? u'"' + text + u'"' : text;
}

} // namespace

QString withoutUrlPassword(const QString &text)
{
    QUrl url(text);
    if (!text.contains(u"://") || !url.isValid() || url.password().isEmpty())
        return text;
    url.setPassword(QString());
    return url.toString();
}

Profile forSharing(const Profile &profile)
{
    Profile shared = profile;
    shared.id.clear();
    shared.note.clear();
    shared.unknownFields = {};
    shared.containerHostname.clear(); // of nobody else's use, and tells which machine it is
    shared.identityFile = fileName(profile.identityFile);
    shared.jump = withoutUrlPassword(profile.jump);
    return shared;
}

QByteArray shareJson(const std::vector<Profile> &profiles)
{
    QJsonArray list;
    for (const Profile &profile : profiles) {
        QJsonObject object = toJson(forSharing(profile));
        object.remove(QStringLiteral("id"));
        list.append(object);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("danlu"), QStringLiteral("profiles")},
                                     {QStringLiteral("version"), 1},
                                     {QStringLiteral("profiles"), list}})
        .toJson();
}

QString shareText(const std::vector<Profile> &profiles)
{
    QString text;
    for (const Profile &profile : profiles) {
        const Profile shared = forSharing(profile);
        text += shared.name.simplified() + QStringLiteral(": ssh");
        if (shared.port != 22)
            text += QStringLiteral(" -p %1").arg(shared.port);
        if (!shared.identityFile.isEmpty())
            text += QStringLiteral(" -i ") + word(shared.identityFile);
        if (!shared.jump.isEmpty())
            text += QStringLiteral(" -J ") + word(shared.jump);
        text += QStringLiteral(" %1@%2\n").arg(shared.user, shared.host);
    }
    return text;
}

} // namespace core::profiles
