// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/OfferModel.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/TableView.h"
#include "ui/common/ToolTip.h"

#include <algorithm>

namespace ui::catalog {

using namespace core::catalog;

namespace {

bool isNumber(int column)
{
    return column == OfferModel::Price || column == OfferModel::MemberPrice ||
           column == OfferModel::Unit || column == OfferModel::Cores ||
           column == OfferModel::Memory || column == OfferModel::SystemDisk ||
           column == OfferModel::DataDisk || column == OfferModel::Age;
}

using Size = std::optional<Decimal> Offer::*;

/// The number that is in a column; null for other columns.
Size sizeOf(int column)
{
    switch (column) {
    case OfferModel::MemberPrice: return &Offer::memberPerGpuHour;
    case OfferModel::Cores: return &Offer::coresPerGpu;
    case OfferModel::Memory: return &Offer::memoryGbPerGpu;
    case OfferModel::SystemDisk: return &Offer::systemDiskGb;
    case OfferModel::DataDisk: return &Offer::dataDiskGb;
    default: return nullptr;
    }
}

QString orAbsent(const QString &text)
{
    return text.isEmpty() ? format::absent() : text;
}

} // namespace

QString editText(const Offer &offer, int column)
{
    if (const Size size = sizeOf(column))
        return (offer.*size) ? (offer.*size)->text() : QString();
    switch (column) {
    case OfferModel::Provider: return offer.provider;
    case OfferModel::Region: return offer.region;
    case OfferModel::Card: return offer.card;
    case OfferModel::Price: return offer.perGpuHour.perHour.text();
    case OfferModel::CurrencyCode: return core::currencyCode(offer.perGpuHour.currency);
    case OfferModel::Age: return offer.seenOn ? offer.seenOn->text() : QString();
    case OfferModel::Source: return offer.source;
    case OfferModel::Note: return offer.note;
    default: return {};
    }
}

bool edit(Offer &offer, int column, const QString &typed, QDate today)
{
    const QString text = typed.trimmed();
    if (const Size size = sizeOf(column)) {
        const auto number = Decimal::parse(text);
        const bool isPrice = column == OfferModel::MemberPrice;
        if ((!text.isEmpty() && !number) || (isPrice && number && *number > highestPrice))
            return false;
        offer.*size = number;
        return true;
    }
    switch (column) {
    case OfferModel::Provider: offer.provider = text; return true;
    case OfferModel::Region: offer.region = text; return true;
    case OfferModel::Card: offer.card = text; return true;
    case OfferModel::Source: offer.source = text; return true;
    case OfferModel::Note: offer.note = text; return true;
    case OfferModel::Price: {
        const auto price = Decimal::parse(text);
        if (!price || *price > highestPrice)
            return false;
        if (*price != offer.perGpuHour.perHour) {
            // The old source said the old price.
            offer.perGpuHour.perHour = *price;
            offer.seenOn = SeenOn::day(today);
            offer.source.clear();
        }
        return true;
    }
    case OfferModel::CurrencyCode: {
        const auto currency = core::currencyOf(text);
        if (currency)
            offer.perGpuHour.currency = *currency;
        return currency.has_value();
    }
    case OfferModel::Age: {
        const auto seen = SeenOn::parseTyped(text);
        if (!text.isEmpty() && !seen)
            return false;
        offer.seenOn = seen;
        return true;
    }
    default: return false;
    }
}

OfferModel::OfferModel(Prices &prices, QObject *parent)
    : QAbstractTableModel(parent)
    , m_prices(prices)
{
    connect(&m_prices, &Prices::changed, this, &OfferModel::refresh);
    refresh();
}

void OfferModel::refresh()
{
    std::vector<OfferRow> rows =
        offerRows(m_prices.offers(), m_prices.cards(), m_prices.options(), m_prices.today());
    const int ownCount = int(m_prices.store().offers().size());
    // A cell that was edited keeps its place: no reset for it.
    const bool isReset = rows.size() != m_rows.size() || ownCount != m_ownCount;
    if (isReset)
        beginResetModel();
    m_rows = std::move(rows);
    m_ownCount = ownCount;
    if (isReset)
        endResetModel();
    else
        retranslate();
}

void OfferModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void OfferModel::setView(View view)
{
    m_view = view;
    retranslate();
}

int OfferModel::addDraft()
{
    if (!m_draft) {
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size()));
        m_draft = Offer();
        m_draft->seenOn = SeenOn::day(m_prices.today());
        endInsertRows();
    }
    return int(m_rows.size());
}

