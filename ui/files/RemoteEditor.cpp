// SPDX-License-Identifier: GPL-3.0-or-later
// The remote side: fetching, looking and sending. The local files: RemoteEditorFiles.cpp.
#include "ui/files/RemoteEditor.h"

#include "core/fleet/Instance.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/Transfer.h"

#include <QFile>
#include <QFileInfo>

namespace ui::files {

using core::Error;
using core::ErrorCode;
using core::Step;
using core::transfer::RemoteAction;
using core::transfer::Transfer;
using core::transfer::TransferRequest;
using Type = core::ssh::RemoteEntry::Type;

namespace {

constexpr qint64 largeSize = 10 * 1024 * 1024; ///< bytes: more than that is asked about

} // namespace

void RemoteEditor::setInstance(core::fleet::Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance)
        m_instance->disconnect(this);
    m_instance = instance;
    if (instance)
        connect(instance, &core::fleet::Instance::stateChanged, this, &RemoteEditor::onInstance);
    onInstance();
}

/// What waits for the line goes when it is there.
void RemoteEditor::onInstance()
{
    if (!m_instance || !m_instance->session() || hasWork())
        return;
    if (m_state == State::Waiting || (m_state == State::Failed && core::mayComeBack(*m_error)))
        retry();
}

void RemoteEditor::set(State state)
{
    m_state = state;
    if (state != State::Failed)
        m_error.reset();
    Q_EMIT changed();
}

void RemoteEditor::fail(const Error &error)
{
    if (error.code == ErrorCode::Cancelled) {
        if (!hasLocalFile())
            Q_EMIT gone();
        else
            set(m_state == State::Fetching ? State::Open : State::Unsent);
        return;
    }
    m_error = error;
    set(State::Failed);
}

bool RemoteEditor::hasWork() const
{
    return m_transfer || m_action || m_isCopying;
}

void RemoteEditor::open()
{
    if (hasWork() || m_state == State::AsksSize)
        return;
    if (!m_lock.isLocked()) {
        fail({ErrorCode::LocalIo, Step::Transfer,
              QStringLiteral("in use by another Danlu: %1").arg(place(""))});
        return;
    }
    if (!hasLocalFile()) {
        set(State::Fetching);
        examine([this] {
            if (m_remote.size > largeSize)
                set(State::AsksSize);
            else
                fetch();
        });
        return;
    }
    // What is here stays as it is when it was saved since; else the instance's newer one comes.
    if (m_state != State::Open || !m_instance || !m_instance->session()) {
        openLocally();
        return;
    }
    const Seen before = m_remote;
    look([this, before](RemoteAction &info) {
        if (info.isOk() && (info.size() != before.size || info.mtime() != before.mtime)) {
            m_remote = {info.size(), info.mtime(), info.mode()};
            fetch();
        } else {
            openLocally();
        }
    });
}

/// Asks the instance about the file.
void RemoteEditor::look(const Found &then)
{
    await(core::transfer::remoteFileInfo(*m_instance->session(), m_target), then);
}

/// \a then unless the connection takes the action with it.
void RemoteEditor::await(RemoteAction *action, const Found &then)
{
    m_action = action;
    const auto isTold = std::make_shared<bool>(false);
    connect(action, &core::Operation::finished, this, [this, action, isTold, then] {
        *isTold = true;
        action->deleteLater();
        m_action = nullptr;
        then(*action);
    });
    connect(action, &QObject::destroyed, this, [this, isTold] {
        if (!*isTold)
            fail({ErrorCode::Disconnected, Step::Transfer, {}});
    });
}

/// What is it that is to be edited, and where is it really?
void RemoteEditor::examine(const std::function<void()> &then)
{
    if (!m_instance || !m_instance->session()) {
        fail({ErrorCode::Disconnected, Step::Transfer, {}});
        return;
    }
    m_isNoFile = false;
    RemoteAction *resolve = core::transfer::resolveRemote(*m_instance->session(), m_key.path);
    await(resolve, [this, then](RemoteAction &found) {
        m_target = found.isOk() ? found.bytes() : m_key.path;
        if (!found.isOk() && found.error()->code != ErrorCode::NotFound) {
            // Without SFTP there is nothing to ask; the copy itself finds a way.
            if (found.error()->code == ErrorCode::Unsupported)
                then();
            else
                fail(*found.error());
            return;
        }
        if (!m_instance || !m_instance->session()) {
            fail({ErrorCode::Disconnected, Step::Transfer, {}});
            return;
        }
        look([this, then](RemoteAction &info) {
            if (!info.isOk()) {
                fail(*info.error());
                return;
            }
            m_remote = {info.size(), info.mtime(), info.mode()};
            m_isNoFile = info.type() && *info.type() != Type::File;
            if (m_isNoFile)
                fail({ErrorCode::Unsupported, Step::Transfer,
                      core::transfer::shownName(m_key.path) + QStringLiteral(": no file")});
            else
                then();
        });
    });
}

