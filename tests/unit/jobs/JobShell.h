// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobAnswer.h"
#include "core/jobs/JobBackend.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <memory>

/// jobs.sh in one shell of this machine, with a home of its own; what a connection does without
/// one.
class JobShell
{
public:
    /// \a shell: "dash", "bash" or "busybox"; the latter with its own small tools first in the
    /// PATH.
    explicit JobShell(const QString &shell);
    /// Ends what is left of its jobs.
    ~JobShell();
    Q_DISABLE_COPY_MOVE(JobShell)

    /// "dash", "busybox", with --whole "bash" as rows.
    static void addShells();
    /// The one that can do least; with --whole "dash" too.
    static void addSmallShells();

    void setEnvironment(const QString &name, const QString &value);
    /// First in the PATH.
    void addTool(const QString &name, const QByteArray &script);
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }
    [[nodiscard]] QString jobPath(const QByteArray &id, const char *file) const;
    [[nodiscard]] QByteArray read(const QString &path) const;
    void write(const QString &path, const QByteArray &text) const;

    /// The shell with this in its stdin, which is still open.
    std::unique_ptr<QProcess> beginWith(const QByteArray &input);
    std::unique_ptr<QProcess> begin(const QByteArrayList &words);
    /// ... and what it printed, to its end.
    QByteArray finish(QProcess &process);
    /// Lines of a whole call.
    std::vector<core::jobs::JobLine> call(const QByteArrayList &words);
    /// "start" with nohup, or with \a backend.
    QByteArrayList startWords(const QByteArray &id, const QByteArray &command,
                              const QByteArray &then = {}, const QByteArray &powerOff = {},
                              const QByteArray &guard = {},
                              const core::jobs::JobBackend *backend = nullptr) const;
    /// The only job that the lines tell of; a message in its backend where there is none.
    static core::jobs::JobInfo jobOf(const std::vector<core::jobs::JobLine> &lines);
    core::jobs::JobInfo start(const QByteArray &id, const QByteArray &command,
                              const QByteArray &then = {}, const QByteArray &powerOff = {});
    core::jobs::JobInfo job(const QByteArray &id);
    /// Job \a id once \a isIt is true of it, or after a minute.
    core::jobs::JobInfo waitFor(const QByteArray &id,
                                const std::function<bool(const core::jobs::JobInfo &)> &isIt);
    core::jobs::JobInfo waitForEnd(const QByteArray &id);

private:
    QTemporaryDir m_dir;
    QStringList m_shell;
    QProcessEnvironment m_environment;
};