void OfferModel::dropDraft()
{
    if (!m_draft)
        return;
    beginRemoveRows({}, int(m_rows.size()), int(m_rows.size()));
    m_draft.reset();
    endRemoveRows();
}

bool OfferModel::isOwn(int row) const
{
    return row >= 0 && row < m_ownCount;
}

const OfferRow *OfferModel::at(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[std::size_t(row)] : nullptr;
}

int OfferModel::rowOf(const Offer &offer) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const OfferRow &row) { return row.offer == offer; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int OfferModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size()) + (m_draft ? 1 : 0);
}

int OfferModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<double> OfferModel::unitPrice(const OfferRow &row) const
{
    switch (m_view) {
    case View::PerHour: return row.perHour.perHour.toDouble();
    case View::PerFp32TflopsHour: return row.perFp32TflopsHour;
    case View::PerFp16TflopsHour: return row.perFp16TflopsHour;
    case View::PerGbHour: return row.perGbHour;
    }
    return std::nullopt;
}

QString OfferModel::text(const OfferRow &row, int column) const
{
    const Offer &offer = row.offer;
    if (column == MemberPrice)
        return offer.memberPerGpuHour
                   ? priceText({*offer.memberPerGpuHour, offer.perGpuHour.currency})
                   : format::absent();
    if (const Size size = sizeOf(column))
        return numberText(offer.*size);
    switch (column) {
    case Card:
        return !offer.isNoGpu() && !row.card.isKnown() ? tr("%1 (unknown)").arg(offer.card)
               : offer.isNoGpu()                       ? tr("No GPU")
                                                       : offer.card;
    case Price: return priceText(offer.perGpuHour);
    case Unit:
        return m_view == View::PerHour ? priceText(row.perHour)
                                       : unitPriceText(unitPrice(row), row.perHour.currency);
    case Age: return ageText(row);
    default: return orAbsent(editText(offer, column));
    }
}

QVariant OfferModel::sortValue(const OfferRow &row, int column) const
{
    const Offer &offer = row.offer;
    if (column == Unit) {
        // The no-GPU mode does no work: after all that does.
        const auto price = offer.isNoGpu() ? std::nullopt : unitPrice(row);
        if (!price)
            return {};
        const double hour = row.perHour.perHour.toDouble();
        return hour > 0 ? *price * row.cnyPerHour / hour : 0.0; // one currency for all
    }
    if (column == Price || column == MemberPrice) {
        const auto price =
            column == Price ? std::optional(offer.perGpuHour.perHour) : offer.memberPerGpuHour;
        if (!price)
            return {};
        const auto cny = converted({*price, offer.perGpuHour.currency}, core::Currency::Cny,
                                   m_prices.options().rate);
        return cny ? QVariant(cny->perHour.millionths()) : QVariant();
    }
    if (const Size size = sizeOf(column))
        return (offer.*size) ? QVariant((offer.*size)->millionths()) : QVariant();
    if (column == Age)
        return row.ageDays ? QVariant(*row.ageDays) : QVariant();
    const QString text = editText(offer, column);
    return text.isEmpty() ? QVariant() : text;
}

QString OfferModel::toolTip(const OfferRow &row, int column)
{
    const Offer &offer = row.offer;
    QStringList lines;
    if (column == Age)
        lines.append(ageSentence(row));
    if (column == Price || column == Unit) {
        lines.append(tr("%1 %2 per GPU-hour")
                         .arg(offer.perGpuHour.perHour.text(2),
                              core::currencyCode(offer.perGpuHour.currency)));
        if (column == Unit && row.isMemberPrice)
            lines.append(row.isMemberEstimate ? tr("With your membership's percentage")
                                              : tr("The member price"));
    }
    if (!offer.source.isEmpty())
        lines.append(tr("From %1").arg(offer.source));
    if (!offer.note.isEmpty())
        lines.append(offer.note);
    return lines.join(u'\n');
}

