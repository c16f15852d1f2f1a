// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"
#include "core/fleet/KeyInstaller.h"

#include <QObject>

namespace cli {

/// "key install|remove TARGET --key N" and "key accepted TARGET": the keys that an instance lets
/// in. done() gives the program's exit code, once.
class KeyInstallCommand final : public QObject
{
    Q_OBJECT

public:
    /// Whether the verb after "key" is one of these.
    [[nodiscard]] static bool knows(const QString &verb);

    KeyInstallCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    [[nodiscard]] core::Result<> prepare();
    void run();
    void install();
    void onInstalled(core::fleet::KeyInstaller &installer);
    void remove();
    void list();
    void printKeys(const core::fleet::RemoteKeys &keys) const;
    void printInstalled(const core::fleet::KeyInstaller &installer) const;
    void finish(int exitCode);

    Arguments m_arguments; ///< with the verb taken off, and what is meant for the new key
    Services &m_services;
    QString m_verb;
    QString m_keyFile; ///< the private key
    core::fleet::KeyInstallRequest m_request;
    bool m_passphraseOnStdin = false;
    Connection m_connection;
    QPointer<core::Operation> m_operation;
    int m_asked = 0;
    bool m_ended = false;
};

} // namespace cli
