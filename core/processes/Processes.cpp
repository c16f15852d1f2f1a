// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/Processes.h"

#include "core/base/ShellQuote.h"

#include <algorithm>

namespace core::processes {

using namespace std::chrono_literals;

extern const char *const listScript;
extern const char *const endScript;

namespace {

constexpr auto listPatience = 20s;
constexpr auto endPatience = 20s; ///< beyond what the script itself waits

QByteArray endCommand(const std::vector<ProcessId> &processes, const EndProcesses::Options &options)
{
    QByteArrayList wanted;
    for (const ProcessId &one : processes)
        wanted += QByteArray::number(one.pid) + ':' + QByteArray::number(one.startTicks);
    const QByteArray tenths =
        QByteArray::number(qlonglong(std::max<qint64>(0, options.patience.count()) / 100));
    return "SIGNAL=" + QByteArray(options.signal == Signal::Kill ? "KILL" : "TERM") +
           "\nTREE=" + (options.tree ? "1" : "0") + "\nPATIENCE=" + tenths +
           "\nWANTED=" + shellQuote(wanted.join(' ')) + '\n' + QByteArray(endScript);
}

} // namespace

ListProcesses::ListProcesses(ssh::Session &session)
    : ScriptOperation(session, QByteArray(listScript), listPatience)
{
}

void ListProcesses::take(const QByteArray &record)
{
    Result<probe::ProcessTable> table = probe::parseProcessTable(record);
    if (!table) {
        failWith(table.error());
        return;
    }
    m_table = std::move(*table);
    succeed();
}

EndProcesses::EndProcesses(ssh::Session &session, const std::vector<ProcessId> &processes,
                           Options options)
    : ScriptOperation(session, endCommand(processes, options), options.patience + endPatience)
{
}

void EndProcesses::take(const QByteArray &record)
{
    const QByteArrayList words = record.split(' ');
    if (words.front() == "end") {
        succeed();
        return;
    }
    if (words.size() != 3)
        return;
    const ProcessId one{words[1].toLongLong(), words[2].toLongLong()};
    if (words.front() == "ended")
        m_ended.push_back(one);
    else if (words.front() == "left")
        m_left.push_back(one);
    else if (words.front() == "refused")
        m_refused.push_back(one);
    else if (words.front() == "gone")
        m_gone.push_back(one);
}

} // namespace core::processes
