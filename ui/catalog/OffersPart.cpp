// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/OffersPart.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/catalog/OfferModel.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Label.h"
#include "ui/common/TableView.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>

#include <algorithm>

namespace ui::catalog {

using namespace core::catalog;

namespace {

constexpr int widestOfferColumn = 240;

/// A choice of the two currencies in their column, a line everywhere else.
class OfferDelegate final : public RowDelegate
{
public:
    using RowDelegate::RowDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        if (index.column() != OfferModel::CurrencyCode) {
            QWidget *editor = RowDelegate::createEditor(parent, option, index);
            if (editor)
                editor->setAccessibleName(
                    index.model()->headerData(index.column(), Qt::Horizontal).toString());
            return editor;
        }
        auto *box = new QComboBox(parent);
        for (const core::Currency currency : {core::Currency::Cny, core::Currency::Usd})
            box->addItem(core::currencyCode(currency));
        return box;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (auto *box = qobject_cast<QComboBox *>(editor))
            box->setCurrentText(index.data(Qt::EditRole).toString());
        else
            RowDelegate::setEditorData(editor, index);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        if (const auto *box = qobject_cast<QComboBox *>(editor))
            model->setData(index, box->currentText(), Qt::EditRole);
        else
            RowDelegate::setModelData(editor, model, index);
    }
};

} // namespace

OffersPart::OffersPart(Prices &prices, QWidget *parent)
    : QWidget(parent)
    , m_prices(prices)
    , m_model(new OfferModel(prices, this))
    , m_table(new TableView)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_viewLabel(new Label(TextStyle::Body, TextTone::Secondary))
    , m_view(new QComboBox)
    , m_filter(new QLineEdit)
    , m_note(new Label(TextStyle::Caption, TextTone::Secondary))
{
    setObjectName(QStringLiteral("offersPart"));
    setFocusProxy(m_table);
    m_view->setObjectName(QStringLiteral("offersView"));
    m_filter->setObjectName(QStringLiteral("offersFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(240);
    m_viewLabel->setBuddy(m_view);
    m_note->setWordWrap(true);
    for (const OfferModel::View view :
         {OfferModel::View::PerHour, OfferModel::View::PerFp16TflopsHour,
          OfferModel::View::PerFp32TflopsHour, OfferModel::View::PerGbHour})
        m_view->addItem(QString(), int(view));
    buildTable();
    m_add = addButton("offerAdd");
    m_add->setIcon(icon(Icon::Add, IconTone::Secondary));
    m_remove = addButton("offerRemove");
    m_remove->setIcon(icon(Icon::Trash, IconTone::Secondary));
    m_import = addButton("offersImport");
    m_export = addButton("offersExport");

    auto *tools = new QHBoxLayout;
    tools->setSpacing(space::s);
    tools->addWidget(m_viewLabel);
    tools->addWidget(m_view);
    tools->addWidget(m_filter, 1);
    tools->addStretch(1);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(space::s);
    actions->addWidget(m_add);
    actions->addWidget(m_remove);
    actions->addStretch(1);
    actions->addWidget(m_import);
    actions->addWidget(m_export);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addLayout(tools);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_note);
    layout->addLayout(actions);

    connect(m_view, &QComboBox::currentIndexChanged, this, [this] {
        m_model->setView(OfferModel::View(m_view->currentData().toInt()));
        m_table->sortByColumn(OfferModel::Unit, Qt::AscendingOrder);
        fitColumns();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_table->proxy()->setFilterFixedString(text.trimmed());
    });
    connect(m_add, &QPushButton::clicked, this, &OffersPart::add);
    connect(m_remove, &QPushButton::clicked, this, &OffersPart::removeSelected);
    connect(m_import, &QPushButton::clicked, this, &OffersPart::askImport);
    connect(m_export, &QPushButton::clicked, this, &OffersPart::askExport);
    connect(m_model, &OfferModel::misread, this, &OffersPart::misread);
    connect(m_model, &OfferModel::refused, this,
            [this](const core::Error &error) { Q_EMIT refused(error, {}); });
    connect(
        m_model, &OfferModel::added, this,
        [this](const Offer &offer) {
            const int row = m_model->rowOf(offer);
            if (row < 0)
                return;
            m_table->setCurrentIndex(
                m_table->proxy()->mapFromSource(m_model->index(row, OfferModel::Provider)));
        },
        Qt::QueuedConnection); // the cell's editor is still being closed
    retranslate();
}

void OffersPart::buildTable()
{
    m_table->setObjectName(QStringLiteral("offersTable"));
    m_table->setSourceModel(m_model);
    m_table->setItemDelegate(new OfferDelegate(m_table));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    QSortFilterProxyModel *proxy = m_table->proxy();
    proxy->setFilterKeyColumn(OfferModel::Provider);
    proxy->setFilterRole(OfferModel::searchRole);
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->sortByColumn(OfferModel::Unit, Qt::AscendingOrder);
    m_table->installEventFilter(this);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &OffersPart::updateActions);
    connect(proxy, &QAbstractItemModel::modelReset, this, &OffersPart::updateActions);
    connect(proxy, &QAbstractItemModel::rowsRemoved, this, [this] { updateActions(); });
    connect(proxy, &QAbstractItemModel::rowsInserted, this, [this] { updateActions(); });
}

