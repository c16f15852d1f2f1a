// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/History.h"

#include <utility>

namespace core::terminal {

void History::push(const Line &line)
{
    Line kept;
    const auto visible = std::size_t(line.visibleColumns());
    kept.cells.assign(line.cells.begin(), line.cells.begin() + std::ptrdiff_t(visible));
    kept.clusters = line.clusters;
    kept.links = line.links;
    kept.continues = line.continues;
    push(std::move(kept));
}

void History::push(Line &&line)
{
    m_bytes += line.bytes();
    m_lines.push_back(std::move(line));
    while (!m_lines.empty() && (size() > m_limits.lines || m_bytes > m_limits.bytes)) {
        m_bytes -= m_lines.front().bytes();
        m_lines.pop_front();
        ++m_dropped;
    }
}

std::deque<Line> History::take()
{
    m_bytes = 0;
    return std::exchange(m_lines, {});
}

void History::setContinues(bool continues)
{
    if (!m_lines.empty())
        m_lines.back().continues = continues;
}

void History::clear()
{
    m_dropped += size();
    m_lines.clear();
    m_bytes = 0;
}

} // namespace core::terminal
