// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Fleet.h"
#include "core/keys/KeyWorker.h"
#include "ui/common/Banner.h"

#include <QPointer>
#include <QWidget>

class QBoxLayout;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace ui {
class EmptyState;
class Label;
class TableView;
} // namespace ui

namespace ui::keys {

class KeyModel;

/// The keys of this computer: made, imported, copied, installed, changed and deleted.
class KeysPage final : public QWidget
{
    Q_OBJECT

public:
    KeysPage(core::fleet::Fleet &fleet, core::fleet::Instance::Services services,
             core::keys::KeyWorker &worker, QWidget *parent = nullptr);
    ~KeysPage() override;

    /// Looks again. \a select: the path of the key to select afterwards.
    void refresh(const QString &select = {});

Q_SIGNALS:
    void installRequested(core::fleet::Instance *instance, const QString &path,
                          const core::SecretBytes &passphrase);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildTop(QBoxLayout *top);
    void buildActions(QBoxLayout *actions);
    void retranslate();
    void updateUsers();
    void updateActions();
    void makeUsual();
    void askNew();
    void make(const core::keys::NewKey &key, bool remember);
    void askImport();
    void inspectImport(const QString &source);
    void import(const QString &source, const core::SecretBytes &passphrase);
    void copyPublic();
    void fillInstallMenu();
    void installOn(const QString &instanceId);
    void askPassphrase();
    void exportPublic();
    void askDelete();
    void restrict();
    void forgetPassphrase(const QString &path);
    void tell(Banner::Kind kind, const QString &text, const QString &details = {});
    void showError(const core::Error &error, const QString &path);
    [[nodiscard]] const core::keys::KeyEntry *current() const;
    /// Ends with its banner or with \a then. The page waits for one at a time.
    template <typename Operation, typename Then>
    void follow(Operation *operation, const QString &path, Then then);

    core::fleet::Fleet &m_fleet;
    core::fleet::Instance::Services m_services;
    core::keys::KeyWorker &m_worker;
    KeyModel *m_model;
    TableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QPushButton *m_emptyNew = nullptr;
    Banner *m_banner;
    Label *m_title;
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
    QPointer<core::Operation> m_running;
    QPointer<core::keys::KeysOperation> m_listing;
};

template <typename Operation, typename Then>
void KeysPage::follow(Operation *operation, const QString &path, Then then)
{
    m_running = operation;
    updateActions();
    connect(operation, &core::Operation::finished, this, [this, operation, path, then] {
        operation->deleteLater();
        m_running.clear();
        updateActions();
        if (operation->isOk())
            then(operation);
        else
            showError(*operation->error(), path);
    });
}

} // namespace ui::keys
