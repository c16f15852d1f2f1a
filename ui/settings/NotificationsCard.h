// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Card.h"

class QCheckBox;
class QSpinBox;
class QTimeEdit;

namespace ui {
class Label;
}

namespace ui::settings {

class Settings;

/// What may pop up, and when not.
class NotificationsCard final : public Card
{
    Q_OBJECT

public:
    explicit NotificationsCard(Settings &settings, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void store();
    void showSettings();

    Settings &m_settings;
    Label *m_heading;
    QCheckBox *m_on;
    QCheckBox *m_tray;
    QCheckBox *m_quiet;
    QTimeEdit *m_from;
    Label *m_toWord;
    QTimeEdit *m_to;
    Label *m_idleWord;
    QSpinBox *m_idle;
    Label *m_words;
};

} // namespace ui::settings
