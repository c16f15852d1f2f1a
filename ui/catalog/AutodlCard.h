// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/catalog/AutodlApi.h"
#include "core/secrets/SecretStore.h"
#include "ui/common/Card.h"
#include "ui/common/SecretClipboard.h"

#include <QPointer>

#include <functional>

class QPushButton;
class QVBoxLayout;

namespace ui {
class Label;
class PasswordField;
} // namespace ui

namespace ui::catalog {

/// The user's AutoDL account over its developer API: balance and Pro instances, with how to get
/// into each. The token is kept in the keychain; nothing is asked before a button is pressed.
class AutodlCard final : public ui::Card
{
    Q_OBJECT

public:
    /// \a base: the API's address, another one in tests; empty = AutoDL's.
    AutodlCard(QNetworkAccessManager &network, core::secrets::SecretStore &secrets,
               const core::Clock &clock, const QUrl &base = {}, QWidget *parent = nullptr);
    ~AutodlCard() override;

Q_SIGNALS:
    /// The user wants it in the list of instances.
    void instanceOffered(const core::catalog::AutodlInstance &instance,
                         const core::catalog::AutodlLogin &login);

protected:
    void changeEvent(QEvent *event) override;

private:
    void save();
    void forget();
    void ask();
    template <typename Then>
    void withToken(Then then);
    void makeApi(const core::SecretBytes &token);
    using LoginUse = std::function<void(const core::catalog::AutodlLogin &)>;
    void withLogin(const core::catalog::AutodlInstance &instance, const LoginUse &use);
    void display(const core::catalog::AutodlBalance &balance);
    void display(const std::vector<core::catalog::AutodlInstance> &instances);
    struct Row
    {
        core::catalog::AutodlInstance instance;
        QWidget *widget = nullptr;
        QPushButton *copyLogin = nullptr;
        QPushButton *copyPassword = nullptr;
        QPushButton *add = nullptr;
    };
    void addRow(const core::catalog::AutodlInstance &instance);
    void clearRows();
    void nameButtons(const Row &row) const;
    template <typename Operation, typename Then>
    void follow(Operation *operation, Then then);
    void tell(const QString &words, bool isTrouble = false);
    void updateActions();
    void retranslate();

    QNetworkAccessManager &m_network;
    core::secrets::SecretStore &m_secrets;
    QUrl m_base;
    std::unique_ptr<core::catalog::AutodlApi> m_api;
    Label *m_words;
    PasswordField *m_token;
    QPushButton *m_save;
    QPushButton *m_forget;
    QPushButton *m_ask;
    Label *m_state;
    Label *m_noInstances;
    QVBoxLayout *m_list;
    std::vector<Row> m_rows;
    SecretClipboard m_clipboard;
    QPointer<core::Operation> m_running;
};

} // namespace ui::catalog
