// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/JobModel.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/TableView.h"
#include "ui/common/ToolTip.h"

#include <QGuiApplication>
#include <QPalette>

namespace ui::catalog {

using namespace core::catalog;

bool canTake(const JobEstimate &estimate)
{
    return estimate.cost && (estimate.verdict == JobEstimate::Verdict::Fits ||
                             estimate.verdict == JobEstimate::Verdict::MayNotFit);
}

namespace {

QString marked(const QString &text, const JobEstimate &estimate)
{
    //: Before what is estimated: "≈ ¥47.30"
    return estimate.isEstimate ? JobModel::tr("≈ %1").arg(text) : text;
}

bool isNumberColumn(int column)
{
    return column != JobModel::Card && column != JobModel::Place && column != JobModel::Why;
}

QString memoryText(const JobEstimate &estimate)
{
    const std::vector<int> sizes = estimate.row.card.possibleMemoryGb();
    if (sizes.empty())
        return format::absent();
    const QString least = format::count(sizes.front());
    return sizes.size() == 1 ? least : least + QStringLiteral("–") + format::count(sizes.back());
}

} // namespace

QString costText(const JobEstimate &estimate)
{
    return estimate.cost ? marked(moneyText(estimate.cost), estimate) : format::absent();
}

QString timeText(const JobEstimate &estimate)
{
    return estimate.time ? marked(format::duration(estimate.time->count()), estimate)
                         : format::absent();
}

JobModel::JobModel(Prices &prices, QObject *parent)
    : QAbstractTableModel(parent)
    , m_prices(prices)
{
    connect(&m_prices, &Prices::ownChanged, this, &JobModel::retranslate);
}

void JobModel::set(const Job &job, std::vector<JobEstimate> estimates)
{
    beginResetModel();
    m_job = job;
    m_estimates = std::move(estimates);
    endResetModel();
}

void JobModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_estimates.size());
}

int JobModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString JobModel::text(const JobEstimate &estimate, int column) const
{
    switch (column) {
    case Card: return estimate.row.offer.card;
    case Place: return placeText(estimate.row.offer);
    case Cost: return costText(estimate);
    case Time: return timeText(estimate);
    case Age: return ageText(estimate.row);
    case PerHour: return priceText(estimate.row.perHour);
    case GpuMemory: return memoryText(estimate);
    case Cores: return numberText(estimate.row.cores);
    case Memory: return numberText(estimate.row.memoryGb);
    case Why: return verdictText(estimate, m_job);
    default: return {};
    }
}

QVariant JobModel::sortValue(int row, int column) const
{
    const JobEstimate &estimate = m_estimates[std::size_t(row)];
    switch (column) {
    case Cost: return canTake(estimate) ? QVariant(row) : QVariant();
    case Time:
        return canTake(estimate) && estimate.time ? QVariant(qlonglong(estimate.time->count()))
                                                  : QVariant();
    case Age: return estimate.row.ageDays ? QVariant(*estimate.row.ageDays) : QVariant();
    case PerHour: return estimate.row.cnyPerHour;
    case Cores:
    case Memory: {
        const auto &amount = column == Cores ? estimate.row.cores : estimate.row.memoryGb;
        return amount ? QVariant(amount->millionths()) : QVariant();
    }
    case GpuMemory: {
        const std::vector<int> sizes = estimate.row.card.possibleMemoryGb();
        return sizes.empty() ? QVariant() : QVariant(sizes.front());
    }
    default: {
        const QString words = text(estimate, column);
        return words.isEmpty() ? QVariant() : words;
    }
    }
}

QString JobModel::toolTip(const JobEstimate &estimate, int column) const
{
    switch (column) {
    case Cost: {
        QStringList lines;
        if (estimate.gpuCost)
            lines.append(tr("With the GPU: %1").arg(moneyText(estimate.gpuCost)));
        if (m_job.setUpHours != Decimal())
            lines.append(estimate.setUpWithoutGpu
                             ? tr("Set-up in no-GPU mode: %1").arg(moneyText(estimate.setUpCost))
                             : tr("Set-up: %1").arg(moneyText(estimate.setUpCost)));
        return lines.join(u'\n');
    }
    case Time:
        return estimate.isEstimate
                   ? tr("Estimate: your hours, scaled by %1 alone").arg(figureName(m_job.figure))
                   : tr("The card you named");
    case Age:
    case PerHour: return ageSentence(estimate.row);
    case Why: return verdictText(estimate, m_job);
    default: {
        QStringList lines{ageSentence(estimate.row)};
        if (!estimate.row.offer.source.isEmpty())
            lines.append(tr("From %1").arg(estimate.row.offer.source));
        if (!estimate.row.offer.note.isEmpty())
            lines.append(estimate.row.offer.note);
        return lines.join(u'\n');
    }
    }
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const JobEstimate &estimate = m_estimates[std::size_t(index.row())];
    const int column = index.column();
    const bool isRight = isNumberColumn(column);
    switch (role) {
    case Qt::DisplayRole: return text(estimate, column);
    case sortRole: return sortValue(index.row(), column);
    case Qt::ToolTipRole: return plainToolTip(toolTip(estimate, column));
    case Qt::ForegroundRole:
        return canTake(estimate) ? QVariant()
                                 : QGuiApplication::palette().brush(QPalette::PlaceholderText);
    case Qt::TextAlignmentRole:
        return isRight ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                       : QVariant();
    case Qt::DecorationRole: {
        const GpuCard *card = estimate.row.card.best();
        if (column == Card && card && m_prices.isOwn(*card))
            return icon(Icon::Star, IconTone::Accent);
        if (column == Age && estimate.row.isOld)
            return icon(Icon::Clock, IconTone::Warn);
        if (column == Why && estimate.verdict == JobEstimate::Verdict::MayNotFit)
            return icon(Icon::Warning, IconTone::Warn);
        return {};
    }
    case Qt::AccessibleTextRole:
        return column == Age && estimate.row.isOld ? tr("%1, old").arg(ageText(estimate.row))
                                                   : QVariant();
    default: return {};
    }
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return isNumberColumn(section)
                   ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Card: return tr("Card");
    case Place: return tr("Where");
    case Cost: return tr("Cost");
    case Time: return tr("Time");
    case PerHour: return tr("Per hour");
    case GpuMemory: return tr("GPU memory, GB");
    //: CPU cores of all GPUs' shares together
    case Cores: return tr("Cores");
    case Memory: return tr("RAM, GB");
    //: How long ago a price was seen
    case Age: return tr("Age");
    case Why: return tr("To know");
    default: return {};
    }
}

} // namespace ui::catalog
