// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/catalog/CardCatalog.h"
#include "core/catalog/Offer.h"

namespace core::catalog {

/// Where prices can be had; data, so that another catalogue is a row.
struct Feed
{
    enum class Kind { Vast, RunPod, Gpuhunt };
    const char *id; ///< stable: in settings and on the command line
    Kind kind;
    const char *provider; ///< as offers show it
    const char *url;      ///< of gpuhunt the folder of the provider's catalogue
};
/// All that are known. None is asked before the user says so.
[[nodiscard]] const std::vector<Feed> &allFeeds();
[[nodiscard]] const Feed *feedById(const QString &id);

/// What is asked for, for the kinds that take a body.
[[nodiscard]] QByteArray requestBody(Feed::Kind kind);

/// The answers, as offers of today. A malformed answer is refused whole: Parse with what is wrong
/// and where. What a feed says of one card in many places becomes its cheapest offer (vast.ai,
/// gpuhunt), or one of each cloud (RunPod). Names of cards that the name alone does not tell apart
/// are made exact by their memory.
///
/// vast.ai: POST /api/v0/bundles/, {"offers": [{"gpu_name", "num_gpus", "gpu_ram" (MB), "dph_total"
/// (USD an hour), "cpu_cores_effective", "cpu_ram" (MB), "disk_space", "geolocation"}]}.
[[nodiscard]] Result<std::vector<Offer>> offersFromVast(QByteArrayView json,
                                                        const CardCatalog &cards, QDate today);
/// RunPod: GraphQL gpuTypes, USD an hour. Errors of GraphQL: RemoteFailed with its words.
[[nodiscard]] Result<std::vector<Offer>> offersFromRunPod(QByteArrayView json,
                                                          const CardCatalog &cards, QDate today);
/// gpuhunt: <provider>.csv of catalog.zip, USD an hour; spot instances are left out.
[[nodiscard]] Result<std::vector<Offer>> offersFromGpuhunt(QByteArrayView csv,
                                                           const QString &provider,
                                                           const CardCatalog &cards, QDate today);
/// "<version>" of a gpuhunt catalogue: one word that is safe in a URL's path.
[[nodiscard]] Result<QByteArray> gpuhuntVersion(QByteArrayView text);
/// The one file of that name out of a ZIP, bounded: Parse for anything else.
[[nodiscard]] Result<QByteArray> fileFromZip(const QByteArray &zip, const QString &name,
                                             qint64 limit);

} // namespace core::catalog
