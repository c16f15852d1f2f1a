// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/SshConfigKeeper.h"

#include "core/profiles/ProfileStore.h"

namespace core::fleet {

using namespace std::chrono_literals;
using profiles::ProfileStore;

namespace {

/// What comes in one go (an import, a move) is written once.
constexpr auto writePause = 300ms;

} // namespace

SshConfigKeeper::SshConfigKeeper(ProfileStore &profiles, profiles::SshConfigBlockPlace place,
                                 QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_place(std::move(place))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(writePause);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (m_isOn)
            run(Job::Update);
    });
    const auto later = [this] {
        if (m_isOn)
            m_soon.start();
    };
    connect(&profiles, &ProfileStore::added, this, later);
    connect(&profiles, &ProfileStore::changed, this, later);
    connect(&profiles, &ProfileStore::removed, this, later);
    connect(&profiles, &ProfileStore::reordered, this, later);
}

SshConfigKeeper::~SshConfigKeeper() = default;

void SshConfigKeeper::start(bool isOn)
{
    m_isOn = isOn;
    if (isOn)
        run(Job::Update);
    Q_EMIT changed();
}

void SshConfigKeeper::setOn(bool on)
{
    if (on == m_isOn)
        return;
    m_isOn = on;
    run(on ? Job::Write : Job::Remove);
}

void SshConfigKeeper::tryAgain()
{
    if (m_error)
        run(m_last);
}

void SshConfigKeeper::run(Job job)
{
    m_last = job;
    m_soon.stop();
    m_error.reset();
    m_wasTakenOut = false;
    auto *operation = m_queue.start<Outcome>(
        this, [job, place = m_place, all = m_profiles.profiles()](const keys::CancelFlag &) {
            return work(job, place, all);
        });
    m_running = operation;
    connect(operation, &Operation::finished, this, [this, operation, job] {
        operation->deleteLater();
        if (m_running != operation)
            return;
        m_running.clear();
        if (operation->isOk()) {
            take(job, operation->value());
        } else {
            m_error = operation->error();
            // What could not be done is not so.
            if (job != Job::Update)
                m_isOn = job == Job::Remove;
        }
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

void SshConfigKeeper::take(Job job, const Outcome &outcome)
{
    m_report = outcome.report;
    m_backup = outcome.backup;
    m_isOn = job != Job::Remove && !outcome.isGone;
    m_wasTakenOut = outcome.isGone;
}

Result<SshConfigKeeper::Outcome> SshConfigKeeper::work(Job job,
                                                       const profiles::SshConfigBlockPlace &place,
                                                       const std::vector<profiles::Profile> &all)
{
    Outcome outcome;
    if (job == Job::Update) {
        const Result<bool> isThere = profiles::hasSshConfigBlock(place.configFile);
        if (!isThere)
            return tl::make_unexpected(isThere.error());
        outcome.isGone = !*isThere;
        if (outcome.isGone)
            return outcome;
    }
    Result<profiles::SshConfigBlockReport> report =
        job == Job::Remove ? profiles::removeSshConfigBlock(place)
                           : profiles::installSshConfigBlock(place, all);
    if (!report)
        return tl::make_unexpected(report.error());
    outcome.report = std::move(*report);
    outcome.backup = profiles::sshConfigBackup(place.configFile);
    return outcome;
}

} // namespace core::fleet
