// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/Budget.h"

namespace core::cost {

namespace {

QString spanKey(BudgetWarning::Span span, QDate today)
{
    return span == BudgetWarning::Span::Day
               ? QStringLiteral("day:") + today.toString(Qt::ISODate)
               : QStringLiteral("month:") + today.toString(QStringLiteral("yyyy-MM"));
}

std::optional<BudgetWarning> warningFor(BudgetWarning::Span span, const std::optional<Money> &limit,
                                        QDate today, Money spent, const QSet<QString> &said)
{
    if (!limit || limit->minor <= 0 || limit->currency != spent.currency)
        return std::nullopt;
    for (const int percent : {100, 80}) {
        // spent / limit >= percent / 100, without a product that could overflow.
        const qint64 threshold =
            limit->minor / 100 * percent + (limit->minor % 100 * percent + 99) / 100;
        if (spent.minor < threshold)
            continue;
        const QString key = spanKey(span, today) + u':' + QString::number(percent);
        if (said.contains(key))
            return std::nullopt;
        return BudgetWarning{span, percent, spent, *limit, key};
    }
    return std::nullopt;
}

} // namespace

std::vector<BudgetWarning> budgetWarnings(const Budget &budget, QDate today, Money spentToday,
                                          Money spentThisMonth, const QSet<QString> &said)
{
    std::vector<BudgetWarning> due;
    using Span = BudgetWarning::Span;
    if (auto day = warningFor(Span::Day, budget.perDay, today, spentToday, said))
        due.push_back(*day);
    if (auto month = warningFor(Span::Month, budget.perMonth, today, spentThisMonth, said))
        due.push_back(*month);
    return due;
}

QSet<QString> keysToKeep(const QSet<QString> &said, QDate today)
{
    QSet<QString> kept;
    for (const QString &key : said) {
        if (key.startsWith(spanKey(BudgetWarning::Span::Day, today) + u':') ||
            key.startsWith(spanKey(BudgetWarning::Span::Month, today) + u':'))
            kept.insert(key);
    }
    return kept;
}

} // namespace core::cost
