// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/TerminalSurface.h"

#include "core/terminal/Emulator.h"
#include "core/terminal/KeyEncoder.h"

#include <algorithm>

namespace core::terminal {

namespace {

constexpr int minSize = 2;
constexpr int maxSize = 1000;

int fit(int size)
{
    return std::clamp(size, minSize, maxSize);
}

int mouseModifiers(Qt::KeyboardModifiers modifiers)
{
    return (modifiers & Qt::ShiftModifier ? VTERM_MOD_SHIFT : 0) |
           (modifiers & Qt::AltModifier ? VTERM_MOD_ALT : 0) |
           (modifiers & Qt::ControlModifier ? VTERM_MOD_CTRL : 0);
}

} // namespace

TerminalSurface::TerminalSurface(int rows, int columns, HistoryLimits limits, QObject *parent)
    : QObject(parent)
    , m_emulator(std::make_unique<Emulator>(fit(rows), fit(columns), limits))
{
}

TerminalSurface::~TerminalSurface() = default;

void TerminalSurface::feed(QByteArrayView bytes)
{
    m_emulator->feed({bytes.data(), std::size_t(bytes.size())});
    tellNews();
}

void TerminalSurface::tellNews()
{
    const Emulator::News news = m_emulator->takeNews();
    const auto &changed = m_emulator->screen().changedRows();
    if (!m_damageTold && (screenTop() != m_topBefore || news.modes ||
                          std::find(changed.begin(), changed.end(), true) != changed.end())) {
        m_damageTold = true;
        Q_EMIT damaged();
    }
    if (!news.reply.isEmpty())
        Q_EMIT replied(news.reply);
    if (news.title)
        Q_EMIT titleChanged();
    if (news.modes)
        Q_EMIT modesChanged();
    if (news.alternate)
        Q_EMIT alternateChanged();
    if (news.bell)
        Q_EMIT bellRang();
}

void TerminalSurface::resize(int rows, int columns)
{
    rows = fit(rows);
    columns = fit(columns);
    if (rows == this->rows() && columns == this->columns())
        return;
    const bool isBroken = columns != this->columns();
    m_emulator->resize(rows, columns);
    if (isBroken)
        Q_EMIT renumbered();
    tellNews();
}

void TerminalSurface::clearHistory()
{
    m_emulator->screen().clearHistory();
    tellNews();
}

void TerminalSurface::setAlternateAllowed(bool allowed)
{
    m_emulator->setAlternateAllowed(allowed);
}

void TerminalSurface::setReportedColours(quint32 foreground, quint32 background)
{
    m_emulator->setReportedColours(foreground, background);
}

int TerminalSurface::rows() const
{
    return m_emulator->screen().rows();
}

int TerminalSurface::columns() const
{
    return m_emulator->screen().columns();
}

qint64 TerminalSurface::firstLine() const
{
    return m_emulator->screen().history().dropped();
}

qint64 TerminalSurface::screenTop() const
{
    return firstLine() + m_emulator->screen().history().size();
}

const Line &TerminalSurface::line(qint64 number) const
{
    const qint64 top = screenTop();
    if (number >= top)
        return m_emulator->screen().row(int(std::min<qint64>(number - top, rows() - 1)));
    return m_emulator->screen().history().at(int(std::max<qint64>(number - firstLine(), 0)));
}

CursorState TerminalSurface::cursor() const
{
    const CursorPosition at = m_emulator->screen().cursor();
    const TerminalModes &modes = m_emulator->modes();
    return {screenTop() + at.row, at.column, modes.cursorShape, modes.cursorVisible,
            modes.cursorBlinks};
}

const TerminalModes &TerminalSurface::modes() const
{
    return m_emulator->modes();
}

bool TerminalSurface::isAlternate() const
{
    return m_emulator->screen().isAlternate();
}

const QString &TerminalSurface::title() const
{
    return m_emulator->title();
}

qsizetype TerminalSurface::historyBytes() const
{
    return m_emulator->screen().history().bytes();
}

TerminalDamage TerminalSurface::takeDamage()
{
    TerminalDamage damage;
    damage.rows = m_emulator->screen().changedRows();
    damage.all = screenTop() != m_topBefore;
    m_topBefore = screenTop();
    m_emulator->screen().forgetChanges();
    m_damageTold = false;
    return damage;
}

bool TerminalSurface::sendKey(int key, Qt::KeyboardModifiers modifiers, const QString &text)
{
    const QByteArray bytes = encodeKey(key, modifiers, text, modes());
    if (bytes.isEmpty())
        return false;
    Q_EMIT output(bytes);
    return true;
}

void TerminalSurface::sendText(const QString &text)
{
    if (!text.isEmpty())
        Q_EMIT output(text.toUtf8());
}

void TerminalSurface::paste(const QString &text)
{
    if (!text.isEmpty())
        Q_EMIT output(encodePaste(text, modes()));
}

void TerminalSurface::sendMouseMove(int row, int column, Qt::KeyboardModifiers modifiers)
{
    m_emulator->mouseMoved({row, column}, mouseModifiers(modifiers));
    if (const QByteArray bytes = m_emulator->takeNews().reply; !bytes.isEmpty())
        Q_EMIT output(bytes);
}

void TerminalSurface::sendMouseButton(int row, int column, int button, bool isPressed,
                                      Qt::KeyboardModifiers modifiers)
{
    m_emulator->mousePressed({row, column}, button, isPressed, mouseModifiers(modifiers));
    if (const QByteArray bytes = m_emulator->takeNews().reply; !bytes.isEmpty())
        Q_EMIT output(bytes);
}

void TerminalSurface::sendFocus(bool hasFocus)
{
    m_emulator->focusChanged(hasFocus);
    if (const QByteArray bytes = m_emulator->takeNews().reply; !bytes.isEmpty())
        Q_EMIT output(bytes);
}

} // namespace core::terminal
