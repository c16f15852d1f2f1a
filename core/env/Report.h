// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CudaSupport.h"
#include "core/probe/GpuInfo.h"
#include "core/probe/SystemInfo.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace core::env {

/// A program that a shell finds by its PATH.
struct Tool
{
    QByteArray path;
    std::optional<QString> version; ///< "3.10.8"

    bool operator==(const Tool &) const = default;
};

/// What one kind of shell of the user's finds.
struct ShellView
{
    std::optional<Tool> python;
    std::optional<Tool> python3;
    std::optional<Tool> pip;
    std::optional<QString> pipPython; ///< the python that pip installs for: "3.10"
    std::optional<QByteArray> conda;
    std::vector<std::pair<QByteArray, QByteArray>> variables; ///< exported: HF_HOME, ...

    bool operator==(const ShellView &) const = default;
    [[nodiscard]] std::optional<QByteArray> variable(QByteArrayView name) const;
};

/// The CUDA toolkit, which compiles; not the driver's CUDA.
struct Toolkit
{
    QString version; ///< "12.4" or "12.4.1"
    QByteArray path; ///< of nvcc or of the file that says it

    bool operator==(const Toolkit &) const = default;
};

/// An installation of conda.
struct CondaBase
{
    QByteArray path; ///< e.g. /root/miniconda3
    std::optional<QString> version;
    bool isWritable = true;

    bool operator==(const CondaBase &) const = default;
};

/// torch as its files say; it is never imported.
struct Torch
{
    QString version; ///< "2.5.1+cu124"
    catalog::TorchVersion::Build build = catalog::TorchVersion::Build::Unsaid;
    std::optional<catalog::DottedVersion> number; ///< 2.5; absent: the version is of no known form
    std::optional<catalog::DottedVersion> cuda;   ///< of Build::Cuda

    bool operator==(const Torch &) const = default;
};

/// A python with its packages.
struct Environment
{
    enum class Kind { Conda, Venv, System };
    Kind kind = Kind::Conda;
    QString name;    ///< "base", "verl"; "" = conda knows it by its path only, or it is not conda's
    QByteArray path; ///< the directory; of Kind::System the interpreter
    QByteArray python;              ///< the interpreter, "" = there is none
    std::optional<QString> version; ///< of python, "3.10.8"
    std::vector<QByteArray> sites;  ///< where its packages are; the first one hides the others'
    std::optional<Torch> torch;
    bool isWritable = true;

    bool operator==(const Environment &) const = default;
    [[nodiscard]] bool isBase() const { return name == u"base"; }
    /// What conda and people call it: the name, or else the path.
    [[nodiscard]] QByteArray handle() const { return name.isEmpty() ? path : name.toUtf8(); }
};

/// A mirror or a cache that is set, and by whom: a file or a variable.
struct Setting
{
    QByteArray value; ///< of an address without the name and password in it
    QByteArray source;

    bool operator==(const Setting &) const = default;
};

struct Settings
{
    std::optional<Setting> pipIndex;
    std::optional<Setting> pipCache;
    std::optional<Setting> condaChannel; ///< the first of default_channels
    std::optional<Setting> condaPkgs;    ///< the first of pkgs_dirs
    std::optional<Setting> hfEndpoint;
    std::optional<Setting> hfHome;
    QByteArrayList managed; ///< the variables that Danlu has set in ~/.bashrc

    bool operator==(const Settings &) const = default;
};

/// What look.sh tells. Absent is unknown or not there.
struct Report
{
    QByteArray home;
    bool isRoot = false;
    std::optional<QString> kernel;
    std::optional<QString> machine; ///< "x86_64"
    std::optional<probe::OsRelease> os;
    std::optional<probe::SmiReport> smi;
    std::optional<probe::SmiError> smiError;
    /// Of the GPUs in nvidia-smi's order, absent where the driver does not tell.
    std::vector<std::optional<catalog::DottedVersion>> capabilities;
    std::optional<Toolkit> toolkit;
    std::optional<ShellView> login;        ///< bash -lc, as jobs and scripts run
    std::optional<ShellView> interactive;  ///< bash -ic, as a terminal shows
    std::vector<CondaBase> bases;          ///< the first one is what the shells use
    bool isCondaInitialised = false;       ///< conda's block is in ~/.bashrc
    std::vector<Environment> environments; ///< base first
    Settings settings;
    std::optional<QByteArray> dataDisk; ///< its mount point
    bool hasApt = false;
    bool hasSudo = false;

    /// The first base; null where there is no conda.
    [[nodiscard]] const CondaBase *conda() const { return bases.empty() ? nullptr : &bases[0]; }
    /// As a person would name it: by name, path, or the interpreter. Null where there is none.
    [[nodiscard]] const Environment *find(QByteArrayView handle) const;
    /// The interactive shell, or the login shell where that gave no answer.
    [[nodiscard]] const ShellView *shell() const;
};

/// Pure. \a text: the script's records, each ending with NUL. Parse when the last one is missing;
/// records of unknown kind and broken lines are left out.
[[nodiscard]] Result<Report> parseReport(QByteArrayView text);

} // namespace core::env
