// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteListing.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/FindOutput.h"
#include "core/transfer/RemoteActionParts.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteScript.h"

#include <QTimer>

namespace core::transfer {

using ssh::RemoteEntry;

namespace {

using Type = RemoteEntry::Type;

/// First "gnu one" or "gnu all", then three records for each: its facts, its name and a link's
/// target; or "each", then for every batch how many, the paths, one record with a line for each
/// that is still there, three records for each link (path, target, raw mode of what it leads to),
/// and an empty one. Last "end EXIT-CODE"; without the tools there is none. A path that can't be
/// looked at: "no WORDS" alone.
constexpr auto listScript = R"sh(
if [ -d "$p" ]; then k=all; set -- "$p/." -mindepth 1 -maxdepth 1
elif [ -e "$p" ] || [ -L "$p" ]; then k=one; set -- "$p" -maxdepth 0
else
    printf 'no %s\0' "$(ls -d -- "$p" 2>&1 </dev/null)"
    exit
fi
if find / -maxdepth 0 -printf '' >/dev/null 2>&1 </dev/null; then
    printf 'gnu %s\0' $k
    find "$@" -printf '%y %Y %s %m %U %G %T@\0%f\0%l\0' </dev/null
elif command -v find >/dev/null && command -v stat >/dev/null; then
    printf 'each\0'
    find "$@" -exec sh -c '
        printf "%s\0" $# "$@"
        stat -c "%f %s %u %g %Y %n" -- "$@"
        printf "\0"
        for p; do
            if [ -L "$p" ]; then
                l=$(readlink -n -- "$p"; echo x)
                printf "%s\0%s\0%s\0" "$p" "${l%x}" "$(stat -L -c %f -- "$p" 2>/dev/null)"
            fi
        done
        printf "\0"' sh {} + </dev/null
else
    exit
fi
printf 'end %d\0' $?
)sh";

class Listing final : public ssh::DirectoryListing
{
public:
    Listing(ssh::Session &session, const QByteArray &path)
        : DirectoryListing(&session)
        , m_session(session)
        , m_path(path.isEmpty() ? QByteArray(".") : path)
        , m_prefix(plainPath(m_path) + "/./")
    {
        m_sftp = session.listDirectory(path);
        m_sftp->setParent(this);
        connect(m_sftp, &DirectoryListing::entriesAdded, this, [this](qsizetype first) {
            const std::vector<RemoteEntry> &all = m_sftp->entries();
            m_entries.insert(m_entries.end(), all.begin() + first, all.end());
            Q_EMIT entriesAdded(first);
        });
        connect(m_sftp, &Operation::finished, this, [this] {
            const std::optional<Error> &error = m_sftp->error();
            if (!error)
                succeed();
            else if (error->code == ErrorCode::Unsupported)
                listInShell();
            else
                failWith(*error);
        });
        m_batch.setSingleShot(true);
        connect(&m_batch, &QTimer::timeout, this, &Listing::tell);
    }

protected:
    void doCancel() override
    {
        m_sftp->disconnect(this);
        m_sftp->cancel();
        if (m_script) {
            m_script->disconnect(this);
            m_script->deleteLater(); // it may be telling right now
        }
        DirectoryListing::doCancel();
    }

private:
    enum class Expect {
        Begin,
        Facts,
        Name,
        Target,
        Count,
        Paths,
        Lines,
        Link,
        LinkTarget,
        LeadsTo
    };

    void listInShell()
    {
        m_script =
            new RemoteScript(m_session, "p=" + shellQuote(plainPath(m_path)) + listScript, this);
        connect(m_script, &RemoteScript::record, this, &Listing::take);
        connect(m_script, &RemoteScript::ended, this, &Listing::ended);
    }

    void take(const QByteArray &bytes)
    {
        const bool mayEnd = m_expect == Expect::Facts || m_expect == Expect::Count;
        if (mayEnd && bytes.startsWith("end ")) {
            m_exitCode = bytes.sliced(4).toInt();
            return;
        }
        switch (m_expect) {
        case Expect::Begin:
            if (bytes.startsWith("no "))
                m_refusal = bytes.sliced(3);
            m_expect = bytes.startsWith("gnu ") ? Expect::Facts : Expect::Count;
            m_isOne = bytes == "gnu one";
            break;
        case Expect::Facts:
            m_entry = fromFacts(bytes);
            m_expect = Expect::Name;
            break;
        case Expect::Name:
            m_entry.name = m_isOne ? m_path : bytes;
            m_expect = Expect::Target;
            break;
        case Expect::Target:
            if (m_entry.type == Type::Link)
                m_entry.link = bytes;
            add(m_entry);
            m_expect = Expect::Facts;
            break;
        case Expect::Count:
            m_missing = bytes.toLongLong();
            m_paths.clear();
            m_expect = m_missing > 0 ? Expect::Paths : Expect::Lines;
            break;
        case Expect::Paths:
            m_paths.append(bytes);
            if (--m_missing == 0)
                m_expect = Expect::Lines;
            break;
        case Expect::Lines:
            takeLines(bytes);
            m_expect = Expect::Link;
            break;
        case Expect::Link:
            m_linkName = nameOf(bytes);
            m_expect = bytes.isEmpty() ? Expect::Count : Expect::LinkTarget;
            break;
        case Expect::LinkTarget:
            m_linkTarget = bytes;
            m_expect = Expect::LeadsTo;
            break;
        case Expect::LeadsTo:
            takeLink(bytes);
            m_expect = Expect::Link;
            break;
        }
    }

