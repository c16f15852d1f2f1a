// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/Prices.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace ui {
class EmptyState;
class Label;
class TableView;
} // namespace ui

namespace ui::catalog {

class OfferModel;

/// The offers: looked at per hour or per unit of work, edited in place, imported and exported.
class OffersPart final : public QWidget
{
    Q_OBJECT

public:
    explicit OffersPart(Prices &prices, QWidget *parent = nullptr);

Q_SIGNALS:
    void misread(const QString &words);
    /// \a path "" = Danlu's own files.
    void refused(const core::Error &error, const QString &path);
    void told(const QString &words);
    /// \a undo puts it back.
    void removed(const QString &words, const std::vector<core::catalog::Offer> &offers);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTable();
    QPushButton *addButton(const char *name);
    void add();
    void removeSelected();
    void askImport();
    void askExport();
    void importFrom(const QString &path);
    void updateActions();
    void fitColumns();
    void retranslate();
    [[nodiscard]] std::vector<int> selected() const;

    Prices &m_prices;
    OfferModel *m_model;
    TableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Label *m_viewLabel;
    QComboBox *m_view;
    QLineEdit *m_filter;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_import;
    QPushButton *m_export;
    Label *m_note;
    bool m_isFitted = false; ///< the columns, to what is in them
};

} // namespace ui::catalog
