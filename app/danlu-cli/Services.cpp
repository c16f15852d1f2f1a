// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Services.h"

#include "app/danlu-cli/Arguments.h"
#include "app/danlu-cli/Output.h"
#include "core/secrets/KeychainStore.h"

#include <QStandardPaths>

using namespace core;

namespace cli {

QString configDirectory(const Arguments &arguments)
{
    const QString said =
        arguments.value("config-dir").value_or(qEnvironmentVariable("DANLU_CONFIG_DIR"));
    return said.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                          : said;
}

Result<std::unique_ptr<Services>> makeServices(const Arguments &arguments)
{
    auto services = std::make_unique<Services>();
    services->configDir = configDirectory(arguments);
    services->profiles = std::make_unique<profiles::ProfileStore>(services->configDir);
    services->secrets = secrets::makeSecretStore();
    const auto loaded = services->profiles->load();
    if (!loaded)
        return tl::make_unexpected(loaded.error());
    if (!loaded->corruptKeptAs.isEmpty())
        reportError(
            {ErrorCode::Parse, Step::Profile,
             (loaded->lostProfiles > 0
                  ? QStringLiteral("%1 profile(s) in profiles.json could not be read; the file "
                                   "is kept as ")
                        .arg(loaded->lostProfiles)
                  : QStringLiteral("profiles.json was broken and is kept as ")) +
                 loaded->corruptKeptAs},
            arguments.json);
    return services;
}

} // namespace cli
