// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/Cell.h"
#include "core/terminal/History.h"
#include "core/terminal/LogicalLine.h"
#include "core/terminal/TerminalModes.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <Qt>

#include <memory>
#include <optional>
#include <vector>

namespace core::terminal {

class Emulator;

struct CursorState
{
    qint64 line = 0; ///< as in TextPosition
    int column = 0;
    CursorShape shape = CursorShape::Block;
    bool isVisible = true;
    bool blinks = true;
};

/// What has to be painted again.
struct TerminalDamage
{
    std::vector<bool> rows; ///< of the screen
    bool all = false;       ///< what is shown of the history, too
};

/// A terminal without a window, xterm-256color: takes a program's bytes, keeps cells, says what to
/// send to the program for keys, pastes and the mouse. One thread.
///
/// Width of characters: Unicode's East Asian Width with "ambiguous" as narrow, which is what
/// programs on a UTF-8 server reckon with. Not done: double-width lines, margins at the sides,
/// palettes set by programs (OSC 4), graphics, writing to the clipboard (OSC 52; on purpose).
class TerminalSurface final : public QObject
{
    Q_OBJECT

public:
    TerminalSurface(int rows, int columns, HistoryLimits limits = {}, QObject *parent = nullptr);
    ~TerminalSurface() override;

    /// The next bytes of the program's output, cut wherever. Done when it returns, and nothing of
    /// them is queued: who has many feeds them in pieces of some KiB, a few milliseconds at a time,
    /// and does not take more from the line before.
    void feed(QByteArrayView bytes);
    /// 2 to 1000 each; others are brought into that. Text that was broken over rows is broken anew
    /// on the first screen and in the history; the second screen is cut, as its program redraws it.
    void resize(int rows, int columns);
    /// The first screen with an empty history.
    void clearHistory();
    void setAlternateAllowed(bool allowed);
    /// 0xRRGGBB, for programs that ask which they are.
    void setReportedColours(quint32 foreground, quint32 background);

    [[nodiscard]] int rows() const;
    [[nodiscard]] int columns() const;
    /// The oldest line that is kept.
    [[nodiscard]] qint64 firstLine() const;
    /// The screen's first row.
    [[nodiscard]] qint64 screenTop() const;
    /// One behind the screen's last row.
    [[nodiscard]] qint64 endLine() const { return screenTop() + rows(); }
    /// From firstLine() up to before endLine(). Rows of the history may be shorter than columns().
    /// Good until the next feed() or resize().
    [[nodiscard]] const Line &line(qint64 number) const;
    [[nodiscard]] CursorState cursor() const;
    [[nodiscard]] const TerminalModes &modes() const;
    [[nodiscard]] bool isAlternate() const;
    [[nodiscard]] const QString &title() const;
    [[nodiscard]] qsizetype historyBytes() const;

    /// What has changed since the last call.
    [[nodiscard]] TerminalDamage takeDamage();

    // Text (TerminalText.cpp). Positions that are no longer there are brought to where text is.
    /// Rows of one line of text are joined; lines end with \n; blanks at their ends are left out.
    [[nodiscard]] QString text(const TextRange &range) const;
    [[nodiscard]] QString screenText() const;
    [[nodiscard]] TextRange wordAt(TextPosition position) const;
    /// The whole line of text, over all its rows.
    [[nodiscard]] TextRange lineAt(TextPosition position) const;
    /// What a program marked as a link (OSC 8), or an address that stands there.
    [[nodiscard]] std::optional<FoundLink> linkAt(TextPosition position) const;
    /// All matches in the history and on the screen, from the top; at most \a limit, the last ones.
    [[nodiscard]] std::vector<TextRange> find(const QString &text, Qt::CaseSensitivity sensitivity,
                                              std::size_t limit = 10'000) const;

    // Input; leads to output().
    /// \returns whether the key means anything to a terminal.
    bool sendKey(int key, Qt::KeyboardModifiers modifiers, const QString &text);
    void sendText(const QString &text);
    void paste(const QString &text);
    /// Only when modes().mouse wants it; \a position on the screen.
    void sendMouseMove(int row, int column, Qt::KeyboardModifiers modifiers);
    /// Buttons 1 left, 2 middle, 3 right, 4 and 5 the wheel up and down.
    void sendMouseButton(int row, int column, int button, bool isPressed,
                         Qt::KeyboardModifiers modifiers);
    void sendFocus(bool hasFocus);

Q_SIGNALS:
    /// Something has to be painted again: once until takeDamage().
    void damaged();
    /// For the program: keys, pastes, the mouse.
    void output(const QByteArray &bytes);
    /// For the program: answers to what it asked, at most 4 KiB for one feed(). May be left out
    /// when it does not read.
    void replied(const QByteArray &bytes);
    void titleChanged();
    void bellRang();
    void modesChanged();
    void alternateChanged();
    /// Lines have other numbers than before: positions and ranges are void.
    void renumbered();

private:
    void tellNews();
    [[nodiscard]] LogicalLine logicalLine(qint64 number, qint64 reach) const;
    [[nodiscard]] TextPosition clamped(TextPosition position) const;

    std::unique_ptr<Emulator> m_emulator;
    bool m_damageTold = false;
    qint64 m_topBefore = 0; ///< screenTop() at the last takeDamage()
};

} // namespace core::terminal
