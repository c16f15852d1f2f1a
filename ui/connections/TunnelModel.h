// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Tunnels.h"

#include <QAbstractTableModel>

#include <vector>

namespace ui::connections {

/// The tunnels of one instance, with what is live about them.
class TunnelModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Kind, Listens, Target, State, Open, Sent, Received, ColumnCount };
    enum Role { IdRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;

    void setTunnels(const std::vector<core::fleet::Tunnel> &tunnels);
    void update(const core::fleet::Tunnel &tunnel);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<core::fleet::Tunnel> m_tunnels;
};

} // namespace ui::connections
