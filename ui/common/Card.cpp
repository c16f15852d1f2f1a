// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Card.h"

#include "ui/common/Label.h"
#include "ui/common/StylePaint.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {

Card::Card(QWidget *parent)
    : QWidget(parent)
    , m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(space::l, space::m, space::l, space::m);
    m_body->setSpacing(space::s);
}

void Card::ensureTitleRow()
{
    if (m_titleRow)
        return;
    m_titleRow = new QWidget(this);
    m_titleLayout = new QHBoxLayout(m_titleRow);
    m_titleLayout->setContentsMargins(0, 0, 0, 0);
    m_titleLayout->setSpacing(space::s);
    m_title = new ElidedLabel(TextStyle::Strong);
    m_subtitle = new ElidedLabel(TextStyle::Body, TextTone::Secondary);
    m_subtitle->hide();
    m_titleLayout->addWidget(m_title);
    m_titleLayout->addWidget(m_subtitle, 1);
    m_titleLayout->addStretch();
    m_body->insertWidget(0, m_titleRow);
}

void Card::setTitle(const QString &title)
{
    ensureTitleRow();
    m_title->setText(title);
    setAccessibleName(title);
}

QString Card::title() const
{
    return m_title ? m_title->text() : QString();
}

void Card::setSubtitle(const QString &subtitle)
{
    ensureTitleRow();
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void Card::addToTitle(QWidget *widget)
{
    ensureTitleRow();
    m_titleLayout->addWidget(widget);
}

void Card::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paint::box(&painter, rect(), cardRadius, t.surface, t.line);
}

} // namespace ui
