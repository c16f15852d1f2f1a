// SPDX-License-Identifier: GPL-3.0-or-later
// Counting what trees on the server hold.
#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteActionParts.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteScript.h"
#include "core/transfer/RemoteTask.h"
#include "core/transfer/SftpWalk.h"

namespace core::transfer {

namespace {

/// Where find has no -printf (BusyBox), stat tells the type as the first digit of a hexadecimal
/// mode (stat(2): 4 a directory, 8 a file); without either nothing is told, and the script ends.
/// Links that were named themselves are not followed.
constexpr auto measureFunction = R"sh(
if find / -maxdepth 0 -printf '' >/dev/null 2>&1 </dev/null; then
    t() { find -P "$1" -xdev -printf '%y %s\n'; }
elif stat -c '%f %s' / >/dev/null 2>&1 </dev/null; then
    t() { find -P "$1" -xdev -exec stat -c '%f %s' {} +; }
else
    exit 0
fi
n() {
    if [ ! -e "$2" ] && [ ! -L "$2" ]; then
        printf 'no %d %s\0' "$1" "$(ls -d -- "$2" 2>&1 </dev/null)"
        return
    fi
    printf 'sum %d %s\0' "$1" "$({ t "$2" 2>/dev/null </dev/null || echo '?'; } |
        awk '$1=="?"{p=1;next}{k=substr($1,1,1)}k=="d"||k=="4"{d++;next}
            {f++;if(k=="f"||k=="8")b+=$2}END{printf "%d %d %.0f %d",d,f,b,p}')"
}
)sh";

class Measure final : public RemoteMeasure
{
public:
    Measure(ssh::Session &session, const QByteArrayList &paths)
        : RemoteMeasure(&session)
        , m_session(session)
        , m_paths(paths)
        , m_isAnswered(paths.size(), false)
        , m_task(this)
    {
        QByteArray script = measureFunction;
        for (qsizetype at = 0; at < paths.size(); ++at)
            script += "n " + QByteArray::number(at) + ' ' + shellQuote(plainPath(paths[at])) + '\n';
        m_script = new RemoteScript(session, script, this);
        connect(m_script, &RemoteScript::record, this, &Measure::take);
        connect(m_script, &RemoteScript::ended, this, [this](const std::optional<Error> &error) {
            if (error && error->code != ErrorCode::Unsupported)
                failWith(*error);
            else
                countTheRest();
        });
    }

protected:
    void doCancel() override
    {
        m_task.stop();
        delete m_script;
        RemoteMeasure::doCancel();
    }

private:
    struct Sum
    {
        qint64 directories = 0;
        qint64 files = 0;
        qint64 bytes = 0;
    };

    void take(const QByteArray &bytes)
    {
        const ScriptRecord record(bytes, m_paths.size());
        if (record.kind == "no" && record.number >= 0) {
            m_isAnswered[record.number] = true;
            m_isPartial = true;
            m_firstError = m_firstError.value_or(toolError(m_paths[record.number], record.words));
            return;
        }
        const QByteArrayList numbers = record.words.simplified().split(' ');
        if (record.number < 0 || numbers.size() != 4)
            return;
        const Sum sum{numbers[0].toLongLong(), numbers[1].toLongLong(), numbers[2].toLongLong()};
        if (sum.directories + sum.files == 0) // it could not even be looked at
            return;
        m_isPartial = m_isPartial || numbers[3] != "0";
        add(record.number, sum);
    }

    void add(int number, const Sum &sum)
    {
        m_isAnswered[number] = true;
        m_isCounted = true;
        m_directories += sum.directories;
        m_files += sum.files;
        m_bytes += sum.bytes;
        Q_EMIT measured(m_paths[number], sum.bytes);
    }

    /// Over SFTP; errors that concern all come here, too.
    void countTheRest()
    {
        QByteArrayList paths;
        QList<int> numbers;
        for (int at = 0; at < m_paths.size(); ++at) {
            if (!m_isAnswered[at]) {
                paths.append(m_paths[at]);
                numbers.append(at);
            }
        }
        if (paths.isEmpty()) {
            finish();
            return;
        }
        auto sums = std::make_shared<std::vector<Sum>>(paths.size());
        m_task.start(
            m_session,
            [this, paths, sums](RemoteTask &task) {
                auto *walk = new SftpWalk(task);
                walk->found = [sums](int root, const QByteArray &, const ssh::RemoteEntry &entry) {
                    Sum &sum = (*sums)[std::size_t(root)];
                    ++(entry.type == ssh::RemoteEntry::Type::Directory ? sum.directories
                                                                       : sum.files);
                    if (entry.type == ssh::RemoteEntry::Type::File)
                        sum.bytes += qint64(entry.size.value_or(0));
                };
                walk->failed = [this, &task](int, const Error &error) {
                    task.post([this, error] {
                        m_isPartial = true;
                        m_firstError = m_firstError.value_or(error);
                    });
                };
                walk->ended = [&task] { task.end(); };
                walk->go(paths);
            },
            [this, sums, numbers](const std::optional<Error> &error) {
                for (qsizetype i = 0; i < numbers.size() && !error; ++i) {
                    if ((*sums)[std::size_t(i)].files + (*sums)[std::size_t(i)].directories > 0)
                        add(numbers[i], (*sums)[std::size_t(i)]);
                }
                if (error && error->code == ErrorCode::Unsupported && m_isCounted) {
                    m_isPartial = true;
                    succeed();
                } else if (error)
                    failWith(*error);
                else
                    finish();
            });
    }

    void finish()
    {
        if (!m_isCounted && m_firstError)
            failWith(*m_firstError);
        else
            succeed();
    }

    ssh::Session &m_session;
    const QByteArrayList m_paths;
    QList<bool> m_isAnswered;
    bool m_isCounted = false; ///< one at least
    std::optional<Error> m_firstError;
    TaskHandle m_task;
    RemoteScript *m_script = nullptr;
};

} // namespace

RemoteMeasure *measureRemote(ssh::Session &session, const QByteArrayList &paths)
{
    return new Measure(session, paths);
}

} // namespace core::transfer
