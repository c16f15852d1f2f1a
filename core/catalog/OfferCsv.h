// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/catalog/Offer.h"

namespace core::catalog {

/// The table of offers as CSV, with the columns of resources/catalog/offers.csv: provider, region,
/// card, price_per_gpu_hour, currency, cores_per_gpu, memory_gb_per_gpu, system_disk_gb,
/// data_disk_gb, member_price_per_gpu_hour, seen_on, source, note. The first five are needed, the
/// others may be missing; an empty cell is not known. Other columns are kept.
/// Parse errors name the lines; nothing is read from a table with a bad line.
[[nodiscard]] Result<std::vector<Offer>> offersFromCsv(QByteArrayView text);
[[nodiscard]] QByteArray offersToCsv(const std::vector<Offer> &offers);

/// The same table after a spreadsheet program or a person had it, as readSpreadsheet(): headers in
/// any case, dates as SeenOn::parseTyped(), decimal commas where semicolons stand between the
/// cells, currencies as people write them ("RMB", "¥"), computed amounts rounded to the millionth.
/// An offer for nothing is a slip of the pen here, and its line is refused.
[[nodiscard]] Result<std::vector<Offer>> offersFromSpreadsheet(QByteArrayView bytes);
/// With the mark by which Excel knows that it is UTF-8.
[[nodiscard]] QByteArray offersToSpreadsheet(const std::vector<Offer> &offers);

/// What an offer needs to be kept: a provider, a card, texts of one line that are not too long.
/// Errors: Usage with the column's name as detail.
[[nodiscard]] Result<> checkOffer(const Offer &offer);

} // namespace core::catalog
