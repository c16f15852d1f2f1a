// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QPushButton;

namespace core::fleet {
class Instance;
}

namespace ui {
class Chip;
class ElidedLabel;
class Label;
} // namespace ui

namespace ui::instances {

/// Name, state, card, price, and the one button that connects or disconnects.
class InstanceHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit InstanceHeader(QWidget *parent = nullptr);
    void setInstance(core::fleet::Instance *instance);

Q_SIGNALS:
    void editRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void update();

    QPointer<core::fleet::Instance> m_instance;
    ElidedLabel *m_name;
    Chip *m_state;
    Label *m_duration;
    ElidedLabel *m_card;
    Label *m_price;
    QPushButton *m_edit;
    QPushButton *m_connect;
    QTimer m_clock; ///< for the duration, once a minute
};

} // namespace ui::instances