QVariant OfferModel::decoration(const OfferRow &row, int column) const
{
    if (column == Age && row.isOld)
        return icon(Icon::Clock, IconTone::Warn);
    const GpuCard *card = row.card.best();
    if (column == Card && card && m_prices.isOwn(*card))
        return icon(Icon::Star, IconTone::Accent);
    return {};
}

QString OfferModel::draftText(int column) const
{
    if (column == Price && m_draft->perGpuHour.perHour == Decimal())
        return {};
    return editText(*m_draft, column);
}

QVariant OfferModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return isNumber(column)
                   ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant();
    if (isDraft(index.row())) {
        if (role == Qt::EditRole || role == Qt::DisplayRole)
            return draftText(column);
        if (role == Qt::ToolTipRole)
            return tr("A new row: it is kept when it has a provider, a card and a price.");
        if (role == searchRole) // found whatever is searched
            return QString();
        return role == Qt::DecorationRole && column == Provider ? icon(Icon::Add, IconTone::Accent)
                                                                : QVariant();
    }
    const OfferRow &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::EditRole: return editText(row.offer, column);
    case sortRole: return sortValue(row, column);
    case searchRole:
        return QString(row.offer.provider + u' ' + row.offer.region + u' ' + row.offer.card + u' ' +
                       (row.card.best() ? row.card.best()->name : QString()));
    case Qt::ToolTipRole: return plainToolTip(toolTip(row, column));
    case Qt::DecorationRole: return decoration(row, column);
    case Qt::AccessibleTextRole:
        return column == Age && row.isOld ? tr("%1, old").arg(ageText(row)) : QVariant();
    default: return {};
    }
}

QVariant OfferModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return isNumber(section)
                   ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Provider: return tr("Provider");
    case Region: return tr("Region");
    case Card: return tr("Card");
    //: A price for one GPU and one hour
    case Price: return tr("Per GPU-hour");
    case MemberPrice: return tr("Member price");
    case CurrencyCode: return tr("Currency");
    case Unit:
        switch (m_view) {
        case View::PerHour: return tr("You pay per hour");
        case View::PerFp32TflopsHour: return tr("Per FP32 TFLOPS-hour");
        case View::PerFp16TflopsHour: return tr("Per FP16 TFLOPS-hour");
        case View::PerGbHour: return tr("Per GB-hour");
        }
        return {};
    case Cores: return tr("Cores");
    case Memory: return tr("RAM, GB");
    case SystemDisk: return tr("System disk, GB");
    case DataDisk: return tr("Data disk, GB");
    //: How long ago a price was seen
    case Age: return tr("Age");
    case Source: return tr("Source");
    case Note: return tr("Note");
    default: return {};
    }
}

Qt::ItemFlags OfferModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() != Unit && (isOwn(index.row()) || isDraft(index.row())))
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool OfferModel::setDraft(int column, const QString &text)
{
    if (!edit(*m_draft, column, text, m_prices.today())) {
        Q_EMIT misread(tr("“%1” means nothing here").arg(text.left(40)));
        return false;
    }
    const int row = int(m_rows.size());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    const bool isWhole = !m_draft->provider.isEmpty() && !m_draft->card.isEmpty() &&
                         m_draft->perGpuHour.perHour != Decimal();
    if (!isWhole)
        return true;
    const Offer offer = *m_draft;
    dropDraft();
    if (const core::Result<> done = m_prices.store().add(offer); !done) {
        const int again = addDraft();
        m_draft = offer;
        Q_EMIT dataChanged(index(again, 0), index(again, ColumnCount - 1));
        Q_EMIT refused(done.error());
        return false;
    }
    Q_EMIT added(offer);
    return true;
}

bool OfferModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const QString text = value.toString();
    if (isDraft(index.row()))
        return setDraft(index.column(), text);
    const Offer before = m_rows[std::size_t(index.row())].offer;
    Offer after = before;
    if (!edit(after, index.column(), text, m_prices.today())) {
        Q_EMIT misread(tr("“%1” means nothing here").arg(text.left(40)));
        return false;
    }
    if (after == before)
        return true;
    if (const core::Result<> done = m_prices.store().replace(before, after); !done) {
        Q_EMIT refused(done.error());
        return false;
    }
    return true;
}

} // namespace ui::catalog
