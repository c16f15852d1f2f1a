// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/NvidiaSmi.h"
#include "core/probe/Text.h"

namespace core::probe {

QLatin1StringView smiFailureName(SmiFailure failure)
{
    switch (failure) {
    case SmiFailure::NotInstalled: return QLatin1StringView("not-installed");
    case SmiFailure::NoDevices: return QLatin1StringView("no-devices");
    case SmiFailure::NoDriver: return QLatin1StringView("no-driver");
    case SmiFailure::VersionMismatch: return QLatin1StringView("version-mismatch");
    case SmiFailure::NvmlError: return QLatin1StringView("nvml-error");
    case SmiFailure::GpuLost: return QLatin1StringView("gpu-lost");
    case SmiFailure::Permission: return QLatin1StringView("permission");
    case SmiFailure::BadField: return QLatin1StringView("bad-field");
    case SmiFailure::TimedOut: return QLatin1StringView("timed-out");
    case SmiFailure::Empty: return QLatin1StringView("empty");
    case SmiFailure::Unreadable: return QLatin1StringView("unreadable");
    }
    return QLatin1StringView("unreadable");
}

namespace {

struct Form
{
    const char *words; ///< lower case
    SmiFailure failure;
};

// From nvidia-smi's own messages over drivers 3xx to 61x and from what shells say without it. The
// order matters: the narrow ones first.
constexpr Form forms[] = {
    {"driver/library version mismatch", SmiFailure::VersionMismatch},
    {"no devices were found", SmiFailure::NoDevices},
    {"no devices found", SmiFailure::NoDevices},
    {"no supported gpus were found", SmiFailure::NoDevices},
    {"couldn't communicate with the nvidia driver", SmiFailure::NoDriver},
    {"could not communicate with the nvidia driver", SmiFailure::NoDriver},
    {"driver not loaded", SmiFailure::NoDriver},
    {"driver is not loaded", SmiFailure::NoDriver},
    {"is not a valid field to query", SmiFailure::BadField},
    {"\" is not recognized", SmiFailure::BadField}, // Option "..." of another version
    {"gpu is lost", SmiFailure::GpuLost},
    {"unable to determine the device handle", SmiFailure::GpuLost},
    {"has fallen off the bus", SmiFailure::GpuLost},
    {"suitable permission", SmiFailure::Permission},
    {"\xE6\x9D\x83\xE9\x99\x90\xE4\xB8\x8D\xE5\xA4\x9F", SmiFailure::Permission}, // 权限不够
    {"insufficient permissions", SmiFailure::Permission},
    {"permission denied", SmiFailure::Permission},
    {"operation not permitted", SmiFailure::Permission},
    {"no permission", SmiFailure::Permission},
    {"command 'nvidia-smi' not found", SmiFailure::NotInstalled},
    // 未找到命令, 找不到命令
    {"\xE6\x9C\xAA\xE6\x89\xBE\xE5\x88\xB0\xE5\x91\xBD\xE4\xBB\xA4", SmiFailure::NotInstalled},
    {"\xE6\x89\xBE\xE4\xB8\x8D\xE5\x88\xB0\xE5\x91\xBD\xE4\xBB\xA4", SmiFailure::NotInstalled},
    {"nvidia-smi: command not found", SmiFailure::NotInstalled},
    {"nvidia-smi: not found", SmiFailure::NotInstalled},
    {"command not found: nvidia-smi", SmiFailure::NotInstalled},
    {"nvidia-smi: no such file or directory", SmiFailure::NotInstalled},
    {"nvidia-smi: inaccessible or not found", SmiFailure::NotInstalled},
    {"failed to initialize nvml", SmiFailure::NvmlError},
    {"nvidia-smi has failed", SmiFailure::NvmlError},
    {"nvml shared library", SmiFailure::NvmlError},
    {"libnvidia-ml.so", SmiFailure::NvmlError},
    {"nvml library version", SmiFailure::NvmlError},
};

QString firstWords(QByteArrayView text)
{
    return decode(text).simplified().left(300);
}

} // namespace

std::optional<SmiError> recogniseSmiError(QByteArrayView text)
{
    const QByteArray lower =
        text.first(std::min<qsizetype>(text.size(), 16 * 1024)).toByteArray().toLower();
    if (lower.trimmed().isEmpty())
        return SmiError{SmiFailure::Empty, {}};
    for (const Form &form : forms) {
        const qsizetype at = lower.indexOf(form.words);
        if (at < 0)
            continue;
        // The line that says it, not a banner in front.
        qsizetype begin = lower.lastIndexOf('\n', at) + 1;
        if (begin > at)
            begin = 0;
        qsizetype end = lower.indexOf("\n\n", at);
        if (end < 0)
            end = lower.size();
        return SmiError{form.failure, firstWords(text.sliced(begin, end - begin))};
    }
    return std::nullopt;
}

} // namespace core::probe
