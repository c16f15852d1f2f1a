// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Mirrors.h"
#include "core/env/Report.h"
#include "core/jobs/JobSpec.h"

#include <optional>

/// What changes an instance's environments, as jobs. Pure: each gives the shell text that a person
/// would type, so that it can be shown before it runs. Failures: Usage, with what is wrong in the
/// detail ("name", "packages", "python", "no conda", "no apt", "read-only", "not conda's").
namespace core::env {

/// Of words between blanks. Usage: none, one that begins with "-", a NUL or a line end in it.
[[nodiscard]] Result<QByteArrayList> packageWords(const QByteArray &text);
/// conda takes no name with "/", " ", ":" or "#" in it (conda, "Characters not allowed").
[[nodiscard]] Result<> checkName(const QByteArray &name);

struct NewEnvironment
{
    QByteArray name;
    QByteArray python; ///< "3.12"; "" = whatever conda takes
    QByteArray packages;
    const Mirror *mirror = nullptr; ///< for this once
};
[[nodiscard]] Result<jobs::JobSpec> createJob(const Report &report, const NewEnvironment &wanted);
[[nodiscard]] Result<jobs::JobSpec> cloneJob(const Report &report, const Environment &from,
                                             const QByteArray &name);
[[nodiscard]] Result<jobs::JobSpec> removeJob(const Report &report, const Environment &environment);

struct Installation
{
    bool byConda = false;
    QByteArray packages;
    QByteArray requirements; ///< a file on the instance for "pip install -r"; "" = none
    const Mirror *mirror = nullptr;
};
[[nodiscard]] Result<jobs::JobSpec> installJob(const Report &report, const Environment &environment,
                                               const Installation &wanted);
/// pip with these words, e.g. TorchAdvice::pipWords.
[[nodiscard]] Result<jobs::JobSpec> pipJob(const Report &report, const Environment &environment,
                                           const QByteArrayList &pipWords);

/// The block of conda in ~/.bashrc. Each of these is undone with \a on = false.
[[nodiscard]] Result<jobs::JobSpec> condaInitJob(const Report &report, bool on);
[[nodiscard]] Result<jobs::JobSpec> aptUpdateJob(const Report &report);
[[nodiscard]] Result<jobs::JobSpec> aptInstallJob(const Report &report, const QByteArray &packages);
/// \a mirror null: back to the default.
[[nodiscard]] Result<jobs::JobSpec> pipMirrorJob(const Report &report, const Mirror *mirror);
[[nodiscard]] Result<jobs::JobSpec> condaMirrorJob(const Report &report, const Mirror *mirror);
/// \a endpoint absent: back to the default. A line that ends in "# danlu: HF_ENDPOINT" at the
/// beginning of ~/.bashrc, where scripts come by as well; all others stay.
[[nodiscard]] Result<jobs::JobSpec> hfMirrorJob(const Report &report,
                                                const std::optional<QByteArray> &endpoint);

enum class Cache { Pip, Conda, HuggingFace };
/// Where the cache is by default, and where it goes on the data disk; "" = there is no such disk.
[[nodiscard]] QByteArray defaultCache(const Report &report, Cache cache);
[[nodiscard]] QByteArray movedCache(const Report &report, Cache cache);
/// Copies what is there, then switches over, then takes the old away: whenever it is broken off,
/// the cache in use is whole, and the same command goes on. Changes nothing where the room does
/// not suffice. \a toDataDisk false: back to the default.
[[nodiscard]] Result<jobs::JobSpec> moveCacheJob(const Report &report, Cache cache,
                                                 bool toDataDisk);

} // namespace core::env
