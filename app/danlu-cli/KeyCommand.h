// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"
#include "core/keys/KeyWorker.h"

#include <QObject>

#include <functional>

namespace cli {

/// "key list|generate|public". done() gives the program's exit code, once.
class KeyCommand final : public QObject
{
    Q_OBJECT

public:
    explicit KeyCommand(const Arguments &arguments, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    void list();
    void generate();
    void printPublic();
    /// Ends the program when the operation fails; else \a then gives the exit code.
    void finishWith(core::Operation *operation, std::function<int()> then);
    void fail(const core::Error &error);
    [[nodiscard]] core::Result<core::keys::KeySpec> spec() const;

    const Arguments &m_arguments;
    core::keys::KeyWorker m_worker;
    core::Operation *m_running = nullptr;
};

/// A name is a key in ~/.ssh, anything with a slash a path.
[[nodiscard]] QString keyPath(const QString &nameOrPath);

} // namespace cli
