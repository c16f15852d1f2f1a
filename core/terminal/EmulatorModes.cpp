// SPDX-License-Identifier: GPL-3.0-or-later
// What is decided before libvterm: renditions, modes, the saved cursor, titles, links and colours.
#include "core/terminal/Emulator.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace core::terminal {

namespace {

constexpr int maxTitle = 256;
constexpr std::size_t maxTitles = 10;
constexpr std::size_t maxTarget = 2083; ///< of a link; what browsers take

/// Bits of the pen that SGR 4 and 21 set.
constexpr quint16 underlines =
    CellFlag::Underline | CellFlag::DoubleUnderline | CellFlag::CurlyUnderline;

/// "8;" gives 8 and leaves what follows. \returns -1 when there is no number.
int takeNumber(std::string_view &bytes)
{
    int number = -1;
    while (!bytes.empty() && bytes.front() >= '0' && bytes.front() <= '9' && number < 10'000) {
        number = std::max(number, 0) * 10 + (bytes.front() - '0');
        bytes.remove_prefix(1);
    }
    if (!bytes.empty() && bytes.front() == ';')
        bytes.remove_prefix(1);
    return number;
}

} // namespace

void Emulator::setRendition(const ControlSequence &sequence)
{
    Cell &pen = m_screen.pen;
    const auto set = [&pen](quint16 flag, bool isOn) {
        pen.flags = isOn ? quint16(pen.flags | flag) : quint16(pen.flags & ~flag);
    };
    for (int i = 0; i < sequence.count; ++i) {
        const int value = sequence.value(i, 0);
        if (value == 38 || value == 48 || value == 58) {
            i = setColour(sequence, i);
            continue;
        }
        const bool hasMore = sequence.parameters[std::size_t(i)].more;
        if (hasMore) {
            if (value == 4)
                setUnderline(sequence.value(i + 1, 1));
            while (i < sequence.count && sequence.parameters[std::size_t(i)].more)
                ++i;
            continue;
        }
        switch (value) {
        case 0:
            pen.flags = 0;
            pen.foreground = {};
            pen.background = {};
            break;
        case 1: set(CellFlag::Bold, true); break;
        case 2: set(CellFlag::Dim, true); break;
        case 3: set(CellFlag::Italic, true); break;
        case 4: setUnderline(1); break;
        case 5:
        case 6: set(CellFlag::Blink, true); break;
        case 7: set(CellFlag::Reverse, true); break;
        case 8: set(CellFlag::Conceal, true); break;
        case 9: set(CellFlag::Strike, true); break;
        case 21: setUnderline(2); break;
        case 22: set(CellFlag::Bold | CellFlag::Dim, false); break;
        case 23: set(CellFlag::Italic, false); break;
        case 24: setUnderline(0); break;
        case 25: set(CellFlag::Blink, false); break;
        case 27: set(CellFlag::Reverse, false); break;
        case 28: set(CellFlag::Conceal, false); break;
        case 29: set(CellFlag::Strike, false); break;
        case 39: pen.foreground = {}; break;
        case 49: pen.background = {}; break;
        default:
            if (value >= 30 && value <= 37)
                pen.foreground = Colour::indexed(quint8(value - 30));
            else if (value >= 40 && value <= 47)
                pen.background = Colour::indexed(quint8(value - 40));
            else if (value >= 90 && value <= 97)
                pen.foreground = Colour::indexed(quint8(value - 90 + 8));
            else if (value >= 100 && value <= 107)
                pen.background = Colour::indexed(quint8(value - 100 + 8));
            break;
        }
    }
}

void Emulator::setUnderline(int style)
{
    quint16 &flags = m_screen.pen.flags;
    flags = quint16(flags & ~underlines);
    if (style <= 0)
        return;
    flags |= CellFlag::Underline;
    if (style == 2)
        flags |= CellFlag::DoubleUnderline;
    else if (style == 3)
        flags |= CellFlag::CurlyUnderline;
}

