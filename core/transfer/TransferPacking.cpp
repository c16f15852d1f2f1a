// SPDX-License-Identifier: GPL-3.0-or-later
// How a tar stream of this copy may be packed.
#include "core/ssh/SessionEngine.h"
#include "core/transfer/TransferWorker.h"

namespace core::transfer {

Packing TransferWorker::possiblePacking() const
{
    if (m_tools.zstd && packedSize("x", Packing::Zstd) > 0)
        return Packing::Zstd;
    // On a quick line the stream would wait for gzip.
    if (m_tools.gzip && isSlowLine() && packedSize("x", Packing::Gzip) > 0)
        return Packing::Gzip;
    return Packing::None;
}

bool TransferWorker::isSlowLine() const
{
    return m_engine->roundTripMs().value_or(0) >= slowLineMs;
}

PackingTrial TransferWorker::packingTrial(const std::vector<int> &files) const
{
    PackingTrial trial;
    trial.isSlowLine = isSlowLine();
    trial.files = qint64(files.size());
    for (const int number : files)
        trial.bytes += m_state->items[std::size_t(number)].size;
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
