// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/StreamMark.h"

#include <QRandomGenerator>

namespace core::transfer {

namespace {

constexpr qsizetype longestBefore = 16 * 1024;

} // namespace

StreamMark::StreamMark()
    : m_mark(
          QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0') +
          '\n')
{
}

QByteArray StreamMark::command() const
{
    // In two halves: a shell that shows its commands does not print it so.
    const QByteArray halves = "printf '%s%s\\n' " + m_mark.left(8) + ' ' + m_mark.sliced(8, 8);
    return halves + "; " + halves + " >&2; ";
}

QByteArrayView StreamMark::take(QByteArrayView bytes, bool isStderr)
{
    Stream &stream = m_streams[isStderr ? 1 : 0];
    if (stream.isSeen)
        return bytes;
    stream.before.append(bytes.data(), bytes.size());
    const qsizetype at = stream.before.indexOf(m_mark);
    if (at < 0) {
        if (stream.before.size() > longestBefore)
            stream.before = stream.before.last(longestBefore / 2);
        return bytes.last(0);
    }
    stream.isSeen = true;
    const qsizetype own = stream.before.size() - at - m_mark.size();
    stream.before.truncate(at);
    return bytes.last(own);
}

QByteArray StreamMark::before() const
{
    const QByteArray errors = m_streams[1].before.trimmed();
    return errors.isEmpty() ? m_streams[0].before.trimmed() : errors;
}

} // namespace core::transfer
