// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/TransferRecord.h"

/// How TransferHistory writes what a table of numbers has no columns for. Paths are bytes that JSON
/// can't hold, so they are in base64.
namespace core::history {

[[nodiscard]] QByteArray requestJson(const transfer::TransferRequest &request);
[[nodiscard]] transfer::TransferRequest requestOf(const QByteArray &json);
[[nodiscard]] QByteArray outcomesJson(const std::vector<transfer::FileOutcome> &outcomes);
[[nodiscard]] std::vector<transfer::FileOutcome> outcomesOf(const QByteArray &json);

} // namespace core::history