    /// "TYPE TYPE-AT-THE-END SIZE MODE UID GID SECONDS.PART", as GNU's find has them.
    static RemoteEntry fromFacts(const QByteArray &facts)
    {
        const QByteArrayList words = facts.split(' ');
        RemoteEntry entry;
        if (words.size() != 7)
            return entry;
        entry.type = typeOfFound(words[0]);
        // N: nothing there, L: round about, ?: can't be seen
        if (entry.type == Type::Link && !QByteArrayView("NL?").contains(words[1].front()))
            entry.leadsTo = typeOfFound(words[1]);
        entry.size = words[2].toULongLong();
        entry.mode = words[3].toUInt(nullptr, 8);
        entry.uid = words[4].toUInt();
        entry.gid = words[5].toUInt();
        entry.mtime = words[6].split('.').front().toLongLong();
        return entry;
    }

    /// Of stat, in the paths' order: one that is gone has none, and a name may have line breaks.
    void takeLines(const QByteArray &lines)
    {
        constexpr int numbers = 5; // before the path
        qsizetype at = 0;
        for (const QByteArray &path : std::as_const(m_paths)) {
            qsizetype begin = at;
            for (int i = 0; i < numbers && begin >= 0; ++i) {
                const qsizetype blank = lines.indexOf(' ', begin);
                begin = blank < 0 ? blank : blank + 1;
            }
            const QByteArray rest = path + '\n';
            if (begin < 0 || !QByteArrayView(lines).sliced(begin).startsWith(rest))
                continue;
            const QByteArrayList words = lines.sliced(at, begin - at).split(' ');
            at = begin + rest.size();
            bool ok = false;
            ssh::SftpAttributes raw;
            raw.mode = words[0].toUInt(&ok, 16);
            if (!ok)
                continue;
            RemoteEntry entry = raw.entry(nameOf(path));
            entry.size = words[1].toULongLong();
            entry.uid = words[2].toUInt();
            entry.gid = words[3].toUInt();
            entry.mtime = words[4].toLongLong();
            add(entry);
        }
    }

    void takeLink(const QByteArray &hexMode)
    {
        // In the lines' order, too.
        while (m_nextLink < m_links.size() && m_links[m_nextLink].name != m_linkName)
            ++m_nextLink;
        if (m_nextLink == m_links.size())
            return;
        RemoteEntry &link = m_links[m_nextLink++];
        link.link = m_linkTarget;
        bool ok = false;
        ssh::SftpAttributes raw;
        raw.mode = hexMode.toUInt(&ok, 16);
        if (ok)
            link.leadsTo = raw.type();
    }

    [[nodiscard]] QByteArray nameOf(const QByteArray &path) const
    {
        return path.startsWith(m_prefix) ? path.sliced(m_prefix.size()) : m_path;
    }

    /// Links come last.
    void add(const RemoteEntry &entry)
    {
        if (entry.type == Type::Link) {
            m_links.push_back(entry);
            return;
        }
        m_entries.push_back(entry);
        if (!m_batch.isActive())
            m_batch.start(0);
    }

    void tell()
    {
        if (const auto first = std::exchange(m_told, qsizetype(m_entries.size()));
            first < qsizetype(m_entries.size()))
            Q_EMIT entriesAdded(first);
    }

    void ended(const std::optional<Error> &error)
    {
        if (error) {
            failWith(*error);
            return;
        }
        if (m_refusal) {
            failWith(toolError(m_path, *m_refusal));
            return;
        }
        if (!m_exitCode) {
            failWith({ErrorCode::Unsupported, Step::Transfer,
                      QStringLiteral("neither SFTP nor find and stat there")});
            return;
        }
        if ((*m_exitCode != 0 && m_entries.empty() && m_links.empty())) {
            failWith(toolError(m_path, m_script->words()));
            return;
        }
        m_entries.insert(m_entries.end(), m_links.begin(), m_links.end());
        tell();
        succeed();
    }

    ssh::Session &m_session;
    const QByteArray m_path;
    const QByteArray m_prefix; ///< of what find prints
    ssh::DirectoryListing *m_sftp;
    RemoteScript *m_script = nullptr;
    Expect m_expect = Expect::Begin;
    RemoteEntry m_entry; ///< what is known of the one that is being told
    std::vector<RemoteEntry> m_links;
    std::size_t m_nextLink = 0; ///< whose target is not known
    QByteArray m_linkName;
    QByteArray m_linkTarget;
    QByteArrayList m_paths;
    qint64 m_missing = 0;
    bool m_isOne = false; ///< no directory
    std::optional<QByteArray> m_refusal;
    std::optional<int> m_exitCode;
    QTimer m_batch;
    qsizetype m_told = 0;
};

} // namespace

ssh::DirectoryListing *listRemote(ssh::Session &session, const QByteArray &path)
{
    return new Listing(session, path);
}

} // namespace core::transfer
