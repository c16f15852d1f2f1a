// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/LocalScan.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"

#include <QElapsedTimer>

#include <algorithm>

namespace core::transfer {

namespace {

constexpr qint64 scanSliceMs = 8;
constexpr std::size_t largestLot = 4096; ///< in order; a larger directory in several lots

Error leftOut(const QString &why)
{
    return {ErrorCode::Unsupported, Step::Transfer, why};
}

} // namespace

LocalScan::LocalScan(TransferState &state,
                     std::function<void(const QByteArray &, const Error &)> skipped,
                     std::function<bool()> isOver, QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_skipped(std::move(skipped))
    , m_isOver(std::move(isOver))
{
}

LocalScan::~LocalScan() = default;

void LocalScan::start()
{
    for (std::size_t i = 0; i < m_state.sources.size(); ++i)
        add({int(i), {}, nullptr}, {});
    slice();
}

void LocalScan::slice()
{
    QElapsedTimer clock;
    clock.start();
    const auto isDone = [this] { return m_names.empty() && !m_open && m_directories.empty(); };
    while (!isDone() && clock.elapsed() < scanSliceMs) {
        if (m_isOver())
            return;
        step();
    }
    if (isDone())
        Q_EMIT finished();
    else
        QMetaObject::invokeMethod(this, &LocalScan::slice, Qt::QueuedConnection);
}

/// One name, or a lot of names.
void LocalScan::step()
{
    if (!m_names.empty()) {
        const QByteArray name = std::move(m_names.back());
        m_names.pop_back();
        add(m_current, name);
        return;
    }
    const auto full = [this] {
        return joinPath(m_state.sources[std::size_t(m_current.source)].from, m_current.path);
    };
    if (!m_open) {
        // Depth first: the queue stays short.
        m_current = std::move(m_directories.back());
        m_directories.pop_back();
        Result<std::unique_ptr<LocalNames>> open = openLocalNames(full());
        if (!open) {
            m_skipped(full(), open.error());
            return;
        }
        m_open = std::move(*open);
    }
    while (m_names.size() < largestLot) {
        Result<QByteArray> name = m_open->next();
        if (!name)
            m_skipped(full(), name.error());
        if (!name || name->isEmpty()) {
            m_open.reset();
            break;
        }
        m_names.push_back(std::move(*name));
    }
    std::sort(m_names.begin(), m_names.end(), std::greater<>());
}

void LocalScan::add(const Directory &directory, const QByteArray &name)
{
    const Source &root = m_state.sources[std::size_t(directory.source)];
    const QByteArray path = joinPath(directory.path, name);
    const QByteArray full = joinPath(root.from, path);
    const bool isRoot = path.isEmpty();
    if (!isRoot && isExcluded(m_state.request.excludes, path))
        return;
    Result<LocalInfo> info = localInfo(full);
    // What the user named is what its link leads to.
    const bool isLink = info && info->type == Item::Type::Link;
    const bool follow = isLink && (isRoot || m_state.request.links == Links::Follow);
    if (follow)
        info = localInfo(full, true);
    if (!info && follow && !isRoot) {
        m_skipped(full, leftOut(QStringLiteral("a link that leads to no file")));
        return;
    }
    if (!info) {
        m_skipped(full, info.error());
        return;
    }
    Item item;
    QByteArrayList others;
    switch (info->type) {
    case Item::Type::Directory:
        if (!addDirectory(directory, path, follow))
            return;
        break;
    case Item::Type::Link: {
        const std::optional<QByteArray> target = readLink(directory.source, path);
        if (!target)
            return;
        others.append(*target);
        item.hasLink = true;
        break;
    }
    case Item::Type::File:
        item.size = info->size;
        m_state.totalBytes += info->size;
        ++m_state.totalFiles;
        break;
    case Item::Type::Other: // never opened: a pipe would wait for its other end
        m_skipped(full, leftOut(QStringLiteral("neither a file nor a directory")));
        return;
    }
    item.source = directory.source;
    item.path = m_state.names.keep(path, others);
    item.type = info->type;
    item.mtime = info->mtime;
    item.mtimeNs = qint32(info->mtimeNs);
    item.mode = info->mode;
    m_state.items.push_back(item);
}

/// \returns whether it is read.
bool LocalScan::addDirectory(const Directory &directory, const QByteArray &path, bool isLink)
{
    Source &root = m_state.sources[std::size_t(directory.source)];
    const QByteArray full = joinPath(root.from, path);
    std::shared_ptr<const Way> way;
    if (m_state.request.links == Links::Follow) {
        Result<QByteArray> real = directory.way && !isLink
                                      ? joinPath(directory.way->real, lastName(path))
                                      : canonicalLocal(full);
        if (!real) {
            m_skipped(full, real.error());
            return false;
        }
        for (const Way *one = directory.way.get(); one && isLink; one = one->above.get()) {
            if (isAtOrBelow(one->real, *real)) {
                m_skipped(full, leftOut(QStringLiteral("a link to a directory that holds it")));
                return false;
            }
        }
        way = std::make_shared<const Way>(Way{std::move(*real), directory.way});
    }
    if (path.isEmpty())
        root.isDirectory = true;
    m_directories.push_back({directory.source, path, std::move(way)});
    return true;
}

/// Where it points, when it is copied.
std::optional<QByteArray> LocalScan::readLink(int source, const QByteArray &path)
{
    const QByteArray full = joinPath(m_state.sources[std::size_t(source)].from, path);
    if (m_state.request.links == Links::Skip) {
        m_skipped(full, leftOut(QStringLiteral("a symbolic link")));
        return std::nullopt;
    }
    const Result<QByteArray> target = readLocalLink(full);
    if (!target) {
        m_skipped(full, target.error());
        return std::nullopt;
    }
    if (!staysInside(path, *target)) {
        m_skipped(full, leftOut(QStringLiteral("a link that points out of the tree: ") +
                                QString::fromUtf8(*target)));
        return std::nullopt;
    }
    return *target;
}

} // namespace core::transfer
