// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/LocalFiles.h"

#include "core/transfer/FileNames.h"

namespace core::transfer {

Result<> checkLocalFolders(const QByteArray &root, const QByteArray &below)
{
    if (below.isEmpty())
        return {};
    for (qsizetype end = 0; end >= 0; end = below.indexOf('/', end + 1)) {
        const QByteArray folder = end == 0 ? root : joinPath(root, below.first(end));
        const Result<LocalInfo> there = localInfo(folder);
        if (!there)
            return tl::make_unexpected(there.error());
        if (there->type != ssh::RemoteEntry::Type::Directory)
            return fail(ErrorCode::LocalIo, Step::Local,
                        shownName(folder) + QStringLiteral(": it is no folder any more; nothing is "
                                                           "written through a link"));
    }
    return {};
}

Result<bool> saveLocal(const QByteArray &path, const QByteArray &part, QByteArrayView bytes,
                       qint64 mtime, quint32 mode)
{
    static_cast<void>(removeLocal(part)); // whatever it is, it is not written through
    bool isKept = true;
    const auto save = [&]() -> Result<> {
        Result<std::unique_ptr<LocalFile>> file = createLocal(part);
        if (!file)
            return tl::make_unexpected(file.error());
        if (Result<> written = (*file)->writeAt(0, bytes); !written)
            return written;
        file->reset();
        if (Result<> set = setLocalTimes(part, mtime, mode); !set) {
            if (!keepsNoTimes(set.error()))
                return set;
            isKept = false;
        }
        return renameLocal(part, path);
    };
    if (Result<> saved = save(); !saved) {
        static_cast<void>(removeLocal(part));
        return tl::make_unexpected(saved.error());
    }
    return isKept;
}

bool keepsNoTimes(const Error &error)
{
    return error.code == ErrorCode::PermissionDenied || error.code == ErrorCode::Unsupported;
}

} // namespace core::transfer
