// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Finding.h"

#include <QJsonObject>

namespace cli {

/// A finding in words. English, as all that the command line says.
struct AdviceWords
{
    QString title;  ///< what is so
    QString reason; ///< why that is a loss, and what it most likely comes from
    QString action; ///< what to do
};
[[nodiscard]] AdviceWords wordsFor(const core::advice::Finding &finding);

/// The object of docs/cli.md.
[[nodiscard]] QJsonObject toJson(const core::advice::Finding &finding);

} // namespace cli
