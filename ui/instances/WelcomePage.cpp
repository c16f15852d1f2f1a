// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/WelcomePage.h"

#include "ui/common/IconView.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/instances/PasteField.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>

namespace ui::instances {

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
    , m_title(new Label(TextStyle::Display, TextTone::Primary, this))
    , m_text(new Label(TextStyle::Body, TextTone::Secondary, this))
    , m_field(new PasteField(this))
    , m_import(new QPushButton(this))
    , m_byHand(new QPushButton(this))
    , m_howTo(new QPushButton(this))
    , m_howToText(new Label(TextStyle::Body, TextTone::Secondary, this))
    , m_demo(new Label(TextStyle::Caption, TextTone::Secondary, this))
{
    setObjectName(QStringLiteral("welcomePage"));
    auto *logo = new IconView(72, this);
    logo->set(appIcon());
    for (QLabel *label : {m_title, m_text, m_demo}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
    }
    m_howToText->setWordWrap(true);
    m_howToText->hide();
    m_import->setObjectName(QStringLiteral("importSshConfig"));
    m_byHand->setObjectName(QStringLiteral("addByHand"));
    m_howTo->setObjectName(QStringLiteral("howToFind"));
    m_howTo->setCheckable(true);
    auto *links = new QHBoxLayout;
    links->addStretch(1);
    for (QPushButton *button : {m_import, m_byHand, m_howTo}) {
        setButtonKind(button, ButtonKind::Plain);
        links->addWidget(button);
    }
    links->addStretch(1);

    auto *column = new QWidget(this);
    column->setMaximumWidth(620);
    column->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *body = new QVBoxLayout(column);
    body->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    body->setSpacing(space::l);
    body->addWidget(logo, 0, Qt::AlignHCenter);
    body->addWidget(m_title);
    body->addWidget(m_text);
    body->addWidget(m_field);
    body->addLayout(links);
    body->addWidget(m_howToText);
    body->addWidget(m_demo);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(column, 100);
    across->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(across);
    layout->addStretch(3);

    connect(m_field, &PasteField::accepted, this, &WelcomePage::loginAccepted);
    connect(m_import, &QPushButton::clicked, this, &WelcomePage::importRequested);
    connect(m_byHand, &QPushButton::clicked, this, &WelcomePage::addByHandRequested);
    connect(m_howTo, &QPushButton::toggled, m_howToText, &QWidget::setVisible);
    retranslate();
}

void WelcomePage::setFirstStart(bool first)
{
    m_first = first;
    m_demo->setVisible(first);
    retranslate();
}

void WelcomePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void WelcomePage::retranslate()
{
    setAccessibleName(tr("Add an instance"));
    m_title->setText(m_first ? tr("Welcome to Danlu") : tr("Add an instance"));
    m_text->setText(tr("Paste the login command from your provider's console."));
    m_import->setText(tr("Import ~/.ssh/config"));
    m_byHand->setText(tr("Add by hand"));
    m_howTo->setText(tr("How to find the command"));
    m_howToText->setText(tr(
        "AutoDL: 控制台 → 容器实例 → the row of your running instance → copy “登录指令”, then copy "
        "“密码”. Both can be "
        "pasted here together.\nvast.ai and RunPod: “Connect” → the line that begins with “ssh”.\n"
        "Lab server: ssh user@address is enough."));
    m_demo->setText(
        tr("Nothing rented yet? Start scripts/run --demo to look at a simulated instance."));
}

} // namespace ui::instances
