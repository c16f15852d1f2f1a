// SPDX-License-Identifier: GPL-3.0-or-later
// One small file put in its place at once.
#include "core/ssh/Session.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteTask.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cstring>

namespace core::transfer {

using ssh::SftpAttributes;
using ssh::SftpClient;

namespace {

/// The steps, in the session's thread; owned by the callbacks of the step that is on its way.
class Replacement : public std::enable_shared_from_this<Replacement>
{
public:
    Replacement(RemoteTask &task, QByteArray path, QByteArray bytes,
                std::optional<QByteArray> expected)
        : m_task(task)
        , m_sftp(task.sftp())
        , m_target(std::move(path))
        , m_bytes(std::move(bytes))
        , m_expected(std::move(expected))
    {
    }

    /// Where it really is: what is replaced must be the file, not a link to it.
    void start()
    {
        if (!m_expected) {
            makeDirectory();
            return;
        }
        m_sftp.realpath(m_target, step<QByteArray>([this](const auto &found) {
                            if (!found) {
                                end(found.error().code == ErrorCode::NotFound ? changed()
                                                                              : found.error());
                                return;
                            }
                            m_target = *found;
                            openOld();
                        }));
    }

private:
    template <typename T = void, typename Function>
    [[nodiscard]] SftpClient::Done<T> step(Function function)
    {
        return [self = shared_from_this(), function](const Result<T> &result) {
            self->m_task.touch();
            function(result);
        };
    }

    [[nodiscard]] Error changed() const
    {
        return {ErrorCode::VerifyFailed, Step::Transfer,
                QString::fromUtf8(m_target) + QStringLiteral(": changed meanwhile")};
    }

    void end(const std::optional<Error> &error) { m_task.end(error); }

    /// One that is there already is as good.
    void makeDirectory()
    {
        const qsizetype slash = m_target.lastIndexOf('/');
        if (slash <= 0) {
            lookForNone();
            return;
        }
        m_sftp.mkdir(m_target.first(slash), step<>([this](const auto &) { lookForNone(); }));
    }

    void lookForNone()
    {
        m_sftp.lstat(m_target, step<SftpAttributes>([this](const auto &there) {
                         if (there)
                             end(changed());
                         else if (there.error().code == ErrorCode::NotFound)
                             openNew();
                         else
                             end(there.error());
                     }));
    }

    void openOld()
    {
        m_sftp.stat(
            m_target, step<SftpAttributes>([this](const auto &there) {
                if (!there) {
                    end(there.error().code == ErrorCode::NotFound ? changed() : there.error());
                    return;
                }
                m_old = *there;
                if (there->mode && there->type() != ssh::RemoteEntry::Type::File) {
                    end(Error{ErrorCode::Unsupported, Step::Transfer,
                              QString::fromUtf8(m_target) + QStringLiteral(": no regular file")});
                    return;
                }
                m_sftp.openFile(m_target, SftpClient::Read, {},
                                step<QByteArray>([this](const auto &handle) {
                                    if (!handle) {
                                        end(handle.error());
                                        return;
                                    }
                                    m_handle = *handle;
                                    compare();
                                }));
            }));
    }

    void compare()
    {
        const qint64 left = m_expected->size() - m_read.size();
        // One byte more, so that one that has grown is seen.
        const auto size = quint32(std::min<qint64>(left + 1, m_sftp.dataSize()));
        m_sftp.read(m_handle, quint64(m_read.size()), size,
                    step<QByteArrayView>([this](const auto &data) {
                        if (data && !data->isEmpty() &&
                            m_read.size() + data->size() <= m_expected->size()) {
                            m_read.append(data->data(), data->size());
                            compare();
                            return;
                        }
                        m_sftp.closeHandle(m_handle, [](const Result<> &) {});
                        if (!data)
                            end(data.error());
                        else if (!data->isEmpty() || m_read != *m_expected)
                            end(changed());
                        else
                            openNew();
                    }));
    }

