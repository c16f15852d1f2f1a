// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab itself: going about in directories. What is done with files: FilesActions.cpp.
#include "ui/files/FilesPage.h"

#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "ui/common/Banner.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/Places.h"
#include "ui/files/RemoteEditor.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>

namespace ui::files {

using namespace std::chrono_literals;
using core::fleet::Instance;
using core::transfer::joinPath;
using core::transfer::parentPath;
using core::transfer::shownName;
using Type = core::ssh::RemoteEntry::Type;

namespace {

constexpr int placesWidth = 208;
constexpr qsizetype mostHistory = 100;

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
    , m_model(new FileModel(this))
    , m_downloads(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation))
{
    setObjectName(QStringLiteral("filesPage"));
    build();
    m_reload.setSingleShot(true);
    m_reload.setInterval(300ms);
    connect(&m_reload, &QTimer::timeout, this, &FilesPage::reload);
    m_patience.setSingleShot(true);
    m_patience.setInterval(2s);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isImpatient = true;
        enter();
    });
    m_slow.setSingleShot(true);
    m_slow.setInterval(300ms);
    connect(&m_slow, &QTimer::timeout, this, &FilesPage::updateStatus);
    followQueue();
    retranslate();
    updateState();
}

FilesPage::~FilesPage() = default;

void FilesPage::build()
{
    m_back = makeTool(Icon::ChevronLeft, "filesBack");
    m_up = makeTool(Icon::ArrowUp, "filesUp");
    m_refresh = makeTool(Icon::Refresh, "filesRefresh");
    m_more = makeTool(Icon::More, "filesMore");
    m_pathField = new QLineEdit;
    m_pathField->setObjectName(QStringLiteral("filesPath"));
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("filesFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Icon::Search, IconTone::Hint), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(200);
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

    m_places = new Places;
    m_places->setFixedWidth(placesWidth);
    m_table = new FileTable(*m_model);
    m_emptyFolder = new EmptyState;
    m_listStack = new QStackedWidget;
    m_listStack->addWidget(m_table);
    auto *middle = new QHBoxLayout;
    middle->setContentsMargins(space::s, 0, 0, 0);
    middle->setSpacing(space::s);
    middle->addWidget(m_places);
    middle->addWidget(m_listStack, 1);

    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("filesBanner"));
    m_banner->setClosable(true);
    m_banner->hide();
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
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
    browser->addWidget(m_banner);
    browser->addLayout(middle, 1);
    browser->addLayout(bottom);
    m_notConnected = new EmptyState;
    m_connect = m_notConnected->addAction({});
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_browser);
    m_stack->addWidget(m_notConnected);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_connect, &QPushButton::clicked, this, [this] {
        if (m_instance)
            m_instance->connectNow();
    });
    connect(m_back, &QToolButton::clicked, this, &FilesPage::goBack);
    connect(m_up, &QToolButton::clicked, this, &FilesPage::goUp);
    connect(m_refresh, &QToolButton::clicked, this, &FilesPage::reload);
    connect(m_pathField, &QLineEdit::returnPressed, this, [this] {
        QByteArray typed = core::transfer::nameFromShown(m_pathField->text().trimmed());
        if (typed.startsWith("~"))
            typed = m_home + typed.sliced(1);
        else if (!typed.startsWith('/'))
            typed = joinPath(m_path, typed);
        go(typed);
        m_table->setFocus();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        updateStatus();
    });
    connect(m_places, &Places::chosen, this, &FilesPage::go);
    connect(m_uploadButton, &QPushButton::clicked, this, [this] { chooseUpload(false); });
    connect(m_more, &QToolButton::clicked, this,
            [this] { showMenu(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    connect(m_table, &FileTable::opened, this, &FilesPage::open);
    connect(m_table, &FileTable::upRequested, this, &FilesPage::goUp);
    connect(m_table, &FileTable::menuRequested, this, &FilesPage::showMenu);
    connect(m_table, &FileTable::removeRequested, this, &FilesPage::askRemove);
    connect(m_table, &FileTable::copyRequested, this, &FilesPage::copyPaths);
    connect(m_table, &FileTable::filesDropped, this, &FilesPage::upload);
    connect(m_table, &FileTable::rowsDropped, this, &FilesPage::move);
    connect(m_model, &FileModel::renameRequested, this, &FilesPage::rename);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FilesPage::updateStatus);
}

void FilesPage::retranslate()
{
    const auto name = [](QWidget *widget, const QString &text) {
        widget->setToolTip(text);
        widget->setAccessibleName(text);
    };
    name(m_back, tr("Back"));
    name(m_up, tr("Up"));
    name(m_refresh, tr("Read again"));
    name(m_more, tr("More"));
    m_pathField->setAccessibleName(tr("Path"));
    m_filter->setPlaceholderText(tr("Search here"));
    m_filter->setAccessibleName(tr("Search in this folder"));
    // The cross that Qt puts into the field.
    for (auto *cross : m_filter->findChildren<QToolButton *>())
        cross->setAccessibleName(tr("Clear the search"));
    m_uploadButton->setText(tr("Upload…"));
    m_table->setAccessibleName(tr("Files on the instance"));
    m_places->setAccessibleName(tr("Places"));
    m_notConnected->set(icon(Icon::Unplug, IconTone::Hint), tr("Not connected"),
                        tr("The instance's files are shown when it is connected."));
    m_connect->setText(tr("Connect"));
    m_model->retranslate();
    m_places->retranslate();
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
    enter();
}

void FilesPage::setInstance(Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance) {
        m_lastPaths.insert(m_instance->id(), m_path);
        m_instance->disconnect(this);
    }
    m_instance = instance;
    if (m_listing)
        m_listing->deleteLater();
    m_editors.clear();
    m_model->clear();
    m_history.clear();
    m_home.clear();
    m_path.clear();
    m_wanted.clear();
    m_pathField->clear();
    m_filter->clear();
    m_banner->hide();
    m_isLoaded = false;
    m_isImpatient = false;
    m_patience.stop();
    if (instance) {
        m_path = m_lastPaths.value(instance->id());
        m_table->setOrigin(instance->id());
        connect(instance, &Instance::stateChanged, this, &FilesPage::updateState);
        connect(instance, &Instance::sampleArrived, this, [this] {
            m_places->setInstance(m_instance, m_home);
            enter(); // the data disk may only now be known
            updateStatus();
        });
    }
    m_places->setInstance(instance, m_home);
    updateState();
}

