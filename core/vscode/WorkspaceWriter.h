// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/vscode/WorkspaceText.h"

#include <QByteArrayList>
#include <QPointer>

#include <functional>
#include <optional>
#include <vector>

namespace core::ssh {
class Session;
}
namespace core::transfer {
class RemoteAction;
}

namespace core::vscode {

/// What is to be in a folder's .vscode on the instance.
struct WorkspaceWish
{
    QByteArray folder;                      ///< absolute, the server's bytes
    std::optional<Interpreter> interpreter; ///< for launch.json
    QStringList extensions;                 ///< for extensions.json
};

/// Merges .vscode/launch.json and .vscode/extensions.json of a folder on the instance with what is
/// there, and puts each in its place at once. A file that somebody changed between reading and
/// writing is read and merged again. Failures: those of core/transfer/RemoteAction.h, and those of
/// WorkspaceText.h with the path in the detail; files that were done before stay done. Child of the
/// session, in its thread.
class WorkspaceWriter final : public Operation
{
    Q_OBJECT

public:
    enum class Outcome { Created, Changed, Same };
    struct File
    {
        QByteArray path;
        Outcome outcome = Outcome::Same;
    };

    WorkspaceWriter(ssh::Session &session, WorkspaceWish wish);

    /// Those that are done.
    [[nodiscard]] const std::vector<File> &files() const { return m_files; }

protected:
    void doCancel() override;

private:
    using Merge = std::function<Result<QByteArray>(const QByteArray &)>;
    struct Job
    {
        QByteArray path;
        Merge merge;
    };
    using Then = std::function<void(transfer::RemoteAction &)>;

    void next();
    void read(const Job &job, int tries);
    void merge(const Job &job, const std::optional<QByteArray> &existing, int tries);
    void await(transfer::RemoteAction *action, const Then &then);

    ssh::Session &m_session;
    std::vector<Job> m_jobs; ///< still to be done, the last one first
    std::vector<File> m_files;
    QPointer<transfer::RemoteAction> m_action;
};

} // namespace core::vscode
