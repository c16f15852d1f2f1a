// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/ServiceCard.h"

#include "ui/common/Icons.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui::connections {

ServiceCard::ServiceCard(const char *name, QWidget *parent)
    : Card(parent)
    , m_name(QLatin1StringView(name))
    , m_words(new Label(TextStyle::Body, TextTone::Secondary))
    , m_command(new Label(TextStyle::Mono))
    , m_copy(new QPushButton)
    , m_button(new QPushButton)
{
    setObjectName(m_name + QStringLiteral("Card"));
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_command->setObjectName(m_name + QStringLiteral("Command"));
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy->setObjectName(m_name + QStringLiteral("Copy"));
    setButtonKind(m_copy, ButtonKind::Link);
    m_button->setObjectName(m_name + QStringLiteral("Open"));
    m_button->setIcon(icon(Icon::Globe, IconTone::Secondary));
    body()->addWidget(m_words);
    body()->addStretch(1);
    body()->addWidget(m_command);
    body()->addWidget(m_copy, 0, Qt::AlignLeft);
    body()->addWidget(m_button, 0, Qt::AlignLeft);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_isBusy)
            Q_EMIT cancelRequested();
        else
            Q_EMIT openRequested();
    });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    setCommand({});
}

void ServiceCard::setWords(const QString &title, const QString &words, const QString &button)
{
    setTitle(title);
    m_words->setText(words);
    m_open = button;
    m_copy->setText(tr("Copy command"));
    m_copy->setAccessibleName(tr("Copy command"));
    m_command->setAccessibleName(tr("Command that is run on the instance"));
    update();
}

void ServiceCard::addFolder(const QString &folder)
{
    m_folder = new QLineEdit(folder);
    m_folder->setObjectName(m_name + QStringLiteral("Folder"));
    m_folderName = new QLabel;
    m_folderName->setBuddy(m_folder);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addWidget(m_folderName);
    row->addWidget(m_folder, 1);
    body()->insertLayout(1, row);
}

void ServiceCard::setFolderWords(const QString &name)
{
    m_folderName->setText(name);
    m_folder->setAccessibleName(name);
}

QString ServiceCard::folder() const
{
    return m_folder ? m_folder->text().trimmed() : QString();
}

void ServiceCard::setFolder(const QString &folder)
{
    m_folder->setText(folder);
}

void ServiceCard::setCommand(const QString &command)
{
    m_command->setText(command);
    m_command->setVisible(!command.isEmpty());
    m_copy->setVisible(!command.isEmpty());
}

void ServiceCard::setBusy(bool busy)
{
    m_isBusy = busy;
    update();
}

void ServiceCard::setUsable(bool usable)
{
    m_isUsable = usable;
    update();
}

void ServiceCard::update()
{
    const QString text = m_isBusy ? tr("Cancel") : m_open;
    m_button->setText(text);
    m_button->setAccessibleName(m_isBusy ? text : text + QStringLiteral(": ") + title());
    m_button->setEnabled(m_isBusy || m_isUsable);
}

} // namespace ui::connections
