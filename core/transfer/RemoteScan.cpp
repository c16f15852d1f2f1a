// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteScan.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteShell.h"

namespace core::transfer {

namespace {

constexpr int directoriesAtOnce = 16;
/// What find's -printf would tell, where it has none (BusyBox): a process or two for each file.
constexpr auto tellEach =
    R"(for p; do l=; if [ -L "$p" ]; then t=l; l=$(readlink -n "$p"; echo x); l=${l%x}; )"
    R"(elif [ -d "$p" ]; then t=d; elif [ -f "$p" ]; then t=f; else t=o; fi; )"
    R"(s=$(stat -c '%s %Y %a' "$p") && printf '%s %s\0%s\0%s\0' "$t" "$s" "${p#./}" "$l"; )"
    R"(done)";
/// Sizes are counted together, and shown as numbers of a double.
constexpr qint64 largestSize = qint64(1) << 53;

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
    const Error error{ErrorCode::Unsupported, Step::Transfer, why};
    if (result == FileOutcome::Result::Failed) {
        failed(path, error);
        return;
    }
    ++m_state.skipped;
    m_told({joinPath(m_from, path), result, error});
}

void RemoteScan::failed(const QByteArray &path, const Error &error)
{
    ++m_state.failed;
    m_told({joinPath(m_from, path), FileOutcome::Result::Failed, error});
}

/// Itself or what is above it.
bool RemoteScan::isLeftOut(const QByteArray &path) const
{
    // A path from a root is none of this tree's; the root has no end above it.
    for (QByteArray one = path; !one.isEmpty() && !one.startsWith('/');
         one = one.contains('/') ? parentPath(one) : QByteArray()) {
        if (isExcluded(m_state.request.excludes, one))
            return true;
    }
    return false;
}

void RemoteScan::add(const Found &found)
{
    if (isExcluded(m_state.request.excludes, found.path))
        return;
    const QByteArray name = lastName(found.path);
    const QByteArray parent = found.path.contains('/') ? parentPath(found.path) : QByteArray();
    const auto directory = m_directories.constFind(parent);
    if (!isPlainName(name) || joinPath(parent, name) != found.path) {
        refuse(found.path, QStringLiteral("no name for a file"), FileOutcome::Result::Failed);
        return;
    }
    if (directory == m_directories.constEnd()) {
        if (isLeftOut(parent))
            return;
        refuse(found.path, QStringLiteral("its directory is none"), FileOutcome::Result::Failed);
        return;
    }
    if (found.size < 0 || found.size > largestSize) {
        refuse(found.path, QStringLiteral("no size for a file"), FileOutcome::Result::Failed);
        return;
    }
    if (found.type == Item::Type::Link && m_state.request.links == Links::Follow) {
        refuse(found.path, QStringLiteral("a link that leads to no file"),
               FileOutcome::Result::Skipped);
        return;
    }
    const std::optional<QByteArray> escaped = escapedLocalName(name, hasWindowsNames());
    const QByteArray local = joinPath(*directory, escaped.value_or(name));
    // What escaping makes of a name, another one may have by itself.
    if (escaped || name.contains('%') || (hasWindowsNames() && name.contains('_'))) {
        if (m_renamed.contains(local)) {
            refuse(found.path, QStringLiteral("another file has its name already"),
                   FileOutcome::Result::Failed);
            return;
        }
        m_renamed.insert(local);
    }
    if (escaped)
        m_told({joinPath(m_from, found.path), FileOutcome::Result::Renamed,
                Error{ErrorCode::Unsupported, Step::Transfer, QString::fromUtf8(local)}});
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
        // A NUL ends it for the system, whatever comes after it here.
        if (!staysInside(found.path, found.link) || found.link.contains('\0')) {
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
    Item item;
    item.source = m_source;
    QByteArrayList others;
    item.hasName = local != found.path;
    if (item.hasName)
        others.append(local);
    item.hasLink = found.type == Item::Type::Link;
    if (item.hasLink)
        others.append(found.link);
    item.path = m_state.names.keep(found.path, others);
    item.type = found.type;
    item.size = found.size;
    item.mtime = found.mtime;
    item.mode = found.mode;
    m_state.items.push_back(item);
}

void RemoteScan::begin(int source)
{
    m_source = source;
    m_from = m_state.sources[std::size_t(source)].from;
    m_directories.insert({}, {});
}

void RemoteScan::startFind(int source, RemoteShell &shell, bool hasPrintf)
{
    begin(source);
    const bool follow = m_state.request.links == Links::Follow;
    const QByteArray tell = hasPrintf ? QByteArray("-printf '%y %s %T@ %m\\0%P\\0%l\\0'")
                                      : "-exec sh -c " + shellQuote(tellEach) + " sh {} +";
    const QByteArray command = "(cd -- " + shellQuote(m_from) + " && find " +
                               (follow ? "-L " : "") + ". -mindepth 1 " +
                               pruneExpression(m_state.request.excludes) + tell + ')';
    shell.runRecords(
        command, [this](QByteArrayView records) { takeRecords(records); },
        [this](QByteArrayView lines) { takeErrorLines(lines); },
        [this](const Result<RemoteShell::Output> &ran) {
            if (!ran) {
                Q_EMIT finished(ran.error());
                return;
            }
            // It fails with a word, or it was ended from outside.
            constexpr int firstOfSignals = 126;
            if (ran->exitCode >= firstOfSignals || (ran->exitCode != 0 && m_complaints == 0))
                failed({}, Error{ErrorCode::RemoteFailed, Step::Transfer,
                                 shownName(m_from) +
                                     QStringLiteral(": find ended with %1 and did not say why")
                                         .arg(ran->exitCode)});
            Q_EMIT finished(std::nullopt);
        });
}

/// What find could not read, it names, and goes on.
void RemoteScan::takeErrorLines(QByteArrayView lines)
{
    for (const QByteArray &line : lines.toByteArray().split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        ++m_complaints;
        const QByteArray path = pathOfFindError(line);
        if (isLeftOut(path))
            continue;
        if (line.contains("File system loop detected"))
            refuse(path, QStringLiteral("a link to a directory that holds it"),
                   FileOutcome::Result::Skipped);
        else if (line.contains("Too many levels of symbolic links"))
            refuse(path, QStringLiteral("a link that leads to no file"),
                   FileOutcome::Result::Skipped);
        else
            failed(path, toolError(joinPath(m_from, path), line));
    }
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
        Found item;
        item.type = typeOfFound(words[0]);
        bool isNumber = false;
        item.size = words.value(1).toLongLong(&isNumber);
        if (item.type != Item::Type::File)
            item.size = 0;
        else if (!isNumber)
            item.size = -1;
        item.mtime = words.value(2).split('.').first().toLongLong();
        item.mode = words.value(3).toUInt(nullptr, 8);
        item.path = m_fields[1];
        item.link = m_fields[2];
        m_fields.clear();
        add(item);
    }
}

void RemoteScan::startSftp(int source, ssh::SftpClient &sftp)
{
    begin(source);
    m_sftp = &sftp;
    if (m_state.request.links != Links::Follow) {
        m_waiting.push_back({{}, nullptr});
        readNext();
        return;
    }
    ++m_running;
    m_sftp->realpath(m_from, [this](const Result<QByteArray> &real) {
        --m_running;
        if (!real && isLost(real.error()))
            return;
        m_waiting.push_back({{}, std::make_shared<const Way>(Way{real.value_or(m_from), nullptr})});
        readNext();
    });
}

void RemoteScan::readNext()
{
    if (m_isLost)
        return;
    while (m_running < directoriesAtOnce && !m_waiting.empty()) {
        const Directory next = m_waiting.back();
        m_waiting.pop_back();
        ++m_running;
        readDirectory(next);
    }
    if (m_running == 0 && m_waiting.empty())
        Q_EMIT finished(std::nullopt);
}

/// The connection is at fault: nothing more comes.
bool RemoteScan::isLost(const Error &error)
{
    if (!m_sftp->error())
        return m_isLost;
    if (!std::exchange(m_isLost, true))
        Q_EMIT finished(error);
    return true;
}

void RemoteScan::readDirectory(const Directory &directory)
{
    m_sftp->opendir(joinPath(m_from, directory.path),
                    [this, directory](const Result<QByteArray> &handle) {
                        if (handle)
                            readBatch(directory, *handle);
                        else
                            directoryEnded(directory.path, handle.error());
                    });
}

void RemoteScan::readBatch(const Directory &directory, const QByteArray &handle)
{
    m_sftp->readdir(
        handle, [this, directory, handle](const Result<std::vector<ssh::RemoteEntry>> &batch) {
            if (!batch || batch->empty()) {
                m_sftp->closeHandle(handle, [](const Result<> &) {});
                directoryEnded(directory.path,
                               batch ? std::nullopt : std::optional<Error>(batch.error()));
                return;
            }
            for (const ssh::RemoteEntry &entry : *batch) {
                if (entry.name != "." && entry.name != "..")
                    addEntry(directory, entry);
            }
            readBatch(directory, handle);
        });
}

void RemoteScan::addEntry(const Directory &directory, const ssh::RemoteEntry &entry)
{
    Found item;
    item.path = joinPath(directory.path, entry.name);
    item.type = entry.type;
    if (entry.type == Item::Type::File) {
        const quint64 size = entry.size.value_or(0);
        item.size = size > quint64(largestSize) ? -1 : qint64(size);
    }
    item.mtime = entry.mtime.value_or(0);
    item.mode = entry.mode.value_or(0644);
    if (!isPlainName(entry.name)) {
        // Shown with what is wrong about it.
        QByteArray name = entry.name;
        refuse(joinPath(directory.path, name.replace('\0', "\\0")),
               QStringLiteral("no name for a file"), FileOutcome::Result::Failed);
        return;
    }
    if (isExcluded(m_state.request.excludes, item.path))
        return;
    if (joinPath(m_from, item.path).size() > longestRemotePath) {
        refuse(item.path.left(200) + "...", QStringLiteral("its path is too long"),
               FileOutcome::Result::Failed);
        return;
    }
    if (entry.type == Item::Type::Link) {
        if (m_state.request.links == Links::Follow)
            followLink(directory, item);
        else
            readLink(item);
        return;
    }
    const std::size_t before = m_state.items.size();
    add(item);
    if (entry.type != Item::Type::Directory || m_state.items.size() == before)
        return;
    m_waiting.push_back({item.path, nullptr});
    if (directory.way)
        m_waiting.back().way = std::make_shared<const Way>(
            Way{joinPath(directory.way->real, entry.name), directory.way});
}

void RemoteScan::readLink(const Found &item)
{
    ++m_running;
    m_sftp->readlink(joinPath(m_from, item.path), [this, item](const Result<QByteArray> &target) {
        --m_running;
        if (target) {
            Found link = item;
            link.link = *target;
            add(link);
        } else if (!isLost(target.error())) {
            failed(item.path, target.error());
        }
        readNext();
    });
}

void RemoteScan::followLink(const Directory &directory, const Found &item)
{
    ++m_running;
    m_sftp->stat(joinPath(m_from, item.path),
                 [this, directory, item](const Result<ssh::SftpAttributes> &target) {
                     if (!target && isLost(target.error())) {
                         --m_running;
                         return;
                     }
                     Found found = item;
                     if (target) {
                         found.type = target->type();
                         found.mtime = qint64(target->mtime.value_or(0));
                         found.mode = target->mode.value_or(0644) & 07777;
                     }
                     if (target && found.type == Item::Type::Directory) {
                         enterLink(directory, found);
                         return;
                     }
                     if (target && found.type == Item::Type::File) {
                         const quint64 size = target->size.value_or(0);
                         found.size = size > quint64(largestSize) ? -1 : qint64(size);
                     }
                     --m_running;
                     add(found);
                     readNext();
                 });
}

/// A link to a directory, unless that is on the way to it already.
void RemoteScan::enterLink(const Directory &directory, const Found &item)
{
    m_sftp->realpath(
        joinPath(m_from, item.path), [this, directory, item](const Result<QByteArray> &real) {
            --m_running;
            if (!real) {
                if (!isLost(real.error()))
                    failed(item.path, real.error());
                readNext();
                return;
            }
            const Way *way = directory.way.get();
            while (way && !isAtOrBelow(way->real, *real))
                way = way->above.get();
            const std::size_t before = m_state.items.size();
            if (way)
                refuse(item.path, QStringLiteral("a link to a directory that holds it"),
                       FileOutcome::Result::Skipped);
            else
                add(item);
            if (m_state.items.size() > before)
                m_waiting.push_back(
                    {item.path, std::make_shared<const Way>(Way{*real, directory.way})});
            readNext();
        });
}

void RemoteScan::directoryEnded(const QByteArray &path, const std::optional<Error> &error)
{
    --m_running;
    if (error) {
        if (isLost(*error))
            return;
        failed(path, *error);
    }
    readNext();
}

} // namespace core::transfer
