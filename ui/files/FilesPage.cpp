// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab itself. Going about in directories: FilesListing.cpp and FilesFolders.cpp; what is
// told: FilesMessages.cpp; what is done with files: FilesActions.cpp and FilesMenu.cpp.
#include "ui/files/FilesPage.h"

#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/files/EditBanner.h"
#include "ui/files/EditedFiles.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FolderModel.h"
#include "ui/files/FolderTree.h"
#include "ui/files/Places.h"
#include "ui/files/TextEditor.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>

namespace ui::files {

using namespace std::chrono_literals;
using core::fleet::Instance;
using core::transfer::shownName;

namespace {

QToolButton *makeTool(Icon sign, const char *name)
{
    auto *button = new QToolButton;
    button->setObjectName(QLatin1StringView(name));
    button->setIcon(icon(sign, IconTone::Secondary));
    button->setAutoRaise(true);
    return button;
}

} // namespace

FilesPage::FilesPage(core::fleet::TransferQueue &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_edited(std::make_unique<EditedFiles>(m_background))
    , m_model(new FileModel(this))
    , m_downloads(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation))
{
    setObjectName(QStringLiteral("filesPage"));
    build();
    connectParts();
    connectFolders();
    buildDrops();
    addShortcuts();
    m_reload.setSingleShot(true);
    m_reload.setInterval(300ms);
    connect(&m_reload, &QTimer::timeout, this, [this] {
        if (!m_model->areResults())
            reload();
    });
    m_patience.setSingleShot(true);
    m_patience.setInterval(2s);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isImpatient = true;
        enter();
    });
    m_slow.setSingleShot(true);
    m_slow.setInterval(300ms);
    connect(&m_slow, &QTimer::timeout, this, &FilesPage::updateStatus);
    m_edited->setOpener([this](const QString &file, std::function<void(bool)> done) {
        openInTextEditor(file, m_editorCommand, this, std::move(done));
    });
    followQueue();
    retranslate();
    updateState();
}

FilesPage::~FilesPage() = default;

QLayout *FilesPage::buildBar()
{
    m_back = makeTool(Icon::ChevronLeft, "filesBack");
    m_up = makeTool(Icon::ArrowUp, "filesUp");
    m_refresh = makeTool(Icon::Refresh, "filesRefresh");
    m_more = makeTool(Icon::More, "filesMore");
    m_pathField = new QLineEdit;
    m_pathField->setObjectName(QStringLiteral("filesPath"));
    m_pathField->installEventFilter(this);
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("filesFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Icon::Search, IconTone::Hint), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(200);
    m_filter->installEventFilter(this);
    m_uploadButton = new QPushButton(icon(Icon::Upload, IconTone::OnAccent), QString());
    m_uploadButton->setObjectName(QStringLiteral("filesUpload"));
    setButtonKind(m_uploadButton, ButtonKind::Primary);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::m, space::s, space::m, space::s);
    bar->setSpacing(space::xs);
    for (QToolButton *button : {m_back, m_up, m_refresh})
        bar->addWidget(button);
    bar->addSpacing(space::xs);
    bar->addWidget(m_pathField, 1);
    bar->addSpacing(space::xs);
    bar->addWidget(m_filter);
    bar->addSpacing(space::xs);
    bar->addWidget(m_uploadButton);
    bar->addWidget(m_more);
    return bar;
}

