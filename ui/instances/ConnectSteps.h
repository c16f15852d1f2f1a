// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QLabel;
class QPushButton;

namespace ui {
class IconView;
class Label;
} // namespace ui

namespace ui::instances {

/// "Finding the address, connecting, checking the host, signing in": where a connection is, and
/// Cancel. Appears after 300 ms, so that a quick connection does not flicker.
class ConnectSteps final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectSteps(QWidget *parent = nullptr);
    void show(core::fleet::Instance::State state, const QString &address);
    /// Waiting for the next try: says when.
    void showWaiting(const QString &text);

Q_SIGNALS:
    void cancelled();
    void retryRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void render();

    struct Row
    {
        IconView *sign = nullptr;
        Label *text = nullptr;
    };
    std::array<Row, 4> m_rows;
    Label *m_title;
    Label *m_waiting;
    QWidget *m_column;
    QPushButton *m_cancel;
    QPushButton *m_retry;
    QTimer m_appear;
    int m_step = 0;
    QString m_address;
    QString m_waitingText;
};

} // namespace ui::instances
