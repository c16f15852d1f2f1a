// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace core::fleet {
class SshConfigKeeper;
}

namespace ui {
class Label;
}

namespace ui::settings {

class Settings;

/// Language, theme, how copies are made and what other programs know of the instances, applied at
/// once; and what the program keeps where.
class SettingsPage final : public QWidget
{
    Q_OBJECT

public:
    SettingsPage(Settings &settings, core::fleet::SshConfigKeeper &sshConfig,
                 QWidget *parent = nullptr);
    void setSecretsInKeychain(bool inKeychain);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildCopies(QGridLayout *grid);
    void retranslate();
    void retranslateCopies();

    Settings &m_settings;
    Label *m_title;
    Label *m_languageLabel;
    QComboBox *m_language;
    Label *m_themeLabel;
    QComboBox *m_theme;
    Label *m_editorLabel;
    QLineEdit *m_editor;
    Label *m_adviceLabel;
    QPushButton *m_advice;
    Label *m_copiesTitle;
    QCheckBox *m_verify;
    Label *m_linksLabel;
    QComboBox *m_links;
    Label *m_overwriteLabel;
    QComboBox *m_overwrite;
    Label *m_limitLabel;
    QDoubleSpinBox *m_limit;
    Label *m_parallelLabel;
    QSpinBox *m_parallel;
    Label *m_connectionsLabel;
    QSpinBox *m_connections;
    Label *m_privacyTitle;
    Label *m_privacy;
    bool m_inKeychain = true;
};

} // namespace ui::settings
