// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/SessionOptions.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace support {

/// A private real sshd on loopback with keys of its own; signs in the user who runs the test, by
/// key. (Passwords and all that looks like an instance: support::Rig.)
class SshServer
{
public:
    SshServer();
    ~SshServer();

    /// Further sshd_config lines, before start().
    void configure(const QStringList &lines) { m_lines += lines; }
    /// The PATH of the commands that it runs, before start().
    void setPath(const QString &path) { m_path = path; }
    /// An RSA host key beside the ed25519 one, or instead of it; before start(). To make one takes
    /// a second.
    void addRsaHostKey();
    void setRsaHostKeyOnly();
    /// "" when it runs; else why not. A missing sshd is a failure when CI is set: see skipReason().
    [[nodiscard]] QString start();
    void kill();
    void newHostKey();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] qint64 processId() const { return m_process ? m_process->processId() : 0; }
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }
    [[nodiscard]] QByteArray log() const;
    /// The key "id" is accepted; further ones with authorize().
    void authorize(const QString &publicKeyFile);
    [[nodiscard]] QString makeKey(const QString &name, const QStringList &keygenArguments);
    /// Options that sign in with \a key ("id") and trust this server.
    [[nodiscard]] core::ssh::SessionOptions
    options(const QString &key = QStringLiteral("id")) const;
    [[nodiscard]] core::ssh::HostKey hostKey() const;

    /// Why tests that need an sshd can't run here; "" when they can.
    [[nodiscard]] static QString skipReason();

private:
    void makeHostKey(const QString &type);

    QTemporaryDir m_dir;
    QStringList m_lines;
    std::unique_ptr<QProcess> m_process;
    QString m_path;
    quint16 m_port = 0;
    bool m_hasRsa = false;
    bool m_rsaOnly = false;
};

} // namespace support

/// At the top of initTestCase(): skips at home, fails in CI.
#define NEED_SSHD()                                                                                \
    do {                                                                                           \
        const QString reason_ = support::SshServer::skipReason();                                  \
        if (!reason_.isEmpty()) {                                                                  \
            if (qEnvironmentVariableIsSet("CI"))                                                   \
                QFAIL(qPrintable(reason_));                                                        \
            QSKIP(qPrintable(reason_));                                                            \
        }                                                                                          \
    } while (false)
