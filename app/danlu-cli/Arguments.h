// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QMap>
#include <QSet>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace cli {

/// The command line, taken apart. Options may stand anywhere before "--".
struct Arguments
{
    QString command;
    QStringList positionals;                         ///< after the command
    QStringList remote;                              ///< after "--"
    QMap<QString, QString> options;                  ///< without the dashes; switches have ""
    QStringList excludes;                            ///< every --exclude
    QStringList fetches;                             ///< every --fetch
    QStringList variables;                           ///< every --set, NAME=VALUE
    std::vector<std::pair<QChar, QString>> forwards; ///< every -L, -R and -D: its letter and value
    bool json = false;

    [[nodiscard]] bool has(const char *option) const;
    [[nodiscard]] std::optional<QString> value(const char *option) const;
};

/// One argument as the system gave it. Bytes that are no UTF-8 become characters of a private
/// plane, so that bytesOfWord() gives them back: names are bytes. On Windows the system's own text
/// comes whole.
[[nodiscard]] QString wordOfBytes(const QByteArray &argument);
[[nodiscard]] QByteArray bytesOfWord(const QString &word);

/// \returns Usage errors with the offending word in detail.
[[nodiscard]] core::Result<Arguments> parseArguments(const QStringList &argv);

/// A positive whole number or number with decimals; Usage error naming the option otherwise.
[[nodiscard]] core::Result<double> positiveNumber(const Arguments &arguments, const char *option,
                                                  double fallback);

} // namespace cli
