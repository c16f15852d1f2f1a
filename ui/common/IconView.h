// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Icons.h"

#include <QWidget>

namespace ui {

/// A still icon in a layout; decoration, so it has no accessible name of its own.
class IconView : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "graphic")

public:
    explicit IconView(int size = 16, QWidget *parent = nullptr);
    void set(const QIcon &icon);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
    int m_size;
};

} // namespace ui
