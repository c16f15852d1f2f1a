// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/Sampler.h"

#include "core/base/ShellQuote.h"

#include <algorithm>

namespace core::metrics {

extern const char *const samplerScript;

QByteArray samplerCommand(const SamplerOptions &options)
{
    const auto interval = std::max<qint64>(100, options.interval.count());
    const QByteArray length = QByteArray::number(samplerInput().size());
    return "exec /bin/sh -c " + shellQuote("eval \"$(head -c " + length + ")\"") +
           " danlu-sampler " + QByteArray::number(interval) + ' ' +
           QByteArray::number(std::max(0, options.count));
}

QByteArray samplerInput()
{
    return QByteArray(samplerScript);
}

} // namespace core::metrics
