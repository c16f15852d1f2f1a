// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, text and the mouse of a TerminalView.
#include "ui/common/ToolTip.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

namespace ui::terminal {

using core::terminal::FoundLink;
using core::terminal::MouseMode;
using core::terminal::TextPosition;
using core::terminal::TextRange;

namespace {

constexpr int wheelStep = 120;
constexpr int linesPerStep = 3;

#ifdef Q_OS_MACOS
// Qt names macOS' Command "Control" and its Control "Meta".
constexpr Qt::KeyboardModifiers shortcutModifiers = Qt::ControlModifier;
Qt::KeyboardModifiers terminalModifiers(Qt::KeyboardModifiers modifiers)
{
    modifiers.setFlag(Qt::ControlModifier, modifiers.testFlag(Qt::MetaModifier));
    return modifiers;
}
#else
constexpr Qt::KeyboardModifiers shortcutModifiers = Qt::ControlModifier | Qt::ShiftModifier;
Qt::KeyboardModifiers terminalModifiers(Qt::KeyboardModifiers modifiers)
{
    return modifiers;
}
#endif

Qt::KeyboardModifiers plainModifiers(const QKeyEvent &event)
{
    return event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
}

int buttonNumber(Qt::MouseButton button)
{
    return button == Qt::LeftButton     ? 1
           : button == Qt::MiddleButton ? 2
           : button == Qt::RightButton  ? 3
                                        : 0;
}

} // namespace

/// The window's own keys, that no program on a terminal needs.
bool TerminalView::isForWindow(const QKeyEvent &event) const
{
    const Qt::KeyboardModifiers modifiers = plainModifiers(event);
    const int key = event.key();
#ifdef Q_OS_MACOS
    if (modifiers & Qt::ControlModifier)
        return true;
#endif
    if (modifiers == Qt::ControlModifier)
        return (key >= Qt::Key_1 && key <= Qt::Key_6) || key == Qt::Key_Tab ||
               key == Qt::Key_PageUp || key == Qt::Key_PageDown || key == Qt::Key_Comma;
    return modifiers == (Qt::ControlModifier | Qt::ShiftModifier);
}

bool TerminalView::event(QEvent *event)
{
    // Else Ctrl+K, F5 and their like would be the window's.
    if (event->type() == QEvent::ShortcutOverride &&
        !isForWindow(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

bool TerminalView::focusNextPrevChild(bool)
{
    return false; // Tab is the program's
}

/// \returns whether the key was the view's own.
bool TerminalView::runShortcut(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = plainModifiers(event);
    const int key = event.key();
    QScrollBar *bar = verticalScrollBar();
    if (modifiers == shortcutModifiers) {
        switch (key) {
        case Qt::Key_C: copy(); return true;
        case Qt::Key_V: paste(); return true;
        case Qt::Key_F: Q_EMIT findRequested(); return true;
        case Qt::Key_A: selectAll(); return true;
        case Qt::Key_Up: bar->triggerAction(QAbstractSlider::SliderSingleStepSub); return true;
        case Qt::Key_Down: bar->triggerAction(QAbstractSlider::SliderSingleStepAdd); return true;
        default: break;
        }
    }
    if (modifiers == Qt::ControlModifier ||
        modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        switch (key) {
        case Qt::Key_Plus:
        case Qt::Key_Equal: setFontSize(m_fontSize + 1); return true;
        case Qt::Key_Minus: setFontSize(m_fontSize - 1); return true;
        case Qt::Key_0: setFontSize(13); return true;
        default: break;
        }
    }
    if (modifiers == Qt::ControlModifier && key == Qt::Key_Insert) {
        copy();
        return true;
    }
    if (modifiers != Qt::ShiftModifier)
        return false;
    if (key == Qt::Key_Insert) {
        paste();
        return true;
    }
    if (m_surface.isAlternate())
        return false;
    switch (key) {
    case Qt::Key_PageUp: bar->triggerAction(QAbstractSlider::SliderPageStepSub); return true;
    case Qt::Key_PageDown: bar->triggerAction(QAbstractSlider::SliderPageStepAdd); return true;
    case Qt::Key_Home: bar->setValue(0); return true;
    case Qt::Key_End: scrollToEnd(); return true;
    default: return false;
    }
}

void TerminalView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Control)
        updateHover(viewport()->mapFromGlobal(QCursor::pos()), event->modifiers());
    if (runShortcut(*event))
        return;
    if (isForWindow(*event)) {
        event->ignore();
        return;
    }
    if (m_surface.sendKey(event->key(), terminalModifiers(event->modifiers()), event->text())) {
        setSelection({});
        scrollToEnd();
        restartBlink();
    } else {
        event->ignore();
    }
}

void TerminalView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Control)
        updateHover({-1, -1}, Qt::NoModifier);
    QAbstractScrollArea::keyReleaseEvent(event);
}

