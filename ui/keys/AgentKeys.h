// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Fleet.h"
#include "core/keys/AgentClient.h"
#include "core/keys/KeyWorker.h"
#include "ui/keys/KeysPart.h"
#include "ui/keys/PublicKeyModel.h"

#include <QTimer>

#include <optional>

class QBoxLayout;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui {
class ElidedLabel;
class EmptyState;
class Skeleton;
class TableView;
} // namespace ui

namespace ui::keys {

class AgentDialog;

/// The keys that the user's agent holds: listed, added from a file, taken out, used to sign in.
class AgentKeys final : public KeysPart
{
    Q_OBJECT

public:
    AgentKeys(core::fleet::Fleet &fleet, core::keys::KeyWorker &worker, QWidget *parent = nullptr);
    ~AgentKeys() override;

    void refresh() override;
    void setOwnKeys(const std::vector<core::keys::KeyEntry> &keys);
    /// As they were last listed.
    [[nodiscard]] const std::vector<core::keys::PublicKey> &keys() const { return m_keys; }

Q_SIGNALS:
    /// keys() is new.
    void listed();
    /// \a instance is to be signed in to through the agent, with \a key on it.
    void agentRequested(core::fleet::Instance *instance, const core::keys::PublicKey &key);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildTools();
    void buildActions(QBoxLayout *actions);
    void retranslate();
    void take(std::vector<core::keys::PublicKey> keys);
    void update();
    void updateAway();
    void updateRows();
    void updateActions() override;
    void copyKey();
    void fillSignInMenu();
    void askAdd();
    void unlock(AgentDialog *dialog);
    void add(AgentDialog *dialog, const core::keys::PrivateKey &key);
    void askRemove();
    void remove(const core::keys::PublicKey &key);
    void showFailure(const core::Error &error);
    [[nodiscard]] QStringList users() const;
    [[nodiscard]] std::optional<core::keys::PublicKey> current() const;

    core::fleet::Fleet &m_fleet;
    core::keys::KeyWorker &m_worker;
    core::keys::AgentClient m_agent;
    std::vector<core::keys::KeyEntry> m_own;
    std::vector<core::keys::PublicKey> m_keys;
    bool m_isListed = false; ///< m_keys is what the agent holds
    bool m_isThere = true;   ///< an agent answered, or nothing is known yet
    QPointer<core::keys::AgentListOperation> m_listing;
    QTimer m_slow;

    PublicKeyModel *m_model;
    TableView *m_table;
    EmptyState *m_away;
    QPushButton *m_awayButton = nullptr;
    Skeleton *m_skeleton;
    QWidget *m_blank;
    QStackedWidget *m_stack;
    ElidedLabel *m_status;
    QPushButton *m_add = nullptr;
    QToolButton *m_again = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_signIn = nullptr;
    QMenu *m_signInMenu = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace ui::keys
