// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/LocalFiles.h"

#include "core/transfer/FileNames.h"

namespace core::transfer {

Result<> saveLocal(const QByteArray &path, QByteArrayView bytes, qint64 mtime, quint32 mode)
{
    const QByteArray part = path + partSuffix;
    static_cast<void>(removeLocal(part)); // whatever it is, it is not written through
    const auto save = [&]() -> Result<> {
        Result<std::unique_ptr<LocalFile>> file = createLocal(part);
        if (!file)
            return tl::make_unexpected(file.error());
        if (Result<> written = (*file)->writeAt(0, bytes); !written)
            return written;
        file->reset();
        if (Result<> set = setLocalTimes(part, mtime, mode); !set)
            return set;
        return renameLocal(part, path);
    };
    Result<> saved = save();
    if (!saved)
        static_cast<void>(removeLocal(part));
    return saved;
}

} // namespace core::transfer