core::ssh::Session *FilesPage::session()
{
    return m_instance ? m_instance->session() : nullptr;
}

void FilesPage::updateState()
{
    const bool connected = session() != nullptr;
    if (!connected)
        m_wanted.clear(); // what was asked went with the session
    // What was read stays to be seen while the connection is mended.
    m_stack->setCurrentWidget(connected || m_isLoaded ? m_browser : m_notConnected);
    m_connect->setVisible(m_instance && !m_instance->isBusy());
    for (QWidget *control : std::initializer_list<QWidget *>{m_back, m_up, m_refresh, m_pathField,
                                                             m_uploadButton, m_more, m_places})
        control->setEnabled(connected);
    enter();
    updateStatus();
}

/// The first directory: where the user was, else the data disk, else the home.
void FilesPage::enter()
{
    if (!session() || m_isLoaded || m_listing || !isVisible())
        return;
    const core::metrics::SamplePtr sample = m_instance->sample();
    if (m_path.isEmpty() && (!sample || sample->disks.empty()) && !m_isImpatient) {
        if (!m_patience.isActive())
            m_patience.start(); // which disk is for data will be known in a moment
        return;
    }
    if (!m_home.isEmpty()) {
        const QByteArray disk = m_places->dataDisk();
        list(!m_path.isEmpty() ? m_path : disk.isEmpty() ? m_home : disk, false);
        return;
    }
    if (!m_wanted.isEmpty())
        return; // being asked
    m_wanted = "~";
    core::transfer::RemoteAction *home = core::transfer::resolveRemote(*session(), {});
    connect(home, &core::Operation::finished, this, [this, home] {
        home->deleteLater();
        m_wanted.clear();
        if (!home->isOk()) {
            tellError(*home->error());
            return;
        }
        m_home = home->bytes();
        m_places->setInstance(m_instance, m_home);
        enter();
    });
}

void FilesPage::go(const QByteArray &path)
{
    list(path.isEmpty() ? m_home : path, true);
}

void FilesPage::reload()
{
    if (m_isLoaded && !m_listing)
        list(m_path, false);
}

void FilesPage::goUp()
{
    if (m_path.isEmpty() || m_path == "/")
        return;
    m_selectAfter = {core::transfer::lastName(m_path)};
    go(parentPath(m_path));
}

void FilesPage::goBack()
{
    if (!m_history.isEmpty())
        list(m_history.takeLast(), false);
}

void FilesPage::list(const QByteArray &path, bool remembers)
{
    if (!session())
        return;
    if (m_listing) {
        m_listing->disconnect(this);
        m_listing->cancel();
        m_listing->deleteLater();
    }
    QByteArray plain = path;
    while (plain.size() > 1 && plain.endsWith('/'))
        plain.chop(1);
    m_wanted = plain;
    m_remembers = remembers;
    m_listing = session()->listDirectory(plain);
    connect(m_listing, &core::Operation::finished, this, &FilesPage::listed);
    connect(m_listing, &core::ssh::DirectoryListing::entriesAdded, this, [this] {
        if (!m_slow.isActive())
            updateStatus();
    });
    m_slow.start();
}

