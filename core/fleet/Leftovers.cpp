// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/Leftovers.h"

#include "core/base/ShellQuote.h"
#include "core/base/WorkerThread.h"
#include "core/ssh/Session.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"

#include <QPointer>

namespace core::fleet {

using transfer::Direction;
using transfer::joinPath;
using transfer::partSuffix;
using transfer::TransferRequest;
using Type = ssh::RemoteEntry::Type;

namespace {

/// The names that the copies were to have. The target is a directory or a name: both are thought
/// of, since only names with the suffix go.
QByteArrayList finalPaths(const TransferRequest &request)
{
    const bool isHere = request.direction == Direction::Get;
    const bool isDirectory = request.target.endsWith('/') || request.sources.size() > 1;
    QByteArrayList paths;
    for (const QByteArray &source : request.sources) {
        QByteArray name = transfer::lastName(source);
        if (isHere)
            name = transfer::escapedLocalName(name, transfer::hasWindowsNames()).value_or(name);
        if (!name.isEmpty())
            paths.append(joinPath(request.target, name));
    }
    if (!isDirectory && !request.target.isEmpty())
        paths.append(request.target);
    return paths;
}

/// Never through a link.
Result<> removeParts(const QByteArray &path, bool isPart)
{
    const Result<transfer::LocalInfo> found = transfer::localInfo(path);
    if (!found)
        return found.error().code == ErrorCode::NotFound ? Result<>()
                                                         : tl::make_unexpected(found.error());
    const bool goes = isPart || path.endsWith(partSuffix);
    if (found->type == Type::Directory) {
        const Result<std::unique_ptr<transfer::LocalNames>> names = transfer::openLocalNames(path);
        if (!names)
            return tl::make_unexpected(names.error());
        while (true) {
            const Result<QByteArray> name = (*names)->next();
            if (!name)
                return tl::make_unexpected(name.error());
            if (name->isEmpty())
                break;
            if (Result<> done = removeParts(joinPath(path, *name), goes); !done)
                return done;
        }
    }
    return goes ? transfer::removeLocal(path) : Result<>();
}

class LocalRemoval final : public Operation
{
public:
    explicit LocalRemoval(const QByteArrayList &paths)
        : m_thread(startWorkerThread(QStringLiteral("leftovers")))
    {
        auto *worker = new QObject;
        worker->moveToThread(m_thread.get());
        connect(m_thread.get(), &QThread::finished, worker, &QObject::deleteLater);
        // The destructor waits for the thread, so this is there.
        QMetaObject::invokeMethod(
            worker,
            [this, paths] {
                std::optional<Error> problem;
                for (const QByteArray &path : paths) {
                    for (const Result<> &done :
                         {removeParts(path + partSuffix, true), removeParts(path, false)}) {
                        if (!done)
                            problem = done.error();
                    }
                }
                QMetaObject::invokeMethod(
                    this, [this, problem] { problem ? failWith(*problem) : succeed(); },
                    Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
    }
    ~LocalRemoval() override { m_thread.reset(); }
    Q_DISABLE_COPY_MOVE(LocalRemoval)

private:
    WorkerThread m_thread;
};

class RemoteRemoval final : public Operation
{
public:
    RemoteRemoval(ssh::Session *session, const QByteArray &command)
    {
        if (!session) {
            failWith({ErrorCode::Disconnected, Step::Transfer, {}});
            return;
        }
        m_exec = session->exec(command);
        connect(m_exec, &Operation::finished, this, [this] {
            m_exec->deleteLater();
            if (m_exec->error())
                failWith(*m_exec->error());
            else if (m_exec->exitCode().value_or(1) != 0)
                failWith({ErrorCode::RemoteFailed, Step::Transfer,
                          QString::fromUtf8(m_exec->standardError()).left(400)});
            else
                succeed();
        });
        connect(m_exec, &QObject::destroyed, this, [this] {
            failWith({ErrorCode::Disconnected, Step::Transfer, {}});
        });
    }

private:
    QPointer<ssh::Exec> m_exec;
};

/// Relative paths are the home's, where a command begins.
QByteArray removalCommand(const TransferRequest &request)
{
    const auto word = [](const QByteArray &path) {
        return shellQuote(path.startsWith('/') ? path : "./" + path);
    };
    QByteArray command = "r=0; ";
    for (const QByteArray &path : finalPaths(request)) {
        command += "rm -rf -- " + word(path + partSuffix) + " || r=1; ";
        command += "if [ -d " + word(path) + " ] && [ ! -L " + word(path) + " ]; then find " +
                   word(path) + " -name " + shellQuote(QByteArray("*") + partSuffix) +
                   " -prune -exec rm -rf -- {} + || r=1; fi; ";
    }
    // Where single files of a tar stream are unpacked.
    command += "rm -rf -- " + word(joinPath(request.target, partSuffix)) + " || r=1; exit $r";
    return command;
}

} // namespace

Operation *removeLeftovers(const TransferRequest &request, ssh::Session *session)
{
    if (request.direction == Direction::Get)
        return new LocalRemoval(finalPaths(request));
    return new RemoteRemoval(session, removalCommand(request));
}

bool haveCommonTarget(const TransferRequest &a, const TransferRequest &b)
{
    const QByteArrayList first = finalPaths(a);
    const QByteArrayList second = finalPaths(b);
    // What is only the target may be the directory that both go into.
    const auto isWhole = [](const TransferRequest &request, const QByteArray &path) {
        return path != request.target;
    };
    for (const QByteArray &one : first) {
        for (const QByteArray &other : second) {
            if (one == other || (isWhole(b, other) && transfer::isAtOrBelow(one, other)) ||
                (isWhole(a, one) && transfer::isAtOrBelow(other, one)))
                return true;
        }
    }
    return false;
}

} // namespace core::fleet
