// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"
#include "app/danlu-cli/Services.h"

#include <QObject>

namespace cli {

/// "profile add|list|show|edit|remove|share|import-ssh-config|export-ssh-config". Asynchronous
/// because the keychain is. done() gives the program's exit code, once.
class ProfileCommand final : public QObject
{
    Q_OBJECT

public:
    ProfileCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    [[nodiscard]] int list() const;
    [[nodiscard]] int show() const;
    void add();
    void edit();
    void remove();
    [[nodiscard]] int importSshConfig();
    [[nodiscard]] int exportSshConfig() const;
    [[nodiscard]] int share() const;
    [[nodiscard]] core::Result<core::profiles::Profile> named() const;
    [[nodiscard]] core::Result<> apply(core::profiles::Profile &profile,
                                       std::optional<core::SecretBytes> &password) const;
    void storeSecret(const core::profiles::Profile &profile,
                     const std::optional<core::SecretBytes> &password);
    [[nodiscard]] int print(const core::profiles::Profile &profile) const;
    [[nodiscard]] int usage(const char *text) const;

    const Arguments &m_arguments;
    Services &m_services;
};

} // namespace cli
