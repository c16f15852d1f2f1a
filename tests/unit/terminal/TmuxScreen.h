// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/Cell.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <utility>
#include <vector>

/// A cell as another program reports it.
struct ReportedCell
{
    QString text;
    core::terminal::Cell style; ///< colours and flags alone

    bool operator==(const ReportedCell &) const = default;
};

/// What tmux makes of the same bytes: a second terminal to compare with.
class TmuxScreen
{
public:
    TmuxScreen(int rows, int columns)
        : m_rows(rows)
        , m_columns(columns)
    {
    }
    ~TmuxScreen();

    [[nodiscard]] static bool isThere();
    /// Shows \a bytes; "" or what went wrong.
    [[nodiscard]] QString show(const QByteArray &bytes);
    /// Row by row, all columns.
    [[nodiscard]] const std::vector<std::vector<ReportedCell>> &cells() const { return m_cells; }
    /// Row and column of the cursor, from 0.
    [[nodiscard]] std::pair<int, int> cursor() const { return m_cursor; }

private:
    QByteArray tmux(const QStringList &arguments) const;
    void readCells(const QByteArray &captured);

    int m_rows;
    int m_columns;
    QTemporaryDir m_dir;
    std::vector<std::vector<ReportedCell>> m_cells;
    std::pair<int, int> m_cursor;
};
