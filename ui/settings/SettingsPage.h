// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace ui {
class Label;
}

namespace ui::settings {

class Settings;

/// Language, theme and how copies are made, applied at once; and what the program keeps where.
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
    Label *m_copiesTitle;
    QCheckBox *m_verify;
    Label *m_linksLabel;
    QComboBox *m_links;
    Label *m_parallelLabel;
    QSpinBox *m_parallel;
    Label *m_privacyTitle;
    Label *m_privacy;
    bool m_inKeychain = true;
};

} // namespace ui::settings
