// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Report.h"

#include <QByteArrayList>

/// Pieces of parseReport(). Pure; odd text gives less, never an error.
namespace core::env {

/// "https://user:secret@host/x" becomes "https://host/x".
[[nodiscard]] QByteArray withoutSecrets(const QByteArray &address);

/// \a text: what the shell printed, its marks among it. Absent where the end mark is missing.
[[nodiscard]] std::optional<ShellView> parseShellView(QByteArrayView text);

/// "pip-conf": pip's INI form; only the keys looked at, of [global] and [install].
void readPipConf(const QByteArray &path, QByteArrayView text, Settings &settings);
/// A condarc: YAML's block lists of plain words, as conda itself writes them.
void readCondarc(const QByteArray &path, QByteArrayView text, Settings &settings);

/// Lines of torch/version.py ("__version__ = '2.5.1+cu124'", "cuda: Optional[str] = '12.4'") and
/// names of its .dist-info.
[[nodiscard]] std::optional<Torch> parseTorch(const QByteArrayList &versionLines,
                                              const QByteArrayList &distInfos);

/// "python-3.10.8-h742a1e1_1" gives "3.10.8".
[[nodiscard]] std::optional<QString> versionInCondaName(QByteArrayView name);

/// nvcc's "release 12.4, V12.4.131" (12.4), version.json's "cuda", version.txt's "CUDA
/// Version 11.0.207".
[[nodiscard]] std::optional<QString> parseNvcc(QByteArrayView text);
[[nodiscard]] std::optional<QString> parseCudaJson(QByteArrayView text);
[[nodiscard]] std::optional<QString> parseCudaTxt(QByteArrayView text);

} // namespace core::env
