// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/AutodlCard.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/PasswordField.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>

namespace ui::catalog {

using namespace core::catalog;
using core::secrets::SecretStore;

namespace {

const core::secrets::SecretId tokenId{core::secrets::SecretKind::ApiToken,
                                      QStringLiteral("autodl")};

} // namespace

AutodlCard::AutodlCard(QNetworkAccessManager &network, SecretStore &secrets, const QUrl &base,
                       QWidget *parent)
    : ui::Card(parent)
    , m_network(network)
    , m_secrets(secrets)
    , m_base(base)
    , m_words(new Label(TextStyle::Body, TextTone::Secondary))
    , m_token(new PasswordField)
    , m_save(new QPushButton)
    , m_forget(new QPushButton)
    , m_ask(new QPushButton)
    , m_state(new Label(TextStyle::Body))
    , m_instances(new Label(TextStyle::Body, TextTone::Secondary))
{
    setObjectName(QStringLiteral("autodlCard"));
    m_token->setObjectName(QStringLiteral("autodlToken"));
    m_save->setObjectName(QStringLiteral("autodlSave"));
    m_forget->setObjectName(QStringLiteral("autodlForget"));
    m_ask->setObjectName(QStringLiteral("autodlAsk"));
    m_state->setObjectName(QStringLiteral("autodlState"));
    for (Label *label : {m_words, m_state, m_instances})
        label->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addWidget(m_token, 1);
    row->addWidget(m_save);
    row->addWidget(m_forget);
    addToTitle(m_ask);
    body()->addWidget(m_words);
    body()->addLayout(row);
    body()->addWidget(m_state);
    body()->addWidget(m_instances);
    m_state->hide();
    m_instances->hide();
    connect(m_token, &QLineEdit::textChanged, this, &AutodlCard::updateActions);
    connect(m_token, &QLineEdit::returnPressed, this, &AutodlCard::save);
    connect(m_save, &QPushButton::clicked, this, &AutodlCard::save);
    connect(m_forget, &QPushButton::clicked, this, &AutodlCard::forget);
    connect(m_ask, &QPushButton::clicked, this, &AutodlCard::ask);
    connect(&m_secrets, &SecretStore::persistenceChanged, this, &AutodlCard::retranslate);
    retranslate();
}

AutodlCard::~AutodlCard() = default;

template <typename Operation, typename Then>
void AutodlCard::follow(Operation *operation, Then then)
{
    m_running = operation;
    updateActions();
    connect(operation, &core::Operation::finished, this, [this, operation, then] {
        operation->deleteLater();
        m_running.clear();
        updateActions();
        if (operation->isOk()) {
            then(operation);
            return;
        }
        const core::Error &error = *operation->error();
        const Description words =
            error.step == core::Step::Keychain ? describe(error) : describeFeedError(error);
        //: %1: what happened, %2: what to do
        tell(tr("%1. %2").arg(words.title, words.advice), true);
        m_state->setToolTip(words.technical);
    });
}

void AutodlCard::tell(const QString &words, bool isTrouble)
{
    m_state->setTone(isTrouble ? TextTone::Warning : TextTone::Primary);
    m_state->setText(words);
    m_state->setToolTip({});
    m_state->show();
}

void AutodlCard::save()
{
    QString typed = m_token->text().trimmed();
    if (typed.isEmpty() || m_running)
        return;
    m_token->forget();
    const core::SecretBytes token = core::SecretBytes::takeFrom(typed);
    follow(m_secrets.write(tokenId, token, this), [this](core::Operation *) {
        tell(m_secrets.persistence() == SecretStore::Persistence::Keychain
                 ? tr("The token is in the keychain.")
                 : tr("The token is kept until Danlu is closed."));
    });
}

void AutodlCard::forget()
{
    m_instances->hide();
    follow(m_secrets.remove(tokenId, this),
           [this](core::Operation *) { tell(tr("The token is forgotten.")); });
}

void AutodlCard::ask()
{
    follow(m_secrets.read(tokenId, this), [this](core::secrets::ReadSecret *read) {
        if (read->secret())
            askWith(*read->secret());
        else
            tell(tr("No token is kept. Paste one and save it first."), true);
    });
}

void AutodlCard::askWith(const core::SecretBytes &token)
{
    m_api = m_base.isEmpty() ? std::make_unique<AutodlApi>(m_network, token)
                             : std::make_unique<AutodlApi>(m_network, token, m_base);
    tell(tr("Asking AutoDL…"));
    follow(m_api->balance(this), [this](AutodlBalanceCall *balance) {
        display(balance->value());
        follow(m_api->instances(this), [this](AutodlInstancesCall *instances) {
            display(instances->value());
            m_api.reset(); // and the token with it
        });
    });
}

void AutodlCard::display(const AutodlBalance &balance)
{
    // Thousandths of a yuan.
    const auto yuan = [](qint64 thousandths) {
        return format::money(thousandths / 10, QStringLiteral("CNY"));
    };
    QString words = tr("Balance %1").arg(yuan(balance.assets));
    if (balance.vouchers)
        words += QStringLiteral(" · ") + tr("vouchers %1").arg(yuan(*balance.vouchers));
    if (balance.spentSoFar)
        words += QStringLiteral(" · ") + tr("spent so far %1").arg(yuan(*balance.spentSoFar));
    tell(words);
}

void AutodlCard::display(const std::vector<AutodlInstance> &instances)
{
    QStringList lines;
    for (const AutodlInstance &instance : instances) {
        QStringList parts{instance.name.isEmpty() ? instance.uuid : instance.name, instance.status,
                          instance.region};
        parts.removeAll(QString());
        lines.append(parts.join(QStringLiteral(" · ")));
    }
    m_instances->setText(lines.isEmpty() ? tr("No Pro instances.") : lines.join(u'\n'));
    m_instances->show();
}

void AutodlCard::updateActions()
{
    m_save->setEnabled(!m_running && !m_token->text().trimmed().isEmpty());
    m_forget->setEnabled(!m_running);
    m_ask->setEnabled(!m_running);
}

void AutodlCard::retranslate()
{
    setTitle(tr("Your AutoDL account"));
    const bool isKept = m_secrets.persistence() == SecretStore::Persistence::Keychain;
    m_words->setText(
        (isKept ? tr("With the developer token of your AutoDL console, Danlu shows your balance "
                     "and Pro instances. The token is kept in the keychain.")
                : tr("With the developer token of your AutoDL console, Danlu shows your balance "
                     "and Pro instances. There is no keychain: the token is kept until Danlu is "
                     "closed.")));
    m_token->setPlaceholderText(tr("Developer token"));
    m_token->setAccessibleName(tr("AutoDL developer token"));
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_save, tr("Save"));
    name(m_forget, tr("Forget"));
    name(m_ask, tr("Show balance"));
    updateActions();
}

void AutodlCard::changeEvent(QEvent *event)
{
    ui::Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
