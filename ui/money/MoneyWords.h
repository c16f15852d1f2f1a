// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/Budget.h"
#include "core/cost/CostReport.h"
#include "core/cost/Release.h"

#include <QString>

namespace ui::money {

/// "¥7.32", "¥7.32 + $0.40"; an en dash for nothing.
[[nodiscard]] QString moneyWords(const std::map<core::Currency, core::Money> &amounts);
[[nodiscard]] QString moneyWords(core::Money amount);
/// "3 h 41 m"; an en dash for none.
[[nodiscard]] QString lengthWords(core::cost::TimeMs length);
/// "in 12 d 4 h at the earliest", "may be gone".
[[nodiscard]] QString releaseWords(const core::cost::Release &release);

/// A warning that is due, in words.
struct WarningWords
{
    QString title;
    QString details;
};
[[nodiscard]] WarningWords wordsFor(const core::cost::BudgetWarning &warning);
[[nodiscard]] WarningWords wordsFor(const QString &instanceName,
                                    const core::cost::Release &release);

} // namespace ui::money
