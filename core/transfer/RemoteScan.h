// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/TransferState.h"

#include <QByteArrayList>
#include <QHash>
#include <QObject>

#include <functional>

namespace core::ssh {
class SftpClient;
}

namespace core::transfer {

class RemoteShell;

struct FoundFile
{
    qint64 size = 0;
    qint64 mtime = 0; ///< whole seconds
};

/// Of find's -printf '%s %T@ %p\0'.
[[nodiscard]] QHash<QByteArray, FoundFile> parseFound(const QByteArray &output);

/// Walks one remote directory and adds its items to the state: with find where that can print
/// records, over SFTP else. Names that are none, and items whose directory is none, are refused.
class RemoteScan final : public QObject
{
    Q_OBJECT

public:
    /// \a told: a path that is refused, left out or gets another name here.
    RemoteScan(TransferState &state, std::function<void(const FileOutcome &)> told,
               QObject *parent = nullptr);

    /// finished() follows. The source's own item is there already.
    void startFind(int source, RemoteShell &shell);
    void startSftp(int source, ssh::SftpClient &sftp);

Q_SIGNALS:
    void finished(const std::optional<core::Error> &error);

private:
    void takeRecords(QByteArrayView records);
    void add(Item found);
    void refuse(const QByteArray &path, const QString &why, FileOutcome::Result result);
    void readNext();
    void readDirectory(const QByteArray &path);
    void readBatch(const QByteArray &path, const QByteArray &handle);
    void addEntry(const QByteArray &directory, const ssh::RemoteEntry &entry);
    void directoryEnded(const QByteArray &path, const std::optional<Error> &error);

    TransferState &m_state;
    std::function<void(const FileOutcome &)> m_told;
    int m_source = 0;
    QByteArray m_from;
    QHash<QByteArray, QByteArray> m_directories; ///< of items, with the names they get here
    QSet<QByteArray> m_renamed;
    QByteArrayList m_fields;
    ssh::SftpClient *m_sftp = nullptr;
    std::vector<QByteArray> m_waiting; ///< directories
    int m_running = 0;
    bool m_isLost = false;
};

} // namespace core::transfer