void FilesPage::build()
{
    QLayout *bar = buildBar();
    m_table = new FileTable(*m_model);
    // Over the list, which still takes what is dropped.
    m_empty = new EmptyState;
    m_empty->setObjectName(QStringLiteral("filesEmpty"));
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_empty->hide();
    auto *right = new QWidget;
    auto *listed = new QGridLayout(right);
    listed->setContentsMargins(0, 0, 0, 0);
    listed->addWidget(m_table, 0, 0);
    listed->addWidget(m_empty, 0, 0);
    m_middle = new QSplitter(Qt::Horizontal);
    m_middle->setObjectName(QStringLiteral("filesSplitter"));
    m_middle->setChildrenCollapsible(false);
    m_middle->addWidget(buildSide());
    m_middle->addWidget(right);
    m_middle->setStretchFactor(1, 1);

    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("filesBanner"));
    m_banner->setClosable(true);
    m_banner->hide();
    m_editBanner = new EditBanner(*m_edited);
    m_status = new Label(TextStyle::Caption, TextTone::Secondary);
    m_status->setObjectName(QStringLiteral("filesStatus"));
    m_space = new Label(TextStyle::Caption, TextTone::Secondary);
    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(space::l, space::xs, space::l, space::xs);
    bottom->addWidget(m_status, 1);
    bottom->addWidget(m_space);

    m_browser = new QWidget;
    auto *browser = new QVBoxLayout(m_browser);
    browser->setContentsMargins(0, 0, 0, 0);
    browser->setSpacing(0);
    browser->addLayout(bar);
    browser->addWidget(m_middle, 1);
    browser->addLayout(bottom);
    m_away = new EmptyState;
    m_away->setObjectName(QStringLiteral("filesAway"));
    m_awayButton = m_away->addAction({});
    m_awayButton->setObjectName(QStringLiteral("filesAwayButton"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_browser);
    m_stack->addWidget(m_away);
    auto *told = new QVBoxLayout;
    told->setContentsMargins(space::m, space::s, space::m, 0);
    told->setSpacing(space::s);
    told->addWidget(m_editBanner);
    told->addWidget(m_banner);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(told);
    layout->addWidget(m_stack, 1);
}

void FilesPage::connectParts()
{
    connect(m_banner, &Banner::closed, this, [this] {
        cancelQuestion();
        hideBanner();
        m_table->setFocus();
    });
    connect(m_banner, &Banner::actionTriggered, this, &FilesPage::onBannerAction);
    connect(m_editBanner, &EditBanner::answered, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_edited.get(), &EditedFiles::uploaded, this, [this](const QString &instance) {
        if (m_instance && m_instance->id() == instance)
            m_reload.start();
    });
    connect(m_awayButton, &QPushButton::clicked, this, [this] {
        if (m_instance && !session())
            m_instance->connectNow();
        else
            refresh();
    });
    connect(m_back, &QToolButton::clicked, this, &FilesPage::goBack);
    connect(m_up, &QToolButton::clicked, this, &FilesPage::goUp);
    connect(m_refresh, &QToolButton::clicked, this, &FilesPage::refresh);
    connect(m_pathField, &QLineEdit::returnPressed, this, &FilesPage::goTyped);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        updateStatus();
    });
    connect(m_places, &Places::chosen, this, &FilesPage::go);
    connect(m_uploadButton, &QPushButton::clicked, this, [this] { chooseUpload(false); });
    connect(m_more, &QToolButton::clicked, this,
            [this] { showMenu(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    connect(m_table, &FileTable::opened, this,
            [this](int row) { open(core::ssh::RemoteEntry(m_model->entry(row))); });
    connect(m_table, &FileTable::upRequested, this, &FilesPage::goUp);
    connect(m_table, &FileTable::menuRequested, this, &FilesPage::showMenu);
    connect(m_table, &FileTable::removeRequested, this, &FilesPage::askRemove);
    connect(m_table, &FileTable::copyRequested, this, &FilesPage::copyPaths);
    connect(m_table, &FileTable::filesDropped, this, &FilesPage::upload);
    connect(m_table, &FileTable::rowsDropped, this, &FilesPage::move);
    connect(m_model, &FileModel::renameRequested, this, &FilesPage::rename);
    connect(m_model, &QAbstractItemModel::modelReset, this, &FilesPage::updateEmpty);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FilesPage::updateStatus);
}

/// F5 is the window's: it calls refresh().
void FilesPage::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto slot) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
    };
    add(QKeySequence::Find, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    add(QKeySequence(Qt::CTRL | Qt::Key_L), [this] {
        m_pathField->setFocus(Qt::ShortcutFocusReason);
        m_pathField->selectAll();
    });
    add(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { goBack(); });
    add(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { goUp(); });
    add(QKeySequence(Qt::ALT | Qt::Key_Right), [this] { goForward(); });
}

