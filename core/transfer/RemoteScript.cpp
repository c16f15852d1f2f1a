// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteScript.h"

#include "core/ssh/Session.h"
#include "core/transfer/RemoteShell.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

namespace core::transfer {

namespace {

constexpr qsizetype longestComplaints = 64 * 1024;

} // namespace

RemoteScript::RemoteScript(ssh::Session &session, const QByteArray &script, QObject *parent)
    : QObject(parent)
    , m_mark("danlu-" + QByteArray::number(QRandomGenerator::system()->generate64(), 36) + '\n')
{
    ssh::ExecOptions options;
    options.collect = false;
    // In two halves: this text itself, echoed by whatever runs it, is not the mark.
    options.input = "unset CDPATH; LC_ALL=C; export LC_ALL; printf '%s-%s\\n' danlu " +
                    m_mark.sliced(6).trimmed() + '\n' + script;
    m_exec = session.exec("exec /bin/sh", options);
    m_exec->setParent(this);
    connect(m_exec, &ssh::Exec::outputReceived, this, &RemoteScript::take);
    connect(m_exec, &ssh::Exec::errorOutputReceived, this, [this](const QByteArray &bytes) {
        if (m_words.size() < longestComplaints)
            m_words += bytes;
    });
    connect(m_exec, &Operation::finished, this, [this] {
        const std::optional<Error> &error = m_exec->error();
        if (error && error->code != ErrorCode::ChannelRefused)
            finish(error);
        else if (!m_hasBegun)
            finish(Error{ErrorCode::Unsupported, Step::Transfer, QStringLiteral("no shell there")});
        else
            finish({});
    });
    QTimer::singleShot(shellPatience, this, [this] {
        if (!m_hasBegun)
            finish(Error{ErrorCode::Unsupported, Step::Transfer, QStringLiteral("no shell there")});
    });
}

void RemoteScript::take(const QByteArray &bytes)
{
    if (m_hasEnded)
        return;
    m_text += bytes;
    if (!m_hasBegun) {
        const qsizetype at = m_text.indexOf(m_mark);
        if (at < 0)
            return;
        m_hasBegun = true;
        m_text.remove(0, at + m_mark.size());
    }
    qsizetype from = 0;
    const QPointer<RemoteScript> self(this);
    for (qsizetype end; (end = m_text.indexOf('\0', from)) >= 0; from = end + 1) {
        Q_EMIT record(m_text.sliced(from, end - from));
        if (!self)
            return;
    }
    m_text.remove(0, from);
}

void RemoteScript::finish(const std::optional<Error> &error)
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    Q_EMIT ended(error);
}

} // namespace core::transfer
