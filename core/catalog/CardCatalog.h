// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/catalog/CardNames.h"

namespace core::catalog {

/// The cards that are known, with their figures. Does not change once it is read; what it gives out
/// points into it.
class CardCatalog final
{
public:
    /// The table that is compiled in, resources/catalog/gpu-cards.csv.
    [[nodiscard]] static Result<CardCatalog> shipped();
    /// Parse errors name the lines.
    [[nodiscard]] static Result<CardCatalog> fromCsv(QByteArrayView text);

    CardCatalog(CardCatalog &&) = default;
    CardCatalog &operator=(CardCatalog &&) = default;
    CardCatalog(const CardCatalog &) = delete;
    CardCatalog &operator=(const CardCatalog &) = delete;
    ~CardCatalog() = default;

    /// In the table's order: newest architecture first.
    [[nodiscard]] const std::vector<Card> &cards() const { return m_cards; }
    /// Any name; \a memoryMib is what nvidia-smi measured, where it is known.
    [[nodiscard]] NameMatch match(const QString &name,
                                  std::optional<qint64> memoryMib = std::nullopt) const
    {
        return m_names.match(name, memoryMib);
    }

private:
    explicit CardCatalog(std::vector<Card> cards);

    std::vector<Card> m_cards;
    CardNames m_names;
};

/// Asks the catalog once for each name: tables have the same ones again and again. One thread.
class CardMatcher final
{
public:
    explicit CardMatcher(const CardCatalog &cards)
        : m_cards(cards)
    {
    }
    /// Holds until the next call.
    [[nodiscard]] const NameMatch &match(const QString &name,
                                         std::optional<qint64> memoryMib = std::nullopt)
    {
        const std::pair key(name, memoryMib.value_or(-1));
        const auto known = m_known.constFind(key);
        return known == m_known.cend() ? *m_known.insert(key, m_cards.match(name, memoryMib))
                                       : *known;
    }
    [[nodiscard]] const CardCatalog &cards() const { return m_cards; }

private:
    const CardCatalog &m_cards;
    QHash<std::pair<QString, qint64>, NameMatch> m_known;
};

/// A place in a ranking. Cards with the same figure share a place, in the table's order; the next
/// one's place counts them (1, 2, 2, 4).
struct RankedCard
{
    const Card *card = nullptr;
    std::optional<Decimal> figure;
    std::optional<int> place; ///< absent, and at the end, where the figure is not known
};
[[nodiscard]] std::vector<RankedCard> ranking(const CardCatalog &catalog, Figure figure);

/// Two cards, figure by figure.
struct FigureComparison
{
    Figure figure = Figure::Fp32;
    std::optional<Decimal> first;
    std::optional<Decimal> second;
    std::optional<double> secondToFirst; ///< second / first
};
[[nodiscard]] std::vector<FigureComparison> compareCards(const Card &first, const Card &second);

} // namespace core::catalog
