// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/Emulator.h"

#include <QList>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace core::terminal {

namespace {

/// libvterm decodes a piece on its stack, four bytes for each.
constexpr std::size_t maxPiece = 2048;
/// Of one feed(): nobody asks that much, and what answers must not grow with what is asked.
constexpr qsizetype maxReply = 4096;

/// What libvterm may be given of ESC leader intermediate final; the rest means nothing to it, or
/// something else than to xterm.
bool isForLibvterm(const ControlSequence &sequence)
{
    const std::string_view plain = "CDGHIJKLMSTXZ`acdefgjkr";
    switch (sequence.leader << 8 | sequence.intermediate) {
    case 0: return plain.find(sequence.final) != std::string_view::npos;
    case '?' << 8: return sequence.final == 'J' || sequence.final == 'K' || sequence.final == 'n';
    case '>' << 8: return sequence.final == 'c';
    case '?' << 8 | '$': return sequence.final == 'p'; // DECRQM
    case ' ':                                          // DECSCUSR
    case '"': return sequence.final == 'q';            // DECSCA
    case '\'': return sequence.final == '}' || sequence.final == '~';
    default: return false;
    }
}

} // namespace

struct Emulator::Callbacks
{
    static Emulator &of(void *user) { return *static_cast<Emulator *>(user); }

    static int put(VTermGlyphInfo *glyph, VTermPos at, void *user)
    {
        std::array<char32_t, 16> text{};
        std::size_t size = 0;
        while (size < text.size() && glyph->chars[size] != 0) {
            text[size] = glyph->chars[size];
            ++size;
        }
        of(user).m_screen.put({at.row, at.col}, {text.data(), size}, glyph->width,
                              glyph->protected_cell);
        return 1;
    }

    static int moveCursor(VTermPos to, VTermPos, int, void *user)
    {
        of(user).m_screen.moveCursor({to.row, to.col});
        return 1;
    }

    static int scroll(VTermRect rect, int down, int right, void *user)
    {
        // libvterm's "downward" is how far down the new contents lie: the old ones go up.
        of(user).m_screen.scroll({rect.start_row, rect.end_row, rect.start_col, rect.end_col}, down,
                                 right);
        return 1;
    }

    static int erase(VTermRect rect, int selective, void *user)
    {
        of(user).m_screen.erase({rect.start_row, rect.end_row, rect.start_col, rect.end_col},
                                selective != 0);
        return 1;
    }

    static int setProperty(VTermProp property, VTermValue *value, void *user)
    {
        Emulator &emulator = of(user);
        if (property == VTERM_PROP_ALTSCREEN) {
            const bool isOn = value->boolean != 0;
            emulator.m_news.alternate =
                emulator.m_news.alternate || isOn != emulator.m_screen.isAlternate();
            emulator.m_wasResized = false;
            emulator.m_screen.setAlternate(isOn);
        }
        return 1;
    }

    static void write(const char *bytes, std::size_t size, void *user)
    {
        of(user).reply({bytes, size});
    }

    static const VTermStateCallbacks *table()
    {
        static const VTermStateCallbacks callbacks = [] {
            VTermStateCallbacks made{}; // later versions have more of them
            made.putglyph = put;
            made.movecursor = moveCursor;
            made.scrollrect = scroll;
            made.erase = erase;
            made.settermprop = setProperty;
            return made;
        }();
        return &callbacks;
    }
};

Emulator::Emulator(int rows, int columns, HistoryLimits limits)
    : m_screen(rows, columns, limits)
    , m_vterm(vterm_new(rows, columns))
    , m_region{0, rows}
{
    vterm_set_utf8(m_vterm.get(), 1);
    vterm_output_set_callback(m_vterm.get(), &Callbacks::write, this);
    m_state = vterm_obtain_state(m_vterm.get());
    vterm_state_set_callbacks(m_state, Callbacks::table(), this);
    vterm_state_reset(m_state, 1);
}

Emulator::~Emulator() = default;

void Emulator::feed(std::string_view bytes)
{
    m_scanner.feed(bytes);
}

Emulator::News Emulator::takeNews()
{
    return std::exchange(m_news, {});
}

