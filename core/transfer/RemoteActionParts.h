// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>

namespace core::transfer {

/// What several remote actions say and do alike.
[[nodiscard]] Error nameIsTaken(const QByteArray &path);

/// Starts with '/' or "./": a tool can't take it for an option.
[[nodiscard]] inline QByteArray plainPath(const QByteArray &path)
{
    return path.startsWith('/') ? path : "./" + path;
}

/// "KIND NUMBER WORDS", as the scripts of remote actions print it.
struct ScriptRecord
{
    QByteArray kind;
    int number = -1; ///< -1 = none, or out of [0, count)
    QByteArray words;

    ScriptRecord(const QByteArray &bytes, qsizetype count)
    {
        const qsizetype first = bytes.indexOf(' ');
        kind = bytes.left(first < 0 ? bytes.size() : first);
        if (first < 0)
            return;
        const qsizetype second = bytes.indexOf(' ', first + 1);
        bool ok = false;
        const int found =
            bytes.sliced(first + 1, (second < 0 ? bytes.size() : second) - first - 1).toInt(&ok);
        if (ok && found >= 0 && found < count)
            number = found;
        if (second >= 0)
            words = bytes.sliced(second + 1);
    }
};

} // namespace core::transfer
