// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SshServer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

namespace support {

namespace {

const QString sshdPath = QStringLiteral("/usr/sbin/sshd");

bool run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished() && process.exitCode() == 0;
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost, 0);
    return server.serverPort();
}

void append(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append))
        file.write(text);
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

SshServer::SshServer()
{
    QFile::setPermissions(m_dir.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    newHostKey();
    authorize(makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519")}) +
              QStringLiteral(".pub"));
}

SshServer::~SshServer()
{
    kill();
}

QString SshServer::skipReason()
{
    if (!QFileInfo::exists(sshdPath))
        return QStringLiteral("sshd is not installed; run scripts/setup");
    return {};
}

void SshServer::newHostKey()
{
    makeHostKey(QStringLiteral("ed25519"));
}

void SshServer::addRsaHostKey()
{
    makeHostKey(QStringLiteral("rsa"));
    m_hasRsa = true;
}

void SshServer::setRsaHostKeyOnly()
{
    addRsaHostKey();
    m_rsaOnly = true;
}

void SshServer::makeHostKey(const QString &type)
{
    const QString file = path(QStringLiteral("host_") + type);
    QFile::remove(file);
    QFile::remove(file + QStringLiteral(".pub"));
    run(QStringLiteral("ssh-keygen"),
        {QStringLiteral("-q"), QStringLiteral("-t"), type, QStringLiteral("-N"), QString(),
         QStringLiteral("-f"), file});
}

QString SshServer::makeKey(const QString &name, const QStringList &keygenArguments)
{
    QStringList arguments{QStringLiteral("-q"), QStringLiteral("-f"), path(name)};
    if (!keygenArguments.contains(QStringLiteral("-N")))
        arguments += {QStringLiteral("-N"), QString()};
    run(QStringLiteral("ssh-keygen"), arguments + keygenArguments);
    return path(name);
}

void SshServer::authorize(const QString &publicKeyFile)
{
    append(path(QStringLiteral("authorized_keys")), readAll(publicKeyFile));
}

QString SshServer::start()
{
    if (m_port == 0)
        m_port = freePort();
    QDir().mkpath(QStringLiteral("/run/sshd")); // sshd's privilege separation; only root needs it
    QStringList lines{QStringLiteral("Port %1").arg(m_port),
                      QStringLiteral("AuthorizedKeysFile ") +
                          path(QStringLiteral("authorized_keys")),
                      QStringLiteral("StrictModes no"), QStringLiteral("UsePAM no"),
                      QStringLiteral("PermitRootLogin yes"), QStringLiteral("PidFile none"),
                      // The user's own shell start-up files are none of a test's business.
                      QStringLiteral("SetEnv HOME=") + m_dir.path() +
                          (m_path.isEmpty() ? QString() : QStringLiteral(" PATH=") + m_path),
                      QStringLiteral("UseDNS no")};
    if (!m_lines.join(u'\n').contains(QStringLiteral("ListenAddress")))
        lines.append(QStringLiteral("ListenAddress 127.0.0.1"));
    if (m_hasRsa)
        lines.append(QStringLiteral("HostKey ") + path(QStringLiteral("host_rsa")));
    if (!m_rsaOnly)
        lines.append(QStringLiteral("HostKey ") + path(QStringLiteral("host_ed25519")));
    const QString config = path(QStringLiteral("sshd_config"));
    QFile::remove(config);
    append(config, (m_lines + lines).join(u'\n').toUtf8() + '\n');
    m_process = std::make_unique<QProcess>();
    m_process->setStandardErrorFile(path(QStringLiteral("log")));
    m_process->start(sshdPath,
                     {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"), config});
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 10000) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress::LocalHost, m_port);
        if (probe.waitForConnected(200))
            return {};
        if (m_process->state() == QProcess::NotRunning && m_process->waitForStarted(0))
            break;
        if (m_process->state() == QProcess::NotRunning)
            break;
        QThread::msleep(20);
    }
    return QStringLiteral("sshd did not start: ") + QString::fromUtf8(log());
}

void SshServer::kill()
{
    if (!m_process)
        return;
    // The listener's children hold the connections; without root it is their children. Parents
    // first: none is to tell how its child ended.
    run(QStringLiteral("sh"),
        {QStringLiteral("-c"),
         QStringLiteral("all() { for p in $(ps -o pid= --ppid $1); do echo $p; all $p; done; }; "
                        "kill -9 $(all %1)")
             .arg(m_process->processId())});
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
}

QByteArray SshServer::log() const
{
    return readAll(path(QStringLiteral("log")));
}

core::ssh::HostKey SshServer::hostKey() const
{
    const QString file =
        m_rsaOnly ? QStringLiteral("host_rsa.pub") : QStringLiteral("host_ed25519.pub");
    const QList<QByteArray> words = readAll(path(file)).split(' ');
    return {words.value(0), QByteArray::fromBase64(words.value(1))};
}

core::ssh::SessionOptions SshServer::options(const QString &key) const
{
    core::ssh::SessionOptions options;
    options.user = qEnvironmentVariable("USER", QStringLiteral("root"));
    if (options.user.isEmpty())
        options.user = QStringLiteral("root");
    options.host = QStringLiteral("127.0.0.1");
    options.port = m_port;
    options.auth.emplace_back(core::ssh::KeyAuth{path(key), {}});
    options.trustedKeys.push_back(hostKey());
    return options;
}

} // namespace support
