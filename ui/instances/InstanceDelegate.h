// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace core::fleet {
class Instance;
class SpendingWatch;
} // namespace core::fleet

namespace ui::instances {

/// Name and state above; card, load line and load below; price and what was spent today in a third
/// line, where there is a price.
class InstanceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// Outlives this; null: no amounts.
    void setSpending(const core::fleet::SpendingWatch *spending) { m_spending = spending; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

private:
    [[nodiscard]] QString spentToday(const core::fleet::Instance &instance) const;

    const core::fleet::SpendingWatch *m_spending = nullptr;
};

} // namespace ui::instances
