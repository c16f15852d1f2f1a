// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/FindOutput.h"
#include "core/transfer/TransferState.h"

#include <QByteArrayList>
#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace core::ssh {
class SftpClient;
}

namespace core::transfer {

class RemoteShell;

/// Walks one remote directory and adds its items to the state: with find where that can print
/// records, over SFTP else. Names that are none, sizes that are none, and items whose directory is
/// none, are refused.
class RemoteScan final : public QObject
{
    Q_OBJECT

public:
    /// \a told: a path that is refused, left out or gets another name here.
    RemoteScan(TransferState &state, std::function<void(const FileOutcome &)> told,
               QObject *parent = nullptr);

    /// finished() follows. The source's own item is there already. \a hasPrintf: what its find can;
    /// one that can't must not follow links.
    void startFind(int source, RemoteShell &shell, bool hasPrintf);
    void startSftp(int source, ssh::SftpClient &sftp);

Q_SIGNALS:
    void finished(const std::optional<core::Error> &error);

private:
    /// The directories on the way from the root, with all links followed: one that comes twice
    /// would never end.
    struct Way
    {
        QByteArray real;
        std::shared_ptr<const Way> above;
    };
    struct Directory
    {
        QByteArray path;
        std::shared_ptr<const Way> way; ///< null unless links are followed
    };

    /// One that was found, before it is an item.
    struct Found
    {
        QByteArray path;
        QByteArray link;
        qint64 size = 0;
        qint64 mtime = 0;
        quint32 mode = 0;
        Item::Type type = Item::Type::File;
    };

    void begin(int source);
    void takeRecords(QByteArrayView records);
    void takeErrorLines(QByteArrayView lines);
    void add(const Found &found);
    [[nodiscard]] bool isLeftOut(const QByteArray &path) const;
    void refuse(const QByteArray &path, const QString &why, FileOutcome::Result result);
    void failed(const QByteArray &path, const Error &error);
    void readNext();
    void readDirectory(const Directory &directory);
    void readBatch(const Directory &directory, const QByteArray &handle);
    void addEntry(const Directory &directory, const ssh::RemoteEntry &entry);
    void readLink(const Found &item);
    void followLink(const Directory &directory, const Found &item);
    void enterLink(const Directory &directory, const Found &item);
    void directoryEnded(const QByteArray &path, const std::optional<Error> &error);
    [[nodiscard]] bool isLost(const Error &error);

    TransferState &m_state;
    std::function<void(const FileOutcome &)> m_told;
    int m_source = 0;
    QByteArray m_from;
    QHash<QByteArray, QByteArray> m_directories; ///< of items, with the names they get here
    QSet<QByteArray> m_renamed;
    QByteArrayList m_fields;
    int m_complaints = 0; ///< lines that find wrote
    ssh::SftpClient *m_sftp = nullptr;
    std::vector<Directory> m_waiting;
    int m_running = 0;
    bool m_isLost = false;
};

} // namespace core::transfer
