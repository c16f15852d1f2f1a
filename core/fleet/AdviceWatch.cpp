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
            advisor(instance->id()).take(instance->sample(), instance->series());
        if (!changes.isEmpty())
            Q_EMIT changed(instance->id(), changes);
    });
}

std::vector<advice::Finding> AdviceWatch::findings(const QString &instanceId) const
{
    const auto known = m_advisors.find(instanceId);
    return known == m_advisors.end() ? std::vector<advice::Finding>() : known->second.findings();
}

advice::Advisor &AdviceWatch::advisor(const QString &instanceId)
{
    const auto known = m_advisors.find(instanceId);
    if (known != m_advisors.end())
        return known->second;
    advice::Options options;
    options.idleAfter = m_idleAfter;
    return m_advisors.emplace(instanceId, advice::Advisor(std::move(options))).first->second;
}

void AdviceWatch::setCards(const QString &instanceId, std::optional<advice::CardFacts> rented,
                           std::vector<advice::CardFacts> others)
{
    advice::Options options = advisor(instanceId).options();
    options.card = std::move(rented);
    options.otherCards = std::move(others);
    advisor(instanceId).setOptions(std::move(options));
}

void AdviceWatch::setIdleAfter(advice::TimeMs time)
{
    m_idleAfter = time;
    for (auto &[id, one] : m_advisors) {
        advice::Options options = one.options();
        options.idleAfter = time;
        one.setOptions(std::move(options));
    }
}

void AdviceWatch::setSilenced(const QString &instanceId, QSet<QString> keys)
{
    advisor(instanceId).setSilenced(std::move(keys));
}

} // namespace core::fleet
