// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/AdviseCommand.h"
#include "app/danlu-cli/Arguments.h"
#include "app/danlu-cli/CardsCommand.h"
#include "app/danlu-cli/Console.h"
#include "app/danlu-cli/CopyCommand.h"
#include "app/danlu-cli/CostCommand.h"
#include "app/danlu-cli/EnvCommand.h"
#include "app/danlu-cli/EstimateCommand.h"
#include "app/danlu-cli/ExecCommand.h"
#include "app/danlu-cli/ForwardCommand.h"
#include "app/danlu-cli/JobCommand.h"
#include "app/danlu-cli/KeyCommand.h"
#include "app/danlu-cli/KeyInstallCommand.h"
#include "app/danlu-cli/ListCommand.h"
#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/ParseCommand.h"
#include "app/danlu-cli/PricesCommand.h"
#include "app/danlu-cli/ProfileCommand.h"
#include "app/danlu-cli/RefreshCommand.h"
#include "app/danlu-cli/Services.h"
#include "app/danlu-cli/SnapshotCommand.h"
#include "app/danlu/Hardening.h"
#include "core/base/Memory.h"
#include "core/base/Redact.h"

#include <QCoreApplication>
#include <QLoggingCategory>

using namespace core;

namespace {

constexpr const char *usage = R"(usage: danlu-cli COMMAND [ARGUMENTS] [OPTIONS]

  exec TARGET -- COMMAND...     run a command on the instance
  probe TARGET                  one snapshot of GPUs, CPU, memory, disks
  watch TARGET                  a snapshot per sample, NDJSON  [--interval 1] [--count N]
  advise TARGET                 watches, then says what is wrong, NDJSON  [--for SECONDS]
  env TARGET                    system, CUDA, python, conda environments, torch: can it drive the card?
                                [--sizes | --packages ENV]
  cost report [TARGET]          what ran how long and what it cost  [--since DATE]
  cost estimate --card C --hours H   what a job would cost elsewhere  [--gpus N] [--memory GB]
                                [--by fp16|fp32|bandwidth] [--setup HOURS] [--setup-no-gpu]
  ls TARGET:PATH                what a remote directory holds
  put LOCAL... TARGET:PATH      copy files and folders to the instance
  get TARGET:PATH... LOCAL      and from it  [--protocol auto|sftp|scp|tar] [--resume]
                                [--verify] [--overwrite ask|skip|newer|always] [--exclude GLOB]...
                                [--links copy|follow|skip] [--parallel N] [--limit RATE]
  forward TARGET -L [BIND:]PORT:HOST:PORT
                                a port here to a host there, until interrupted; port 0 = any free
                                one. -R the other way round, -D [BIND:]PORT a SOCKS proxy
  parse KIND [FILE]             take an output apart: nvidia-smi-xml, nvidia-smi-csv,
                                nvidia-smi-table, df, os-release, login, meminfo, screen-ls,
                                tmux-ls, conda-envs
  profile add --name N --login 'ssh -p 123 root@host' [--price 1.98] [--currency CODE] [--identity FILE] [--jump TARGET]
  profile list | show NAME | edit NAME [--rename N] [--forget-host-key] [...] | remove NAME
  profile share [NAME...]       what others may see of them: no secret, no path
  profile import-ssh-config [FILE]
  profile export-ssh-config [--install | --uninstall] [FILE]
  key list [FOLDER...] | public NAME
  key generate --name N [--type ed25519|rsa|ecdsa] [--bits N] [--comment C]
  key install TARGET --key N    lets the key N of ~/.ssh in, tries it, and switches the profile to it
  key remove TARGET --key N | accepted TARGET
  cards [--by fp32|fp16|memory|bandwidth|value] [--currency CNY|USD]
  cards show NAME [--cuda V] [--torch V] | compare NAME NAME
  prices [--by hour|tflops|fp32|memory] [--currency CNY|USD] | import FILE
  prices refresh [SOURCE]       asks the sources that are switched on, or this one
  job start TARGET [--name N] [--directory DIR] [--conda ENV] [--set NAME=VALUE]... [--gpus 0,1|none]
        [--acceleration] [--then none|shutdown|shutdown-if-ok] [--fetch GLOB]... -- COMMAND
  job list TARGET               jobs, and screen and tmux sessions begun outside
  job log TARGET JOB [--follow] JOB: an id, or the name of the newest with it
  job stop TARGET JOB           ends all of its processes; cancels its shutdown
  job cancel TARGET JOB         cancels its shutdown; the job goes on

TARGET: a profile's name, user@host[:port], or ssh://user@host:port

  --json                        JSON for programs
  --identity FILE               private key        --password-stdin, --passphrase-stdin
  --known-hosts FILE            --host-key ask|strict|accept-new
  --connect-timeout SECONDS     --jump TARGET      --config-dir DIR
  --version, --help

The whole contract is in docs/cli.md.
)";

