// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/Profile.h"

#include <QStringList>

namespace core::profiles {

/// What is known of a provider; data, so that another one is a row.
struct Provider
{
    const char *id;
    const char *name;
    const char *hostSuffixes; ///< separated by blanks
    const char *user;         ///< who signs in there
    int releaseDays;          ///< powered off for so long = gone; 0 = unknown
    int noGpuFenPerHour;      ///< flat price of its mode without GPU; 0 = has none, or unknown
    bool needsPty;            ///< its proxy gives no plain exec (RunPod's ssh.runpod.io)
};

/// Null when the host belongs to none of them.
[[nodiscard]] const Provider *providerOf(const QString &host);
[[nodiscard]] const Provider *providerById(const QString &id);

/// What a host's name tells of the region it is in, in the spellings of price tables; empty = it
/// tells nothing.
[[nodiscard]] QStringList regionsOf(const QString &host);

/// A profile as a pasted command says, with a name like "AutoDL 35394"; not saved, without id.
/// The password is not part of it.
[[nodiscard]] Profile profileFromLogin(const probe::LoginCommand &login);

} // namespace core::profiles
