// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;

namespace ui {
class Label;
}

namespace ui::settings {

class Settings;

/// Language and theme, applied at once; and what the program keeps where.
class SettingsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(Settings &settings, QWidget *parent = nullptr);
    void setSecretsInKeychain(bool inKeychain);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    Settings &m_settings;
    Label *m_title;
    Label *m_languageLabel;
    QComboBox *m_language;
    Label *m_themeLabel;
    QComboBox *m_theme;
    Label *m_privacyTitle;
    Label *m_privacy;
    bool m_inKeychain = true;
};

} // namespace ui::settings
