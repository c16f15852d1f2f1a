// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/TransferHistory.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

namespace core::history {

using transfer::FileOutcome;
using transfer::TransferRequest;

namespace {

/// Of the tables; a later program reads older ones, an older program keeps off newer ones.
constexpr int schemaVersion = 1;

constexpr const char *columns =
    "instance, instance_name, position, status, request, bytes, total_bytes, files, total_files, "
    "skipped, failed, protocol, verified, error_code, error_step, error_detail, failures, "
    "created_ms, started_ms, ended_ms, active_ms";
constexpr int columnCount = 21;

/// Paths are bytes that JSON can't hold.
QString packed(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray unpacked(const QJsonValue &text)
{
    return QByteArray::fromBase64(text.toString().toLatin1());
}

QByteArray requestJson(const TransferRequest &request)
{
    QJsonArray sources;
    for (const QByteArray &source : request.sources)
        sources.append(packed(source));
    QJsonArray excludes;
    for (const QByteArray &glob : request.excludes)
        excludes.append(packed(glob));
    return QJsonDocument(
               QJsonObject{{QStringLiteral("get"), request.direction == transfer::Direction::Get},
                           {QStringLiteral("sources"), sources},
                           {QStringLiteral("target"), packed(request.target)},
                           {QStringLiteral("protocol"), int(request.protocol)},
                           {QStringLiteral("overwrite"), int(request.overwrite)},
                           {QStringLiteral("links"), int(request.links)},
                           {QStringLiteral("resume"), request.resume},
                           {QStringLiteral("verify"), request.verify},
                           {QStringLiteral("connections"), request.connections},
                           {QStringLiteral("excludes"), excludes}})
        .toJson(QJsonDocument::Compact);
}

TransferRequest requestOf(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    TransferRequest request;
    request.direction = object.value(u"get").toBool() ? transfer::Direction::Get //
                                                      : transfer::Direction::Put;
    for (const QJsonValue &source : object.value(u"sources").toArray())
        request.sources.push_back(unpacked(source));
    request.target = unpacked(object.value(u"target"));
    request.protocol = transfer::Protocol(object.value(u"protocol").toInt());
    request.overwrite = transfer::Overwrite(object.value(u"overwrite").toInt());
    request.links = transfer::Links(object.value(u"links").toInt());
    request.resume = object.value(u"resume").toBool();
    request.verify = object.value(u"verify").toBool();
    request.connections = object.value(u"connections").toInt(request.connections);
    for (const QJsonValue &glob : object.value(u"excludes").toArray())
        request.excludes.append(unpacked(glob));
    return request;
}

QByteArray failuresJson(const std::vector<FileOutcome> &failures)
{
    QJsonArray array;
    for (const FileOutcome &one : failures) {
        if (std::size_t(array.size()) == TransferHistory::mostFailures)
            break;
        const Error error = one.error.value_or(Error{});
        array.append(QJsonArray{packed(one.path), int(error.code), int(error.step), error.detail,
                                one.isTaken});
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

std::vector<FileOutcome> failuresOf(const QByteArray &json)
{
    std::vector<FileOutcome> failures;
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array()) {
        const QJsonArray one = value.toArray();
        failures.push_back(
            {unpacked(one.at(0)), FileOutcome::Result::Failed,
             Error{ErrorCode(one.at(1).toInt()), Step(one.at(2).toInt()), one.at(3).toString()},
             one.at(4).toBool()});
    }
    return failures;
}

} // namespace

class TransferHistory::Private
{
public:
    QString connection;
    QSqlDatabase database;

    [[nodiscard]] static Error problem(const QSqlError &error)
    {
        return {ErrorCode::LocalIo, Step::Profile, error.text()};
    }
    [[nodiscard]] Result<> run(const QString &statement) const
    {
        QSqlQuery query(database);
        if (!query.exec(statement))
            return tl::make_unexpected(problem(query.lastError()));
        return {};
    }
    [[nodiscard]] Result<> openOnce(const QString &file);
    void close();
    static void bind(QSqlQuery &query, const TransferRecord &record);
};

Result<> TransferHistory::Private::openOnce(const QString &file)
{
    connection = QStringLiteral("history-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
    database.setDatabaseName(file);
    if (!database.open())
        return tl::make_unexpected(problem(database.lastError()));
    // A crash of the machine may lose the last words, never the file.
    for (const char *statement : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"}) {
        if (Result<> done = run(QString::fromLatin1(statement)); !done)
            return done;
    }
    QSqlQuery version(database);
    if (!version.exec(QStringLiteral("PRAGMA user_version")) || !version.next())
        return tl::make_unexpected(problem(version.lastError()));
    const int found = version.value(0).toInt();
    version.finish();
    if (found > schemaVersion)
        return fail(ErrorCode::LocalIo, Step::Profile,
                    QStringLiteral("%1 was written by a newer version of the program").arg(file));
    if (Result<> done = run(QStringLiteral(
            "CREATE TABLE IF NOT EXISTS transfers (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "instance TEXT, instance_name TEXT, position INTEGER, status INTEGER, request TEXT, "
            "bytes INTEGER, total_bytes INTEGER, files INTEGER, total_files INTEGER, "
            "skipped INTEGER, failed INTEGER, protocol TEXT, verified INTEGER, "
            "error_code INTEGER, error_step INTEGER, error_detail TEXT, failures TEXT, "
            "created_ms INTEGER, started_ms INTEGER, ended_ms INTEGER, active_ms INTEGER)"));
        !done)
        return done;
    return run(QStringLiteral("PRAGMA user_version=%1").arg(schemaVersion));
}

void TransferHistory::Private::close()
{
    if (connection.isEmpty())
        return;
    database.close();
    database = QSqlDatabase();
    QSqlDatabase::removeDatabase(std::exchange(connection, {}));
}

void TransferHistory::Private::bind(QSqlQuery &query, const TransferRecord &record)
{
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
    query.addBindValue(QString::fromUtf8(failuresJson(record.failures)));
    query.addBindValue(record.createdMs);
    query.addBindValue(record.startedMs);
    query.addBindValue(record.endedMs);
    query.addBindValue(record.activeMs);
}

TransferHistory::TransferHistory()
    : d(std::make_unique<Private>())
{
}

TransferHistory::~TransferHistory()
{
    d->close();
}

Result<> TransferHistory::open(const QString &file)
{
    QDir().mkpath(QFileInfo(file).absolutePath());
    Result<> opened = d->openOnce(file);
    if (opened)
        return opened;
    // 11: SQLITE_CORRUPT, 26: SQLITE_NOTADB (https://www.sqlite.org/rescode.html).
    const QString code = d->database.lastError().nativeErrorCode();
    QSqlQuery probe(d->database);
    const bool reads = probe.exec(QStringLiteral("PRAGMA schema_version")) && probe.next();
    const bool corrupt = code == u"11" || code == u"26" || (d->database.isOpen() && !reads);
    probe.clear();
    d->close();
    if (!corrupt)
        return opened;
    const QString aside =
        file + QStringLiteral(".corrupt-") +
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    if (!QFile::rename(file, aside))
        return opened;
    m_corruptKeptAs = aside;
    return d->openOnce(file);
}

Result<std::vector<TransferRecord>> TransferHistory::load(int ended) const
{
    std::vector<TransferRecord> records;
    const auto read = [&](const QString &condition) -> Result<> {
        QSqlQuery query(d->database);
        query.setForwardOnly(true);
        if (!query.exec(QStringLiteral("SELECT id, %1 FROM transfers WHERE %2")
                            .arg(QString::fromLatin1(columns), condition)))
            return tl::make_unexpected(Private::problem(query.lastError()));
        while (query.next()) {
            TransferRecord one;
            one.id = query.value(0).toLongLong();
            one.instanceId = query.value(1).toString();
            one.instanceName = query.value(2).toString();
            one.status = TransferStatus(query.value(4).toInt());
            one.request = requestOf(query.value(5).toString().toUtf8());
            one.progress.bytes = query.value(6).toLongLong();
            one.progress.totalBytes = query.value(7).toLongLong();
            one.progress.files = query.value(8).toLongLong();
            one.progress.totalFiles = query.value(9).toLongLong();
            one.summary.bytes = one.progress.bytes;
            one.summary.files = one.progress.files;
            one.summary.skipped = query.value(10).toLongLong();
            one.summary.failed = query.value(11).toLongLong();
            one.summary.protocol = query.value(12).toString().toLatin1();
            one.summary.verified = query.value(13).toBool();
            if (!query.value(14).isNull())
                one.error = Error{ErrorCode(query.value(14).toInt()), Step(query.value(15).toInt()),
                                  query.value(16).toString()};
            one.failures = failuresOf(query.value(17).toString().toUtf8());
            one.createdMs = query.value(18).toLongLong();
            one.startedMs = query.value(19).toLongLong();
            one.endedMs = query.value(20).toLongLong();
            one.activeMs = query.value(21).toLongLong();
            records.push_back(std::move(one));
        }
        return {};
    };
    const int firstEnded = int(TransferStatus::Done);
    Result<> done = read(QStringLiteral("status < %1 ORDER BY position, id").arg(firstEnded));
    if (done)
        done = read(QStringLiteral("status >= %1 ORDER BY ended_ms DESC, id DESC LIMIT %2")
                        .arg(firstEnded)
                        .arg(ended));
    if (!done)
        return tl::make_unexpected(done.error());
    return records;
}

Result<qint64> TransferHistory::add(const TransferRecord &record)
{
    QSqlQuery query(d->database);
    QStringList marks;
    marks.fill(QStringLiteral("?"), columnCount);
    query.prepare(QStringLiteral("INSERT INTO transfers (%1) VALUES (%2)")
                      .arg(QString::fromLatin1(columns), marks.join(u',')));
    Private::bind(query, record);
    if (!query.exec())
        return tl::make_unexpected(Private::problem(query.lastError()));
    const qint64 id = query.lastInsertId().toLongLong();
    // New ones stand at the end.
    const Result<> placed =
        d->run(QStringLiteral("UPDATE transfers SET position = %1 WHERE id = %1").arg(id));
    if (!placed)
        return tl::make_unexpected(placed.error());
    return id;
}

Result<> TransferHistory::update(const TransferRecord &record)
{
    QSqlQuery query(d->database);
    QStringList sets;
    for (const QString &column : QString::fromLatin1(columns).split(QStringLiteral(", ")))
        sets.append(column == u"position" ? QStringLiteral("position = coalesce(position, ?)")
                                          : column + QStringLiteral(" = ?"));
    query.prepare(QStringLiteral("UPDATE transfers SET %1 WHERE id = ?").arg(sets.join(u',')));
    Private::bind(query, record);
    query.addBindValue(record.id);
    if (!query.exec())
        return tl::make_unexpected(Private::problem(query.lastError()));
    return {};
}

Result<> TransferHistory::remove(qint64 id)
{
    return d->run(QStringLiteral("DELETE FROM transfers WHERE id = %1").arg(id));
}

Result<> TransferHistory::setOrder(const std::vector<qint64> &ids)
{
    d->database.transaction();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Result<> done = d->run(QStringLiteral("UPDATE transfers SET position = %1 WHERE id = %2")
                                   .arg(i + 1)
                                   .arg(ids[i]));
        if (!done) {
            d->database.rollback();
            return done;
        }
    }
    if (!d->database.commit())
        return tl::make_unexpected(Private::problem(d->database.lastError()));
    return {};
}

} // namespace core::history
