// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QListView;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace core {
struct Error;
}
namespace core::fleet {
class TransferQueue;
struct QueuedTransfer;
} // namespace core::fleet

namespace ui {
class Banner;
class EmptyState;
class Label;
} // namespace ui

namespace ui::charts {
class Sparkline;
}

namespace ui::transfers {

class TransferModel;

/// All copies of all instances: progress, speed, and what went wrong with a button that mends it.
class TransfersPage final : public QWidget
{
    Q_OBJECT

public:
    explicit TransfersPage(core::fleet::TransferQueue &queue, QWidget *parent = nullptr);

    void select(qint64 id);
    /// Bytes a second; 0 = none.
    void setLimit(qint64 bytesPerSecond);

Q_SIGNALS:
    void limitChanged(qint64 bytesPerSecond);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void retranslate();
    void update();
    void updateProblem();
    void updateSpeed();
    void showMenu(const QPoint &position);
    [[nodiscard]] const core::fleet::QueuedTransfer *current() const;

    core::fleet::TransferQueue &m_queue;
    TransferModel *m_model;
    QListView *m_list;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Label *m_title;
    Label *m_speed;
    charts::Sparkline *m_graph;
    QComboBox *m_limit;
    QPushButton *m_toggle;
    QPushButton *m_cancel;
    QToolButton *m_earlier;
    QToolButton *m_later;
    QPushButton *m_clear;
    QPushButton *m_pauseAll;
    Banner *m_problem;
    QPlainTextEdit *m_failures;
    qint64 m_problemOf = 0; ///< whose problem is shown, so that it is not made anew each tick
    int m_problemStatus = -1;
};

} // namespace ui::transfers
