// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVBoxLayout>

namespace ui {

/// A row of a page that may be hidden: without what is in it its margins take no room either, which
/// those of a plain layout do.
class OptionalRow final : public QVBoxLayout
{
public:
    OptionalRow(QWidget *widget, const QMargins &margins)
    {
        setContentsMargins(margins);
        addWidget(widget);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return isEmpty() ? QSize(0, 0) : QVBoxLayout::sizeHint();
    }
    [[nodiscard]] QSize minimumSize() const override
    {
        return isEmpty() ? QSize(0, 0) : QVBoxLayout::minimumSize();
    }
};

} // namespace ui