/// 38, 48 and 58 in both spellings, 38;5;n and 38:5:n, 38;2;r;g;b, 38:2:r:g:b and 38:2:space:r:g:b.
/// \returns the index of the last parameter that belongs to it.
int Emulator::setColour(const ControlSequence &sequence, int at)
{
    int last = at;
    while (last + 1 < sequence.count && sequence.parameters[std::size_t(last)].more)
        ++last;
    const bool isJoined = last > at;
    const int model = sequence.value(at + 1, -1);
    int first = at + 2;
    if (!isJoined)
        last = model == 5 ? at + 2 : model == 2 ? at + 4 : at + 1;
    else if (model == 2 && last - at >= 5)
        first = at + 3; // past the colour space
    const auto part = [&](int index) { return index <= last ? sequence.value(index, 0) : 0; };
    Colour colour;
    if (model == 5 && part(first) < 256)
        colour = Colour::indexed(quint8(part(first)));
    else if (model == 2 && part(first) < 256 && part(first + 1) < 256 && part(first + 2) < 256)
        colour = Colour::rgb(quint8(part(first)), quint8(part(first + 1)), quint8(part(first + 2)));
    else
        return last;
    if (sequence.value(at, 0) == 38)
        m_screen.pen.foreground = colour;
    else if (sequence.value(at, 0) == 48)
        m_screen.pen.background = colour;
    return last; // 58, the underline's colour, is left out
}

void Emulator::forwardMode(int mode, bool isOn)
{
    std::array<char, 16> text{};
    const int size = std::snprintf(text.data(), text.size(), "\x1B[?%d%c", mode, isOn ? 'h' : 'l');
    forward({text.data(), std::size_t(size)});
}

void Emulator::setModes(const ControlSequence &sequence, bool isOn)
{
    const TerminalModes before = m_modes;
    for (int i = 0; i < sequence.count; ++i) {
        const int mode = sequence.value(i, 0);
        if (sequence.leader == '?') {
            setPrivateMode(mode, isOn);
        } else if (mode == 4) { // IRM
            forward(isOn ? "\x1B[4h" : "\x1B[4l");
        } else if (mode == 20) {
            m_modes.newLine = isOn;
            forward(isOn ? "\x1B[20h" : "\x1B[20l");
        }
    }
    m_news.modes = m_news.modes || !(m_modes == before);
}

void Emulator::setPrivateMode(int mode, bool isOn)
{
    switch (mode) {
    case 1: m_modes.applicationCursor = isOn; break;
    case 3: // DECCOLM: the size is the window's, the rest is done
        if (m_allowsColumns) {
            m_region = {0, m_screen.rows()};
            forward("\x1B[r\x1B[2J\x1B[H");
        }
        return;
    case 5: m_modes.reverseScreen = isOn; break;
    case 6: m_isOrigin = isOn; break;
    case 7: break;
    case 12: m_modes.cursorBlinks = isOn; break;
    case 25: m_modes.cursorVisible = isOn; break;
    case 40: m_allowsColumns = isOn; return;
    case 47:
    case 1047:
        if (m_alternateAllowed)
            forwardMode(1047, isOn);
        return;
    case 1048:
        if (isOn)
            saveCursor();
        else
            restoreCursor();
        return;
    case 1049:
        if (!m_alternateAllowed)
            return;
        if (isOn) {
            // The cursor is the first screen's; libvterm's own 1049 saves it after the switch.
            saveCursor();
            forwardMode(1047, true);
            m_hadAlternate = true;
        } else if (m_screen.isAlternate() || m_hadAlternate) {
            // The cursor goes back also where the first screen is shown already: as in xterm.
            const bool isMoved = m_screen.isAlternate() && m_wasResized;
            forwardMode(1047, false);
            restoreCursor();
            if (isMoved)
                setCursor(m_screen.savedCursor());
        }
        return;
    case 1000:
    case 1002:
    case 1003:
        m_modes.mouse = !isOn          ? MouseMode::Off
                        : mode == 1000 ? MouseMode::Buttons
                        : mode == 1002 ? MouseMode::Drag
                                       : MouseMode::Moves;
        break;
    case 1004: m_modes.focusReports = isOn; break;
    case 1005:
    case 1006:
    case 1015: break;
    case 1007: m_modes.alternateScroll = isOn; return;
    case 2004: m_modes.bracketedPaste = isOn; break;
    default: return;
    }
    forwardMode(mode, isOn);
}

