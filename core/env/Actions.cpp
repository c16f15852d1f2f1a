// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/Actions.h"

#include "core/base/ShellQuote.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::env {

using jobs::JobSpec;

namespace {

constexpr qsizetype longestName = 120;

tl::unexpected<Error> wrong(const char *what)
{
    return fail(ErrorCode::Usage, Step::Job, QString::fromLatin1(what));
}

bool hasControls(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return uchar(c) < 0x20 || c == 0x7f; });
}

/// A job whose command runs where conda is found, by its base and not by the PATH.
Result<JobSpec> condaSpec(const Report &report, const QByteArray &name, const QByteArray &command)
{
    if (!report.conda())
        return wrong("no conda");
    JobSpec spec;
    spec.name = name;
    spec.condaEnvironment = "base";
    spec.condaBase = report.conda()->path;
    spec.command = command;
    return spec;
}

/// "-n NAME" as people type it; by its path what has no name.
QByteArrayList placeWords(const Environment &environment)
{
    if (environment.name.isEmpty())
        return {"-p", environment.path};
    return {"-n", environment.name.toUtf8()};
}

/// Only for this command: the mirror's own folder of what "defaults" are, or of conda-forge, which
/// Miniforge has in their place.
QByteArrayList channelWords(const Report &report, const Mirror *mirror)
{
    if (!mirror || mirror->conda.isEmpty())
        return {};
    const bool isForge = report.conda() && report.conda()->path.contains("forge");
    return {"--override-channels", "-c",
            mirror->conda + (isForge ? "/cloud/conda-forge" : "/pkgs/main")};
}

/// Pip's own settings belong to the user, not to one environment: any pip can change them.
JobSpec pipConfigSpec(const Report &report, const QByteArray &name, const QByteArray &words)
{
    JobSpec spec;
    spec.name = name;
    if (report.conda()) {
        spec.condaEnvironment = "base";
        spec.condaBase = report.conda()->path;
        spec.command = "python -m pip config --user " + words;
    } else {
        spec.command = "python3 -m pip config --user " + words;
    }
    return spec;
}

/// The variable's own line in ~/.bashrc, as the first one: what comes before "return" in it is
/// seen by scripts as well. Written beside it and renamed, so that a full disk can't cut it off.
QByteArray variableText(const QByteArray &name, const std::optional<QByteArray> &value)
{
    const QByteArray mark = " # danlu: " + name;
    QByteArray text = "touch ~/.bashrc\ncp -p ~/.bashrc ~/.bashrc.danlu || exit\n{\n";
    if (value)
        text += "    echo " + shellQuote("export " + name + '=' + shellQuote(*value) + mark) + '\n';
    text += "    awk '!/" + mark +
            "$/' ~/.bashrc\n} > ~/.bashrc.danlu || exit\n"
            "mv ~/.bashrc.danlu \"$(readlink -f ~/.bashrc)\"\n";
    return text;
}

/// apt needs root; without a terminal sudo can't ask for a password, and says so.
QByteArray aptCommand(const Report &report, const QByteArray &words)
{
    const QByteArray apt = "DEBIAN_FRONTEND=noninteractive apt-get " + words;
    return report.isRoot ? apt : "sudo -n " + apt;
}

QByteArray cacheName(Cache cache)
{
    switch (cache) {
    case Cache::Pip: return "pip";
    case Cache::Conda: return "conda";
    case Cache::HuggingFace: break;
    }
    return "huggingface";
}

/// Copies FROM to TO, does \a switchOver, takes FROM away.
QByteArray moveText(const QByteArray &from, const QByteArray &to, const QByteArray &switchOver)
{
    return "from=" + shellQuote(from) + "\nto=" + shellQuote(to) +
           "\nmkdir -p \"$to\" || exit\n"
           "if [ -d \"$from\" ]; then\n"
           "    need=$(du -sk \"$from\" | cut -f 1)\n"
           "    free=$(df -Pk \"$to\" | awk 'END {print $4}')\n"
           "    if [ \"$need\" -ge \"$free\" ]; then\n"
           "        echo \"not enough room in $to: $need KiB are needed, $free KiB are free\" >&2\n"
           "        exit 1\n"
           "    fi\n"
           "    cp -a \"$from/.\" \"$to/\" || exit\n"
           "fi\n" +
           switchOver + " || exit\nrm -rf \"$from\"";
}

} // namespace

Result<QByteArrayList> packageWords(const QByteArray &text)
{
    if (hasControls(QByteArray(text).replace('\n', ' ').replace('\t', ' ').replace('\r', ' ')))
        return wrong("packages");
    QByteArrayList words;
    for (const QByteArray &word : text.simplified().split(' ')) {
        if (word.startsWith('-'))
            return wrong("packages"); // an option: what it would do is not what is shown
        if (!word.isEmpty())
            words.append(word);
    }
    if (words.isEmpty())
        return wrong("packages");
    return words;
}

