// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartGroup.h"
#include "ui/common/Describe.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QListView;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace core::fleet {
class TransferQueue;
struct QueuedTransfer;
} // namespace core::fleet

namespace ui {
class EmptyState;
class Label;
} // namespace ui

namespace ui::charts {
class TimeChart;
}

namespace ui::transfers {

class TransferDetails;
class TransferModel;

/// All copies of all instances: progress, speed, and what went wrong with a button that mends it.
class TransfersPage final : public QWidget
{
    Q_OBJECT

public:
    explicit TransfersPage(core::fleet::TransferQueue &queue, QWidget *parent = nullptr);
    ~TransfersPage() override;

    void select(qint64 id);
    /// Bytes a second; 0 = none.
    void setLimit(qint64 bytesPerSecond);

Q_SIGNALS:
    void limitChanged(qint64 bytesPerSecond);
    /// Connects it, and lets the user answer what it asks.
    void connectRequested(const QString &instanceId);
    void actionRequested(const QString &instanceId, ui::ErrorAction action);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTop(QBoxLayout *top);
    void buildList();
    void buildBottom(QBoxLayout *bottom);
    void follow();
    void retranslate();
    void retranslateLimits();
    void update();
    void updateButtons();
    void updateFilter();
    void updateSpeed();
    void toggle();
    void cancelOrRemove();
    void toTop();
    void openFolder();
    void showMenu(const QPoint &position);
    [[nodiscard]] const core::fleet::QueuedTransfer *current() const;
    [[nodiscard]] std::vector<const core::fleet::QueuedTransfer *> selected() const;

    core::fleet::TransferQueue &m_queue;
    TransferModel *m_model;
    charts::ChartGroup m_charts;
    QListView *m_list;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Label *m_title;
    Label *m_speed;
    charts::TimeChart *m_graph;
    QComboBox *m_filter;
    QComboBox *m_limit;
    QPushButton *m_pauseAll;
    QPushButton *m_cancelAll;
    TransferDetails *m_details;
    QPushButton *m_toggle;
    QPushButton *m_cancel;
    QToolButton *m_first;
    QToolButton *m_earlier;
    QToolButton *m_later;
    QPushButton *m_folder;
    QPushButton *m_clear;
    Label *m_notKept;
};

} // namespace ui::transfers
