// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Finding.h"

#include <QString>

namespace ui::monitor {

/// A finding in words, and what can be copied to act on it.
struct AdviceWords
{
    QString title;      ///< what is so
    QString reason;     ///< why that is a loss, and what it most likely comes from
    QString action;     ///< what to do
    QString commands;   ///< lines to run there; "" = none
    bool isLoss = true; ///< false: a hint, nothing is going wrong
};
[[nodiscard]] AdviceWords wordsFor(const core::advice::Finding &finding);

} // namespace ui::monitor
