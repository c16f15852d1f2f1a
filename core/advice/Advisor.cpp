// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/Advisor.h"

#include "core/advice/RuleParts.h"

#include <algorithm>

namespace core::advice {

namespace {

/// Often enough for windows of half a minute and more.
constexpr TimeMs judgeEvery = 5 * second;
constexpr TimeMs judgeCardEvery = minute;
constexpr TimeMs keepEvery = 5 * second;
constexpr TimeMs keepFor = outOfMemoryWindow;

} // namespace

Advisor::Advisor(Options options)
    : m_options(std::move(options))
{
}

void Advisor::setOptions(Options options)
{
    m_options = std::move(options);
}

void Advisor::setSilenced(QSet<QString> keys)
{
    m_silenced = std::move(keys);
    for (const QString &key : std::as_const(m_silenced))
        m_states.erase(key);
}

void Advisor::keep(const metrics::SamplePtr &sample, TimeMs time)
{
    const std::size_t count = m_samples.size();
    if (count >= 2 && timeOf(*m_samples[count - 1]) - timeOf(*m_samples[count - 2]) < keepEvery)
        m_samples.back() = sample;
    else
        m_samples.push_back(sample);
    // One from before the window stays: the windows reach back to it, and after a gap its counters
    // are what there is to compare with.
    const auto first =
        std::find_if(m_samples.begin(), m_samples.end(),
                     [&](const metrics::SamplePtr &one) { return time - timeOf(*one) < keepFor; });
    if (first - m_samples.begin() > 1)
        m_samples.erase(m_samples.begin(), first - 1);
}

Changes Advisor::take(const metrics::SamplePtr &sample, const metrics::SeriesSet &series)
{
    Changes changes;
    const TimeMs now = timeOf(*sample);
    // A clock that was set back: what was kept can't be compared with.
    if (!m_samples.empty() && now < timeOf(*m_samples.back())) {
        m_samples.clear();
        m_judgedAt = 0;
        m_cardJudgedAt = 0;
    }
    keep(sample, now);
    if (now - m_judgedAt < judgeEvery)
        return changes;
    m_judgedAt = now;

    ActiveKeys active;
    for (const auto &[key, state] : m_states) {
        if (state.finding)
            active.insert(key);
    }
    const Scene scene{series, m_samples, now, m_options};
    for (const Judgement &judgement : judge(scene, active))
        settleOne(judgement, now, changes);
    if (now - m_cardJudgedAt >= judgeCardEvery) {
        m_cardJudgedAt = now;
        settleOne(judgeCard(scene, active), now, changes);
    }
    for (auto &[key, state] : m_states) {
        if (state.finding && now - state.knownAt > std::max(unknownSettle, state.settle))
            end(key, state, now, changes);
    }
    return changes;
}

void Advisor::settleOne(const Judgement &judgement, TimeMs now, Changes &changes)
{
    if (m_silenced.contains(judgement.key))
        return;
    // Only what was found once has a state: the names of disks are the server's.
    if (judgement.verdict != Verdict::Yes && m_states.count(judgement.key) == 0)
        return;
    State &state = m_states[judgement.key];
    state.settle = judgement.settle;
    if (judgement.verdict == Verdict::Unknown)
        return;
    state.knownAt = now;
    if (judgement.verdict == Verdict::No) {
        if (state.noSince == 0)
            state.noSince = now;
        if (state.finding && now - state.noSince >= judgement.settle)
            end(judgement.key, state, now, changes);
        return;
    }
    state.noSince = 0;
    if (state.finding) {
        const TimeMs since = state.finding->since;
        state.finding = judgement.finding;
        state.finding->since = since;
    } else if (state.endedAt == 0 || judgement.from >= state.endedAt) {
        state.finding = judgement.finding;
        changes.begun.push_back(judgement.key);
    }
}

void Advisor::end(const QString &key, State &state, TimeMs now, Changes &changes)
{
    state.finding.reset();
    state.noSince = 0;
    state.endedAt = now;
    changes.ended.push_back(key);
}

std::vector<Finding> Advisor::findings() const
{
    std::vector<Finding> all;
    for (const auto &[key, state] : m_states) {
        if (state.finding)
            all.push_back(*state.finding);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Finding &a, const Finding &b) { return a.since < b.since; });
    return all;
}

} // namespace core::advice
