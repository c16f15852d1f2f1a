// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/AutodlCard.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/PasswordField.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QPushButton>

namespace ui::catalog {

using namespace core::catalog;
using core::secrets::SecretStore;

namespace {

const core::secrets::SecretId tokenId{core::secrets::SecretKind::ApiToken,
                                      QStringLiteral("autodl")};

QString nameOf(const AutodlInstance &instance)
{
    return instance.name.isEmpty() ? instance.uuid : instance.name;
}

} // namespace

AutodlCard::AutodlCard(QNetworkAccessManager &network, SecretStore &secrets,
                       const core::Clock &clock, const QUrl &base, QWidget *parent)
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
    , m_noInstances(new Label(TextStyle::Body, TextTone::Secondary))
    , m_list(new QVBoxLayout)
    , m_clipboard(*QGuiApplication::clipboard(), clock)
{
    setObjectName(QStringLiteral("autodlCard"));
    m_token->setObjectName(QStringLiteral("autodlToken"));
    m_save->setObjectName(QStringLiteral("autodlSave"));
    m_forget->setObjectName(QStringLiteral("autodlForget"));
    m_ask->setObjectName(QStringLiteral("autodlAsk"));
    m_state->setObjectName(QStringLiteral("autodlState"));
    for (Label *label : {m_words, m_state, m_noInstances})
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
    body()->addWidget(m_noInstances);
    m_list->setSpacing(space::s);
    body()->addLayout(m_list);
    m_state->hide();
    m_noInstances->hide();
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
        m_api.reset();
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
    clearRows();
    m_noInstances->hide();
    follow(m_secrets.remove(tokenId, this),
           [this](core::Operation *) { tell(tr("The token is forgotten.")); });
}

template <typename Then>
void AutodlCard::withToken(Then then)
{
    follow(m_secrets.read(tokenId, this), [this, then](core::secrets::ReadSecret *read) {
        if (!read->secret()) {
            tell(tr("No token is kept. Paste one and save it first."), true);
            return;
        }
        makeApi(*read->secret());
        tell(tr("Asking AutoDL…"));
        then();
    });
}

void AutodlCard::makeApi(const core::SecretBytes &token)
{
    m_api = m_base.isEmpty() ? std::make_unique<AutodlApi>(m_network, token)
                             : std::make_unique<AutodlApi>(m_network, token, m_base);
}

void AutodlCard::ask()
{
    withToken([this] {
        follow(m_api->balance(this), [this](AutodlBalanceCall *balance) {
            display(balance->value());
            follow(m_api->instances(this), [this](AutodlInstancesCall *instances) {
                display(instances->value());
                m_api.reset(); // and the token with it
            });
        });
    });
}

/// Asked anew each time: port and password may be others after every start.
void AutodlCard::withLogin(const AutodlInstance &instance, const LoginUse &use)
{
    if (m_running)
        return;
    withToken([this, uuid = instance.uuid, use] {
        follow(m_api->login(uuid, this), [this, use](AutodlLoginCall *login) {
            m_api.reset();
            use(login->value());
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
    clearRows();
    for (const AutodlInstance &instance : instances)
        addRow(instance);
    m_noInstances->setVisible(instances.empty());
    updateActions();
}

void AutodlCard::clearRows()
{
    for (const Row &row : m_rows) {
        row.widget->hide();
        row.widget->deleteLater(); // one of its buttons may be telling of its click
    }
    m_rows.clear();
}

void AutodlCard::addRow(const AutodlInstance &instance)
{
    Row row;
    row.instance = instance;
    row.widget = new QWidget;
    QStringList parts{nameOf(instance), instance.status, instance.region};
    if (!instance.spec.isEmpty())
        parts.append(QStringLiteral("%1 × %2").arg(instance.gpus.value_or(1)).arg(instance.spec));
    parts.removeAll(QString());
    auto *words = new Label(TextStyle::Body, TextTone::Secondary);
    words->setWordWrap(true);
    words->setText(parts.join(QStringLiteral(" · ")));
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s);
    line->addWidget(words, 1);
    const auto addButton = [&](const char *name, const LoginUse &use) {
        auto *button = new QPushButton;
        button->setObjectName(QLatin1StringView(name) + u'-' + instance.uuid);
        connect(button, &QPushButton::clicked, this,
                [this, instance, use] { withLogin(instance, use); });
        line->addWidget(button);
        return button;
    };
    row.copyLogin = addButton("autodlCopyLogin", [this, instance](const AutodlLogin &login) {
        // One line, or a shell would run what comes behind it.
        QGuiApplication::clipboard()->setText(login.sshCommand.simplified());
        //: %1 is an instance
        tell(tr("The login command of %1 is on the clipboard.").arg(nameOf(instance)));
    });
    row.copyPassword = addButton("autodlCopyPassword", [this, instance](const AutodlLogin &login) {
        if (login.rootPassword.isEmpty()) {
            tell(tr("AutoDL tells no password of %1.").arg(nameOf(instance)), true);
            return;
        }
        m_clipboard.copy(login.rootPassword);
        tell(tr("The password of %1 is on the clipboard for half a minute.").arg(nameOf(instance)));
    });
    row.add = addButton("autodlAdd", [this, instance](const AutodlLogin &login) {
        m_state->hide(); // the window tells what became of it
        Q_EMIT instanceOffered(instance, login);
    });
    nameButtons(row);
    m_list->addWidget(row.widget);
    m_rows.push_back(std::move(row));
}

void AutodlCard::nameButtons(const Row &row) const
{
    const auto name = [&](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text + QStringLiteral(": ") + nameOf(row.instance));
    };
    name(row.copyLogin, tr("Copy login"));
    name(row.copyPassword, tr("Copy password"));
    name(row.add, tr("Add as instance"));
}

void AutodlCard::updateActions()
{
    m_save->setEnabled(!m_running && !m_token->text().trimmed().isEmpty());
    m_forget->setEnabled(!m_running);
    m_ask->setEnabled(!m_running);
    for (const Row &row : m_rows) {
        for (QPushButton *button : {row.copyLogin, row.copyPassword, row.add})
            button->setEnabled(!m_running);
    }
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
    name(m_ask, tr("Show account"));
    m_noInstances->setText(tr("No Pro instances."));
    for (const Row &row : m_rows)
        nameButtons(row);
    updateActions();
}

void AutodlCard::changeEvent(QEvent *event)
{
    ui::Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
