// SPDX-License-Identifier: GPL-3.0-or-later
// Renaming and moving on the server, never over something: SFTP's plain rename refuses a name that
// is taken by itself, so nothing can get in between; only what it can't do, mostly because it goes
// to another file system, is left to mv.
#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteActionParts.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteScript.h"
#include "core/transfer/RemoteTask.h"

#include <QMap>

namespace core::transfer {

namespace {

constexpr int renamedAtOnce = 32;

struct Renaming
{
    QByteArray from;
    QByteArray to;
};

/// SFTP's part, in the session's thread.
class Renamer final : public QObject
{
public:
    Renamer(RemoteTask &task, std::vector<Renaming> all)
        : QObject(&task)
        , m_task(task)
        , m_all(std::move(all))
    {
    }

    std::function<void(int at)> moved;
    std::function<void(int at, const Error &error)> failed;
    std::function<void(int at, const Error &error)> leftToMv;

    void next()
    {
        while (m_at < m_all.size() && m_busy < renamedAtOnce) {
            ++m_busy;
            const int at = int(m_at++);
            m_task.sftp().renameNew(m_all[std::size_t(at)].from, m_all[std::size_t(at)].to,
                                    [this, at](const Result<> &done) { answered(at, done); });
        }
        if (m_busy == 0)
            m_task.end();
    }

private:
    void answered(int at, const Result<> &done)
    {
        m_task.touch();
        // "Failure" is all that version 3 says of most errors; and what the server must not link
        // may still be moved.
        const bool isVague = !done && (done.error().code == ErrorCode::RemoteFailed ||
                                       done.error().code == ErrorCode::PermissionDenied);
        if (!isVague) {
            done ? moved(at) : failed(at, done.error());
            --m_busy;
            next();
            return;
        }
        const QByteArray to = m_all[std::size_t(at)].to;
        const Error &error = done.error();
        m_task.sftp().lstat(to, [this, at, to, error](const Result<ssh::SftpAttributes> &there) {
            if (there)
                failed(at, nameIsTaken(to));
            else
                leftToMv(at, error);
            --m_busy;
            next();
        });
    }

    RemoteTask &m_task;
    const std::vector<Renaming> m_all;
    std::size_t m_at = 0;
    int m_busy = 0;
};

/// -T, where mv has it (GNU, newer busybox), keeps it out of a directory that appears under the new
/// name at the last moment. The source that is gone tells that it was moved: mv -n is silent when
/// it did nothing.
constexpr auto moveFunction =
    "case $(mv --help 2>&1 </dev/null) in *-T*) n=-nT;; *) n=-n;; esac\n"
    "m() { if [ -e \"$3\" ] || [ -L \"$3\" ]; then printf 'taken %d\\0' \"$1\"; return; fi; "
    "printf 'begin %d\\0' \"$1\"; "
    "if w=$(mv $n -- \"$2\" \"$3\" 2>&1 </dev/null) && [ ! -e \"$2\" ] && [ ! -L \"$2\" ]; "
    "then printf 'moved %d\\0' \"$1\"; else printf 'kept %d %s\\0' \"$1\" \"$w\"; fi; }\n";

class Move final : public RemoteAction
{
public:
    Move(ssh::Session &session, std::vector<Renaming> all)
        : RemoteAction(&session)
        , m_session(session)
        , m_all(std::move(all))
        , m_task(this)
    {
        m_task.start(
            session,
            [this, wanted = m_all](RemoteTask &task) {
                auto *renamer = new Renamer(task, wanted);
                renamer->moved = [this, &task](int at) { task.post([this, at] { tell(at); }); };
                renamer->failed = [this, &task](int at, const Error &error) {
                    task.post([this, at, error] { miss(at, error); });
                };
                renamer->leftToMv = [this, &task](int at, const Error &error) {
                    task.post([this, at, error] { m_left.insert(at, error); });
                };
                renamer->next();
            },
            [this](const std::optional<Error> &error) {
                if (error && error->code == ErrorCode::Unsupported) {
                    for (int at = 0; at < int(m_all.size()); ++at)
                        m_left.insert(at, *error);
                    moveTheRest();
                } else if (error)
                    failWith(*error);
                else if (m_left.isEmpty())
                    endMany();
                else
                    moveTheRest();
            });
    }

protected:
    void doCancel() override
    {
        m_task.stop();
        delete m_script;
        RemoteAction::doCancel();
    }

private:
    void tell(int at, bool copies = false)
    {
        if (!copies)
            ++m_done;
        Q_EMIT progressed(m_done, int(m_all.size()), m_all[std::size_t(at)].from, copies);
    }

    void miss(int at, const Error &error)
    {
        m_failures.push_back({m_all[std::size_t(at)].from, error});
    }

    void moveTheRest()
    {
        QByteArray script = moveFunction;
        for (const int at : m_left.keys())
            script += "m " + QByteArray::number(at) + ' ' +
                      shellQuote(plainPath(m_all[std::size_t(at)].from)) + ' ' +
                      shellQuote(plainPath(m_all[std::size_t(at)].to)) + '\n';
        m_script = new RemoteScript(m_session, script, this);
        connect(m_script, &RemoteScript::record, this, &Move::take);
        connect(m_script, &RemoteScript::ended, this, &Move::scriptEnded);
    }

    void take(const QByteArray &bytes)
    {
        const ScriptRecord record(bytes, qsizetype(m_all.size()));
        if (record.number < 0)
            return;
        const QByteArray &to = m_all[std::size_t(record.number)].to;
        if (record.kind == "begin") {
            tell(record.number, true);
            return;
        }
        m_left.remove(record.number);
        if (record.kind == "moved")
            tell(record.number);
        else if (record.kind == "taken" || record.words.trimmed().isEmpty())
            miss(record.number, nameIsTaken(to));
        else
            miss(record.number, toolError(m_all[std::size_t(record.number)].from, record.words));
    }

    void scriptEnded(const std::optional<Error> &error)
    {
        if (error && error->code != ErrorCode::Unsupported) {
            failWith(*error);
            return;
        }
        for (auto left = m_left.cbegin(); left != m_left.cend(); ++left)
            miss(left.key(), *left);
        endMany();
    }

    ssh::Session &m_session;
    const std::vector<Renaming> m_all;
    TaskHandle m_task;
    RemoteScript *m_script = nullptr;
    QMap<int, Error> m_left; ///< for mv: what SFTP said
    int m_done = 0;
};

} // namespace

RemoteAction *renameRemote(ssh::Session &session, const QByteArray &from, const QByteArray &to)
{
    return new Move(session, {{from, to}});
}

RemoteAction *moveRemote(ssh::Session &session, const QByteArrayList &paths,
                         const QByteArray &directory)
{
    std::vector<Renaming> all;
    for (const QByteArray &path : paths)
        all.push_back({path, joinPath(directory, lastName(path))});
    return new Move(session, std::move(all));
}

} // namespace core::transfer
