// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/money/MoneyWords.h"

#include "ui/common/Format.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui::money {

using namespace core::cost;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Money)
};

} // namespace

QString moneyWords(core::Money amount)
{
    return format::money(amount.minor, QString(core::currencyCode(amount.currency)));
}

QString moneyWords(const std::map<core::Currency, core::Money> &amounts)
{
    QStringList parts;
    for (const auto &[currency, amount] : amounts)
        parts.append(moneyWords(amount));
    return parts.isEmpty() ? format::absent() : parts.join(QStringLiteral(" + "));
}

QString lengthWords(TimeMs length)
{
    return length > 0 ? format::duration(length / 1000) : format::absent();
}

QString releaseWords(const Release &release)
{
    if (release.remaining <= 0)
        //: The provider may have deleted the instance with its data
        return Text::tr("may be gone");
    //: When the provider deletes the instance; %1 is a duration
    return Text::tr("in %1 at the earliest").arg(format::duration(release.remaining / 1000));
}

WarningWords wordsFor(const BudgetWarning &warning)
{
    const bool isDay = warning.span == BudgetWarning::Span::Day;
    WarningWords words;
    if (warning.percent >= 100)
        words.title = isDay ? Text::tr("Today's budget is used up")
                            : Text::tr("This month's budget is used up");
    else
        words.title = isDay ? Text::tr("80 % of today's budget are used")
                            : Text::tr("80 % of this month's budget are used");
    //: Both are amounts of money
    words.details = Text::tr("%1 of %2. What runs goes on running: stop what you don't need.")
                        .arg(moneyWords(warning.spent), moneyWords(warning.limit));
    return words;
}

WarningWords wordsFor(const QString &instanceName, const Release &release)
{
    WarningWords words;
    words.title = release.remaining <= 0
                      ? Text::tr("%1 may have been released with its data").arg(instanceName)
                      //: %1 is an instance, %2 a duration
                      : Text::tr("%1 may be released in %2, with its data")
                            .arg(instanceName, format::duration(release.remaining / 1000));
    words.details = Text::tr("The provider deletes instances that stay powered off. Start it once "
                             "in the console, without a GPU if that is cheaper, or fetch what you "
                             "need.");
    return words;
}

} // namespace ui::money
