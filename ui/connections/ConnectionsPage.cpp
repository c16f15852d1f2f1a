// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/ConnectionsPage.h"

#include "ui/common/Banner.h"
#include "ui/common/Card.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/common/TableView.h"
#include "ui/connections/ServiceCard.h"
#include "ui/connections/ServiceOpener.h"
#include "ui/connections/TunnelModel.h"
#include "ui/connections/TunnelWords.h"
#include "ui/models/ProfileErrors.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>

namespace ui::connections {

using core::Error;
using core::ErrorCode;
using core::fleet::Instance;
using core::fleet::Tunnel;
using core::fleet::Tunnels;
using core::fleet::WebServiceRequest;

namespace {

constexpr int cardWidth = 260; ///< of a service, at least
constexpr quint16 jupyterPort = 8888;
constexpr quint16 boardPort = 6007;   ///< AutoDL starts TensorBoard there by itself
constexpr quint16 servicePort = 6006; ///< AutoDL's, for a page of one's own

/// Where AutoDL's own TensorBoard looks; elsewhere PyTorch's SummaryWriter writes to "runs".
QString usualLogs(const Instance &instance)
{
    return instance.profile().provider == u"autodl" ? QStringLiteral("/root/tf-logs")
                                                    : QStringLiteral("runs");
}

} // namespace

ConnectionsPage::ConnectionsPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new TunnelModel(this))
    , m_opener(new ServiceOpener(this))
    , m_notice(new Banner)
    , m_link(new Banner)
{
    setObjectName(QStringLiteral("connectionsPage"));
    m_notice->setObjectName(QStringLiteral("connectionsNotice"));
    m_notice->setClosable(true);
    m_notice->hide();
    connect(m_notice, &Banner::closed, m_notice, &QWidget::hide);
    m_link->setObjectName(QStringLiteral("connectionsLink"));
    m_connect = m_link->addAction({});
    m_connect->setObjectName(QStringLiteral("connectionsConnect"));
    connect(m_connect, &QPushButton::clicked, this, [this] {
        if (m_instance)
            m_instance->connectNow();
    });

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(space::l, space::m, space::l, space::l);
    column->setSpacing(space::m);
    column->addWidget(m_link);
    column->addWidget(m_notice);
    column->addWidget(buildServices());
    column->addWidget(buildTunnels());
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(m_opener, &ServiceOpener::commandRun, this, [this](const QString &command) {
        if (m_opening)
            m_opening->setCommand(command);
    });
    connect(m_opener, &ServiceOpener::busyChanged, this, &ConnectionsPage::updateLink);
    connect(m_opener, &ServiceOpener::opened, this, &ConnectionsPage::browse);
    connect(m_opener, &ServiceOpener::failed, this, &ConnectionsPage::onServiceFailed);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        updateProblem();
    });
    retranslate();
}

ConnectionsPage::~ConnectionsPage() = default;

QWidget *ConnectionsPage::buildServices()
{
    auto *area = new QWidget;
    auto *grid = new ResponsiveGrid(cardWidth, 3, area);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::m);
    m_jupyter = new ServiceCard("jupyter");
    m_board = new ServiceCard("tensorboard");
    m_board->addFolder({});
    m_port6006 = new ServiceCard("port6006");
    for (ServiceCard *card : {m_jupyter, m_board, m_port6006}) {
        grid->addWidget(card);
        connect(card, &ServiceCard::cancelRequested, m_opener, &ServiceOpener::cancel);
    }
    connect(m_jupyter, &ServiceCard::openRequested, this, [this] {
        openService(m_jupyter, {WebServiceRequest{}, jupyterPort, QStringLiteral("JupyterLab")});
    });
    connect(m_board, &ServiceCard::openRequested, this, [this] {
        const WebServiceRequest board{WebServiceRequest::Kind::TensorBoard, boardPort,
                                      m_board->folder(), true};
        openService(m_board, {board, boardPort, QStringLiteral("TensorBoard")});
    });
    connect(m_port6006, &ServiceCard::openRequested, this, [this] {
        openService(m_port6006, {std::nullopt, servicePort, tr("Port 6006")});
    });
    return area;
}

