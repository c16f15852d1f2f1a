// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

/// A program under a pseudo-terminal of this machine, whose output is kept.
class PtyProgram
{
public:
    struct Step
    {
        QByteArray waitFor; ///< in what came since the last step
        QByteArray send;
        /// Sent anew each second until the next step's text comes: a program that throws away what
        /// is typed while it draws.
        bool mayBeLost = false;
    };

    /// Runs \a command by bash until it ends, or until the steps are done. What it asks of its
    /// terminal is answered. \returns all that it wrote; \a error says what went wrong.
    [[nodiscard]] static QByteArray record(const QString &command, int rows, int columns,
                                           const std::vector<Step> &steps, QString &error);
};
