// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionViewItem;

namespace ui {

/// The window's look over Qt's Fusion: what Fusion draws in grey boxes is drawn here from the
/// tokens of the option's palette. No style sheets: they cost start-up time, and each widget again.
class Style final : public QProxyStyle
{
    Q_OBJECT

public:
    Style();

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                       SubControl subControl, const QWidget *widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption *option,
                                       const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option,
                                         const QSize &size, const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option,
                                  const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *returnData) const override;

private:
    // StyleControls.cpp
    void drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawButtonLabel(const QStyleOptionButton *option, QPainter *painter,
                         const QWidget *widget) const;
    void drawInput(const QStyleOption *option, QPainter *painter) const;
    void drawCheck(const QStyleOption *option, QPainter *painter, bool round) const;
    void drawArrow(PrimitiveElement element, const QStyleOption *option, QPainter *painter) const;
    void drawProgress(const QStyleOptionProgressBar *option, QPainter *painter) const;
    void drawComboBox(const QStyleOptionComboBox *option, QPainter *painter) const;
    void drawSpinBox(const QStyleOptionSpinBox *option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionSlider *option, QPainter *painter) const;
    [[nodiscard]] QRect scrollBarRect(const QStyleOptionSlider *option, SubControl part) const;
    [[nodiscard]] QRect comboBoxRect(const QStyleOptionComboBox *option, SubControl part) const;
    [[nodiscard]] QRect spinBoxRect(const QStyleOptionSpinBox *option, SubControl part) const;
    // StyleViews.cpp
    void drawTab(const QStyleOptionTab *option, QPainter *painter) const;
    void drawWholeHeader(const QStyleOptionHeader *option, QPainter *painter,
                         const QWidget *widget) const;
    void drawHeader(const QStyleOptionHeader *option, QPainter *painter) const;
    void drawRow(const QStyleOptionViewItem *option, QPainter *painter) const;
    void drawMenuItem(const QStyleOptionMenuItem *option, QPainter *painter,
                      const QWidget *widget) const;
    void drawPopup(const QStyleOption *option, QPainter *painter) const;
};

} // namespace ui
