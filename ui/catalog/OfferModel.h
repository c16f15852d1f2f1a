// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/Prices.h"

#include <QAbstractTableModel>

namespace ui::catalog {

/// The offers, a row each. Those of the user's own table are edited in place, each change through
/// the OfferStore; those of feeds are only read. A row that is being added stands at the end until
/// it has a provider, a card and a price.
class OfferModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Provider,
        Region,
        Card,
        Unit, ///< in what the view is by
        Age,  ///< beside the price, so that it is seen in narrow windows
        Price,
        MemberPrice,
        CurrencyCode,
        Cores,
        Memory,
        SystemDisk,
        DataDisk,
        Source,
        Note,
        ColumnCount
    };
    using View = core::catalog::OfferOrder;
    static constexpr int searchRole = Qt::UserRole + 101;

    explicit OfferModel(Prices &prices, QObject *parent = nullptr);

    void setView(View view);
    /// Begins a row. \returns its number.
    int addDraft();
    void dropDraft();
    [[nodiscard]] bool isDraft(int row) const { return m_draft && row == int(m_rows.size()); }
    /// In the user's own table.
    [[nodiscard]] bool isOwn(int row) const;
    [[nodiscard]] const core::catalog::OfferRow *at(int row) const;
    /// -1 = not there.
    [[nodiscard]] int rowOf(const core::catalog::Offer &offer) const;
    void refresh();
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    /// What was typed means nothing for its column.
    void misread(const QString &words);
    void refused(const core::Error &error);
    /// The row that was begun is in the table now.
    void added(const core::catalog::Offer &offer);

private:
    [[nodiscard]] QString text(const core::catalog::OfferRow &row, int column) const;
    [[nodiscard]] QVariant sortValue(const core::catalog::OfferRow &row, int column) const;
    [[nodiscard]] std::optional<double> unitPrice(const core::catalog::OfferRow &row) const;
    [[nodiscard]] static QString toolTip(const core::catalog::OfferRow &row, int column);
    [[nodiscard]] QVariant decoration(const core::catalog::OfferRow &row, int column) const;
    [[nodiscard]] QString draftText(int column) const;
    bool setDraft(int column, const QString &text);

    Prices &m_prices;
    View m_view = View::PerHour;
    std::vector<core::catalog::OfferRow> m_rows;
    int m_ownCount = 0; ///< the first of m_rows
    std::optional<core::catalog::Offer> m_draft;
};

/// What stands in \a column of an offer, to be edited.
[[nodiscard]] QString editText(const core::catalog::Offer &offer, int column);
/// Puts what was typed into it. \returns false for what means nothing there.
[[nodiscard]] bool edit(core::catalog::Offer &offer, int column, const QString &text, QDate today);

} // namespace ui::catalog
