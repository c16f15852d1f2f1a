// SPDX-License-Identifier: GPL-3.0-or-later
// Counting what trees on the server hold.
#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteActionParts.h"
#include "core/transfer/RemoteScript.h"
#include "core/transfer/RemoteTask.h"
#include "core/transfer/SftpWalk.h"

namespace core::transfer {

namespace {

/// Where find has no -printf nothing is told, and the script ends. Links that were named themselves
/// are not followed.
constexpr auto measureFunction =
    "find / -maxdepth 0 -printf '' >/dev/null 2>&1 </dev/null || exit 0\n"
    "n() { printf 'sum %d %s\\0' \"$1\" \"$(find -P \"$2\" -xdev -printf '%y %s\\n' "
    "2>/dev/null </dev/null | awk '$1==\"d\"{d++;next}{f++;if($1==\"f\")b+=$2}"
    "END{printf \"%d %d %.0f\",d,f,b}')\"; }\n";

class Measure final : public RemoteMeasure
{
public:
    Measure(ssh::Session &session, const QByteArrayList &paths)
        : RemoteMeasure(&session)
        , m_session(session)
        , m_paths(paths)
        , m_isCounted(paths.size(), false)
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
        const QByteArrayList numbers = record.words.simplified().split(' ');
        if (record.number < 0 || numbers.size() != 3)
            return;
        const Sum sum{numbers[0].toLongLong(), numbers[1].toLongLong(), numbers[2].toLongLong()};
        if (sum.directories + sum.files > 0) // else it was not even found
            add(record.number, sum);
    }

    void add(int number, const Sum &sum)
    {
        m_isCounted[number] = true;
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
            if (!m_isCounted[at]) {
                paths.append(m_paths[at]);
                numbers.append(at);
            }
        }
        if (paths.isEmpty()) {
            succeed();
            return;
        }
        auto sums = std::make_shared<std::vector<Sum>>(paths.size());
        m_task.start(
            m_session,
            [this, paths, sums](SftpTask &task) {
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
                if (error)
                    failWith(*error);
                else if (!m_isCounted.contains(true) && m_firstError)
                    failWith(*m_firstError);
                else
                    succeed();
            });
    }

    ssh::Session &m_session;
    const QByteArrayList m_paths;
    QList<bool> m_isCounted;
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
