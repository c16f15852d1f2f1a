// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/TableSection.h"

#include "ui/common/Label.h"
#include "ui/common/TableView.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>
#include <QSortFilterProxyModel>

namespace ui::monitor {

TableSection::TableSection(QAbstractItemModel *model, int firstRows, QWidget *parent)
    : Card(parent)
    , m_table(new TableView)
    , m_hint(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_empty(new Label(TextStyle::Body, TextTone::Secondary))
    , m_all(new QPushButton)
    , m_firstRows(firstRows)
{
    m_hint->setWordWrap(true);
    m_hint->hide();
    m_empty->hide();
    setButtonKind(m_all, ButtonKind::Link);
    m_table->setSourceModel(model);
    m_table->setVisibleRows(firstRows);
    body()->addWidget(m_hint);
    body()->addWidget(m_table);
    body()->addWidget(m_empty);
    body()->addWidget(m_all, 0, Qt::AlignLeft);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_showAll = !m_showAll;
        updateRows();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &TableSection::updateRows);
    connect(model, &QAbstractItemModel::modelReset, this, &TableSection::updateRows);
    updateRows();
}

void TableSection::setHint(const QString &hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void TableSection::setEmptyText(const QString &text)
{
    m_empty->setText(text);
}

void TableSection::updateRows()
{
    const int rows = m_table->proxy()->sourceModel()->rowCount();
    m_table->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    m_all->setVisible(rows > m_firstRows);
    m_all->setText(m_showAll ? tr("Show fewer") : tr("Show all %n", nullptr, rows));
    m_table->setVisibleRows(m_showAll ? -1 : m_firstRows);
}

void TableSection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateRows();
    Card::changeEvent(event);
}

} // namespace ui::monitor
