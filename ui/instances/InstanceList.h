// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace core::fleet {
class Fleet;
class Instance;
class SpendingWatch;
} // namespace core::fleet

namespace ui::models {
class InstanceListModel;
}

namespace ui::instances {

class InstanceDelegate;

/// The list at the left: select, rename (F2), drag to reorder, context menu, Ctrl+V to paste.
class InstanceList final : public QListView
{
    Q_OBJECT

public:
    explicit InstanceList(core::fleet::Fleet &fleet, QWidget *parent = nullptr);

    [[nodiscard]] core::fleet::Instance *current() const;
    [[nodiscard]] core::fleet::Instance *instanceAt(const QPoint &position) const;
    void select(const core::fleet::Instance *instance);
    /// What each one cost today is shown from then on. Outlives this.
    void setSpending(const core::fleet::SpendingWatch &spending);

Q_SIGNALS:
    void currentInstanceChanged(core::fleet::Instance *instance);
    void pasteRequested();
    void editRequested(core::fleet::Instance *instance);
    void removeRequested(core::fleet::Instance *instance);
    /// For another program; it is a secret.
    void copyPasswordRequested(core::fleet::Instance *instance);
    /// What may be told to others is to be copied.
    void shareRequested(core::fleet::Instance *instance);
    /// \a instance: whose menu it was, null for none.
    void exportRequested(core::fleet::Instance *instance);
    void renameRequested(const QString &id, const QString &name);
    void moveRequested(const QString &id, int to);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void copyLogin(const core::fleet::Instance &instance) const;

    models::InstanceListModel *m_model;
    InstanceDelegate *m_delegate;
};

} // namespace ui::instances
