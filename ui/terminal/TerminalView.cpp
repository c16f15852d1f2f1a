// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown. Keys, text and the mouse: TerminalViewInput.cpp.
#include "ui/terminal/TerminalView.h"

#include "ui/common/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QPaintEvent>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace ui::terminal {

using namespace std::chrono_literals;
using core::terminal::CursorState;
using core::terminal::TerminalDamage;
using core::terminal::TerminalSurface;
using core::terminal::TextPosition;
using core::terminal::TextRange;

namespace {

constexpr int padding = space::s;
constexpr int smallestFont = 8;
constexpr int largestFont = 40;
constexpr auto frame = 16ms;
/// A longer selection is taken for what it was: to compare it costs more than a frame.
constexpr qint64 comparedLines = 500;

} // namespace

TerminalView::TerminalView(TerminalSurface &surface, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_surface(surface)
{
    setObjectName(QStringLiteral("terminalView"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAttribute(Qt::WA_InputMethodEnabled);
    setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &TerminalView::flush);
    m_fit.setSingleShot(true);
    m_fit.setInterval(40ms);
    connect(&m_fit, &QTimer::timeout, this, &TerminalView::fitSize);
    connect(&m_blink, &QTimer::timeout, this, [this] {
        m_cursorShown = !m_cursorShown;
        updateRow(m_surface.cursor().line);
    });
    m_autoScroll.setInterval(50ms);
    connect(&m_autoScroll, &QTimer::timeout, this, &TerminalView::autoScroll);
    m_searchAgain.setSingleShot(true);
    m_searchAgain.setInterval(250ms);
    connect(&m_searchAgain, &QTimer::timeout, this, &TerminalView::searchAgain);
    connect(&m_surface, &TerminalSurface::damaged, this, &TerminalView::scheduleFlush);
    connect(&m_surface, &TerminalSurface::renumbered, this, [this] {
        setSelection({});
        m_hovered.reset();
        m_current.reset();
        m_matches.clear();
        m_follows = true;
        if (!m_search.isEmpty())
            m_searchAgain.start();
        scheduleFlush();
    });
    connect(&m_surface, &TerminalSurface::alternateChanged, this, [this] {
        setSelection({});
        scrollToEnd();
    });
    makeFont();
    applyTheme();
}

TerminalView::~TerminalView() = default;

void TerminalView::makeFont()
{
    m_font = std::make_unique<CellFont>(m_fontSize, devicePixelRatioF());
}

void TerminalView::applyTheme()
{
    m_palette = std::make_unique<TerminalPalette>(tokens(this));
    m_surface.setReportedColours(m_palette->foreground().rgb() & 0xFFFFFF,
                                 m_palette->background().rgb() & 0xFFFFFF);
    viewport()->update();
}

void TerminalView::setFontSize(int pixels)
{
    pixels = std::clamp(pixels, smallestFont, largestFont);
    if (pixels == m_fontSize)
        return;
    m_fontSize = pixels;
    makeFont();
    fitSize();
    viewport()->update();
    Q_EMIT fontSizeChanged(pixels);
}

QSize TerminalView::sizeHint() const
{
    return {int(80 * m_font->width()) + 2 * padding + verticalScrollBar()->sizeHint().width(),
            int(24 * m_font->height()) + 2 * padding};
}

/// As many rows and columns as there is room for.
void TerminalView::fitSize()
{
    m_fit.stop();
    const int columns = int((viewport()->width() - 2 * padding) / m_font->width());
    const int rows = int((viewport()->height() - 2 * padding) / m_font->height());
    if (rows < 2 || columns < 2)
        return;
    if (rows != m_surface.rows() || columns != m_surface.columns()) {
        m_surface.resize(rows, columns);
        Q_EMIT resized(m_surface.rows(), m_surface.columns());
    }
    updateScrollBar();
}

void TerminalView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    // Lines are broken anew when the window's edge rests, not at each of its steps.
    m_fit.start();
}

void TerminalView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    fitSize();
}

void TerminalView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyTheme();
}

void TerminalView::scheduleFlush()
{
    if (m_flush.isActive())
        return;
    // What is typed is seen at once; a flood is seen 60 times a second.
    const bool isEarly = m_sinceFlush.isValid() && !m_sinceFlush.hasExpired(frame.count());
    m_flush.start(isEarly ? int(frame.count() - m_sinceFlush.elapsed()) : 0);
}

void TerminalView::flush()
{
    m_sinceFlush.restart();
    const TerminalDamage damage = m_surface.takeDamage();
    checkSelection(damage);
    updateScrollBar();
    if (!m_search.isEmpty() && !m_searchAgain.isActive())
        m_searchAgain.start();
    if (damage.all) {
        viewport()->update();
    } else {
        for (std::size_t row = 0; row < damage.rows.size(); ++row) {
            if (damage.rows[row])
                updateRow(m_surface.screenTop() + qint64(row));
        }
    }
    restartBlink();
    updateMicroFocus();
}

