// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SettingsPage.h"

#include "ui/common/Card.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/settings/NotificationsCard.h"
#include "ui/settings/Settings.h"
#include "ui/settings/SshConfigCard.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>

#include <cmath>

namespace ui::settings {

namespace {

constexpr double megabyte = 1024.0 * 1024;

} // namespace

SettingsPage::SettingsPage(Settings &settings, core::fleet::SshConfigKeeper &sshConfig,
                           QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_title(new Label(TextStyle::Display, TextTone::Primary, this))
    , m_languageLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_language(new QComboBox)
    , m_themeLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_theme(new QComboBox)
    , m_editorLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_editor(new QLineEdit)
    , m_adviceLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_advice(new QPushButton)
    , m_copiesTitle(new Label(TextStyle::Title, TextTone::Primary))
    , m_verify(new QCheckBox)
    , m_linksLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_links(new QComboBox)
    , m_overwriteLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_overwrite(new QComboBox)
    , m_limitLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_limit(new QDoubleSpinBox)
    , m_parallelLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_parallel(new QSpinBox)
    , m_connectionsLabel(new Label(TextStyle::Body, TextTone::Primary))
    , m_connections(new QSpinBox)
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
    m_editor->setObjectName(QStringLiteral("settingsEditor"));
    m_editor->setMinimumWidth(280);
    m_editor->setText(settings.editor());
    connect(m_editor, &QLineEdit::editingFinished, this,
            [this] { m_settings.setEditor(m_editor->text().trimmed()); });
    m_advice->setObjectName(QStringLiteral("settingsRestoreAdvice"));
    connect(m_advice, &QPushButton::clicked, &m_settings, &Settings::restoreAdvice);
    const auto showAdvice = [this] { m_advice->setEnabled(m_settings.hasSilencedAdvice()); };
    connect(&m_settings, &Settings::adviceChanged, this, showAdvice);
    showAdvice();
    m_privacy->setWordWrap(true);

    auto *look = new Card;
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::xl);
    grid->setVerticalSpacing(space::m);
    grid->addWidget(m_languageLabel, 0, 0);
    grid->addWidget(m_language, 0, 1);
    grid->addWidget(m_themeLabel, 1, 0);
    grid->addWidget(m_theme, 1, 1);
    grid->addWidget(m_editorLabel, 2, 0);
    grid->addWidget(m_editor, 2, 1);
    grid->addWidget(m_adviceLabel, 3, 0);
    grid->addWidget(m_advice, 3, 1, Qt::AlignLeft);
    grid->setColumnStretch(2, 1);
    look->body()->addLayout(grid);
    auto *copies = new Card;
    auto *copyGrid = new QGridLayout;
    copyGrid->setHorizontalSpacing(space::xl);
    copyGrid->setVerticalSpacing(space::m);
    buildCopies(copyGrid);
    copies->body()->addWidget(m_copiesTitle);
    copies->body()->addLayout(copyGrid);
    auto *privacy = new Card;
    privacy->body()->addWidget(m_privacyTitle);
    privacy->body()->addWidget(m_privacy);
    auto *content = new QWidget;
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    layout->setSpacing(space::l);
    layout->addWidget(m_title);
    layout->addWidget(look);
    layout->addWidget(copies);
    layout->addWidget(new NotificationsCard(settings));
    layout->addWidget(new SshConfigCard(sshConfig));
    layout->addWidget(privacy);
    layout->addStretch(1);

    retranslate();
    m_language->setCurrentIndex(std::max(0, m_language->findData(settings.language())));
    m_theme->setCurrentIndex(std::max(0, m_theme->findData(settings.theme())));
    connect(m_language, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setLanguage(m_language->currentData().toString()); });
    connect(m_theme, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setTheme(m_theme->currentData().toString()); });
}

