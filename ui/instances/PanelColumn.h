// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QVBoxLayout;
class QWidget;

namespace ui::instances {

/// Puts \a body into a card of at most \a width in the upper middle of \a page. \returns the card.
QWidget *panelColumn(QWidget *page, QVBoxLayout *body, int width);

} // namespace ui::instances
