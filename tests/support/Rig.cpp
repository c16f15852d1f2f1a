// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Rig.h"

#include <QJsonDocument>
#include <QProcess>

namespace support {

namespace {

const QString rigPath = QStringLiteral(DANLU_SOURCE_DIR "/tests/rig/rig");

} // namespace

Rig::~Rig()
{
    if (!m_told.isEmpty())
        command({QStringLiteral("stop")});
}

QString Rig::start(const QStringList &options)
{
    QProcess process;
    process.start(rigPath,
                  QStringList{QStringLiteral("start"), QStringLiteral("--state"), m_dir.path()} +
                      options);
    if (!process.waitForFinished(90000))
        return QStringLiteral("the rig did not start in time");
    if (process.exitCode() != 0)
        return QString::fromUtf8(process.readAllStandardError());
    m_told = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    return m_told.isEmpty() ? QStringLiteral("the rig said nothing") : QString();
}

bool Rig::command(const QStringList &words)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(rigPath, words + QStringList{QStringLiteral("--state"), m_dir.path()});
    return process.waitForFinished(30000) && process.exitCode() == 0;
}

core::ssh::HostKey Rig::hostKey() const
{
    const QStringList words = text("host_key").split(u' ');
    return {words.value(0).toLatin1(), QByteArray::fromBase64(words.value(1).toLatin1())};
}

core::ssh::SessionOptions Rig::passwordOptions() const
{
    core::ssh::SessionOptions options;
    options.user = QStringLiteral("root");
    options.host = QStringLiteral("127.0.0.1");
    options.port = port();
    options.auth.emplace_back(
        core::ssh::PasswordAuth{core::SecretBytes(text("password").toUtf8())});
    options.trustedKeys.push_back(hostKey());
    return options;
}

} // namespace support
