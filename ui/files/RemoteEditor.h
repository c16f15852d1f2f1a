// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>

namespace core::fleet {
class Instance;
}
namespace core::transfer {
class Transfer;
}

namespace ui::files {

/// One remote text file in an editor of this machine: fetched into a private folder, opened there,
/// and sent back each time it is saved. What changed on the instance meanwhile is not overwritten
/// without a word. Lives until close(); GUI thread.
class RemoteEditor final : public QObject
{
    Q_OBJECT

public:
    RemoteEditor(core::fleet::Instance &instance, QByteArray path, QObject *parent = nullptr);
    ~RemoteEditor() override;

    void start();
    /// After conflict(): sends it all the same, or leaves the instance's.
    void overwrite();
    [[nodiscard]] const QByteArray &path() const { return m_path; }
    [[nodiscard]] QString localPath() const;
    /// Opens the local file; tests put their own there. Default: the desktop's program for it.
    void setOpener(std::function<bool(const QString &)> opener) { m_opener = std::move(opener); }

Q_SIGNALS:
    void opened();
    void uploaded();
    /// The file on the instance is not what was fetched.
    void conflict();
    void failed(const core::Error &error);

private:
    void fetched();
    void changed();
    void send();
    void upload();
    void remember(const std::function<void()> &then);

    core::fleet::Instance &m_instance;
    const QByteArray m_path;
    QTemporaryDir m_dir;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; ///< editors write in several steps
    std::unique_ptr<core::transfer::Transfer> m_transfer;
    std::function<bool(const QString &)> m_opener;
    QByteArray m_sent; ///< the local file's SHA-256 when it was last the same on both sides
    qint64 m_remoteSize = -1;
    qint64 m_remoteMtime = -1;
    bool m_again = false; ///< saved while the last one was on its way
};

} // namespace ui::files
