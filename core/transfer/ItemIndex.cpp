// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/ItemIndex.h"

#include <QHashFunctions>

#include <algorithm>

namespace core::transfer {

namespace {

quint32 hashOf(const QByteArray &name)
{
    // With the process's own seed: nobody can choose names that collide.
    return quint32(qHashBits(name.constData(), std::size_t(name.size()), QHashSeed::globalSeed()));
}

} // namespace

ItemIndex::ItemIndex(const std::vector<int> &items, Name name)
    : m_name(std::move(name))
{
    m_entries.reserve(items.size());
    for (const int item : items)
        m_entries.push_back({hashOf(m_name(item)), item});
    std::sort(m_entries.begin(), m_entries.end(),
              [](const Entry &a, const Entry &b) { return a.hash < b.hash; });
}

int ItemIndex::find(const QByteArray &name) const
{
    const quint32 hash = hashOf(name);
    for (auto at = std::lower_bound(
             m_entries.begin(), m_entries.end(), hash,
             [](const Entry &entry, quint32 wanted) { return entry.hash < wanted; });
         at != m_entries.end() && at->hash == hash; ++at) {
        if (m_name(at->item) == name)
            return at->item;
    }
    return -1;
}

} // namespace core::transfer
