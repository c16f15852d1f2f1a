// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/ProfileJson.h"

#include "core/base/Money.h"

#include <QJsonArray>

#include <cstdlib>
#include <limits>

namespace core::profiles {

namespace {

using probe::PortForward;

QString authName(AuthKind kind)
{
    return kind == AuthKind::Key     ? QStringLiteral("key")
           : kind == AuthKind::Agent ? QStringLiteral("agent")
                                     : QStringLiteral("password");
}

AuthKind authKind(const QString &name)
{
    return name == u"key" ? AuthKind::Key : name == u"agent" ? AuthKind::Agent : AuthKind::Password;
}

QString forwardKind(PortForward::Kind kind)
{
    return kind == PortForward::Kind::Local    ? QStringLiteral("local")
           : kind == PortForward::Kind::Remote ? QStringLiteral("remote")
                                               : QStringLiteral("dynamic");
}

quint16 portValue(const QJsonValue &value, quint16 fallback)
{
    const int port = value.toInt(fallback);
    return port > 0 && port <= 65535 ? quint16(port) : fallback;
}

/// 0 for what is none.
quint16 portOf(const QString &text)
{
    bool ok = false;
    const ushort port = text.trimmed().toUShort(&ok);
    return ok ? port : 0;
}

QJsonArray forwardsJson(const std::vector<PortForward> &forwards)
{
    QJsonArray array;
    for (const PortForward &forward : forwards) {
        QJsonObject object{{QStringLiteral("kind"), forwardKind(forward.kind)},
                           {QStringLiteral("bind"), forward.bindAddress},
                           {QStringLiteral("port"), forward.bindPort},
                           {QStringLiteral("host"), forward.host},
                           {QStringLiteral("hostPort"), forward.hostPort}};
        if (!forward.label.isEmpty())
            object.insert(QStringLiteral("label"), forward.label);
        if (!forward.isOn)
            object.insert(QStringLiteral("off"), true);
        array.append(object);
    }
    return array;
}

QJsonArray keysJson(const std::vector<TrustedKey> &keys)
{
    QJsonArray array;
    for (const TrustedKey &key : keys)
        array.append(
            QJsonObject{{QStringLiteral("type"), QString::fromLatin1(key.type)},
                        {QStringLiteral("key"), QString::fromLatin1(key.blob.toBase64())}});
    return array;
}

/// Whole minor units, as all versions read them; what is finer stands beside them, so that one that
/// does not know it loses less than a minor unit.
QJsonObject priceJson(const Price &price)
{
    QJsonObject object{
        {QStringLiteral("minorPerHour"), price.tenThousandths / HourlyRate::perMinor},
        {QStringLiteral("currency"), price.currency}};
    if (const qint64 rest = price.tenThousandths % HourlyRate::perMinor; rest != 0)
        object.insert(QStringLiteral("hundredthsOfMinor"), rest);
    return object;
}

std::optional<Price> priceOf(const QJsonObject &object)
{
    constexpr qint64 mostMinor = std::numeric_limits<qint64>::max() / HourlyRate::perMinor - 1;
    const qint64 minor = object.value(u"minorPerHour").toInteger();
    qint64 rest = object.value(u"hundredthsOfMinor").toInteger();
    if (object.isEmpty() || minor > mostMinor || minor < -mostMinor)
        return std::nullopt;
    if (std::abs(rest) >= HourlyRate::perMinor)
        rest = 0;
    return Price{minor * HourlyRate::perMinor + rest,
                 object.value(u"currency").toString(QStringLiteral("CNY"))};
}

} // namespace

QJsonObject toJson(const Profile &profile)
{
    QJsonObject object = profile.unknownFields;
    const auto set = [&](const char *name, const QJsonValue &value, bool isDefault = false) {
        if (isDefault)
            object.remove(QLatin1StringView(name));
        else
            object.insert(QLatin1StringView(name), value);
    };
    set("id", profile.id);
    set("name", profile.name);
    set("host", profile.host);
    set("port", profile.port);
    set("user", profile.user);
    set("auth", authName(profile.auth));
    set("identityFile", profile.identityFile, profile.identityFile.isEmpty());
    set("jump", profile.jump, profile.jump.isEmpty());
    set("provider", profile.provider, profile.provider.isEmpty());
    set("containerHostname", profile.containerHostname, profile.containerHostname.isEmpty());
    set("note", profile.note, profile.note.isEmpty());
    set("trustedKeys", keysJson(profile.trustedKeys), profile.trustedKeys.empty());
    set("forwards", forwardsJson(profile.forwards), profile.forwards.empty());
    set("price", profile.price ? priceJson(*profile.price) : QJsonObject(), !profile.price);
    return object;
}

std::optional<Profile> fromJson(const QJsonObject &object)
{
    QJsonObject rest = object;
    const auto take = [&rest](const char *name) { return rest.take(QLatin1StringView(name)); };
    Profile profile;
    profile.id = take("id").toString();
    profile.name = take("name").toString();
    profile.host = take("host").toString();
    if (profile.id.isEmpty() || profile.name.isEmpty() || profile.host.isEmpty())
        return std::nullopt;
    // Text is read as well: other programs write "22". What is no port is no profile: another
    // instance may listen on 22.
    const QJsonValue port = take("port");
    profile.port = port.isUndefined() ? 22
                   : port.isString()  ? portOf(port.toString())
                                      : portValue(port, 0);
    if (profile.port == 0)
        return std::nullopt;
    profile.user = take("user").toString(profile.user);
    profile.auth = authKind(take("auth").toString());
    profile.identityFile = take("identityFile").toString();
    profile.jump = take("jump").toString();
    profile.provider = take("provider").toString();
    profile.containerHostname = take("containerHostname").toString();
    profile.note = take("note").toString();
    for (const auto &value : take("trustedKeys").toArray()) {
        const QByteArray blob = QByteArray::fromBase64(value[u"key"].toString().toLatin1());
        if (!blob.isEmpty())
            profile.trustedKeys.push_back({value[u"type"].toString().toLatin1(), blob});
    }
    for (const auto &value : take("forwards").toArray()) {
        PortForward forward;
        const QString kind = value[u"kind"].toString();
        forward.kind = kind == u"remote"    ? PortForward::Kind::Remote
                       : kind == u"dynamic" ? PortForward::Kind::Dynamic
                                            : PortForward::Kind::Local;
        forward.bindAddress = value[u"bind"].toString();
        forward.bindPort = portValue(value[u"port"], 0);
        forward.host = value[u"host"].toString();
        forward.hostPort = portValue(value[u"hostPort"], 0);
        forward.label = value[u"label"].toString();
        forward.isOn = !value[u"off"].toBool();
        if (forward.bindPort != 0)
            profile.forwards.push_back(forward);
    }
    profile.price = priceOf(take("price").toObject());
    profile.unknownFields = rest;
    return profile;
}

} // namespace core::profiles
