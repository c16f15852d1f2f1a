// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobAnswer.h"
#include "core/ssh/Exec.h"

#include <QByteArrayList>

#include <chrono>

namespace core::ssh {
class Session;
}

namespace core::jobs {

/// One call of a function of jobs.sh over the session, on a channel of its own; its child. The
/// script comes by stdin, whole or not at all: a text that a lost line has cut off does nothing.
class JobCall : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        std::chrono::milliseconds timeout{std::chrono::seconds(60)}; ///< 0 = none
        bool isStream = false; ///< stdin stays open until the call is deleted; output by received()
    };

    /// \a words: the function and its arguments.
    JobCall(ssh::Session &session, const QByteArrayList &words, const Options &options,
            QObject *parent);

    [[nodiscard]] const QByteArray &mark() const { return m_mark; }
    /// After ended(), unless it is a stream.
    [[nodiscard]] const std::vector<JobLine> &lines() const { return m_lines; }

Q_SIGNALS:
    void received(const QByteArray &bytes);
    /// Once and last. \a error: of the connection, or Unsupported where no shell answers.
    void ended(const std::optional<core::Error> &error);

private:
    void finish();

    QByteArray m_mark; ///< random, so that nothing else can be it
    ssh::Exec *m_exec = nullptr;
    std::vector<JobLine> m_lines;
    bool m_isStream = false;
};

/// What goes into the shell's stdin: the script, and a call of \a words whose lines begin with \a
/// mark. The script comes as a word, so that it can leave a copy beside the job; the call in
/// braces, so that half of it is none.
[[nodiscard]] QByteArray callInput(const QByteArray &mark, const QByteArrayList &words);

/// What the script's "failed" line says, if there is one: "PATH: words of the system".
[[nodiscard]] std::optional<Error> failureIn(const std::vector<JobLine> &lines);

} // namespace core::jobs
