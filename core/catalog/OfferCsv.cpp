// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/OfferCsv.h"

#include "core/catalog/Csv.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace core::catalog {

namespace {

constexpr qsizetype longestText = 500;
constexpr Decimal largestAmount = Decimal::fromInt(100'000'000);

struct TextColumn
{
    const char *name;
    QString Offer::*member;
};
constexpr TextColumn textColumns[] = {{"provider", &Offer::provider},
                                      {"region", &Offer::region},
                                      {"card", &Offer::card},
                                      {"source", &Offer::source},
                                      {"note", &Offer::note}};

struct AmountColumn
{
    const char *name;
    std::optional<Decimal> Offer::*member;
    Decimal most;
};
constexpr AmountColumn amountColumns[] = {
    {"cores_per_gpu", &Offer::coresPerGpu, largestAmount},
    {"memory_gb_per_gpu", &Offer::memoryGbPerGpu, largestAmount},
    {"system_disk_gb", &Offer::systemDiskGb, largestAmount},
    {"data_disk_gb", &Offer::dataDiskGb, largestAmount},
    {"member_price_per_gpu_hour", &Offer::memberPerGpuHour, highestPrice}};

const QStringList &columnNames()
{
    static const QStringList names{QStringLiteral("provider"),
                                   QStringLiteral("region"),
                                   QStringLiteral("card"),
                                   QStringLiteral("price_per_gpu_hour"),
                                   QStringLiteral("currency"),
                                   QStringLiteral("cores_per_gpu"),
                                   QStringLiteral("memory_gb_per_gpu"),
                                   QStringLiteral("system_disk_gb"),
                                   QStringLiteral("data_disk_gb"),
                                   QStringLiteral("member_price_per_gpu_hour"),
                                   QStringLiteral("seen_on"),
                                   QStringLiteral("source"),
                                   QStringLiteral("note")};
    return names;
}
constexpr qsizetype neededColumns = 5;

/// Whose table it is: Danlu's own, or one that a person or a spreadsheet program had.
enum class Origin { Own, Spreadsheet };

/// Also as people write it.
std::optional<Currency> typedCurrency(const QString &text)
{
    static const QHash<QString, Currency> spellings{
        {QStringLiteral("RMB"), Currency::Cny},    {QStringLiteral("¥"), Currency::Cny},
        {QStringLiteral("￥"), Currency::Cny},     {QStringLiteral("元"), Currency::Cny},
        {QStringLiteral("人民币"), Currency::Cny}, {QStringLiteral("$"), Currency::Usd},
        {QStringLiteral("US$"), Currency::Usd},    {QStringLiteral("美元"), Currency::Usd}};
    const auto known = spellings.constFind(text.toUpper());
    return known == spellings.cend() ? currencyOf(text) : std::optional(*known);
}

/// What a spreadsheet computed has more decimals than are kept: the nearest millionth, halves up.
std::optional<Decimal> computedDecimal(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d+\\.\\d{6})(\\d)\\d{0,20}$"));
    const QRegularExpressionMatch match = form.match(text);
    const auto cut = match.hasMatch() ? Decimal::parse(match.capturedView(1)) : std::nullopt;
    if (!cut)
        return std::nullopt;
    return Decimal::fromMillionths(cut->millionths() + (match.capturedView(2) >= u"5" ? 1 : 0));
}

/// Reads one row; says of the first bad cell which and why.
class OfferCells
{
public:
    OfferCells(const CsvTable &table, const CsvTable::Row &row, Origin origin)
        : m_table(table)
        , m_row(row)
        , m_origin(origin)
    {
    }

    tl::expected<Offer, QString> read()
    {
        Offer offer;
        for (const TextColumn &column : textColumns)
            offer.*column.member = cell(QLatin1StringView(column.name));
        for (const AmountColumn &column : amountColumns)
            offer.*column.member = amount(QLatin1StringView(column.name), column.most);
        if (m_origin == Origin::Spreadsheet && offer.memberPerGpuHour == Decimal())
            refuse(QLatin1StringView("member_price_per_gpu_hour"));
        const QLatin1StringView priceColumn("price_per_gpu_hour");
        const std::optional<Decimal> price = amount(priceColumn, highestPrice);
        if (!price || (m_origin == Origin::Spreadsheet && *price == Decimal()))
            refuse(priceColumn);
        const QLatin1StringView currencyColumn("currency");
        const std::optional<Currency> currency = m_origin == Origin::Spreadsheet
                                                     ? typedCurrency(cell(currencyColumn))
                                                     : currencyOf(cell(currencyColumn));
        if (!currency)
            refuse(currencyColumn);
        offer.perGpuHour = {price.value_or(Decimal()), currency.value_or(Currency::Cny)};
        const QLatin1StringView seenColumn("seen_on");
        const QString seen = cell(seenColumn);
        offer.seenOn =
            m_origin == Origin::Spreadsheet ? SeenOn::parseTyped(seen) : SeenOn::parse(seen);
        if (!seen.isEmpty() && !offer.seenOn)
            refuse(seenColumn);
        for (const QString &name : m_table.header) {
            if (const QString text = cell(name); !columnNames().contains(name) && !text.isEmpty())
                offer.otherColumns.insert(name, text);
        }
        if (m_problem.isEmpty()) {
            if (const Result<> checked = checkOffer(offer); !checked)
                m_problem = checked.error().detail;
        }
        if (!m_problem.isEmpty())
            return tl::make_unexpected(m_problem);
        return offer;
    }

private:
    template <typename Name>
    [[nodiscard]] QString cell(const Name &name) const
    {
        const auto at = m_table.column(QString(name));
        return at ? m_row.cells[*at] : QString();
    }