/// Starts the command from the event loop and ends the program with its code.
template <typename Command>
int runCommand(Command &command)
{
    cli::Interrupt interrupt;
    int exitCode = cli::ExitFailed;
    bool ended = false;
    QObject::connect(&command, &Command::done, &command, [&](int code) {
        exitCode = code;
        ended = true;
        QCoreApplication::quit();
    });
    QObject::connect(&interrupt, &cli::Interrupt::requested, &command, &Command::cancel);
    // Queued: the command may be in the middle of what it prints.
    cli::onOutputEnd([&command] {
        QMetaObject::invokeMethod(&command, &Command::cancel, Qt::QueuedConnection);
    });
    QMetaObject::invokeMethod(&command, &Command::start, Qt::QueuedConnection);
    QCoreApplication::exec();
    cli::onOutputEnd({});
    return cli::outputFailure().value_or(ended ? exitCode : cli::ExitFailed);
}

int run(const cli::Arguments &arguments)
{
    if (arguments.command == u"parse")
        return cli::runParse(arguments);
    if (arguments.command == u"cards")
        return cli::runCards(arguments);
    if (arguments.command == u"prices" && arguments.positionals.value(0) == u"refresh") {
        cli::RefreshCommand command(arguments);
        return runCommand(command);
    }
    if (arguments.command == u"prices")
        return cli::runPrices(arguments);
    if (arguments.command == u"cost" && arguments.positionals.value(0) == u"estimate")
        return cli::runEstimate(arguments);
    static const QStringList known{
        QStringLiteral("exec"),    QStringLiteral("probe"),   QStringLiteral("watch"),
        QStringLiteral("profile"), QStringLiteral("ls"),      QStringLiteral("put"),
        QStringLiteral("get"),     QStringLiteral("key"),     QStringLiteral("advise"),
        QStringLiteral("cost"),    QStringLiteral("forward"), QStringLiteral("job"),
        QStringLiteral("env")};
    if (!known.contains(arguments.command))
        return cli::reportError({ErrorCode::Usage, Step::None,
                                 QStringLiteral("unknown command %1").arg(arguments.command)},
                                arguments.json);
    if (arguments.command == u"key" &&
        !cli::KeyInstallCommand::knows(arguments.positionals.value(0))) {
        cli::KeyCommand command(arguments);
        return runCommand(command);
    }
    const Result<std::unique_ptr<cli::Services>> services = cli::makeServices(arguments);
    if (!services)
        return cli::reportError(services.error(), arguments.json);
    if (arguments.command == u"profile") {
        cli::ProfileCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"key") {
        cli::KeyInstallCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"exec") {
        cli::ExecCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"put" || arguments.command == u"get") {
        cli::CopyCommand command(arguments.command == u"put" ? transfer::Direction::Put
                                                             : transfer::Direction::Get,
                                 arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"forward") {
        cli::ForwardCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"job") {
        cli::JobCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"env") {
        cli::EnvCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"ls") {
        cli::ListCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"cost") {
        cli::CostCommand command(arguments, **services);
        return runCommand(command);
    }
    if (arguments.command == u"advise") {
        cli::AdviseCommand command(arguments, **services);
        return runCommand(command);
    }
    const auto kind = arguments.command == u"probe" ? cli::SnapshotCommand::Kind::Probe
                                                    : cli::SnapshotCommand::Kind::Watch;
    cli::SnapshotCommand command(kind, arguments, **services);
    return runCommand(command);
}

} // namespace

int main(int argc, char **argv)
{
    cli::occupyStandardStreams();
    core::keepFreedBuffers();
    disableCoreDumps();
    forbidInspection();
    core::installRedactingLog();
    QCoreApplication application(argc, argv);
    cli::setBinaryStreams();
    QCoreApplication::setApplicationName(QStringLiteral("danlu"));
    QCoreApplication::setOrganizationName(QString());
    QCoreApplication::setApplicationVersion(QStringLiteral(DANLU_VERSION));

#ifdef Q_OS_WIN
    const QStringList words = QCoreApplication::arguments().mid(1);
#else
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(cli::wordOfBytes(argv[i]));
#endif
    const Result<cli::Arguments> arguments = cli::parseArguments(words);
    // stderr is JSON as well: what a log line tells of is in the error, too.
    if (arguments && arguments->json)
        QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    if (!arguments)
        return cli::reportError(arguments.error(), words.contains(QStringLiteral("--json")));
    if (arguments->has("version")) {
        cli::printLine(QStringLiteral("danlu-cli " DANLU_VERSION));
        return cli::ExitDone;
    }
    if (arguments->has("help")) {
        cli::writeOut(usage);
        return cli::ExitDone;
    }
    if (arguments->command.isEmpty()) {
        cli::writeErr(usage);
        return cli::ExitUsage;
    }
    const int code = run(*arguments);
    return cli::outputFailure().value_or(code);
}
