// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/keys/WorkQueue.h"
#include "core/profiles/SshConfigBlock.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace core::profiles {
class ProfileStore;
}

namespace core::fleet {

/// Keeps the block of profiles/SshConfigBlock.h as the saved profiles are, for as long as the user
/// wants it. Reads and writes in a thread of its own; a row of changes is written once. A block
/// that somebody took out of the file is not put back: then it is off. Lives in the window's
/// thread.
class SshConfigKeeper final : public QObject
{
    Q_OBJECT

public:
    SshConfigKeeper(profiles::ProfileStore &profiles, profiles::SshConfigBlockPlace place,
                    QObject *parent = nullptr);
    ~SshConfigKeeper() override;

    /// As it was left the last time. Brings the block up to date.
    void start(bool isOn);
    /// Writes the block, or takes it out.
    void setOn(bool on);
    /// What failed.
    void tryAgain();

    [[nodiscard]] const profiles::SshConfigBlockPlace &place() const { return m_place; }
    [[nodiscard]] bool isOn() const { return m_isOn; }
    [[nodiscard]] bool isBusy() const { return m_running != nullptr; }
    /// It was on, and the block was found gone from the file.
    [[nodiscard]] bool wasTakenOut() const { return m_wasTakenOut; }
    /// Of the last write since start() that went well.
    [[nodiscard]] const profiles::SshConfigBlockReport &report() const { return m_report; }
    /// The last copy of the file as it was, "" = none.
    [[nodiscard]] QString backup() const { return m_backup; }
    /// Of the last try.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    /// Any of these is another.
    void changed();

private:
    struct Outcome
    {
        profiles::SshConfigBlockReport report;
        QString backup;
        bool isGone = false;
    };
    enum class Job { Write, Update, Remove };

    void run(Job job);
    void take(Job job, const Outcome &outcome);
    [[nodiscard]] static Result<Outcome> work(Job job, const profiles::SshConfigBlockPlace &place,
                                              const std::vector<profiles::Profile> &all);

    profiles::ProfileStore &m_profiles;
    profiles::SshConfigBlockPlace m_place;
    bool m_isOn = false;
    bool m_wasTakenOut = false;
    Job m_last = Job::Update;
    profiles::SshConfigBlockReport m_report;
    QString m_backup;
    std::optional<Error> m_error;
    QPointer<Operation> m_running; ///< the newest; what older ones bring is not told
    QTimer m_soon;
    keys::WorkQueue m_queue{QStringLiteral("ssh-config")};
};

} // namespace core::fleet
