// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/Fleet.h"

#include "core/profiles/ProfileStore.h"

#include <algorithm>

namespace core::fleet {

Fleet::Fleet(Instance::Services services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_wake(services.clock)
{
    for (const profiles::Profile &profile : services.profiles.profiles())
        m_instances.push_back(new Instance(profile.id, services, this));
    connect(&services.profiles, &profiles::ProfileStore::added, this, &Fleet::onAdded);
    connect(&services.profiles, &profiles::ProfileStore::removed, this, &Fleet::onRemoved);
    connect(&services.profiles, &profiles::ProfileStore::reordered, this, [this] {
        sort();
        Q_EMIT reordered();
    });
    connect(&m_wake, &WakeDetector::woke, this, &Fleet::wakeAll);
}

Fleet::~Fleet() = default;

Instance *Fleet::byId(const QString &id) const
{
    const auto it = std::find_if(m_instances.cbegin(), m_instances.cend(),
                                 [&](const Instance *instance) { return instance->id() == id; });
    return it == m_instances.cend() ? nullptr : *it;
}

void Fleet::wakeAll()
{
    for (Instance *instance : m_instances)
        instance->wake();
}

void Fleet::onAdded(const QString &id)
{
    if (byId(id))
        return;
    auto *instance = new Instance(id, m_services, this);
    m_instances.push_back(instance);
    sort();
    Q_EMIT added(instance);
}

void Fleet::onRemoved(const QString &id)
{
    Instance *instance = byId(id);
    if (!instance)
        return;
    Q_EMIT aboutToRemove(instance);
    std::erase(m_instances, instance);
    instance->disconnectNow();
    instance->deleteLater();
}

void Fleet::sort()
{
    const std::vector<profiles::Profile> &order = m_services.profiles.profiles();
    const auto place = [&](const Instance *instance) {
        return std::find_if(
                   order.cbegin(), order.cend(),
                   [&](const profiles::Profile &profile) { return profile.id == instance->id(); }) -
               order.cbegin();
    };
    std::stable_sort(m_instances.begin(), m_instances.end(),
                     [&](const Instance *a, const Instance *b) { return place(a) < place(b); });
}

} // namespace core::fleet
