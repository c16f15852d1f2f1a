// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/KeyFile.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

/// The peers' programs, and a folder for their files.
namespace keytools {

struct Ran
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

inline Ran run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    Ran ran;
    if (process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit)
        ran.code = process.exitCode();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

/// "ed25519 -N ''" would be two shell words; here blanks part and "''" is the empty word.
inline QStringList words(const QString &text)
{
    QStringList list = text.split(u' ', Qt::SkipEmptyParts);
    for (QString &word : list) {
        if (word == u"''")
            word.clear();
    }
    return list;
}

inline QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool writeAll(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// Asks ssh-keygen for the fingerprint's line: "256 SHA256:... comment (ED25519)".
inline QByteArray keygenLine(const QString &path)
{
    return run(QStringLiteral("ssh-keygen"), {QStringLiteral("-l"), QStringLiteral("-f"), path})
        .out.trimmed();
}

inline QByteArray ourLine(const core::keys::PublicKey &key)
{
    return QByteArray::number(key.bits()) + ' ' + key.fingerprint().toLatin1() + ' ' +
           (key.comment.isEmpty() ? QByteArray("no comment") : key.comment) + " (" +
           QByteArray(core::keys::keyTypeName(key.type()).data()) + ')';
}

inline bool missing(const QString &program)
{
    return QStandardPaths::findExecutable(program).isEmpty();
}

} // namespace keytools

/// A missing peer is a skip at home and a failure in CI.
#define NEED_TOOL(name)                                                                            \
    do {                                                                                           \
        if (keytools::missing(QStringLiteral(name))) {                                             \
            if (qEnvironmentVariableIsSet("CI"))                                                   \
                QFAIL(name " is missing");                                                         \
            QSKIP(name " is missing");                                                             \
        }                                                                                          \
    } while (false)
