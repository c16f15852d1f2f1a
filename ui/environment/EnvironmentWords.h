// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Actions.h"
#include "core/env/TorchFit.h"
#include "ui/common/Icons.h"

#include <QCoreApplication>

namespace ui::environment {

/// "verl", "/opt/venv", "/usr/bin/python3".
[[nodiscard]] QString titleOf(const core::env::Environment &environment);
/// "Works", "Can't drive this card", ...
[[nodiscard]] QString fitText(const core::env::TorchFit &fit);
[[nodiscard]] QIcon fitIcon(core::env::Fit fit);
/// Why, in a sentence or two; "" where there is nothing to say.
[[nodiscard]] QString fitReason(const core::env::TorchFit &fit,
                                const core::env::Environment &environment);
/// The mirror's name, "default", or the address.
[[nodiscard]] QString mirrorText(const std::optional<core::env::Setting> &setting);
/// What is wrong with what was typed, by the detail of a Usage error.
[[nodiscard]] QString problemText(const core::Error &error);

/// For the translator's context.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(ui::environment)
};

} // namespace ui::environment
