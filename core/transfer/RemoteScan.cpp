// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteScan.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteShell.h"

namespace core::transfer {

QHash<QByteArray, FoundFile> parseFound(const QByteArray &output)
{
    QHash<QByteArray, FoundFile> found;
    for (const QByteArray &record : output.split('\0')) {
        const qsizetype first = record.indexOf(' ');
        const qsizetype second = record.indexOf(' ', first + 1);
        if (first < 0 || second < 0)
            continue;
        FoundFile file;
        file.size = record.left(first).toLongLong();
        // "1700000000.1234567890"
        file.mtime = record.sliced(first + 1, second - first - 1).split('.').first().toLongLong();
        found.insert(record.sliced(second + 1), file);
    }
    return found;
}

namespace {

constexpr int directoriesAtOnce = 16;

Item::Type typeOf(char letter)
{
    switch (letter) {
    case 'f': return Item::Type::File;
    case 'd': return Item::Type::Directory;
    case 'l': return Item::Type::Link;
    default: return Item::Type::Other;
    }
}

} // namespace

RemoteScan::RemoteScan(TransferState &state, std::function<void(const FileOutcome &)> told,
                       QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_told(std::move(told))
{
}

void RemoteScan::refuse(const QByteArray &path, const QString &why, FileOutcome::Result result)
{
    if (result == FileOutcome::Result::Failed)
        ++m_state.failed;
    else
        ++m_state.skipped;
    m_told({joinPath(m_from, path), result, Error{ErrorCode::Unsupported, Step::Transfer, why}});
}

void RemoteScan::add(Item found)
{
    if (isExcluded(m_state.request.excludes, found.path)) {
        return;
    }
    const QByteArray name = lastName(found.path);
    const QByteArray parent = found.path.contains('/') ? parentPath(found.path) : QByteArray();
    const auto directory = m_directories.constFind(parent);
    if (!isPlainName(name) || joinPath(parent, name) != found.path) {
        refuse(found.path, QStringLiteral("no name for a file"), FileOutcome::Result::Failed);
        return;
    }
    if (directory == m_directories.constEnd()) {
        // What is below an excluded directory is left out with it.
        for (QByteArray above = parent; !above.isEmpty();
             above = above.contains('/') ? parentPath(above) : QByteArray()) {
            if (isExcluded(m_state.request.excludes, above))
                return;
        }
        refuse(found.path, QStringLiteral("its directory is none"), FileOutcome::Result::Failed);
        return;
    }
    const std::optional<QByteArray> escaped = escapedLocalName(name, hasWindowsNames());
    const QByteArray local = joinPath(*directory, escaped.value_or(name));
    if (local != found.path)
        found.name = local;
    if (escaped) {
        if (m_renamed.contains(local)) {
            refuse(found.path, QStringLiteral("another file has its name already"),
                   FileOutcome::Result::Failed);
            return;
        }
        m_renamed.insert(local);
        m_told({joinPath(m_from, found.path), FileOutcome::Result::Renamed,
                Error{ErrorCode::Unsupported, Step::Transfer, QString::fromUtf8(local)}});
    }
    switch (found.type) {
    case Item::Type::Directory: m_directories.insert(found.path, local); break;
    case Item::Type::File:
        m_state.totalBytes += found.size;
        ++m_state.totalFiles;
        break;
    case Item::Type::Link:
        if (m_state.request.links == Links::Skip) {
            refuse(found.path, QStringLiteral("a symbolic link"), FileOutcome::Result::Skipped);
            return;
        }
        if (!staysInside(found.path, found.link)) {
            refuse(found.path,
                   QStringLiteral("a link that points out of the tree: ") +
                       QString::fromUtf8(found.link),
                   FileOutcome::Result::Skipped);
            return;
        }
        break;
    case Item::Type::Other:
        refuse(found.path, QStringLiteral("neither a file nor a directory"),
               FileOutcome::Result::Skipped);
        return;
    }
    found.source = m_source;
    m_state.items.push_back(std::move(found));
}

void RemoteScan::startFind(int source, RemoteShell &shell)
{
    m_source = source;
    m_from = m_state.sources[std::size_t(source)].from;
    m_directories.insert({}, {});
    const bool follow = m_state.request.links == Links::Follow;
    const QByteArray command = "(cd -- " + shellQuote(m_from) + " && find " +
                               (follow ? "-L " : "") +
                               ". -mindepth 1 -printf '%y %s %T@ %m\\0%P\\0%l\\0')";
    shell.runRecords(
        command, [this](QByteArrayView records) { takeRecords(records); },
        [this](const Result<RemoteShell::Output> &ran) {
            if (!ran) {
                Q_EMIT finished(ran.error());
                return;
            }
            // What find could not read, it names, and goes on.
            for (const QByteArray &line : ran->errors.split('\n')) {
                if (!line.trimmed().isEmpty()) {
                    ++m_state.failed;
                    m_told({m_from, FileOutcome::Result::Failed, toolError(m_from, line)});
                }
            }
            Q_EMIT finished(std::nullopt);
        });
}

void RemoteScan::takeRecords(QByteArrayView records)
{
    qsizetype at = 0;
    for (qsizetype end = records.indexOf('\0', at); end >= 0; end = records.indexOf('\0', at)) {
        m_fields.append(records.sliced(at, end - at).toByteArray());
        at = end + 1;
        if (m_fields.size() < 3)
            continue;
        const QByteArrayList words = m_fields[0].split(' ');
        Item item;
        item.type = typeOf(m_fields[0].isEmpty() ? '?' : m_fields[0][0]);
        item.size = item.type == Item::Type::File ? words.value(1).toLongLong() : 0;
        item.mtime = words.value(2).split('.').first().toLongLong();
        item.mode = words.value(3).toUInt(nullptr, 8);
        item.path = m_fields[1];
        item.link = m_fields[2];
        m_fields.clear();
        add(std::move(item));
    }
}

void RemoteScan::startSftp(int source, ssh::SftpClient &sftp)
{
    m_source = source;
    m_from = m_state.sources[std::size_t(source)].from;
    m_directories.insert({}, {});
    m_sftp = &sftp;
    m_waiting.push_back({});
    readNext();
}

void RemoteScan::readNext()
{
    while (m_running < directoriesAtOnce && !m_waiting.empty()) {
        const QByteArray next = m_waiting.back();
        m_waiting.pop_back();
        ++m_running;
        readDirectory(next);
    }
    if (m_running == 0 && m_waiting.empty() && !m_isLost)
        Q_EMIT finished(std::nullopt);
}

void RemoteScan::readDirectory(const QByteArray &path)
{
    m_sftp->opendir(joinPath(m_from, path), [this, path](const Result<QByteArray> &handle) {
        if (handle)
            readBatch(path, *handle);
        else
            directoryEnded(path, handle.error());
    });
}

void RemoteScan::readBatch(const QByteArray &path, const QByteArray &handle)
{
    m_sftp->readdir(handle,
                    [this, path, handle](const Result<std::vector<ssh::RemoteEntry>> &batch) {
                        if (!batch) {
                            directoryEnded(path, batch.error());
                            return;
                        }
                        if (batch->empty()) {
                            m_sftp->closeHandle(handle, [](const Result<> &) {});
                            directoryEnded(path, std::nullopt);
                            return;
                        }
                        for (const ssh::RemoteEntry &entry : *batch) {
                            if (entry.name != "." && entry.name != "..")
                                addEntry(path, entry);
                        }
                        readBatch(path, handle);
                    });
}

void RemoteScan::addEntry(const QByteArray &directory, const ssh::RemoteEntry &entry)
{
    Item item;
    item.path = joinPath(directory, entry.name);
    item.type = entry.type;
    item.size = entry.type == Item::Type::File ? qint64(entry.size.value_or(0)) : 0;
    item.mtime = entry.mtime.value_or(0);
    item.mode = entry.mode.value_or(0644);
    if (!isPlainName(entry.name)) {
        refuse(item.path, QStringLiteral("no name for a file"), FileOutcome::Result::Failed);
        return;
    }
    if (entry.type != Item::Type::Link) {
        const std::size_t before = m_state.items.size();
        add(item);
        if (entry.type == Item::Type::Directory && m_state.items.size() > before)
            m_waiting.push_back(item.path);
        return;
    }
    ++m_running;
    if (m_state.request.links == Links::Follow) {
        m_sftp->stat(joinPath(m_from, item.path),
                     [this, item](const Result<ssh::SftpAttributes> &target) mutable {
                         --m_running;
                         if (target && target->type() == Item::Type::File) {
                             item.type = Item::Type::File;
                             item.size = qint64(target->size.value_or(0));
                             item.mtime = qint64(target->mtime.value_or(0));
                             item.mode = target->mode.value_or(0644) & 07777;
                             add(item);
                         } else {
                             refuse(item.path, QStringLiteral("a link that leads to no file"),
                                    FileOutcome::Result::Skipped);
                         }
                         readNext();
                     });
        return;
    }
    m_sftp->readlink(joinPath(m_from, item.path),
                     [this, item](const Result<QByteArray> &target) mutable {
                         --m_running;
                         if (target) {
                             item.link = *target;
                             add(item);
                         }
                         readNext();
                     });
}

void RemoteScan::directoryEnded(const QByteArray &path, const std::optional<Error> &error)
{
    --m_running;
    if (error && m_sftp->error()) {
        if (!std::exchange(m_isLost, true))
            Q_EMIT finished(error);
        return;
    }
    if (error) {
        ++m_state.failed;
        m_told({joinPath(m_from, path), FileOutcome::Result::Failed, error});
    }
    readNext();
}

} // namespace core::transfer
