// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteAction.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/RemoteActionParts.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteShell.h"
#include "core/transfer/RemoteTask.h"

#include <algorithm>
#include <functional>

namespace core::transfer {

using ssh::SftpAttributes;
using ssh::SftpClient;

namespace {

struct Outcome
{
    Outcome() = default;
    Outcome(std::optional<Error> why)
        : error(std::move(why))
    {
    }

    std::optional<Error> error;
    QByteArray bytes;
    qint64 size = -1;
    qint64 mtime = -1;
    std::optional<ssh::RemoteEntry::Type> type;
    std::optional<quint32> mode;
    bool isCut = false;

    void take(const SftpAttributes &attributes)
    {
        size = qint64(attributes.size.value_or(0));
        mtime = qint64(attributes.mtime.value_or(0));
        if (attributes.mode) {
            type = attributes.type();
            mode = *attributes.mode & 07777;
        }
    }
};
using End = std::function<void(const Outcome &)>;
using Work = std::function<void(RemoteTask &, End)>;

class FileAction final : public RemoteAction
{
public:
    FileAction(ssh::Session &session, const Work &work)
        : RemoteAction(&session)
        , m_task(this)
    {
        m_task.start(
            session,
            [this, work](RemoteTask &task) {
                work(task, [this, &task](const Outcome &outcome) {
                    task.post([this, outcome] { take(outcome); });
                    task.end();
                });
            },
            [this](const std::optional<Error> &error) {
                if (error)
                    failWith(*error);
            },
            RemoteTask::Over::SftpOrShell);
    }

protected:
    void doCancel() override
    {
        m_task.stop();
        RemoteAction::doCancel();
    }

private:
    void take(const Outcome &outcome)
    {
        m_bytes = outcome.bytes;
        m_size = outcome.size;
        m_mtime = outcome.mtime;
        m_type = outcome.type;
        m_mode = outcome.mode;
        m_isCut = outcome.isCut;
        if (outcome.error)
            failWith(*outcome.error);
        else
            succeed();
    }

