// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/Screen.h"
#include "core/terminal/StreamScanner.h"
#include "core/terminal/TerminalModes.h"

#include <QByteArray>
#include <QString>

#include <vterm.h>

#include <array>
#include <memory>
#include <vector>

namespace core::terminal {

/// What a program's bytes mean: libvterm's state machine (cursor movement, scrolling, erasing,
/// tabs, character sets, reports, the mouse's bytes) over a Screen of our own. Taken before
/// libvterm sees them, because no version of it, or not every one from 0.1.4 to 0.3, does them:
/// SGR (dim, concealed, colons, any number of parameters), private modes of which several are set
/// at once, titles, links, REP, saving the cursor as SCO does, clearing the history.
class Emulator final : private StreamHandler
{
public:
    /// What has happened during a feed() and wants to be told.
    struct News
    {
        bool bell = false;
        bool title = false;
        bool modes = false;
        bool alternate = false;
        QByteArray reply; ///< for the program, at most a few KiB
    };

    Emulator(int rows, int columns, HistoryLimits limits);
    ~Emulator();
    Q_DISABLE_COPY_MOVE(Emulator)

    void feed(std::string_view bytes);
    void resize(int rows, int columns);
    [[nodiscard]] News takeNews();

    [[nodiscard]] Screen &screen() { return m_screen; }
    [[nodiscard]] const Screen &screen() const { return m_screen; }
    [[nodiscard]] const TerminalModes &modes() const { return m_modes; }
    [[nodiscard]] const QString &title() const { return m_title; }
    /// What programs are told of the colours: 0xRRGGBB.
    void setReportedColours(quint32 foreground, quint32 background);
    /// A program in a screen session of its own draws on the first screen, so that what scrolls
    /// off is kept.
    void setAlternateAllowed(bool allowed) { m_alternateAllowed = allowed; }

    /// What the program is told of the mouse, if it wants to know. Buttons 1 to 3, 4 and 5 for the
    /// wheel.
    void mouseMoved(CursorPosition at, int modifiers);
    void mousePressed(CursorPosition at, int button, bool isPressed, int modifiers);
    void focusChanged(bool hasFocus);

private:
    struct FreeVterm
    {
        void operator()(VTerm *vterm) const { vterm_free(vterm); }
    };
    struct Callbacks; // libvterm calls these

    void onText(std::string_view utf8) override;
    void onControl(char control) override;
    void onEscape(char intermediate, char final) override;
    void onSequence(const ControlSequence &sequence) override;
    void onCommand(std::string_view bytes) override;
    void onDeviceControl(std::string_view bytes) override;

    /// Which characters the bytes below 0x80 mean: what G0 to G3 have, and which of them holds.
    struct CharacterSets
    {
        std::array<char, 4> sets{'B', 'B', 'B', 'B'}; ///< their final bytes
        std::size_t current = 0;                      ///< GL

        [[nodiscard]] bool isPlain() const { return sets[current] == 'B'; }
    };

    void forward(std::string_view bytes);
    void forward(const ControlSequence &sequence);
    void write(std::string_view utf8);
    void reply(std::string_view bytes);
    void repeat(int count);
    void insertColumns(int count);
    void moveRows(ControlSequence sequence);
    void setRegion(const ControlSequence &sequence);
    void report(int what);
    void setCursor(CursorPosition to);
    void reset(bool isHard);
    void alignmentTest();

    // EmulatorModes.cpp
    void setRendition(const ControlSequence &sequence);
    [[nodiscard]] int setColour(const ControlSequence &sequence, int at);
    void setUnderline(int style);
    void setModes(const ControlSequence &sequence, bool isOn);
    void setPrivateMode(int mode, bool isOn);
    void forwardMode(int mode, bool isOn);
    void saveCursor();
    void restoreCursor();
    void setTitle(std::string_view utf8);
    void setLink(std::string_view bytes);
    void reportColour(int number, quint32 rgb);
    void windowCommand(const ControlSequence &sequence);

    Screen m_screen;
    StreamScanner m_scanner{*this};
    std::unique_ptr<VTerm, FreeVterm> m_vterm;
    VTermState *m_state = nullptr;
    struct
    {
        int top = 0;
        int bottom = 0;      ///< the first row below
    } m_region;              ///< what scrolls
    bool m_isOrigin = false; ///< DECOM
    TerminalModes m_modes;
    News m_news;
    QString m_title;
    std::vector<QString> m_titles; ///< saved ones
    QByteArray m_last;             ///< the character that REP repeats; "" = none
    Cell m_savedPen;
    CharacterSets m_sets;
    CharacterSets m_savedSets;
    bool m_alternateAllowed = true;
    bool m_allowsColumns = false; ///< mode 40: 80 and 132 columns may be asked for
    bool m_hadAlternate = false;  ///< the second screen was switched to, with the cursor saved
    bool m_wasResized = false;    ///< since the second screen was switched to
    quint32 m_foreground = 0xFFFFFF;
    quint32 m_background = 0;
};

} // namespace core::terminal
