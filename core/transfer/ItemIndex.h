// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>
#include <vector>

namespace core::transfer {

/// Finds items by a name that can be computed of them: 8 bytes an item, since the names themselves
/// are not kept. Of two items with one name it finds one.
class ItemIndex
{
public:
    using Name = std::function<QByteArray(int item)>;

    ItemIndex(const std::vector<int> &items, Name name);

    /// -1 = none has it.
    [[nodiscard]] int find(const QByteArray &name) const;

private:
    struct Entry
    {
        quint32 hash = 0;
        int item = 0;
    };

    Name m_name;
    std::vector<Entry> m_entries; ///< by hash
};

} // namespace core::transfer
