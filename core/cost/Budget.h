// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Money.h"

#include <QDate>
#include <QSet>

#include <optional>
#include <vector>

namespace core::cost {

/// What the user wants to spend at most; absent = no limit.
struct Budget
{
    std::optional<Money> perDay;
    std::optional<Money> perMonth;

    bool operator==(const Budget &) const = default;
};

struct BudgetWarning
{
    enum class Span { Day, Month };
    Span span = Span::Day;
    int percent = 80; ///< 80 or 100
    Money spent;
    Money limit;
    QString key; ///< "day:2026-11-26:80"; kept by the caller, so that it is said once

    bool operator==(const BudgetWarning &) const = default;
};

/// Which warnings are due. Pure. \a today: the local day that is being spent in; \a spentToday and
/// \a spentThisMonth in the budget's currencies (a budget in another one is not judged). \a said:
/// the keys that were said before. At most one a span: who is over the limit need not hear of 80 %.
[[nodiscard]] std::vector<BudgetWarning> budgetWarnings(const Budget &budget, QDate today,
                                                        Money spentToday, Money spentThisMonth,
                                                        const QSet<QString> &said);

/// The keys of \a said that can still matter on \a today: what is to be kept.
[[nodiscard]] QSet<QString> keysToKeep(const QSet<QString> &said, QDate today);

} // namespace core::cost
