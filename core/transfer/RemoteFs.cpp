// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteFs.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteShell.h"

#include <limits>

namespace core::transfer {

using ssh::SftpAttributes;
using ssh::SftpClient;

void SftpFs::realpath(const QByteArray &path, Done<QByteArray> done)
{
    m_sftp.realpath(path, std::move(done));
}

void SftpFs::stat(const QByteArray &path, Done<SftpAttributes> done)
{
    m_sftp.stat(path, std::move(done));
}

void SftpFs::lstat(const QByteArray &path, Done<SftpAttributes> done)
{
    m_sftp.lstat(path, std::move(done));
}

void SftpFs::mkdir(const QByteArray &path, Done<> done)
{
    m_sftp.mkdir(path, std::move(done));
}

void SftpFs::makeFile(const QByteArray &path, Done<> done)
{
    m_sftp.openFile(path, SftpClient::Write | SftpClient::Create | SftpClient::Exclusive, 0644,
                    [this, done = std::move(done)](const Result<QByteArray> &handle) {
                        if (handle)
                            m_sftp.closeHandle(*handle, done);
                        else
                            done(tl::make_unexpected(handle.error()));
                    });
}

void SftpFs::setMode(const QByteArray &path, quint32 mode, Done<> done)
{
    SftpAttributes wanted;
    wanted.mode = mode;
    m_sftp.setstat(path, wanted, std::move(done));
}

void SftpFs::remove(const QByteArray &path, Done<> done)
{
    m_sftp.remove(path, std::move(done));
}

void SftpFs::rename(const QByteArray &from, const QByteArray &to, Done<> done)
{
    m_sftp.rename(from, to, std::move(done));
}

void SftpFs::setTimes(const QByteArray &path, qint64 mtime, quint32 mode, Done<> done)
{
    SftpAttributes attributes;
    attributes.mode = mode;
    if (fitsSftpTime(mtime)) {
        attributes.mtime = quint32(mtime);
        m_sftp.setstat(path, attributes, std::move(done));
        return;
    }
    // The nearest that it can say; a shell's touch can say it all, afterwards: it is another
    // process.
    attributes.mtime = mtime < 0 ? 0 : std::numeric_limits<quint32>::max();
    m_sftp.setstat(path, attributes,
                   [this, path, mtime, mode, done = std::move(done)](const Result<> &nearest) {
                       m_shell([this, path, mtime, mode, done, nearest](RemoteShell *shell) {
                           if (!shell) {
                               m_told(path);
                               done(nearest);
                               return;
                           }
                           ShellFs(*shell).setTimes(path, mtime, mode,
                                                    [this, path, done](const Result<> &set) {
                                                        if (!set)
                                                            m_told(path);
                                                        done({});
                                                    });
                       });
                   });
}

void SftpFs::symlink(const QByteArray &target, const QByteArray &path, Done<> done)
{
    m_sftp.symlink(target, path, std::move(done));
}

void SftpFs::readlink(const QByteArray &path, Done<QByteArray> done)
{
    m_sftp.readlink(path, std::move(done));
}

void SftpFs::space(const QByteArray &path, Done<SftpClient::Space> done)
{
    m_sftp.space(path, std::move(done));
}

Error toolError(const QByteArray &path, const QByteArray &words)
{
    return {codeOfSystemWords(words), Step::Transfer,
            QString::fromUtf8(path) + QStringLiteral(": ") +
                QString::fromUtf8(words.trimmed().left(500))};
}

void ShellFs::run(const QByteArray &command, const QByteArray &path, Done<QByteArray> done)
{
    m_shell.run(command, [path, done = std::move(done)](const Result<RemoteShell::Output> &ran) {
        if (!ran)
            done(tl::make_unexpected(ran.error()));
        else if (ran->exitCode != 0)
            done(tl::make_unexpected(toolError(path, ran->errors)));
        else
            done(ran->text);
    });
}

void ShellFs::runSilent(const QByteArray &command, const QByteArray &path, Done<> done)
{
    run(command, path, [done = std::move(done)](const Result<QByteArray> &ran) {
        if (ran)
            done({});
        else
            done(tl::make_unexpected(ran.error()));
    });
}

void ShellFs::realpath(const QByteArray &path, Done<QByteArray> done)
{
    const QByteArray quoted = shellQuote(path);
    run("(cd -P -- " + quoted + " 2>/dev/null && printf '%s' \"$PWD\") || readlink -nf -- " +
            quoted + " || ls -d -- " + quoted,
        path, std::move(done));
}

void ShellFs::askStat(const char *option, const QByteArray &path, Done<SftpAttributes> done)
{
    run(QByteArray("stat ") + option + "-c '%f %s %Y' -- " + shellQuote(path), path,
        [path, done = std::move(done)](const Result<QByteArray> &ran) {
            if (!ran) {
                done(tl::make_unexpected(ran.error()));
                return;
            }
            const QByteArrayList words = ran->trimmed().split(' ');
            bool ok = words.size() == 3;
            SftpAttributes found;
            if (ok)
                found.mode = words[0].toUInt(&ok, 16);
            if (ok)
                found.size = words[1].toULongLong(&ok);
            if (ok)
                found.mtime = quint32(words[2].toLongLong(&ok));
            if (ok)
                done(found);
            else
                done(tl::make_unexpected(toolError(path, "stat: " + *ran)));
        });
}

void ShellFs::stat(const QByteArray &path, Done<SftpAttributes> done)
{
    askStat("-L ", path, std::move(done));
}

void ShellFs::lstat(const QByteArray &path, Done<SftpAttributes> done)
{
    askStat("", path, std::move(done));
}

void ShellFs::mkdir(const QByteArray &path, Done<> done)
{
    runSilent("mkdir -- " + shellQuote(path), path, std::move(done));
}

void ShellFs::makeFile(const QByteArray &path, Done<> done)
{
    // noclobber: O_EXCL, also for a link that leads nowhere.
    runSilent("(set -C && : >" + shellQuote(path) + ')', path, std::move(done));
}

void ShellFs::setMode(const QByteArray &path, quint32 mode, Done<> done)
{
    runSilent("chmod " + QByteArray::number(mode & 07777, 8) + " -- " + shellQuote(path), path,
              std::move(done));
}

void ShellFs::remove(const QByteArray &path, Done<> done)
{
    runSilent("rm -f -- " + shellQuote(path), path, std::move(done));
}

void ShellFs::rename(const QByteArray &from, const QByteArray &to, Done<> done)
{
    // mv goes into a directory, or through a link to one, that has the new name.
    const QByteArray target = shellQuote(to);
    runSilent("if [ -L " + target + " ]; then rm -f -- " + target + "; fi; if [ -d " + target +
                  " ]; then echo 'a directory has this name' >&2; false; else mv -f -- " +
                  shellQuote(from) + ' ' + target + "; fi",
              to, std::move(done));
}

void ShellFs::setTimes(const QByteArray &path, qint64 mtime, quint32 mode, Done<> done)
{
    const QByteArray quoted = shellQuote(path);
    runSilent("chmod " + QByteArray::number(mode & 07777, 8) + " -- " + quoted +
                  " && touch -c -m -d @" + QByteArray::number(mtime) + " -- " + quoted,
              path, std::move(done));
}

void ShellFs::symlink(const QByteArray &target, const QByteArray &path, Done<> done)
{
    runSilent("ln -s -- " + shellQuote(target) + ' ' + shellQuote(path), path, std::move(done));
}

void ShellFs::readlink(const QByteArray &path, Done<QByteArray> done)
{
    run("readlink -n -- " + shellQuote(path), path, std::move(done));
}

void ShellFs::space(const QByteArray &path, Done<SftpClient::Space> done)
{
    const QByteArray quoted = shellQuote(path);
    run("df -Pk -- " + quoted + " | tail -n 1; df -Pi -- " + quoted + " 2>/dev/null | tail -n 1",
        path, [path, done = std::move(done)](const Result<QByteArray> &ran) {
            if (!ran) {
                done(tl::make_unexpected(ran.error()));
                return;
            }
            SftpClient::Space space;
            const QByteArrayList lines = ran->trimmed().split('\n');
            const QByteArrayList blocks = lines.value(0).simplified().split(' ');
            const QByteArrayList inodes = lines.value(1).simplified().split(' ');
            bool ok = false;
            space.fileSystem = blocks.value(0) + ' ' + blocks.value(1) + ' ' + inodes.value(1);
            space.availableBytes = blocks.value(3).toULongLong(&ok) * 1024;
            space.totalFiles = inodes.value(1).toULongLong();
            space.availableFiles = inodes.value(3).toULongLong();
            if (ok)
                done(space);
            else
                done(tl::make_unexpected(toolError(path, "df: " + *ran)));
        });
}

} // namespace core::transfer