void Emulator::saveCursor()
{
    m_savedPen = m_screen.pen;
    m_savedSets = m_sets;
    forward("\x1B\x37");
}

void Emulator::restoreCursor()
{
    m_screen.pen = m_savedPen;
    // It may have been saved when there were more rows. TBC 1 does nothing, but libvterm brings the
    // cursor back into the screen after every sequence of this kind, and only then.
    forward("\x1B\x38\x1B[1g");
    // libvterm's own forgets these.
    m_sets = m_savedSets;
    for (std::size_t i = 0; i < m_sets.sets.size(); ++i) {
        const std::array<char, 3> text{'\x1B', char('(' + i), m_sets.sets[i]};
        forward({text.data(), text.size()});
    }
    constexpr std::array<const char *, 4> shifts{"\x0F", "\x0E", "\x1Bn", "\x1Bo"};
    forward(shifts[m_sets.current]);
}

void Emulator::onCommand(std::string_view bytes)
{
    m_last.clear();
    const int number = takeNumber(bytes);
    switch (number) {
    case 0:
    case 2: setTitle(bytes); break;
    case 8: setLink(bytes); break;
    case 10:
    case 12:
        if (bytes == "?")
            reportColour(number, m_foreground);
        break;
    case 11:
        if (bytes == "?")
            reportColour(number, m_background);
        break;
    default: break;
    }
}

void Emulator::setTitle(std::string_view utf8)
{
    QString title = QString::fromUtf8(
        utf8.data(), qsizetype(std::min<std::size_t>(utf8.size(), 4 * std::size_t(maxTitle))));
    // It is shown outside of the terminal: nothing that controls anything.
    title.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
    m_title = title.left(maxTitle);
    m_news.title = true;
}

/// "parameters;target"; without a target the link ends.
void Emulator::setLink(std::string_view bytes)
{
    const std::size_t parameters = bytes.find(';');
    if (parameters == std::string_view::npos)
        return;
    bytes.remove_prefix(parameters + 1);
    m_screen.penLink.clear();
    if (bytes.size() <= maxTarget)
        m_screen.penLink = QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

void Emulator::reportColour(int number, quint32 rgb)
{
    std::array<char, 48> text{};
    const auto part = [rgb](int shift) { return (rgb >> shift & 0xFF) * 0x101; };
    const int size = std::snprintf(text.data(), text.size(), "\x1B]%d;rgb:%04x/%04x/%04x\x1B\\",
                                   number, part(16), part(8), part(0));
    reply({text.data(), std::size_t(size)});
}

void Emulator::windowCommand(const ControlSequence &sequence)
{
    const int what = sequence.value(0, 0);
    const bool isTitle = sequence.value(1, 0) != 1; // 1 is the icon's alone
    if (what == 18) {
        std::array<char, 32> text{};
        const int size = std::snprintf(text.data(), text.size(), "\x1B[8;%d;%dt", m_screen.rows(),
                                       m_screen.columns());
        reply({text.data(), std::size_t(size)});
    } else if (what == 22 && isTitle) {
        if (m_titles.size() < maxTitles)
            m_titles.push_back(m_title);
    } else if (what == 23 && isTitle && !m_titles.empty()) {
        m_title = m_titles.back();
        m_titles.pop_back();
        m_news.title = true;
    }
}

void Emulator::onDeviceControl(std::string_view bytes)
{
    m_last.clear();
    const std::string_view kind = bytes.substr(0, 2);
    if (bytes == "$q q" || bytes == "$qr" || bytes == "$q\"q") {
        // In one piece: libvterm 0.1.4 miscounts a string that is cut before its end.
        const QByteArray whole =
            "\x1BP" + QByteArray(bytes.data(), qsizetype(bytes.size())) + "\x1B\\";
        forward({whole.constData(), std::size_t(whole.size())});
    } else if (kind == "$q") {
        reply("\x1BP0$r\x1B\\");
    } else if (kind == "+q") {
        reply("\x1BP0+r\x1B\\");
    }
}

} // namespace core::terminal
