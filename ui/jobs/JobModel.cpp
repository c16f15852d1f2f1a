// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/JobModel.h"

#include "core/cost/CostReport.h"
#include "core/jobs/JobBackend.h"
#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/common/ToolTip.h"
#include "ui/jobs/JobWords.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace ui::jobs {

using core::jobs::InstanceTime;
using core::jobs::JobInfo;
using core::jobs::JobState;

QByteArray JobRow::key() const
{
    return isSession() ? tool.toUtf8() + ' ' + attach : job.id;
}

std::vector<JobRow> rowsOf(const core::jobs::JobsOverview &overview)
{
    std::vector<JobRow> rows;
    for (const JobInfo &job : overview.jobs)
        rows.push_back({job, {}, {}, {}, {}});
    for (const core::probe::ScreenSession &one : overview.screens.sessions)
        rows.push_back(
            {{}, one.name, QStringLiteral("screen"), one.state, core::jobs::attachText(one)});
    for (const core::probe::TmuxSession &one : overview.tmux.sessions)
        rows.push_back({{},
                        one.name,
                        QStringLiteral("tmux"),
                        one.attached ? QStringLiteral("attached") : QString(),
                        core::jobs::attachText(one)});
    return rows;
}

void JobModel::setRows(std::vector<JobRow> rows)
{
    if (rows == m_rows)
        return;
    const bool sameKeys =
        std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                   [](const JobRow &a, const JobRow &b) { return a.key() == b.key(); });
    if (sameKeys) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    const auto has = [](const std::vector<JobRow> &all, const QByteArray &key) {
        return std::any_of(all.begin(), all.end(),
                           [&key](const JobRow &row) { return row.key() == key; });
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (has(rows, m_rows[std::size_t(row)].key()))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    // New ones where they belong; what stays keeps its order.
    for (std::size_t at = 0; at < rows.size(); ++at) {
        if (at < m_rows.size() && m_rows[at].key() == rows[at].key())
            continue;
        if (has(m_rows, rows[at].key())) { // another order than before: rare
            beginResetModel();
            m_rows = std::move(rows);
            endResetModel();
            return;
        }
        beginInsertRows({}, int(at), int(at));
        m_rows.insert(m_rows.begin() + qsizetype(at), rows[at]);
        endInsertRows();
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void JobModel::setPrice(const std::optional<core::profiles::Price> &price)
{
    if (price == m_price)
        return;
    m_price = price;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Cost), index(rowCount() - 1, Cost));
}

void JobModel::setAge(std::chrono::seconds age)
{
    m_age = age;
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[std::size_t(row)].job.state == JobState::Running &&
            !m_rows[std::size_t(row)].isSession())
            Q_EMIT dataChanged(index(row, Ran), index(row, Cost));
    }
}

void JobModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int JobModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<qint64> JobModel::secondsOf(const JobRow &row) const
{
    if (row.isSession() || !row.job.ran)
        return std::nullopt;
    const auto goesOn = row.job.state == JobState::Running ? m_age : std::chrono::seconds(0);
    return qint64((*row.job.ran + goesOn).count());
}

std::optional<qint64> JobModel::costOf(const JobRow &row) const
{
    const auto seconds = secondsOf(row);
    if (!seconds || !m_price || row.job.guard)
        return std::nullopt;
    const core::HourlyRate rate{m_price->tenThousandths};
    return rate.isUsable() ? std::optional(core::cost::costOf(rate, *seconds * 1000).minor)
                           : std::nullopt;
}

QString JobModel::text(const JobRow &row, int column) const
{
    const JobInfo &job = row.job;
    if (row.isSession()) {
        switch (column) {
        case Name: return row.session;
        //: %1 is "screen" or "tmux"
        case State: return tr("%1, begun outside").arg(row.tool);
        default: return format::absent();
        }
    }
    switch (column) {
    case Name: return titleOf(job);
    case State: return stateText(job);
    case Exit: return job.exitCode ? QString::number(*job.exitCode) : format::absent();
    case Ran: return format::duration(secondsOf(row));
    case Cost: return m_price ? format::money(costOf(row), m_price->currency) : format::absent();
    case Gpu: return format::percent(job.guard ? std::nullopt : job.gpuPercent);
    case Cpu: return format::percent(job.guard ? std::nullopt : job.cpuPercent);
    case Started:
        return job.began ? format::dateTime(std::chrono::system_clock::time_point(*job.began))
                         : format::absent();
    default: return {};
    }
}

QVariant JobModel::sortValue(const JobRow &row, int column) const
{
    const auto valueOf = [](const auto &value) {
        return value ? QVariant::fromValue(*value) : QVariant();
    };
    switch (column) {
    case Exit: return row.isSession() ? QVariant() : valueOf(row.job.exitCode);
    case Ran: return valueOf(secondsOf(row));
    case Cost: return valueOf(costOf(row));
    case Gpu: return valueOf(row.job.gpuPercent);
    case Cpu: return valueOf(row.job.cpuPercent);
    case Started:
        // Waiting ones have no time yet and are the newest; sessions come last.
        if (row.isSession())
            return {};
        return row.job.began ? qint64(row.job.began->time_since_epoch().count())
                             : std::numeric_limits<qint64>::max();
    default: return text(row, column);
    }
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const JobRow &row = m_rows[std::size_t(index.row())];
    const int column = index.column();
    const bool isFigure =
        column == Exit || column == Ran || column == Cost || column == Gpu || column == Cpu;
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case sortRole: return sortValue(row, column);
    case Qt::TextAlignmentRole:
        if (isFigure)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case Qt::DecorationRole:
        if (column == State)
            return row.isSession() ? icon(Icon::Terminal, IconTone::Secondary) : stateIcon(row.job);
        return {};
    case Qt::ToolTipRole:
        if (column == Name)
            return plainToolTip(row.isSession() ? QString::fromUtf8(row.attach)
                                                : QString::fromUtf8(row.job.spec.command));
        if (column == Gpu)
            return tr("The busiest GPU of the instance, on average while it ran");
        if (column == Cpu)
            return tr("The instance's CPU on average while it ran; 100 % is one core");
        if (column == State && !row.isSession())
            return plainToolTip(exitText(row.job));
        return {};
    case Qt::ForegroundRole:
        if (row.isSession() && column != Name)
            return QGuiApplication::palette().placeholderText();
        return {};
    default: return {};
    }
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= Exit && section <= Cpu ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Job");
    case State: return tr("State");
    //: Column: the exit code
    case Exit: return tr("Exit");
    //: Column: how long it ran
    case Ran: return tr("Time");
    //: Column: what it cost so far
    case Cost: return tr("Cost");
    case Gpu: return tr("GPU");
    case Cpu: return tr("CPU");
    case Started: return tr("Started");
    default: return {};
    }
}

} // namespace ui::jobs
