// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/CostCommand.h"

#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/RunLog.h"
#include "core/cost/Release.h"
#include "core/fleet/RunMarks.h"
#include "core/history/RunHistory.h"
#include "core/profiles/Providers.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>

using namespace core;
using namespace core::cost;

namespace cli {

namespace {

/// Without a sign of life for so long an instance may be off.
constexpr TimeMs offAfter = 10 * 60'000;

QString isoSeconds(TimeMs time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODate);
}

QJsonObject moneyJson(const std::map<Currency, Money> &amounts)
{
    QJsonObject object;
    for (const auto &[currency, money] : amounts)
        object.insert(QString(currencyCode(currency)), decimalText(money));
    return object;
}

QJsonObject totalsJson(const Totals &totals)
{
    return {{QStringLiteral("cost"), moneyJson(totals.cost)},
            {QStringLiteral("wasted"), moneyJson(totals.wasted)},
            {QStringLiteral("running_s"), totals.running / 1000},
            {QStringLiteral("no_gpu_s"), totals.noGpu / 1000},
            {QStringLiteral("idle_s"), totals.idle / 1000},
            {QStringLiteral("unpriced_s"), totals.unpriced / 1000},
            {QStringLiteral("unseen_s"), totals.unseen / 1000}};
}

QString moneyText(const std::map<Currency, Money> &amounts)
{
    QStringList texts;
    for (const auto &[currency, money] : amounts)
        texts.append(decimalText(money) + u' ' + currencyCode(currency));
    return texts.isEmpty() ? QStringLiteral("0.00") : texts.join(QStringLiteral(" + "));
}

QString hoursText(TimeMs time)
{
    const qint64 minutes = time / 60'000;
    return QStringLiteral("%1 h %2 m").arg(minutes / 60).arg(minutes % 60, 2, 10, QChar(u'0'));
}

QString totalsText(const Totals &totals)
{
    QString text = moneyText(totals.cost).leftJustified(16) + hoursText(totals.running);
    if (!totals.wasted.empty() && totals.idle > 0)
        text += QStringLiteral("  wasted %1").arg(moneyText(totals.wasted));
    if (totals.unpriced > 0)
        text += QStringLiteral("  without a price %1").arg(hoursText(totals.unpriced));
    return text;
}

} // namespace

CostCommand::CostCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_services(services)
{
}

void CostCommand::start()
{
    const QStringList &words = m_arguments.positionals;
    if (words.value(0) != u"report" || words.size() > 2) {
        Q_EMIT done(reportError(
            {ErrorCode::Usage, Step::None,
             QStringLiteral("cost report [TARGET] [--since DATE] | estimate --card C --hours H")},
            m_arguments.json));
        return;
    }
    const Result<Report> made = report();
    if (!made) {
        Q_EMIT done(reportError(made.error(), m_arguments.json));
        return;
    }
    if (m_arguments.json)
        printReport(*made);
    else
        printText(*made);
    Q_EMIT done(ExitDone);
}

