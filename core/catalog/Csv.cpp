// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Csv.h"

#include <QStringDecoder>

#include <algorithm>

namespace core::catalog {

namespace {

constexpr int namedLines = 5;

/// Takes the text apart row by row.
class Reader
{
public:
    Reader(QStringView text, const CsvLimits &limits, QChar separator)
        : m_text(text)
        , m_limits(limits)
        , m_separator(separator)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] int line() const { return m_line; }

    /// The next row's cells; empty for an empty line. Absent after an error.
    std::optional<QStringList> row()
    {
        QStringList cells;
        if (endOfLine())
            return cells;
        for (;;) {
            const std::optional<QString> one = cell();
            if (!one)
                return std::nullopt;
            if (one->size() > m_limits.cell)
                return refuse(QStringLiteral("a cell of %1 characters").arg(one->size()));
            cells.append(*one);
            if (cells.size() > m_limits.columns)
                return refuse(QStringLiteral("more than %1 cells").arg(m_limits.columns));
            if (atEnd() || endOfLine())
                return cells;
            ++m_at; // the separator
        }
    }

    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] int problemLine() const { return m_problemLine; }

private:
    std::nullopt_t refuse(const QString &what)
    {
        m_problem = what;
        m_problemLine = m_line;
        return std::nullopt;
    }

    [[nodiscard]] QChar current() const { return m_text[m_at]; }

    bool endOfLine()
    {
        if (m_text.mid(m_at, 2) == u"\r\n")
            m_at += 2;
        else if (!atEnd() && current() == u'\n')
            ++m_at;
        else
            return false;
        ++m_line;
        return true;
    }

    [[nodiscard]] bool endsCell() const
    {
        return atEnd() || current() == m_separator || current() == u'\n' ||
               m_text.mid(m_at, 2) == u"\r\n";
    }

    [[nodiscard]] static bool isControl(QChar c)
    {
        return c.category() == QChar::Other_Control && c != u'\t';
    }

    void skipBlanks()
    {
        while (!endsCell() && (current() == u' ' || current() == u'\t'))
            ++m_at;
    }

    std::optional<QString> cell()
    {
        skipBlanks();
        if (!atEnd() && current() == u'"')
            return quotedCell();
        const qsizetype from = m_at;
        for (; !endsCell(); ++m_at) {
            if (current() == u'"')
                return refuse(QStringLiteral("a quote inside a cell"));
            if (isControl(current()))
                return refuse(QStringLiteral("a control character"));
        }
        return m_text.mid(from, m_at - from).trimmed().toString();
    }

    std::optional<QString> quotedCell()
    {
        const int from = m_line;
        QString value;
        for (++m_at;; ++m_at) {
            if (atEnd()) {
                m_line = from;
                return refuse(QStringLiteral("a quote that is never closed"));
            }
            if (current() == u'"') {
                if (m_text.mid(m_at, 2) != u"\"\"")
                    break;
                ++m_at;
            } else if (current() == u'\n') {
                ++m_line;
            } else if (isControl(current()) && m_text.mid(m_at, 2) != u"\r\n") {
                return refuse(QStringLiteral("a control character"));
            }
            value += current();
            if (value.size() > m_limits.cell)
                return refuse(QStringLiteral("a cell of over %1 characters").arg(m_limits.cell));
        }
        ++m_at; // the closing quote
        skipBlanks();
        if (!endsCell())
            return refuse(QStringLiteral("text after the closing quote"));
        return value;
    }

    QStringView m_text;
    const CsvLimits &m_limits;
    const QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
    QString m_problem;
    int m_problemLine = 0;
};

/// The first line whose bytes are no UTF-8.
int brokenLine(QByteArrayView text)
{
    int line = 1;
    for (qsizetype from = 0; from < text.size(); ++line) {
        const qsizetype end = text.indexOf('\n', from);
        const QByteArrayView one = text.sliced(from, (end < 0 ? text.size() : end) - from);
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString decoded = decoder(one);
        if (decoder.hasError() || (decoded.isEmpty() && !one.isEmpty()))
            return line;
        if (end < 0)
            break;
        from = end + 1;
    }
    return line;
}

Error lineError(int line, const QString &what)
{
    BadLines bad;
    bad.add(line, what);
    return bad.error();
}

