// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/Sampler.h"

#include "core/base/ShellQuote.h"

#include <algorithm>

namespace core::metrics {

extern const char *const samplerScript;

QByteArray samplerCommand(const SamplerOptions &options)
{
    const auto interval = std::max<qint64>(100, options.interval.count());
    // Valid for every login shell (bash, zsh, dash, fish, csh without "!" in the script): one
    // simple command whose script is one word in single quotes.
    return "exec /bin/sh -c " + shellQuote(samplerScript) + " danlu-sampler " +
           QByteArray::number(interval) + ' ' + QByteArray::number(std::max(0, options.count));
}

} // namespace core::metrics
