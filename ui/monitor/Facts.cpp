// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/Facts.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui::monitor {

namespace {

using core::probe::SmiFailure;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Monitor)
};

} // namespace

SmiWords describe(const core::probe::SmiError &error)
{
    switch (error.failure) {
    case SmiFailure::NotInstalled:
        return {
            Text::tr("nvidia-smi is not there"),
            Text::tr("This machine has no NVIDIA driver tools: it may have no GPU at all, or the "
                     "image was made without them."),
            Text::tr("If you rent a GPU, choose the provider's standard image.")};
    case SmiFailure::NoDevices:
        return {
            Text::tr("No GPU is attached"),
            Text::tr(
                "The driver is there but sees no card. The instance may run without GPU, or the "
                "card was taken away from it."),
            Text::tr("Look in the provider's console whether it was started with a GPU.")};
    case SmiFailure::NoDriver:
        return {
            Text::tr("The NVIDIA driver does not answer"),
            Text::tr("The driver on the host crashed, is being updated, or is not loaded. That is "
                     "outside of your instance."),
            Text::tr("Restart the instance; if it stays so, tell the provider.")};
    case SmiFailure::VersionMismatch:
        return {
            Text::tr("The driver and its tools do not match"),
            Text::tr(
                "The host's driver was updated while this instance was running, or a driver was "
                "installed inside the instance with apt."),
            Text::tr("Restart the instance; remove drivers that were installed in it.")};
    case SmiFailure::NvmlError:
        return {
            Text::tr("The GPU can no longer be reached from this container"),
            Text::tr("Containers lose their GPU when the host reloads its services; programs that "
                     "already run often go on."),
            Text::tr("Let running work finish, then restart the instance.")};
    case SmiFailure::GpuLost:
        return {Text::tr("A GPU stopped responding"),
                Text::tr("The card fell off the bus, from overheating, power or a hardware fault."),
                Text::tr("Save what you can, restart the instance, and tell the provider.")};
    case SmiFailure::Permission:
        return {Text::tr("nvidia-smi may not be run here"),
                Text::tr("The user has no access to the GPU, or the instance runs without one."),
                Text::tr("Look in the provider's console whether it was started with a GPU.")};
    case SmiFailure::BadField:
        return {Text::tr("This driver does not know a figure that was asked for"),
                Text::tr("It is older or newer than what Danlu knows."),
                Text::tr("Report it with the details below.")};
    case SmiFailure::TimedOut:
        return {
            Text::tr("nvidia-smi does not answer"),
            Text::tr("The driver is busy or hangs; this happens while a program crashes or when a "
                     "card is failing. The other figures go on."),
            Text::tr("Wait a minute; if it stays so, restart the instance.")};
    case SmiFailure::Empty:
    case SmiFailure::Unreadable: break;
    }
    return {Text::tr("The GPU figures could not be read"),
            Text::tr("nvidia-smi printed nothing, or something that Danlu does not know."),
            Text::tr("Run nvidia-smi in a terminal; report it with the details below.")};
}

QString shortGpuName(const QString &name)
{
    QString text = name.simplified();
    for (const QLatin1StringView prefix :
         {QLatin1StringView("NVIDIA "), QLatin1StringView("GeForce "),
          QLatin1StringView("Quadro ")}) {
        if (text.startsWith(prefix, Qt::CaseInsensitive) && text.size() > prefix.size())
            text.remove(0, prefix.size());
    }
    return text;
}

QString gpuTitle(int index)
{
    //: %1 is the number of the card as nvidia-smi counts
    return Text::tr("GPU %1").arg(index);
}

int gpuIndex(const core::probe::GpuInfo &gpu, std::size_t position)
{
    return gpu.index.value_or(int(position));
}

bool looksLikeAutodl(const core::metrics::Sample &sample)
{
    if (sample.host.hostname && sample.host.hostname->startsWith(QLatin1StringView("autodl-")))
        return true;
    return std::any_of(sample.disks.begin(), sample.disks.end(), [](const auto &disk) {
        return disk.mount.startsWith(QLatin1StringView("/root/autodl-"));
    });
}

QString noGpuChip(const core::metrics::Sample &sample)
{
    if (looksLikeAutodl(sample)) {
        //: AutoDL's mode for setting up without a card; zh: 无卡模式，¥0.1/小时
        return Text::tr("No-GPU mode, ¥0.1/h");
    }
    return Text::tr("No-GPU mode");
}

QString sourceWords(std::optional<core::metrics::Source> source)
{
    if (!source)
        return {};
    switch (*source) {
    case core::metrics::Source::Cgroup2:
        //: Where a figure comes from
        return Text::tr("container limit (cgroup v2)");
    case core::metrics::Source::Cgroup1: return Text::tr("container limit (cgroup v1)");
    case core::metrics::Source::Host: break;
    }
    return Text::tr("whole host: the container has no limit");
}

QString roleName(core::probe::DiskRole role)
{
    switch (role) {
    case core::probe::DiskRole::System: return Text::tr("System disk");
    case core::probe::DiskRole::Data: return Text::tr("Data disk");
    case core::probe::DiskRole::Shared: return Text::tr("Shared storage");
    case core::probe::DiskRole::Public: return Text::tr("Public data");
    case core::probe::DiskRole::Other: break;
    }
    return Text::tr("Disk");
}

QString diskFate(core::probe::DiskRole role, bool autodl)
{
    if (role == core::probe::DiskRole::Public)
        return Text::tr("Read-only; copy out what you use");
    if (!autodl)
        return {};
    switch (role) {
    case core::probe::DiskRole::System:
        return Text::tr("Survives power-off and is saved with the image; lost on reset or release");
    case core::probe::DiskRole::Data:
        return Text::tr("Survives power-off and reset, not saved with the image; lost on release");
    case core::probe::DiskRole::Shared:
        return Text::tr("Survives everything, seen by all your instances of the region");
    default: return {};
    }
}

std::optional<double> cpuPercentOfCore(const core::metrics::CpuFigures &cpu)
{
    return cpu.usedCores ? std::optional<double>(*cpu.usedCores * 100) : std::nullopt;
}

std::optional<double> cpuPercentOfShare(const core::metrics::CpuFigures &cpu)
{
    const auto part = partOf(cpu.usedCores, cpu.limitCores);
    return part ? std::optional<double>(*part * 100) : std::nullopt;
}

std::optional<double> partOf(std::optional<double> used, std::optional<double> total)
{
    if (!used || !total || *total <= 0)
        return std::nullopt;
    return *used / *total;
}

std::optional<double> mibToBytes(std::optional<qint64> mib)
{
    return mib ? std::optional<double>(double(*mib) * 1024 * 1024) : std::nullopt;
}

} // namespace ui::monitor