void Emulator::setReportedColours(quint32 foreground, quint32 background)
{
    m_foreground = foreground;
    m_background = background;
}

void Emulator::resize(int rows, int columns)
{
    if (rows == m_screen.rows() && columns == m_screen.columns())
        return;
    // A scrolling region that does not fit in breaks libvterm 0.1.4.
    const CursorPosition cursor = m_screen.resize(rows, columns);
    forward("\x1B[r");
    m_region = {0, rows};
    vterm_set_size(m_vterm.get(), rows, columns);
    setCursor(cursor);
    m_wasResized = true;
}

void Emulator::forward(std::string_view bytes)
{
    vterm_input_write(m_vterm.get(), bytes.data(), bytes.size());
}

void Emulator::forward(const ControlSequence &sequence)
{
    std::array<char, 64> text{};
    std::size_t size = 0;
    const auto add = [&](char byte) {
        if (byte != 0)
            text[size++] = byte;
    };
    add('\x1B');
    add('[');
    add(sequence.leader);
    // None of those that go to libvterm has more than two.
    for (int i = 0; i < std::min(sequence.count, 4); ++i) {
        if (i > 0)
            add(';');
        if (const int value = sequence.value(i, ControlSequence::missing); value >= 0)
            size += std::size_t(std::snprintf(text.data() + size, 8, "%d", value));
    }
    add(sequence.intermediate);
    add(sequence.final);
    forward({text.data(), size});
}

void Emulator::reply(std::string_view bytes)
{
    if (m_news.reply.size() + qsizetype(bytes.size()) <= maxReply)
        m_news.reply.append(bytes.data(), qsizetype(bytes.size()));
}

void Emulator::setCursor(CursorPosition to)
{
    std::array<char, 32> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "\x1B[%d;%dH", to.row + 1, to.column + 1);
    forward({text.data(), std::size_t(size)});
}

void Emulator::write(std::string_view utf8)
{
    const auto isAscii = [](char byte) { return static_cast<unsigned char>(byte) < 0x80; };
    while (!utf8.empty()) {
        std::size_t size = std::min(utf8.size(), maxPiece);
        // libvterm reads a whole piece as its first byte says, be it the set of lines or UTF-8.
        if (!m_sets.isPlain()) {
            const auto other = std::find_if(utf8.begin(), utf8.end(), [&](char byte) {
                return isAscii(byte) != isAscii(utf8.front());
            });
            size = std::min(size, std::size_t(other - utf8.begin()));
        }
        while (size < utf8.size() && (static_cast<unsigned char>(utf8[size]) & 0xC0) == 0x80)
            --size;
        forward(utf8.substr(0, size));
        utf8.remove_prefix(size);
    }
}

void Emulator::onText(std::string_view utf8)
{
    write(utf8);
    std::size_t begin = utf8.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(utf8[begin]) & 0xC0) == 0x80)
        --begin;
    m_last = QByteArray(utf8.data() + begin, qsizetype(utf8.size() - begin));
}

/// REP, up to the end of the row. (libvterm's never ends after a character without width.)
void Emulator::repeat(int count)
{
    if (m_last.isEmpty() || m_screen.isAtEdge())
        return;
    const QString last = QString::fromUtf8(m_last);
    switch (QChar::category(last.toUcs4().constFirst())) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format: return; // an accent is not put on the letter again and again
    default: break;
    }
    const CursorPosition cursor = m_screen.cursor();
    int room = m_screen.columns() - cursor.column;
    if (cursor.column > 0 &&
        (m_screen.row(cursor.row).cells[std::size_t(cursor.column - 1)].flags & CellFlag::WideTail))
        room /= 2;
    const QByteArray text = m_last.repeated(std::min(count, room));
    write({text.constData(), std::size_t(text.size())});
}

void Emulator::onControl(char control)
{
    m_last.clear();
    if (control == '\x07')
        m_news.bell = true;
    else if (control >= 0x08 && control <= 0x0F)
        forward({&control, 1});
    if (control == 0x0E || control == 0x0F) // SO, SI
        m_sets.current = control == 0x0E ? 1 : 0;
}