/// What is selected must be what is copied.
void TerminalView::checkSelection(const TerminalDamage &damage)
{
    if (m_selection.isEmpty() || m_selecting || m_selection.end.line < m_surface.screenTop())
        return;
    const bool isLong = m_selection.end.line - m_selection.begin.line > comparedLines;
    bool isTouched = false;
    for (std::size_t row = 0; row < damage.rows.size() && !isTouched; ++row) {
        const qint64 line = m_surface.screenTop() + qint64(row);
        isTouched =
            damage.rows[row] && line >= m_selection.begin.line && line <= m_selection.end.line;
    }
    if (isTouched && !isLong && m_surface.text(m_selection) != m_selectionText)
        setSelection({});
}

qint64 TerminalView::topLine() const
{
    // The second screen has no history.
    return m_surface.isAlternate() ? m_surface.screenTop()
                                   : m_surface.firstLine() + verticalScrollBar()->value();
}

void TerminalView::updateScrollBar()
{
    const int history =
        m_surface.isAlternate() ? 0 : int(m_surface.screenTop() - m_surface.firstLine());
    m_adjusting = true;
    QScrollBar *bar = verticalScrollBar();
    bar->setRange(0, history);
    bar->setPageStep(m_surface.rows());
    bar->setSingleStep(1);
    bar->setValue(m_follows ? history : int(std::max<qint64>(0, m_top - m_surface.firstLine())));
    m_adjusting = false;
    m_top = topLine();
}

void TerminalView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx);
    Q_UNUSED(dy);
    if (!m_adjusting) {
        m_follows = verticalScrollBar()->value() == verticalScrollBar()->maximum();
        m_top = topLine();
    }
    viewport()->update();
}

void TerminalView::scrollToEnd()
{
    m_follows = true;
    updateScrollBar();
}

void TerminalView::showLine(qint64 line)
{
    const qint64 top = topLine();
    if (line >= top && line < top + m_surface.rows())
        return;
    verticalScrollBar()->setValue(int(line - m_surface.firstLine() - m_surface.rows() / 2));
}

QPointF TerminalView::rowCorner(qint64 line) const
{
    return {qreal(padding), padding + m_font->height() * qreal(line - topLine())};
}

QRect TerminalView::cellRect(TextPosition position) const
{
    const QPointF corner = rowCorner(position.line);
    return QRectF(corner.x() + m_font->width() * position.column, corner.y(), m_font->width(),
                  m_font->height())
        .toAlignedRect();
}

TextPosition TerminalView::positionAt(const QPoint &point) const
{
    const auto row = int(std::floor((point.y() - padding) / m_font->height()));
    const auto column = int(std::floor((point.x() - padding) / m_font->width()));
    return {topLine() + std::clamp(row, 0, m_surface.rows() - 1),
            std::clamp(column, 0, m_surface.columns())};
}

void TerminalView::updateRow(qint64 line)
{
    const QPointF corner = rowCorner(line);
    // Some letters reach over their row.
    viewport()->update(
        QRectF(0, corner.y() - 1, viewport()->width(), m_font->height() + 2).toAlignedRect());
}

void TerminalView::updateLines(const TextRange &range)
{
    const qint64 top = topLine();
    const qint64 last = std::min(range.end.line, top + m_surface.rows());
    for (qint64 line = std::max(range.begin.line, top); line <= last; ++line)
        updateRow(line);
}

std::vector<RowMark> TerminalView::marksOf(qint64 line) const
{
    std::vector<RowMark> marks;
    const auto add = [&](const TextRange &range, RowMark::Kind kind) {
        if (line < range.begin.line || line > range.end.line || range.isEmpty())
            return;
        marks.push_back({kind, line == range.begin.line ? range.begin.column : 0,
                         line == range.end.line ? range.end.column : m_surface.columns()});
    };
    const auto first = std::lower_bound(
        m_matches.begin(), m_matches.end(), line,
        [](const TextRange &match, qint64 number) { return match.end.line < number; });
    for (auto match = first; match != m_matches.end() && match->begin.line <= line; ++match)
        add(*match, m_current == *match ? RowMark::Kind::CurrentMatch : RowMark::Kind::Match);
    add(m_selection, RowMark::Kind::Selection);
    if (m_hovered)
        add(m_hovered->range, RowMark::Kind::Link);
    return marks;
}

