// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/ExecCommand.h"

#include "app/danlu-cli/Console.h"
#include "app/danlu-cli/Output.h"

#include <QHash>

using namespace core;

namespace cli {

namespace {

/// As a shell reports a command that a signal ended: 128 + number (POSIX and Linux numbers).
int signalExitCode(const QString &name)
{
    static const QHash<QString, int> numbers{
        {QStringLiteral("HUP"), 1},   {QStringLiteral("INT"), 2},   {QStringLiteral("QUIT"), 3},
        {QStringLiteral("ILL"), 4},   {QStringLiteral("TRAP"), 5},  {QStringLiteral("ABRT"), 6},
        {QStringLiteral("BUS"), 7},   {QStringLiteral("FPE"), 8},   {QStringLiteral("KILL"), 9},
        {QStringLiteral("USR1"), 10}, {QStringLiteral("SEGV"), 11}, {QStringLiteral("USR2"), 12},
        {QStringLiteral("PIPE"), 13}, {QStringLiteral("ALRM"), 14}, {QStringLiteral("TERM"), 15}};
    const auto known = numbers.constFind(name);
    return known == numbers.cend() ? 255 : 128 + *known;
}

} // namespace

ExecCommand::ExecCommand(const Arguments &arguments, Services &services, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_connection(arguments, services)
{
}

void ExecCommand::start()
{
    if (m_arguments.remote.isEmpty() || m_arguments.positionals.size() != 1) {
        finish(
            reportError({ErrorCode::Usage, Step::None, QStringLiteral("exec TARGET -- COMMAND...")},
                        m_arguments.json));
        return;
    }
    connect(&m_connection, &Connection::ready, this, &ExecCommand::run);
    connect(&m_connection, &Connection::failed, this,
            [this](const Error &error) { finish(reportError(error, m_arguments.json)); });
    connect(&m_connection, &Connection::lost, this, [this](const Error &error) {
        reportError(error, m_arguments.json);
        finish(ExitNoConnection);
    });
    m_connection.start();
}

void ExecCommand::run()
{
    ssh::ExecOptions options;
    options.collect = false;
    options.closeStdin = false;
    // As ssh does: the words joined by blanks are one line for the remote shell.
    m_exec = m_connection.session()->exec(m_arguments.remote.join(u' ').toUtf8(), options);
    connect(m_exec, &ssh::Exec::outputReceived, this,
            [](const QByteArray &bytes) { writeOut(bytes); });
    connect(m_exec, &ssh::Exec::errorOutputReceived, this,
            [](const QByteArray &bytes) { writeErr(bytes); });
    connect(m_exec, &Operation::finished, this, [this] {
        if (m_exec->error()) {
            reportError(*m_exec->error(), m_arguments.json);
            finish(m_exec->error()->code == ErrorCode::Cancelled ? ExitCancelled
                                                                 : ExitNoConnection);
        } else if (!m_exec->exitSignal().isEmpty()) {
            finish(signalExitCode(m_exec->exitSignal()));
        } else {
            finish(m_exec->exitCode().value_or(255)); // as ssh: no status came
        }
    });

    m_stdin = new StdinReader(this);
    connect(m_stdin, &StdinReader::dataRead, m_exec,
            [this](const QByteArray &bytes) { m_exec->write(bytes); });
    connect(m_stdin, &StdinReader::ended, m_exec, [this] { m_exec->closeStdin(); });
    // The next piece is read when the last one has left.
    connect(m_exec, &ssh::Exec::stdinDrained, m_stdin, &StdinReader::readMore);
    m_stdin->readMore();
}

void ExecCommand::cancel()
{
    if (m_exec)
        m_exec->cancel();
    else
        finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void ExecCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    delete m_stdin;
    m_stdin = nullptr;
    Q_EMIT done(exitCode);
}

} // namespace cli