void Emulator::onEscape(char intermediate, char final)
{
    m_last.clear();
    if (intermediate == 0) {
        switch (final) {
        case '7': saveCursor(); return;
        case '8': restoreCursor(); return;
        case 'c': reset(true); return;
        case '=': m_modes.applicationKeypad = true; return;
        case '>': m_modes.applicationKeypad = false; return;
        case 'Z': forward("\x1B[c"); return; // DECID
        case 'D':                            // IND
        case 'E':                            // NEL
        case 'H':                            // HTS
        case 'M':                            // RI
        case 'N':                            // SS2
        case 'O':                            // SS3
        case 'n':                            // LS2
        case 'o':                            // LS3
        case '|':                            // LS3R
        case '}':                            // LS2R
        case '~': break;                     // LS1R
        default: return;
        }
        if (final == 'n' || final == 'o')
            m_sets.current = final == 'n' ? 2 : 3;
        const std::array<char, 2> text{'\x1B', final};
        forward({text.data(), text.size()});
    } else if (intermediate >= '(' && intermediate <= '+') { // a character set
        if (final == '0' || final == 'A' || final == 'B')    // that libvterm knows
            m_sets.sets[std::size_t(intermediate - '(')] = final;
        const std::array<char, 3> text{'\x1B', intermediate, final};
        forward({text.data(), text.size()});
    } else if (intermediate == '#' && final == '8') {
        alignmentTest();
    }
}

void Emulator::alignmentTest()
{
    m_region = {0, m_screen.rows()};
    forward("\x1B[r\x1B#8\x1B[H");
    m_screen.endRun();
    // libvterm writes them one after the other; they are no text that was broken.
    for (int row = 0; row < m_screen.rows(); ++row)
        m_screen.endLine(row);
}

void Emulator::onSequence(const ControlSequence &sequence)
{
    const QByteArray last = std::exchange(m_last, {});
    const char final = sequence.final;
    if (sequence.intermediate == '!' && sequence.leader == 0 && final == 'p') {
        reset(false);
        return;
    }
    if (sequence.intermediate == 0 && (sequence.leader == 0 || sequence.leader == '?') &&
        (final == 'h' || final == 'l')) {
        setModes(sequence, final == 'h');
        return;
    }
    if (sequence.intermediate == ' ' && sequence.leader == 0 && final == 'q') {
        const int style = sequence.value(0, 0);
        if (style > 6)
            return;
        m_modes.cursorBlinks = style == 0 || style % 2 == 1;
        m_modes.cursorShape = style >= 5   ? CursorShape::Bar
                              : style >= 3 ? CursorShape::Underline
                                           : CursorShape::Block;
    }
    if (sequence.leader == 0 && sequence.intermediate == 0) {
        // Past a full row there is nothing to erase, insert or delete, as in tmux and VTE; after a
        // move that leads to its last column there is.
        if (std::string_view("ABCDEFGH`adefjk").find(final) != std::string_view::npos)
            m_screen.endRun();
        switch (final) {
        case 'm': setRendition(sequence); return;
        case 'b':
            m_last = last;
            repeat(std::max(1, sequence.value(0, 1)));
            return;
        case 's': // DECSLRM where it has parameters; margins at the sides are not kept
            if (sequence.count == 1 && sequence.value(0, -1) < 0)
                saveCursor();
            return;
        case 'u': restoreCursor(); return;
        case 't': windowCommand(sequence); return;
        case '@': insertColumns(std::max(1, sequence.value(0, 1))); return;
        case 'P': insertColumns(-std::max(1, sequence.value(0, 1))); return;
        case 'A':
        case 'B':
        case 'E':
        case 'F': moveRows(sequence); return;
        case 'n': report(sequence.value(0, 0)); return;
        case 'r': setRegion(sequence); break;
        case 'J':
            if (sequence.value(0, 0) == 0 && m_screen.isAtEdge()) {
                m_screen.erase({m_screen.cursor().row + 1, m_screen.rows(), 0, m_screen.columns()},
                               false);
                return;
            }
            if (sequence.value(0, 0) == 3) {
                m_screen.clearHistory();
                return;
            }
            if (sequence.value(0, 0) == 2)
                m_screen.pushToHistory();
            break;
        case 'K':
            if (sequence.value(0, 0) == 0 && m_screen.isAtEdge())
                return;
            break;
        case 'X':
            if (m_screen.isAtEdge())
                return;
            break;
        case 'M': // deleted lines are no text that scrolled by
            m_screen.setKeepsScrolled(false);
            forward(sequence);
            m_screen.setKeepsScrolled(true);
            return;
        case 'T':
            if (sequence.count > 1) // tracking by highlighting, long gone
                return;
            break;
        default: break;
        }
    }
    if (isForLibvterm(sequence))
        forward(sequence);
}

