// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteAction.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/EngineWorker.h"
#include "core/ssh/Session.h"
#include "core/ssh/SftpClient.h"

#include <QPointer>

#include <algorithm>
#include <functional>

namespace core::transfer {

using ssh::SftpAttributes;
using ssh::SftpClient;

namespace {

constexpr quint32 smallWindow = 2 * 1024 * 1024;

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
    bool isCut = false;
};
using End = std::function<void(const Outcome &)>;
using Work = std::function<void(SftpClient &, End)>;

/// Opens SFTP in the session's thread and does one thing with it.
class SftpTask final : public ssh::EngineWorker
{
public:
    SftpTask(Work work, End end)
        : m_work(std::move(work))
        , m_end(std::move(end))
    {
    }

    void start(ssh::SessionEngine &engine) override
    {
        m_sftp = new SftpClient(engine, smallWindow, this);
        m_sftp->open([this](const Result<> &opened) {
            if (!opened)
                end(Outcome(opened.error()));
            else
                m_work(*m_sftp, [this](const Outcome &outcome) { end(outcome); });
        });
    }

private:
    void end(const Outcome &outcome)
    {
        m_sftp->close();
        m_end(outcome);
        deleteLater();
    }

    Work m_work;
    End m_end;
    SftpClient *m_sftp = nullptr;
};

class SftpAction final : public RemoteAction
{
public:
    SftpAction(ssh::Session &session, Work work)
        : RemoteAction(&session)
    {
        if (session.state() != ssh::Session::State::Ready) {
            failWith({ErrorCode::Disconnected, Step::Transfer, {}});
            return;
        }
        // Posted to this thread; when the action is gone by then, to nobody.
        const QPointer<SftpAction> self(this);
        QObject *thread = &session;
        auto task =
            std::make_unique<SftpTask>(std::move(work), [self, thread](const Outcome &outcome) {
                QMetaObject::invokeMethod(
                    thread,
                    [self, outcome] {
                        if (self)
                            self->take(outcome);
                    },
                    Qt::QueuedConnection);
            });
        connect(
            task.get(), &QObject::destroyed, this,
            [this] {
                failWith({ErrorCode::Disconnected, Step::Transfer, {}});
            },
            Qt::QueuedConnection);
        session.startWorker(std::move(task));
    }

private:
    void take(const Outcome &outcome)
    {
        m_bytes = outcome.bytes;
        m_size = outcome.size;
        m_mtime = outcome.mtime;
        m_isCut = outcome.isCut;
        if (outcome.error)
            failWith(*outcome.error);
        else
            succeed();
    }
};

/// For a step that is the last one.
auto ending(End end)
{
    return [end = std::move(end)](const Result<> &done) {
        end(Outcome(done ? std::nullopt : std::optional<Error>(done.error())));
    };
}

Error isTaken(const QByteArray &path)
{
    return {ErrorCode::RemoteFailed, Step::Transfer,
            QString::fromUtf8(path) + QStringLiteral(": something has this name already")};
}

/// Reads on until \a most bytes or the end are reached.
void readOn(SftpClient &sftp, const QByteArray &handle, qint64 most,
            const std::shared_ptr<Outcome> &got, const End &end)
{
    const qint64 left = most - got->bytes.size();
    if (left == 0) {
        sftp.closeHandle(handle, [](const Result<> &) {});
        end(*got);
        return;
    }
    sftp.read(handle, quint64(got->bytes.size()), quint32(std::min<qint64>(left, sftp.dataSize())),
              [&sftp, handle, most, got, end](const Result<QByteArrayView> &data) {
                  if (!data || data->isEmpty()) {
                      sftp.closeHandle(handle, [](const Result<> &) {});
                      if (!data)
                          got->error = data.error();
                      end(*got);
                      return;
                  }
                  got->bytes.append(data->data(), data->size());
                  readOn(sftp, handle, most, got, end);
              });
}

class Remove final : public RemoteAction
{
public:
    Remove(ssh::Session &session, const QByteArrayList &paths)
        : RemoteAction(&session)
    {
        QByteArray command = "LC_ALL=C; export LC_ALL; rm -rf --";
        for (const QByteArray &path : paths)
            command += ' ' + shellQuote(path);
        ssh::Exec *exec = session.exec(command);
        exec->setParent(this);
        connect(exec, &Operation::finished, this, [this, exec] {
            const QByteArray words = exec->standardError().trimmed();
            if (exec->error())
                failWith(*exec->error());
            else if (exec->exitCode() == 0)
                succeed();
            else
                failWith({words.contains("denied") || words.contains("not permitted")
                              ? ErrorCode::PermissionDenied
                              : ErrorCode::RemoteFailed,
                          Step::Transfer, QString::fromUtf8(words)});
        });
    }
};

class Measure final : public RemoteMeasure
{
public:
    Measure(ssh::Session &session, const QByteArrayList &paths)
        : RemoteMeasure(&session)
    {
        // Links that were named themselves are not followed; the marks keep greetings out.
        QByteArray command = "LC_ALL=C find -P";
        for (const QByteArray &path : paths)
            command += ' ' + shellQuote(path.startsWith('/') ? path : "./" + path);
        command += " -xdev -printf '%y %s\\n' 2>/dev/null | awk '$1==\"d\"{d++;next}"
                   "{f++;if($1==\"f\")b+=$2}END{printf \"danlu-measure %d %d %.0f\\n\",d,f,b}'";
        ssh::Exec *exec = session.exec(command);
        exec->setParent(this);
        connect(exec, &Operation::finished, this, [this, exec] {
            if (exec->error()) {
                failWith(*exec->error());
                return;
            }
            const QByteArray &text = exec->standardOutput();
            const qsizetype at = text.lastIndexOf("danlu-measure ");
            const QByteArrayList words =
                at < 0 ? QByteArrayList() : text.mid(at).simplified().split(' ');
            if (words.size() < 4) {
                failWith({ErrorCode::Unsupported, Step::Transfer,
                          QString::fromUtf8(exec->standardError().trimmed())});
                return;
            }
            m_directories = words[1].toLongLong();
            m_files = words[2].toLongLong();
            m_bytes = words[3].toLongLong();
            succeed();
        });
    }
};

} // namespace