Result<> checkName(const QByteArray &name)
{
    static const QByteArray refused = "/ :#";
    const bool isOdd =
        std::any_of(name.begin(), name.end(), [](char c) { return refused.contains(c); });
    if (name.isEmpty() || name.size() > longestName || isOdd || hasControls(name) ||
        name.startsWith('-') || name.startsWith('.') || name == "base" || name == "root")
        return wrong("name");
    return {};
}

Result<JobSpec> createJob(const Report &report, const NewEnvironment &wanted)
{
    static const QRegularExpression version(QStringLiteral("^\\d{1,2}(\\.\\d{1,2}){0,2}$"));
    if (const auto named = checkName(wanted.name); !named)
        return tl::make_unexpected(named.error());
    if (!wanted.python.isEmpty() && !version.match(QString::fromLatin1(wanted.python)).hasMatch())
        return wrong("python");
    QByteArrayList words{"conda", "create", "-y", "-n", wanted.name};
    words += channelWords(report, wanted.mirror);
    words += wanted.python.isEmpty() ? QByteArray("python") : "python=" + wanted.python;
    if (!wanted.packages.trimmed().isEmpty()) {
        const auto packages = packageWords(wanted.packages);
        if (!packages)
            return tl::make_unexpected(packages.error());
        words += *packages;
    }
    return condaSpec(report, "conda create " + wanted.name, shellJoin(words));
}

Result<JobSpec> cloneJob(const Report &report, const Environment &from, const QByteArray &name)
{
    if (from.kind != Environment::Kind::Conda)
        return wrong("not conda's");
    if (const auto named = checkName(name); !named)
        return tl::make_unexpected(named.error());
    return condaSpec(report, "conda clone " + from.handle() + " " + name,
                     shellJoin({"conda", "create", "-y", "-n", name, "--clone", from.handle()}));
}

Result<JobSpec> removeJob(const Report &report, const Environment &environment)
{
    if (environment.kind != Environment::Kind::Conda || environment.isBase())
        return wrong("not conda's");
    if (!environment.isWritable)
        return wrong("read-only");
    for (const CondaBase &base : report.bases) {
        if (environment.path == base.path)
            return wrong("not conda's"); // another installation, not an environment
    }
    return condaSpec(report, "conda remove " + environment.handle(),
                     shellJoin(QByteArrayList{"conda", "remove", "-y"} + placeWords(environment) +
                               QByteArrayList{"--all"}));
}

Result<JobSpec> installJob(const Report &report, const Environment &environment,
                           const Installation &wanted)
{
    QByteArrayList packages;
    if (wanted.byConda || wanted.requirements.isEmpty() || !wanted.packages.trimmed().isEmpty()) {
        const auto words = packageWords(wanted.packages);
        if (!words)
            return tl::make_unexpected(words.error());
        packages = *words;
    }
    if (!environment.isWritable && environment.kind != Environment::Kind::System)
        return wrong("read-only");
    if (wanted.byConda) {
        if (environment.kind != Environment::Kind::Conda)
            return wrong("not conda's");
        return condaSpec(report, "conda install " + packages.join(' ').left(80),
                         shellJoin(QByteArrayList{"conda", "install", "-y"} +
                                   placeWords(environment) + channelWords(report, wanted.mirror) +
                                   packages));
    }
    if (hasControls(wanted.requirements) || wanted.requirements.startsWith('-'))
        return wrong("requirements");
    QByteArrayList words{"install"};
    if (wanted.mirror && !wanted.mirror->pip.isEmpty())
        words += {"-i", wanted.mirror->pip};
    if (!wanted.requirements.isEmpty())
        words += {"-r", wanted.requirements};
    return pipJob(report, environment, words + packages);
}

Result<JobSpec> pipJob(const Report &report, const Environment &environment,
                       const QByteArrayList &pipWords)
{
    JobSpec spec;
    spec.name = "pip " + pipWords.mid(0, 8).join(' ').left(80);
    if (environment.kind == Environment::Kind::Conda) {
        if (!report.conda())
            return wrong("no conda");
        spec.condaEnvironment = environment.handle();
        spec.condaBase = report.conda()->path;
        spec.command = "python -m pip " + shellJoin(pipWords);
    } else if (!environment.python.isEmpty()) {
        spec.command = shellQuote(environment.python) + " -m pip " + shellJoin(pipWords);
    } else {
        return wrong("python");
    }
    return spec;
}

Result<JobSpec> condaInitJob(const Report &report, bool on)
{
    if (!report.conda())
        return wrong("no conda");
    JobSpec spec;
    spec.name = on ? "conda init" : "conda init --reverse";
    spec.command = shellQuote(report.conda()->path + "/bin/conda") +
                   (on ? " init bash" : " init --reverse bash");
    return spec;
}

Result<JobSpec> aptUpdateJob(const Report &report)
{
    if (!report.hasApt)
        return wrong("no apt");
    JobSpec spec;
    spec.name = "apt-get update";
    spec.command = aptCommand(report, "update");
    return spec;
}

