// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace cli {

/// Rows under a header, in columns as wide as their widest cell (Chinese counts double); two blanks
/// between them; cells are printable(). Columns of numbers stand to the right. The last column is
/// not padded.
[[nodiscard]] QString tableText(const QStringList &header, const std::vector<QStringList> &rows);

} // namespace cli
