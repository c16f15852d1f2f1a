// SPDX-License-Identifier: GPL-3.0-or-later
// Where a tar stream is unpacked: beside the final places, in directories that bear this copy's
// mark.
#include "core/transfer/PutWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/FindOutput.h"
#include "core/transfer/ItemIndex.h"

#include <QSysInfo>

#include <algorithm>

namespace core::transfer {

using Type = Item::Type;

namespace {

/// Makes $1, or $2 where $1 is somebody else's, with the empty file $3 in it, which tells whose it
/// is. What was there goes, unless $4 says that this copy goes on with it. Prints the name.
constexpr auto stageFunction = R"(
stage() {
    n=$1
    if [ -L "$n" ] || { [ -e "$n" ] && { [ ! -f "$n/$3" ] || [ -L "$n/$3" ]; }; }; then n=$2; fi
    if [ -L "$n" ] || [ ! -f "$n/$3" ] || [ -L "$n/$3" ] || [ -z "$4" ]; then rm -rf -- "$n"; fi
    mkdir -p -- "$n" && { [ -f "$n/$3" ] || (set -C; : >"$n/$3"); } && printf '%s\0' "$n"
}
)";

/// proc(5): blanks, tabs, newlines and backslashes are written as three octal digits.
QByteArray unescapedMount(const QByteArray &point)
{
    QByteArray path;
    for (qsizetype at = 0; at < point.size(); ++at) {
        bool isOctal = false;
        const int byte = point[at] == '\\' ? point.mid(at + 1, 3).toInt(&isOctal, 8) : 0;
        path += isOctal ? char(byte) : point[at];
        at += isOctal ? 3 : 0;
    }
    return path;
}

} // namespace

/// Of this machine, these sources and this target.
QByteArray PutWorker::marker() const
{
    auto *self = const_cast<PutWorker *>(this);
    QByteArray all = QSysInfo::machineHostName().toUtf8() + '\0' + m_target;
    for (const Source &one : self->state().sources)
        all += '\0' + one.from;
    return QByteArray(partSuffix) + '-' + shortDigest(all);
}

/// Readies the places beside the final ones, and takes over what a cut copy left there.
void PutWorker::stage()
{
    const QByteArray mark = marker();
    const QByteArray goesOn = resumes() ? " y" : " ''";
    QByteArray command = "cd -- " + shellQuote(m_target) + " || exit 1;" + stageFunction;
    std::vector<std::size_t> staged;
    bool merges = false;
    for (std::size_t i = 0; i < state().sources.size(); ++i) {
        const Source &one = state().sources[i];
        if (!one.isStaged) {
            merges = merges || !one.isRefused;
            if (one.isDirectory && !one.isRefused && resumes())
                command += "rm -f -- " + shellQuote(joinPath(one.to, mark)) + ";\n";
            continue;
        }
        // A source that has the very name of the place: the place is another.
        const bool isTaken =
            std::any_of(state().sources.begin(), state().sources.end(),
                        [&](const Source &other) { return other.to == partPath(one.to); });
        const QByteArray other = "./" + lastName(partPath(one.to, true));
        const QByteArray first = isTaken ? other : "./" + lastName(partPath(one.to));
        command += "stage " + shellQuote(first) + ' ' + shellQuote(other) + ' ' + shellQuote(mark) +
                   goesOn + " || exit 1\n";
        staged.push_back(i);
    }
    if (merges) {
        m_merge = mark;
        command += "stage " + shellQuote("./" + mark) + ' ' + shellQuote("./" + mark) + ' ' +
                   shellQuote(mark) + goesOn + " || exit 1\n" +
                   "printf '%s\\0' \"$(pwd -P)\"; cat /proc/self/mounts 2>/dev/null; :";
    }
    shell().run('(' + command + ')', [this, staged, mark](const Result<RemoteShell::Output> &ran) {
        if (isStopped() || (!ran && stopIfLost(ran.error())))
            return;
        const QByteArrayList names = ran ? ran->text.split('\0') : QByteArrayList();
        if (!ran || ran->exitCode != 0 || std::size_t(names.size()) < staged.size()) {
            nameDisk(joinPath(m_target, "x"), ran ? toolError(m_target, ran->errors) : ran.error(),
                     [this](const Error &named) { stop(named); });
            return;
        }
        for (std::size_t i = 0; i < staged.size(); ++i) {
            Source &one = state().sources[staged[i]];
            one.writeTo = joinPath(m_target, names[qsizetype(i)].sliced(2));
            one.marker = mark;
        }
        const qsizetype afterNames = qsizetype(staged.size()) + 1; // m_merge's is not wanted
        if (!m_merge.isEmpty())
            markElsewhere(names.value(afterNames), names.value(afterNames + 1));
        if (resumes())
            askStaged();
        else
            makeStagedDirectories();
    });
}

