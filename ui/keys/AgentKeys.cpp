// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/AgentKeys.h"

#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"
#include "ui/common/TableView.h"

#include <QBoxLayout>
#include <QDir>
#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>

namespace ui::keys {

using namespace std::chrono_literals;
using core::keys::KeyEntry;
using core::keys::PublicKey;

namespace {

/// What starts an agent on this system.
QString howToStart()
{
#if defined(Q_OS_WIN)
    return AgentKeys::tr("Open “Services”, set “OpenSSH Authentication Agent” to start by itself "
                         "and start it. Or start Pageant, which comes with PuTTY.");
#elif defined(Q_OS_MACOS)
    return AgentKeys::tr("macOS runs one for every user, but Danlu was started without it "
                         "(SSH_AUTH_SOCK is not set). Start Danlu from the Dock or the Finder.");
#else
    return AgentKeys::tr("Most desktops start one when you sign in. If yours does not, type "
                         "“eval $(ssh-agent)” in a terminal and start Danlu from that terminal.");
#endif
}

} // namespace

AgentKeys::AgentKeys(core::fleet::Fleet &fleet, core::keys::KeyWorker &worker, QWidget *parent)
    : KeysPart("agentKeysBanner", parent)
    , m_fleet(fleet)
    , m_worker(worker)
    , m_model(new PublicKeyModel(this))
    , m_table(new TableView)
    , m_away(new EmptyState)
    , m_skeleton(new Skeleton(Skeleton::Shape::Lines))
    , m_blank(new QWidget)
    , m_stack(new QStackedWidget)
    , m_status(new ElidedLabel(TextStyle::Caption, TextTone::Hint))
{
    setObjectName(QStringLiteral("agentKeys"));
    m_table->setObjectName(QStringLiteral("agentKeysTable"));
    m_table->setSourceModel(m_model);
    m_table->sortByColumn(PublicKeyModel::Name, Qt::AscendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setColumnHidden(PublicKeyModel::Use, true);
    m_table->setColumnHidden(PublicKeyModel::Options, true);
    m_away->setObjectName(QStringLiteral("agentKeysAway"));
    m_awayButton = m_away->addAction({});
    m_awayButton->setObjectName(QStringLiteral("agentKeysAwayButton"));
    m_status->setObjectName(QStringLiteral("agentKeysStatus"));
    m_status->setElideMode(Qt::ElideMiddle);
    for (QWidget *page : {static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_away),
                          static_cast<QWidget *>(m_skeleton), m_blank})
        m_stack->addWidget(page);
    m_slow.setSingleShot(true);
    m_slow.setInterval(300ms);
    buildTools();
    auto *actions = new QHBoxLayout;
    actions->setSpacing(space::s);
    buildActions(actions);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(banner());
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_status);
    layout->addLayout(actions);

    connect(&m_slow, &QTimer::timeout, this, &AgentKeys::update);
    connect(m_awayButton, &QPushButton::clicked, this, [this] {
        if (m_isListed)
            askAdd();
        else
            refresh();
    });
    connect(banner(), &Banner::actionTriggered, this, &AgentKeys::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AgentKeys::updateActions);
    retranslate();
}

AgentKeys::~AgentKeys() = default;

void AgentKeys::buildTools()
{
    m_add = new QPushButton;
    m_add->setObjectName(QStringLiteral("addToAgent"));
    m_add->setIcon(icon(Icon::Add, IconTone::OnAccent));
    setButtonKind(m_add, ButtonKind::Primary);
    m_again = new QToolButton;
    m_again->setObjectName(QStringLiteral("agentKeysAgain"));
    m_again->setIcon(icon(Icon::Refresh, IconTone::Secondary));
    m_again->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(tools());
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    row->addStretch(1);
    row->addWidget(m_again);
    row->addWidget(m_add);
    connect(m_again, &QToolButton::clicked, this, &AgentKeys::refresh);
    connect(m_add, &QPushButton::clicked, this, &AgentKeys::askAdd);
}

void AgentKeys::buildActions(QBoxLayout *actions)
{
    const auto add = [&](const char *name, Icon sign) {
        auto *button = new QPushButton;
        button->setObjectName(QLatin1StringView(name));
        button->setIcon(icon(sign, IconTone::Secondary));
        actions->addWidget(button);
        return button;
    };
    m_signIn = add("signInWithAgent", Icon::Server);
    m_copy = add("copyAgentKey", Icon::Copy);
    actions->addStretch(1);
    m_remove = add("removeAgentKey", Icon::Trash);
    setButtonKind(m_remove, ButtonKind::Destructive);
    m_signInMenu = new QMenu(this);
    m_signInMenu->setObjectName(QStringLiteral("signInMenu"));
    m_signIn->setMenu(m_signInMenu);
    connect(m_signInMenu, &QMenu::aboutToShow, this, &AgentKeys::fillSignInMenu);
    connect(m_copy, &QPushButton::clicked, this, &AgentKeys::copyKey);
    connect(m_remove, &QPushButton::clicked, this, &AgentKeys::askRemove);
}

