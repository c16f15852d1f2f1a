// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

/// A grey shape where content will be. Still: a moving one would keep the processor awake.
class Skeleton : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "graphic")

public:
    enum class Shape {
        Lines, ///< as many text lines as fit, the last one short
        Block, ///< one filled area
        Chart  ///< a block with a faint line in it
    };
    explicit Skeleton(Shape shape, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Shape m_shape;
};

} // namespace ui