void RemoteEditor::fetch()
{
    set(State::Fetching);
    fetchTo([this] { takeFetched(); });
}

/// Copies what the instance has beside the local file.
void RemoteEditor::fetchTo(const std::function<void()> &then)
{
    QFile::remove(place(".fetched"));
    TransferRequest request;
    request.direction = core::transfer::Direction::Get;
    request.sources = {m_target.isEmpty() ? m_key.path : m_target};
    request.target = QFile::encodeName(place(".fetched"));
    request.overwrite = core::transfer::Overwrite::Always;
    request.links = core::transfer::Links::Follow;
    follow(request, then);
}

/// Runs a copy; \a then only when it is complete.
void RemoteEditor::follow(const TransferRequest &request, const std::function<void()> &then)
{
    if (!m_instance || !m_instance->session()) {
        fail({ErrorCode::Disconnected, Step::Transfer, {}});
        return;
    }
    m_transfer = std::make_unique<Transfer>(request, m_instance->connectionOptions());
    // Why the one file failed says more than that it did.
    const auto cause = std::make_shared<std::optional<Error>>();
    connect(m_transfer.get(), &Transfer::fileEnded, this,
            [cause](const core::transfer::FileOutcome &outcome) {
                if (outcome.result == core::transfer::FileOutcome::Result::Failed)
                    *cause = outcome.error;
            });
    connect(m_transfer.get(), &core::Operation::finished, this, [this, cause, then] {
        Transfer *transfer = m_transfer.release();
        transfer->deleteLater();
        if (transfer->isOk() && transfer->summary().failed == 0)
            then();
        else
            fail(cause->value_or(transfer->error().value_or(Error{
                ErrorCode::RemoteFailed, Step::Transfer, core::transfer::shownName(m_key.path)})));
    });
    m_transfer->start();
}

void RemoteEditor::send()
{
    set(State::Sending);
    onSaved();
}

/// The copy to be sent lies ready: has the instance's changed meanwhile?
void RemoteEditor::check()
{
    const bool isMine = std::exchange(m_isMine, false);
    if (!m_instance || !m_instance->session()) {
        set(State::Waiting);
        return;
    }
    set(State::Sending);
    look([this, isMine](RemoteAction &info) {
        const bool isThere = info.isOk();
        if (!isThere && info.error()->code != ErrorCode::NotFound &&
            info.error()->code != ErrorCode::Unsupported) {
            fail(*info.error());
            return;
        }
        const bool changedThere =
            isThere && (info.size() != m_remote.size ||
                        (m_remote.mtime >= 0 && info.mtime() != m_remote.mtime));
        if (!changedThere)
            upload();
        else if (isMine)
            fetchTo([this] { keepTheirs(); });
        else
            set(State::Conflict);
    });
}

void RemoteEditor::overwrite()
{
    m_isMine = true;
    send();
}

void RemoteEditor::retry()
{
    if (hasWork())
        return;
    if (hasLocalFile())
        send();
    else
        open();
}

void RemoteEditor::cancel()
{
    if (m_transfer)
        m_transfer->cancel();
    else if (m_action)
        m_action->cancel();
}

void RemoteEditor::upload()
{
    TransferRequest request;
    request.sources = {QFile::encodeName(place(".sending"))};
    request.target = m_target.isEmpty() ? m_key.path : m_target;
    request.overwrite = core::transfer::Overwrite::Always;
    follow(request, [this] { finishUpload(); });
}

/// The mode is the instance's: this machine may not even have one. Then what is there now is what
/// both sides have.
void RemoteEditor::finishUpload()
{
    const qint64 sentSize = QFileInfo(place(".sending")).size();
    m_sent = m_sending;
    m_remote.size = sentSize;
    m_remote.mtime = -1;
    m_uploadedAt = std::chrono::system_clock::now();
    save();
    const auto end = [this] {
        QFile::remove(place(".sending"));
        save();
        set(State::Open);
        Q_EMIT uploaded();
        if (std::exchange(m_again, false))
            onSaved();
    };
    if (!m_instance || !m_instance->session()) {
        end();
        return;
    }
    look([this, sentSize, end](RemoteAction &info) {
        if (info.isOk() && info.size() == sentSize)
            m_remote.mtime = info.mtime();
        const bool lost = info.isOk() && m_remote.mode && info.mode() != m_remote.mode;
        if (!lost || !m_instance || !m_instance->session()) {
            end();
            return;
        }
        await(core::transfer::setRemoteMode(*m_instance->session(), m_target, *m_remote.mode),
              [end](RemoteAction &) { end(); });
    });
}

} // namespace ui::files
