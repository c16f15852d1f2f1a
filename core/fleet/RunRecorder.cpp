// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/RunRecorder.h"

#include "core/base/Clock.h"
#include "core/base/Logging.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/RunMarks.h"
#include "core/history/RunStore.h"

#include <algorithm>

namespace core::fleet {

namespace {

using namespace std::chrono_literals;

/// So much is lost when the program is killed, until the next look at the instance tells it again.
constexpr auto tickEvery = 60s;

} // namespace

RunRecorder::RunRecorder(Fleet &fleet, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_clock(clock)
{
    for (Instance *instance : fleet.instances())
        follow(instance);
    connect(&fleet, &Fleet::added, this, &RunRecorder::follow);
    connect(&fleet, &Fleet::aboutToRemove, this, &RunRecorder::leave);
    connect(&m_tick, &QTimer::timeout, this, &RunRecorder::tick);
    m_tick.start(tickEvery);
}

RunRecorder::~RunRecorder()
{
    saveOpen();
}

void RunRecorder::setStore(history::RunStore *store)
{
    m_store = store;
    m_ready = !store;
    if (!store)
        return;
    connect(store, &history::RunStore::opened, this, &RunRecorder::onOpened);
    connect(store, &history::RunStore::loaded, this,
            [this](cost::TimeMs, cost::TimeMs, const std::vector<cost::RunSlice> &slices) {
                m_slices.insert(m_slices.begin(), slices.begin(), slices.end());
                Q_EMIT loaded();
            });
    connect(store, &history::RunStore::failed, this, [this](const Error &error) {
        qCWarning(lcFleet) << "running times:" << error.detail;
        m_ready = true; // goes on in memory
    });
}

void RunRecorder::onOpened(const history::StoredRuns &stored)
{
    for (const cost::RunSlice &slice : stored.newest)
        m_newest.emplace(slice.instanceId, slice);
    m_said += stored.said;
    m_store->load(now() - reachBack, now() + reachBack);
    m_ready = true;
    for (Instance *instance : m_fleet.instances())
        onSample(instance);
}

cost::TimeMs RunRecorder::now() const
{
    using std::chrono::milliseconds;
    return std::chrono::duration_cast<milliseconds>(m_clock.now().time_since_epoch()).count();
}

cost::RunMeter &RunRecorder::meterOf(const Instance &instance)
{
    const auto known = m_meters.find(instance.id());
    if (known != m_meters.end())
        return known->second;
    cost::RunMeter meter(instance.id(), instance.profile().name);
    meter.setRates(ratesOf(instance.profile()));
    if (const auto newest = m_newest.find(instance.id()); newest != m_newest.end())
        meter.resume(newest->second);
    return m_meters.emplace(instance.id(), std::move(meter)).first->second;
}

void RunRecorder::follow(Instance *instance)
{
    connect(instance, &Instance::sampleArrived, this, [this, instance] { onSample(instance); });
    connect(instance, &Instance::profileChanged, this, [this, instance] {
        const auto known = m_meters.find(instance->id());
        if (known == m_meters.end())
            return;
        known->second.setName(instance->profile().name);
        known->second.setRates(ratesOf(instance->profile()));
    });
}

void RunRecorder::leave(Instance *instance)
{
    disconnect(instance, nullptr, this, nullptr);
    const auto known = m_meters.find(instance->id());
    if (known == m_meters.end())
        return;
    add(known->second.unfinished());
    m_meters.erase(known);
}

void RunRecorder::onSample(Instance *instance)
{
    if (m_ready && instance->sample() && !instance->isStale())
        mark(instance, markOf(*instance->sample()));
}

/// Connections that give no samples are a sign of life too.
void RunRecorder::tick()
{
    if (m_ready) {
        for (Instance *instance : m_fleet.instances()) {
            const bool silent = !instance->sample() || instance->isStale();
            if (instance->state() != Instance::State::Connected || !silent)
                continue;
            cost::Mark sign;
            sign.time = now();
            mark(instance, sign);
        }
    }
    saveOpen();
}

void RunRecorder::mark(Instance *instance, const cost::Mark &mark)
{
    add(meterOf(*instance).take(mark));
}

void RunRecorder::add(std::vector<cost::RunSlice> slices)
{
    if (slices.empty())
        return;
    if (m_store)
        m_store->save(slices);
    m_slices.insert(m_slices.end(), slices.begin(), slices.end());
    const cost::TimeMs oldest = now() - reachBack;
    std::erase_if(m_slices, [oldest](const cost::RunSlice &one) { return one.to < oldest; });
    Q_EMIT grown();
}

void RunRecorder::saveOpen()
{
    if (!m_store)
        return;
    std::vector<cost::RunSlice> open;
    for (const auto &[id, meter] : m_meters) {
        const std::vector<cost::RunSlice> slices = meter.unfinished();
        open.insert(open.end(), slices.begin(), slices.end());
    }
    if (!open.empty())
        m_store->save(open);
}

std::vector<cost::RunSlice> RunRecorder::slices() const
{
    std::vector<cost::RunSlice> all = m_slices;
    for (const auto &[id, meter] : m_meters) {
        const std::vector<cost::RunSlice> slices = meter.unfinished();
        all.insert(all.end(), slices.begin(), slices.end());
    }
    return all;
}

std::optional<cost::TimeMs> RunRecorder::lastOn(const QString &instanceId) const
{
    if (const auto meter = m_meters.find(instanceId); meter != m_meters.end())
        return meter->second.lastSeen();
    const auto newest = m_newest.find(instanceId);
    return newest == m_newest.end() ? std::nullopt : std::optional(newest->second.to);
}

void RunRecorder::setSaid(const QSet<QString> &keys)
{
    m_said = keys;
    if (m_store)
        m_store->setSaid(keys);
}

void RunRecorder::stopped(const QString &instanceId)
{
    if (const auto meter = m_meters.find(instanceId); meter != m_meters.end())
        add(meter->second.stopped(now()));
}

} // namespace core::fleet
