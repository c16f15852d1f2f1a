// SPDX-License-Identifier: GPL-3.0-or-later
// An upload's end: links, the directories' times, and the names of what was made beside its place.
#include "core/transfer/PutWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"

#include <algorithm>

namespace core::transfer {

using ssh::SftpAttributes;
using Type = Item::Type;

void PutWorker::makeLinks()
{
    std::vector<int> links;
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        if (state().items[i].type == Type::Link && state().items[i].state == Item::State::Pending)
            links.push_back(int(i));
    }
    inWindow(
        this, qsizetype(links.size()), asksAtOnce,
        [this, links](qsizetype at, const std::function<void()> &done) {
            makeLink(links[std::size_t(at)], true, done);
        },
        [this] {
            if (!isStopped())
                setDirectoryTimes();
        });
}

void PutWorker::makeLink(int number, bool mayReplace, const std::function<void()> &done)
{
    const QByteArray path = remotePath(item(number));
    fs().symlink(item(number).link(), path,
                 [this, number, path, mayReplace, done](const Result<> &made) {
                     if (made) {
                         succeed(number);
                         done();
                         return;
                     }
                     if (stopIfLost(made.error()) || !mayReplace) {
                         if (!isStopped())
                             fail(number, made.error());
                         done();
                         return;
                     }
                     replaceLink(number, made.error(), done);
                 });
}

/// Something has the link's name.
void PutWorker::replaceLink(int number, const Error &why, const std::function<void()> &done)
{
    const QByteArray path = remotePath(item(number));
    fs().readlink(path, [this, number, path, why, done](const Result<QByteArray> &target) {
        if (target && *target == item(number).link()) {
            succeed(number);
            done();
            return;
        }
        if (state().request.overwrite == Overwrite::Skip) {
            skip(number, QStringLiteral("something has this name"));
            done();
            return;
        }
        if (state().request.overwrite != Overwrite::Always) {
            if (target)
                refuse(number);
            else
                fail(number, why);
            done();
            return;
        }
        fs().remove(path,
                    [this, number, done](const Result<> &) { makeLink(number, false, done); });
    });
}

void PutWorker::setDirectoryTimes()
{
    std::vector<int> directories; // the deepest first: a change below changes the time above
    for (std::size_t i = state().items.size(); i-- > 0;) {
        const Item &one = state().items[i];
        const bool isLater = one.path.isEmpty() && source(one).isStaged;
        if (one.type == Type::Directory && one.state == Item::State::Pending && !isLater &&
            !state().existing.contains(remotePath(one)))
            directories.push_back(int(i));
    }
    inWindow(
        this, qsizetype(directories.size()), asksAtOnce,
        [this, directories](qsizetype at, const std::function<void()> &done) {
            const int number = directories[std::size_t(at)];
            const Item &one = item(number);
            fs().setTimes(remotePath(one), one.mtime, one.mode,
                          [this, number, done](const Result<> &set) {
                              if (!set && stopIfLost(set.error())) {
                                  done();
                                  return;
                              }
                              if (!set)
                                  state().timesRefused = true;
                              succeed(number);
                              done();
                          });
        },
        [this] {
            if (!isStopped())
                nameStaged();
        });
}

void PutWorker::nameStaged()
{
    inWindow(
        this, qsizetype(state().sources.size()), 16,
        [this](qsizetype at, const std::function<void()> &done) {
            if (state().sources[std::size_t(at)].isStaged)
                nameStaged(int(at), done);
            else
                done();
        },
        [this] {
            if (isStopped() || state().failed == 0) {
                stop(std::nullopt);
                return;
            }
            // What failed was removed without waiting: an answer after that is the end of it.
            fs().stat(m_target, [this](const Result<SftpAttributes> &) { stop(std::nullopt); });
        });
}

/// The mark goes, the directory gets its times and its name, in this order and in one round trip: a
/// server does one after the other.
void PutWorker::nameStaged(int number, const std::function<void()> &done)
{
    const Source &one = state().sources[std::size_t(number)];
    const auto root =
        std::find_if(state().items.begin(), state().items.end(), [number](const Item &each) {
            return each.source == number && each.path.isEmpty();
        });
    const bool hasRoot = root != state().items.end() && root->state == Item::State::Pending;
    const int at = hasRoot ? int(root - state().items.begin()) : -1;
    const auto rename = [this, number, at, done] {
        const Source &staged = state().sources[std::size_t(number)];
        fs().rename(staged.writeTo, staged.to, [this, number, at, done](const Result<> &named) {
            Source &renamed = state().sources[std::size_t(number)];
            if (!named && !stopIfLost(named.error())) {
                keepStaged(renamed);
                Error error = named.error();
                error.detail +=
                    QStringLiteral(" (all of it is in %1)").arg(shownName(renamed.writeTo));
                ++state().failed;
                tell(renamed.from, FileOutcome::Result::Failed, error);
            } else if (named) {
                renamed.isStaged = false;
                renamed.writeTo = renamed.to;
                if (at >= 0)
                    succeed(at);
            }
            done();
        });
    };
    fs().remove(joinPath(one.writeTo, one.marker), [](const Result<> &) {});
    if (hasRoot)
        setTimesAndName(one.writeTo, root->mtime, root->mode, rename);
    else
        rename();
}

/// It keeps its place beside the final one: it is this copy's again, for the next try.
void PutWorker::keepStaged(const Source &staged)
{
    if (tools().shell)
        shell().run(": >" + shellQuote(joinPath(staged.writeTo, staged.marker)),
                    [](const Result<RemoteShell::Output> &) {});
}

} // namespace core::transfer
