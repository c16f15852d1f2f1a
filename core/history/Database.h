// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QStringList>

#include <functional>

namespace core::history {

/// What the tables of one file are.
struct Schema
{
    /// Later programs read older files; an older program keeps off newer ones.
    int version = 1;
    /// The statements that make the tables what they are now, from the version that was found; 0 =
    /// an empty file. They are done as one.
    std::function<QStringList(int found)> upgrade;
    /// Done after opening. Not worth failing for: the next start tries again.
    QStringList housekeeping;
};

/// An SQLite file of the configuration folder. One thread; every call may wait for the disk. Only a
/// file that SQLite calls damaged is kept aside, with its -wal and -shm, as .corrupt-DATE, and a
/// new one is begun. Errors: DiskFull, LocalIo (busy, read-only, not reachable, newer), Parse
/// (damaged), with SQLite's words.
class Database final
{
public:
    explicit Database(Schema schema);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// \a file: made when it is not there. Its folder too.
    [[nodiscard]] Result<> open(const QString &file);
    /// Sets the file aside as damaged and opens a new one.
    [[nodiscard]] Result<> beginAnew();
    /// Where a damaged file was kept; "" = none was.
    [[nodiscard]] const QString &corruptKeptAs() const { return m_corruptKeptAs; }

    [[nodiscard]] QSqlDatabase &handle() { return m_database; }
    [[nodiscard]] Result<> run(const QString &statement) const;
    [[nodiscard]] static Error problem(const QSqlError &error);

private:
    [[nodiscard]] Result<> openOnce();
    [[nodiscard]] Result<int> versionFound() const;
    [[nodiscard]] Result<> makeTables() const;
    void close();

    Schema m_schema;
    QString m_file;
    QString m_corruptKeptAs;
    QString m_connection;
    QSqlDatabase m_database;
};

} // namespace core::history
