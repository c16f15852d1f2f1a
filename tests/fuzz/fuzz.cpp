// SPDX-License-Identifier: GPL-3.0-or-later
// One parser on any bytes: no crash, no hang, nothing undefined. FUZZ_... says which.
#include "core/base/Clock.h"
#include "core/catalog/CudaSupport.h"
#include "core/catalog/Feeds.h"
#include "core/catalog/OfferCsv.h"
#include "core/forward/Socks.h"
#include "core/keys/AuthorizedKeys.h"
#include "core/keys/KeyFile.h"
#include "core/metrics/Sampler.h"
#include "core/probe/Jupyter.h"
#include "core/probe/LoginCommand.h"
#include "core/probe/NvidiaSmi.h"
#include "core/probe/ProcessTable.h"
#include "core/probe/SystemInfo.h"
#include "core/terminal/TerminalSurface.h"
#include "core/vscode/Jsonc.h"
#include "core/vscode/WorkspaceText.h"

#include <QByteArray>

using namespace core;
using namespace core::probe;

#if defined(FUZZ_TERMINAL)
namespace {

/// Everything that a view asks for is there, and what cells refer to, too.
void checkSurface(const terminal::TerminalSurface &surface)
{
    const terminal::CursorState cursor = surface.cursor();
    bool isGood = cursor.line >= surface.screenTop() && cursor.line < surface.endLine() &&
                  cursor.column >= 0 && cursor.column < surface.columns();
    for (qint64 number = surface.firstLine(); number < surface.endLine(); ++number) {
        const terminal::Line &line = surface.line(number);
        const auto columns = int(line.cells.size());
        isGood = isGood && (number < surface.screenTop() ? columns <= surface.columns()
                                                         : columns == surface.columns());
        for (int column = 0; column < columns; ++column) {
            const terminal::Cell &cell = line.cells[std::size_t(column)];
            const bool isTail = cell.flags & terminal::CellFlag::WideTail;
            const bool followsWide = column > 0 && (line.cells[std::size_t(column - 1)].flags &
                                                    terminal::CellFlag::Wide) != 0;
            isGood = isGood && isTail == followsWide && cell.link <= line.links.size() &&
                     (!(cell.flags & terminal::CellFlag::Cluster) ||
                      cell.character < line.clusters.size());
        }
        isGood = isGood && !(columns > 0 && line.cells.back().flags & terminal::CellFlag::Wide);
    }
    if (!isGood)
        __builtin_trap();
}

/// A stream in pieces of other sizes, with the window's size, the mouse and the keys in between.
void fuzzTerminal(const QByteArray &text)
{
    terminal::TerminalSurface surface(6, 20, {50, 100'000});
    for (qsizetype at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at++]);
        const qsizetype size = std::min<qsizetype>(byte & 0x3F, text.size() - at);
        surface.feed(QByteArrayView(text).sliced(at, size));
        at += size;
        if (byte >= 0xC0)
            surface.resize(2 + (byte & 7), 2 + (byte >> 3 & 7) * 5);
        else if (byte >= 0x80)
            surface.sendMouseButton(byte & 3, byte >> 2 & 15, 1 + (byte & 3), byte & 1,
                                    Qt::NoModifier);
        (void)surface.takeDamage();
        checkSurface(surface);
    }
    (void)surface.text({{surface.firstLine(), 0}, {surface.endLine(), 0}});
    (void)surface.find(QStringLiteral("a"), Qt::CaseInsensitive);
    for (int column = 0; column < surface.columns(); ++column) {
        (void)surface.linkAt({surface.screenTop(), column});
        (void)surface.wordAt({surface.screenTop(), column});
    }
}

} // namespace
#endif

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
#elif defined(FUZZ_JUPYTER)
    (void)parseJupyterServers(text);
    (void)parsePortForward(PortForward::Kind::Local, QString::fromUtf8(text));
#elif defined(FUZZ_SOCKS)
    forward::SocksHandshake socks;
    (void)socks.feed(text.left(text.size() / 3));
    (void)socks.feed(text.mid(text.size() / 3));
    (void)socks.answer(forward::SocksHandshake::Outcome::Refused);
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
#elif defined(FUZZ_JSONC)
    const vscode::Interpreter python{QStringLiteral("x"), QStringLiteral("/p/bin/python"),
                                     QStringLiteral("/p")};
    if (const auto merged = vscode::mergeLaunch(text, python)) {
        // What is written reads again, and a second time changes nothing.
        const auto again = vscode::mergeLaunch(*merged, python);
        if (!again || *again != *merged)
            __builtin_trap();
    }
    if (const auto merged = vscode::mergeExtensions(text, vscode::recommendedExtensions());
        merged && !vscode::JsoncDocument::parse(*merged))
        __builtin_trap();
#elif defined(FUZZ_PROCESSES)
    if (const auto table = parseProcessTable(text)) {
        for (const TableProcess &process : table->processes) {
            (void)cpuPercent(*table, *table, process);
            (void)ageSeconds(*table, process);
            (void)descendants(*table, process.pid);
        }
        (void)attributeGpus(*table, {});
    }
#elif defined(FUZZ_TERMINAL)
    fuzzTerminal(text);
#elif defined(FUZZ_SAMPLER)
    const SystemClock clock;
    metrics::SampleAssembler assembler(clock);
    (void)assembler.feed(QByteArrayView(text).first(text.size() / 3));
    (void)assembler.feed(QByteArrayView(text).sliced(text.size() / 3));
#endif
    return 0;
}
