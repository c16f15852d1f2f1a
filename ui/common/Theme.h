// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Tokens.h"

#include <QFont>
#include <QObject>

class QAbstractButton;
class QApplication;

namespace ui {

enum class ThemeChoice { System, Light, Dark };

/// Dresses the application: style, palette and font. Built once in main() before the first window.
/// Widgets never ask it for colours; they read tokens(this) when they paint.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication &application, ThemeChoice choice = ThemeChoice::System);

    void setChoice(ThemeChoice choice);
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] bool isDark() const { return m_dark; }

Q_SIGNALS:
    /// Palette and style are in place already.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    [[nodiscard]] bool systemIsDark();

    QApplication &m_application;
    ThemeChoice m_choice;
    bool m_dark = false;
    bool m_applying = false;
};

/// The sizes of type in use. Numbers are Body or larger with tabular figures.
enum class TextStyle {
    Caption, ///< 11 px
    Body,    ///< 13 px
    Strong,  ///< 13 px, semibold
    Title,   ///< 16 px, semibold
    Display, ///< 22 px, semibold
    Mono     ///< 12 px, fixed pitch: fingerprints, commands
};
[[nodiscard]] QFont textFont(TextStyle style);

enum class TextTone { Primary, Secondary, Hint, Accent, Warning };
/// The palette role that carries a tone; follows theme changes by itself.
[[nodiscard]] QPalette::ColorRole toneRole(TextTone tone);

enum class ButtonKind {
    Secondary,   ///< outlined; the default
    Primary,     ///< filled with accent; one a page
    Destructive, ///< red words, filled red when pressed or hovered
    Plain,       ///< no outline until hovered: tool buttons
    Link         ///< words only, flush with the text above and below
};
void setButtonKind(QAbstractButton *button, ButtonKind kind);
[[nodiscard]] ButtonKind buttonKind(const QWidget *button);

} // namespace ui
