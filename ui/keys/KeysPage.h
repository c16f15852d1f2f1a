// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Fleet.h"
#include "core/keys/KeyWorker.h"

#include <QDateTime>
#include <QHash>
#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace ui {
class Label;
}

namespace ui::keys {

class AgentKeys;
class InstanceKeys;
class KeysPart;
class LocalKeys;

/// All about keys: those of this computer, those in the agent, and those that an instance accepts.
class KeysPage final : public QWidget
{
    Q_OBJECT

public:
    KeysPage(core::fleet::Fleet &fleet, core::fleet::Instance::Services services,
             core::keys::KeyWorker &worker, QWidget *parent = nullptr);
    ~KeysPage() override;

    /// Looks again.
    void refresh();
    /// When a key file last signed in, by absolute path.
    void setUses(const QHash<QString, QDateTime> &uses);
    /// Whose keys are shown when they are; null = one that is connected.
    void setInstance(core::fleet::Instance *instance);

Q_SIGNALS:
    /// \a path "" = the usual key.
    void installRequested(core::fleet::Instance *instance, const QString &path,
                          const core::SecretBytes &passphrase);
    /// \a instance is to be signed in to through the agent, with \a key on it.
    void agentRequested(core::fleet::Instance *instance, const core::keys::PublicKey &key);
    void connectRequested(const QString &instanceId);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void addPart(KeysPart *part);
    void showPart();
    void askAgent();
    void retranslate();

    Label *m_title;
    QTabBar *m_tabs;
    QStackedWidget *m_tools;
    QStackedWidget *m_parts;
    LocalKeys *m_local;
    AgentKeys *m_inAgent;
    InstanceKeys *m_onInstance;
};

} // namespace ui::keys
