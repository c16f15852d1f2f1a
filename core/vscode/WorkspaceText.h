// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/env/Report.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace core::vscode {

/// A Python that programs are to be debugged with.
struct Interpreter
{
    QString name;   ///< "base", "train", or the program's path
    QString python; ///< absolute path of the program
    QString prefix; ///< of its conda environment; "" = it is in none

    bool operator==(const Interpreter &) const = default;
};

/// All that can be debugged with, in the report's order; wherever they are.
[[nodiscard]] std::vector<Interpreter> interpretersOf(const env::Report &report);

/// The name of its configuration in launch.json, by which it is found again.
[[nodiscard]] QString launchName(const Interpreter &interpreter);

/// .vscode/launch.json with a configuration that debugs the open file with \a interpreter.
///
/// Type debugpy, request launch, program ${file}, console integratedTerminal, justMyCode false, cwd
/// the folder; env: the environment's bin folder first in PATH, and CONDA_PREFIX. PATH goes on with
/// ${env:PATH}, as VS Code spells it
/// (https://code.visualstudio.com/docs/editor/variables-reference):
/// "$PATH" it hands over as it is. One that has the name already is brought up to date: which
/// Python it is; what else is there stays, so that arguments somebody added are not lost. \a
/// existing: the file's text, "" = there is none. Errors: Parse (then it is not to be touched),
/// Unsupported (it is JSON, but "configurations" is no list or the whole no object).
[[nodiscard]] Result<QByteArray> mergeLaunch(const QByteArray &existing,
                                             const Interpreter &interpreter);
/// What mergeLaunch() adds, alone: to be shown.
[[nodiscard]] QByteArray launchConfiguration(const Interpreter &interpreter);

/// .vscode/extensions.json that recommends \a extensions too; not those that it calls unwanted.
/// Names are compared without regard to case. Errors as above.
[[nodiscard]] Result<QByteArray> mergeExtensions(const QByteArray &existing,
                                                 const QStringList &extensions);
/// Jupyter, Python, Black Formatter, Git Graph, GitLens.
[[nodiscard]] QStringList recommendedExtensions();

} // namespace core::vscode
