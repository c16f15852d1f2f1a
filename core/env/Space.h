// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Report.h"
#include "core/jobs/JobSpec.h"
#include "core/transfer/ScriptOperation.h"

#include <vector>

/// What takes the room on a disk, and what can be taken away there because it can be had again.
namespace core::env {

/// A file, or a folder with all that is in it.
struct SpaceTaker
{
    QByteArray path;
    qint64 bytes = 0; ///< on the disk, as du counts; 0 = not among the largest
    bool isFolder = false;
    qint64 files = 0; ///< files and folders in it; 0 = not among those with the most

    bool operator==(const SpaceTaker &) const = default;
    /// Itself, or where the file is.
    [[nodiscard]] QByteArray folder() const;
};

/// What it is of, as far as its path tells.
enum class TakerKind {
    Other,
    Checkpoints, ///< a training run's saved states, or a model's weights
    HuggingFace, ///< the cache of models and data sets
    Packages,    ///< conda's and pip's caches
    Environment, ///< conda's, or a venv
    Trash
};
[[nodiscard]] TakerKind kindOf(const SpaceTaker &taker, const Report &report);

struct CleanUp
{
    enum class Kind {
        CondaPackages, ///< downloads, and packages that no environment has
        PipCache,
        HuggingFaceModel, ///< one model or data set of the hub cache
        Trash             ///< what was deleted in Jupyter or a desktop
    };
    Kind kind = Kind::Trash;
    QByteArray path;
    qint64 bytes = 0; ///< that it frees
    /// The largest in it, relative to it; none for what is one thing.
    std::vector<SpaceTaker> items;

    bool operator==(const CleanUp &) const = default;
    /// "org/name" of a model or data set; "" of the other kinds.
    [[nodiscard]] QByteArray modelName() const;
};

/// Of all of them together.
[[nodiscard]] qint64 bytesOf(const std::vector<CleanUp> &all);

/// The telling ones by \a measure (SpaceTaker::bytes or ::files), those with the most first, at
/// most \a most: a folder is left out when one thing in it has nearly all of it, and so is \a mount
/// itself.
[[nodiscard]] std::vector<SpaceTaker> tellingTakers(std::vector<SpaceTaker> takers,
                                                    const QByteArray &mount, std::size_t most,
                                                    qint64 SpaceTaker::*measure);

/// One job that does all of \a wanted, in their order; what fails does not keep the others from
/// being done. Usage: none, or a path that is no such thing's ("path").
[[nodiscard]] Result<jobs::JobSpec> cleanUpJob(const Report &report,
                                               const std::vector<CleanUp> &wanted);

/// Looks at one disk. Takes minutes where there are millions of files: each thing is told when it
/// is known, and the whole can be cancelled.
class FindSpace final : public transfer::ScriptOperation
{
    Q_OBJECT

public:
    FindSpace(ssh::Session &session, const Report &report, const QByteArray &mount);

    /// So far.
    [[nodiscard]] const std::vector<CleanUp> &cleanUps() const { return m_cleanUps; }
    [[nodiscard]] const std::vector<SpaceTaker> &takers() const { return m_takers; }

Q_SIGNALS:
    void foundMore();

protected:
    void take(const QByteArray &record) override;

private:
    void addCleanUp(const QByteArray &text);
    void addTaker(const QByteArray &word, const QByteArray &text);
    void addCount(const QByteArray &path, qint64 files);

    std::vector<CleanUp> m_cleanUps;
    std::vector<SpaceTaker> m_takers;
};

} // namespace core::env
