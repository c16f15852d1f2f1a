// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "ui/common/Chip.h"

namespace ui::instances {

/// A state as word, icon and colour.
struct StateWords
{
    QString word;
    Chip::Tone tone = Chip::Tone::Neutral;
    Icon sign = Icon::Power;
};
[[nodiscard]] StateWords stateWords(const core::fleet::Instance &instance);

/// "RTX 4090 ×2" from the last sample; "" when nothing is known.
[[nodiscard]] QString cardWords(const core::fleet::Instance &instance);
/// "¥3.96/h"; "" without a price.
[[nodiscard]] QString priceWords(const core::fleet::Instance &instance);

} // namespace ui::instances
