// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace support {

/// What a run of a program left. \a code: -1 where it did not end by itself in time.
struct CliRun
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
    /// What danlu-cli --json tells of a failure.
    [[nodiscard]] QJsonObject error() const
    {
        return QJsonDocument::fromJson(err).object().value(u"error").toObject();
    }
    [[nodiscard]] QString error(const char *field) const
    {
        return error().value(QLatin1StringView(field)).toString();
    }
};

/// danlu-cli's surroundings in a test: nothing of the user's own.
inline QProcessEnvironment cliEnvironment(const QString &home, const QString &config)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_CONFIG_DIR"), config);
    environment.insert(QStringLiteral("DANLU_SECRETS"), QStringLiteral("session"));
    environment.insert(QStringLiteral("HOME"), home);
    environment.remove(QStringLiteral("SSH_AUTH_SOCK"));
    return environment;
}

/// Gives \a input to \a process, which was started, and waits for its end for \a ms.
inline CliRun runToEnd(QProcess &process, const QByteArray &input = {}, int ms = 60000)
{
    process.write(input);
    process.closeWriteChannel();
    CliRun ran;
    if (process.waitForFinished(ms) && process.exitStatus() == QProcess::NormalExit)
        ran.code = process.exitCode();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

} // namespace support
