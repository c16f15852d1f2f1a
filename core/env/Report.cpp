// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/Report.h"

#include "core/env/ReportText.h"
#include "core/probe/NvidiaSmi.h"
#include "core/probe/Text.h"

#include <algorithm>

namespace core::env {

using probe::SmiError;
using probe::SmiFailure;

namespace {

/// timeout(1) gives this one, and a shell for a program that was killed.
constexpr int timedOut = 124;
constexpr int killed = 137;
constexpr qsizetype mostEnvironments = 1000;

/// "PATH" on the first line, the rest behind it.
std::pair<QByteArray, QByteArray> fileAndText(const QByteArray &value)
{
    const qsizetype end = value.indexOf('\n');
    return end < 0 ? std::pair(value, QByteArray())
                   : std::pair(value.first(end), value.sliced(end + 1));
}

void takeSmi(Report &report, const QByteArray &value)
{
    QByteArray text = value;
    int exitCode = 0;
    if (const qsizetype at = text.lastIndexOf("\nsmi-exit "); at >= 0) {
        exitCode = text.mid(at + 10).trimmed().toInt();
        text.truncate(at);
    }
    if (exitCode == timedOut || exitCode == killed) {
        report.smiError = SmiError{SmiFailure::TimedOut, {}};
        return;
    }
    auto smi = probe::parseNvidiaSmiXml(text);
    if (smi)
        report.smi = std::move(*smi);
    else
        report.smiError = std::move(smi.error());
}

void takeEnvironment(Report &report, const QByteArray &value)
{
    QByteArrayList lines = value.split('\n');
    Environment made;
    const QByteArray kind = lines.takeFirst();
    if (kind == "venv")
        made.kind = Environment::Kind::Venv;
    else if (kind == "system")
        made.kind = Environment::Kind::System;
    else if (kind != "conda")
        return;
    QByteArrayList versionLines;
    QByteArrayList distInfos;
    for (const QByteArray &line : lines) {
        const qsizetype blank = line.indexOf(' ');
        const QByteArray word = blank < 0 ? line : line.first(blank);
        const QByteArray rest = blank < 0 ? QByteArray() : line.sliced(blank + 1);
        if (word == "path")
            made.path = rest;
        else if (word == "readonly")
            made.isWritable = false;
        else if (word == "exe")
            made.python = rest;
        else if (word == "python")
            made.version = versionInCondaName(rest);
        else if (word == "version" && !rest.isEmpty())
            made.version = probe::decode(rest);
        else if (word == "site") {
            // The first folder with torch in it hides those behind it.
            if (!made.torch)
                made.torch =
                    parseTorch(std::exchange(versionLines, {}), std::exchange(distInfos, {}));
            made.sites.push_back(rest);
        } else if (word == "torch-line")
            versionLines.append(rest);
        else if (word == "torch-dist")
            distInfos.append(rest);
    }
    if (!made.torch)
        made.torch = parseTorch(versionLines, distInfos);
    if (made.path.startsWith('/') && qsizetype(report.environments.size()) < mostEnvironments)
        report.environments.push_back(std::move(made));
}

/// conda takes a name for what lies in one of its folders of environments; the rest goes by path.
void nameEnvironments(Report &report, const QByteArrayList &folders)
{
    QByteArrayList all = folders;
    for (const CondaBase &base : report.bases)
        all.append(base.path + "/envs");
    all.append(report.home + "/.conda/envs");
    QByteArrayList taken;
    for (Environment &one : report.environments) {
        if (one.kind != Environment::Kind::Conda)
            continue;
        const qsizetype slash = one.path.lastIndexOf('/');
        QByteArray name;
        if (report.conda() && one.path == report.conda()->path)
            name = "base";
        else if (all.contains(one.path.first(slash)))
            name = one.path.sliced(slash + 1);
        // Of two with one name conda takes the first; with a blank it takes no name at all.
        if (name.isEmpty() || taken.contains(name) || name.contains(' '))
            continue;
        taken.append(name);
        one.name = probe::decode(name);
        if (one.name.toUtf8() != name)
            one.name.clear(); // no UTF-8: it can't be typed, its path can be used
    }
}

void takeVariables(Report &report)
{
    Settings &settings = report.settings;
    const ShellView *shell = report.shell();
    if (!shell)
        return;
    const auto take = [shell](std::optional<Setting> &setting, const QByteArray &name) {
        if (const auto value = shell->variable(name))
            setting = Setting{withoutSecrets(*value), name};
    };
    take(settings.pipIndex, "PIP_INDEX_URL");
    take(settings.pipCache, "PIP_CACHE_DIR");
    take(settings.condaPkgs, "CONDA_PKGS_DIRS");
    take(settings.hfEndpoint, "HF_ENDPOINT");
    take(settings.hfHome, "HF_HOME");
}

void takeDisks(Report &report, const QByteArray &text)
{
    const auto disks = probe::parseDf(text);
    if (!disks)
        return;
    for (const probe::DiskInfo &disk : *disks) {
        if (disk.role == probe::DiskRole::Data && !report.dataDisk)
            report.dataDisk = disk.mount.toUtf8();
    }
}

void takeBase(Report &report, const QByteArray &value)
{
    const QByteArrayList lines = value.split('\n');
    if (!lines[0].startsWith('/'))
        return;
    report.bases.push_back(
        {lines[0], versionInCondaName(lines.value(1)), lines.value(2) == "writable"});
}

void takeRecord(Report &report, const QByteArray &word, const QByteArray &value)
{
    if (word == "home") {
        report.home = value;
    } else if (word == "uid") {
        report.isRoot = value.trimmed() == "0";
    } else if (word == "kernel") {
        report.kernel = probe::decode(value);
    } else if (word == "machine") {
        report.machine = probe::decode(value);
    } else if (word == "os-release") {
        if (auto os = probe::parseOsRelease(value))
            report.os = std::move(*os);
    } else if (word == "df") {
        takeDisks(report, value);
    } else if (word == "smi") {
        takeSmi(report, value);
    } else if (word == "compute") {
        for (const QByteArray &line : probe::splitLines(value)) {
            if (!line.trimmed().isEmpty())
                report.capabilities.push_back(
                    catalog::DottedVersion::parse(probe::decode(line.trimmed())));
        }
    } else if (word == "nvcc" || word == "cuda-json" || word == "cuda-txt") {
        const auto [path, text] = fileAndText(value);
        const auto version = word == "nvcc"        ? parseNvcc(text)
                             : word == "cuda-json" ? parseCudaJson(text)
                                                   : parseCudaTxt(text);
        if (version && !report.toolkit) // in the order of trust
            report.toolkit = Toolkit{*version, path};
    } else if (word == "login") {
        report.login = parseShellView(value);
    } else if (word == "interactive") {
        report.interactive = parseShellView(value);
    } else if (word == "base") {
        takeBase(report, value);
    } else if (word == "conda-init") {
        report.isCondaInitialised = true;
    } else if (word == "env") {
        takeEnvironment(report, value);
    } else if (word == "pip-conf" || word == "condarc") {
        const auto [path, text] = fileAndText(value);
        if (word == "pip-conf")
            readPipConf(path, text, report.settings);
        else
            readCondarc(path, text, report.settings);
    } else if (word == "managed") {
        report.settings.managed.append(value);
    } else if (word == "apt") {
        report.hasApt = true;
    } else if (word == "sudo") {
        report.hasSudo = true;
    }
}

} // namespace

const Environment *Report::find(QByteArrayView handle) const
{
    const auto is = [handle](const Environment &one) {
        return one.name.toUtf8() == handle || one.path == handle || one.python == handle;
    };
    const auto found = std::find_if(environments.begin(), environments.end(), is);
    return found == environments.end() || handle.isEmpty() ? nullptr : &*found;
}

const ShellView *Report::shell() const
{
    return interactive ? &*interactive : login ? &*login : nullptr;
}

Result<Report> parseReport(QByteArrayView text)
{
    Report report;
    QByteArrayList folders;
    bool isWhole = false;
    for (qsizetype from = 0, end; (end = text.indexOf('\0', from)) >= 0; from = end + 1) {
        const QByteArray record = text.sliced(from, end - from).toByteArray();
        if (record == "end") {
            isWhole = true;
            break;
        }
        const qsizetype blank = record.indexOf(' ');
        if (blank <= 0)
            continue;
        const QByteArray word = record.first(blank);
        const QByteArray value = record.sliced(blank + 1);
        if (word == "envs-dir")
            folders.append(value);
        else
            takeRecord(report, word, value);
    }
    if (!isWhole)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("the report is cut off"));
    if (!report.smi && !report.smiError)
        report.smiError = SmiError{SmiFailure::NotInstalled, {}};
    nameEnvironments(report, folders);
    takeVariables(report);
    return report;
}

} // namespace core::env