/// ICH; negative: DCH. (libvterm does them only within the scrolling region.)
void Emulator::insertColumns(int count)
{
    if (m_screen.isAtEdge())
        return;
    const CursorPosition at = m_screen.cursor();
    m_screen.scroll({at.row, at.row + 1, at.column, m_screen.columns()}, 0, -count);
}

/// CUU, CUD, CNL and CPL stop at the edges of the scrolling region, which libvterm does not know.
void Emulator::moveRows(ControlSequence sequence)
{
    const int row = m_screen.cursor().row;
    const bool isUp = sequence.final == 'A' || sequence.final == 'F';
    const int top = row >= m_region.top ? m_region.top : 0;
    const int bottom = row < m_region.bottom ? m_region.bottom : m_screen.rows();
    const int room = isUp ? row - top : bottom - 1 - row;
    const int count = std::min(std::max(1, sequence.value(0, 1)), room);
    const bool toBegin = sequence.final == 'E' || sequence.final == 'F';
    if (toBegin)
        forward("\r");
    if (count == 0)
        return;
    sequence.final = isUp ? 'A' : 'B';
    sequence.parameters[0].value = count;
    sequence.count = 1;
    forward(sequence);
}

/// DECSTBM, as libvterm takes it.
void Emulator::setRegion(const ControlSequence &sequence)
{
    m_region.top = std::max(1, sequence.value(0, 1)) - 1;
    m_region.bottom = std::min(sequence.value(1, m_screen.rows()), m_screen.rows());
    if (m_region.bottom <= m_region.top)
        m_region = {0, m_screen.rows()};
}

/// DSR. (libvterm counts rows from the top of the screen where origin mode is on, too.)
void Emulator::report(int what)
{
    if (what == 5)
        reply("\x1B[0n");
    if (what != 6)
        return;
    const CursorPosition at = m_screen.cursor();
    std::array<char, 32> text{};
    const int size = std::snprintf(text.data(), text.size(), "\x1B[%d;%dR",
                                   at.row - (m_isOrigin ? m_region.top : 0) + 1, at.column + 1);
    reply({text.data(), std::size_t(size)});
}

void Emulator::reset(bool isHard)
{
    m_screen.pen = {};
    m_screen.penLink.clear();
    m_hadAlternate = false;
    m_savedPen = {};
    m_sets = {};
    m_savedSets = {};
    const TerminalModes before = m_modes;
    m_modes = {};
    if (isHard) {
        m_news.alternate = m_news.alternate || m_screen.isAlternate();
        m_screen.setAlternate(false);
        forward("\x1B[?1000l\x1B[?1006l\x1B[?5l\x1B\x63");
        m_allowsColumns = false;
    } else {
        m_modes.mouse = before.mouse;
        m_modes.reverseScreen = before.reverseScreen;
        vterm_state_reset(m_state, 0);
    }
    m_region = {0, m_screen.rows()};
    m_isOrigin = false;
    m_news.modes = true;
}

void Emulator::mouseMoved(CursorPosition at, int modifiers)
{
    if (m_modes.mouse != MouseMode::Off)
        vterm_mouse_move(m_vterm.get(), at.row, at.column, VTermModifier(modifiers));
}

void Emulator::mousePressed(CursorPosition at, int button, bool isPressed, int modifiers)
{
    if (m_modes.mouse == MouseMode::Off)
        return;
    vterm_mouse_move(m_vterm.get(), at.row, at.column, VTermModifier(modifiers));
    vterm_mouse_button(m_vterm.get(), button, isPressed, VTermModifier(modifiers));
}

void Emulator::focusChanged(bool hasFocus)
{
    if (hasFocus)
        vterm_state_focus_in(m_state);
    else
        vterm_state_focus_out(m_state);
}

} // namespace core::terminal
