// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TransferTypes.h"

#include <QSet>

namespace core::transfer {

TransferRequest replacingOnly(TransferRequest request, const std::vector<FileOutcome> &outcomes,
                              const QByteArrayList &paths)
{
    const QSet<QByteArray> chosen(paths.begin(), paths.end());
    for (const FileOutcome &outcome : outcomes) {
        if (!outcome.isTaken || chosen.contains(outcome.path))
            continue;
        // What was named itself is no longer; what lies below it is left out.
        if (std::erase(request.sources, outcome.path) > 0)
            continue;
        for (const QByteArray &source : request.sources) {
            const QByteArray root = source.endsWith('/') ? source : source + '/';
            if (!outcome.path.startsWith(root))
                continue;
            QByteArray glob = '/' + outcome.path.mid(root.size());
            glob.replace('*', '?'); // as near as a glob comes to such a name
            request.excludes.append(glob);
        }
    }
    request.overwrite = Overwrite::Always;
    return request;
}

} // namespace core::transfer
