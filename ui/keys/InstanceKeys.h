// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Fleet.h"
#include "core/fleet/RemoteKeys.h"
#include "ui/keys/KeysPart.h"
#include "ui/keys/PublicKeyModel.h"

#include <QTimer>

#include <chrono>
#include <functional>

class QBoxLayout;
class QComboBox;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui {
class ElidedLabel;
class EmptyState;
class Label;
class Skeleton;
class TableView;
} // namespace ui

namespace ui::keys {

/// The keys that an instance accepts: what stands in its authorized_keys, which of it is ours, and
/// taking one out.
class InstanceKeys final : public KeysPart
{
    Q_OBJECT

public:
    explicit InstanceKeys(core::fleet::Fleet &fleet, QWidget *parent = nullptr);
    ~InstanceKeys() override;

    void refresh() override;
    /// Null = the first that is connected, or the first.
    void setInstance(core::fleet::Instance *instance);
    /// The key files of this computer, to tell which is ours.
    void setOwnKeys(const std::vector<core::keys::KeyEntry> &keys);
    /// The instance is signed in to through the agent, or may be.
    [[nodiscard]] bool isThroughAgent() const;
    /// Those of the agent, for instances that are signed in to through it.
    void setAgentKeys(const std::vector<core::keys::PublicKey> &keys);

Q_SIGNALS:
    /// Another one is shown.
    void instanceChanged(core::fleet::Instance *instance);
    void connectRequested(const QString &instanceId);
    /// There is no key on it yet: the usual one is wanted.
    void installRequested(core::fleet::Instance *instance);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildTools();
    void buildActions(QBoxLayout *actions);
    void retranslate();
    void fillInstances();
    void nameInstances();
    void showInstance(core::fleet::Instance *instance);
    void onStateChanged();
    void read();
    void take(const core::fleet::RemoteKeys &keys);
    void update();
    void updateAway();
    void updateRows();
    void updateStatus();
    void updateActions() override;
    void copyKey();
    void askRemove();
    void remove(const core::keys::AuthorizedKey &key);
    void putBack(const core::keys::AuthorizedKey &key);
    void change(core::fleet::RemoteKeys *operation, const std::function<void()> &then);
    void showFailure(const core::Error &error);
    [[nodiscard]] PublicKeyRow::Use useOf(const core::keys::PublicKey &key,
                                          const QString &ours) const;
    [[nodiscard]] PublicKeyRow rowOf(const core::keys::AuthorizedKey &key) const;
    /// For people: who can't sign in without it.
    [[nodiscard]] QString whoLoses(const PublicKeyRow &row) const;
    [[nodiscard]] const core::keys::AuthorizedKey *current() const;
    /// Of the model; -1 = none.
    [[nodiscard]] int currentRow() const;
    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] QString name() const;

    core::fleet::Fleet &m_fleet;
    QPointer<core::fleet::Instance> m_instance;
    std::vector<core::keys::KeyEntry> m_own;
    std::vector<core::keys::PublicKey> m_agent;
    std::vector<core::keys::AuthorizedKey> m_keys; ///< in the order of the model's rows
    bool m_isRead = false;
    bool m_wasConnected = false;
    QString m_place; ///< the file on the instance
    std::chrono::system_clock::time_point m_readAt;
    QPointer<core::fleet::RemoteKeys> m_reading;
    QTimer m_slow;

    PublicKeyModel *m_model;
    QComboBox *m_instances;
    Label *m_instancesLabel;
    QToolButton *m_again;
    TableView *m_table;
    EmptyState *m_away;
    QPushButton *m_awayButton = nullptr;
    Skeleton *m_skeleton;
    QWidget *m_blank;
    QStackedWidget *m_stack;
    ElidedLabel *m_status;
    QPushButton *m_copy = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace ui::keys