void SettingsPage::buildCopies(QGridLayout *grid)
{
    m_verify->setObjectName(QStringLiteral("settingsVerify"));
    m_verify->setChecked(m_settings.verifiesCopies());
    grid->addWidget(m_verify, 0, 0, 1, 3);
    int row = 0;
    const auto add = [&](Label *label, QWidget *field, const char *name) {
        field->setObjectName(QLatin1StringView(name));
        label->setBuddy(field);
        grid->addWidget(label, ++row, 0);
        grid->addWidget(field, row, 1);
    };
    add(m_overwriteLabel, m_overwrite, "settingsOverwrite");
    add(m_linksLabel, m_links, "settingsLinks");
    add(m_limitLabel, m_limit, "settingsLimit");
    add(m_parallelLabel, m_parallel, "settingsParallel");
    add(m_connectionsLabel, m_connections, "settingsConnections");
    grid->setColumnStretch(2, 1);
    for (const char *overwrite : {"ask", "skip", "newer", "always"})
        m_overwrite->addItem(QString(), QString::fromLatin1(overwrite));
    for (const char *links : {"copy", "follow", "skip"})
        m_links->addItem(QString(), QString::fromLatin1(links));
    m_limit->setRange(0, 10000);
    m_limit->setDecimals(1);
    m_parallel->setRange(1, 8);
    m_connections->setRange(1, 8);
    const auto showLimit = [this] {
        const QSignalBlocker quiet(m_limit);
        m_limit->setValue(double(m_settings.copyLimit()) / megabyte);
    };
    showLimit();
    m_overwrite->setCurrentIndex(std::max(0, m_overwrite->findData(m_settings.overwrite())));
    m_links->setCurrentIndex(std::max(0, m_links->findData(m_settings.links())));
    m_parallel->setValue(m_settings.parallelCopies());
    m_connections->setValue(m_settings.copyConnections());
    connect(m_verify, &QCheckBox::toggled, &m_settings, &Settings::setVerifiesCopies);
    connect(m_overwrite, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setOverwrite(m_overwrite->currentData().toString()); });
    connect(m_links, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setLinks(m_links->currentData().toString()); });
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, [this](double megabytes) {
        m_settings.setCopyLimit(std::llround(megabytes * megabyte));
    });
    connect(m_parallel, &QSpinBox::valueChanged, &m_settings, &Settings::setParallelCopies);
    connect(m_connections, &QSpinBox::valueChanged, &m_settings, &Settings::setCopyConnections);
    // The Transfers page sets it too.
    connect(&m_settings, &Settings::copiesChanged, this, showLimit);
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
    m_editorLabel->setText(tr("Text editor for remote files"));
    m_editor->setAccessibleName(tr("Text editor for remote files"));
    m_editor->setPlaceholderText(tr("The system's text editor"));
    m_adviceLabel->setText(tr("Advice answered with “Not again”"));
    m_advice->setText(tr("Give it again"));
    m_advice->setAccessibleName(tr("Give advice again that was answered with “Not again”"));
    retranslateCopies();
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

void SettingsPage::retranslateCopies()
{
    const auto name = [](Label *label, QWidget *field, const QString &text) {
        label->setText(text);
        field->setAccessibleName(text);
    };
    m_copiesTitle->setText(tr("Copying files"));
    m_verify->setText(tr("Compare SHA-256 of every file afterwards"));
    m_verify->setAccessibleName(m_verify->text());
    name(m_overwriteLabel, m_overwrite, tr("A different file has the name already"));
    m_overwrite->setItemText(0, tr("Ask each time"));
    m_overwrite->setItemText(1, tr("Leave it as it is"));
    m_overwrite->setItemText(2, tr("Replace it where the new one is newer"));
    m_overwrite->setItemText(3, tr("Replace it"));
    name(m_linksLabel, m_links, tr("Symbolic links"));
    m_links->setItemText(0, tr("Copy as links inside the folder"));
    m_links->setItemText(1, tr("Copy what they lead to"));
    m_links->setItemText(2, tr("Leave out"));
    name(m_limitLabel, m_limit, tr("Speed limit of all copies together"));
    m_limit->setSpecialValueText(tr("None"));
    //: After a number in a field: megabytes a second
    m_limit->setSuffix(tr(" MB/s"));
    name(m_parallelLabel, m_parallel, tr("Copies at one time for an instance"));
    name(m_connectionsLabel, m_connections, tr("Connections for a copy of large files"));
}

} // namespace ui::settings
