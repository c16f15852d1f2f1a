// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/LocalScan.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"

#include <QElapsedTimer>

#include <algorithm>

namespace core::transfer {

namespace {

constexpr qint64 sliceMs = 8;

Error leftOut(const QString &why)
{
    return {ErrorCode::Unsupported, Step::Transfer, why};
}

} // namespace

LocalScan::LocalScan(TransferState &state,
                     std::function<void(const QByteArray &, const Error &)> skipped,
                     QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_skipped(std::move(skipped))
{
}

void LocalScan::start()
{
    for (std::size_t i = 0; i < m_state.sources.size(); ++i)
        add(int(i), {});
    slice();
}

void LocalScan::slice()
{
    QElapsedTimer clock;
    clock.start();
    while (!m_directories.empty() && clock.elapsed() < sliceMs) {
        // Depth first: the queue stays short.
        const Directory next = std::move(m_directories.back());
        m_directories.pop_back();
        readDirectory(next.source, next.path);
    }
    if (m_directories.empty())
        Q_EMIT finished();
    else
        QMetaObject::invokeMethod(this, &LocalScan::slice, Qt::QueuedConnection);
}

void LocalScan::readDirectory(int source, const QByteArray &path)
{
    const QByteArray full = joinPath(m_state.sources[std::size_t(source)].from, path);
    Result<std::vector<QByteArray>> names = localNames(full);
    if (!names) {
        m_skipped(full, names.error());
        return;
    }
    std::sort(names->begin(), names->end());
    for (const QByteArray &name : *names)
        add(source, joinPath(path, name));
}

void LocalScan::add(int source, const QByteArray &path)
{
    Source &root = m_state.sources[std::size_t(source)];
    const QByteArray full = joinPath(root.from, path);
    const bool isRoot = path.isEmpty();
    if (!isRoot && isExcluded(m_state.request.excludes, path))
        return;
    // What the user named is what its link leads to.
    bool follow = isRoot || m_state.request.links == Links::Follow;
    Result<LocalInfo> info = localInfo(full, follow);
    if (!info && follow && !isRoot)
        info = localInfo(full, false);
    if (!info) {
        m_skipped(full, info.error());
        return;
    }
    Item item;
    item.source = source;
    item.path = path;
    item.type = info->type;
    item.size = info->type == Item::Type::File ? info->size : 0;
    item.mtime = info->mtime;
    item.mtimeNs = info->mtimeNs;
    item.mode = info->mode;
    switch (info->type) {
    case Item::Type::Directory: {
        if (follow && !isRoot) {
            // A link to one of its own parents would never end.
            const Result<QByteArray> real = canonicalLocal(full);
            const Result<QByteArray> parent = canonicalLocal(parentPath(full));
            if (real && parent && (*parent + '/').startsWith(*real + '/')) {
                m_skipped(full, leftOut(QStringLiteral("a link to a directory that holds it")));
                return;
            }
        }
        if (isRoot)
            root.isDirectory = true;
        m_directories.push_back({source, path});
        break;
    }
    case Item::Type::Link: {
        if (m_state.request.links == Links::Skip) {
            m_skipped(full, leftOut(QStringLiteral("a symbolic link")));
            return;
        }
        const Result<QByteArray> target = readLocalLink(full);
        if (!target || !staysInside(path, *target)) {
            m_skipped(full, target
                                ? leftOut(QStringLiteral("a link that points out of the tree: ") +
                                          QString::fromUtf8(*target))
                                : target.error());
            return;
        }
        item.link = *target;
        break;
    }
    case Item::Type::File:
        m_state.totalBytes += item.size;
        ++m_state.totalFiles;
        break;
    case Item::Type::Other:
        m_skipped(full, leftOut(QStringLiteral("neither a file nor a directory")));
        return;
    }
    m_state.items.push_back(std::move(item));
}

} // namespace core::transfer
