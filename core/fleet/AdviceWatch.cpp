// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/AdviceWatch.h"

#include "core/fleet/Fleet.h"

namespace core::fleet {

AdviceWatch::AdviceWatch(Fleet &fleet, QObject *parent)
    : QObject(parent)
{
    for (Instance *instance : fleet.instances())
        follow(instance);
    connect(&fleet, &Fleet::added, this, &AdviceWatch::follow);
    connect(&fleet, &Fleet::aboutToRemove, this, [this](Instance *instance) {
        disconnect(instance, nullptr, this, nullptr);
        m_advisors.erase(instance->id());
    });
}

void AdviceWatch::follow(Instance *instance)
{
    connect(instance, &Instance::sampleArrived, this, [this, instance] {
        const advice::Changes changes =
            m_advisors[instance->id()].take(instance->sample(), instance->series());
        if (!changes.isEmpty())
            Q_EMIT changed(instance->id(), changes);
    });
}

std::vector<advice::Finding> AdviceWatch::findings(const QString &instanceId) const
{
    const auto known = m_advisors.find(instanceId);
    return known == m_advisors.end() ? std::vector<advice::Finding>() : known->second.findings();
}

void AdviceWatch::setOptions(const QString &instanceId, advice::Options options)
{
    m_advisors[instanceId].setOptions(std::move(options));
}

void AdviceWatch::setSilenced(const QString &instanceId, QSet<QString> keys)
{
    m_advisors[instanceId].setSilenced(std::move(keys));
}

} // namespace core::fleet
