// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/JobCall.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"

#include <QRandomGenerator>

namespace core::jobs {

extern const char *const jobsScript;

namespace {

constexpr qint64 largestAnswer = 32 * 1024 * 1024;

} // namespace

QByteArray callInput(const QByteArray &mark, const QByteArrayList &words)
{
    return "danlu_script=" + shellQuote(QByteArrayView(jobsScript)) +
           "\neval \"$danlu_script\"\n{\nmark='" + mark + " '\n" + shellJoin(words) +
           "\nexit 0\n}\n";
}

JobCall::JobCall(ssh::Session &session, const QByteArrayList &words, const Options &options,
                 QObject *parent)
    : QObject(parent)
    , m_mark("danlu-" + QByteArray::number(QRandomGenerator::system()->generate64(), 36))
    , m_isStream(options.isStream)
{
    ssh::ExecOptions exec;
    exec.input = callInput(m_mark, words);
    exec.timeout = options.timeout;
    exec.maxCollect = largestAnswer;
    exec.collect = !m_isStream;
    exec.closeStdin = !m_isStream;
    m_exec = session.exec("exec /bin/sh", exec);
    m_exec->setParent(this);
    if (m_isStream)
        connect(m_exec, &ssh::Exec::outputReceived, this, &JobCall::received);
    connect(m_exec, &Operation::finished, this, &JobCall::finish);
}

void JobCall::finish()
{
    const std::optional<Error> &error = m_exec->error();
    if (error || m_isStream) {
        Q_EMIT ended(error);
        return;
    }
    m_lines = jobLines(m_exec->standardOutput(), m_mark);
    if (!m_lines.empty()) {
        Q_EMIT ended({});
        return;
    }
    const QByteArray words =
        m_exec->standardError().isEmpty() ? m_exec->standardOutput() : m_exec->standardError();
    Q_EMIT ended(
        Error{ErrorCode::Unsupported, Step::Job,
              QStringLiteral("no shell there: ") + QString::fromUtf8(words.left(200)).trimmed()});
}

std::optional<Error> failureIn(const std::vector<JobLine> &lines)
{
    for (const auto &[word, text] : lines) {
        if (word == "failed")
            return Error{codeOfSystemWords(text), Step::Job, QString::fromUtf8(text).trimmed()};
    }
    return std::nullopt;
}

} // namespace core::jobs
