// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/ProcessTable.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QPushButton;

namespace ui {
class Label;
}

namespace ui::processes {

/// "python (4242)", or "3 processes".
[[nodiscard]] QString processWords(const core::probe::ProcessTable &table,
                                   const std::vector<qint64> &pids);

/// Asks before processes are ended: which, with all that they started or without, and how. What
/// Danlu or anybody else is signed in with is warned of, and takes a tick more.
class EndDialog final : public QDialog
{
    Q_OBJECT

public:
    EndDialog(core::probe::ProcessTable table, std::vector<qint64> pids, QWidget *parent = nullptr);

Q_SIGNALS:
    /// \a kills: KILL instead of TERM.
    void confirmed(bool kills, bool tree);

private:
    void build();
    void showChoice();
    [[nodiscard]] std::vector<qint64> chosen() const;
    [[nodiscard]] QStringList dangers(const std::vector<qint64> &pids) const;

    const core::probe::ProcessTable m_table;
    const std::vector<qint64> m_pids;
    std::vector<qint64> m_below; ///< what they started
    QCheckBox *m_tree;
    Label *m_danger;
    QCheckBox *m_sure;
    Label *m_command;
    QPushButton *m_end = nullptr;
    QPushButton *m_kill = nullptr;
};

} // namespace ui::processes
