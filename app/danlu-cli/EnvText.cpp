// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/EnvText.h"

#include "app/danlu-cli/CatalogJson.h"
#include "app/danlu-cli/Json.h"
#include "app/danlu-cli/Table.h"
#include "core/base/ShellQuote.h"

#include <QLocale>

using namespace core;
using core::env::Environment;
using core::env::Report;
using core::env::TorchFit;

namespace cli {

namespace {

const QString unknown = QStringLiteral("-");

QString text(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes);
}

QString kindName(Environment::Kind kind)
{
    switch (kind) {
    case Environment::Kind::Conda: return QStringLiteral("conda");
    case Environment::Kind::Venv: return QStringLiteral("venv");
    case Environment::Kind::System: break;
    }
    return QStringLiteral("system");
}

QJsonValue toolJson(const std::optional<env::Tool> &tool)
{
    if (!tool)
        return {};
    return QJsonObject{{QStringLiteral("path"), text(tool->path)},
                       {QStringLiteral("version"), orNull(tool->version)}};
}

QJsonValue shellJson(const std::optional<env::ShellView> &shell)
{
    if (!shell)
        return {};
    return QJsonObject{
        {QStringLiteral("python"), toolJson(shell->python)},
        {QStringLiteral("python3"), toolJson(shell->python3)},
        {QStringLiteral("pip"), toolJson(shell->pip)},
        {QStringLiteral("pip_python"), orNull(shell->pipPython)},
        {QStringLiteral("conda"), shell->conda ? QJsonValue(text(*shell->conda)) : QJsonValue()}};
}

QJsonValue settingJson(const std::optional<env::Setting> &setting)
{
    if (!setting)
        return {};
    return QJsonObject{{QStringLiteral("value"), text(setting->value)},
                       {QStringLiteral("source"), text(setting->source)}};
}

/// "card-too-new", with the GPUs it is about where that are not all.
QString fitWords(const TorchFit &fit)
{
    QStringList numbers;
    for (const int gpu : fit.gpus)
        numbers += QString::number(gpu);
    return numbers.isEmpty()
               ? QString(fitName(fit.fit))
               : QStringLiteral("%1 (GPU %2: %3)")
                     .arg(fitName(fit.fit), numbers.join(QStringLiteral(", ")), fit.card);
}

QString adviceText(const TorchFit &fit)
{
    return fit.advice ? QStringLiteral("pip ") + text(shellJoin(fit.advice->pipWords)) : QString();
}

QJsonValue gpusJson(const TorchFit &fit)
{
    QJsonArray gpus;
    for (const int gpu : fit.gpus)
        gpus.append(gpu);
    return gpus.isEmpty() ? QJsonValue() : QJsonValue(gpus);
}

QJsonObject environmentJson(const Environment &one, const TorchFit &fit,
                            const EnvironmentSizes &sizes)
{
    const auto size = sizes.constFind(one.path);
    return {{QStringLiteral("name"), textOrNull(one.name)},
            {QStringLiteral("kind"), kindName(one.kind)},
            {QStringLiteral("path"), text(one.path)},
            {QStringLiteral("python"), orNull(one.version)},
            {QStringLiteral("torch"), one.torch ? QJsonValue(one.torch->version) : QJsonValue()},
            {QStringLiteral("torch_cuda"), versionOrNull(fit.cuda)},
            {QStringLiteral("fit"), QString(fitName(fit.fit))},
            {QStringLiteral("fit_card"), textOrNull(fit.card)},
            {QStringLiteral("fit_gpus"), gpusJson(fit)},
            {QStringLiteral("cuda_needed_at_least"), versionOrNull(fit.needAtLeast)},
            {QStringLiteral("cuda_needed_at_most"), versionOrNull(fit.needAtMost)},
            {QStringLiteral("advice"), fit.advice ? QJsonValue(adviceText(fit)) : QJsonValue()},
            {QStringLiteral("size_bytes"), size == sizes.cend() ? QJsonValue() : QJsonValue(*size)},
            {QStringLiteral("writable"), one.isWritable}};
}

QString shellLine(const QString &title, const std::optional<env::ShellView> &shell)
{
    if (!shell)
        return title + QStringLiteral("  no answer");
    const auto tool = [](const std::optional<env::Tool> &one) {
        return one ? text(one->path) + u' ' + one->version.value_or(unknown) : unknown;
    };
    return QStringLiteral("%1  python %2  pip %3  conda %4")
        .arg(title, tool(shell->python ? shell->python : shell->python3), tool(shell->pip),
             shell->conda ? text(*shell->conda) : unknown);
}

} // namespace

