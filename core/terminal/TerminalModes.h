// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core::terminal {

enum class CursorShape { Block, Underline, Bar };

/// What a program wants to be told of the mouse.
enum class MouseMode {
    Off,
    Buttons,
    Drag, ///< and movements while a button is down
    Moves ///< and all movements
};

/// What a program has switched on.
struct TerminalModes
{
    bool applicationCursor = false; ///< DECCKM
    bool applicationKeypad = false; ///< DECKPAM
    bool newLine = false;           ///< LNM: Enter is CR and LF
    bool bracketedPaste = false;    ///< 2004
    bool focusReports = false;      ///< 1004
    bool alternateScroll = true;    ///< 1007: on the second screen the wheel is arrow keys
    bool reverseScreen = false;     ///< DECSCNM
    bool cursorVisible = true;
    bool cursorBlinks = true;
    CursorShape cursorShape = CursorShape::Block;
    MouseMode mouse = MouseMode::Off;

    bool operator==(const TerminalModes &) const = default;
};

} // namespace core::terminal
