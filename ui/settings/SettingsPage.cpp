// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SettingsPage.h"

#include "ui/common/Card.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/settings/Settings.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QSpinBox>

namespace ui::settings {

SettingsPage::SettingsPage(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_title(new Label(TextStyle::Display, TextTone::Primary, this))
    , m_languageLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_language(new QComboBox)
    , m_themeLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_theme(new QComboBox)
    , m_copiesTitle(new Label(TextStyle::Title, TextTone::Primary))
    , m_verify(new QCheckBox)
    , m_linksLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_links(new QComboBox)
    , m_parallelLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_parallel(new QSpinBox)
    , m_privacyTitle(new Label(TextStyle::Title, TextTone::Primary))
    , m_privacy(new Label(TextStyle::Body, TextTone::Secondary))
{
    setObjectName(QStringLiteral("settingsPage"));
    m_language->setObjectName(QStringLiteral("settingsLanguage"));
    m_theme->setObjectName(QStringLiteral("settingsTheme"));
    m_language->addItem(QString(), QString());
    // Each language in its own words, so that one who is lost finds home.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    for (const char *theme : {"system", "light", "dark"})
        m_theme->addItem(QString(), QString::fromLatin1(theme));
    m_verify->setObjectName(QStringLiteral("settingsVerify"));
    m_links->setObjectName(QStringLiteral("settingsLinks"));
    for (const char *links : {"copy", "follow", "skip"})
        m_links->addItem(QString(), QString::fromLatin1(links));
    m_parallel->setObjectName(QStringLiteral("settingsParallel"));
    m_parallel->setRange(1, 8);
    m_privacy->setWordWrap(true);

    auto *look = new Card;
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::xl);
    grid->setVerticalSpacing(space::m);
    grid->addWidget(m_languageLabel, 0, 0);
    grid->addWidget(m_language, 0, 1);
    grid->addWidget(m_themeLabel, 1, 0);
    grid->addWidget(m_theme, 1, 1);
    grid->setColumnStretch(2, 1);
    look->body()->addLayout(grid);
    auto *copies = new Card;
    auto *copyGrid = new QGridLayout;
    copyGrid->setHorizontalSpacing(space::xl);
    copyGrid->setVerticalSpacing(space::m);
    copyGrid->addWidget(m_verify, 0, 0, 1, 3);
    copyGrid->addWidget(m_linksLabel, 1, 0);
    copyGrid->addWidget(m_links, 1, 1);
    copyGrid->addWidget(m_parallelLabel, 2, 0);
    copyGrid->addWidget(m_parallel, 2, 1);
    copyGrid->setColumnStretch(2, 1);
    copies->body()->addWidget(m_copiesTitle);
    copies->body()->addLayout(copyGrid);
    auto *privacy = new Card;
    privacy->body()->addWidget(m_privacyTitle);
    privacy->body()->addWidget(m_privacy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    layout->setSpacing(space::l);
    layout->addWidget(m_title);
    layout->addWidget(look);
    layout->addWidget(copies);
    layout->addWidget(privacy);
    layout->addStretch(1);

    retranslate();
    m_language->setCurrentIndex(std::max(0, m_language->findData(settings.language())));
    m_theme->setCurrentIndex(std::max(0, m_theme->findData(settings.theme())));
    connect(m_language, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setLanguage(m_language->currentData().toString()); });
    m_verify->setChecked(settings.verifiesCopies());
    m_links->setCurrentIndex(std::max(0, m_links->findData(settings.links())));
    m_parallel->setValue(settings.parallelCopies());
    connect(m_verify, &QCheckBox::toggled, &m_settings, &Settings::setVerifiesCopies);
    connect(m_links, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setLinks(m_links->currentData().toString()); });
    connect(m_parallel, &QSpinBox::valueChanged, &m_settings, &Settings::setParallelCopies);
    connect(m_theme, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setTheme(m_theme->currentData().toString()); });
}

void SettingsPage::setSecretsInKeychain(bool inKeychain)
{
    m_inKeychain = inKeychain;
    retranslate();
}

void SettingsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void SettingsPage::retranslate()
{
    setAccessibleName(tr("Settings"));
    m_title->setText(tr("Settings"));
    m_languageLabel->setText(tr("Language"));
    m_language->setAccessibleName(tr("Language"));
    m_language->setItemText(0, tr("System language"));
    m_themeLabel->setText(tr("Theme"));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->setItemText(0, tr("As the system"));
    m_theme->setItemText(1, tr("Light"));
    m_theme->setItemText(2, tr("Dark"));
    m_copiesTitle->setText(tr("Copying files"));
    m_verify->setText(tr("Compare SHA-256 of every file afterwards"));
    m_verify->setAccessibleName(m_verify->text());
    m_linksLabel->setText(tr("Symbolic links"));
    m_links->setAccessibleName(tr("Symbolic links"));
    m_links->setItemText(0, tr("Copy as links inside the folder"));
    m_links->setItemText(1, tr("Copy what they lead to"));
    m_links->setItemText(2, tr("Leave out"));
    m_parallelLabel->setText(tr("Copies at one time for an instance"));
    m_parallel->setAccessibleName(tr("Copies at one time for an instance"));
    m_privacyTitle->setText(tr("What stays where"));
    const QString secrets =
        m_inKeychain
            ? tr("Passwords and passphrases are kept in the system's keychain, never in a file.")
            : tr("This system has no keychain service, so passwords are kept until Danlu ends "
                 "and then asked for again. They are never written to a file.");
    m_privacy->setText(secrets + u'\n' +
                       tr("Danlu has no account and no telemetry: it talks to your instances and "
                          "to nobody else."));
}

} // namespace ui::settings