/// Esc gives the keys back to the list.
bool FilesPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && (watched == m_filter || watched == m_pathField)) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool leaves = key == Qt::Key_Escape;
        const bool goesDown = watched == m_filter && key == Qt::Key_Down;
        if (leaves && watched == m_filter)
            m_filter->clear();
        if (leaves && watched == m_pathField)
            m_pathField->setText(shownName(m_path));
        if (leaves || goesDown) {
            m_table->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilesPage::retranslate()
{
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(tr("More"));
    m_pathField->setAccessibleName(tr("Path"));
    m_filter->setPlaceholderText(tr("Search here"));
    m_filter->setToolTip(tr("Enter searches in the folders below too"));
    m_filter->setAccessibleName(tr("Search in this folder"));
    // The cross that Qt puts into the field.
    for (auto *cross : m_filter->findChildren<QToolButton *>())
        cross->setAccessibleName(tr("Clear the search"));
    m_uploadButton->setText(tr("Upload…"));
    m_uploadButton->setAccessibleName(tr("Upload files"));
    m_table->setAccessibleName(tr("Files on the instance"));
    m_places->setAccessibleName(tr("Places"));
    m_status->setAccessibleName(tr("What is listed"));
    m_model->retranslate();
    m_places->retranslate();
    m_tree->retranslate();
    m_editBanner->retranslate();
    updateControls();
    updateAway();
    updateEmpty();
    updateStatus();
}

void FilesPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void FilesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isLoaded && m_mayBeStale && session())
        reload();
    enter();
    updateFolders();
}

void FilesPage::hideEvent(QHideEvent *event)
{
    m_mayBeStale = true;
    QWidget::hideEvent(event);
    updateFolders();
}

void FilesPage::setEditsFolder(const QString &folder)
{
    m_edited->setFolder(folder);
    if (m_instance)
        m_edited->attach(*m_instance);
}

void FilesPage::setHiddenShown(bool shown)
{
    if (m_model->isHiddenShown() == shown)
        return;
    m_model->setHiddenShown(shown);
    m_tree->folders().setHiddenShown(shown);
    updateStatus();
    Q_EMIT hiddenShownChanged(shown);
}

void FilesPage::setInstance(Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance) {
        m_lastPaths.insert(m_instance->id(), m_path);
        m_instance->disconnect(this);
    }
    cancelQuestion();
    hideBanner();
    m_instance = instance;
    forget();
    m_wasConnected = session() != nullptr;
    if (instance) {
        m_path = m_lastPaths.value(instance->id());
        connect(instance, &Instance::stateChanged, this, &FilesPage::updateState);
        connect(instance, &Instance::sampleArrived, this, [this] {
            m_places->setInstance(m_instance, m_home);
            enter(); // the data disk may only now be known
            updateStatus();
        });
        m_edited->attach(*instance);
        if (m_missed.contains(instance->id())) {
            const Missed missed = m_missed.take(instance->id());
            tellError(missed.origin, missed.error, missed.again);
        }
    }
    m_editBanner->setInstance(instance ? instance->id() : QString());
    m_places->setInstance(instance, m_home);
    updateState();
}

core::ssh::Session *FilesPage::session() const
{
    return m_instance ? m_instance->session() : nullptr;
}

FilesPage::Origin FilesPage::origin() const
{
    return {m_instance, m_instance ? m_instance->id() : QString(), m_path};
}

bool FilesPage::isShown(const Origin &origin) const
{
    return m_instance && m_instance == origin.instance && m_path == origin.path;
}

void FilesPage::updateState()
{
    const bool connected = session() != nullptr;
    if (!connected && m_wasConnected) {
        stopListing(); // what was asked went with the session
        cancelQuestion();
        if (m_waitTold)
            hideBanner();
        m_mayBeStale = true;
    }
    if (connected && !m_wasConnected) {
        m_refusal.reset(); // another connection, another try
        if (m_isLoaded && isVisible())
            reload();
    }
    m_wasConnected = connected;
    updateFolders();
    updateAway();
    updateControls();
    enter();
    updateStatus();
}

/// What copies bring is seen without asking.
void FilesPage::followQueue()
{
    connect(&m_queue, &core::fleet::TransferQueue::listChanged, this, [this] {
        m_mayBeStale = true;
        if (m_isLoaded && isVisible())
            m_reload.start();
    });
}

} // namespace ui::files