QJsonObject envJson(const Report &report, const std::vector<TorchFit> &fits,
                    const EnvironmentSizes &sizes)
{
    QJsonArray gpus;
    if (report.smi) {
        for (const probe::GpuInfo &gpu : report.smi->gpus)
            gpus.append(orNull(gpu.name));
    }
    QJsonArray environments;
    for (std::size_t i = 0; i < report.environments.size(); ++i)
        environments.append(environmentJson(report.environments[i], fits[i], sizes));
    QJsonValue conda;
    if (const env::CondaBase *base = report.conda())
        conda = QJsonObject{{QStringLiteral("base"), text(base->path)},
                            {QStringLiteral("version"), orNull(base->version)},
                            {QStringLiteral("initialised"), report.isCondaInitialised}};
    const env::Settings &set = report.settings;
    return {{QStringLiteral("os"), orNull(report.os ? report.os->prettyName : std::nullopt)},
            {QStringLiteral("kernel"), orNull(report.kernel)},
            {QStringLiteral("machine"), orNull(report.machine)},
            {QStringLiteral("driver"), orNull(report.smi ? report.smi->driver : std::nullopt)},
            {QStringLiteral("driver_cuda"), orNull(report.smi ? report.smi->cuda : std::nullopt)},
            {QStringLiteral("nvidia_smi_error"),
             report.smiError ? QJsonValue(QString(smiFailureName(report.smiError->failure)))
                             : QJsonValue()},
            {QStringLiteral("gpus"), gpus},
            {QStringLiteral("toolkit"),
             report.toolkit
                 ? QJsonValue(QJsonObject{{QStringLiteral("cuda"), report.toolkit->version},
                                          {QStringLiteral("path"), text(report.toolkit->path)}})
                 : QJsonValue()},
            {QStringLiteral("shells"),
             QJsonObject{{QStringLiteral("login"), shellJson(report.login)},
                         {QStringLiteral("interactive"), shellJson(report.interactive)}}},
            {QStringLiteral("conda"), conda},
            {QStringLiteral("environments"), environments},
            {QStringLiteral("settings"),
             QJsonObject{{QStringLiteral("pip_index"), settingJson(set.pipIndex)},
                         {QStringLiteral("pip_cache"), settingJson(set.pipCache)},
                         {QStringLiteral("conda_channel"), settingJson(set.condaChannel)},
                         {QStringLiteral("conda_pkgs"), settingJson(set.condaPkgs)},
                         {QStringLiteral("hf_endpoint"), settingJson(set.hfEndpoint)},
                         {QStringLiteral("hf_home"), settingJson(set.hfHome)}}},
            {QStringLiteral("data_disk"),
             report.dataDisk ? QJsonValue(text(*report.dataDisk)) : QJsonValue()}};
}

QString envText(const Report &report, const std::vector<TorchFit> &fits,
                const EnvironmentSizes &sizes)
{
    QStringList lines;
    lines += QStringLiteral("System  %1  kernel %2  %3")
                 .arg((report.os ? report.os->prettyName : std::nullopt).value_or(unknown),
                      report.kernel.value_or(unknown), report.machine.value_or(unknown));
    lines += QStringLiteral("Driver  %1  CUDA up to %2  toolkit %3")
                 .arg((report.smi ? report.smi->driver : std::nullopt).value_or(unknown),
                      (report.smi ? report.smi->cuda : std::nullopt).value_or(unknown),
                      report.toolkit ? report.toolkit->version : unknown);
    if (report.smiError)
        lines += QStringLiteral("nvidia-smi: %1").arg(smiFailureName(report.smiError->failure));
    lines += shellLine(QStringLiteral("Terminal"), report.interactive);
    lines += shellLine(QStringLiteral("Scripts"), report.login);
    if (const env::CondaBase *base = report.conda())
        lines +=
            QStringLiteral("conda  %1  %2%3")
                .arg(text(base->path), base->version.value_or(unknown),
                     report.isCondaInitialised ? QString() : QStringLiteral("  not initialised"));
    const bool hasSizes = !sizes.isEmpty();
    std::vector<QStringList> rows;
    for (std::size_t i = 0; i < report.environments.size(); ++i) {
        const Environment &one = report.environments[i];
        QStringList row{text(one.handle()), one.version.value_or(unknown),
                        one.torch ? one.torch->version : unknown,
                        fits[i].cuda ? fits[i].cuda->text() : unknown};
        if (hasSizes)
            row += sizes.contains(one.path)
                       ? QLocale::c().formattedDataSize(sizes.value(one.path), 1)
                       : unknown;
        row += fitWords(fits[i]);
        rows.push_back(row);
    }
    QStringList header{QStringLiteral("Environment"), QStringLiteral("Python"),
                       QStringLiteral("torch"), QStringLiteral("CUDA")};
    if (hasSizes)
        header += QStringLiteral("Size");
    header += QStringLiteral("Fit");
    if (!rows.empty())
        lines += tableText(header, rows).trimmed();
    for (std::size_t i = 0; i < fits.size(); ++i) {
        if (fits[i].advice)
            lines += QStringLiteral("%1: %2").arg(text(report.environments[i].handle()),
                                                  adviceText(fits[i]));
    }
    return lines.join(u'\n');
}

QJsonArray packagesJson(const std::vector<env::Package> &packages)
{
    QJsonArray array;
    for (const env::Package &one : packages)
        array.append(QJsonObject{{QStringLiteral("name"), one.name},
                                 {QStringLiteral("version"), textOrNull(one.version)},
                                 {QStringLiteral("from"), one.origin == env::Package::Origin::Conda
                                                              ? QStringLiteral("conda")
                                                              : QStringLiteral("pip")}});
    return array;
}

QString packagesText(const std::vector<env::Package> &packages)
{
    std::vector<QStringList> rows;
    rows.reserve(packages.size());
    for (const env::Package &one : packages)
        rows.push_back({one.name, one.version.isEmpty() ? unknown : one.version,
                        one.origin == env::Package::Origin::Conda ? QStringLiteral("conda")
                                                                  : QStringLiteral("pip")});
    return tableText({QStringLiteral("Package"), QStringLiteral("Version"), QStringLiteral("From")},
                     rows)
        .trimmed();
}

} // namespace cli
