// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/ProcessTable.h"
#include "core/transfer/ScriptOperation.h"

#include <chrono>
#include <vector>

namespace core::processes {

/// Lists the instance's processes: one command that changes nothing. Failures: those of the
/// connection, Unsupported (no shell), Parse, TimedOut. Child of the session, in its thread.
class ListProcesses final : public transfer::ScriptOperation
{
    Q_OBJECT

public:
    explicit ListProcesses(ssh::Session &session);

    [[nodiscard]] const probe::ProcessTable &table() const { return m_table; }

protected:
    void take(const QByteArray &record) override;

private:
    probe::ProcessTable m_table;
};

/// One process and no other that gets its number later.
struct ProcessId
{
    qint64 pid = 0;
    qint64 startTicks = 0; ///< of probe::TableProcess

    bool operator==(const ProcessId &) const = default;
};

enum class Signal { Terminate, Kill };

/// Sends a signal and waits for the end of what got it. Failures: those of the connection,
/// Unsupported (no shell), TimedOut; what happened to each process is no failure: see the lists.
/// Child of the session, in its thread.
class EndProcesses final : public transfer::ScriptOperation
{
    Q_OBJECT

public:
    struct Options
    {
        Signal signal = Signal::Terminate;
        bool tree = false; ///< what they started too, as it is when the signal is sent
        std::chrono::milliseconds patience{5000}; ///< for their end
    };

    EndProcesses(ssh::Session &session, const std::vector<ProcessId> &processes, Options options);

    [[nodiscard]] const std::vector<ProcessId> &ended() const { return m_ended; }
    [[nodiscard]] const std::vector<ProcessId> &left() const { return m_left; } ///< still run
    [[nodiscard]] const std::vector<ProcessId> &refused() const { return m_refused; }
    /// Had ended before.
    [[nodiscard]] const std::vector<ProcessId> &gone() const { return m_gone; }

protected:
    void take(const QByteArray &record) override;

private:
    std::vector<ProcessId> m_ended;
    std::vector<ProcessId> m_left;
    std::vector<ProcessId> m_refused;
    std::vector<ProcessId> m_gone;
};

} // namespace core::processes
