// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobBackend.h"
#include "core/jobs/JobInfo.h"
#include "core/metrics/Sample.h"
#include "core/probe/LoginCommand.h"
#include "core/probe/SystemInfo.h"
#include "core/profiles/Profile.h"

#include <QJsonArray>
#include <QJsonObject>

/// The JSON of docs/cli.md. Absent figures become null.
namespace cli {

[[nodiscard]] inline QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

[[nodiscard]] inline QJsonValue textOrNull(const QByteArray &text)
{
    return textOrNull(QString::fromUtf8(text));
}

template <typename T>
[[nodiscard]] QJsonValue orNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

/// "2026-11-26T08:00:00.123Z".
[[nodiscard]] QString isoTime(qint64 msSinceEpoch);

[[nodiscard]] QJsonObject toJson(const core::metrics::Sample &sample);
[[nodiscard]] QJsonObject toJson(const core::probe::SmiReport &report);
[[nodiscard]] QJsonArray toJson(const std::vector<core::probe::DiskInfo> &disks);
[[nodiscard]] QJsonObject toJson(const core::probe::OsRelease &os);
[[nodiscard]] QJsonObject toJson(const core::probe::MemInfo &memory);
[[nodiscard]] QJsonObject toJson(const core::probe::ScreenList &list);
[[nodiscard]] QJsonObject toJson(const core::probe::TmuxList &list);
[[nodiscard]] QJsonObject toJson(const core::probe::CondaList &list);
[[nodiscard]] QJsonObject toJson(const core::jobs::JobInfo &job,
                                 const core::jobs::JobBackends &backends,
                                 const std::optional<core::profiles::Price> &price);
[[nodiscard]] QJsonObject toJson(const core::jobs::JobsOverview &overview,
                                 const core::jobs::JobBackends &backends,
                                 const std::optional<core::profiles::Price> &price);
/// The password is part of it: the caller asked for this very text to be taken apart.
[[nodiscard]] QJsonObject toJson(const core::probe::LoginCommand &login);

} // namespace cli
