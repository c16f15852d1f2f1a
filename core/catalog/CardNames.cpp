// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/CardNames.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace core::catalog {

namespace {

constexpr qsizetype longestName = 128;

QRegularExpression expression(const char *pattern)
{
    return QRegularExpression(QString::fromUtf8(pattern),
                              QRegularExpression::CaseInsensitiveOption);
}

/// What stands around a name: "GPU 0: ... (UUID: ...)", "8x ...", "... * 2", "..., 1".
QString withoutSurroundings(QString name)
{
    static const QRegularExpression around =
        expression("^\\s*GPU\\s+\\d+\\s*:\\s*|\\s*\\(UUID:[^)]*\\)\\s*$|^\\s*\\d{1,2}\\s*[x×*]\\s*"
                   "|^\\s*\\d{1,2}\\s*[卡张块]\\s*|\\s+[x×]\\s*\\d{1,2}\\s*[卡张块]?\\s*$"
                   "|\\s*[*×]\\s*\\d{1,2}\\s*[卡张块]?\\s*$|\\s*,\\s*\\d{1,2}\\s*$"
                   "|\\((R|TM|C)\\)|[®™©]");
    return name.remove(around);
}

/// What lspci says: "NVIDIA Corporation AD102 [GeForce RTX 4090] (rev a1)". Any other name is left
/// as it is.
QString withoutChip(const QString &name)
{
    static const QRegularExpression nvidia = expression(
        "(?:^|:\\s*)NVIDIA Corporation \\w+ \\[([^\\]]+?)(?: Rev\\. A| Lite Hash Rate)?\\]"
        "(?: \\(rev \\w+\\))?\\s*$");
    static const QRegularExpression amd = expression(
        "(?:^|:\\s*)Advanced Micro Devices, Inc\\. \\[AMD/ATI\\] [\\w /]+ \\[([^\\]]+)\\]"
        "(?: \\(rev \\w+\\))?\\s*$");
    if (const auto match = nvidia.match(name); match.hasMatch())
        return QStringLiteral("NVIDIA ") + match.captured(1);
    if (const auto match = amd.match(name); match.hasMatch())
        return QStringLiteral("AMD ") + match.captured(1);
    return name;
}

/// Whose cards bear a brand.
QLatin1StringView vendorOf(const QString &brand)
{
    if (brand == u"AMD" || brand == u"INSTINCT")
        return QLatin1StringView("AMD");
    return brand == u"HUAWEI" || brand == u"\u534e\u4e3a" ? QLatin1StringView("Huawei")
                                                          : QLatin1StringView("NVIDIA");
}

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    for (const QChar c : text) {
        if (c.isLetterOrNumber() || c.isSurrogate()) {
            word += c;
        } else if (!word.isEmpty()) {
            words.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

/// GeForce numbers are known without RTX or GTX; those that end in 00 are other cards, and only
/// those of the Ada generation can be told without it.
QString withoutSeries(QString key)
{
    static const QRegularExpression series = expression("^[RG]TX(?=\\d\\d[5-9]0|\\d{4}ADA)");
    return key.remove(series);
}

bool isForm(const QString &word)
{
    static const QRegularExpression form = expression("^(SXM\\d?|PCIE|NVL|OAM)$");
    return form.match(word).hasMatch();
}

/// "80GB", "24G", or "80" with "GB" behind it: how many words it takes; 0 = no memory.
int memoryWords(const QStringList &words, qsizetype at, int &gb)
{
    static const QRegularExpression size = expression("^(\\d{1,3})(G|GB|GIB)?$");
    const QRegularExpressionMatch match = size.match(words[at]);
    if (!match.hasMatch())
        return 0;
    gb = match.captured(1).toInt();
    if (!match.captured(2).isEmpty())
        return 1;
    const QString next = words.value(at + 1);
    return next == u"GB" || next == u"GIB" || next == u"G" ? 2 : 0;
}

/// A GPU of \a nominalGb shows a little less: the driver and ECC take theirs (a T4 of 16 shows
/// 15109 MiB, a 4090 of 24 with ECC 23028 MiB).
bool fitsMeasured(int nominalGb, qint64 memoryMib)
{
    const double gib = double(memoryMib) / 1024.0;
    return gib >= 0.90 * nominalGb && gib <= 1.02 * nominalGb;
}

bool fitsForm(const QSet<QString> &forms, const QString &form)
{
    return form.isEmpty() || std::any_of(forms.cbegin(), forms.cend(), [&](const QString &one) {
               return one.startsWith(form) || form.startsWith(one);
           });
}

} // namespace

std::vector<int> NameMatch::possibleMemoryGb() const
{
    if (memoryGb)
        return {*memoryGb};
    std::vector<int> sizes;
    for (const Card *card : cards) {
        if (card->memoryGb)
            sizes.push_back(*card->memoryGb);
        const std::vector<int> &rebuilt = card->modifiedMemoryGb;
        std::copy_if(
            card->otherMemoryGb.begin(), card->otherMemoryGb.end(), std::back_inserter(sizes),
            [&](int gb) { return std::find(rebuilt.begin(), rebuilt.end(), gb) == rebuilt.end(); });
    }
    std::sort(sizes.begin(), sizes.end());
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    return sizes;
}

CardNames::Parts CardNames::takeApart(const QString &name)
{
    static const QStringList brands{QStringLiteral("NVIDIA"),      QStringLiteral("GEFORCE"),
                                    QStringLiteral("TESLA"),       QStringLiteral("AMD"),
                                    QStringLiteral("HUAWEI"),      QStringLiteral("INSTINCT"),
                                    QStringLiteral("\u534e\u4e3a")};
    Parts parts;
    if (name.size() > longestName)
        return parts;
    QString text = withoutSurroundings(withoutChip(name))
                       .normalized(QString::NormalizationForm_KC)
                       .toUpper()
                       .trimmed();
    // Ascend, and Huawei, which stands before it without a blank.
    text.replace(QStringLiteral("\u6607\u817e"), QStringLiteral("ASCEND"));
    text.replace(QStringLiteral("\u534e\u4e3a"), QStringLiteral("\u534e\u4e3a "));
    parts.cutOff = text.endsWith(u"...");
    QStringList words = wordsOf(text);
    while (!words.isEmpty() && brands.contains(words.first()))
        parts.brands.insert(words.takeFirst());
    parts.whole = withoutSeries(words.join(QString()));
    QString base;
    for (qsizetype i = 0; i < words.size(); ++i) {
        static const QRegularExpression memoryKind = expression("^HBM\\d?E?$");
        int gb = 0;
        // A model may be a number as well: the first word is never memory.
        const int taken = base.isEmpty() ? 0 : memoryWords(words, i, gb);
        if (taken > 0) {
            parts.contradicts = parts.contradicts || (parts.memoryGb && *parts.memoryGb != gb);
            parts.memoryGb = gb;
            i += taken - 1;
        } else if (!base.isEmpty() && isForm(words[i])) {
            parts.contradicts = parts.contradicts || !parts.form.isEmpty();
            parts.form = words[i];
        } else if (base.isEmpty() || !memoryKind.match(words[i]).hasMatch()) {
            base += words[i];
        }
    }
    parts.base = withoutSeries(base);
    return parts;
}

CardNames::CardNames(const std::vector<Card> &cards)
{
    for (const Card &card : cards) {
        Entry entry;
        entry.card = &card;
        const auto take = [&](const QString &name, QSet<QString> &keys) {
            const Parts parts = takeApart(name);
            keys.insert(parts.whole);
            entry.bases.insert(parts.base);
            if (!parts.form.isEmpty())
                entry.forms.insert(parts.form);
        };
        take(card.name, entry.own);
        for (const QString &alias : card.aliases)
            take(alias, entry.own);
        for (const QString &name : card.smiNames)
            take(name, entry.smi);
        if (card.memoryGb)
            entry.memory.insert(*card.memoryGb);
        for (const int gb : card.otherMemoryGb)
            entry.memory.insert(gb);
        entry.isGeForce =
            std::any_of(card.smiNames.cbegin(), card.smiNames.cend(),
                        [](const QString &name) { return name.contains(u"GeForce"); });
        static const QRegularExpression office = expression("^(Quadro|RTX|Titan)\\b");
        entry.isOffice = !entry.isGeForce && office.match(card.name).hasMatch();
        m_entries.push_back(std::move(entry));
    }
}

/// "AMD RTX 4090" and "Tesla 4090" are nobody's: who writes so means something else.
bool CardNames::fitsBrands(const Entry &entry, const QSet<QString> &brands)
{
    return std::all_of(brands.cbegin(), brands.cend(), [&](const QString &brand) {
        if (brand == u"GEFORCE")
            return entry.isGeForce;
        if (brand == u"TESLA" && (entry.isGeForce || entry.isOffice))
            return false;
        return entry.card->vendor == vendorOf(brand);
    });
}

/// \a ownName: they are called so, not only by nvidia-smi.
std::vector<const CardNames::Entry *> CardNames::candidates(const Parts &parts, bool &ownName) const
{
    const auto all = [&](auto &&fits) {
        std::vector<const Entry *> found;
        for (const Entry &entry : m_entries) {
            if (fitsBrands(entry, parts.brands) && fits(entry))
                found.push_back(&entry);
        }
        return found;
    };
    ownName = false;
    if (parts.cutOff) {
        // Which series it is may have been cut off too.
        static const QRegularExpression series = expression("^[RG]TX(?=\\d)");
        const QString bare = QString(parts.whole).remove(series);
        return all([&](const Entry &entry) {
            return std::any_of(entry.smi.cbegin(), entry.smi.cend(), [&](const QString &key) {
                return (key.size() > parts.whole.size() && key.startsWith(parts.whole)) ||
                       (key.size() > bare.size() && key.startsWith(bare));
            });
        });
    }
    std::vector<const Entry *> whole = all([&](const Entry &entry) {
        return entry.own.contains(parts.whole) || entry.smi.contains(parts.whole);
    });
    if (!whole.empty()) {
        ownName = std::any_of(whole.begin(), whole.end(),
                              [&](const Entry *entry) { return entry->own.contains(parts.whole); });
        return whole;
    }
    if (parts.contradicts)
        return {};
    return all([&](const Entry &entry) {
        return entry.bases.contains(parts.base) && fitsForm(entry.forms, parts.form) &&
               (!parts.memoryGb || entry.memory.contains(*parts.memoryGb));
    });
}

NameMatch CardNames::match(const QString &name, std::optional<qint64> memoryMib) const
{
    NameMatch match;
    const Parts parts = takeApart(name);
    match.cutOff = parts.cutOff;
    if (parts.whole.isEmpty())
        return match;
    bool ownName = false;
    const std::vector<const Entry *> found = candidates(parts, ownName);
    std::vector<const Entry *> kept;
    if (memoryMib) {
        std::copy_if(found.begin(), found.end(), std::back_inserter(kept), [&](const Entry *entry) {
            return std::any_of(entry->memory.cbegin(), entry->memory.cend(),
                               [&](int gb) { return fitsMeasured(gb, *memoryMib); });
        });
    }
    const bool measuredFits = !kept.empty();
    if (!measuredFits && memoryMib && parts.cutOff)
        return match; // neither the name nor the memory says enough
    if (!measuredFits)
        std::copy_if(found.begin(), found.end(), std::back_inserter(kept), [&](const Entry *entry) {
            return !ownName || entry->own.contains(parts.whole);
        });
    for (const Entry *entry : kept)
        match.cards.push_back(entry->card);
    if (kept.empty())
        return match;
    if (memoryMib) {
        match.memoryGb = int(std::lround(double(*memoryMib) / 1024.0));
        for (const Entry *entry : kept) {
            for (const int gb : entry->memory) {
                if (fitsMeasured(gb, *memoryMib))
                    match.memoryGb = gb;
            }
        }
    } else if (!parts.cutOff && parts.memoryGb &&
               std::any_of(kept.begin(), kept.end(), [&](const Entry *entry) {
                   return entry->memory.contains(*parts.memoryGb);
               })) {
        match.memoryGb = parts.memoryGb;
    }
    return match;
}

} // namespace core::catalog
