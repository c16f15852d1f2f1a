// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileOrder.h"

#include "core/transfer/FileNames.h"

#include <algorithm>
#include <numeric>

namespace ui::files {

using core::ssh::RemoteEntry;
using Type = RemoteEntry::Type;

QCollator nameCollator()
{
    QCollator collator;
    // The C locale compares bytes, not as people count.
    if (collator.locale() == QLocale::c())
        collator.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

namespace {

std::vector<int> counted(std::size_t count)
{
    std::vector<int> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

std::shared_ptr<const FileRows> makeRows(const FileWish &wish, const std::atomic<bool> &abandoned)
{
    auto made = std::make_shared<FileRows>();
    const QCollator collator = nameCollator();
    made->rows.reserve(wish.entries->size());
    made->numbers.reserve(qsizetype(wish.entries->size()));
    for (const RemoteEntry &entry : *wish.entries) {
        if (abandoned)
            return made;
        const int known = wish.before ? wish.before->numbers.value(entry.name, -1) : -1;
        if (known >= 0) {
            const FileRows::Row &old = wish.before->rows[std::size_t(known)];
            made->rows.push_back({entry, old.shown, old.key});
        } else {
            QString shown = core::transfer::shownName(entry.name);
            const QCollatorSortKey key = collator.sortKey(shown);
            made->rows.push_back({entry, std::move(shown), key});
        }
        made->numbers.insert(entry.name, int(made->rows.size()) - 1);
    }
    std::vector<int> order = counted(made->rows.size());
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return made->rows[std::size_t(a)].key.compare(made->rows[std::size_t(b)].key) < 0;
    });
    made->rank.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        made->rank[std::size_t(order[i])] = int(i);
    return made;
}

std::shared_ptr<const std::vector<int>> sortedNumbers(const FileRows &all, const FileWish &wish)
{
    auto numbers = std::make_shared<std::vector<int>>(counted(all.rows.size()));
    const int way = wish.order == Qt::AscendingOrder ? 1 : -1;
    const auto sort = [&](const auto &compare) { // <0, 0, >0; equal ones by their names
        std::sort(numbers->begin(), numbers->end(), [&](int a, int b) {
            const RemoteEntry &left = all.rows[std::size_t(a)].entry;
            const RemoteEntry &right = all.rows[std::size_t(b)].entry;
            const bool isFolder = left.type == Type::Directory;
            if (isFolder != (right.type == Type::Directory))
                return isFolder;
            const int byValue = compare(left, right);
            if (byValue != 0)
                return byValue < 0;
            const int byName = all.rank[std::size_t(a)] - all.rank[std::size_t(b)];
            return (wish.column == FileColumn::Name ? way * byName : byName) < 0;
        });
    };
    const auto order = [way](const auto &a, const auto &b) {
        return a < b ? -way : b < a ? way : 0;
    };
    switch (wish.column) {
    case FileColumn::Name: sort([](const RemoteEntry &, const RemoteEntry &) { return 0; }); break;
    case FileColumn::Size:
        sort([&](const RemoteEntry &a, const RemoteEntry &b) {
            const auto sizeA = fileSize(a, wish.measured);
            const auto sizeB = fileSize(b, wish.measured);
            if (sizeA.has_value() != sizeB.has_value())
                return sizeA ? -1 : 1; // unknown ones come last
            return order(sizeA, sizeB);
        });
        break;
    case FileColumn::Modified:
        sort([&](const RemoteEntry &a, const RemoteEntry &b) { return order(a.mtime, b.mtime); });
        break;
    case FileColumn::Permissions:
        sort([&](const RemoteEntry &a, const RemoteEntry &b) { return order(a.mode, b.mode); });
        break;
    }
    return numbers;
}

/// '*' and '?' as in a shell, but that they match '/' too; \a glob is folded already.
bool matchesGlob(QStringView glob, QStringView text)
{
    qsizetype g = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype starText = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == u'*') {
            star = g++;
            starText = t;
        } else if (g < glob.size() && (glob[g] == u'?' || glob[g] == text[t].toCaseFolded())) {
            ++g;
            ++t;
        } else if (star >= 0) {
            g = star + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == u'*')
        ++g;
    return g == glob.size();
}

/// Leaves out what is hidden and what the filter does not want.
void choose(FileOrder &order, const FileWish &wish, const std::atomic<bool> &abandoned)
{
    const QString folded = wish.filter.toCaseFolded();
    const bool isGlob = folded.contains(u'*') || folded.contains(u'?');
    order.shown.reserve(order.sorted->size());
    order.rowOf.assign(order.rows->rows.size(), -1);
    for (const int number : *order.sorted) {
        if (abandoned)
            return;
        const FileRows::Row &row = order.rows->rows[std::size_t(number)];
        if (!wish.showsHidden && row.entry.name.startsWith('.')) {
            ++order.hidden;
            continue;
        }
        const bool fits = wish.filter.isEmpty() ||
                          (isGlob ? matchesGlob(folded, row.shown)
                                  : row.shown.contains(wish.filter, Qt::CaseInsensitive));
        if (!fits)
            continue;
        order.rowOf[std::size_t(number)] = int(order.shown.size());
        order.shown.push_back(number);
    }
}

} // namespace

std::optional<double> fileSize(const RemoteEntry &entry, const QHash<QByteArray, qint64> &measured)
{
    if (entry.type == Type::Directory) {
        const auto at = measured.constFind(entry.name);
        return at == measured.constEnd() ? std::nullopt : std::optional<double>(double(*at));
    }
    if (entry.type == Type::File && entry.size)
        return double(*entry.size);
    return std::nullopt;
}

FileOrder arrange(const FileWish &wish, const std::atomic<bool> &abandoned)
{
    FileOrder order;
    if (wish.entries || !wish.before) {
        FileWish full = wish;
        if (!full.entries)
            full.entries = std::make_shared<const std::vector<RemoteEntry>>();
        order.rows = makeRows(full, abandoned);
    } else {
        order.rows = wish.before;
        order.sorted = wish.sorted;
    }
    if (abandoned)
        return order;
    if (!order.sorted)
        order.sorted = sortedNumbers(*order.rows, wish);
    choose(order, wish, abandoned);
    if (wish.before && wish.before != order.rows) {
        order.moved.reserve(wish.before->rows.size());
        for (const FileRows::Row &row : wish.before->rows)
            order.moved.push_back(order.rows->numbers.value(row.entry.name, -1));
    }
    return order;
}

} // namespace ui::files