QPushButton *OffersPart::addButton(const char *name)
{
    auto *button = new QPushButton;
    button->setObjectName(QLatin1StringView(name));
    return button;
}

std::vector<int> OffersPart::selected() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.push_back(m_table->proxy()->mapToSource(index).row());
    return rows;
}

void OffersPart::add()
{
    m_filter->clear();
    const int row = m_model->addDraft();
    m_stack->setCurrentIndex(0);
    const QModelIndex index =
        m_table->proxy()->mapFromSource(m_model->index(row, OfferModel::Provider));
    m_table->setFocus();
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
    m_table->edit(index);
}

void OffersPart::removeSelected()
{
    std::vector<Offer> gone;
    bool dropsDraft = false;
    for (const int row : selected()) {
        if (m_model->isDraft(row))
            dropsDraft = true;
        else if (m_model->isOwn(row))
            gone.push_back(m_model->at(row)->offer);
    }
    if (dropsDraft)
        m_model->dropDraft();
    std::vector<Offer> done;
    for (const Offer &offer : gone) {
        if (const core::Result<> removal = m_prices.store().remove(offer); !removal) {
            Q_EMIT refused(removal.error(), {});
            break;
        }
        done.push_back(offer);
    }
    if (done.empty())
        return;
    Q_EMIT removed(done.size() == 1
                       ? tr("%1 at %2 is removed.").arg(done.front().card, placeText(done.front()))
                       : tr("%n offer(s) removed.", nullptr, int(done.size())),
                   done);
}

void OffersPart::askImport()
{
    auto *dialog = new QFileDialog(this, tr("Import offers"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("importOffersDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Tables (*.csv)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &OffersPart::importFrom);
    dialog->open();
}

void OffersPart::importFrom(const QString &path)
{
    const auto report = m_prices.store().importFile(path);
    if (!report) {
        Q_EMIT refused(report.error(), QDir::toNativeSeparators(path));
        return;
    }
    //: %1, %2 and %3 are numbers of offers
    Q_EMIT told(tr("Imported: %1 new, %2 replaced, %3 as they were.")
                    .arg(report->added)
                    .arg(report->replaced)
                    .arg(report->unchanged));
}

void OffersPart::askExport()
{
    auto *dialog = new QFileDialog(this, tr("Export offers"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("exportOffersDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setNameFilters({tr("Tables (*.csv)")});
    dialog->selectFile(QStringLiteral("offers.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const core::Result<> done = m_prices.store().exportFile(path);
        if (done)
            Q_EMIT told(tr("Exported to %1.").arg(QDir::toNativeSeparators(path)));
        else
            Q_EMIT refused(done.error(), QDir::toNativeSeparators(path));
    });
    dialog->open();
}

void OffersPart::updateActions()
{
    const std::vector<int> rows = selected();
    m_remove->setEnabled(std::any_of(rows.begin(), rows.end(), [this](int row) {
        return m_model->isOwn(row) || m_model->isDraft(row);
    }));
    m_stack->setCurrentIndex(m_table->proxy()->rowCount() == 0 ? 1 : 0);
    const bool isFiltered = m_model->rowCount() > 0;
    if (isFiltered && !m_isFitted)
        fitColumns();
    m_empty->set(icon(isFiltered ? Icon::Search : Icon::Money, IconTone::Hint),
                 isFiltered ? tr("No offer matches") : tr("There are no offers"),
                 isFiltered ? tr("Look for a provider, a region or a card.")
                            : tr("Add one, import a table, or switch a source on."));
}

void OffersPart::fitColumns()
{
    m_isFitted = m_model->rowCount() > 0;
    for (int column = 0; column < OfferModel::ColumnCount; ++column) {
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), widestOfferColumn));
    }
}

void OffersPart::retranslate()
{
    setAccessibleName(tr("Offers"));
    m_table->setAccessibleName(tr("Offers"));
    m_viewLabel->setText(tr("Compare"));
    m_view->setAccessibleName(tr("Compare"));
    for (int i = 0; i < m_view->count(); ++i) {
        QString words;
        switch (OfferModel::View(m_view->itemData(i).toInt())) {
        case OfferModel::View::PerHour: words = tr("Price per hour"); break;
        case OfferModel::View::PerFp16TflopsHour: words = tr("Price per FP16 TFLOPS-hour"); break;
        case OfferModel::View::PerFp32TflopsHour: words = tr("Price per FP32 TFLOPS-hour"); break;
        case OfferModel::View::PerGbHour: words = tr("Price per GB-hour of GPU memory"); break;
        }
        m_view->setItemText(i, words);
    }
    m_filter->setPlaceholderText(tr("Find a provider, region or card"));
    m_filter->setAccessibleName(tr("Find an offer"));
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_add, tr("Add"));
    name(m_remove, tr("Remove"));
    name(m_import, tr("Import…"));
    name(m_export, tr("Export…"));
    m_note->setText(tr("Double-click or F2 changes a cell of your table; what sources say can only "
                       "be read. A clock marks prices that are older than 30 days."));
    m_model->retranslate();
    updateActions();
    fitColumns();
}

void OffersPart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

bool OffersPart::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete && m_remove->isEnabled()) {
        removeSelected();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui::catalog
