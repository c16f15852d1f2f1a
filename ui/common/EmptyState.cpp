// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/EmptyState.h"

#include "ui/common/IconView.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int columnWidth = 440;

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_sign(new IconView(48, this))
    , m_title(new Label(TextStyle::Title, TextTone::Primary, this))
    , m_text(new Label(TextStyle::Body, TextTone::Secondary, this))
    , m_body(new QVBoxLayout)
{
    for (QLabel *label : {m_title, m_text}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
    }
    auto *column = new QWidget(this);
    column->setMaximumWidth(columnWidth);
    auto *inside = new QVBoxLayout(column);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(space::s);
    inside->addWidget(m_sign, 0, Qt::AlignHCenter);
    inside->addSpacing(space::xs);
    inside->addWidget(m_title);
    inside->addWidget(m_text);
    inside->addSpacing(space::s);
    m_body->setSpacing(space::s);
    inside->addLayout(m_body);

    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(column, 1);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    layout->addStretch(2);
    layout->addLayout(row);
    layout->addStretch(3);
}

void EmptyState::set(const QIcon &sign, const QString &title, const QString &text)
{
    m_sign->set(sign);
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
}

QPushButton *EmptyState::addAction(const QString &text)
{
    auto *button = new QPushButton(text, this);
    setButtonKind(button, ButtonKind::Primary);
    m_body->addWidget(button, 0, Qt::AlignHCenter);
    return button;
}

} // namespace ui
