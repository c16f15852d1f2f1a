// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/TransferHistory.h"

#include "core/history/Database.h"
#include "core/history/TransferJson.h"

#include <QSqlQuery>
#include <QVariant>

namespace core::history {

namespace {

constexpr int firstEnded = int(TransferStatus::Done);

constexpr const char *columns =
    "id, instance, instance_name, position, status, request, bytes, total_bytes, files, "
    "total_files, skipped, failed, protocol, verified, error_code, error_step, error_detail, "
    "failures, created_ms, started_ms, ended_ms, active_ms, outcome_count, copied_bytes, present";

QStringList columnList()
{
    return QString::fromLatin1(columns).split(QStringLiteral(", "));
}

QStringList upgradeFrom(int found)
{
    QStringList statements;
    if (found == 0)
        statements.append(QStringLiteral(
            "CREATE TABLE IF NOT EXISTS transfers (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "instance TEXT, instance_name TEXT, position INTEGER, status INTEGER, request TEXT, "
            "bytes INTEGER, total_bytes INTEGER, files INTEGER, total_files INTEGER, "
            "skipped INTEGER, failed INTEGER, protocol TEXT, verified INTEGER, "
            "error_code INTEGER, error_step INTEGER, error_detail TEXT, failures TEXT, "
            "created_ms INTEGER, started_ms INTEGER, ended_ms INTEGER, active_ms INTEGER)"));
    for (const char *column : {"outcome_count", "copied_bytes", "present"})
        statements.append(
            QStringLiteral("ALTER TABLE transfers ADD COLUMN %1 INTEGER NOT NULL DEFAULT 0")
                .arg(QString::fromLatin1(column)));
    if (found == 1)
        statements.append(QStringLiteral("UPDATE transfers SET copied_bytes = bytes"));
    return statements;
}

Schema schema()
{
    return {2,
            upgradeFrom,
            {QStringLiteral("DELETE FROM transfers WHERE status >= %1 AND id NOT IN (SELECT id "
                            "FROM transfers WHERE status >= %1 ORDER BY ended_ms DESC, id DESC "
                            "LIMIT %2)")
                 .arg(firstEnded)
                 .arg(TransferHistory::mostEnded)}};
}

} // namespace

class TransferHistory::Private
{
public:
    Database database{schema()};

