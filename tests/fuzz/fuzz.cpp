// SPDX-License-Identifier: GPL-3.0-or-later
// One parser on any bytes: no crash, no hang, nothing undefined. FUZZ_... says which.
#include "core/base/Clock.h"
#include "core/catalog/CudaSupport.h"
#include "core/catalog/Feeds.h"
#include "core/catalog/OfferCsv.h"
#include "core/keys/AuthorizedKeys.h"
#include "core/keys/KeyFile.h"
#include "core/metrics/Sampler.h"
#include "core/probe/LoginCommand.h"
#include "core/probe/NvidiaSmi.h"
#include "core/probe/SystemInfo.h"

#include <QByteArray>

using namespace core;
using namespace core::probe;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
#if defined(FUZZ_SMI_XML)
    (void)parseNvidiaSmiXml(text);
#elif defined(FUZZ_SMI_CSV)
    (void)parseNvidiaSmiCsv(text);
#elif defined(FUZZ_SMI_TABLE)
    (void)parseNvidiaSmiTable(text);
#elif defined(FUZZ_COMPUTE_APPS)
    (void)parseComputeAppsCsv(text);
#elif defined(FUZZ_DF)
    if (const auto disks = parseDf(text))
        (void)mergeInodes(*disks, *disks);
#elif defined(FUZZ_OS_RELEASE)
    (void)parseOsRelease(text);
#elif defined(FUZZ_MEMINFO)
    (void)parseMeminfo(text);
#elif defined(FUZZ_PROC_STAT)
    (void)parseProcStat(text);
#elif defined(FUZZ_NET_DEV)
    (void)parseNetDev(text);
#elif defined(FUZZ_CGROUP)
    const QByteArray v1 = text.mid(text.size() / 2);
    (void)parseCgroup(
        {{"cpu.max", text}, {"memory.stat", text}, {"cpuset.cpus", v1}, {"memory.current", v1}});
    (void)parseCgroup(
        {{"cpu.cfs_quota_us", text}, {"cpu.cfs_period_us", v1}, {"memory.stat", text}})
        .workingSetBytes();
#elif defined(FUZZ_SCREEN)
    (void)parseScreenList(text);
#elif defined(FUZZ_TMUX)
    (void)parseTmuxList(text);
#elif defined(FUZZ_CONDA)
    (void)parseCondaEnvs(text);
#elif defined(FUZZ_BANNER)
    (void)parseAutodlBanner(text);
#elif defined(FUZZ_LOGIN)
    (void)parseLoginCommand(QString::fromUtf8(text));
#elif defined(FUZZ_PUBLIC_KEY)
    for (const auto &key : keys::parseAuthorizedKeys(text))
        (void)key.bits();
    (void)keys::parsePublicKey(text);
    (void)keys::publicKeyFromBlob(text);
#elif defined(FUZZ_PRIVATE_KEY)
    if (const auto file = keys::inspectKey(SecretBytes(text))) {
        // Cancelled before the first round: what a passphrase costs is not what is looked at.
        const auto cancelled = std::make_shared<std::atomic_bool>(true);
        (void)keys::unlockKey(*file, SecretBytes("x"), cancelled);
        if (const auto key = keys::unlockKey(*file, {}))
            (void)keys::toOpenSsh(*key, {});
    }
#elif defined(FUZZ_CATALOG_CSV)
    if (const auto offers = catalog::offersFromCsv(text)) {
        // What was read is written so that it reads the same.
        const auto again = catalog::offersFromCsv(catalog::offersToCsv(*offers));
        if (!again || *again != *offers)
            __builtin_trap();
    }
    (void)catalog::CardCatalog::fromCsv(text);
    (void)catalog::TorchBuilds::fromCsv(text);
#elif defined(FUZZ_CARD_NAME)
    static const auto cards = catalog::CardCatalog::shipped();
    const QString name = QString::fromUtf8(text);
    (void)cards->match(name).possibleMemoryGb();
    (void)cards->match(name, qint64(size) * 1000).best();
    (void)catalog::TorchVersion::parse(name);
#elif defined(FUZZ_FEED)
    static const auto cards = catalog::CardCatalog::shipped();
    const QDate today(2026, 11, 26);
    (void)catalog::offersFromVast(text, *cards, today);
    (void)catalog::offersFromRunPod(text, *cards, today);
    (void)catalog::offersFromGpuhunt(text, QStringLiteral("P"), *cards, today);
    (void)catalog::fileFromZip(text, QStringLiteral("aws.csv"), 100'000);
#elif defined(FUZZ_SAMPLER)
    const SystemClock clock;
    metrics::SampleAssembler assembler(clock);
    (void)assembler.feed(QByteArrayView(text).first(text.size() / 3));
    (void)assembler.feed(QByteArrayView(text).sliced(text.size() / 3));
#endif
    return 0;
}
