// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "core/profiles/ProfileStore.h"
#include "core/secrets/SecretStore.h"
#include "ui/catalog/CatalogPage.h"
#include "ui/common/Banner.h"
#include "ui/common/Icons.h"
#include "ui/common/SecretClipboard.h"
#include "ui/common/Theme.h"
#include "ui/connections/ConnectionsPage.h"
#include "ui/environment/EnvironmentPage.h"
#include "ui/files/FilesPage.h"
#include "ui/instances/ConnectPanel.h"
#include "ui/instances/InstanceHeader.h"
#include "ui/instances/InstanceList.h"
#include "ui/instances/PasteField.h"
#include "ui/instances/WelcomePage.h"
#include "ui/jobs/EndStrip.h"
#include "ui/jobs/JobsPage.h"
#include "ui/keys/KeyOffer.h"
#include "ui/keys/KeysPage.h"
#include "ui/monitor/MonitorPage.h"
#include "ui/processes/ProcessesPage.h"
#include "ui/settings/Settings.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/TrayIcon.h"
#include "ui/terminal/TerminalPage.h"
#include "ui/transfers/TransfersPage.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace ui::shell {

using core::fleet::Instance;

namespace {

constexpr int sideWidth = 296;
constexpr QSize firstSize(1280, 800);
constexpr int titleBar = 40; ///< at most, on all three systems
constexpr int monitorTab = 0;

} // namespace

