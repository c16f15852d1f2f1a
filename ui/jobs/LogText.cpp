// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/LogText.h"

namespace ui::jobs {

/// Of ECMA-48's sequences those that programs print: CSI (ESC [ ... final), OSC (ESC ] ... BEL or
/// ESC \), and two characters else.
bool LogText::isEscape(QChar c)
{
    const char16_t code = c.unicode();
    switch (m_escape) {
    case Escape::None:
        if (code != 0x1b)
            return false;
        m_escape = Escape::Begun;
        return true;
    case Escape::Begun:
        m_escape = code == u'[' ? Escape::Csi : code == u']' ? Escape::Osc : Escape::None;
        return true;
    case Escape::Csi:
        if (code >= 0x40 && code <= 0x7e)
            m_escape = Escape::None;
        return true;
    case Escape::Osc:
        if (code == 0x07)
            m_escape = Escape::None;
        else if (code == 0x1b)
            m_escape = Escape::OscEnd;
        return true;
    case Escape::OscEnd: m_escape = Escape::None; return true;
    }
    return false;
}

void LogText::endLine(QStringList &lines)
{
    if (!std::exchange(m_skips, false))
        lines.append(m_line);
    m_line.clear();
    m_returned = false;
}

QStringList LogText::feed(const QByteArray &bytes)
{
    QStringList lines;
    const QString text = m_decoder.decode(bytes);
    for (const QChar c : text) {
        if (c == u'\n') {
            m_escape = Escape::None; // one that was cut off ends with its line
            endLine(lines);
            continue;
        }
        if (isEscape(c))
            continue;
        if (c == u'\r') {
            m_returned = true;
            continue;
        }
        if (c != u'\t' && c < u' ')
            continue;
        if (std::exchange(m_returned, false))
            m_line.clear();
        m_line += c;
        if (m_line.size() >= longestLine && !c.isHighSurrogate())
            endLine(lines);
    }
    return lines;
}

} // namespace ui::jobs
