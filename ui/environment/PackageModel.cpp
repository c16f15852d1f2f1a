// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/PackageModel.h"

#include "ui/common/Format.h"
#include "ui/common/TableView.h"

namespace ui::environment {

using core::env::Package;

void PackageModel::setPackages(std::vector<Package> packages)
{
    beginResetModel();
    m_packages = std::move(packages);
    endResetModel();
}

void PackageModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int PackageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_packages.size());
}

int PackageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PackageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) ||
        (role != Qt::DisplayRole && role != sortRole))
        return {};
    const Package &package = m_packages[std::size_t(index.row())];
    switch (index.column()) {
    case Name: return package.name;
    case Version: return package.version.isEmpty() ? format::absent() : package.version;
    case From:
        return package.origin == Package::Origin::Conda ? QStringLiteral("conda")
                                                        : QStringLiteral("pip");
    default: return {};
    }
}

QVariant PackageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Package");
    case Version: return tr("Version");
    //: Who has installed a package: conda or pip
    case From: return tr("From");
    default: return {};
    }
}

} // namespace ui::environment
