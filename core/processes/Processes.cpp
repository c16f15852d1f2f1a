// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/Processes.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/transfer/RemoteScript.h"

#include <algorithm>

namespace core::processes {

using namespace std::chrono_literals;
using transfer::RemoteScript;

extern const char *const listScript;
extern const char *const endScript;

namespace {

constexpr auto listPatience = 20s;
constexpr auto endPatience = 20s; ///< beyond what the script itself waits

Error unreadable(const RemoteScript &script)
{
    return {ErrorCode::Parse, Step::Exec, QString::fromUtf8(script.words()).left(300)};
}

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
    : Operation(&session)
    , m_script(new RemoteScript(session, QByteArray(listScript), this))
{
    connect(m_script, &RemoteScript::record, this, [this](const QByteArray &text) {
        Result<probe::ProcessTable> table = probe::parseProcessTable(text);
        if (!table) {
            failWith(table.error());
            return;
        }
        m_table = std::move(*table);
        succeed();
    });
    connect(m_script, &RemoteScript::ended, this,
            [this](const auto &error) { failWith(error.value_or(unreadable(*m_script))); });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        failWith({ErrorCode::TimedOut, Step::Exec, {}});
    });
    m_patience.start(listPatience);
}

EndProcesses::EndProcesses(ssh::Session &session, const std::vector<ProcessId> &processes,
                           Options options)
    : Operation(&session)
    , m_script(new RemoteScript(session, endCommand(processes, options), this))
{
    connect(m_script, &RemoteScript::record, this, &EndProcesses::take);
    connect(m_script, &RemoteScript::ended, this,
            [this](const auto &error) { failWith(error.value_or(unreadable(*m_script))); });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        failWith({ErrorCode::TimedOut, Step::Exec, {}});
    });
    m_patience.start(options.patience + endPatience);
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
