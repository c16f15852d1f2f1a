// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Packages.h"

#include <QAbstractTableModel>

namespace ui::environment {

/// The packages of one environment.
class PackageModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Version, From, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPackages(std::vector<core::env::Package> packages);
    /// The language has changed.
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<core::env::Package> m_packages;
};

} // namespace ui::environment
