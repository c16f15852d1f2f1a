// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/JobLogReader.h"

#include <algorithm>

namespace core::jobs {

namespace {

/// A spec has a line of its own; the rest is short.
constexpr qsizetype longestLine = 1024 * 1024;

} // namespace

JobLogReader::JobLogReader(QByteArray mark)
    : m_mark(std::move(mark))
{
}

bool JobLogReader::feed(QByteArrayView bytes, const Bytes &received)
{
    while (!bytes.isEmpty()) {
        if (m_left > 0) {
            const qsizetype size = std::min<qint64>(m_left, bytes.size());
            m_left -= size;
            received(bytes.first(size).toByteArray());
            bytes = bytes.sliced(size);
            continue;
        }
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView piece = end < 0 ? bytes : bytes.first(end);
        if (m_line.size() + piece.size() > longestLine)
            return false;
        m_line.append(piece.data(), piece.size());
        bytes = bytes.sliced(end < 0 ? bytes.size() : end + 1);
        if (end >= 0 && !takeLine())
            return false;
    }
    return true;
}

bool JobLogReader::takeLine()
{
    const QByteArray line = std::exchange(m_line, {});
    for (JobLine &one : jobLines(line, m_mark)) {
        m_hasBegun = true;
        if (one.first != "data") {
            m_lines.push_back(std::move(one));
            continue;
        }
        bool isNumber = false;
        m_left = one.second.toLongLong(&isNumber);
        if (!isNumber || m_left <= 0)
            return false;
    }
    return true;
}

} // namespace core::jobs