void TerminalView::inputMethodEvent(QInputMethodEvent *event)
{
    m_preedit = event->preeditString();
    if (!event->commitString().isEmpty()) {
        m_surface.sendText(event->commitString());
        setSelection({});
    }
    scrollToEnd();
    updateRow(m_surface.cursor().line);
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled: return true;
    case Qt::ImCursorRectangle: {
        const core::terminal::CursorState cursor = m_surface.cursor();
        return cellRect({cursor.line, cursor.column}).translated(viewport()->pos());
    }
    case Qt::ImFont: return m_font->font();
    case Qt::ImHints: return int(inputMethodHints());
    case Qt::ImSurroundingText:
    case Qt::ImCurrentSelection: return QString();
    case Qt::ImCursorPosition:
    case Qt::ImAnchorPosition: return 0;
    default: return QAbstractScrollArea::inputMethodQuery(query);
    }
}

void TerminalView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_surface.sendFocus(true);
    restartBlink();
    updateRow(m_surface.cursor().line);
}

void TerminalView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_surface.sendFocus(false);
    m_preedit.clear();
    restartBlink();
    updateRow(m_surface.cursor().line);
}

/// Shift takes the mouse from the program.
bool TerminalView::reportsMouse(Qt::KeyboardModifiers modifiers) const
{
    return m_surface.modes().mouse != MouseMode::Off && !(modifiers & Qt::ShiftModifier) &&
           topLine() == m_surface.screenTop();
}

std::pair<int, int> TerminalView::screenCell(const QPoint &point) const
{
    const TextPosition at = positionAt(point);
    return {int(at.line - m_surface.screenTop()), std::min(at.column, m_surface.columns() - 1)};
}

void TerminalView::mousePressEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (m_hovered && event->button() == Qt::LeftButton) {
        Q_EMIT linkActivated(m_hovered->target);
        return;
    }
    if (reportsMouse(event->modifiers()) && buttonNumber(event->button()) != 0) {
        const auto [row, column] = screenCell(point);
        m_reported = event->button();
        m_surface.sendMouseButton(row, column, buttonNumber(event->button()), true,
                                  terminalModifiers(event->modifiers()));
        return;
    }
    if (event->button() == Qt::LeftButton) {
        const bool isThird = m_sinceDoubleClick.isValid() &&
                             !m_sinceDoubleClick.hasExpired(QApplication::doubleClickInterval());
        if ((event->modifiers() & Qt::ShiftModifier) && hasSelection()) {
            m_selecting = true;
            extendSelection(point);
        } else {
            startSelection(point, isThird ? SelectBy::Line : SelectBy::Character);
        }
    } else if (event->button() == Qt::MiddleButton) {
        pastePrimary();
    }
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (reportsMouse(event->modifiers()) || event->button() != Qt::LeftButton) {
        mousePressEvent(event);
        return;
    }
    m_sinceDoubleClick.start();
    startSelection(event->position().toPoint(), SelectBy::Word);
}

void TerminalView::startSelection(const QPoint &point, SelectBy by)
{
    const TextPosition at = positionAt(point);
    m_selecting = true;
    m_selectBy = by;
    m_anchor = by == SelectBy::Word   ? m_surface.wordAt(at)
               : by == SelectBy::Line ? m_surface.lineAt(at)
                                      : TextRange{at, at};
    setSelection(m_anchor);
}

void TerminalView::extendSelection(const QPoint &point)
{
    m_lastPoint = point;
    TextPosition at = positionAt(point);
    // A character is in when more than half of it is passed.
    if (m_selectBy == SelectBy::Character && at.column < m_surface.columns() &&
        point.x() > cellRect(at).center().x())
        ++at.column;
    const TextRange unit = m_selectBy == SelectBy::Word   ? m_surface.wordAt(at)
                           : m_selectBy == SelectBy::Line ? m_surface.lineAt(at)
                                                          : TextRange{at, at};
    setSelection({std::min(m_anchor.begin, unit.begin), std::max(m_anchor.end, unit.end)});
    const bool isOutside = point.y() < 0 || point.y() > viewport()->height();
    if (isOutside && !m_autoScroll.isActive())
        m_autoScroll.start();
    else if (!isOutside)
        m_autoScroll.stop();
}

void TerminalView::autoScroll()
{
    const int lines = m_lastPoint.y() < 0 ? -1 : 1;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + lines);
    extendSelection(m_lastPoint);
}

void TerminalView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (m_selecting) {
        extendSelection(point);
        return;
    }
    updateHover(point, event->modifiers());
    if (reportsMouse(event->modifiers())) {
        const auto [row, column] = screenCell(point);
        m_surface.sendMouseMove(row, column, terminalModifiers(event->modifiers()));
    }
}