    void openNew()
    {
        m_beside =
            m_target + ".danlu-" + QByteArray::number(QRandomGenerator::system()->generate64(), 36);
        const quint32 mode = m_old.mode.value_or(0644) & 07777;
        m_sftp.openFile(m_beside, SftpClient::Write | SftpClient::Create | SftpClient::Exclusive,
                        mode, step<QByteArray>([this](const auto &handle) {
                            if (!handle) {
                                end(handle.error());
                                return;
                            }
                            m_handle = *handle;
                            write();
                        }));
    }

    void write()
    {
        const qsizetype size = std::min(m_bytes.size() - m_written, m_sftp.dataSize());
        if (size == 0) {
            keepAttributes();
            return;
        }
        m_sftp.write(
            m_handle, quint64(m_written), size,
            [this, size](char *to) {
                std::memcpy(to, m_bytes.constData() + m_written, size_t(size));
                return true;
            },
            step<>([this, size](const auto &done) {
                if (!done) {
                    m_sftp.closeHandle(m_handle, [](const Result<> &) {});
                    giveUp(done.error());
                    return;
                }
                m_written += size;
                write();
            }));
    }

    /// What the umask took from the mode, and another owner: as far as the server lets.
    void keepAttributes()
    {
        SftpAttributes kept;
        if (m_old.mode)
            kept.mode = *m_old.mode & 07777;
        const auto close = [this] {
            m_sftp.closeHandle(m_handle, step<>([this](const auto &closed) {
                                   if (closed)
                                       rename();
                                   else
                                       giveUp(closed.error());
                               }));
        };
        if (!m_old.mode) {
            close();
            return;
        }
        SftpAttributes owner;
        owner.uid = m_old.uid;
        owner.gid = m_old.gid;
        // The owner first: a change of it may take bits from the mode.
        const auto setMode = [this, kept, close] {
            m_sftp.fsetstat(m_handle, kept, step<>([close](const auto &) { close(); }));
        };
        if (owner.uid && owner.gid)
            m_sftp.fsetstat(m_handle, owner, step<>([setMode](const auto &) { setMode(); }));
        else
            setMode();
    }

    void rename()
    {
        const auto done = step<>([this](const auto &renamed) {
            if (renamed)
                end({});
            else
                giveUp(renamed.error());
        });
        if (m_expected)
            m_sftp.rename(m_beside, m_target, done);
        else
            m_sftp.renameNew(m_beside, m_target, done);
    }

    void giveUp(const Error &error)
    {
        m_sftp.remove(m_beside, step<>([this, error](const auto &) { end(error); }));
    }

    RemoteTask &m_task;
    SftpClient &m_sftp;
    QByteArray m_target;
    QByteArray m_beside;
    const QByteArray m_bytes;
    const std::optional<QByteArray> m_expected;
    SftpAttributes m_old;
    QByteArray m_handle;
    QByteArray m_read;
    qsizetype m_written = 0;
};

class ReplaceAction final : public RemoteAction
{
public:
    ReplaceAction(ssh::Session &session, const QByteArray &path, const QByteArray &bytes,
                  const std::optional<QByteArray> &expected)
        : RemoteAction(&session)
        , m_task(this)
    {
        m_task.start(
            session,
            [path, bytes, expected](RemoteTask &task) {
                std::make_shared<Replacement>(task, path, bytes, expected)->start();
            },
            [this](const std::optional<Error> &error) {
                if (error)
                    failWith(*error);
                else
                    succeed();
            });
    }

protected:
    void doCancel() override
    {
        m_task.stop();
        RemoteAction::doCancel();
    }

private:
    TaskHandle m_task;
};

} // namespace

RemoteAction *replaceRemoteFile(ssh::Session &session, const QByteArray &path,
                                const QByteArray &bytes, const std::optional<QByteArray> &expected)
{
    return new ReplaceAction(session, path, bytes, expected);
}

} // namespace core::transfer
