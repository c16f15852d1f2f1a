// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/RunHistory.h"

#include "core/history/Database.h"

#include <QSqlQuery>
#include <QVariant>

#include <functional>

namespace core::history {

using cost::RunSlice;
using cost::TimeMs;

namespace {

constexpr const char *runColumns =
    "instance, from_ms, to_ms, instance_name, boot_ms, no_gpu, seen, "
    "card, gpus, price_minor, price_rest, currency, idle_gpu_ms";

/// Version 2 added price_rest: the ten-thousandths that price_minor, in hundredths, leaves over.
QStringList upgradeRunsFrom(int found)
{
    const QString finerPrices =
        QStringLiteral("ALTER TABLE runs ADD COLUMN price_rest INTEGER NOT NULL DEFAULT 0");
    if (found != 0)
        return {finerPrices};
    return {
        QStringLiteral(
            "CREATE TABLE IF NOT EXISTS runs (instance TEXT NOT NULL, from_ms INTEGER NOT "
            "NULL, to_ms INTEGER NOT NULL, instance_name TEXT, boot_ms INTEGER, no_gpu INTEGER, "
            "seen INTEGER, card TEXT, gpus INTEGER, price_minor INTEGER, currency TEXT, "
            "idle_gpu_ms INTEGER, PRIMARY KEY (instance, from_ms)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX IF NOT EXISTS runs_to ON runs (to_ms)"),
        QStringLiteral("CREATE TABLE IF NOT EXISTS said (key TEXT PRIMARY KEY) WITHOUT ROWID"),
        finerPrices};
}

Schema runSchema()
{
    return {2,
            upgradeRunsFrom,
            {QStringLiteral("DELETE FROM runs WHERE to_ms < (CAST(strftime('%s', 'now') AS "
                            "INTEGER) - %1 * 86400) * 1000")
                 .arg(RunHistory::keptDays)}};
}

void bind(QSqlQuery &query, const RunSlice &slice)
{
    query.addBindValue(slice.instanceId);
    query.addBindValue(slice.from);
    query.addBindValue(slice.to);
    query.addBindValue(slice.instanceName);
    query.addBindValue(slice.boot);
    query.addBindValue(slice.noGpu);
    query.addBindValue(slice.seen);
    query.addBindValue(slice.card);
    query.addBindValue(slice.gpus);
    const qint64 rate = slice.perHour ? slice.perHour->tenThousandths : 0;
    query.addBindValue(slice.perHour ? QVariant(rate / HourlyRate::perMinor) : QVariant());
    query.addBindValue(rate % HourlyRate::perMinor);
    query.addBindValue(slice.perHour ? QVariant(QString(currencyCode(slice.perHour->currency)))
                                     : QVariant());
    query.addBindValue(slice.idleGpuMs);
}

} // namespace

class RunHistory::Private
{
public:
    Database database{runSchema()};

