// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/KeyEncoder.h"

#include <array>
#include <optional>

namespace core::terminal {

namespace {

/// xterm's parameter: 1 + Shift + 2 Alt + 4 Ctrl.
int modifierNumber(Qt::KeyboardModifiers modifiers)
{
    return 1 + (modifiers & Qt::ShiftModifier ? 1 : 0) + (modifiers & Qt::AltModifier ? 2 : 0) +
           (modifiers & Qt::ControlModifier ? 4 : 0);
}

QByteArray withModifiers(char final, int number, bool isApplication)
{
    if (number > 1)
        return "\x1B[1;" + QByteArray::number(number) + final;
    return QByteArray(isApplication ? "\x1BO" : "\x1B[") + final;
}

QByteArray numbered(int code, int number)
{
    QByteArray bytes = "\x1B[" + QByteArray::number(code);
    if (number > 1)
        bytes += ';' + QByteArray::number(number);
    return bytes + '~';
}

std::optional<QByteArray> functionKey(int key, int number)
{
    constexpr std::array codes{15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34};
    if (key >= Qt::Key_F1 && key <= Qt::Key_F4)
        return withModifiers(char('P' + key - Qt::Key_F1), number, true);
    if (key >= Qt::Key_F5 && key < Qt::Key_F5 + int(codes.size()))
        return numbered(codes[std::size_t(key - Qt::Key_F5)], number);
    return std::nullopt;
}

std::optional<QByteArray> specialKey(int key, Qt::KeyboardModifiers modifiers,
                                     const TerminalModes &modes)
{
    const int number = modifierNumber(modifiers);
    const QByteArray alt = modifiers & Qt::AltModifier ? "\x1B" : "";
    const bool isControl = modifiers & Qt::ControlModifier;
    const bool isCursor = modes.applicationCursor;
    switch (key) {
    case Qt::Key_Up: return withModifiers('A', number, isCursor);
    case Qt::Key_Down: return withModifiers('B', number, isCursor);
    case Qt::Key_Right: return withModifiers('C', number, isCursor);
    case Qt::Key_Left: return withModifiers('D', number, isCursor);
    case Qt::Key_Home: return withModifiers('H', number, isCursor);
    case Qt::Key_End: return withModifiers('F', number, isCursor);
    case Qt::Key_Clear: return withModifiers('E', number, isCursor); // 5 of the keypad
    case Qt::Key_Insert: return numbered(2, number);
    case Qt::Key_Delete: return numbered(3, number);
    case Qt::Key_PageUp: return numbered(5, number);
    case Qt::Key_PageDown: return numbered(6, number);
    case Qt::Key_Backspace: return alt + (isControl ? '\x08' : '\x7F');
    case Qt::Key_Tab: return alt + '\t';
    case Qt::Key_Backtab: return alt + "\x1B[Z";
    case Qt::Key_Escape: return alt + '\x1B';
    case Qt::Key_Enter:
        if (modes.applicationKeypad && number == 1)
            return QByteArray("\x1BOM");
        [[fallthrough]];
    case Qt::Key_Return: return alt + (modes.newLine ? "\r\n" : "\r");
    default: return functionKey(key, number);
    }
}

/// What Ctrl makes of a character, as on a VT220's keyboard.
std::optional<char> controlCharacter(int key)
{
    if (key >= Qt::Key_A && key <= Qt::Key_Z)
        return char(key - Qt::Key_A + 1);
    switch (key) {
    case Qt::Key_Space:
    case Qt::Key_At:
    case Qt::Key_2: return '\0';
    case Qt::Key_BracketLeft:
    case Qt::Key_3: return '\x1B';
    case Qt::Key_Backslash:
    case Qt::Key_Bar:
    case Qt::Key_4: return '\x1C';
    case Qt::Key_BracketRight:
    case Qt::Key_5: return '\x1D';
    case Qt::Key_AsciiCircum:
    case Qt::Key_AsciiTilde:
    case Qt::Key_6: return '\x1E';
    case Qt::Key_Underscore:
    case Qt::Key_Slash:
    case Qt::Key_7: return '\x1F';
    case Qt::Key_Question:
    case Qt::Key_8: return '\x7F';
    default: return std::nullopt;
    }
}

} // namespace

QByteArray encodeKey(int key, Qt::KeyboardModifiers modifiers, const QString &text,
                     const TerminalModes &modes)
{
    if (const auto special = specialKey(key, modifiers, modes))
        return *special;
    const bool isPrintable = !text.isEmpty() && text.front() >= u' ' && text.front() != u'\x7F';
    const bool isControl = modifiers & Qt::ControlModifier;
    const bool isAlt = modifiers & Qt::AltModifier;
    // Both with a character: AltGr, as Windows tells it.
    if (isPrintable && isControl && isAlt)
        return text.toUtf8();
    const QByteArray prefix = isAlt ? "\x1B" : "";
    if (isControl) {
        if (const auto control = controlCharacter(key))
            return prefix + *control;
    }
    if (isPrintable)
        return prefix + text.toUtf8();
    // Alt and a letter come without text on some systems.
    if (isAlt && !isControl && key >= Qt::Key_Space && key <= Qt::Key_AsciiTilde) {
        const char upper = char(key);
        const bool isLetter = key >= Qt::Key_A && key <= Qt::Key_Z;
        return prefix +
               (isLetter && !(modifiers & Qt::ShiftModifier) ? char(upper - 'A' + 'a') : upper);
    }
    return text.toUtf8();
}

QByteArray encodePaste(const QString &text, const TerminalModes &modes)
{
    QString clean = text;
    clean.replace(QStringLiteral("\r\n"), QStringLiteral("\r"));
    clean.replace(u'\n', u'\r');
    clean.removeIf(
        [](QChar c) { return (c.category() == QChar::Other_Control && c != u'\r' && c != u'\t'); });
    const QByteArray bytes = clean.toUtf8();
    return modes.bracketedPaste ? "\x1B[200~" + bytes + "\x1B[201~" : bytes;
}

} // namespace core::terminal
