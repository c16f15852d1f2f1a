// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/catalog/AutodlApi.h"
#include "core/secrets/SecretStore.h"
#include "ui/common/Card.h"

#include <QPointer>

class QPushButton;

namespace ui {
class Label;
class PasswordField;
} // namespace ui

namespace ui::catalog {

/// The user's AutoDL account over its developer API: balance and Pro instances. The token is kept
/// in the keychain; nothing is asked before the button is pressed.
class AutodlCard final : public ui::Card
{
    Q_OBJECT

public:
    /// \a base: the API's address, another one in tests; empty = AutoDL's.
    AutodlCard(QNetworkAccessManager &network, core::secrets::SecretStore &secrets,
               const QUrl &base = {}, QWidget *parent = nullptr);
    ~AutodlCard() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void save();
    void forget();
    void ask();
    void askWith(const core::SecretBytes &token);
    void display(const core::catalog::AutodlBalance &balance);
    void display(const std::vector<core::catalog::AutodlInstance> &instances);
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
    Label *m_instances;
    QPointer<core::Operation> m_running;
};

} // namespace ui::catalog
