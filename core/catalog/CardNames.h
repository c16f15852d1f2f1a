// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/Card.h"

#include <QHash>
#include <QSet>

namespace core::catalog {

/// Which card a name means. A name is taken whole: one word too many ("Laptop GPU", "Max-Q",
/// "MIG 1g.10gb", "-16Q") and the card is unknown, because it is another one.
struct NameMatch
{
    std::vector<const Card *> cards; ///< in the table's order, likeliest first; empty = unknown
    bool cutOff = false;             ///< the name ended in "...": only its beginning was compared
    std::optional<int> memoryGb;     ///< said by the name or measured

    [[nodiscard]] bool isKnown() const { return !cards.empty(); }
    /// One board and no other. Else the name fits several: of "A100" there are four.
    [[nodiscard]] bool isCertain() const { return cards.size() == 1 && !cutOff; }
    /// The card to go by, null when it is unknown or a name that was cut off may be another card.
    [[nodiscard]] const Card *best() const
    {
        const bool isEnough = !cutOff || (memoryGb && cards.size() == 1);
        return isEnough && !cards.empty() ? cards[0] : nullptr;
    }
    /// What a board of that name has if nothing else is said.
    [[nodiscard]] std::optional<int> usualMemoryGb() const
    {
        const Card *card = best();
        return memoryGb || !card ? memoryGb : card->memoryGb;
    }
    /// The memory of the boards that the name fits, from least to most; a measured one is the only
    /// one, and rebuilt boards are none unless the name says their size. Empty = not known.
    [[nodiscard]] std::vector<int> possibleMemoryGb() const;
};

/// The names of a list of cards, as keys. Keeps pointers to the cards.
class CardNames final
{
public:
    /// What is left of a name without maker, brand, blanks and punctuation.
    struct Parts
    {
        QString whole;        ///< "A100SXM480GB"
        QString base;         ///< "A100": without memory and form
        QString form;         ///< "SXM4", "PCIE", ...; "" = not said
        QSet<QString> brands; ///< said in front: "AMD", "GEFORCE", "TESLA", ...
        std::optional<int> memoryGb;
        bool cutOff = false;
        bool contradicts = false; ///< two sizes of memory
    };
    /// Of names as nvidia-smi (also -L), providers and people write them.
    [[nodiscard]] static Parts takeApart(const QString &name);

    CardNames() = default;
    explicit CardNames(const std::vector<Card> &cards);

    /// \a memoryMib: what nvidia-smi measured, where it is known; tells boards of one name apart.
    [[nodiscard]] NameMatch match(const QString &name, std::optional<qint64> memoryMib) const;

private:
    struct Entry
    {
        const Card *card = nullptr;
        QSet<QString> own;   ///< keys of its name and aliases
        QSet<QString> smi;   ///< keys of nvidia-smi's names
        QSet<QString> bases; ///< of all of them
        QSet<QString> forms; ///< of all of them, without ""
        QSet<int> memory;
        bool isGeForce = false;
        bool isOffice = false; ///< a Quadro, RTX or Titan: neither GeForce nor Tesla
    };
    [[nodiscard]] static bool fitsBrands(const Entry &entry, const QSet<QString> &brands);
    [[nodiscard]] std::vector<const Entry *> candidates(const Parts &parts, bool &ownName) const;

    std::vector<Entry> m_entries;
};

} // namespace core::catalog
