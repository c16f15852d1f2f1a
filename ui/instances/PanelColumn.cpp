// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/PanelColumn.h"

#include "ui/common/Card.h"
#include "ui/common/Tokens.h"

#include <QBoxLayout>

namespace ui::instances {

QWidget *panelColumn(QWidget *page, QVBoxLayout *body, int width)
{
    auto *card = new Card(page);
    card->setMaximumWidth(width);
    body->setContentsMargins(space::s, space::s, space::s, space::s);
    card->body()->addLayout(body);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(card, 1000);
    across->addStretch(1);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    layout->addStretch(2);
    layout->addLayout(across);
    layout->addStretch(3);
    return card;
}

} // namespace ui::instances
