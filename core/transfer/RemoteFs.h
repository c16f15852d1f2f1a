// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/SftpClient.h"

#include <functional>

namespace core::transfer {

class RemoteShell;

/// The instance's files, over whatever it offers. In the engine's thread; callbacks as
/// SftpClient's.
class RemoteFs
{
public:
    template <typename T = void>
    using Done = ssh::SftpClient::Done<T>;

    virtual ~RemoteFs() = default;

    virtual void realpath(const QByteArray &path, Done<QByteArray> done) = 0;
    virtual void stat(const QByteArray &path, Done<ssh::SftpAttributes> done) = 0;
    virtual void lstat(const QByteArray &path, Done<ssh::SftpAttributes> done) = 0;
    /// What is at \a path's end, or where it must be no link, itself.
    void look(const QByteArray &path, bool mayBeLink, Done<ssh::SftpAttributes> done)
    {
        mayBeLink ? stat(path, std::move(done)) : lstat(path, std::move(done));
    }
    virtual void mkdir(const QByteArray &path, Done<> done) = 0;
    /// An empty one; fails when the name is taken.
    virtual void makeFile(const QByteArray &path, Done<> done) = 0;
    /// \a mode: permission bits, 07777.
    virtual void setMode(const QByteArray &path, quint32 mode, Done<> done) = 0;
    /// A file or a link.
    virtual void remove(const QByteArray &path, Done<> done) = 0;
    virtual void rename(const QByteArray &from, const QByteArray &to, Done<> done) = 0;
    virtual void setTimes(const QByteArray &path, qint64 mtime, quint32 mode, Done<> done) = 0;
    virtual void symlink(const QByteArray &target, const QByteArray &path, Done<> done) = 0;
    virtual void readlink(const QByteArray &path, Done<QByteArray> done) = 0;
    virtual void space(const QByteArray &path, Done<ssh::SftpClient::Space> done) = 0;
};

/// Over SFTP: any number of calls on their way.
class SftpFs final : public RemoteFs
{
public:
    /// Leads to the shell, or to null where there is none.
    using AskShell = std::function<void(std::function<void(RemoteShell *)> then)>;

    /// \a shell: for times that SFTP has no room for. \a told: of a path whose time could not be
    /// kept.
    SftpFs(ssh::SftpClient &sftp, AskShell shell, std::function<void(const QByteArray &path)> told)
        : m_sftp(sftp)
        , m_shell(std::move(shell))
        , m_told(std::move(told))
    {
    }

    void realpath(const QByteArray &path, Done<QByteArray> done) override;
    void stat(const QByteArray &path, Done<ssh::SftpAttributes> done) override;
    void lstat(const QByteArray &path, Done<ssh::SftpAttributes> done) override;
    void mkdir(const QByteArray &path, Done<> done) override;
    void makeFile(const QByteArray &path, Done<> done) override;
    void setMode(const QByteArray &path, quint32 mode, Done<> done) override;
    void remove(const QByteArray &path, Done<> done) override;
    void rename(const QByteArray &from, const QByteArray &to, Done<> done) override;
    void setTimes(const QByteArray &path, qint64 mtime, quint32 mode, Done<> done) override;
    void symlink(const QByteArray &target, const QByteArray &path, Done<> done) override;
    void readlink(const QByteArray &path, Done<QByteArray> done) override;
    void space(const QByteArray &path, Done<ssh::SftpClient::Space> done) override;

private:
    ssh::SftpClient &m_sftp;
    AskShell m_shell;
    std::function<void(const QByteArray &)> m_told;
};

/// With a shell's tools (POSIX, and stat and touch as GNU and busybox have them), one after
/// another.
class ShellFs final : public RemoteFs
{
public:
    explicit ShellFs(RemoteShell &shell)
        : m_shell(shell)
    {
    }

    void realpath(const QByteArray &path, Done<QByteArray> done) override;
    void stat(const QByteArray &path, Done<ssh::SftpAttributes> done) override;
    void lstat(const QByteArray &path, Done<ssh::SftpAttributes> done) override;
    void mkdir(const QByteArray &path, Done<> done) override;
    void makeFile(const QByteArray &path, Done<> done) override;
    void setMode(const QByteArray &path, quint32 mode, Done<> done) override;
    void remove(const QByteArray &path, Done<> done) override;
    void rename(const QByteArray &from, const QByteArray &to, Done<> done) override;
    void setTimes(const QByteArray &path, qint64 mtime, quint32 mode, Done<> done) override;
    void symlink(const QByteArray &target, const QByteArray &path, Done<> done) override;
    void readlink(const QByteArray &path, Done<QByteArray> done) override;
    void space(const QByteArray &path, Done<ssh::SftpClient::Space> done) override;

private:
    void run(const QByteArray &command, const QByteArray &path, Done<QByteArray> done);
    void runSilent(const QByteArray &command, const QByteArray &path, Done<> done);
    void askStat(const char *option, const QByteArray &path, Done<ssh::SftpAttributes> done);

    RemoteShell &m_shell;
};

/// What a tool's message on standard error means.
[[nodiscard]] Error toolError(const QByteArray &path, const QByteArray &words);

} // namespace core::transfer
