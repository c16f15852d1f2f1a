// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "core/fleet/WakeDetector.h"

#include <QObject>

#include <vector>

namespace core::fleet {

/// All instances, in the order of the profiles; follows the ProfileStore. GUI thread.
class Fleet : public QObject
{
    Q_OBJECT

public:
    explicit Fleet(Instance::Services services, QObject *parent = nullptr);
    ~Fleet() override;

    [[nodiscard]] const std::vector<Instance *> &instances() const { return m_instances; }
    [[nodiscard]] Instance *byId(const QString &id) const;
    /// After a wake from sleep or a network change.
    void wakeAll();

Q_SIGNALS:
    void added(core::fleet::Instance *instance);
    void aboutToRemove(core::fleet::Instance *instance);
    void reordered();

private:
    void onAdded(const QString &id);
    void onRemoved(const QString &id);
    void sort();

    Instance::Services m_services;
    std::vector<Instance *> m_instances;
    WakeDetector m_wake;
};

} // namespace core::fleet
