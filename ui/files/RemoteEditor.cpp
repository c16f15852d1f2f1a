// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/RemoteEditor.h"

#include "core/fleet/Instance.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/Transfer.h"

#include <QCryptographicHash>
#include <QDesktopServices>
#include <QFile>
#include <QUrl>

namespace ui::files {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;
using core::transfer::RemoteAction;
using core::transfer::Transfer;
using core::transfer::TransferRequest;

namespace {

constexpr auto settleTime = 400ms;

QByteArray sumOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result();
}

} // namespace

RemoteEditor::RemoteEditor(core::fleet::Instance &instance, QByteArray path, QObject *parent)
    : QObject(parent)
    , m_instance(instance)
    , m_path(std::move(path))
    , m_opener([](const QString &local) {
        return QDesktopServices::openUrl(QUrl::fromLocalFile(local));
    })
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &RemoteEditor::changed);
    // The folder too: editors replace the file by another one.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle,
            qOverload<>(&QTimer::start));
}

RemoteEditor::~RemoteEditor() = default;

QString RemoteEditor::localPath() const
{
    const QByteArray name = core::transfer::lastName(m_path);
    const bool forWindows = core::transfer::hasWindowsNames();
    return m_dir.filePath(
        QFile::decodeName(core::transfer::escapedLocalName(name, forWindows).value_or(name)));
}

void RemoteEditor::start()
{
    if (!m_dir.isValid()) {
        Q_EMIT failed({ErrorCode::LocalIo, core::Step::Transfer, m_dir.errorString()});
        return;
    }
    TransferRequest request;
    request.direction = core::transfer::Direction::Get;
    request.sources = {m_path};
    request.target = QFile::encodeName(localPath());
    m_transfer = std::make_unique<Transfer>(request, m_instance.connectionOptions());
    connect(m_transfer.get(), &core::Operation::finished, this, &RemoteEditor::fetched);
    m_transfer->start();
}

void RemoteEditor::fetched()
{
    Transfer *transfer = m_transfer.release();
    transfer->deleteLater();
    if (transfer->error() || !QFile::exists(localPath())) {
        Q_EMIT failed(transfer->error().value_or(Error{
            ErrorCode::RemoteFailed, core::Step::Transfer, core::transfer::shownName(m_path)}));
        return;
    }
    m_sent = sumOf(localPath());
    remember([this] {
        m_watcher.addPaths({localPath(), m_dir.path()});
        if (m_opener(localPath()))
            Q_EMIT opened();
        else
            Q_EMIT failed({ErrorCode::Unsupported, core::Step::Transfer,
                           QStringLiteral("no program opens %1").arg(localPath())});
    });
}

/// What the instance has now is what both sides have.
void RemoteEditor::remember(const std::function<void()> &then)
{
    core::ssh::Session *session = m_instance.session();
    if (!session) {
        m_remoteSize = -1;
        m_remoteMtime = -1;
        then();
        return;
    }
    RemoteAction *info = core::transfer::remoteFileInfo(*session, m_path);
    connect(info, &core::Operation::finished, this, [this, info, then] {
        info->deleteLater();
        m_remoteSize = info->size();
        m_remoteMtime = info->mtime();
        then();
    });
}

void RemoteEditor::changed()
{
    if (!m_watcher.files().contains(localPath()) && QFile::exists(localPath()))
        m_watcher.addPath(localPath());
    const QByteArray now = sumOf(localPath());
    if (now.isEmpty() || now == m_sent)
        return;
    if (m_transfer) {
        m_again = true;
        return;
    }
    send();
}

void RemoteEditor::send()
{
    core::ssh::Session *session = m_instance.session();
    if (!session) {
        upload(); // it says what is wrong, or waits for the line
        return;
    }
    RemoteAction *info = core::transfer::remoteFileInfo(*session, m_path);
    connect(info, &core::Operation::finished, this, [this, info] {
        info->deleteLater();
        const bool known = m_remoteMtime >= 0 && info->isOk();
        if (known && (info->size() != m_remoteSize || info->mtime() != m_remoteMtime))
            Q_EMIT conflict();
        else if (!m_transfer)
            upload();
    });
}

void RemoteEditor::overwrite()
{
    if (!m_transfer)
        upload();
}

void RemoteEditor::upload()
{
    TransferRequest request;
    request.sources = {QFile::encodeName(localPath())};
    request.target = m_path;
    request.overwrite = core::transfer::Overwrite::Always;
    const QByteArray sum = sumOf(localPath());
    m_transfer = std::make_unique<Transfer>(request, m_instance.connectionOptions());
    connect(m_transfer.get(), &core::Operation::finished, this, [this, sum] {
        Transfer *transfer = m_transfer.release();
        transfer->deleteLater();
        if (transfer->error() || transfer->summary().failed > 0) {
            Q_EMIT failed(transfer->error().value_or(Error{
                ErrorCode::RemoteFailed, core::Step::Transfer, core::transfer::shownName(m_path)}));
            return;
        }
        m_sent = sum;
        remember([this] {
            Q_EMIT uploaded();
            if (std::exchange(m_again, false))
                changed();
        });
    });
    m_transfer->start();
}

} // namespace ui::files