QString written(const QString &cell)
{
    const bool plain = !cell.contains(u',') && !cell.contains(u'"') && !cell.contains(u'\n') &&
                       !cell.contains(u'\r') && cell.trimmed() == cell;
    if (plain)
        return cell;
    QString quoted = cell;
    return u'"' + quoted.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace

void BadLines::add(int line, const QString &what)
{
    if (++m_count <= namedLines)
        m_first.append(QStringLiteral("line %1: %2").arg(line).arg(what));
}

Error BadLines::error() const
{
    QString detail = m_first.join(QStringLiteral("; "));
    if (m_count > namedLines)
        detail += QStringLiteral("; %1 more").arg(m_count - namedLines);
    return {ErrorCode::Parse, Step::Parse, detail};
}

std::optional<qsizetype> CsvTable::column(QStringView name) const
{
    const qsizetype at = header.indexOf(name);
    return at < 0 ? std::nullopt : std::optional(at);
}

namespace {

Result<> checkSize(QByteArrayView bytes, const CsvLimits &limits)
{
    if (bytes.size() <= limits.bytes)
        return {};
    return fail(ErrorCode::Parse, Step::Parse,
                QStringLiteral("more than %1 bytes").arg(limits.bytes));
}

/// Leaves a byte order mark out. Absent for bytes that the decoder does not know.
std::optional<QString> decoded(QStringDecoder decoder, QByteArrayView bytes)
{
    if (!decoder.isValid())
        return std::nullopt;
    QString text = decoder(bytes);
    // ICU's decoders put the sign of what is no character, and report no error.
    if (decoder.hasError() || (text.contains(QChar::ReplacementCharacter) &&
                               !bytes.contains(QByteArrayView("\xef\xbf\xbd"))))
        return std::nullopt;
    return text;
}

std::optional<QString> decoded(QStringDecoder::Encoding encoding, QByteArrayView bytes)
{
    return decoded(QStringDecoder(encoding, QStringDecoder::Flag::Stateless), bytes);
}

/// Of those that may be, the one that the header has most of.
QChar separatorOf(QStringView text)
{
    qsizetype from = 0;
    while (from < text.size() && (text[from] == u'\n' || text[from] == u'\r'))
        ++from;
    const qsizetype end = text.indexOf(u'\n', from);
    const QStringView header = text.sliced(from, (end < 0 ? text.size() : end) - from);
    QChar most = u',';
    for (const QChar separator : {QChar(u';'), QChar(u'\t')}) {
        if (header.count(separator) > header.count(most))
            most = separator;
    }
    return most;
}

enum class Strictness { Exact, Spreadsheet };

/// Takes what is empty from the end, down to \a least cells.
void cutEmptyCells(QStringList &cells, qsizetype least)
{
    while (cells.size() > least && cells.last().trimmed().isEmpty())
        cells.removeLast();
}

Result<CsvTable> tableOf(QStringView text, const CsvLimits &limits, QChar separator,
                         Strictness strictness)
{
    const bool isSpreadsheet = strictness == Strictness::Spreadsheet;
    CsvTable table;
    table.separator = separator;
    BadLines bad;
    Reader reader(text, limits, separator);
    while (!reader.atEnd()) {
        const int line = reader.line();
        std::optional<QStringList> cells = reader.row();
        if (!cells) {
            bad.add(reader.problemLine(), reader.problem());
            return tl::make_unexpected(bad.error());
        }
        if (isSpreadsheet) {
            if (std::all_of(cells->cbegin(), cells->cend(),
                            [](const QString &cell) { return cell.trimmed().isEmpty(); }))
                continue;
            cutEmptyCells(*cells, table.header.size());
        }
        if (cells->isEmpty())
            continue;
        if (table.header.isEmpty()) {
            for (QString &name : *cells)
                name = isSpreadsheet ? name.trimmed() : name;
            for (const QString &name : std::as_const(*cells)) {
                if (name.isEmpty() || cells->count(name) > 1)
                    return tl::make_unexpected(lineError(
                        line, name.isEmpty() ? QStringLiteral("a column without a name")
                                             : QStringLiteral("two columns %1").arg(name)));
            }
            table.header = std::move(*cells);
            continue;
        }
        if (cells->size() != table.header.size())
            bad.add(line, QStringLiteral("%1 cells where the header has %2")
                              .arg(cells->size())
                              .arg(table.header.size()));
        if (qsizetype(table.rows.size()) >= limits.rows)
            return tl::make_unexpected(
                lineError(line, QStringLiteral("more than %1 rows").arg(limits.rows)));
        table.rows.push_back({line, std::move(*cells)});
    }
    if (table.header.isEmpty())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no header"));
    if (!bad.isEmpty())
        return tl::make_unexpected(bad.error());
    return table;
}

} // namespace

Result<CsvTable> readCsv(QByteArrayView bytes, const CsvLimits &limits)
{
    if (const Result<> checked = checkSize(bytes, limits); !checked)
        return tl::make_unexpected(checked.error());
    const std::optional<QString> text = decoded(QStringDecoder::Utf8, bytes);
    if (!text)
        return tl::make_unexpected(
            lineError(brokenLine(bytes), QStringLiteral("bytes that are no UTF-8")));
    return tableOf(*text, limits, u',', Strictness::Exact);
}

Result<CsvTable> readSpreadsheet(QByteArrayView bytes, const CsvLimits &limits)
{
    if (const Result<> checked = checkSize(bytes, limits); !checked)
        return tl::make_unexpected(checked.error());
    const bool isUtf16 = bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff");
    std::optional<QString> text =
        decoded(isUtf16 ? QStringDecoder::Utf16 : QStringDecoder::Utf8, bytes);
    // Excel in Chinese saves "CSV" so. Qt knows it with ICU, or as Windows' own encoding.
    if (!text && !isUtf16)
        text = decoded(QStringDecoder("GB18030", QStringDecoder::Flag::Stateless), bytes);
    if (!text && !isUtf16)
        text = decoded(QStringDecoder::System, bytes);
    if (!text)
        return tl::make_unexpected(lineError(
            brokenLine(bytes), QStringLiteral("bytes that are no UTF-8; save it as CSV UTF-8")));
    return tableOf(*text, limits, separatorOf(*text), Strictness::Spreadsheet);
}

QByteArray writeCsv(const QStringList &header, const std::vector<QStringList> &rows)
{
    QString text;
    const auto append = [&](const QStringList &cells) {
        for (qsizetype i = 0; i < cells.size(); ++i) {
            if (i > 0)
                text += u',';
            text += written(cells[i]);
        }
        if (cells.size() == 1 && cells.first().isEmpty())
            text += QStringLiteral("\"\""); // else it would read as an empty line
        text += u'\n';
    };
    append(header);
    for (const QStringList &row : rows)
        append(row);
    return text.toUtf8();
}

} // namespace core::catalog
