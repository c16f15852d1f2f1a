// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/Cell.h"

#include <deque>

namespace core::terminal {

/// How much of what has scrolled off the top is kept: the first of both that is reached.
struct HistoryLimits
{
    int lines = 10'000;
    qsizetype bytes = 64 * 1024 * 1024;
};

/// What has scrolled off the top, oldest first.
class History
{
public:
    explicit History(HistoryLimits limits)
        : m_limits(limits)
    {
    }

    /// Keeps a copy without the blank end.
    void push(const Line &line);
    void push(Line &&line);
    [[nodiscard]] int size() const { return int(m_lines.size()); }
    [[nodiscard]] const Line &at(int index) const { return m_lines[std::size_t(index)]; }
    /// All of them, to be given back by push().
    [[nodiscard]] std::deque<Line> take();
    /// The newest line: whether the screen goes on with it.
    void setContinues(bool continues);
    void clear();
    /// Lines that were dropped or cleared since the beginning.
    [[nodiscard]] qint64 dropped() const { return m_dropped; }
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

private:
    HistoryLimits m_limits;
    std::deque<Line> m_lines;
    qsizetype m_bytes = 0;
    qint64 m_dropped = 0;
};

} // namespace core::terminal