/// Files on file systems that are mounted below the target: a move there would be a copy, that can
/// be cut, so they go one by one. \a target: m_target without links. \a mounts: as proc(5) says.
void PutWorker::markElsewhere(const QByteArray &target, const QByteArray &mounts)
{
    QByteArrayList below;
    for (const QByteArray &line : mounts.split('\n')) {
        const QByteArray point = unescapedMount(line.split(' ').value(1));
        if (point != target && isAtOrBelow(point, target))
            below.append(point);
    }
    if (below.isEmpty())
        return;
    for (Item &one : state().items) {
        const Source &from = source(one);
        if (one.type != Type::File || one.state != Item::State::Pending || from.isStaged)
            continue;
        const QByteArray path = joinPath(target, joinPath(lastName(from.to), one.path));
        one.isElsewhere = std::any_of(below.begin(), below.end(), [&](const QByteArray &point) {
            return isAtOrBelow(path, point);
        });
    }
}

void PutWorker::askStaged()
{
    QByteArray roots;
    for (const Source &one : state().sources) {
        if (one.isStaged)
            roots += ' ' + shellQuote("./" + lastName(one.writeTo));
    }
    if (!m_merge.isEmpty())
        roots += ' ' + shellQuote("./" + m_merge);
    if (roots.isEmpty()) {
        makeStagedDirectories();
        return;
    }
    state().waiting = 0;
    std::vector<int> files;
    auto parts = std::make_shared<QSet<QByteArray>>();
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::File || one.state == Item::State::Failed)
            continue;
        files.push_back(int(i));
        if (one.size >= largeFile && one.state == Item::State::Pending)
            parts->insert(partPath(tarName(one), one.isPartTaken));
    }
    auto index = std::make_shared<const ItemIndex>(
        files, [this](int number) { return tarName(item(number)); });
    auto others = std::make_shared<QByteArrayList>();
    const auto take = [this, index, parts, others](QByteArrayView records) {
        forEachFound(records, [&](const QByteArray &path, const FoundFile &file) {
            if (!parts->contains(path)) // startLarge() goes on with them
                takeStaged(index->find(path), path, file, *others);
        });
    };
    // Links are made at the end: one that is there would be unpacked through.
    shell().runRecords("(cd -- " + shellQuote(m_target) + " && find" + roots +
                           " -type l -exec rm -f -- {} + && find" + roots +
                           " -type f -printf '%s %T@ %p\\0')",
                       take, {}, [this, others](const Result<RemoteShell::Output> &ran) {
                           if (isStopped())
                               return;
                           if (ran && ran->exitCode == 0)
                               removeStaged(*others, [this] { makeStagedDirectories(); });
                           else
                               stop(ran ? toolError(m_target, ran->errors) : ran.error());
                       });
}

/// One file of an earlier try. What is no whole file of this copy must not become part of it.
void PutWorker::takeStaged(int number, const QByteArray &path, const FoundFile &file,
                           QByteArrayList &others)
{
    const bool same =
        number >= 0 && file.size == item(number).size && file.mtime == item(number).mtime;
    if (same && item(number).state == Item::State::Pending)
        m_same.push_back({number, true});
    else if (!same && lastName(path) != marker() &&
             (number < 0 || item(number).state != Item::State::Done))
        others.append(path);
}

void PutWorker::makeStagedDirectories()
{
    struct Batch
    {
        QByteArray command;
        std::vector<int> items;
    };
    auto batches = std::make_shared<std::vector<Batch>>();
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::Directory || one.state != Item::State::Pending ||
            !source(one).isStaged || one.path.isEmpty())
            continue;
        if (batches->empty() || batches->back().command.size() > longestCommand)
            batches->push_back({"mkdir -p --", {}});
        batches->back().command += ' ' + shellQuote(remotePath(one));
        batches->back().items.push_back(int(i));
    }
    inWindow(
        this, qsizetype(batches->size()), 16,
        [this, batches](qsizetype at, const std::function<void()> &done) {
            const Batch &batch = (*batches)[std::size_t(at)];
            shell().run(batch.command,
                        [this, batches, at, done](const Result<RemoteShell::Output> &ran) {
                            if (isStopped() || (!ran && stopIfLost(ran.error())) ||
                                (ran && ran->exitCode == 0)) {
                                done();
                                return;
                            }
                            const std::vector<int> &items = (*batches)[std::size_t(at)].items;
                            inWindow(
                                this, qsizetype(items.size()), 16,
                                [this, &items](qsizetype one, const std::function<void()> &made) {
                                    makeStagedDirectory(items[std::size_t(one)], made);
                                },
                                done);
                        });
        },
        [this, batches] {
            if (!isStopped())
                makeDirectories();
        });
}

/// One of a batch that failed: only what can't be made fails.
void PutWorker::makeStagedDirectory(int number, const std::function<void()> &done)
{
    if (item(number).state != Item::State::Pending) {
        done();
        return;
    }
    const QByteArray path = remotePath(item(number));
    shell().run("mkdir -p -- " + shellQuote(path), [this, number, path,
                                                    done](const Result<RemoteShell::Output> &ran) {
        if (isStopped() || (!ran && stopIfLost(ran.error())) || (ran && ran->exitCode == 0)) {
            done();
            return;
        }
        nameDisk(path, ran ? toolError(path, ran->errors) : ran.error(),
                 [this, number, done](const Error &named) {
                     failBelow(item(number).source, item(number).path, named);
                     done();
                 });
    });
}

} // namespace core::transfer
