// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Logging.h"

Q_LOGGING_CATEGORY(lcSsh, "danlu.ssh", QtWarningMsg)
Q_LOGGING_CATEGORY(lcSampler, "danlu.sampler", QtWarningMsg)
Q_LOGGING_CATEGORY(lcProfiles, "danlu.profiles", QtWarningMsg)
Q_LOGGING_CATEGORY(lcSecrets, "danlu.secrets", QtWarningMsg)
Q_LOGGING_CATEGORY(lcFleet, "danlu.fleet", QtWarningMsg)
Q_LOGGING_CATEGORY(lcUi, "danlu.ui", QtWarningMsg)
