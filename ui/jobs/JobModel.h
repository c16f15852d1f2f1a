// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobInfo.h"
#include "core/profiles/Profile.h"

#include <QAbstractTableModel>

namespace ui::jobs {

/// A job, or a screen or tmux session that was begun outside.
struct JobRow
{
    core::jobs::JobInfo job; ///< no id where it is a session
    QString session;         ///< its name
    QString tool;            ///< "screen", "tmux"
    QString state;           ///< as the tool says
    QByteArray attach;       ///< what shows it in a terminal

    [[nodiscard]] bool isSession() const { return job.id.isEmpty(); }
    [[nodiscard]] QByteArray key() const;
    bool operator==(const JobRow &) const = default;
};

class JobModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Exit, Ran, Cost, Gpu, Cpu, Started, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps what is selected: rows that stay are changed in place.
    void setRows(std::vector<JobRow> rows);
    [[nodiscard]] const std::vector<JobRow> &rows() const { return m_rows; }
    void setPrice(const std::optional<core::profiles::Price> &price);
    /// Since the rows were told; running times go on.
    void setAge(std::chrono::seconds age);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] std::optional<qint64> secondsOf(const JobRow &row) const;
    [[nodiscard]] std::optional<qint64> costOf(const JobRow &row) const;
    [[nodiscard]] QString text(const JobRow &row, int column) const;
    [[nodiscard]] QVariant sortValue(const JobRow &row, int column) const;

    std::vector<JobRow> m_rows;
    std::optional<core::profiles::Price> m_price;
    std::chrono::seconds m_age{0};
};

/// The rows of what an instance tells: jobs and guards, then sessions.
[[nodiscard]] std::vector<JobRow> rowsOf(const core::jobs::JobsOverview &overview);

} // namespace ui::jobs
