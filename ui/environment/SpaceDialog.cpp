// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/SpaceDialog.h"

#include "ui/common/Banner.h"
#include "ui/common/Describe.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFontMetrics>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStandardItemModel>

#include <algorithm>

namespace ui::environment {

using namespace std::chrono_literals;
using core::env::CleanUp;
using core::env::SpaceTaker;

namespace {

constexpr int spaceWidth = 760;
constexpr int spaceHeight = 720;
constexpr int goesRows = 4;
constexpr int spaceCommandRows = 3;
constexpr int takerRows = 4;  ///< at least
constexpr int choiceRows = 5; ///< more of them scroll
constexpr std::size_t mostTakers = 40;
constexpr std::size_t mostByFiles = 20;
constexpr qint64 manyFiles = 1000; ///< fewer are no reason to tell of a folder
/// From here on it is files that the disk lacks, not bytes.
constexpr double fewFilesLeft = 0.85;
constexpr auto refillPause = 200ms; ///< a disk tells hundreds of things at once
constexpr auto askPause = 2s;

enum Column { Size, Files, What, Path, ColumnCount };
constexpr int placeRole = Qt::UserRole; ///< the folder that shows it

QString pathText(const QByteArray &path)
{
    return QString::fromUtf8(path); // odd bytes as U+FFFD: only shown
}

QPlainTextEdit *makeText(int rows, const char *name)
{
    auto *text = new QPlainTextEdit;
    text->setObjectName(QLatin1StringView(name));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFont(textFont(TextStyle::Mono));
    text->setFixedHeight(QFontMetrics(text->font()).lineSpacing() * rows + 2 * space::s);
    return text;
}

} // namespace

SpaceDialog::SpaceDialog(core::fleet::JobWatch &watch, QByteArray mount, QWidget *parent)
    : QDialog(parent)
    , m_watch(&watch)
    , m_mount(std::move(mount))
    , m_banner(new Banner)
    , m_state(new Label(TextStyle::Body, TextTone::Secondary))
    , m_model(new QStandardItemModel(0, ColumnCount, this))
{
    setObjectName(QStringLiteral("spaceDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    //: %1 is a disk's mount point: /root/autodl-tmp
    setWindowTitle(tr("What takes the room on %1").arg(pathText(m_mount)));
    setMinimumWidth(spaceWidth);
    const int available = screen()->availableGeometry().height();
    resize(spaceWidth, std::min(spaceHeight, available * 9 / 10));
    auto *heading = new Label(windowTitle(), TextStyle::Title);
    heading->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("spaceState"));
    m_state->setWordWrap(true);
    m_banner->setObjectName(QStringLiteral("spaceBanner"));
    m_banner->hide();
    auto *buttons = new QDialogButtonBox;
    m_again = buttons->addButton(tr("Look again"), QDialogButtonBox::ActionRole);
    m_again->setObjectName(QStringLiteral("spaceAgain"));
    QPushButton *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    m_clean = buttons->addButton(tr("Free the room"), QDialogButtonBox::ActionRole);
    m_clean->setObjectName(QStringLiteral("spaceClean"));
    setButtonKind(m_clean, ButtonKind::Destructive);
    for (QPushButton *button : {m_again, m_clean})
        button->setAutoDefault(false);
    close->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(heading);
    layout->addWidget(m_state);
    layout->addWidget(m_banner);
    // On a small screen the middle scrolls; the buttons stay.
    auto *middle = new QWidget;
    auto *parts = new QVBoxLayout(middle);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(space::m);
    parts->addWidget(buildCleanUps());
    parts->addWidget(buildTakers(), 1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(middle);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    m_refill.setSingleShot(true);
    m_refill.setInterval(refillPause);
    connect(&m_refill, &QTimer::timeout, this, &SpaceDialog::onFound);
    m_ask.setSingleShot(true);
    m_ask.setInterval(askPause);
    connect(&m_ask, &QTimer::timeout, this, [this] {
        if (m_watch)
            m_watch->ask();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_banner->hide();
        look();
    });
    connect(m_clean, &QPushButton::clicked, this, &SpaceDialog::cleanUp);
    connect(&watch, &core::fleet::JobWatch::changed, this, &SpaceDialog::onJobsChanged);
    connect(&watch, &QObject::destroyed, this, &QDialog::reject);
    connect(&watch.instance(), &core::fleet::Instance::stateChanged, this, &SpaceDialog::showState);
    look();
}

SpaceDialog::~SpaceDialog()
{
    stopLooking();
    if (m_starting) { // it goes on
        m_starting->disconnect(this);
        connect(m_starting, &core::Operation::finished, m_starting, &QObject::deleteLater);
    }
}

QWidget *SpaceDialog::buildCleanUps()
{
    auto *area = new QWidget;
    auto *column = new QVBoxLayout(area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(new Label(tr("Safe to clean up"), TextStyle::Strong));
    m_nothing = new Label(TextStyle::Body, TextTone::Secondary);
    m_nothing->setObjectName(QStringLiteral("spaceNothing"));
    m_nothing->setWordWrap(true);
    column->addWidget(m_nothing);
    auto *list = new QWidget;
    m_boxes = new QVBoxLayout(list);
    m_boxes->setContentsMargins(0, 0, 0, 0);
    m_boxes->setSpacing(space::xs);
    m_list = new QScrollArea;
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWidgetResizable(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setWidget(list);
    m_list->hide();
    column->addWidget(m_list);
    m_preview = new QWidget;
    auto *preview = new QVBoxLayout(m_preview);
    preview->setContentsMargins(0, 0, 0, 0);
    preview->setSpacing(space::xs);
    const auto add = [preview](const QString &words, QPlainTextEdit *text) {
        auto *label = new Label(words, TextStyle::Body, TextTone::Secondary);
        label->setBuddy(text);
        text->setAccessibleName(words);
        preview->addWidget(label);
        preview->addWidget(text);
    };
    m_goes = makeText(goesRows, "spaceGoes");
    m_command = makeText(spaceCommandRows, "spaceCommand");
    add(tr("This goes"), m_goes);
    add(tr("This runs"), m_command);
    m_preview->hide();
    column->addWidget(m_preview);
    return area;
}

QWidget *SpaceDialog::buildTakers()
{
    auto *area = new QWidget;
    auto *column = new QVBoxLayout(area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(new Label(tr("Largest folders and files"), TextStyle::Strong));
    m_model->setHorizontalHeaderLabels({tr("Size"),
                                        //: Of a column: how many files are in a folder
                                        tr("Files"),
                                        //: Of a column: what a file or folder is
                                        tr("What"), tr("Path")});
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("spaceTable"));
    m_table->setAccessibleName(tr("Largest folders and files"));
    m_table->setSourceModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->sortByColumn(lacksFiles() ? Files : Size, Qt::DescendingOrder);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setTextElideMode(Qt::ElideMiddle);
    const int row = m_table->verticalHeader()->defaultSectionSize();
    m_table->setMinimumHeight(row * takerRows + m_table->horizontalHeader()->sizeHint().height());
    m_show = new QPushButton(tr("Show in Files"));
    m_show->setObjectName(QStringLiteral("spaceShow"));
    m_show->setIcon(icon(Icon::Folder, IconTone::Secondary));
    m_show->setAutoDefault(false);
    column->addWidget(m_table, 1);
    column->addWidget(m_show, 0, Qt::AlignLeft);
    connect(m_show, &QPushButton::clicked, this, &SpaceDialog::showFolder);
    connect(m_table, &QAbstractItemView::doubleClicked, this, &SpaceDialog::showFolder);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SpaceDialog::showState);
    return area;
}

core::ssh::Session *SpaceDialog::session() const
{
    return m_watch ? m_watch->instance().session() : nullptr;
}

std::vector<CleanUp> SpaceDialog::chosen() const
{
    std::vector<CleanUp> all;
    for (const Choice &choice : m_choices) {
        if (choice.box->isChecked())
            all.push_back(choice.cleanUp);
    }
    return all;
}

void SpaceDialog::stopLooking()
{
    for (core::Operation *operation :
         std::initializer_list<core::Operation *>{m_look.data(), m_find.data()}) {
        if (!operation)
            continue;
        operation->disconnect(this);
        operation->cancel();
        operation->deleteLater();
    }
    m_look.clear();
    m_find.clear();
}

/// First where the caches are, once, then the disk.
void SpaceDialog::look()
{
    if (!session() || m_look || m_find) {
        showState();
        return;
    }
    m_isWhole = false;
    if (m_report) {
        find();
        showState();
        return;
    }
    m_look = new core::env::LookAround(*session());
    connect(m_look, &core::Operation::finished, this, [this, look = m_look.data()] {
        look->deleteLater();
        m_look.clear();
        if (look->isOk()) {
            m_report = look->report();
            find();
        } else {
            tellError(*look->error(), tr("The disk could not be looked at"));
        }
        showState();
    });
    showState();
}

void SpaceDialog::find()
{
    if (!session())
        return;
    m_find = new core::env::FindSpace(*session(), *m_report, m_mount);
    connect(m_find, &core::env::FindSpace::foundMore, this, [this] {
        if (!m_refill.isActive())
            m_refill.start();
    });
    connect(m_find, &core::Operation::finished, this, [this, find = m_find.data()] {
        m_refill.stop();
        m_isWhole = find->isOk();
        onFound();
        if (find->isOk())
            tellFreed();
        find->deleteLater();
        m_find.clear();
        if (!find->isOk())
            tellError(*find->error(), tr("The disk could not be looked at"));
        showState();
    });
}

void SpaceDialog::onFound()
{
    showTakers();
    showChoices();
}

void SpaceDialog::showTakers()
{
    if (!m_find)
        return;
    auto takers =
        core::env::tellingTakers(m_find->takers(), m_mount, mostTakers, &SpaceTaker::bytes);
    for (const SpaceTaker &one :
         core::env::tellingTakers(m_find->takers(), m_mount, mostByFiles, &SpaceTaker::files)) {
        if (one.files >= manyFiles && std::find(takers.begin(), takers.end(), one) == takers.end())
            takers.push_back(one);
    }
    m_model->removeRows(0, m_model->rowCount());
    for (const SpaceTaker &one : takers) {
        const auto figure = [](const QString &text, qint64 value) {
            auto *item = new QStandardItem(value > 0 ? text : format::absent());
            if (value > 0) // what is not known comes last
                item->setData(value, sortRole);
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            return item;
        };
        auto *size = figure(format::bytes(double(one.bytes)), one.bytes);
        auto *files = figure(format::count(one.files), one.files);
        auto *path =
            new QStandardItem(icon(one.isFolder ? Icon::Folder : Icon::File, IconTone::Secondary),
                              pathText(one.path));
        path->setData(pathText(one.path), sortRole);
        path->setData(one.folder(), placeRole);
        path->setToolTip(pathText(one.path));
        const QString kind = m_report ? kindText(core::env::kindOf(one, *m_report)) : QString();
        auto *what = new QStandardItem(kind);
        what->setData(kind.isEmpty() ? QVariant() : QVariant(kind), sortRole);
        for (QStandardItem *item : {size, files, what, path})
            item->setEditable(false);
        m_model->appendRow({size, files, what, path});
    }
    for (const Column column : {Size, Files, What})
        m_table->resizeColumnToContents(column);
}

QString SpaceDialog::kindText(core::env::TakerKind kind)
{
    using core::env::TakerKind;
    switch (kind) {
    case TakerKind::Checkpoints: return tr("Checkpoints");
    case TakerKind::HuggingFace: return tr("Hugging Face");
    case TakerKind::Packages: return tr("Package cache");
    case TakerKind::Environment: return tr("Environment");
    case TakerKind::Trash: return tr("Trash");
    case TakerKind::Other: break;
    }
    return {};
}

bool SpaceDialog::lacksFiles() const
{
    const auto sample = m_watch ? m_watch->instance().sample() : nullptr;
    if (!sample)
        return false;
    return std::any_of(
        sample->disks.begin(), sample->disks.end(), [this](const core::probe::DiskInfo &disk) {
            return disk.mount.toUtf8() == m_mount && disk.inodesTotal && disk.inodesUsed &&
                   double(*disk.inodesUsed) > fewFilesLeft * double(*disk.inodesTotal);
        });
}

/// What is checked stays so while more is found.
void SpaceDialog::showChoices()
{
    if (!m_find)
        return;
    const std::vector<CleanUp> &found = m_find->cleanUps();
    const auto isFound = [&found](const Choice &choice) {
        return std::any_of(found.begin(), found.end(), [&choice](const CleanUp &one) {
            return one.path == choice.cleanUp.path;
        });
    };
    if (m_isWhole) {
        for (const Choice &choice : m_choices) {
            if (!isFound(choice))
                choice.box->deleteLater();
        }
        std::erase_if(m_choices, [&](const Choice &choice) { return !isFound(choice); });
    }
    for (const CleanUp &one : found) {
        auto at = std::find_if(m_choices.begin(), m_choices.end(), [&one](const Choice &choice) {
            return choice.cleanUp.path == one.path;
        });
        if (at == m_choices.end()) {
            auto *box = new QCheckBox;
            box->setObjectName(QStringLiteral("spaceChoice"));
            connect(box, &QCheckBox::toggled, this, &SpaceDialog::showCommand);
            m_boxes->addWidget(box);
            m_choices.push_back({box, {}});
            at = m_choices.end() - 1;
        }
        at->cleanUp = one;
        QString name;
        switch (one.kind) {
        case CleanUp::Kind::CondaPackages:
            name = tr("Conda's package cache: downloads, and what no environment has");
            break;
        case CleanUp::Kind::PipCache: name = tr("Pip's cache of downloads"); break;
        case CleanUp::Kind::HuggingFaceModel:
            //: %1 is "org/name"
            name = tr("Hugging Face: %1, downloaded again when it is used")
                       .arg(pathText(one.modelName()));
            break;
        case CleanUp::Kind::Trash: name = tr("Trash: what was deleted in Jupyter"); break;
        }
        //: %1 is a size, %2 what is that large
        at->box->setText(tr("%1 · %2").arg(format::bytes(double(one.bytes)), name));
        at->box->setToolTip(pathText(one.path));
    }
    showCommand();
}

void SpaceDialog::showCommand()
{
    const std::vector<CleanUp> wanted = chosen();
    m_preview->setVisible(!wanted.empty());
    if (!wanted.empty() && m_report) {
        QStringList goes;
        for (const CleanUp &one : wanted) {
            goes.append(format::bytes(double(one.bytes)) + u'\t' + pathText(one.path));
            for (const SpaceTaker &item : one.items)
                goes.append(u'\t' + format::bytes(double(item.bytes)) + u'\t' +
                            pathText(item.path));
        }
        if (m_goes->toPlainText() != goes.join(u'\n'))
            m_goes->setPlainText(goes.join(u'\n'));
        const auto spec = core::env::cleanUpJob(*m_report, wanted);
        m_command->setPlainText(spec ? QString::fromUtf8(core::jobs::jobText(*spec)) : QString());
    }
    showState();
}

void SpaceDialog::showState()
{
    const bool isUp = session() != nullptr;
    const bool isLooking = m_look || m_find;
    const bool isCleaning = m_starting || m_job;
    if (!isUp && !isLooking)
        m_state->setText(tr("Not connected."));
    else if (isLooking)
        m_state->setText(tr("Looking… A disk with very many files takes minutes."));
    else
        m_state->setText(tr("Sizes as du counts them."));
    m_nothing->setVisible(m_choices.empty());
    m_list->setVisible(!m_choices.empty());
    if (!m_choices.empty()) {
        const int rows = std::min(choiceRows, int(m_choices.size()));
        m_list->setFixedHeight(rows * (m_choices.front().box->sizeHint().height() + space::xs));
    }
    m_nothing->setText(isLooking   ? tr("Looking…")
                       : m_isWhole ? tr("No caches and no trash worth speaking of on this disk.")
                                   : QStringLiteral("–"));
    const qint64 sum = core::env::bytesOf(chosen());
    m_clean->setText(sum > 0 ? tr("Free %1").arg(format::bytes(double(sum))) : tr("Free the room"));
    m_clean->setEnabled(isUp && !isCleaning && sum > 0);
    m_again->setEnabled(isUp && !isLooking && !isCleaning);
    m_show->setEnabled(m_table->selectionModel()->hasSelection());
}

void SpaceDialog::showFolder()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(Path);
    if (rows.isEmpty())
        return;
    Q_EMIT folderRequested(rows.first().data(placeRole).toByteArray());
    accept();
}

void SpaceDialog::tellError(const core::Error &error, const QString &title)
{
    if (error.code == core::ErrorCode::Cancelled)
        return;
    Description words = withoutActions(describe(error));
    words.title = title;
    m_banner->clearActions();
    m_banner->setError(words);
    m_banner->show();
}

} // namespace ui::environment
