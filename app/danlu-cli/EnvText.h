// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Packages.h"
#include "core/env/TorchFit.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

namespace cli {

using EnvironmentSizes = QMap<QByteArray, qint64>; ///< bytes by path

/// The JSON and the lines of docs/cli.md.
[[nodiscard]] QJsonObject envJson(const core::env::Report &report,
                                  const std::vector<core::env::TorchFit> &fits,
                                  const EnvironmentSizes &sizes);
[[nodiscard]] QString envText(const core::env::Report &report,
                              const std::vector<core::env::TorchFit> &fits,
                              const EnvironmentSizes &sizes);
[[nodiscard]] QJsonArray packagesJson(const std::vector<core::env::Package> &packages);
[[nodiscard]] QString packagesText(const std::vector<core::env::Package> &packages);

} // namespace cli
