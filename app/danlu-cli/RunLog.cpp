// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/RunLog.h"

#include "core/base/Logging.h"
#include "core/fleet/RunMarks.h"

#include <QDir>

using namespace core;

namespace cli {

namespace {

constexpr cost::TimeMs saveEvery = 60'000;

} // namespace

QString runsFile(const Services &services)
{
    return QDir(services.configDir).filePath(QStringLiteral("runs.db"));
}

RunLog::RunLog(const QString &target, const Services &services)
    : m_file(runsFile(services))
{
    const profiles::Profile *profile = services.profiles->byName(target);
    if (!profile)
        return;
    m_meter.emplace(profile->id, profile->name);
    m_meter->setRates(fleet::ratesOf(*profile));
}

RunLog::~RunLog()
{
    if (m_meter && m_history)
        save(m_meter->unfinished());
}

void RunLog::take(const metrics::Sample &sample)
{
    if (!m_meter || m_failed)
        return;
    if (!m_history) {
        m_history.emplace();
        const Result<> opened = m_history->open(m_file);
        const auto newest = opened ? m_history->newest() : tl::make_unexpected(opened.error());
        if (!newest) {
            qCDebug(lcFleet) << "running times:" << newest.error().detail;
            m_failed = true;
            m_history.reset();
            return;
        }
        for (const cost::RunSlice &slice : *newest) {
            if (slice.instanceId == m_meter->instanceId())
                m_meter->resume(slice);
        }
    }
    const cost::Mark mark = fleet::markOf(sample);
    std::vector<cost::RunSlice> slices = m_meter->take(mark);
    if (mark.time - m_savedAt >= saveEvery) {
        m_savedAt = mark.time;
        const std::vector<cost::RunSlice> open = m_meter->unfinished();
        slices.insert(slices.end(), open.begin(), open.end());
    }
    save(slices);
}

void RunLog::save(const std::vector<cost::RunSlice> &slices)
{
    const Result<> saved = m_history->save(slices);
    if (!saved)
        qCDebug(lcFleet) << "running times:" << saved.error().detail;
}

} // namespace cli
