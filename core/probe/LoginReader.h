// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/LoginCommand.h"

#include <QStringList>

namespace core::probe {

/// Reads the words of one command that signs in somewhere: ssh, scp, sftp, autossh, ssh-copy-id,
/// rsync, mosh, plink, pscp, psftp, putty.
class LoginReader
{
public:
    /// \a words: the program first. \returns false when there is no host in it.
    bool read(const QStringList &words);
    /// What was given as a port and is none; "" when all were.
    [[nodiscard]] const QString &badPort() const { return m_badPort; }
    /// More than a word behind "ssh", as prose has it too: a user, a port or a key.
    [[nodiscard]] bool isCertain() const;
    [[nodiscard]] bool hasHost() const { return m_hostSeen; }
    [[nodiscard]] bool hasPort() const { return m_portSeen; }
    [[nodiscard]] LoginCommand take();

private:
    enum class Program { Ssh, Autossh, Copy, Rsync, CopyId, Mosh, Putty, PuttyCopy };

    [[nodiscard]] static Program programOf(const QString &word);
    [[nodiscard]] bool copies() const;
    bool destination(QString word);
    bool url(const QString &word);
    qsizetype option(const QStringList &words, qsizetype at);
    qsizetype longOption(const QStringList &words, qsizetype at);
    qsizetype puttyOption(const QStringList &words, qsizetype at);
    void innerSsh(const QString &command);
    void valued(QChar letter, const QString &value);
    void port(const QString &value);
    void setting(const QString &value);
    void forward(PortForward::Kind kind, const QString &text);

    LoginCommand m_login;
    QString m_hostName; ///< of -o HostName
    QString m_badPort;
    Program m_program = Program::Ssh;
    bool m_hostSeen = false;
    bool m_portSeen = false;
};

} // namespace core::probe