RemoteAction *makeRemoteDirectory(ssh::Session &session, const QByteArray &path)
{
    return new SftpAction(session, [path](SftpClient &sftp, const End &end) {
        sftp.lstat(path, [&sftp, path, end](const Result<SftpAttributes> &there) {
            if (there)
                end(Outcome(isTaken(path)));
            else
                sftp.mkdir(path, ending(end));
        });
    });
}

RemoteAction *makeRemoteFile(ssh::Session &session, const QByteArray &path)
{
    return new SftpAction(session, [path](SftpClient &sftp, const End &end) {
        sftp.lstat(path, [&sftp, path, end](const Result<SftpAttributes> &there) {
            if (there) {
                end(Outcome(isTaken(path)));
                return;
            }
            sftp.openFile(path, SftpClient::Write | SftpClient::Create | SftpClient::Exclusive,
                          0644, [&sftp, end](const Result<QByteArray> &handle) {
                              if (handle)
                                  sftp.closeHandle(*handle, ending(end));
                              else
                                  end(Outcome(handle.error()));
                          });
        });
    });
}

RemoteAction *renameRemote(ssh::Session &session, const QByteArray &from, const QByteArray &to)
{
    return new SftpAction(session, [from, to](SftpClient &sftp, const End &end) {
        sftp.lstat(to, [&sftp, from, to, end](const Result<SftpAttributes> &there) {
            if (there)
                end(Outcome(isTaken(to)));
            else
                sftp.rename(from, to, ending(end));
        });
    });
}

RemoteAction *setRemoteMode(ssh::Session &session, const QByteArray &path, quint32 mode)
{
    return new SftpAction(session, [path, mode](SftpClient &sftp, const End &end) {
        SftpAttributes wanted;
        wanted.mode = mode;
        sftp.setstat(path, wanted, ending(end));
    });
}

RemoteAction *readRemoteFile(ssh::Session &session, const QByteArray &path, qint64 most)
{
    return new SftpAction(session, [path, most](SftpClient &sftp, const End &end) {
        sftp.openFile(path, SftpClient::Read, {},
                      [&sftp, most, end](const Result<QByteArray> &handle) {
                          if (!handle) {
                              end(Outcome(handle.error()));
                              return;
                          }
                          auto got = std::make_shared<Outcome>();
                          sftp.fstat(*handle, [got, most](const Result<SftpAttributes> &info) {
                              if (!info)
                                  return;
                              got->size = qint64(info->size.value_or(0));
                              got->mtime = qint64(info->mtime.value_or(0));
                              got->isCut = got->size > most;
                          });
                          readOn(sftp, *handle, most, got, end);
                      });
    });
}

RemoteAction *resolveRemote(ssh::Session &session, const QByteArray &path)
{
    return new SftpAction(session, [path](SftpClient &sftp, const End &end) {
        sftp.realpath(path.isEmpty() ? "." : path, [end](const Result<QByteArray> &found) {
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
    return new SftpAction(session, [path](SftpClient &sftp, const End &end) {
        sftp.stat(path, [end](const Result<SftpAttributes> &info) {
            if (!info)
                end(Outcome(info.error()));
            else {
                Outcome found;
                found.size = qint64(info->size.value_or(0));
                found.mtime = qint64(info->mtime.value_or(0));
                end(found);
            }
        });
    });
}

RemoteAction *removeRemote(ssh::Session &session, const QByteArrayList &paths)
{
    return new Remove(session, paths);
}

RemoteMeasure *measureRemote(ssh::Session &session, const QByteArrayList &paths)
{
    return new Measure(session, paths);
}

} // namespace core::transfer
