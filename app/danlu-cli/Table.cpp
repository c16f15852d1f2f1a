// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Table.h"

#include "app/danlu-cli/Output.h"

#include <algorithm>

namespace cli {

namespace {

/// Terminals give these two cells (Unicode TR 11, the wide and full-width blocks in use here).
bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
           (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
           (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
           (c >= 0x20000 && c <= 0x3fffd);
}

qsizetype widthOf(const QString &text)
{
    qsizetype width = 0;
    for (const char32_t c : text.toUcs4())
        width += isWide(c) ? 2 : 1;
    return width;
}

bool isNumber(const QString &cell)
{
    return !cell.isEmpty() && cell[0].isDigit() &&
           std::all_of(cell.begin(), cell.end(), [](QChar c) { return c.isDigit() || c == u'.'; });
}

} // namespace

QString tableText(const QStringList &header, const std::vector<QStringList> &given)
{
    std::vector<QStringList> rows = given;
    for (QStringList &row : rows) {
        for (QString &cell : row)
            cell = printable(cell, false);
    }
    QList<qsizetype> widths;
    QList<bool> right;
    for (qsizetype column = 0; column < header.size(); ++column) {
        qsizetype width = widthOf(header[column]);
        bool numbers = false;
        bool words = false;
        for (const QStringList &row : rows) {
            const QString cell = row.value(column);
            width = std::max(width, widthOf(cell));
            numbers = numbers || isNumber(cell);
            words = words || (!isNumber(cell) && cell != u"-" && !cell.isEmpty());
        }
        widths.append(width);
        right.append(numbers && !words);
    }
    QString text;
    const auto append = [&](const QStringList &row) {
        QString line;
        for (qsizetype column = 0; column < header.size(); ++column) {
            const QString cell = row.value(column);
            const QString blanks(widths[column] - widthOf(cell), u' ');
            if (column > 0)
                line += QStringLiteral("  ");
            line += right[column] ? blanks + cell : cell + blanks;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    };
    append(header);
    for (const QStringList &row : rows)
        append(row);
    return text;
}

} // namespace cli