void TerminalView::paintEvent(QPaintEvent *event)
{
    // A window that moved to another screen.
    if (m_font->devicePixelRatio() != devicePixelRatioF()) {
        makeFont();
        m_fit.start();
    }
    QPainter painter(viewport());
    const bool isReversed = m_surface.modes().reverseScreen;
    const QColor background = isReversed ? m_palette->foreground() : m_palette->background();
    for (const QRect &rect : event->region())
        painter.fillRect(rect, background);
    const RowPainter rows(*m_font, *m_palette);
    const QRect area = event->region().boundingRect();
    const qint64 top = topLine();
    const auto rowAt = [this](int y) { return int(std::floor((y - padding) / m_font->height())); };
    const int last = std::min(rowAt(area.bottom() + 1), m_surface.rows() - 1);
    const CursorState cursor = m_surface.cursor();
    for (int row = std::max(0, rowAt(area.top() - 1)); row <= last; ++row) {
        const qint64 number = top + row;
        const QPointF corner = rowCorner(number);
        const QRectF rect(0, corner.y(), viewport()->width(), m_font->height());
        if (number >= m_surface.endLine() || !event->region().intersects(rect.toAlignedRect()))
            continue;
        const core::terminal::Line &line = m_surface.line(number);
        rows.paintRow(painter, line, corner, m_surface.columns(), isReversed, marksOf(number));
        if (number == cursor.line && cursor.isVisible && m_preedit.isEmpty() &&
            (m_cursorShown || !hasFocus()))
            rows.paintCursor(painter, line, corner, cursor, hasFocus());
    }
    if (!m_preedit.isEmpty())
        paintPreedit(painter);
}

/// What an input method has not made up its mind about, over the cells at the cursor.
void TerminalView::paintPreedit(QPainter &painter) const
{
    const CursorState cursor = m_surface.cursor();
    const QPointF corner = rowCorner(cursor.line);
    QTextLayout layout(m_preedit, m_font->font());
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    const qreal width = line.naturalTextWidth();
    qreal left = corner.x() + m_font->width() * cursor.column;
    left = std::max<qreal>(0, std::min(left, viewport()->width() - width));
    const QRectF rect(left, corner.y(), width, m_font->height());
    painter.fillRect(rect, m_palette->background());
    painter.setPen(m_palette->foreground());
    layout.draw(&painter, {left, corner.y() + m_font->ascent() - line.ascent()});
    painter.fillRect(QRectF(left, corner.y() + m_font->underline(), width, m_font->lineWidth()),
                     m_palette->cursor());
}

void TerminalView::restartBlink()
{
    m_cursorShown = true;
    const int time = QApplication::cursorFlashTime();
    if (hasFocus() && time > 0 && m_surface.cursor().blinks && m_surface.cursor().isVisible)
        m_blink.start(time / 2);
    else
        m_blink.stop();
}

QString TerminalView::selectedText() const
{
    return m_surface.text(m_selection);
}

void TerminalView::setSelection(const TextRange &range)
{
    if (range == m_selection)
        return;
    updateLines(m_selection);
    m_selection = range;
    updateLines(m_selection);
}

void TerminalView::clearSelection()
{
    setSelection({});
}

void TerminalView::selectAll()
{
    setSelection({{m_surface.firstLine(), 0}, {m_surface.endLine() - 1, m_surface.columns()}});
    m_selectionText = selectedText();
}

void TerminalView::copy()
{
    if (hasSelection())
        QGuiApplication::clipboard()->setText(selectedText());
}

void TerminalView::setSearch(const QString &text, Qt::CaseSensitivity sensitivity)
{
    m_search = text;
    m_sensitivity = sensitivity;
    m_current.reset();
    m_matches = m_surface.find(m_search, m_sensitivity);
    if (!m_matches.empty())
        m_current = m_matches.back();
    if (m_current)
        showLine(m_current->begin.line);
    viewport()->update();
    Q_EMIT searchChanged();
}

void TerminalView::searchAgain()
{
    if (m_search.isEmpty())
        return;
    m_matches = m_surface.find(m_search, m_sensitivity);
    viewport()->update();
    Q_EMIT searchChanged();
}

void TerminalView::findNext(bool upwards)
{
    if (m_search.isEmpty())
        return;
    m_matches = m_surface.find(m_search, m_sensitivity);
    const auto less = [](const TextRange &a, const TextRange &b) { return a.begin < b.begin; };
    if (m_matches.empty()) {
        m_current.reset();
    } else if (!m_current) {
        m_current = upwards ? m_matches.back() : m_matches.front();
    } else if (upwards) {
        const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), *m_current, less);
        m_current = at == m_matches.begin() ? m_matches.back() : *(at - 1);
    } else {
        const auto at = std::upper_bound(m_matches.begin(), m_matches.end(), *m_current, less);
        m_current = at == m_matches.end() ? m_matches.front() : *at;
    }
    if (m_current)
        showLine(m_current->begin.line);
    viewport()->update();
    Q_EMIT searchChanged();
}

int TerminalView::currentMatch() const
{
    const auto at =
        m_current ? std::find(m_matches.begin(), m_matches.end(), *m_current) : m_matches.end();
    return at == m_matches.end() ? 0 : int(at - m_matches.begin()) + 1;
}

} // namespace ui::terminal
