// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

#include "core/probe/LoginCommand.h"

namespace core::profiles {

/// What an instance costs an hour, in integer ten-thousandths of its currency's unit (hundredths of
/// a fen or cent), as core::HourlyRate; the currency may be one that this version does not know.
struct Price
{
    qint64 tenThousandths = 0;
    QString currency = QStringLiteral("CNY");
    bool operator==(const Price &) const = default;
};

enum class AuthKind { Password, Key, Agent };

/// One host key that this profile trusts.
struct TrustedKey
{
    QByteArray type; ///< "ssh-ed25519"
    QByteArray blob; ///< the raw public key blob (RFC 4253 6.6), not base64
    bool operator==(const TrustedKey &) const = default;
};

/// An instance as the user saved it. Holds no secret: the store takes a password out of an ssh://
/// jump.
struct Profile
{
    QString id;   ///< UUID without braces, made once
    QString name; ///< unique, shown to the user
    QString host;
    quint16 port = 22;
    QString user = QStringLiteral("root");
    AuthKind auth = AuthKind::Password;
    QString identityFile; ///< for Key; "~" is kept as written
    QString jump;         ///< "" or user@host[:port], or another profile's name
    std::optional<Price> price;
    QString provider;          ///< provider id guessed from the host, "" if unknown
    QString containerHostname; ///< last seen hostname of the instance: its real identity
    std::vector<TrustedKey> trustedKeys;
    std::vector<probe::PortForward> forwards;
    QString note;
    QJsonObject unknownFields; ///< written by a newer version; kept as they are

    bool operator==(const Profile &) const = default;
};

} // namespace core::profiles
