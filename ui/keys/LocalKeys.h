// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Fleet.h"
#include "core/keys/KeyWorker.h"
#include "ui/keys/KeysPart.h"

class QBoxLayout;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace ui {
class EmptyState;
class TableView;
} // namespace ui

namespace ui::keys {

class KeyModel;

/// The key files of this computer: made, imported, copied, installed, changed and deleted.
class LocalKeys final : public KeysPart
{
    Q_OBJECT

public:
    LocalKeys(core::fleet::Fleet &fleet, core::fleet::Instance::Services services,
              core::keys::KeyWorker &worker, QWidget *parent = nullptr);
    ~LocalKeys() override;

    void refresh() override;
    /// When a key last signed in, by absolute path.
    void setUses(const QHash<QString, QDateTime> &uses);
    /// As they were last listed.
    [[nodiscard]] const std::vector<core::keys::KeyEntry> &keys() const;

Q_SIGNALS:
    /// keys() is new.
    void listed();
    void installRequested(core::fleet::Instance *instance, const QString &path,
                          const core::SecretBytes &passphrase);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refreshAndSelect(const QString &path);
    void buildTools();
    void buildActions(QBoxLayout *actions);
    void retranslate();
    void updateUsers();
    void updateActions() override;
    void makeUsual();
    void askNew();
    void make(const core::keys::NewKey &key, bool remember);
    void askImport();
    void inspectImport(const QString &source);
    void explainImport(const QString &source);
    void explainPublicHalf(const QString &source);
    void import(const QString &source, const core::SecretBytes &passphrase);
    void copyPublic();
    void fillInstallMenu();
    void installOn(const QString &instanceId);
    void askPassphrase();
    void exportPublic();
    void askDelete();
    void restrict();
    void replacePassphrase(const QString &path, const core::SecretBytes &passphrase);
    void forgetPassphrase(const QString &path);
    [[nodiscard]] const core::keys::KeyEntry *current() const;

    core::fleet::Fleet &m_fleet;
    core::fleet::Instance::Services m_services;
    core::keys::KeyWorker &m_worker;
    KeyModel *m_model;
    TableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QPushButton *m_emptyNew = nullptr;
    QPushButton *m_new = nullptr;
    QPushButton *m_other = nullptr;
    QPushButton *m_import = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_install = nullptr;
    QMenu *m_installMenu = nullptr;
    QPushButton *m_passphrase = nullptr;
    QPushButton *m_export = nullptr;
    QPushButton *m_restrict = nullptr;
    QPushButton *m_delete = nullptr;
    QPointer<core::keys::KeysOperation> m_listing;
};

} // namespace ui::keys
