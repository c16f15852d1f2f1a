// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/Sample.h"

namespace core::metrics {

QLatin1StringView sourceName(Source source)
{
    switch (source) {
    case Source::Cgroup2: return QLatin1StringView("cgroup2");
    case Source::Cgroup1: return QLatin1StringView("cgroup1");
    case Source::Host: return QLatin1StringView("host");
    }
    return QLatin1StringView("host");
}

QLatin1StringView modeName(Mode mode)
{
    switch (mode) {
    case Mode::Gpu: return QLatin1StringView("gpu");
    case Mode::NoGpu: return QLatin1StringView("no-gpu");
    case Mode::Unknown: return QLatin1StringView("unknown");
    }
    return QLatin1StringView("unknown");
}

} // namespace core::metrics