    std::optional<Decimal> amount(QLatin1StringView column, const Decimal &most)
    {
        QString text = cell(column);
        if (text.isEmpty())
            return std::nullopt;
        if (m_table.separator == u';')
            text.replace(u',', u'.');
        auto value = Decimal::parse(text);
        if (!value && m_origin == Origin::Spreadsheet)
            value = computedDecimal(text);
        if (!value || *value > most) {
            refuse(column);
            return std::nullopt;
        }
        return value;
    }

    void refuse(QLatin1StringView column)
    {
        if (m_problem.isEmpty())
            m_problem = QStringLiteral("%1: \"%2\"").arg(column, cell(column).left(40));
    }

    const CsvTable &m_table;
    const CsvTable::Row &m_row;
    const Origin m_origin;
    QString m_problem;
};

} // namespace

Result<> checkOffer(const Offer &offer)
{
    const auto refuse = [](const QString &column) {
        return fail(ErrorCode::Usage, Step::None, column);
    };
    const auto isBad = [](const QString &text) {
        return text.size() > longestText || std::any_of(text.begin(), text.end(), [](QChar c) {
                   return c.category() == QChar::Other_Control;
               });
    };
    for (const TextColumn &column : textColumns) {
        if (isBad(offer.*column.member))
            return refuse(QString::fromLatin1(column.name));
    }
    for (auto it = offer.otherColumns.cbegin(); it != offer.otherColumns.cend(); ++it) {
        if (isBad(*it))
            return refuse(it.key());
    }
    if (offer.provider.trimmed().isEmpty())
        return refuse(QStringLiteral("provider"));
    if (offer.card.trimmed().isEmpty())
        return refuse(QStringLiteral("card"));
    if (offer.perGpuHour.perHour > highestPrice)
        return refuse(QStringLiteral("price_per_gpu_hour"));
    for (const AmountColumn &column : amountColumns) {
        if (offer.*column.member > column.most)
            return refuse(QString::fromLatin1(column.name));
    }
    return {};
}

namespace {

Result<std::vector<Offer>> offersOfTable(const CsvTable &table, Origin origin)
{
    for (const QString &name : columnNames().first(neededColumns)) {
        if (!table.column(name))
            return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no column %1").arg(name));
    }
    std::vector<Offer> offers;
    BadLines bad;
    for (const CsvTable::Row &row : table.rows) {
        auto offer = OfferCells(table, row, origin).read();
        if (offer)
            offers.push_back(std::move(*offer));
        else
            bad.add(row.line, offer.error());
    }
    if (!bad.isEmpty())
        return tl::make_unexpected(bad.error());
    return offers;
}

} // namespace

Result<std::vector<Offer>> offersFromCsv(QByteArrayView text)
{
    const Result<CsvTable> table = readCsv(text);
    return table ? offersOfTable(*table, Origin::Own) : tl::make_unexpected(table.error());
}

Result<std::vector<Offer>> offersFromSpreadsheet(QByteArrayView bytes)
{
    Result<CsvTable> table = readSpreadsheet(bytes);
    if (!table)
        return tl::make_unexpected(table.error());
    for (QString &name : table->header) {
        const QString known = name.toLower();
        if (columnNames().contains(known))
            name = known;
    }
    for (const QString &name : std::as_const(table->header)) {
        if (table->header.count(name) > 1)
            return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("two columns %1").arg(name));
    }
    return offersOfTable(*table, Origin::Spreadsheet);
}

QByteArray offersToSpreadsheet(const std::vector<Offer> &offers)
{
    return "\xef\xbb\xbf" + offersToCsv(offers);
}

QByteArray offersToCsv(const std::vector<Offer> &offers)
{
    QMap<QString, QString> others;
    for (const Offer &offer : offers)
        others.insert(offer.otherColumns);
    const QStringList header = columnNames() + others.keys();
    std::vector<QStringList> rows;
    for (const Offer &offer : offers) {
        QStringList cells(header.size());
        const auto put = [&](const QString &column, const QString &text) {
            cells[header.indexOf(column)] = text;
        };
        for (const TextColumn &column : textColumns)
            put(QString::fromLatin1(column.name), offer.*column.member);
        for (const AmountColumn &column : amountColumns) {
            const std::optional<Decimal> &value = offer.*column.member;
            const bool isPrice = column.member == &Offer::memberPerGpuHour;
            put(QString::fromLatin1(column.name), value ? value->text(isPrice ? 2 : 0) : QString());
        }
        put(QStringLiteral("price_per_gpu_hour"), offer.perGpuHour.perHour.text(2));
        put(QStringLiteral("currency"), currencyCode(offer.perGpuHour.currency));
        put(QStringLiteral("seen_on"), offer.seenOn ? offer.seenOn->text() : QString());
        for (auto it = offer.otherColumns.cbegin(); it != offer.otherColumns.cend(); ++it)
            put(it.key(), *it);
        rows.push_back(cells);
    }
    return writeCsv(header, rows);
}

} // namespace core::catalog
