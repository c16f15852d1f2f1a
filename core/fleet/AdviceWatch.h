// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Advisor.h"

#include <QObject>

#include <map>

namespace core::fleet {

class Fleet;
class Instance;

/// The advice on every instance of a Fleet, as its samples come. GUI thread.
class AdviceWatch final : public QObject
{
    Q_OBJECT

public:
    explicit AdviceWatch(Fleet &fleet, QObject *parent = nullptr);

    /// What holds now, longest first. Findings stay while the connection is lost for a short time.
    [[nodiscard]] std::vector<advice::Finding> findings(const QString &instanceId) const;
    /// Cards and how long is idle, for one instance.
    void setOptions(const QString &instanceId, advice::Options options);
    /// "Not again": keys of findings that this instance's user has seen enough of.
    void setSilenced(const QString &instanceId, QSet<QString> keys);

Q_SIGNALS:
    /// Some have begun or ended; what is unchanged has newer figures.
    void changed(const QString &instanceId, const core::advice::Changes &changes);

private:
    void follow(Instance *instance);

    std::map<QString, advice::Advisor> m_advisors;
};

} // namespace core::fleet
