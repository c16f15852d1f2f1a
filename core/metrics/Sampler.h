// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"

#include <QByteArray>

#include <chrono>
#include <memory>

namespace core {
class Clock;
}

namespace core::metrics {

struct SamplerOptions
{
    std::chrono::milliseconds interval{1000};
    int count = 0; ///< 0 = until stopped
};
/// The remote half: run this in one exec channel with samplerInput() as the first bytes of its
/// stdin; it prints framed samples until its stdin closes or the channel goes. One simple command,
/// valid for every login shell; the script comes by stdin so that the instance's process list stays
/// readable. Needs no python and no bash; dash and busybox ash run it.
[[nodiscard]] QByteArray samplerCommand(const SamplerOptions &options);
[[nodiscard]] QByteArray samplerInput();

/// The local half: takes the channel's bytes in any pieces, gives samples. A torn or damaged frame
/// is counted in lostFrames() and skipped. Pure but for the clock; one thread.
class SampleAssembler
{
public:
    explicit SampleAssembler(const Clock &clock);
    ~SampleAssembler();
    /// Samples completed by these bytes, oldest first.
    [[nodiscard]] std::vector<SamplePtr> feed(QByteArrayView bytes);
    [[nodiscard]] int lostFrames() const;
    /// Forget counters kept for rates (after a reconnect).
    void reset();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace core::metrics
