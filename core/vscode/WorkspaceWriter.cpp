// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vscode/WorkspaceWriter.h"

#include "core/ssh/Session.h"
#include "core/transfer/RemoteAction.h"

namespace core::vscode {

using transfer::RemoteAction;

namespace {

constexpr qint64 largest = 1024 * 1024; ///< bytes; such files have a few thousand
constexpr int mostTries = 3;

} // namespace

WorkspaceWriter::WorkspaceWriter(ssh::Session &session, WorkspaceWish wish)
    : Operation(&session)
    , m_session(session)
{
    QByteArray folder = std::move(wish.folder);
    while (folder.endsWith('/'))
        folder.chop(1);
    folder += "/.vscode/";
    if (!wish.extensions.isEmpty())
        m_jobs.push_back(
            {folder + "extensions.json", [all = wish.extensions](const QByteArray &text) {
                 return mergeExtensions(text, all);
             }});
    if (wish.interpreter)
        m_jobs.push_back(
            {folder + "launch.json",
             [one = *wish.interpreter](const QByteArray &text) { return mergeLaunch(text, one); }});
    next();
}

void WorkspaceWriter::doCancel()
{
    if (m_action) {
        m_action->disconnect(this);
        m_action->cancel();
        m_action->deleteLater();
    }
    Operation::doCancel();
}

void WorkspaceWriter::next()
{
    if (m_jobs.empty()) {
        succeed();
        return;
    }
    const Job job = std::move(m_jobs.back());
    m_jobs.pop_back();
    read(job, 1);
}

void WorkspaceWriter::await(RemoteAction *action, const Then &then)
{
    m_action = action;
    connect(action, &Operation::finished, this, [this, action, then] {
        action->deleteLater();
        m_action.clear();
        then(*action);
    });
}

void WorkspaceWriter::read(const Job &job, int tries)
{
    await(transfer::readRemoteFile(m_session, job.path, largest),
          [this, job, tries](RemoteAction &got) {
              if (!got.isOk() && got.error()->code != ErrorCode::NotFound)
                  failWith(*got.error());
              else if (got.isOk() && got.isCut())
                  failWith({ErrorCode::Unsupported, Step::Transfer,
                            QString::fromUtf8(job.path) + QStringLiteral(": more than 1 MiB")});
              else
                  merge(job, got.isOk() ? std::optional(got.bytes()) : std::nullopt, tries);
          });
}

void WorkspaceWriter::merge(const Job &job, const std::optional<QByteArray> &existing, int tries)
{
    Result<QByteArray> merged = job.merge(existing.value_or(QByteArray()));
    if (!merged) {
        Error error = merged.error();
        error.detail = QString::fromUtf8(job.path) + QStringLiteral(": ") + error.detail;
        failWith(error);
        return;
    }
    if (existing == *merged) {
        m_files.push_back({job.path, Outcome::Same});
        next();
        return;
    }
    const Outcome outcome = existing ? Outcome::Changed : Outcome::Created;
    await(transfer::replaceRemoteFile(m_session, job.path, *merged, existing),
          [this, job, outcome, tries](RemoteAction &put) {
              if (put.isOk()) {
                  m_files.push_back({job.path, outcome});
                  next();
              } else if (put.error()->code == ErrorCode::VerifyFailed && tries < mostTries) {
                  read(job, tries + 1);
              } else {
                  failWith(*put.error());
              }
          });
}

} // namespace core::vscode
