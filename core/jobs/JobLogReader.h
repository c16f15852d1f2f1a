// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobAnswer.h"

#include <functional>

namespace core::jobs {

/// Takes apart what the script's "follow" prints, in any pieces: "MARK data LENGTH" with so many
/// bytes of the log behind it, and other lines. Keeps no more than one line.
class JobLogReader
{
public:
    using Bytes = std::function<void(const QByteArray &)>;

    explicit JobLogReader(QByteArray mark);

    /// \a received: pieces of the log, in order. Returns false when it is no such text.
    [[nodiscard]] bool feed(QByteArrayView bytes, const Bytes &received);
    /// The lines beside the log.
    [[nodiscard]] const std::vector<JobLine> &lines() const { return m_lines; }
    /// The script has begun to answer.
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }

private:
    [[nodiscard]] bool takeLine();

    QByteArray m_mark;
    QByteArray m_line;
    std::vector<JobLine> m_lines;
    qint64 m_left = 0; ///< bytes of the log before the next line
    bool m_hasBegun = false;
};

} // namespace core::jobs
