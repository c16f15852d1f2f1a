// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/RunMarks.h"

#include "core/profiles/Providers.h"

namespace core::fleet {

namespace {

/// Below this a GPU that is paid for is wasted.
constexpr double wastedBelowPercent = 5;

} // namespace

cost::Mark markOf(const metrics::Sample &sample)
{
    using std::chrono::milliseconds;
    cost::Mark mark;
    mark.time = std::chrono::duration_cast<milliseconds>(sample.time.time_since_epoch()).count();
    if (sample.host.uptimeSeconds)
        mark.uptime = *sample.host.uptimeSeconds * 1000;
    if (sample.mode != metrics::Mode::Unknown)
        mark.noGpu = sample.mode == metrics::Mode::NoGpu;
    mark.gpus = int(sample.gpus.size());
    for (const probe::GpuInfo &gpu : sample.gpus) {
        if (mark.card.isEmpty())
            mark.card = gpu.name.value_or(QString());
        if (gpu.utilPercent && *gpu.utilPercent < wastedBelowPercent)
            ++mark.idleGpus;
    }
    return mark;
}

cost::Rates ratesOf(const profiles::Profile &profile)
{
    cost::Rates rates;
    if (profile.price) {
        const auto currency = currencyOf(profile.price->currency);
        const HourlyRate rate{profile.price->tenThousandths, currency.value_or(Currency::Cny)};
        if (currency && rate.isUsable())
            rates.perHour = rate;
    }
    const profiles::Provider *provider = profiles::providerById(profile.provider);
    if (provider && provider->noGpuFenPerHour > 0)
        rates.noGpuPerHour =
            HourlyRate{provider->noGpuFenPerHour * HourlyRate::perMinor, Currency::Cny};
    return rates;
}

} // namespace core::fleet
