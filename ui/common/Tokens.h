// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

class QWidget;

namespace ui {

/// Every colour of the window, once for light and once for dark. Text colours reach a contrast of
/// 4.5:1 on window, surface and surface2; the other colours reach 3:1 on window and surface.
struct Tokens
{
    bool dark = false;
    QColor window;   ///< behind everything
    QColor surface;  ///< cards, lists, tables
    QColor surface2; ///< headers, hover, tracks of bars
    QColor line;     ///< 1 px separators
    QColor edge;     ///< outline of a control that can be operated
    QColor text;
    QColor text2; ///< secondary
    QColor text3; ///< hints
    QColor accent;
    QColor onAccent;                    ///< text on accent
    QColor accentText;                  ///< links and accented words
    QColor accentSoft;                  ///< background of what is selected
    QColor good, warn, bad;             ///< icons, bars, borders
    QColor goodText, warnText, badText; ///< words
    QColor onBad;                       ///< text on badText as a background
    QColor gpu, mem, power, temp, cpu, net;
};

[[nodiscard]] const Tokens &lightTokens();
[[nodiscard]] const Tokens &darkTokens();
/// The set that a palette made by Theme stands for.
[[nodiscard]] const Tokens &tokens(const QPalette &palette);
[[nodiscard]] const Tokens &tokens(const QWidget *widget);
/// Tokens on palette roles. Beyond the obvious: PlaceholderText = text3, Dark = text2,
/// Mid = line, Midlight = surface2, Link = accentText, BrightText = badText.
[[nodiscard]] QPalette makePalette(const Tokens &tokens);

/// The shade for line \a index of \a count lines of one quantity: same hue, other lightness. A
/// single line has \a base itself.
[[nodiscard]] QColor shade(const QColor &base, int index, int count, bool dark);
/// WCAG 2 contrast, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
} // namespace space

inline constexpr int cardRadius = 8;
inline constexpr int controlRadius = 6;
inline constexpr int rowHeight = 32;
inline constexpr int instanceRowHeight = 64;
inline constexpr int iconSize = 16;

} // namespace ui