void AgentKeys::retranslate()
{
    setAccessibleName(tr("Keys in the agent"));
    m_table->setAccessibleName(tr("Keys in the agent"));
    m_again->setAccessibleName(tr("Ask the agent again"));
    m_again->setToolTip(tr("Ask the agent again"));
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_add, tr("Add a key…"));
    name(m_signIn, tr("Sign in with it on"));
    m_signIn->setToolTip(
        tr("Puts the key on the instance, tries it, and signs in through the agent from then on"));
    name(m_copy, tr("Copy public key"));
    name(m_remove, tr("Take out of the agent"));
    m_model->retranslate();
    update();
}

void AgentKeys::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void AgentKeys::setOwnKeys(const std::vector<KeyEntry> &keys)
{
    m_own = keys;
    updateRows();
}

void AgentKeys::refresh()
{
    if (m_listing)
        return;
    m_listing = m_agent.list(this);
    connect(m_listing, &core::Operation::finished, this, [this, list = m_listing.data()] {
        list->deleteLater();
        m_listing.clear();
        m_slow.stop();
        if (list->isOk()) {
            if (banner()->kind() == Banner::Kind::Error)
                banner()->hide();
            take(list->takeValue());
            return;
        }
        m_isListed = false;
        m_isThere = list->error()->code != core::ErrorCode::NotFound;
        m_keys.clear();
        updateRows();
        if (m_isThere)
            showFailure(*list->error());
        else
            banner()->hide();
        update();
        Q_EMIT listed();
    });
    m_slow.start();
    update();
}

void AgentKeys::take(std::vector<PublicKey> keys)
{
    m_isListed = true;
    m_isThere = true;
    m_keys = std::move(keys);
    updateRows();
    update();
    Q_EMIT listed();
}

void AgentKeys::showFailure(const core::Error &error)
{
    if (error.code == core::ErrorCode::Cancelled) {
        banner()->hide();
        return;
    }
    Description words = describe(error);
    if (error.code == core::ErrorCode::TimedOut) {
        words.title = tr("The agent does not answer");
        words.why = tr("It may be waiting for you in another window.");
        words.advice.clear();
    }
    words.action = ErrorAction::Retry;
    words.button = tr("Ask again");
    words.otherAction = ErrorAction::None;
    words.otherButton.clear();
    banner()->setError(words);
    banner()->show();
}

void AgentKeys::update()
{
    if (m_isListed && !m_keys.empty()) {
        m_stack->setCurrentWidget(m_table);
    } else if (m_isListed || !m_isThere) {
        updateAway();
        m_stack->setCurrentWidget(m_away);
    } else if (m_listing && !m_slow.isActive()) {
        m_stack->setCurrentWidget(m_skeleton);
    } else {
        m_stack->setCurrentWidget(m_blank);
    }
    const QString socket = qEnvironmentVariable("SSH_AUTH_SOCK");
    m_status->setVisible(m_isListed && !socket.isEmpty());
    m_status->setText(tr("The agent at %1").arg(QDir::toNativeSeparators(socket)));
    updateActions();
}

void AgentKeys::updateAway()
{
    if (m_isListed) {
        m_away->set(icon(Icon::Key, IconTone::Accent), tr("The agent holds no key"),
                    tr("A key that you add is unlocked once. From then on ssh, git, VS Code and "
                       "Danlu sign in with it and ask for no passphrase."));
        m_awayButton->setText(tr("Add a key…"));
    } else {
        m_away->set(icon(Icon::Key, IconTone::Hint), tr("No key agent runs"), howToStart());
        m_awayButton->setText(tr("Look again"));
    }
    m_awayButton->setAccessibleName(m_awayButton->text());
}

void AgentKeys::updateRows()
{
    const std::optional<PublicKey> selected = current();
    std::vector<PublicKeyRow> rows;
    for (const PublicKey &key : m_keys) {
        PublicKeyRow row;
        row.key = key;
        row.ours = pathOf(key, m_own);
        rows.push_back(std::move(row));
    }
    if (rows == m_model->rows())
        return;
    m_model->setRows(std::move(rows));
    for (int column = 0; column < PublicKeyModel::Options; ++column)
        m_table->resizeColumnToContents(column);
    for (int row = 0; row < m_table->proxy()->rowCount(); ++row) {
        const int source = m_table->proxy()->mapToSource(m_table->proxy()->index(row, 0)).row();
        if (row == 0 || (selected && m_model->rows()[std::size_t(source)].key.isSameKey(*selected)))
            m_table->selectRow(row);
    }
    updateActions();
}

std::optional<PublicKey> AgentKeys::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return std::nullopt;
    const int row = m_table->proxy()->mapToSource(rows.first()).row();
    return m_model->rows()[std::size_t(row)].key;
}

void AgentKeys::updateActions()
{
    const bool any = m_stack->currentWidget() == m_table;
    const bool selected = any && current();
    for (QPushButton *button : {m_signIn, m_copy, m_remove}) {
        button->setVisible(any);
        button->setEnabled(selected && !isBusy());
    }
    // The empty page has a button of its own for it: one primary button a page.
    m_add->setVisible(any);
    m_add->setEnabled(!isBusy());
    m_again->setEnabled(!m_listing);
}

} // namespace ui::keys
