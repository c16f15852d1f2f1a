// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/ProcessTable.h"
#include "core/processes/Processes.h"
#include "ui/processes/ProcessTableModel.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <optional>
#include <vector>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace core::fleet {
class Instance;
}

namespace ui {
class Banner;
class Label;
class TableView;
} // namespace ui

namespace ui::processes {

/// The Processes tab: all that runs on the instance, with what holds a GPU; ends what is chosen.
/// Asks the instance only while it is seen.
class ProcessesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ProcessesPage(QWidget *parent = nullptr);
    ~ProcessesPage() override;

    void setInstance(core::fleet::Instance *instance);
    /// Lists them now, and a second time soon after the first, for the load.
    void refresh();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildTools();
    void retranslate();
    void forget();
    void take(const core::probe::ProcessTable &table);
    void showError(const core::Error &error);
    void showRows();
    void showTools();
    void showState();
    void askEnd();
    void end(const std::vector<core::processes::ProcessId> &processes, const QString &words,
             const core::processes::EndProcesses::Options &options);
    void tellEnd(const core::processes::EndProcesses &operation, const QString &words, bool isKill);
    void openMenu(const QPoint &at);
    [[nodiscard]] std::vector<qint64> selected() const;

    QPointer<core::fleet::Instance> m_instance;
    ProcessTableModel *m_model;
    QLineEdit *m_filter;
    QCheckBox *m_onlyGpu;
    Label *m_count;
    Label *m_time;
    QToolButton *m_refresh;
    QPushButton *m_end;
    Banner *m_banner;
    QStackedWidget *m_stack;
    TableView *m_table;
    QWidget *m_skeleton;
    Label *m_nothing;
    Label *m_hint;
    QTimer m_next;
    QPointer<core::processes::ListProcesses> m_listing;
    QPointer<core::processes::EndProcesses> m_ending;
    std::optional<core::probe::ProcessTable> m_last;
    std::optional<core::probe::ProcessTable> m_before;
    std::vector<ProcessRow> m_rows; ///< all of them, filtered or not
    std::chrono::system_clock::time_point m_lastTime;
    bool m_hasHostPids = false;
    bool m_isErrorShown = false; ///< the banner tells of a listing that failed
};

} // namespace ui::processes
