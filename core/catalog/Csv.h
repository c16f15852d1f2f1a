// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace core::catalog {

struct CsvLimits
{
    qsizetype bytes = 4 * 1024 * 1024;
    qsizetype rows = 50'000;
    qsizetype columns = 64;
    qsizetype cell = 4096; ///< characters
};

struct CsvTable
{
    struct Row
    {
        int line = 0; ///< of the file, from 1; where the row begins
        QStringList cells;
    };
    QStringList header;
    std::vector<Row> rows;
    QChar separator = u',';

    /// Which column has this name in the header.
    [[nodiscard]] std::optional<qsizetype> column(QStringView name) const;
};

/// CSV with a header (RFC 4180): commas, cells in double quotes may hold commas, line ends and
/// doubled quotes; CRLF or LF; a byte order mark in front and empty lines are left out. Cells are
/// trimmed unless they are quoted. Anything else is refused with Parse and "line N: ..." for the
/// first bad lines: bytes that are no UTF-8, a stray quote, a row with more or fewer cells than the
/// header, a column named twice, a control character, more than \a limits allow.
[[nodiscard]] Result<CsvTable> readCsv(QByteArrayView text, const CsvLimits &limits = {});

/// The same of what a spreadsheet program saved: in UTF-8, GB18030 (GBK), or UTF-16 with a byte
/// order mark; commas, semicolons or tabs between the cells. Blanks around names are left out, as
/// are rows and columns at the end that hold nothing.
[[nodiscard]] Result<CsvTable> readSpreadsheet(QByteArrayView bytes, const CsvLimits &limits = {});

/// The same format as readCsv()'s, LF at the ends.
[[nodiscard]] QByteArray writeCsv(const QStringList &header, const std::vector<QStringList> &rows);

/// "line 3: ...; line 9: ..." of the first few, as the detail of a Parse error.
class BadLines final
{
public:
    void add(int line, const QString &what);
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    [[nodiscard]] Error error() const;

private:
    int m_count = 0;
    QStringList m_first;
};

} // namespace core::catalog
