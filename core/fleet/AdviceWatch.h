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
    /// The rented card and others, for one instance.
    void setCards(const QString &instanceId, std::optional<advice::CardFacts> rented,
                  std::vector<advice::CardFacts> others);
    /// How long nothing must have been going on before it is said, for all.
    void setIdleAfter(advice::TimeMs time);
    /// "Not again": keys of findings that this instance's user has seen enough of.
    void setSilenced(const QString &instanceId, QSet<QString> keys);

Q_SIGNALS:
    /// Some have begun or ended; what is unchanged has newer figures.
    void changed(const QString &instanceId, const core::advice::Changes &changes);

private:
    void follow(Instance *instance);

    advice::Advisor &advisor(const QString &instanceId);

    std::map<QString, advice::Advisor> m_advisors;
    advice::TimeMs m_idleAfter = advice::Options().idleAfter;
};

} // namespace core::fleet
