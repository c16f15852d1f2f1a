// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Rules.h"

#include <map>

namespace core::advice {

/// What changed with one sample, by key.
struct Changes
{
    std::vector<QString> begun;
    std::vector<QString> ended;

    [[nodiscard]] bool isEmpty() const { return begun.empty() && ended.empty(); }
};

/// Follows one instance: asks the rules as samples come and keeps what they found from flapping. A
/// finding begins when its rule says yes; it ends when the rule, with its easier threshold, has
/// said no for a while, or when nothing is known for long; then it needs a whole new window to
/// begin again. No clock but the samples' times; one thread.
class Advisor
{
public:
    explicit Advisor(Options options = {});

    void setOptions(Options options);
    [[nodiscard]] const Options &options() const { return m_options; }
    /// Keys that the user does not want to hear of again: they neither begin nor are listed.
    void setSilenced(QSet<QString> keys);
    /// \a series has taken \a sample already.
    Changes take(const metrics::SamplePtr &sample, const metrics::SeriesSet &series);
    /// What holds now, longest first.
    [[nodiscard]] std::vector<Finding> findings() const;

private:
    struct State
    {
        std::optional<Finding> finding; ///< while it holds
        TimeMs noSince = 0;             ///< 0: not said
        TimeMs knownAt = 0;             ///< the rule last said yes or no
        TimeMs endedAt = 0;
        TimeMs settle = 0;
    };
    void keep(const metrics::SamplePtr &sample, TimeMs time);
    void settleOne(const Judgement &judgement, TimeMs now, Changes &changes);
    static void end(const QString &key, State &state, TimeMs now, Changes &changes);

    Options m_options;
    QSet<QString> m_silenced;
    std::vector<metrics::SamplePtr> m_samples; ///< some seconds apart; the last is the newest
    std::map<QString, State> m_states;
    TimeMs m_judgedAt = 0;
    TimeMs m_cardJudgedAt = 0;
};

} // namespace core::advice
