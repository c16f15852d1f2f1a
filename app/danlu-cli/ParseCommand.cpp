// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/ParseCommand.h"

#include "app/danlu-cli/Json.h"
#include "app/danlu-cli/Output.h"
#include "core/probe/NvidiaSmi.h"

#include <QFile>
#include <QJsonDocument>
#include <QStringDecoder>

#include <cstdio>

using namespace core;

namespace cli {

namespace {

/// nvidia-smi and df print kilobytes; what is far beyond that is not their output.
constexpr qint64 maxInput = 64 * 1024 * 1024;

Result<QByteArray> readInput(const QStringList &positionals)
{
    QFile file;
    bool open = false;
    if (positionals.size() >= 2) {
        file.setFileName(positionals[1]);
        open = file.open(QIODevice::ReadOnly);
    } else {
        open = file.open(stdin, QIODevice::ReadOnly);
    }
    if (!open) {
        const bool missing = !file.fileName().isEmpty() && !file.exists();
        return fail(missing ? ErrorCode::NotFound : ErrorCode::LocalIo, Step::Parse,
                    file.fileName() + QStringLiteral(": ") + file.errorString());
    }
    QByteArray bytes = file.read(maxInput + 1);
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::LocalIo, Step::Parse, file.errorString());
    if (bytes.size() > maxInput)
        return fail(ErrorCode::Parse, Step::Parse,
                    QStringLiteral("the input is larger than 64 MiB"));
    // What PowerShell's ">" writes.
    if (bytes.startsWith("\xFF\xFE")) {
        QStringDecoder decoder(QStringDecoder::Utf16LE);
        const QString text = decoder(bytes);
        return text.toUtf8();
    }
    return bytes;
}

Error smiError(const probe::SmiError &error)
{
    const bool unreadable =
        error.failure == probe::SmiFailure::Unreadable || error.failure == probe::SmiFailure::Empty;
    return {unreadable ? ErrorCode::Parse : ErrorCode::RemoteFailed, Step::Parse,
            QString(probe::smiFailureName(error.failure)) +
                (error.text.isEmpty() ? QString() : QStringLiteral(": ") + error.text)};
}

// "parse" prints JSON with and without --json: its answer has no other form; without --json
// indented.
void print(const Arguments &arguments, const QJsonDocument &document)
{
    writeOut(document.toJson(arguments.json ? QJsonDocument::Compact : QJsonDocument::Indented));
    if (arguments.json)
        writeOut("\n");
}

template <typename R>
int printParsed(const Arguments &arguments, const R &result)
{
    if (!result)
        return reportError(result.error(), arguments.json);
    print(arguments, QJsonDocument(toJson(*result)));
    return ExitDone;
}

int printSmi(const Arguments &arguments,
             const tl::expected<probe::SmiReport, probe::SmiError> &report)
{
    if (!report)
        return reportError(smiError(report.error()), arguments.json);
    print(arguments, QJsonDocument(toJson(*report)));
    return ExitDone;
}

} // namespace

int runParse(const Arguments &arguments)
{
    if (arguments.positionals.isEmpty() || arguments.positionals.size() > 2)
        return reportError({ErrorCode::Usage, Step::None, QStringLiteral("parse KIND [FILE]")},
                           arguments.json);
    const QString kind = arguments.positionals.first();
    static const QStringList kinds{
        QStringLiteral("nvidia-smi-xml"),   QStringLiteral("nvidia-smi-csv"),
        QStringLiteral("nvidia-smi-table"), QStringLiteral("df"),
        QStringLiteral("os-release"),       QStringLiteral("login"),
        QStringLiteral("meminfo"),          QStringLiteral("screen-ls"),
        QStringLiteral("tmux-ls"),          QStringLiteral("conda-envs")};
    if (!kinds.contains(kind))
        return reportError({ErrorCode::Usage, Step::None,
                            QStringLiteral("KIND is one of ") + kinds.join(QStringLiteral(", "))},
                           arguments.json);
    const Result<QByteArray> input = readInput(arguments.positionals);
    if (!input)
        return reportError(input.error(), arguments.json);
    if (kind == u"nvidia-smi-xml")
        return printSmi(arguments, probe::parseNvidiaSmiXml(*input));
    if (kind == u"nvidia-smi-csv")
        return printSmi(arguments, probe::parseNvidiaSmiCsv(*input));
    if (kind == u"nvidia-smi-table")
        return printSmi(arguments, probe::parseNvidiaSmiTable(*input));
    if (kind == u"df")
        return printParsed(arguments, probe::parseDf(*input));
    if (kind == u"os-release")
        return printParsed(arguments, probe::parseOsRelease(*input));
    if (kind == u"meminfo")
        return printParsed(arguments, probe::parseMeminfo(*input));
    if (kind == u"screen-ls")
        return printParsed(arguments, probe::parseScreenList(*input));
    if (kind == u"tmux-ls")
        return printParsed(arguments, probe::parseTmuxList(*input));
    if (kind == u"conda-envs")
        return printParsed(arguments, probe::parseCondaEnvs(*input));
    return printParsed(arguments, probe::parseLoginCommand(QString::fromUtf8(*input)));
}

} // namespace cli
