// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/SftpWalk.h"

#include "core/ssh/SftpClient.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteTask.h"

#include <algorithm>

namespace core::transfer {

using ssh::RemoteEntry;
using ssh::SftpAttributes;

namespace {

constexpr int openAtOnce = 8; // far below what any server lets one have open
constexpr int removedAtOnce = 64;

Error tooLong(const QByteArray &path)
{
    return {ErrorCode::RemoteFailed, Step::Transfer,
            shownName(path.left(200)) + QStringLiteral("…: its path is too long")};
}

} // namespace

SftpWalk::SftpWalk(RemoteTask &task)
    : QObject(&task)
    , m_task(task)
{
}

void SftpWalk::go(const QByteArrayList &roots)
{
    m_busy = int(roots.size()) + 1;
    for (int root = 0; root < roots.size(); ++root) {
        const QByteArray &path = roots[root];
        m_task.sftp().lstat(path, [this, root, path](const Result<SftpAttributes> &info) {
            m_task.touch();
            if (info) {
                found(root, path, info->entry(path));
                if (info->type() == RemoteEntry::Type::Directory)
                    m_directories.push_back({root, path});
            } else {
                failed(root, info.error());
            }
            close();
        });
    }
    close();
}

/// One thing less on its way.
void SftpWalk::close()
{
    --m_busy;
    next();
}

void SftpWalk::next()
{
    while (!m_directories.empty() && m_busy < openAtOnce) {
        const Directory directory = m_directories.back(); // deep first: the list stays short
        m_directories.pop_back();
        ++m_busy;
        open(directory);
    }
    if (m_busy == 0 && ended)
        std::exchange(ended, {})();
}

void SftpWalk::open(const Directory &directory)
{
    m_task.sftp().opendir(directory.path, [this, directory](const Result<QByteArray> &handle) {
        m_task.touch();
        if (handle) {
            read(directory, *handle);
            return;
        }
        failed(directory.root, handle.error());
        close();
    });
}

void SftpWalk::read(const Directory &directory, const QByteArray &handle)
{
    m_task.sftp().readdir(
        handle, [this, directory, handle](const Result<std::vector<RemoteEntry>> &batch) {
            m_task.touch();
            if (!batch)
                failed(directory.root, batch.error());
            if (!batch || batch->empty()) {
                m_task.sftp().closeHandle(handle, [](const Result<> &) {});
                close();
                return;
            }
            for (const RemoteEntry &entry : *batch) {
                if (!isPlainName(entry.name)) // "..", and what a hostile server might send
                    continue;
                const QByteArray path = joinPath(directory.path, entry.name);
                found(directory.root, path, entry);
                if (entry.type != RemoteEntry::Type::Directory)
                    continue;
                if (path.size() <= longestRemotePath)
                    m_directories.push_back({directory.root, path});
                else
                    failed(directory.root, tooLong(path));
            }
            read(directory, handle);
        });
}

namespace {

/// Files first, then directories, the deepest first, some at once but none before what it holds.
class Remover final : public QObject
{
public:
    struct Thing
    {
        int root;
        QByteArray path;
        qsizetype depth; ///< -1 = a file
    };

    Remover(RemoteTask &task, std::function<void(int, const Error &)> failed,
            std::function<void()> done)
        : QObject(&task)
        , m_task(task)
        , m_failed(std::move(failed))
        , m_done(std::move(done))
    {
    }

    std::vector<Thing> things;

    void go()
    {
        std::stable_sort(things.begin(), things.end(), [](const Thing &a, const Thing &b) {
            const bool isFile = a.depth < 0;
            return isFile != (b.depth < 0) ? isFile : a.depth > b.depth;
        });
        next();
    }

private:
    void next()
    {
        while (m_at < things.size() && m_busy < removedAtOnce &&
               (m_busy == 0 || things[m_at].depth == things[m_at - 1].depth)) {
            const Thing &thing = things[m_at++];
            const auto answered = [this, root = thing.root](const Result<> &done) {
                m_task.touch();
                if (!done)
                    m_failed(root, done.error());
                --m_busy;
                next();
            };
            ++m_busy;
            if (thing.depth < 0)
                m_task.sftp().remove(thing.path, answered);
            else
                m_task.sftp().rmdir(thing.path, answered);
        }
        if (m_at == things.size() && m_busy == 0 && m_done)
            std::exchange(m_done, {})();
    }

    RemoteTask &m_task;
    std::function<void(int, const Error &)> m_failed;
    std::function<void()> m_done;
    std::size_t m_at = 0;
    int m_busy = 0;
};

} // namespace

void removeOverSftp(RemoteTask &task, const QByteArrayList &paths,
                    const std::function<void(int root, const Error &error)> &failed,
                    const std::function<void()> &done)
{
    auto *remover = new Remover(task, failed, done);
    auto *walk = new SftpWalk(task);
    walk->found = [remover](int root, const QByteArray &path, const RemoteEntry &entry) {
        const bool isDirectory = entry.type == RemoteEntry::Type::Directory;
        remover->things.push_back({root, path, isDirectory ? path.count('/') : -1});
    };
    walk->failed = failed;
    walk->ended = [remover] { remover->go(); };
    walk->go(paths);
}

} // namespace core::transfer
