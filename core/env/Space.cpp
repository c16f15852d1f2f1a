// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/Space.h"

#include "core/base/ShellQuote.h"
#include "core/env/Actions.h"
#include "core/env/EnvOperations.h"
#include "core/transfer/FileNames.h"

#include <QRegularExpression>

#include <algorithm>
#include <numeric>

namespace core::env {

using namespace std::chrono_literals;
using jobs::JobSpec;

extern const char *const spaceScript;

namespace {

constexpr auto spacePatience = 1800s; ///< a network disk with millions of files
constexpr std::size_t mostRecords = 2000;
/// Of a folder that one thing in it is said to have "nearly all" of.
constexpr double nearlyAll = 0.8;

QByteArray huggingFaceOf(const Report &report)
{
    const auto &home = report.settings.hfHome;
    return home ? home->value : defaultCache(report, Cache::HuggingFace);
}

QByteArrayList condaCachesOf(const Report &report)
{
    QByteArrayList packages;
    for (const CondaBase &base : report.bases)
        packages.append(base.path + "/pkgs");
    if (report.settings.condaPkgs && !packages.contains(report.settings.condaPkgs->value))
        packages.append(report.settings.condaPkgs->value);
    return packages;
}

QByteArray pipCacheOf(const Report &report)
{
    const auto &pip = report.settings.pipCache;
    return pip ? pip->value : defaultCache(report, Cache::Pip);
}

QByteArray spaceCommand(const Report &report, const QByteArray &mount)
{
    return "MOUNT=" + shellQuote(mount) + "\nPKGS=" + shellQuote(condaCachesOf(report).join('\n')) +
           "\nPIP=" + shellQuote(pipCacheOf(report)) +
           "\nHUB=" + shellQuote(huggingFaceOf(report) + "/hub") + '\n' + spaceScript;
}

/// What trainers call their saved states: torch, Lightning, transformers, DeepSpeed, PaddlePaddle.
bool isCheckpoint(const SpaceTaker &taker)
{
    static const QRegularExpression file(
        QStringLiteral("\\.(pt|pth|ckpt|safetensors|pdparams|pdopt|gguf)$|"
                       "^(pytorch_model|optimizer|model)[^/]*\\.bin$"));
    static const QRegularExpression folder(
        QStringLiteral("^(checkpoints?|ckpts?|weights|(checkpoint|ckpt|epoch|step|iter)[-_=]?\\d+|"
                       "global_step\\d+)$"));
    const QString name = QString::fromUtf8(transfer::lastName(taker.path));
    return (taker.isFolder ? folder : file).match(name).hasMatch();
}

std::optional<CleanUp::Kind> kindOf(QByteArrayView word)
{
    if (word == "conda")
        return CleanUp::Kind::CondaPackages;
    if (word == "pip")
        return CleanUp::Kind::PipCache;
    if (word == "model")
        return CleanUp::Kind::HuggingFaceModel;
    if (word == "trash")
        return CleanUp::Kind::Trash;
    return std::nullopt;
}

/// "KIB NAME".
std::optional<SpaceTaker> readTaker(const QByteArray &text)
{
    const qsizetype blank = text.indexOf(' ');
    const auto bytes = bytesOfKib(text.left(std::max<qsizetype>(blank, 0)));
    if (!bytes || blank + 1 >= text.size())
        return std::nullopt;
    return SpaceTaker{text.mid(blank + 1), *bytes, false, 0};
}

/// What rm is given is one of these, whatever an instance has told.
bool isSafeToRemove(const CleanUp &cleanUp)
{
    const QByteArray name = transfer::lastName(cleanUp.path);
    if (!cleanUp.path.startsWith('/') || cleanUp.path.endsWith('/') ||
        cleanUp.path.contains('\0') || cleanUp.path.contains("/../"))
        return false;
    if (cleanUp.kind == CleanUp::Kind::HuggingFaceModel)
        return name.startsWith("models--") || name.startsWith("datasets--");
    return cleanUp.path.endsWith("/.local/share/Trash") || name.startsWith(".Trash-") ||
           transfer::parentPath(cleanUp.path).endsWith("/.Trash");
}

} // namespace

QByteArray SpaceTaker::folder() const
{
    return isFolder ? path : transfer::parentPath(path);
}

QByteArray CleanUp::modelName() const
{
    if (kind != Kind::HuggingFaceModel)
        return {};
    // "models--org--name" (huggingface_hub's manual, "Understand caching")
    QByteArray name = transfer::lastName(path);
    name = name.mid(name.indexOf("--") + 2);
    return name.replace("--", "/");
}

TakerKind kindOf(const SpaceTaker &taker, const Report &report)
{
    const auto isIn = [&taker](const QByteArray &folder) {
        return !folder.isEmpty() && transfer::isAtOrBelow(taker.path, folder);
    };
    if (taker.path.contains("/.Trash-") || taker.path.contains("/.local/share/Trash"))
        return TakerKind::Trash;
    const QByteArrayList caches = condaCachesOf(report);
    if (std::any_of(caches.begin(), caches.end(), isIn) || isIn(pipCacheOf(report)))
        return TakerKind::Packages;
    if (isIn(huggingFaceOf(report)))
        return TakerKind::HuggingFace;
    const auto isOf = [&isIn](const auto &one) { return isIn(one.path); };
    if (std::any_of(report.bases.begin(), report.bases.end(), isOf) ||
        std::any_of(report.environments.begin(), report.environments.end(), isOf))
        return TakerKind::Environment;
    return isCheckpoint(taker) ? TakerKind::Checkpoints : TakerKind::Other;
}

qint64 bytesOf(const std::vector<CleanUp> &all)
{
    return std::accumulate(all.begin(), all.end(), qint64(0),
                           [](qint64 sum, const CleanUp &one) { return sum + one.bytes; });
}

std::vector<SpaceTaker> tellingTakers(std::vector<SpaceTaker> takers, const QByteArray &mount,
                                      std::size_t most, qint64 SpaceTaker::*measure)
{
    std::stable_sort(takers.begin(), takers.end(),
                     [measure](const SpaceTaker &a, const SpaceTaker &b) {
                         return a.*measure != b.*measure ? a.*measure > b.*measure
                                                         : a.path.size() < b.path.size();
                     });
    std::vector<SpaceTaker> telling;
    for (const SpaceTaker &one : takers) {
        if (telling.size() >= most)
            break;
        if (one.*measure <= 0 || one.path == mount || !transfer::isAtOrBelow(one.path, mount))
            continue;
        const bool isExplained =
            one.isFolder &&
            std::any_of(takers.begin(), takers.end(), [&one, measure](const SpaceTaker &other) {
                return double(other.*measure) >= nearlyAll * double(one.*measure) &&
                       other.path != one.path && transfer::isAtOrBelow(other.path, one.path);
            });
        if (!isExplained)
            telling.push_back(one);
    }
    return telling;
}

Result<JobSpec> cleanUpJob(const Report &report, const std::vector<CleanUp> &wanted)
{
    JobSpec spec;
    spec.name = "clean up";
    QByteArrayList lines;
    bool needsConda = false; // pip and conda are found by its base
    const auto add = [&lines](const QByteArray &line) {
        if (!lines.contains(line))
            lines.append(line);
    };
    for (const CleanUp &one : wanted) {
        switch (one.kind) {
        case CleanUp::Kind::CondaPackages:
            if (!report.conda())
                return fail(ErrorCode::Usage, Step::Job, QStringLiteral("no conda"));
            add("conda clean -y --tarballs --packages");
            needsConda = true;
            break;
        case CleanUp::Kind::PipCache:
            needsConda = needsConda || report.conda();
            add(report.conda() ? "python -m pip cache purge" : "python3 -m pip cache purge");
            break;
        case CleanUp::Kind::HuggingFaceModel:
            if (!isSafeToRemove(one))
                return fail(ErrorCode::Usage, Step::Job, QStringLiteral("path"));
            add("rm -rf -- " + shellQuote(one.path));
            break;
        case CleanUp::Kind::Trash:
            if (!isSafeToRemove(one))
                return fail(ErrorCode::Usage, Step::Job, QStringLiteral("path"));
            add("rm -rf -- " + shellQuote(one.path + "/files") + ' ' +
                shellQuote(one.path + "/info"));
            break;
        }
    }
    if (lines.isEmpty())
        return fail(ErrorCode::Usage, Step::Job, QStringLiteral("command"));
    if (needsConda) {
        spec.condaEnvironment = "base";
        spec.condaBase = report.conda()->path;
    }
    if (lines.size() == 1)
        spec.command = lines.first();
    else
        spec.command = "failed=0\n" + lines.join(" || failed=1\n") + " || failed=1\nexit $failed";
    return spec;
}

FindSpace::FindSpace(ssh::Session &session, const Report &report, const QByteArray &mount)
    : ScriptOperation(session, spaceCommand(report, mount), spacePatience)
{
}

void FindSpace::take(const QByteArray &record)
{
    if (record == "end") {
        succeed();
        return;
    }
    if (isFinished() || m_takers.size() + m_cleanUps.size() > mostRecords)
        return;
    const qsizetype blank = record.indexOf(' ');
    const QByteArray word = record.left(std::max<qsizetype>(blank, 0));
    if (word == "clean")
        addCleanUp(record.mid(blank + 1));
    else
        addTaker(word, record.mid(blank + 1));
    Q_EMIT foundMore();
}

void FindSpace::addCleanUp(const QByteArray &text)
{
    const qsizetype blank = text.indexOf(' ');
    const auto kind = kindOf(text.left(std::max<qsizetype>(blank, 0)));
    const auto what = readTaker(text.mid(blank + 1));
    if (kind && what)
        m_cleanUps.push_back({*kind, what->path, what->bytes, {}});
}

void FindSpace::addTaker(const QByteArray &word, const QByteArray &text)
{
    auto what = readTaker(text);
    if (!what)
        return;
    if (word == "count") {
        addCount(what->path, what->bytes / 1024);
    } else if (word == "file" || word == "dir") {
        what->isFolder = word == "dir";
        m_takers.push_back(*what);
    } else if (word == "item" && !m_cleanUps.empty() &&
               m_cleanUps.back().items.size() < mostRecords) {
        m_cleanUps.back().items.push_back(*what);
    }
}

void FindSpace::addCount(const QByteArray &path, qint64 files)
{
    const auto known =
        std::find_if(m_takers.begin(), m_takers.end(),
                     [&path](const SpaceTaker &one) { return one.isFolder && one.path == path; });
    if (known == m_takers.end())
        m_takers.push_back({path, 0, true, files});
    else
        known->files = files;
}

} // namespace core::env
