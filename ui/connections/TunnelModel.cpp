// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/TunnelModel.h"

#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/TableView.h"
#include "ui/common/ToolTip.h"
#include "ui/connections/TunnelWords.h"

#include <algorithm>

namespace ui::connections {

using core::fleet::Tunnel;

namespace {

bool hasSameRows(const std::vector<Tunnel> &a, const std::vector<Tunnel> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Tunnel &x, const Tunnel &y) { return x.id == y.id; });
}

QIcon stateIcon(const Tunnel &tunnel)
{
    switch (tunnel.state) {
    case Tunnel::State::Off: return icon(Icon::Pause, IconTone::Hint);
    case Tunnel::State::Waiting:
    case Tunnel::State::Starting: return icon(Icon::Clock, IconTone::Secondary);
    case Tunnel::State::Listening:
        return tunnel.status.refusal ? icon(Icon::Warning, IconTone::Warn)
                                     : icon(Icon::Ok, IconTone::Good);
    case Tunnel::State::Failed: break;
    }
    return icon(Icon::Error, IconTone::Bad);
}

QString displayText(const Tunnel &tunnel, int column)
{
    switch (column) {
    case TunnelModel::Name: return titleWords(tunnel.forward);
    case TunnelModel::Kind: return kindWords(tunnel.forward.kind);
    case TunnelModel::Listens: return listenWords(tunnel.forward);
    case TunnelModel::Target: return targetWords(tunnel.forward);
    case TunnelModel::State: return stateWords(tunnel);
    case TunnelModel::Open: return format::count(tunnel.status.open);
    case TunnelModel::Sent: return format::bytes(double(tunnel.status.sent));
    case TunnelModel::Received: return format::bytes(double(tunnel.status.received));
    default: return {};
    }
}

QVariant sortValue(const Tunnel &tunnel, int column)
{
    switch (column) {
    case TunnelModel::Listens: return tunnel.forward.bindPort;
    case TunnelModel::State: return int(tunnel.state);
    case TunnelModel::Open: return tunnel.status.open;
    case TunnelModel::Sent: return tunnel.status.sent;
    case TunnelModel::Received: return tunnel.status.received;
    default: return displayText(tunnel, column);
    }
}

} // namespace

void TunnelModel::setTunnels(const std::vector<Tunnel> &tunnels)
{
    if (hasSameRows(tunnels, m_tunnels)) { // the selection stays
        m_tunnels = tunnels;
        retranslate();
        return;
    }
    beginResetModel();
    m_tunnels = tunnels;
    endResetModel();
}

void TunnelModel::update(const Tunnel &tunnel)
{
    for (std::size_t row = 0; row < m_tunnels.size(); ++row) {
        if (m_tunnels[row].id != tunnel.id)
            continue;
        m_tunnels[row] = tunnel;
        Q_EMIT dataChanged(index(int(row), 0), index(int(row), ColumnCount - 1));
    }
}

void TunnelModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_tunnels.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int TunnelModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tunnels.size());
}

int TunnelModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TunnelModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Tunnel &tunnel = m_tunnels[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return displayText(tunnel, index.column());
    case sortRole: return sortValue(tunnel, index.column());
    case IdRole: return QVariant::fromValue(tunnel.id);
    case Qt::ToolTipRole:
        if (index.column() == State && (tunnel.status.error || tunnel.status.refusal))
            return plainToolTip(problemOf(tunnel).technical);
        return plainToolTip(displayText(tunnel, index.column()));
    case Qt::DecorationRole: return index.column() == State ? stateIcon(tunnel) : QVariant();
    case Qt::TextAlignmentRole:
        if (index.column() >= Open)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default: return {};
    }
}

QVariant TunnelModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= Open)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Tunnel");
    case Kind: return tr("Kind");
    //: Column: address and port where the tunnel begins
    case Listens: return tr("Listens on");
    //: Column: host and port where the tunnel ends
    case Target: return tr("Leads to");
    case State: return tr("State");
    //: Column: how many connections go through the tunnel now
    case Open: return tr("Connections");
    //: Column: bytes into the tunnel
    case Sent: return tr("Sent");
    //: Column: bytes out of the tunnel
    case Received: return tr("Received");
    default: return {};
    }
}

} // namespace ui::connections
