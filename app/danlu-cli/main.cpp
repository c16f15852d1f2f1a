// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Arguments.h"
#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/ParseCommand.h"

#include <QCoreApplication>

using namespace core;

namespace {

constexpr const char *usage = R"(usage: danlu-cli COMMAND [ARGUMENTS] [OPTIONS]

  exec TARGET -- COMMAND...     run a command on the instance
  probe TARGET                  one snapshot of GPUs, CPU, memory, disks
  watch TARGET                  a snapshot per sample, NDJSON  [--interval 1] [--count N]
  parse KIND [FILE]             take an output apart: nvidia-smi-xml, nvidia-smi-csv,
                                nvidia-smi-table, df, os-release, login, meminfo, screen-ls,
                                tmux-ls, conda-envs
  profile add --name N --login 'ssh -p 123 root@host' [--price 1.98] [--identity FILE] [--jump TARGET]
  profile list | show NAME | edit NAME [--rename N] [--forget-host-key] [...] | remove NAME
  profile import-ssh-config [FILE] | export-ssh-config

TARGET: a profile's name, user@host[:port], or ssh://user@host:port

  --json                        JSON for programs
  --identity FILE               private key        --password-stdin, --passphrase-stdin
  --known-hosts FILE            --host-key ask|strict|accept-new
  --connect-timeout SECONDS     --jump TARGET      --config-dir DIR
  --version, --help

The whole contract is in docs/cli.md.
)";

int run(const cli::Arguments &arguments)
{
    if (arguments.command == u"parse")
        return cli::runParse(arguments);
    return cli::reportError({ErrorCode::Usage, Step::None,
                             QStringLiteral("unknown command %1").arg(arguments.command)},
                            arguments.json);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("danlu"));
    QCoreApplication::setOrganizationName(QString());
    QCoreApplication::setApplicationVersion(QStringLiteral(DANLU_VERSION));

    const QStringList words = QCoreApplication::arguments().mid(1);
    const Result<cli::Arguments> arguments = cli::parseArguments(words);
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
    return run(*arguments);
}
