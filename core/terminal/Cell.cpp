// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/Cell.h"

#include <algorithm>
#include <limits>

namespace core::terminal {

namespace {

/// Clusters that are written over stay until so many are there.
constexpr std::size_t clustersPerColumn = 4;
constexpr std::size_t maxLinks = std::numeric_limits<quint16>::max();

} // namespace

QString Line::text(int column) const
{
    if (column < 0 || column >= int(cells.size()))
        return {};
    const Cell &cell = cells[std::size_t(column)];
    if (cell.flags & CellFlag::Cluster)
        return clusters[cell.character];
    if (cell.character == 0)
        return {};
    return QString::fromUcs4(&cell.character, 1);
}

QString Line::link(int column) const
{
    if (column < 0 || column >= int(cells.size()))
        return {};
    const quint16 number = cells[std::size_t(column)].link;
    return number == 0 ? QString() : links[number - 1U];
}

int Line::writtenColumns() const
{
    auto count = int(cells.size());
    while (count > 0 && cells[std::size_t(count - 1)].character == 0 &&
           !(cells[std::size_t(count - 1)].flags & (CellFlag::WideTail | CellFlag::Cluster)))
        --count;
    return count;
}

int Line::visibleColumns() const
{
    const int written = writtenColumns();
    auto count = int(cells.size());
    while (count > written && cells[std::size_t(count - 1)].background.isDefault())
        --count;
    return count;
}

void Line::take(int column, const Line &from, const Cell &cell)
{
    Cell &to = cells[std::size_t(column)];
    to = cell;
    if (cell.flags & CellFlag::Cluster)
        setCluster(column, from.clusters[cell.character]);
    if (cell.link != 0)
        to.link = linkNumber(from.links[cell.link - 1U]);
}

void Line::setCluster(int column, const QString &text)
{
    Cell &cell = cells[std::size_t(column)];
    cell.flags &= quint16(~CellFlag::Cluster);
    cell.character = 0;
    if (clusters.size() >= clustersPerColumn * cells.size())
        dropUnusedClusters();
    cell.character = char32_t(clusters.size());
    cell.flags |= CellFlag::Cluster;
    clusters.push_back(text);
}

void Line::dropUnusedClusters()
{
    std::vector<QString> used;
    for (Cell &cell : cells) {
        if (!(cell.flags & CellFlag::Cluster))
            continue;
        used.push_back(clusters[cell.character]);
        cell.character = char32_t(used.size() - 1);
    }
    clusters = std::move(used);
}

quint16 Line::linkNumber(const QString &target)
{
    if (target.isEmpty())
        return 0;
    // Neighbours share: the one that came last is the likely one.
    const auto known = std::find(links.rbegin(), links.rend(), target);
    if (known != links.rend())
        return quint16(links.rend() - known);
    // A row has far fewer columns; more than that are only overwritten ones.
    if (links.size() >= std::min(maxLinks, 4 * cells.size())) {
        std::vector<QString> used;
        for (Cell &cell : cells) {
            if (cell.link == 0)
                continue;
            used.push_back(links[cell.link - 1U]);
            cell.link = quint16(used.size());
        }
        links = std::move(used);
    }
    links.push_back(target);
    return quint16(links.size());
}

void Line::setLink(int column, const QString &target)
{
    cells[std::size_t(column)].link = 0;
    cells[std::size_t(column)].link = linkNumber(target);
}

void Line::reset(int columns, const Cell &blank)
{
    cells.assign(std::size_t(columns), blank);
    clusters.clear();
    links.clear();
    continues = false;
}

qsizetype Line::bytes() const
{
    auto total = qsizetype(sizeof(Line) + cells.capacity() * sizeof(Cell));
    for (const auto *texts : {&clusters, &links}) {
        for (const QString &one : *texts)
            total += qsizetype(sizeof(QString)) + 2 * one.capacity();
    }
    return total;
}

} // namespace core::terminal
