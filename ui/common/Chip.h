// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Icons.h"

#include <QWidget>

#include <optional>

namespace ui {

/// A state or fact in a word, with an icon and a colour: never the colour alone.
class Chip : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "text")

public:
    enum class Tone { Neutral, Good, Warn, Bad, Accent };
    enum class Shape {
        Pill, ///< tinted background
        Bare  ///< icon and word only, for lists and headers
    };

    explicit Chip(Shape shape = Shape::Pill, QWidget *parent = nullptr);

    void set(const QString &text, Tone tone = Tone::Neutral, std::optional<Icon> sign = {});
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] Tone tone() const { return m_tone; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    Shape m_shape;
    QString m_text;
    Tone m_tone = Tone::Neutral;
    std::optional<Icon> m_sign;
};

} // namespace ui