QWidget *ConnectionsPage::buildTunnels()
{
    m_card = new Card;
    m_card->setObjectName(QStringLiteral("tunnelsCard"));
    m_new = new QPushButton;
    m_new->setObjectName(QStringLiteral("newTunnel"));
    m_new->setIcon(icon(Icon::Add, IconTone::OnAccent));
    setButtonKind(m_new, ButtonKind::Primary);
    m_card->addToTitle(m_new);
    m_problem = new Banner;
    m_problem->setObjectName(QStringLiteral("tunnelProblemBanner"));
    m_problem->hide();
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("tunnelsTable"));
    m_table->setSourceModel(m_model);
    m_table->sortByColumn(TunnelModel::Listens, Qt::AscendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setVisibleRows(-1);
    m_empty = new EmptyState;
    m_empty->setObjectName(QStringLiteral("tunnelsEmpty"));
    m_emptyNew = m_empty->addAction({});
    m_emptyNew->setObjectName(QStringLiteral("emptyNewTunnel"));
    m_actions = new QWidget;
    auto *actions = new QHBoxLayout(m_actions);
    actions->setContentsMargins(0, 0, 0, 0);
    actions->setSpacing(space::s);
    buildActions(actions);
    m_card->body()->addWidget(m_problem);
    m_card->body()->addWidget(m_table);
    m_command = new Label(TextStyle::Mono, TextTone::Secondary);
    m_command->setObjectName(QStringLiteral("tunnelCommand"));
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_card->body()->addWidget(m_command);
    m_card->body()->addWidget(m_empty);
    m_card->body()->addWidget(m_actions);
    for (QPushButton *button : {m_new, m_emptyNew})
        connect(button, &QPushButton::clicked, this, &ConnectionsPage::add);
    connect(m_table, &QAbstractItemView::doubleClicked, this, &ConnectionsPage::edit);
    return m_card;
}

void ConnectionsPage::buildActions(QBoxLayout *actions)
{
    const auto add = [actions](const char *name, Icon sign) {
        auto *button = new QPushButton;
        button->setObjectName(QLatin1StringView(name));
        button->setIcon(icon(sign, IconTone::Secondary));
        actions->addWidget(button);
        return button;
    };
    m_browse = add("openTunnel", Icon::Globe);
    m_copy = add("copyTunnel", Icon::Copy);
    m_copyCommand = add("copyTunnelCommand", Icon::Copy);
    m_toggle = add("toggleTunnel", Icon::Power);
    m_edit = add("editTunnel", Icon::Edit);
    actions->addStretch(1);
    m_delete = add("deleteTunnel", Icon::Trash);
    setButtonKind(m_delete, ButtonKind::Destructive);
    connect(m_browse, &QPushButton::clicked, this, &ConnectionsPage::openInBrowser);
    connect(m_copy, &QPushButton::clicked, this, &ConnectionsPage::copyAddress);
    connect(m_copyCommand, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    connect(m_toggle, &QPushButton::clicked, this, &ConnectionsPage::toggle);
    connect(m_edit, &QPushButton::clicked, this, &ConnectionsPage::edit);
    connect(m_delete, &QPushButton::clicked, this, &ConnectionsPage::remove);
}

void ConnectionsPage::retranslate()
{
    m_jupyter->setWords(QStringLiteral("JupyterLab"),
                        tr("Notebooks on the instance. Danlu finds the running one and its token, "
                           "or starts it so that it outlives this connection."),
                        tr("Open"));
    m_board->setWords(QStringLiteral("TensorBoard"),
                      tr("Curves of your training, on port 6007. On AutoDL it runs already."),
                      tr("Open"));
    //: The folder that TensorBoard reads
    m_board->setFolderWords(tr("Logs"));
    m_port6006->setWords(tr("Port 6006"),
                         tr("AutoDL's port for a web page of your own: Gradio, Streamlit, a "
                            "diffusion UI that you have started there."),
                         tr("Open"));
    m_card->setTitle(tr("Tunnels"));
    m_table->setAccessibleName(tr("Tunnels"));
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_new, tr("New tunnel…"));
    name(m_emptyNew, tr("New tunnel…"));
    name(m_browse, tr("Open in browser"));
    name(m_copy, tr("Copy address"));
    name(m_copyCommand, tr("Copy command"));
    m_command->setAccessibleName(tr("Command that opens the same tunnel"));
    name(m_edit, tr("Change…"));
    name(m_delete, tr("Delete"));
    name(m_connect, tr("Connect"));
    m_empty->set(icon(Icon::Link, IconTone::Hint), tr("No tunnel yet"),
                 tr("A tunnel makes a port of the instance a port of this computer, or the other "
                    "way round. It is saved with the instance and comes back after every "
                    "reconnect."));
    m_model->retranslate();
    updateLink();
    updateTunnels();
}

void ConnectionsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ConnectionsPage::setInstance(Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance) {
        m_instance->disconnect(this);
        m_instance->tunnels().disconnect(this);
    }
    m_opener->cancel();
    m_instance = instance;
    m_opening = nullptr;
    m_notice->hide();
    for (ServiceCard *card : {m_jupyter, m_board, m_port6006})
        card->setCommand({});
    if (instance) {
        m_board->setFolder(usualLogs(*instance));
        connect(instance, &Instance::stateChanged, this, &ConnectionsPage::updateLink);
        connect(&instance->tunnels(), &Tunnels::listChanged, this, &ConnectionsPage::updateTunnels);
        connect(&instance->tunnels(), &Tunnels::changed, this, &ConnectionsPage::updateTunnel);
        // When destroyed() comes the pointer is not yet null.
        connect(
            instance, &QObject::destroyed, this,
            [this] {
                updateLink();
                updateTunnels();
            },
            Qt::QueuedConnection);
    }
    updateLink();
    updateTunnels();
}

Tunnels *ConnectionsPage::tunnels() const
{
    return m_instance ? &m_instance->tunnels() : nullptr;
}

const Tunnel *ConnectionsPage::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty() || !m_instance)
        return nullptr;
    return m_instance->tunnels().find(rows.first().data(TunnelModel::IdRole).toULongLong());
}

void ConnectionsPage::updateLink()
{
    const bool isUp = m_instance && m_instance->session();
    m_link->setVisible(m_instance && !isUp);
    if (m_instance && !isUp) {
        m_link->setMessage(Banner::Kind::Info,
                           m_instance->isBusy() ? tr("Connecting…") : tr("Not connected"),
                           tr("The tunnels come up with the connection."));
        m_connect->setVisible(!m_instance->isBusy());
    }
    for (ServiceCard *card : {m_jupyter, m_board, m_port6006}) {
        const bool isIts = m_opener->isBusy() && card == m_opening;
        card->setBusy(isIts);
        card->setUsable(isUp && !m_opener->isBusy());
    }
}

void ConnectionsPage::updateTunnels()
{
    static const std::vector<Tunnel> none;
    const std::vector<Tunnel> &all = m_instance ? m_instance->tunnels().all() : none;
    const Tunnel *selected = current();
    const quint64 before = selected ? selected->id : 0;
    m_model->setTunnels(all);
    m_table->setVisible(!all.empty());
    m_actions->setVisible(!all.empty());
    m_empty->setVisible(all.empty());
    m_new->setVisible(!all.empty());
    for (int column = 0; column < TunnelModel::ColumnCount; ++column)
        m_table->resizeColumnToContents(column);
    for (int row = 0; row < m_table->model()->rowCount(); ++row) {
        const quint64 id = m_table->model()->index(row, 0).data(TunnelModel::IdRole).toULongLong();
        if (id == before || (row == 0 && before == 0))
            m_table->selectRow(row);
    }
    if (!current() && !all.empty())
        m_table->selectRow(0);
    updateActions();
    updateProblem();
}