void TerminalView::mouseReleaseEvent(QMouseEvent *event)
{
    m_autoScroll.stop();
    if (m_reported == event->button() && m_reported != Qt::NoButton) {
        m_reported = Qt::NoButton;
        const auto [row, column] = screenCell(event->position().toPoint());
        m_surface.sendMouseButton(row, column, buttonNumber(event->button()), false,
                                  terminalModifiers(event->modifiers()));
        return;
    }
    if (!m_selecting || event->button() != Qt::LeftButton)
        return;
    m_selecting = false;
    m_selectionText = selectedText();
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (hasSelection() && clipboard->supportsSelection())
        clipboard->setText(m_selectionText, QClipboard::Selection);
}

void TerminalView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        setFontSize(m_fontSize + (event->angleDelta().y() > 0 ? 1 : -1));
        return;
    }
    m_wheelRest += event->angleDelta().y();
    const int steps = m_wheelRest / wheelStep;
    const bool isReported = reportsMouse(event->modifiers());
    if (!isReported && !m_surface.isAlternate()) {
        m_wheelRest = 0;
        QApplication::sendEvent(verticalScrollBar(), event);
        return;
    }
    m_wheelRest -= steps * wheelStep;
    const auto [row, column] = screenCell(event->position().toPoint());
    for (int step = 0; step < std::abs(steps); ++step) {
        if (isReported)
            m_surface.sendMouseButton(row, column, steps > 0 ? 4 : 5, true,
                                      terminalModifiers(event->modifiers()));
        else if (m_surface.modes().alternateScroll)
            for (int line = 0; line < linesPerStep; ++line)
                m_surface.sendKey(steps > 0 ? Qt::Key_Up : Qt::Key_Down, Qt::NoModifier, {});
    }
    event->accept();
}

void TerminalView::updateHover(const QPoint &point, Qt::KeyboardModifiers modifiers)
{
    std::optional<FoundLink> link;
    if ((modifiers & Qt::ControlModifier) && viewport()->rect().contains(point))
        link = m_surface.linkAt(positionAt(point));
    if (link.has_value() == m_hovered.has_value() && (!link || link->range == m_hovered->range))
        return;
    if (m_hovered)
        updateLines(m_hovered->range);
    m_hovered = link;
    if (m_hovered)
        updateLines(m_hovered->range);
    viewport()->setCursor(m_hovered ? Qt::PointingHandCursor : Qt::IBeamCursor);
}

bool TerminalView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        // Where a link goes is not always what it says.
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto link = m_surface.linkAt(positionAt(help->pos()));
        if (link)
            QToolTip::showText(help->globalPos(),
                               plainToolTip(tr("%1\nCtrl+click opens it").arg(link->target)),
                               viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave)
        updateHover({-1, -1}, Qt::NoModifier);
    return QAbstractScrollArea::viewportEvent(event);
}

void TerminalView::paste()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.contains(u'\n') || text.contains(u'\r'))
        Q_EMIT linesPasted(text);
    else
        pasteText(text);
}

void TerminalView::pastePrimary()
{
    const QClipboard *clipboard = QGuiApplication::clipboard();
    if (!clipboard->supportsSelection())
        return;
    const QString text = clipboard->text(QClipboard::Selection);
    if (text.contains(u'\n') || text.contains(u'\r'))
        Q_EMIT linesPasted(text);
    else
        pasteText(text);
}

void TerminalView::pasteText(const QString &text)
{
    m_surface.paste(text);
    scrollToEnd();
}

void TerminalView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse && reportsMouse(event->modifiers()))
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("terminalMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QString &text, const QKeySequence &keys, bool isEnabled,
                            auto slot) {
        QAction *action = menu->addAction(text);
        action->setShortcut(keys);
        action->setEnabled(isEnabled);
        QObject::connect(action, &QAction::triggered, menu, slot);
    };
    const QPoint point = viewport()->mapFromGlobal(event->globalPos());
    if (const auto link = m_surface.linkAt(positionAt(point))) {
        const QString target = link->target;
        add(tr("Open the link"), {}, true, [this, target] { Q_EMIT linkActivated(target); });
        add(tr("Copy the link"), {}, true,
            [target] { QGuiApplication::clipboard()->setText(target); });
        menu->addSeparator();
    }
    const auto keys = [](Qt::Key key) {
        return QKeySequence(QKeyCombination(shortcutModifiers, key));
    };
    add(tr("Copy"), keys(Qt::Key_C), hasSelection(), [this] { copy(); });
    add(tr("Paste"), keys(Qt::Key_V), !QGuiApplication::clipboard()->text().isEmpty(),
        [this] { paste(); });
    add(tr("Select all"), keys(Qt::Key_A), true, [this] { selectAll(); });
    menu->addSeparator();
    add(tr("Find…"), keys(Qt::Key_F), true, [this] { Q_EMIT findRequested(); });
    add(tr("Forget what has scrolled by"), {}, m_surface.screenTop() > m_surface.firstLine(),
        [this] { m_surface.clearHistory(); });
    menu->popup(event->globalPos());
}

} // namespace ui::terminal