void CostCommand::cancel()
{
    Q_EMIT done(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

/// A saved instance, or one that was removed and ran in the time asked for.
Result<QString> CostCommand::instanceOf(const std::vector<RunSlice> &slices) const
{
    const QString name = m_arguments.positionals.value(1);
    if (const profiles::Profile *profile = m_services.profiles->byName(name))
        return profile->id;
    const auto known = std::find_if(slices.rbegin(), slices.rend(), [&](const RunSlice &slice) {
        return slice.instanceName == name;
    });
    if (known == slices.rend())
        return fail(ErrorCode::NotFound, Step::Profile, name);
    return known->instanceId;
}

Result<CostCommand::Report> CostCommand::report() const
{
    using std::chrono::milliseconds;
    Report report;
    report.now =
        std::chrono::duration_cast<milliseconds>(m_services.clock.now().time_since_epoch()).count();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    const Period today = dayOf(report.now, zone);
    const Period week = weekOf(report.now, zone);
    const Period month = monthOf(report.now, zone);
    report.period = {month.from, report.now};
    if (const auto since = m_arguments.value("since")) {
        const QDate day = QDate::fromString(*since, Qt::ISODate);
        if (!day.isValid())
            return fail(ErrorCode::Usage, Step::None,
                        QStringLiteral("--since takes a date like 2026-11-01"));
        report.period.from = startOf(day, zone);
    }

    std::vector<RunSlice> slices;
    // Nothing is made only to say that there is nothing.
    if (QFile::exists(runsFile(m_services))) {
        history::RunHistory history;
        if (const Result<> opened = history.open(runsFile(m_services)); !opened)
            return tl::make_unexpected(opened.error());
        auto loaded =
            history.load(std::min({report.period.from, week.from, month.from}), report.now);
        if (!loaded)
            return tl::make_unexpected(loaded.error());
        slices = std::move(*loaded);
    }
    if (m_arguments.positionals.size() > 1) {
        const Result<QString> id = instanceOf(slices);
        if (!id)
            return tl::make_unexpected(id.error());
        std::erase_if(slices, [&](const RunSlice &slice) { return slice.instanceId != *id; });
    }
    QMap<QString, Rates> prices;
    for (const profiles::Profile &profile : m_services.profiles->profiles())
        prices.insert(profile.id, fleet::ratesOf(profile));
    report.today = costReport(slices, today, prices).all;
    report.week = costReport(slices, week, prices).all;
    report.month = costReport(slices, month, prices).all;
    report.since = costReport(slices, report.period, prices);
    return report;
}

QJsonObject CostCommand::lineJson(const CostReport::Line &line, TimeMs now) const
{
    QJsonObject object = totalsJson(line.totals);
    object.insert(QStringLiteral("name"), line.name);
    object.insert(QStringLiteral("last_on"), isoSeconds(line.lastSeen));
    QJsonValue release = QJsonValue::Null;
    const auto &all = m_services.profiles->profiles();
    const auto profile =
        std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.id == line.id; });
    const profiles::Provider *provider =
        profile == all.end() ? nullptr : profiles::providerById(profile->provider);
    if (provider && now - line.lastSeen > offAfter) {
        if (const auto due = releaseOf(line.lastSeen, provider->releaseDays, now))
            release = QJsonObject{{QStringLiteral("not_before"), isoSeconds(due->at)},
                                  {QStringLiteral("remaining_s"), due->remaining / 1000}};
    }
    object.insert(QStringLiteral("release"), release);
    return object;
}

void CostCommand::printReport(const Report &report) const
{
    QJsonArray instances;
    for (const CostReport::Line &line : report.since.instances)
        instances.append(lineJson(line, report.now));
    QJsonArray cards;
    for (const CostReport::Line &line : report.since.cards) {
        QJsonObject card = totalsJson(line.totals);
        card.insert(QStringLiteral("card"),
                    line.id.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(line.id));
        cards.append(card);
    }
    printJson(
        QJsonObject{{QStringLiteral("time_zone"), QString::fromUtf8(QTimeZone::systemTimeZoneId())},
                    {QStringLiteral("today"), totalsJson(report.today)},
                    {QStringLiteral("week"), totalsJson(report.week)},
                    {QStringLiteral("month"), totalsJson(report.month)},
                    {QStringLiteral("from"), isoSeconds(report.period.from)},
                    {QStringLiteral("to"), isoSeconds(report.period.to)},
                    {QStringLiteral("total"), totalsJson(report.since.all)},
                    {QStringLiteral("instances"), instances},
                    {QStringLiteral("cards"), cards}});
}

void CostCommand::printText(const Report &report) const
{
    printLine(QStringLiteral("today       ") + totalsText(report.today));
    printLine(QStringLiteral("this week   ") + totalsText(report.week));
    printLine(QStringLiteral("this month  ") + totalsText(report.month));
    const QDateTime from = QDateTime::fromMSecsSinceEpoch(report.period.from);
    printLine(QStringLiteral("since %1: ").arg(from.date().toString(Qt::ISODate)) +
              totalsText(report.since.all));
    for (const CostReport::Line &line : report.since.instances)
        printLine(QStringLiteral("  ") + line.name.leftJustified(20) + u' ' +
                  totalsText(line.totals));
    for (const CostReport::Line &line : report.since.cards)
        printLine(QStringLiteral("  ") +
                  (line.id.isEmpty() ? QStringLiteral("unknown card") : line.id).leftJustified(30) +
                  u' ' + totalsText(line.totals));
}

} // namespace cli