    TaskHandle m_task;
};

/// For a step that is the last one.
auto ending(End end)
{
    return [end = std::move(end)](const Result<> &done) {
        end(Outcome(done ? std::nullopt : std::optional<Error>(done.error())));
    };
}

/// Reads on until \a most bytes or the end are reached.
void readOn(RemoteTask &task, const QByteArray &handle, qint64 most,
            const std::shared_ptr<Outcome> &got, const End &end)
{
    SftpClient &sftp = task.sftp();
    const qint64 left = most - got->bytes.size();
    if (left == 0) {
        sftp.closeHandle(handle, [](const Result<> &) {});
        end(*got);
        return;
    }
    sftp.read(handle, quint64(got->bytes.size()), quint32(std::min<qint64>(left, sftp.dataSize())),
              [&task, &sftp, handle, most, got, end](const Result<QByteArrayView> &data) {
                  task.touch();
                  if (!data || data->isEmpty()) {
                      sftp.closeHandle(handle, [](const Result<> &) {});
                      if (!data)
                          got->error = data.error();
                      end(*got);
                      return;
                  }
                  got->bytes.append(data->data(), data->size());
                  readOn(task, handle, most, got, end);
              });
}

/// The same where there is no SFTP.
void readOnInShell(RemoteTask &task, const QByteArray &path, qint64 most,
                   const std::shared_ptr<Outcome> &got, const End &end)
{
    constexpr qint64 block = 256 * 1024;
    const QByteArray command = "dd bs=" + QByteArray::number(block) +
                               " count=1 skip=" + QByteArray::number(got->bytes.size() / block) +
                               " <" + shellQuote(path) + " 2>/dev/null";
    task.shell()->run(command, [&task, path, most, got, end](const auto &ran) {
        task.touch();
        if (!ran || ran->exitCode != 0) {
            got->error = ran ? toolError(path, ran->errors) : ran.error();
            end(*got);
            return;
        }
        got->bytes += ran->text.left(most - got->bytes.size());
        if (ran->text.size() < block || got->bytes.size() == most)
            end(*got);
        else
            readOnInShell(task, path, most, got, end);
    });
}

} // namespace

Error nameIsTaken(const QByteArray &path)
{
    return {ErrorCode::RemoteFailed, Step::Transfer,
            QString::fromUtf8(path) + QStringLiteral(": something has this name already")};
}

void RemoteAction::endMany()
{
    if (m_failures.empty()) {
        succeed();
        return;
    }
    QStringList words;
    for (const Failure &failure : m_failures)
        words.append(failure.error.detail);
    Error error = m_failures.front().error;
    error.detail = words.join(u'\n');
    failWith(error);
}

RemoteAction *makeRemoteDirectory(ssh::Session &session, const QByteArray &path)
{
    return new FileAction(session, [path](RemoteTask &task, const End &end) {
        RemoteFs &files = task.files();
        files.lstat(path, [&files, path, end](const Result<SftpAttributes> &there) {
            if (there)
                end(Outcome(nameIsTaken(path)));
            else
                files.mkdir(path, ending(end));
        });
    });
}

RemoteAction *makeRemoteFile(ssh::Session &session, const QByteArray &path)
{
    return new FileAction(session, [path](RemoteTask &task, const End &end) {
        RemoteFs &files = task.files();
        files.lstat(path, [&files, path, end](const Result<SftpAttributes> &there) {
            if (there)
                end(Outcome(nameIsTaken(path)));
            else
                files.makeFile(path, ending(end));
        });
    });
}

RemoteAction *setRemoteMode(ssh::Session &session, const QByteArray &path, quint32 mode)
{
    return new FileAction(session, [path, mode](RemoteTask &task, const End &end) {
        task.files().setMode(path, mode, ending(end));
    });
}

RemoteAction *readRemoteFile(ssh::Session &session, const QByteArray &path, qint64 most)
{
    return new FileAction(session, [path, most](RemoteTask &task, const End &end) {
        // First a look: to open a pipe waits for its writer, and a device has no end.
        task.files().stat(path, [&task, path, most, end](const Result<SftpAttributes> &info) {
            if (!info) {
                end(Outcome(info.error()));
                return;
            }
            auto got = std::make_shared<Outcome>();
            got->take(*info);
            if (got->type && got->type != ssh::RemoteEntry::Type::File) {
                got->error = Error{ErrorCode::Unsupported, Step::Transfer,
                                   QString::fromUtf8(path) + QStringLiteral(": no regular file")};
                end(*got);
                return;
            }
            got->isCut = got->size > most;
            if (task.shell()) {
                readOnInShell(task, path, most, got, end);
                return;
            }
            task.sftp().openFile(path, SftpClient::Read, {},
                                 [&task, most, got, end](const Result<QByteArray> &handle) {
                                     if (handle)
                                         readOn(task, *handle, most, got, end);
                                     else
                                         end(Outcome(handle.error()));
                                 });
        });
    });
}

RemoteAction *resolveRemote(ssh::Session &session, const QByteArray &path)
{
    return new FileAction(session, [path](RemoteTask &task, const End &end) {
        task.files().realpath(path.isEmpty() ? "." : path, [end](const Result<QByteArray> &found) {
            if (!found) {
                end(Outcome(found.error()));
                return;
            }
            Outcome outcome;
            outcome.bytes = *found;
            end(outcome);
        });
    });
}

RemoteAction *remoteFileInfo(ssh::Session &session, const QByteArray &path)
{
    return new FileAction(session, [path](RemoteTask &task, const End &end) {
        task.files().stat(path, [end](const Result<SftpAttributes> &info) {
            if (!info) {
                end(Outcome(info.error()));
                return;
            }
            Outcome found;
            found.take(*info);
            end(found);
        });
    });
}

} // namespace core::transfer
