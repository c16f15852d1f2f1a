// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteSearch.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/FindOutput.h"
#include "core/transfer/RemoteActionParts.h"
#include "core/transfer/RemoteScript.h"
#include "core/transfer/RemoteTask.h"
#include "core/transfer/SftpWalk.h"

namespace core::transfer {

using ssh::RemoteEntry;

namespace {

using Type = RemoteEntry::Type;

/// Of the whole name.
QByteArray asGlob(const QByteArray &pattern)
{
    const bool isGlob = pattern.contains('*') || pattern.contains('?');
    return isGlob ? pattern : '*' + pattern + '*';
}

/// For find -iname, where more than '*' and '?' has a meaning.
QByteArray quoted(const QByteArray &glob)
{
    QByteArray quoted;
    for (const char one : glob) {
        if (one == '[' || one == ']' || one == '\\')
            quoted += '\\';
        quoted += one;
    }
    return quoted;
}

/// GNU: "e TYPE SIZE TIME MODE PATH"; else one walk for directories, "d 0", and one for the rest,
/// "f 0": busybox's find can't tell the type. Kernel file systems hold millions of names that
/// nobody searches.
QByteArray searchScript(const QByteArray &directory, const QByteArray &pattern)
{
    const QByteArray walk = "find -P " + shellQuote(plainPath(directory) + "/.") +
                            " \\( -path //./proc -o -path //./sys -o -path //./dev \\) -prune -o ";
    const QByteArray name = "-iname " + shellQuote(quoted(asGlob(pattern))) + ' ';
    const QByteArray quiet = " 2>/dev/null </dev/null\n";
    return "if find / -maxdepth 0 -printf '' >/dev/null 2>&1 </dev/null; then\n" + walk + name +
           "-printf 'e 0 %y %s %T@ %m %p\\0'" + quiet + "else\nprintf 'd 0\\0'\n" + walk + name +
           "-type d -print0" + quiet + "printf 'f 0\\0'\n" + walk + name + "! -type d -print0" +
           quiet + "fi\nprintf 'end 0\\0'\n";
}

/// TYPE SIZE TIME MODE PATH; the path may hold blanks.
std::optional<RemoteEntry> entryOf(const QByteArray &words)
{
    qsizetype at = 0;
    QByteArrayList fields;
    for (int i = 0; i < 4; ++i) {
        const qsizetype end = words.indexOf(' ', at);
        if (end < 0)
            return std::nullopt;
        fields.append(words.sliced(at, end - at));
        at = end + 1;
    }
    RemoteEntry entry;
    entry.name = words.sliced(at);
    entry.type = typeOfFound(fields[0]);
    entry.size = fields[1].toULongLong();
    entry.mtime = qint64(fields[2].toDouble());
    entry.mode = fields[3].toUInt(nullptr, 8);
    return entry;
}

class Search final : public RemoteSearch
{
public:
    Search(ssh::Session &session, const QByteArray &directory, const QByteArray &pattern)
        : RemoteSearch(&session)
        , m_session(session)
        , m_directory(directory)
        , m_pattern(pattern)
        , m_task(this)
    {
        m_prefix = plainPath(directory) + "/./";
        m_script = new RemoteScript(session, searchScript(directory, pattern), this);
        connect(m_script, &RemoteScript::record, this, &Search::take);
        connect(m_script, &RemoteScript::ended, this, [this](const std::optional<Error> &error) {
            if (error && error->code != ErrorCode::Unsupported)
                failWith(*error);
            else if (m_isWhole)
                succeed();
            else
                searchWithoutShell();
        });
    }

protected:
    void doCancel() override
    {
        stop();
        RemoteSearch::doCancel();
    }

private:
    void stop()
    {
        m_task.stop();
        if (m_script)
            m_script->deleteLater(); // it may be telling right now
        if (m_script)
            m_script->disconnect(this);
        m_script = nullptr;
    }

    void take(const QByteArray &bytes)
    {
        if (m_section == 0) {
            const ScriptRecord record(bytes, 1);
            if (record.kind == "e" && record.number == 0) {
                if (std::optional<RemoteEntry> entry = entryOf(record.words))
                    add(std::move(*entry));
                return;
            }
        }
        if (bytes == "end 0")
            m_isWhole = true;
        else if (bytes == "d 0" || bytes == "f 0")
            m_section = bytes.front();
        else if (m_section != 0) {
            RemoteEntry entry;
            entry.name = bytes;
            entry.type = m_section == 'd' ? Type::Directory : Type::File;
            add(std::move(entry));
        }
    }

    /// \a entry's name is the whole path as yet.
    void add(RemoteEntry entry)
    {
        if (!entry.name.startsWith(m_prefix) || entry.name.size() == m_prefix.size())
            return; // the directory itself
        entry.name.remove(0, m_prefix.size());
        if (m_hits.size() == mostHits) {
            m_isCut = true;
            stop();
            succeed();
            return;
        }
        m_hits.push_back(std::move(entry));
        Q_EMIT found();
    }

    void searchWithoutShell()
    {
        m_hits.clear();
        m_prefix = joinPath(m_directory, "x");
        m_prefix.chop(1);
        m_task.start(
            m_session,
            [this, root = m_directory, glob = asGlob(m_pattern).toLower()](RemoteTask &task) {
                auto *walk = new SftpWalk(task);
                walk->found = [this, &task, glob](int, const QByteArray &path,
                                                  const RemoteEntry &entry) {
                    if (!matchesGlob(glob, lastName(path).toLower()))
                        return;
                    RemoteEntry hit = entry;
                    hit.name = path;
                    task.post([this, hit] { add(hit); });
                };
                walk->failed = [](int, const Error &) {}; // what can't be seen is left out
                walk->ended = [&task] { task.end(); };
                walk->go({root});
            },
            [this](const std::optional<Error> &error) {
                if (error)
                    failWith(*error);
                else
                    succeed();
            });
    }

    ssh::Session &m_session;
    const QByteArray m_directory;
    const QByteArray m_pattern;
    QByteArray m_prefix; ///< of found paths
    TaskHandle m_task;
    RemoteScript *m_script = nullptr;
    char m_section = 0; ///< of what is being told where find has no -printf
    bool m_isWhole = false;
};

} // namespace

RemoteSearch *searchRemote(ssh::Session &session, const QByteArray &directory,
                           const QByteArray &pattern)
{
    return new Search(session, directory, pattern);
}

} // namespace core::transfer
