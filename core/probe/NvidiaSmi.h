// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/GpuInfo.h"

#include <QByteArrayView>
#include <QStringList>

#include <tl/expected.hpp>

namespace core::probe {

/// "nvidia-smi -q -x". Drivers 3xx to 61x; a cut-off document gives what was read, truncated =
/// true.
[[nodiscard]] tl::expected<SmiReport, SmiError> parseNvidiaSmiXml(QByteArrayView text);

/// "nvidia-smi --query-gpu=... --format=csv[,noheader][,nounits]". Columns by header name; without
/// a header by \a columns (query field names), and without those by the recognised shape of the
/// cells. Rows of --query-compute-apps become processes of their GPUs.
[[nodiscard]] tl::expected<SmiReport, SmiError> parseNvidiaSmiCsv(QByteArrayView text,
                                                                  const QStringList &columns = {});

/// "nvidia-smi --query-compute-apps=... --format=csv": processes with the UUID of their GPU.
struct ComputeApp
{
    GpuProcess process;
    std::optional<QString> gpuUuid{};
    std::optional<QString> gpuBusId{};
    std::optional<QString> gpuName{};
    bool operator==(const ComputeApp &) const = default;
};
[[nodiscard]] tl::expected<std::vector<ComputeApp>, SmiError>
parseComputeAppsCsv(QByteArrayView text);

/// The plain table of "nvidia-smi", for text a user pastes. Names there may be cut with "...".
[[nodiscard]] tl::expected<SmiReport, SmiError> parseNvidiaSmiTable(QByteArrayView text);

/// Recognises nvidia-smi's error texts (stdout or stderr, also the shell's "not found"); nullopt if
/// the text is none of them.
[[nodiscard]] std::optional<SmiError> recogniseSmiError(QByteArrayView text);

} // namespace core::probe
