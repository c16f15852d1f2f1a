// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace core::transfer {

/// Where a command's own output begins: what the user's start-up files print, with or without a
/// newline at its end, comes before it on both streams.
class StreamMark
{
public:
    StreamMark();

    /// Shell text before the command, ends with "; ".
    [[nodiscard]] QByteArray command() const;
    /// What of \a bytes, the next ones of the stream, is the command's own; points into them.
    [[nodiscard]] QByteArrayView take(QByteArrayView bytes, bool isStderr);
    /// The command was begun.
    [[nodiscard]] bool isSeen() const { return m_streams[0].isSeen; }
    /// The last that came before: why there is no mark, when there is none.
    [[nodiscard]] QByteArray before() const;

private:
    struct Stream
    {
        QByteArray before;
        bool isSeen = false;
    };

    QByteArray m_mark; ///< a secret, so that nothing else can be it
    std::array<Stream, 2> m_streams;
};

} // namespace core::transfer