MainWindow::MainWindow(Services services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_sshConfig(
          services.core.profiles,
          {{}, QDir(services.settings.directory()).filePath(QStringLiteral("ssh_known_hosts"))})
    , m_secretClipboard(
          new SecretClipboard(*QGuiApplication::clipboard(), services.core.clock, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(appIcon());
    auto *side = new QWidget;
    side->setObjectName(QStringLiteral("side"));
    side->setAutoFillBackground(true);
    side->setBackgroundRole(QPalette::Base);
    side->setMinimumWidth(220);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, space::m, 0, space::s);
    sideLayout->setSpacing(space::s);
    buildSide(sideLayout);

    auto *right = new QWidget;
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    m_notice = new Banner;
    m_notice->setObjectName(QStringLiteral("notice"));
    m_notice->setClosable(true);
    m_notice->hide();
    connect(m_notice, &Banner::closed, m_notice, &QWidget::hide);
    m_noticeEnd.setSingleShot(true);
    connect(&m_noticeEnd, &QTimer::timeout, this, &MainWindow::hideTransferNotice);
    m_pages = new QStackedWidget;
    m_welcome = new instances::WelcomePage;
    m_pages->addWidget(m_welcome);
    m_instancePage = buildInstancePage();
    m_pages->addWidget(m_instancePage);
    rightLayout->addWidget(buildNews());
    rightLayout->addWidget(m_notice);
    rightLayout->addWidget(m_pages, 1);

    m_splitter->setObjectName(QStringLiteral("splitter"));
    m_splitter->addWidget(side);
    m_splitter->addWidget(right);
    m_splitter->setCollapsible(0, false);
    m_splitter->setCollapsible(1, false);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({sideWidth, 1280 - sideWidth});
    m_splitter->setHandleWidth(1);
    setCentralWidget(m_splitter);

    connect(m_welcome, &instances::WelcomePage::loginAccepted, this, &MainWindow::takeLogin);
    connect(m_welcome, &instances::WelcomePage::addByHandRequested, this,
            [this] { openDialog({}); });
    connect(m_welcome, &instances::WelcomePage::importRequested, this,
            &MainWindow::importSshConfig);
    connect(&m_services.fleet, &core::fleet::Fleet::aboutToRemove, this,
            [this](Instance *instance) {
                if (m_list->current() == instance || m_services.fleet.instances().size() <= 1)
                    showInstance(nullptr);
            });
    followKeyUse();
    followJobs();
    followSshConfig();
    followGpus();
    followMoney();
    followAdvice();
    addShortcuts();
    restore();
    retranslate();
    m_pages->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildSide(QVBoxLayout *side)
{
    m_add = new QPushButton;
    m_add->setObjectName(QStringLiteral("addInstance"));
    m_add->setIcon(icon(Icon::Add, IconTone::Accent));
    auto *top = new QHBoxLayout;
    top->setContentsMargins(space::m, 0, space::m, 0);
    top->addWidget(m_add);
    m_list = new instances::InstanceList(m_services.fleet);
    takeDrops(m_list->viewport(), [this](const QPoint &at) {
        return std::pair(m_list->instanceAt(at), m_list->visualRect(m_list->indexAt(at)));
    });
    const auto makePlace = [](Icon sign, const char *name) {
        auto *button = new QToolButton;
        button->setObjectName(QLatin1StringView(name));
        button->setIcon(icon(sign, IconTone::Secondary));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        return button;
    };
    m_cardsButton = makePlace(Icon::Gpu, "showCards");
    m_moneyButton = makePlace(Icon::Money, "showMoney");
    m_keysButton = makePlace(Icon::Key, "showKeys");
    m_transfersButton = makePlace(Icon::Transfer, "showTransfers");
    m_settingsButton = makePlace(Icon::Gear, "showSettings");
    auto *bottom = new QVBoxLayout;
    bottom->setContentsMargins(space::m, 0, space::m, 0);
    bottom->setSpacing(space::xs);
    m_places = {m_cardsButton, m_moneyButton, m_keysButton, m_transfersButton, m_settingsButton};
    for (QToolButton *place : m_places)
        bottom->addWidget(place);
    side->addLayout(top);
    side->addWidget(m_list, 1);
    side->addLayout(bottom);

    connect(m_add, &QPushButton::clicked, this, [this] { showAdd(true); });
    // Not clicked(): assistive technology toggles what can be checked.
    const auto onToggled = [this](QToolButton *button, auto showIt) {
        connect(button, &QToolButton::toggled, this, [this, button, showIt](bool on) {
            if (on)
                showIt();
            else if (m_place == button)
                showInstance(m_list->current());
        });
    };
    onToggled(m_cardsButton, [this] { showCards(); });
    onToggled(m_moneyButton, [this] { showMoney(); });
    onToggled(m_keysButton, [this] { showKeys(); });
    onToggled(m_transfersButton, [this] { showTransfers(); });
    onToggled(m_settingsButton, [this] { showSettings(); });
    connect(&m_services.queue, &core::fleet::TransferQueue::listChanged, this,
            &MainWindow::updateTransfers);
    connect(&m_services.queue, &core::fleet::TransferQueue::changed, this,
            &MainWindow::updateTransfers);
    connect(&m_services.queue, &core::fleet::TransferQueue::idle, this, &MainWindow::tellIdle);
    connect(&m_services.queue, &core::fleet::TransferQueue::ended, this, &MainWindow::tellEnded);
    connect(&m_services.queue, &core::fleet::TransferQueue::historyFailed, this,
            [this](const core::Error &error) {
                tell(tr("The list of transfers can't be kept on this computer's disk: it ends with "
                        "Danlu."),
                     error.detail);
            });
    connect(&m_services.settings, &settings::Settings::copiesChanged, this,
            &MainWindow::applyCopySettings);
    applyCopySettings();
    connect(m_list, &instances::InstanceList::currentInstanceChanged, this,
            &MainWindow::showInstance);
    connect(m_list, &QAbstractItemView::clicked, this, [this] { showInstance(m_list->current()); });
    connect(m_list, &instances::InstanceList::pasteRequested, this, [this] { showAdd(true); });
    followList();
}

QWidget *MainWindow::buildInstancePage()
{
    auto *page = new QWidget;
    m_header = new instances::InstanceHeader;
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("instanceTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(icon(Icon::Monitor, IconTone::Secondary), QString());
    m_tabs->addTab(icon(Icon::Folder, IconTone::Secondary), QString());
    m_tabs->addTab(icon(Icon::Play, IconTone::Secondary), QString());
    m_tabs->addTab(icon(Icon::Terminal, IconTone::Secondary), QString());
    m_environmentTab = m_tabs->addTab(icon(Icon::Gear, IconTone::Secondary), QString());
    m_processesTab = m_tabs->addTab(icon(Icon::Cpu, IconTone::Secondary), QString());
    addConnectionsTab();
    connect(m_tabs, &QTabBar::currentChanged, this, &MainWindow::updatePage);
    m_content = new QStackedWidget;
    m_connect = new instances::ConnectPanel;
    m_content->addWidget(m_connect);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(space::l, 0, space::l, 0);
    tabs->addWidget(m_tabs, 1); // all there is: it asks for too little before it is shown
    tabs->addWidget(buildOpenInEditor());
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(tabs);
    layout->addLayout(buildKeyOffer());
    layout->addLayout(buildEndStrip());
    layout->addWidget(m_content, 1);
    connect(m_header, &instances::InstanceHeader::editRequested, this, [this] {
        if (Instance *instance = m_list->current())
            openDialog(instance->profile());
    });
    connect(m_connect, &instances::ConnectPanel::editRequested, this, [this] {
        if (Instance *instance = m_list->current())
            openDialog(instance->profile());
    });
    connect(m_connect, &instances::ConnectPanel::pasteRequested, this, [this] { showAdd(true); });
    return page;
}

void MainWindow::restore()
{
    // A laptop at 200 % has less than is wanted; not every window manager sees to it.
    resize(firstSize.boundedTo(screen()->availableSize() - QSize(0, titleBar)));
    if (!m_services.settings.geometry().isEmpty())
        restoreGeometry(m_services.settings.geometry());
    if (!m_services.settings.splitter().isEmpty())
        m_splitter->restoreState(m_services.settings.splitter());
    const auto &instances = m_services.fleet.instances();
    Instance *last = m_services.fleet.byId(m_services.settings.lastInstance());
    if (!last && !instances.empty())
        last = instances.front();
    if (last)
        m_list->select(last);
    else
        showAdd(true);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (asksBeforeQuit()) {
        event->ignore();
        return;
    }
    m_services.settings.setGeometry(saveGeometry());
    m_services.settings.setSplitter(m_splitter->saveState());
    if (m_list->current())
        m_services.settings.setLastInstance(m_list->current()->id());
    if (m_monitor)
        m_services.settings.setChartSpan(int(m_monitor->span()));
    keepPriceQuestion();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_pages->currentWidget() != m_instancePage &&
        m_list->current())
        showInstance(m_list->current());
    else
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_pages && event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        m_pages->removeEventFilter(this);
        // Queued: after this very frame.
        QMetaObject::invokeMethod(this, &MainWindow::firstFrame, Qt::QueuedConnection);
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::retranslate()
{
    //: Window title, and the end of every other window's title
    QGuiApplication::setApplicationDisplayName(tr("Danlu"));
    setWindowTitle(QGuiApplication::applicationDisplayName());
    m_add->setText(tr("Paste or add…"));
    m_add->setAccessibleName(tr("Paste or add an instance"));
    m_cardsButton->setText(tr("Cards and prices"));
    m_cardsButton->setAccessibleName(tr("Cards and prices"));
    m_moneyButton->setText(tr("Money"));
    m_moneyButton->setAccessibleName(tr("Money"));
    m_keysButton->setText(tr("Keys"));
    m_keysButton->setAccessibleName(tr("Keys"));
    m_settingsButton->setText(tr("Settings"));
    m_settingsButton->setAccessibleName(tr("Settings"));
    updateTransfers();
    m_tabs->setTabText(monitorTab, tr("Monitor"));
    m_tabs->setTabText(filesTab, tr("Files"));
    m_tabs->setTabText(m_environmentTab, tr("Environment"));
    m_tabs->setTabText(m_processesTab, tr("Processes"));
    m_tabs->setTabText(m_connectionsTab, tr("Connections"));
    m_tabs->setTabText(jobsTab, tr("Jobs"));
    m_tabs->setTabText(terminalTab, tr("Terminal"));
    m_tabs->setAccessibleName(tr("Pages of the instance"));
    updateOpenInEditor();
    m_tray->retranslate();
    m_list->setAccessibleName(tr("Instances"));
}

monitor::MonitorPage *MainWindow::monitor()
{
    if (!m_monitor) {
        m_monitor = new monitor::MonitorPage;
        m_monitor->setSpan(
            charts::ChartGroup::Span(std::clamp(m_services.settings.chartSpan(), 0, 3)));
        m_monitor->setAdvice(&m_services.advice);
        connect(m_monitor, &monitor::MonitorPage::silenceRequested, this,
                [this](const Instance *instance, const QString &key) {
                    m_services.settings.silenceAdvice(instance->id(), key);
                });
        connect(m_monitor, &monitor::MonitorPage::spaceRequested, this, &MainWindow::showSpace);
        connect(m_monitor, &monitor::MonitorPage::safetyRequested, this, &MainWindow::showSafety);
        m_content->addWidget(m_monitor);
        takeDrops(m_monitor, [this](const QPoint &) {
            return std::pair(m_list->current(), m_monitor->rect());
        });
    }
    return m_monitor;
}

void MainWindow::showInstance(Instance *instance)
{
    if (!instance) {
        m_header->setInstance(nullptr);
        m_connect->setInstance(nullptr);
        if (m_monitor)
            m_monitor->setInstance(nullptr);
        if (m_files)
            m_files->setInstance(nullptr);
        if (m_processes)
            m_processes->setInstance(nullptr);
        if (m_connections)
            m_connections->setInstance(nullptr);
        showJobsOf(nullptr);
        if (m_terminal)
            m_terminal->setInstance(nullptr);
        m_keyOffer->setInstance(nullptr);
        showAdd(false);
        return;
    }
    m_header->setInstance(instance);
    m_connect->setInstance(instance);
    if (m_monitor)
        m_monitor->setInstance(instance);
    if (m_files)
        m_files->setInstance(instance);
    if (m_processes)
        m_processes->setInstance(instance);
    if (m_connections)
        m_connections->setInstance(instance);
    showJobsOf(instance);
    if (m_terminal)
        m_terminal->setInstance(instance);
    for (const Instance *other : m_services.fleet.instances())
        disconnect(other, nullptr, this, nullptr);
    for (auto signal : {&Instance::stateChanged, &Instance::hostKeyAsked, &Instance::secretAsked,
                        &Instance::promptAsked, &Instance::sampleArrived})
        connect(instance, signal, this, &MainWindow::updatePage);
    m_keyOffer->setInstance(instance);
    showPlace(m_instancePage, nullptr);
    updatePage();
}

void MainWindow::updatePage()
{
    Instance *instance = m_list->current();
    if (!instance)
        return;
    updateOpenInEditor();
    m_keyOffer->setOffers(m_tabs->currentIndex() == monitorTab); // elsewhere its place is wanted
    const bool asks = instances::ConnectPanel::isNeeded(*instance);
    if (asks) {
        m_content->setCurrentWidget(m_connect);
    } else if (m_tabs->currentIndex() == filesTab) {
        filesPage()->setInstance(instance);
        m_content->setCurrentWidget(m_files);
    } else if (m_tabs->currentIndex() == m_environmentTab) {
        environmentPage()->setWatch(jobWatch(instance));
        m_content->setCurrentWidget(m_environment);
    } else if (m_tabs->currentIndex() == m_processesTab) {
        processesPage()->setInstance(instance);
        m_content->setCurrentWidget(m_processes);
    } else if (m_tabs->currentIndex() == m_connectionsTab) {
        connectionsPage()->setInstance(instance);
        m_content->setCurrentWidget(m_connections);
    } else if (m_tabs->currentIndex() == jobsTab) {
        m_content->setCurrentWidget(jobsPage());
    } else if (m_tabs->currentIndex() == terminalTab) {
        terminalPage()->setInstance(instance);
        m_content->setCurrentWidget(m_terminal);
    } else if (!m_monitor || m_content->currentWidget() != m_monitor) {
        monitor()->setInstance(instance);
        m_content->setCurrentWidget(m_monitor);
    }
}

void MainWindow::showAdd(bool fromClipboard)
{
    m_welcome->setFirstStart(m_services.fleet.instances().empty());
    showPlace(m_welcome, nullptr);
    if (fromClipboard)
        m_welcome->field().offerClipboard();
    m_welcome->field().focusField();
}

void MainWindow::showSettings()
{
    if (!m_settingsPage) {
        m_settingsPage = new settings::SettingsPage(m_services.settings, m_sshConfig);
        m_pages->addWidget(m_settingsPage);
    }
    m_settingsPage->setSecretsInKeychain(m_services.core.secrets.persistence() ==
                                         core::secrets::SecretStore::Persistence::Keychain);
    showPlace(m_settingsPage, m_settingsButton);
}

/// \a button: the place's in the side bar; null for none.
void MainWindow::showPlace(QWidget *page, QToolButton *button)
{
    m_place = button;
    m_pages->setCurrentWidget(page);
    for (QToolButton *place : m_places) {
        if (place != button)
            place->setChecked(false);
    }
    if (button)
        button->setChecked(true);
}

void MainWindow::connectTo(const QString &id)
{
    Instance *instance = m_services.fleet.byId(id);
    if (!instance)
        return;
    m_list->select(instance);
    showInstance(instance);
    instance->connectNow();
}

} // namespace ui::shell