void FilesPage::listed()
{
    core::ssh::DirectoryListing *listing = m_listing;
    m_listing = nullptr;
    listing->deleteLater();
    m_slow.stop();
    if (listing->error()) {
        m_selectAfter.clear();
        m_pathField->setText(shownName(m_path));
        if (listing->error()->code != core::ErrorCode::Cancelled)
            tellError(*listing->error());
        // The place where it was last may be gone: then from the start.
        if (!m_isLoaded && m_wanted != m_home && !m_home.isEmpty())
            list(m_home, false);
        updateStatus();
        return;
    }
    const auto &entries = listing->entries();
    // A path that is no directory gives itself alone.
    if (entries.size() == 1 && entries[0].type != Type::Directory &&
        (entries[0].name == m_wanted || entries[0].name == core::transfer::lastName(m_wanted)) &&
        m_wanted != m_path && m_isLoaded && parentPath(m_wanted) == m_path) {
        m_pathField->setText(shownName(m_path));
        view(m_wanted);
        return;
    }
    QByteArrayList selected = std::exchange(m_selectAfter, {});
    const bool isSame = m_isLoaded && m_wanted == m_path;
    const int scrolled = m_table->verticalScrollBar()->value();
    if (isSame && selected.isEmpty())
        selected = m_table->selectedNames();
    if (m_remembers && !isSame && !m_path.isEmpty()) {
        m_history.append(m_path);
        if (m_history.size() > mostHistory)
            m_history.removeFirst();
    }
    m_path = m_wanted;
    m_isLoaded = true;
    if (!isSame) {
        const QSignalBlocker blocker(m_filter);
        m_filter->clear();
        m_model->setFilter({});
        m_banner->hide();
    }
    m_pathField->setText(shownName(m_path));
    m_places->showPath(m_path);
    m_model->setEntries(entries);
    showEntries(selected);
    if (isSame)
        m_table->verticalScrollBar()->setValue(scrolled);
    m_back->setEnabled(!m_history.isEmpty());
    m_up->setEnabled(m_path != "/");
    updateStatus();
}

void FilesPage::showEntries(const QByteArrayList &selected)
{
    QItemSelection selection;
    QModelIndex first;
    for (const QByteArray &name : selected) {
        const int row = m_model->rowOf(name);
        if (row < 0)
            continue;
        const QModelIndex index = m_model->index(row, 0);
        selection.select(index, index);
        if (!first.isValid())
            first = index;
    }
    if (!first.isValid())
        first = m_model->index(0, 0);
    // The keys work at once, also without a selection.
    m_table->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect |
                                                     QItemSelectionModel::Rows);
    if (!selection.isEmpty())
        m_table->scrollTo(first);
}

void FilesPage::updateStatus()
{
    if (m_listing && !m_slow.isActive() && !m_listing->entries().empty())
        m_status->setText(tr("Reading… %n so far", nullptr, int(m_listing->entries().size())));
    else if (m_listing && !m_slow.isActive())
        m_status->setText(tr("Reading…"));
    else if (!session() && m_isLoaded)
        m_status->setText(tr("Not connected: as it was last"));
    else if (m_isLoaded) {
        QStringList words{tr("%n items", nullptr, m_model->rowCount())};
        if (m_model->hiddenCount() > 0)
            words += tr("%n hidden", nullptr, m_model->hiddenCount());
        const QByteArrayList names = m_table->selectedNames();
        if (!names.isEmpty()) {
            double bytes = 0;
            for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
                const core::ssh::RemoteEntry &entry = m_model->entry(index.row());
                if (entry.type == Type::File)
                    bytes += double(entry.size.value_or(0));
            }
            words +=
                bytes > 0
                    ? tr("%n selected, %1", nullptr, int(names.size())).arg(format::bytes(bytes))
                    : tr("%n selected", nullptr, int(names.size()));
        }
        m_status->setText(words.join(QStringLiteral(" · ")));
    } else {
        m_status->clear();
    }

    QString room;
    const core::metrics::SamplePtr sample = m_instance ? m_instance->sample() : nullptr;
    if (sample && !m_path.isEmpty()) {
        const core::probe::DiskInfo *best = nullptr;
        for (const core::probe::DiskInfo &disk : sample->disks) {
            const QByteArray mount = disk.mount.toUtf8();
            if ((mount == "/" || m_path == mount || m_path.startsWith(mount + '/')) &&
                (!best || disk.mount.size() > best->mount.size()))
                best = &disk;
        }
        if (best && best->availableBytes)
            room = tr("%1 free").arg(format::bytes(double(*best->availableBytes)));
    }
    m_space->setText(room);
}

/// What copies bring is seen without asking.
void FilesPage::followQueue()
{
    connect(&m_queue, &core::fleet::TransferQueue::listChanged, this, [this] {
        if (m_isLoaded && isVisible())
            m_reload.start();
    });
}

} // namespace ui::files
