// SPDX-License-Identifier: GPL-3.0-or-later
// Removing trees on the server.
#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteActionParts.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteScript.h"
#include "core/transfer/RemoteTask.h"
#include "core/transfer/SftpWalk.h"

namespace core::transfer {

namespace {

constexpr qsizetype namesForOneRm = 100; ///< far below what a command line may hold

/// "left N" for each that is still there, "done N" behind some of them.
QByteArray removeScript(const QByteArrayList &paths)
{
    QByteArray script = "r() { i=$1; shift; rm -rf -- \"$@\" </dev/null; for p; do "
                        "if [ -e \"$p\" ] || [ -L \"$p\" ]; then printf 'left %d\\0' \"$i\"; fi; "
                        "i=$((i+1)); done; printf 'done %d\\0' \"$((i-1))\"; }\n";
    for (qsizetype at = 0; at < paths.size(); ++at) {
        if (at % namesForOneRm == 0)
            script += "\nr " + QByteArray::number(at);
        script += ' ' + shellQuote(plainPath(paths[at]));
    }
    return script + '\n';
}

/// rm's lines about this path or what it holds.
QByteArray linesAbout(const QByteArray &path, const QByteArray &words)
{
    QByteArrayList lines;
    for (const QByteArray &line : words.split('\n')) {
        if (line.contains(path))
            lines.append(line);
    }
    return lines.isEmpty() ? words : lines.join('\n');
}

class Remove final : public RemoteAction
{
public:
    Remove(ssh::Session &session, const QByteArrayList &paths)
        : RemoteAction(&session)
        , m_session(session)
        , m_paths(paths)
        , m_task(this)
    {
        for (const QByteArray &path : paths) {
            if (!isPlainName(lastName(path))) { // "/", "." or ".."
                failWith({ErrorCode::RemoteFailed, Step::Transfer,
                          QString::fromUtf8(path) + QStringLiteral(": is never removed")});
                return;
            }
        }
        m_script = new RemoteScript(session, removeScript(paths), this);
        connect(m_script, &RemoteScript::record, this, &Remove::take);
        connect(m_script, &RemoteScript::ended, this, &Remove::scriptEnded);
    }

protected:
    void doCancel() override
    {
        m_task.stop();
        delete m_script;
        RemoteAction::doCancel();
    }

private:
    void take(const QByteArray &bytes)
    {
        const ScriptRecord record(bytes, m_paths.size());
        if (record.number < 0)
            return;
        if (record.kind == "left")
            m_left.append(record.number);
        if (record.kind == "done") {
            m_done = record.number + 1;
            Q_EMIT progressed(m_done, int(m_paths.size()), m_paths[record.number], false);
        }
    }

    void scriptEnded(const std::optional<Error> &error)
    {
        if (error && error->code == ErrorCode::Unsupported) {
            removeWithoutShell();
            return;
        }
        if (error) {
            failWith(*error);
            return;
        }
        if (m_done < m_paths.size()) {
            failWith({ErrorCode::RemoteFailed, Step::Transfer,
                      QString::fromUtf8(m_script->words().trimmed())});
            return;
        }
        for (const int number : m_left) {
            const QByteArray &path = m_paths[number];
            m_failures.push_back({path, toolError(path, linesAbout(path, m_script->words()))});
        }
        endMany();
    }

    void removeWithoutShell()
    {
        m_task.start(
            m_session,
            [this, paths = m_paths](RemoteTask &task) {
                removeOverSftp(
                    task, paths,
                    [this, &task](int root, const Error &error) {
                        task.post([this, root, error] {
                            m_failures.push_back({m_paths[root], error});
                        });
                    },
                    [&task] { task.end(); });
            },
            [this](const std::optional<Error> &error) {
                if (error)
                    failWith(*error);
                else
                    endMany();
            });
    }

    ssh::Session &m_session;
    const QByteArrayList m_paths;
    TaskHandle m_task;
    RemoteScript *m_script = nullptr;
    QList<int> m_left;
    int m_done = 0;
};

} // namespace

RemoteAction *removeRemote(ssh::Session &session, const QByteArrayList &paths)
{
    return new Remove(session, paths);
}

} // namespace core::transfer
