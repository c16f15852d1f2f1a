// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/TerminalSurface.h"
#include "ui/terminal/CellFont.h"
#include "ui/terminal/RowPainter.h"
#include "ui/terminal/TerminalPalette.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace ui::terminal {

/// Shows a TerminalSurface and takes keys, text and the mouse for it. Paints rows that changed, at
/// most 60 times a second.
class TerminalView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TerminalView(core::terminal::TerminalSurface &surface, QWidget *parent = nullptr);
    ~TerminalView() override;

    /// Of the text, in logical pixels; 8 to 40.
    void setFontSize(int pixels);
    [[nodiscard]] int fontSize() const { return m_fontSize; }

    [[nodiscard]] bool hasSelection() const { return !m_selection.isEmpty(); }
    [[nodiscard]] QString selectedText() const;
    void selectAll();
    void clearSelection();
    void copy();
    /// The clipboard's text; several lines are asked about first: linesPasted().
    void paste();
    void pasteText(const QString &text);

    /// Marks what matches, and goes to the last match; "" ends it.
    void setSearch(const QString &text, Qt::CaseSensitivity sensitivity);
    void findNext(bool upwards);
    [[nodiscard]] int matchCount() const { return int(m_matches.size()); }
    /// From 1; 0 for none.
    [[nodiscard]] int currentMatch() const;

    void scrollToEnd();

    /// What the row \a line and column are on the viewport.
    [[nodiscard]] QRect cellRect(core::terminal::TextPosition position) const;
    [[nodiscard]] core::terminal::TextPosition positionAt(const QPoint &point) const;
    /// Where the pointer rests on a link, with Ctrl held.
    [[nodiscard]] const std::optional<core::terminal::FoundLink> &hoveredLink() const
    {
        return m_hovered;
    }

    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The terminal has another size.
    void resized(int rows, int columns);
    void linkActivated(const QString &target);
    /// Several lines are to be pasted: pasteText() does it.
    void linesPasted(const QString &text);
    void findRequested();
    void searchChanged();
    void fontSizeChanged(int pixels);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool focusNextPrevChild(bool next) override;
    // TerminalViewInput.cpp
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    enum class SelectBy { Character, Word, Line };

    void makeFont();
    void applyTheme();
    void fitSize();
    void scheduleFlush();
    void flush();
    void updateScrollBar();
    void updateRow(qint64 line);
    void updateLines(const core::terminal::TextRange &range);
    void restartBlink();
    void checkSelection(const core::terminal::TerminalDamage &damage);
    [[nodiscard]] qint64 topLine() const;
    [[nodiscard]] QPointF rowCorner(qint64 line) const;
    [[nodiscard]] std::vector<RowMark> marksOf(qint64 line) const;
    void paintPreedit(QPainter &painter) const;
    void setSelection(const core::terminal::TextRange &range);
    void showLine(qint64 line);
    void searchAgain();

    // TerminalViewInput.cpp
    [[nodiscard]] bool isForWindow(const QKeyEvent &event) const;
    [[nodiscard]] bool runShortcut(const QKeyEvent &event);
    [[nodiscard]] bool reportsMouse(Qt::KeyboardModifiers modifiers) const;
    void extendSelection(const QPoint &point);
    void autoScroll();
    void startSelection(const QPoint &point, SelectBy by);
    void updateHover(const QPoint &point, Qt::KeyboardModifiers modifiers);
    void pastePrimary();
    [[nodiscard]] std::pair<int, int> screenCell(const QPoint &point) const;

    core::terminal::TerminalSurface &m_surface;
    std::unique_ptr<CellFont> m_font;
    std::unique_ptr<TerminalPalette> m_palette;
    int m_fontSize = 13;
    QTimer m_flush;
    QTimer m_fit; ///< the window is being dragged
    QElapsedTimer m_sinceFlush;
    QTimer m_blink;
    bool m_cursorShown = true;
    bool m_follows = true; ///< the end is in sight, and stays so
    qint64 m_top = 0;      ///< the first line in sight, when it does not follow
    bool m_adjusting = false;

    core::terminal::TextRange m_selection;
    QString m_selectionText; ///< what it was when it was made
    core::terminal::TextRange m_anchor;
    SelectBy m_selectBy = SelectBy::Character;
    bool m_selecting = false;
    QTimer m_autoScroll;
    QPoint m_lastPoint;
    QElapsedTimer m_sinceDoubleClick;
    Qt::MouseButton m_reported = Qt::NoButton; ///< the button that the program was told of
    int m_wheelRest = 0;

    QString m_search;
    Qt::CaseSensitivity m_sensitivity = Qt::CaseInsensitive;
    std::vector<core::terminal::TextRange> m_matches;
    std::optional<core::terminal::TextRange> m_current;
    QTimer m_searchAgain;

    QString m_preedit;
    std::optional<core::terminal::FoundLink> m_hovered;
};

} // namespace ui::terminal
