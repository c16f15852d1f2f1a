// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/Database.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

#include <utility>

namespace core::history {

namespace {

constexpr int busyTimeoutMs = 250;

} // namespace

Database::Database(Schema schema)
    : m_schema(std::move(schema))
{
}

Database::~Database()
{
    close();
}

/// The codes of https://www.sqlite.org/rescode.html; the low byte of an extended one is the plain.
Error Database::problem(const QSqlError &error)
{
    constexpr int corrupt = 11;
    constexpr int full = 13;
    constexpr int notADatabase = 26;
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return {code == corrupt || code == notADatabase ? ErrorCode::Parse
            : code == full                          ? ErrorCode::DiskFull
                                                    : ErrorCode::LocalIo,
            Step::Profile, error.text()};
}

Result<> Database::run(const QString &statement) const
{
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return tl::make_unexpected(problem(query.lastError()));
    return {};
}

Result<> Database::open(const QString &file)
{
    m_file = file;
    QDir().mkpath(QFileInfo(file).absolutePath());
    Result<> opened = openOnce();
    if (opened)
        return opened;
    if (opened.error().code == ErrorCode::Parse)
        return beginAnew();
    close();
    return opened;
}

Result<> Database::openOnce()
{
    m_connection = QStringLiteral("history-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    m_database.setDatabaseName(m_file);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeoutMs));
    if (!m_database.open())
        return tl::make_unexpected(problem(m_database.lastError()));
    // A crash of the machine may lose the last words, never the file.
    for (const char *statement : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"}) {
        if (Result<> done = run(QString::fromLatin1(statement)); !done)
            return done;
    }
    const Result<int> found = versionFound();
    if (!found)
        return tl::make_unexpected(found.error());
    if (*found > m_schema.version)
        return fail(ErrorCode::LocalIo, Step::Profile,
                    QStringLiteral("%1 was written by a newer version of the program").arg(m_file));
    if (*found < m_schema.version) {
        if (Result<> made = makeTables(); !made)
            return made;
    }
    for (const QString &statement : m_schema.housekeeping) {
        if (Result<> done = run(statement); !done && done.error().code == ErrorCode::Parse)
            return done;
    }
    return {};
}

Result<int> Database::versionFound() const
{
    QSqlQuery version(m_database);
    if (!version.exec(QStringLiteral("PRAGMA user_version")) || !version.next())
        return tl::make_unexpected(problem(version.lastError()));
    return version.value(0).toInt();
}

Result<> Database::makeTables() const
{
    Result<> done = run(QStringLiteral("BEGIN IMMEDIATE"));
    if (!done)
        return done;
    // Asked again: another program may have made them meanwhile, and no column is added twice.
    const Result<int> found = versionFound();
    if (!found)
        done = tl::make_unexpected(found.error());
    QStringList statements;
    if (found && *found < m_schema.version) {
        statements = m_schema.upgrade(*found);
        statements.append(QStringLiteral("PRAGMA user_version=%1").arg(m_schema.version));
    }
    statements.append(QStringLiteral("COMMIT"));
    for (qsizetype i = 0; done && i < statements.size(); ++i)
        done = run(statements[i]);
    if (!done)
        static_cast<void>(run(QStringLiteral("ROLLBACK")));
    return done;
}

Result<> Database::beginAnew()
{
    close();
    const QString aside =
        m_file + QStringLiteral(".corrupt-") +
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    if (!QFile::rename(m_file, aside))
        return fail(ErrorCode::LocalIo, Step::Profile, m_file);
    for (const char *suffix : {"-wal", "-shm"}) {
        const QString beside = m_file + QLatin1StringView(suffix);
        if (QFile::exists(beside))
            QFile::rename(beside, aside + QLatin1StringView(suffix));
    }
    m_corruptKeptAs = aside;
    Result<> opened = openOnce();
    if (!opened)
        close();
    return opened;
}

void Database::close()
{
    if (m_connection.isEmpty())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(std::exchange(m_connection, {}));
}

} // namespace core::history