    [[nodiscard]] Result<std::vector<RunSlice>> read(const QString &condition);
    [[nodiscard]] Result<std::vector<RunSlice>> readOnce(const QString &condition);
    [[nodiscard]] Result<> inOne(const std::function<Result<>()> &work);
};

RunHistory::RunHistory()
    : d(std::make_unique<Private>())
{
}

RunHistory::~RunHistory() = default;

Result<> RunHistory::open(const QString &file)
{
    return d->database.open(file);
}

QString RunHistory::corruptKeptAs() const
{
    return d->database.corruptKeptAs();
}

Result<> RunHistory::Private::inOne(const std::function<Result<>()> &work)
{
    if (Result<> begun = database.run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun;
    Result<> done = work();
    if (done)
        done = database.run(QStringLiteral("COMMIT"));
    if (!done)
        static_cast<void>(database.run(QStringLiteral("ROLLBACK")));
    return done;
}

Result<> RunHistory::save(const std::vector<RunSlice> &slices)
{
    if (slices.empty())
        return {};
    return d->inOne([&]() -> Result<> {
        QSqlQuery query(d->database.handle());
        query.prepare(
            QStringLiteral(
                "INSERT INTO runs (%1) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (instance, "
                "from_ms) DO UPDATE SET to_ms = excluded.to_ms, instance_name = "
                "excluded.instance_name, boot_ms = excluded.boot_ms, no_gpu = excluded.no_gpu, "
                "seen = excluded.seen, card = excluded.card, gpus = excluded.gpus, price_minor = "
                "excluded.price_minor, price_rest = excluded.price_rest, currency = "
                "excluded.currency, idle_gpu_ms = "
                "excluded.idle_gpu_ms WHERE excluded.to_ms >= to_ms")
                .arg(QString::fromLatin1(runColumns)));
        for (const RunSlice &slice : slices) {
            bind(query, slice);
            if (!query.exec())
                return tl::make_unexpected(Database::problem(query.lastError()));
        }
        return {};
    });
}

Result<std::vector<RunSlice>> RunHistory::Private::readOnce(const QString &condition)
{
    QSqlQuery query(database.handle());
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT %1 FROM runs %2")
                        .arg(QString::fromLatin1(runColumns), condition)))
        return tl::make_unexpected(Database::problem(query.lastError()));
    std::vector<RunSlice> slices;
    while (query.next()) {
        RunSlice one;
        int column = 0;
        const auto next = [&] { return query.value(column++); };
        one.instanceId = next().toString();
        one.from = next().toLongLong();
        one.to = next().toLongLong();
        one.instanceName = next().toString();
        one.boot = next().toLongLong();
        one.noGpu = next().toBool();
        one.seen = next().toBool();
        one.card = next().toString();
        one.gpus = next().toInt();
        const QVariant minor = next();
        const qint64 rest = next().toLongLong();
        const auto currency = currencyOf(next().toString());
        if (!minor.isNull() && currency)
            one.perHour = HourlyRate{minor.toLongLong() * HourlyRate::perMinor + rest, *currency};
        one.idleGpuMs = next().toLongLong();
        slices.push_back(std::move(one));
    }
    // A damaged page ends the rows like the last one does.
    if (query.lastError().isValid())
        return tl::make_unexpected(Database::problem(query.lastError()));
    return slices;
}

Result<std::vector<RunSlice>> RunHistory::Private::read(const QString &condition)
{
    Result<std::vector<RunSlice>> slices = readOnce(condition);
    if (slices || slices.error().code != ErrorCode::Parse)
        return slices;
    if (const Result<> begun = database.beginAnew(); !begun)
        return tl::make_unexpected(begun.error());
    return readOnce(condition);
}

Result<std::vector<RunSlice>> RunHistory::load(TimeMs from, TimeMs to)
{
    return d->read(QStringLiteral("WHERE to_ms > %1 AND from_ms < %2 ORDER BY instance, from_ms")
                       .arg(from)
                       .arg(to));
}

Result<std::vector<RunSlice>> RunHistory::newest()
{
    // SQLite takes the other columns from the row that has the maximum; to be sure, it is spelled
    // out. Of two that end together the later one.
    return d->read(QStringLiteral(
        "AS r WHERE from_ms = (SELECT from_ms FROM runs WHERE instance = r.instance ORDER BY to_ms "
        "DESC, from_ms DESC LIMIT 1) ORDER BY instance"));
}

Result<> RunHistory::forget(const QString &instanceId)
{
    QSqlQuery query(d->database.handle());
    query.prepare(QStringLiteral("DELETE FROM runs WHERE instance = ?"));
    query.addBindValue(instanceId);
    if (!query.exec())
        return tl::make_unexpected(Database::problem(query.lastError()));
    return {};
}

Result<QSet<QString>> RunHistory::said()
{
    QSqlQuery query(d->database.handle());
    query.setForwardOnly(true);
    QSet<QString> keys;
    if (query.exec(QStringLiteral("SELECT key FROM said"))) {
        while (query.next())
            keys.insert(query.value(0).toString());
    }
    if (query.lastError().isValid())
        return tl::make_unexpected(Database::problem(query.lastError()));
    return keys;
}

Result<> RunHistory::setSaid(const QSet<QString> &keys)
{
    return d->inOne([&]() -> Result<> {
        if (Result<> emptied = d->database.run(QStringLiteral("DELETE FROM said")); !emptied)
            return emptied;
        QSqlQuery query(d->database.handle());
        query.prepare(QStringLiteral("INSERT INTO said (key) VALUES (?)"));
        for (const QString &key : keys) {
            query.addBindValue(key);
            if (!query.exec())
                return tl::make_unexpected(Database::problem(query.lastError()));
        }
        return {};
    });
}

} // namespace core::history
