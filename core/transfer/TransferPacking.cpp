// SPDX-License-Identifier: GPL-3.0-or-later
// How a tar stream of this copy may be packed.
#include "core/ssh/SessionEngine.h"
#include "core/transfer/TransferWorker.h"

#include <algorithm>

namespace core::transfer {

Packing TransferWorker::possiblePacking() const
{
    if (m_tools.zstd && packedSize("x", Packing::Zstd) > 0)
        return Packing::Zstd;
    // On a quick line the stream would wait for gzip.
    if (m_tools.gzip && isSlowLine(m_engine->roundTripMs()) && packedSize("x", Packing::Gzip) > 0)
        return Packing::Gzip;
    return Packing::None;
}

PackingTrial TransferWorker::packingTrial(std::vector<int> &samples) const
{
    PackingTrial trial;
    trial.isSlowLine = isSlowLine(m_engine->roundTripMs());
    std::vector<int> files;
    for (std::size_t i = 0; i < m_state->items.size(); ++i) {
        const Item &one = m_state->items[i];
        if (one.type != Item::Type::File || one.state != Item::State::Pending ||
            (one.size >= largeFile && !usesOnlyTar()))
            continue;
        files.push_back(int(i));
        trial.bytes += one.size;
    }
    trial.files = qint64(files.size());
    const std::size_t every = std::max<std::size_t>(1, files.size() / mostSamples);
    for (std::size_t i = 0; i < files.size() && i / every < mostSamples; i += every)
        samples.push_back(files[i]);
    return trial;
}

QByteArray TransferWorker::tarProtocol(Packing packing)
{
    switch (packing) {
    case Packing::None: break;
    case Packing::Gzip: return "tar+gzip";
    case Packing::Zstd: return "tar+zstd";
    }
    return "tar";
}

} // namespace core::transfer