Result<JobSpec> aptInstallJob(const Report &report, const QByteArray &packages)
{
    // Debian Policy 5.6.1, with ":ARCH" and "=VERSION" behind it
    static const QRegularExpression form(
        QStringLiteral("^[a-z0-9][a-z0-9.+-]*(:[a-z0-9]+)?(=[A-Za-z0-9.+:~-]+)?$"));
    if (!report.hasApt)
        return wrong("no apt");
    const auto words = packageWords(packages);
    if (!words)
        return tl::make_unexpected(words.error());
    for (const QByteArray &word : *words) {
        if (!form.match(QString::fromUtf8(word)).hasMatch())
            return wrong("packages");
    }
    JobSpec spec;
    spec.name = "apt-get install " + words->join(' ').left(80);
    spec.command = aptCommand(report, "install -y " + shellJoin(*words));
    return spec;
}

Result<JobSpec> pipMirrorJob(const Report &report, const Mirror *mirror)
{
    if (!mirror)
        return pipConfigSpec(report, "pip mirror off", "unset global.index-url");
    if (mirror->pip.isEmpty())
        return wrong("mirror");
    return pipConfigSpec(report, "pip mirror " + mirror->name,
                         "set global.index-url " + shellQuote(mirror->pip));
}

Result<JobSpec> condaMirrorJob(const Report &report, const Mirror *mirror)
{
    if (mirror && mirror->conda.isEmpty())
        return wrong("mirror");
    // Taken away first, so that it may run again. A channel by itself is looked for below this
    // address: conda.anaconda.org is conda's own default (conda's manual, "Mirroring channels").
    const QByteArray cloud = mirror ? mirror->conda + "/cloud" : "https://conda.anaconda.org";
    QByteArray text = "conda config --remove-key default_channels 2>/dev/null\n";
    if (mirror) {
        for (const char *folder : {"/pkgs/r", "/pkgs/main"}) // each goes to the front
            text += "conda config --add default_channels " + shellQuote(mirror->conda + folder) +
                    " || exit\n";
    }
    text += "conda config --set custom_channels.conda-forge " + shellQuote(cloud) +
            " || exit\nconda config --set custom_channels.pytorch " + shellQuote(cloud);
    return condaSpec(
        report, mirror ? "conda mirror " + mirror->name : QByteArray("conda mirror off"), text);
}

Result<JobSpec> hfMirrorJob(const Report &, const std::optional<QByteArray> &endpoint)
{
    if (endpoint && (hasControls(*endpoint) || !endpoint->startsWith("https://")))
        return wrong("mirror");
    JobSpec spec;
    spec.name = endpoint ? "Hugging Face mirror" : "Hugging Face mirror off";
    spec.command = variableText("HF_ENDPOINT", endpoint).trimmed();
    return spec;
}

QByteArray defaultCache(const Report &report, Cache cache)
{
    switch (cache) {
    case Cache::Pip: return report.home + "/.cache/pip";
    case Cache::Conda: return report.conda() ? report.conda()->path + "/pkgs" : QByteArray();
    case Cache::HuggingFace: break;
    }
    return report.home + "/.cache/huggingface";
}

QByteArray movedCache(const Report &report, Cache cache)
{
    return report.dataDisk ? *report.dataDisk + "/.cache/" + cacheName(cache) : QByteArray();
}

Result<JobSpec> moveCacheJob(const Report &report, Cache cache, bool toDataDisk)
{
    const QByteArray usual = defaultCache(report, cache);
    const QByteArray moved = movedCache(report, cache);
    if (moved.isEmpty())
        return wrong("no data disk");
    if (usual.isEmpty())
        return wrong("no conda");
    const QByteArray from = toDataDisk ? usual : moved;
    const QByteArray to = toDataDisk ? moved : usual;
    const QByteArray name =
        cacheName(cache) + (toDataDisk ? " cache to the data disk" : " cache back to the default");
    switch (cache) {
    case Cache::Pip: {
        JobSpec spec = pipConfigSpec(report, name,
                                     toDataDisk ? "set global.cache-dir " + shellQuote(to)
                                                : QByteArray("unset global.cache-dir"));
        spec.command = moveText(from, to, spec.command);
        return spec;
    }
    case Cache::Conda:
        return condaSpec(report, name,
                         moveText(from, to,
                                  toDataDisk
                                      ? "conda config --prepend pkgs_dirs " + shellQuote(to)
                                      : "conda config --remove pkgs_dirs " + shellQuote(from)));
    case Cache::HuggingFace: break;
    }
    JobSpec spec;
    spec.name = name;
    const QByteArray line =
        variableText("HF_HOME", toDataDisk ? std::optional(to) : std::nullopt).trimmed();
    spec.command = moveText(from, to, line);
    return spec;
}

} // namespace core::env
