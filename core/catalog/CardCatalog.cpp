// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/CardCatalog.h"

#include "core/catalog/Csv.h"

#include <QFile>
#include <QSet>

#include <algorithm>

namespace core::catalog {

namespace {

/// The cells of one row by the names of their columns; remembers what is wrong with them.
class CardRow
{
public:
    CardRow(const CsvTable &table, const CsvTable::Row &row, BadLines &bad)
        : m_table(table)
        , m_row(row)
        , m_bad(bad)
    {
    }

    [[nodiscard]] QString text(const char *column) const
    {
        const auto at = m_table.column(QString::fromLatin1(column));
        return at ? m_row.cells[*at] : QString();
    }

    [[nodiscard]] QStringList list(const char *column, QChar separator) const
    {
        QStringList words;
        for (const QString &word : text(column).split(separator, Qt::SkipEmptyParts)) {
            if (!word.trimmed().isEmpty())
                words.append(word.trimmed());
        }
        return words;
    }

    [[nodiscard]] std::optional<Decimal> decimal(const char *column) const
    {
        return parsed(column, [](const QString &cell) {
            const auto value = Decimal::parse(cell);
            return value && value->millionths() > 0 ? value : std::nullopt;
        });
    }

    [[nodiscard]] std::optional<int> whole(const char *column) const
    {
        return parsed(column, wholeNumber);
    }

    [[nodiscard]] std::vector<int> wholeList(const char *column) const
    {
        std::vector<int> values;
        for (const QString &word : list(column, u' ')) {
            if (const auto value = wholeNumber(word))
                values.push_back(*value);
            else
                wrong(column, word);
        }
        return values;
    }

    [[nodiscard]] std::optional<DottedVersion> version(const char *column) const
    {
        return parsed(column, [](const QString &cell) { return DottedVersion::parse(cell); });
    }

    /// One of \a words, which stand for 0, 1, ...; absent for an empty cell.
    [[nodiscard]] std::optional<int> oneOf(const char *column, const QStringList &words) const
    {
        return parsed(column, [&](const QString &cell) -> std::optional<int> {
            const qsizetype at = words.indexOf(cell);
            return at < 0 ? std::nullopt : std::optional(int(at));
        });
    }

    void wrong(const char *column, const QString &cell) const
    {
        m_bad.add(m_row.line,
                  QStringLiteral("%1: \"%2\"").arg(QLatin1StringView(column), cell.left(40)));
    }

private:
    template <typename Parse>
    auto parsed(const char *column, Parse &&parse) const -> decltype(parse(QString()))
    {
        const QString cell = text(column);
        if (cell.isEmpty())
            return std::nullopt;
        auto value = parse(cell);
        if (!value)
            wrong(column, cell);
        return value;
    }

    static std::optional<int> wholeNumber(const QString &cell)
    {
        const auto value = Decimal::parse(cell);
        if (!value || *value < Decimal::fromInt(1) || *value > Decimal::fromInt(100'000) ||
            value->millionths() % Decimal::one != 0)
            return std::nullopt;
        return int(value->millionths() / Decimal::one);
    }

    const CsvTable &m_table;
    const CsvTable::Row &m_row;
    BadLines &m_bad;
};

Card cardOf(const CardRow &row)
{
    Card card;
    card.name = row.text("name");
    card.aliases = row.list("cloud_aliases", u';');
    card.smiNames = row.list("nvidia_smi_names", u';');
    card.vendor = row.text("vendor");
    card.architecture = row.text("architecture");
    card.computeCapability = row.version("compute_capability");
    card.memoryGb = row.whole("vram_gb");
    card.otherMemoryGb = row.wholeList("other_vram_gb");
    card.modifiedMemoryGb = row.wholeList("modified_vram_gb");
    card.bandwidthGbs = row.decimal("mem_bandwidth_gbs");
    card.fp32Tflops = row.decimal("fp32_tflops");
    card.fp16Tflops = row.decimal("fp16_tensor_dense_tflops");
    card.fp16Unit =
        Fp16Unit(1 + row.oneOf("fp16_unit", {QStringLiteral("tensor"), QStringLiteral("matrix"),
                                             QStringLiteral("plain"), QStringLiteral("none")})
                         .value_or(-1));
    card.fp16Accumulate = Accumulate(
        1 + row.oneOf("fp16_accumulate", {QStringLiteral("fp32"), QStringLiteral("fp16")})
                .value_or(-1));
    card.fp16Basis = row.text("fp16_basis");
    card.fp16TflopsFp16Accumulate = row.decimal("fp16_tensor_dense_fp16acc_tflops");
    const auto bf16 = row.oneOf("bf16", {QStringLiteral("no"), QStringLiteral("yes")});
    card.bf16 = bf16 ? std::optional(*bf16 == 1) : std::nullopt;
    card.tdpW = row.whole("tdp_w");
    card.minCuda = row.version("min_cuda");
    card.maxCuda = row.version("max_cuda");
    card.asOf = row.text("figures_as_of");
    card.sources = row.list("source", u';');
    card.unsourced = row.list("unsourced_fields", u' ');
    card.note = row.text("notes");
    return card;
}

} // namespace

CardCatalog::CardCatalog(std::vector<Card> cards)
    : m_cards(std::move(cards))
    , m_names(m_cards)
{
}

Result<CardCatalog> CardCatalog::shipped()
{
    QFile file(QStringLiteral(":/danlu/catalog/gpu-cards.csv"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Internal, Step::Parse, file.fileName());
    return fromCsv(file.readAll());
}

Result<CardCatalog> CardCatalog::fromCsv(QByteArrayView text)
{
    const Result<CsvTable> table = readCsv(text);
    if (!table)
        return tl::make_unexpected(table.error());
    if (!table->column(u"name"))
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no column name"));
    BadLines bad;
    std::vector<Card> cards;
    QSet<QString> names;
    for (const CsvTable::Row &row : table->rows) {
        const CardRow cells(*table, row, bad);
        Card card = cardOf(cells);
        if (card.name.isEmpty() || names.contains(card.name))
            cells.wrong("name", card.name);
        names.insert(card.name);
        cards.push_back(std::move(card));
    }
    if (!bad.isEmpty())
        return tl::make_unexpected(bad.error());
    return CardCatalog(std::move(cards));
}

std::vector<RankedCard> ranking(const CardCatalog &catalog, Figure figure)
{
    std::vector<RankedCard> ranked;
    for (const Card &card : catalog.cards())
        ranked.push_back({&card, figureOf(card, figure), std::nullopt});
    std::stable_sort(ranked.begin(), ranked.end(), [](const RankedCard &a, const RankedCard &b) {
        return a.figure > b.figure; // an absent figure is below all others
    });
    for (std::size_t i = 0; i < ranked.size() && ranked[i].figure; ++i)
        ranked[i].place =
            i > 0 && ranked[i].figure == ranked[i - 1].figure ? ranked[i - 1].place : int(i) + 1;
    return ranked;
}

std::vector<FigureComparison> compareCards(const Card &first, const Card &second)
{
    std::vector<FigureComparison> all;
    for (const Figure figure :
         {Figure::Fp32, Figure::Fp16, Figure::Memory, Figure::Bandwidth, Figure::Tdp}) {
        FigureComparison one{figure, figureOf(first, figure), figureOf(second, figure), {}};
        if (one.first && one.second)
            one.secondToFirst = one.second->toDouble() / one.first->toDouble();
        all.push_back(one);
    }
    return all;
}

} // namespace core::catalog