    [[nodiscard]] Result<std::vector<TransferRecord>> read(int ended);
    [[nodiscard]] Result<> read(const QString &condition, std::vector<TransferRecord> &into);
    static void bind(QSqlQuery &query, const TransferRecord &record);
};

void TransferHistory::Private::bind(QSqlQuery &query, const TransferRecord &record)
{
    query.addBindValue(record.id);
    query.addBindValue(record.instanceId);
    query.addBindValue(record.instanceName);
    query.addBindValue(record.id);
    query.addBindValue(int(record.status));
    query.addBindValue(QString::fromUtf8(requestJson(record.request)));
    query.addBindValue(record.progress.bytes);
    query.addBindValue(record.progress.totalBytes);
    query.addBindValue(record.progress.files);
    query.addBindValue(record.progress.totalFiles);
    query.addBindValue(record.summary.skipped);
    query.addBindValue(record.summary.failed);
    query.addBindValue(QString::fromLatin1(record.summary.protocol));
    query.addBindValue(record.summary.verified);
    query.addBindValue(record.error ? QVariant(int(record.error->code)) : QVariant());
    query.addBindValue(record.error ? QVariant(int(record.error->step)) : QVariant());
    query.addBindValue(record.error ? QVariant(record.error->detail) : QVariant());
    query.addBindValue(QString::fromUtf8(outcomesJson(record.outcomes)));
    query.addBindValue(record.createdMs);
    query.addBindValue(record.startedMs);
    query.addBindValue(record.endedMs);
    query.addBindValue(record.activeMs);
    query.addBindValue(record.outcomeCount);
    query.addBindValue(record.copiedBytes);
    query.addBindValue(record.progress.present);
}

TransferHistory::TransferHistory()
    : d(std::make_unique<Private>())
{
}

TransferHistory::~TransferHistory() = default;

Result<> TransferHistory::open(const QString &file)
{
    return d->database.open(file);
}

QString TransferHistory::corruptKeptAs() const
{
    return d->database.corruptKeptAs();
}

Result<std::vector<TransferRecord>> TransferHistory::load(int ended)
{
    Result<std::vector<TransferRecord>> records = d->read(ended);
    if (records || records.error().code != ErrorCode::Parse)
        return records;
    if (const Result<> begun = d->database.beginAnew(); !begun)
        return tl::make_unexpected(begun.error());
    return d->read(ended);
}

Result<std::vector<TransferRecord>> TransferHistory::Private::read(int ended)
{
    std::vector<TransferRecord> records;
    Result<> done =
        read(QStringLiteral("status < %1 ORDER BY position, id").arg(firstEnded), records);
    if (done)
        done = read(QStringLiteral("status >= %1 ORDER BY ended_ms DESC, id DESC LIMIT %2")
                        .arg(firstEnded)
                        .arg(ended),
                    records);
    if (!done)
        return tl::make_unexpected(done.error());
    return records;
}

Result<> TransferHistory::Private::read(const QString &condition, std::vector<TransferRecord> &into)
{
    QSqlQuery query(database.handle());
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT %1 FROM transfers WHERE %2")
                        .arg(QString::fromLatin1(columns), condition)))
        return tl::make_unexpected(Database::problem(query.lastError()));
    while (query.next()) {
        TransferRecord one;
        int column = 0;
        const auto next = [&] { return query.value(column++); };
        one.id = next().toLongLong();
        one.instanceId = next().toString();
        one.instanceName = next().toString();
        ++column; // the position
        one.status = TransferStatus(next().toInt());
        one.request = requestOf(next().toString().toUtf8());
        one.progress.bytes = next().toLongLong();
        one.progress.totalBytes = next().toLongLong();
        one.progress.files = next().toLongLong();
        one.progress.totalFiles = next().toLongLong();
        one.summary.bytes = one.progress.bytes;
        one.summary.files = one.progress.files;
        one.summary.skipped = next().toLongLong();
        one.summary.failed = next().toLongLong();
        one.summary.protocol = next().toString().toLatin1();
        one.summary.verified = next().toBool();
        const QVariant code = next();
        const int step = next().toInt();
        const QString detail = next().toString();
        if (!code.isNull())
            one.error = Error{ErrorCode(code.toInt()), Step(step), detail};
        one.outcomes = outcomesOf(next().toString().toUtf8());
        one.createdMs = next().toLongLong();
        one.startedMs = next().toLongLong();
        one.endedMs = next().toLongLong();
        one.activeMs = next().toLongLong();
        one.outcomeCount = std::max(next().toLongLong(), qlonglong(one.outcomes.size()));
        one.copiedBytes = next().toLongLong();
        one.progress.present = next().toLongLong();
        into.push_back(std::move(one));
    }
    // A damaged page ends the rows like the last one does.
    if (query.lastError().isValid())
        return tl::make_unexpected(Database::problem(query.lastError()));
    return {};
}

Result<> TransferHistory::save(const TransferRecord &record)
{
    QStringList marks;
    QStringList sets;
    for (const QString &column : columnList()) {
        marks.append(QStringLiteral("?"));
        if (column != u"id" && column != u"position")
            sets.append(column + QStringLiteral(" = excluded.") + column);
    }
    QSqlQuery query(d->database.handle());
    query.prepare(QStringLiteral("INSERT INTO transfers (%1) VALUES (%2) ON CONFLICT (id) DO "
                                 "UPDATE SET %3")
                      .arg(QString::fromLatin1(columns), marks.join(u','), sets.join(u',')));
    Private::bind(query, record);
    if (!query.exec())
        return tl::make_unexpected(Database::problem(query.lastError()));
    return {};
}

Result<> TransferHistory::remove(qint64 id)
{
    return d->database.run(QStringLiteral("DELETE FROM transfers WHERE id = %1").arg(id));
}

Result<> TransferHistory::removeEnded()
{
    return d->database.run(
        QStringLiteral("DELETE FROM transfers WHERE status >= %1").arg(firstEnded));
}

Result<> TransferHistory::setOrder(const std::vector<qint64> &ids)
{
    d->database.handle().transaction();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Result<> done =
            d->database.run(QStringLiteral("UPDATE transfers SET position = %1 WHERE id = %2")
                                .arg(i + 1)
                                .arg(ids[i]));
        if (!done) {
            d->database.handle().rollback();
            return done;
        }
    }
    if (!d->database.handle().commit())
        return tl::make_unexpected(Database::problem(d->database.handle().lastError()));
    return {};
}

} // namespace core::history
