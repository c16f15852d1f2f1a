// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/TransferQueue.h"
#include "ui/common/Chip.h"

#include <QString>

namespace ui::transfers {

/// "imagenet", "train.py and 3 more"
[[nodiscard]] QString titleWords(const core::fleet::QueuedTransfer &transfer);
/// "to resnet-ablation: /root/autodl-tmp"
[[nodiscard]] QString routeWords(const core::fleet::QueuedTransfer &transfer);

/// The folder here that it comes from or goes to.
[[nodiscard]] QString localFolder(const core::fleet::QueuedTransfer &transfer);

struct TransferState
{
    QString text;
    Chip::Tone tone = Chip::Tone::Neutral;
    Icon sign = Icon::Clock;
};
[[nodiscard]] TransferState stateWords(const core::fleet::QueuedTransfer &transfer);

/// "34 % · 1.2 of 3.5 GB · 1,204 of 4,000 files · 45 MB/s · 2 m 10 s left"
[[nodiscard]] QString figureWords(const core::fleet::QueuedTransfer &transfer);
/// 0 to 1; absent while it is not known.
[[nodiscard]] std::optional<double> shareDone(const core::fleet::QueuedTransfer &transfer);
/// The files that were not simply copied, a line for each; what is the same for several is told
/// once, above their names.
[[nodiscard]] QStringList outcomeLines(const std::vector<core::transfer::FileOutcome> &outcomes);
/// "data/a.bin: left out, it points outside"
[[nodiscard]] QString outcomeWords(const core::transfer::FileOutcome &outcome);
/// "tar stream, zstd", in words for what "auto" chose.
[[nodiscard]] QString protocolWords(const QByteArray &protocol);

} // namespace ui::transfers