void ConnectionsPage::updateTunnel(quint64 id)
{
    const Tunnel *tunnel = m_instance->tunnels().find(id);
    if (!tunnel)
        return;
    m_model->update(*tunnel);
    const Tunnel *selected = current();
    if (selected && selected->id == id) {
        updateActions();
        updateProblem();
    }
}

void ConnectionsPage::updateActions()
{
    const Tunnel *tunnel = current();
    const bool isOn = tunnel && tunnel->forward.isOn;
    const QString text = isOn ? tr("Stop") : tr("Start");
    m_toggle->setText(text);
    m_toggle->setAccessibleName(text);
    m_browse->setEnabled(tunnel && tunnel->state == Tunnel::State::Listening &&
                         !addressOf(tunnel->forward).isEmpty());
    for (QPushButton *button : {m_copy, m_copyCommand, m_toggle, m_edit, m_delete})
        button->setEnabled(tunnel != nullptr);
    m_command->setText(tunnel ? commandOf(tunnel->forward, m_instance->profile()) : QString());
    m_command->setVisible(tunnel != nullptr);
}

/// Of the selected tunnel: why it does not work, and what can be done.
void ConnectionsPage::updateProblem()
{
    const Tunnel *tunnel = current();
    const bool has =
        tunnel &&
        (tunnel->state == Tunnel::State::Failed ||
         (tunnel->state == Tunnel::State::Listening && tunnel->status.refusal.has_value()));
    m_problem->setVisible(has);
    if (!has) {
        m_told.clear();
        return;
    }
    const Description words = problemOf(*tunnel);
    const QString told =
        QStringLiteral("%1 %2 %3").arg(tunnel->id).arg(words.title, words.technical);
    if (std::exchange(m_told, told) == told)
        return;
    m_problem->clearActions();
    m_problem->setMessage(tunnel->state == Tunnel::State::Failed ? Banner::Kind::Error
                                                                 : Banner::Kind::Warning,
                          words.title, words.why + u' ' + words.advice);
    m_problem->setTechnical(words.technical);
    if (tunnel->state != Tunnel::State::Failed)
        return;
    const quint64 id = tunnel->id;
    const quint16 free = tunnel->status.freePort;
    if (free != 0) {
        //: Button: %1 is a port
        QPushButton *use = m_problem->addAction(tr("Use %1").arg(free));
        use->setObjectName(QStringLiteral("useFreePort"));
        connect(use, &QPushButton::clicked, this, [this, id, free] { usePort(id, free); });
    }
    QPushButton *again = m_problem->addAction(tr("Try again"));
    again->setObjectName(QStringLiteral("tryTunnelAgain"));
    connect(again, &QPushButton::clicked, this, [this, id] {
        if (Tunnels *all = tunnels())
            all->tryAgain(id);
    });
}

void ConnectionsPage::openService(ServiceCard *card, const ServiceWish &wish)
{
    if (!m_instance)
        return;
    m_notice->hide();
    card->setCommand({});
    m_opener->cancel();
    m_opening = card;
    m_opener->start(*m_instance, wish);
}

void ConnectionsPage::onServiceFailed(const Error &error)
{
    if (error.code == ErrorCode::NotFound) {
        m_notice->clearActions();
        m_notice->setMessage(Banner::Kind::Error,
                             //: %1 is JupyterLab or TensorBoard
                             tr("%1 is not installed on the instance")
                                 .arg(m_opening ? m_opening->title() : QString()),
                             tr("Install it in the environment that your login shell uses: pip "
                                "install jupyterlab tensorboard"));
        m_notice->setTechnical(describe(error).technical);
        m_notice->show();
        return;
    }
    report(error);
}

} // namespace ui::connections
