// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace core {

/// One word for a POSIX shell. The only place that builds shell text from data: safe words stay as
/// they are, others go in single quotes. Bytes are kept as they are; a NUL, which no shell word can
/// hold, ends the word.
[[nodiscard]] QByteArray shellQuote(QByteArrayView word);
[[nodiscard]] QByteArray shellJoin(const QList<QByteArray> &words);

} // namespace core
