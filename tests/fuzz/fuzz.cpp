// SPDX-License-Identifier: GPL-3.0-or-later
// One parser on any bytes: no crash, no hang, nothing undefined. The environment's
// DANLU_FUZZ_TARGET says which; DANLU_FUZZ_TARGET=list prints their names.
#include "core/base/Clock.h"
#include "core/catalog/CudaSupport.h"
#include "core/catalog/Feeds.h"
#include "core/catalog/OfferCsv.h"
#include "core/env/Packages.h"
#include "core/env/Report.h"
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

#include <cstdio>
#include <cstdlib>
#include <string_view>

using namespace core;
using namespace core::probe;

namespace {
void fuzzSmiXml(const QByteArray &text)
{
    (void)parseNvidiaSmiXml(text);
}

void fuzzSmiCsv(const QByteArray &text)
{
    (void)parseNvidiaSmiCsv(text);
}

void fuzzSmiTable(const QByteArray &text)
{
    (void)parseNvidiaSmiTable(text);
}

void fuzzComputeApps(const QByteArray &text)
{
    (void)parseComputeAppsCsv(text);
}

void fuzzDf(const QByteArray &text)
{
    if (const auto disks = parseDf(text))
        (void)mergeInodes(*disks, *disks);
}

void fuzzOsRelease(const QByteArray &text)
{
    (void)parseOsRelease(text);
}

void fuzzMeminfo(const QByteArray &text)
{
    (void)parseMeminfo(text);
}

void fuzzProcStat(const QByteArray &text)
{
    (void)parseProcStat(text);
}

void fuzzNetDev(const QByteArray &text)
{
    (void)parseNetDev(text);
}

void fuzzCgroup(const QByteArray &text)
{
    const QByteArray v1 = text.mid(text.size() / 2);
    (void)parseCgroup(
        {{"cpu.max", text}, {"memory.stat", text}, {"cpuset.cpus", v1}, {"memory.current", v1}});
    (void)parseCgroup(
        {{"cpu.cfs_quota_us", text}, {"cpu.cfs_period_us", v1}, {"memory.stat", text}})
        .workingSetBytes();
}

void fuzzScreen(const QByteArray &text)
{
    (void)parseScreenList(text);
}

void fuzzTmux(const QByteArray &text)
{
    (void)parseTmuxList(text);
}

void fuzzEnvironment(const QByteArray &text)
{
    if (const auto report = env::parseReport(text)) {
        for (const env::Environment &one : report->environments)
            (void)report->find(one.handle());
    }
    (void)env::parsePackages(text);
}

void fuzzConda(const QByteArray &text)
{
    (void)parseCondaEnvs(text);
}

void fuzzBanner(const QByteArray &text)
{
    (void)parseAutodlBanner(text);
}

void fuzzLogin(const QByteArray &text)
{
    (void)parseLoginCommand(QString::fromUtf8(text));
}

void fuzzJupyter(const QByteArray &text)
{
    (void)parseJupyterServers(text);
    (void)parsePortForward(PortForward::Kind::Local, QString::fromUtf8(text));
}

void fuzzSocks(const QByteArray &text)
{
    forward::SocksHandshake socks;
    (void)socks.feed(text.left(text.size() / 3));
    (void)socks.feed(text.mid(text.size() / 3));
    (void)socks.answer(forward::SocksHandshake::Outcome::Refused);
}

void fuzzPublicKey(const QByteArray &text)
{
    for (const auto &key : keys::parseAuthorizedKeys(text))
        (void)key.bits();
    (void)keys::parsePublicKey(text);
    (void)keys::publicKeyFromBlob(text);
}

void fuzzPrivateKey(const QByteArray &text)
{
    if (const auto file = keys::inspectKey(SecretBytes(text))) {
        // Cancelled before the first round: what a passphrase costs is not what is looked at.
        const auto cancelled = std::make_shared<std::atomic_bool>(true);
        (void)keys::unlockKey(*file, SecretBytes("x"), cancelled);
        if (const auto key = keys::unlockKey(*file, {}))
            (void)keys::toOpenSsh(*key, {});
    }
}

void fuzzCatalogCsv(const QByteArray &text)
{
    if (const auto offers = catalog::offersFromCsv(text)) {
        // What was read is written so that it reads the same.
        const auto again = catalog::offersFromCsv(catalog::offersToCsv(*offers));
        if (!again || *again != *offers)
            __builtin_trap();
    }
    if (const auto offers = catalog::offersFromSpreadsheet(text)) {
        const auto again = catalog::offersFromSpreadsheet(catalog::offersToSpreadsheet(*offers));
        if (!again || *again != *offers)
            __builtin_trap();
    }
    (void)catalog::CardCatalog::fromCsv(text);
    (void)catalog::TorchBuilds::fromCsv(text);
}

void fuzzCardName(const QByteArray &text)
{
    static const auto cards = catalog::CardCatalog::shipped();
    const QString name = QString::fromUtf8(text);
    (void)cards->match(name).possibleMemoryGb();
    (void)cards->match(name, qint64(text.size()) * 1000).best();
    (void)catalog::TorchVersion::parse(name);
}

void fuzzFeed(const QByteArray &text)
{
    static const auto cards = catalog::CardCatalog::shipped();
    const QDate today(2026, 11, 26);
    (void)catalog::offersFromVast(text, *cards, today);
    (void)catalog::offersFromRunPod(text, *cards, today);
    (void)catalog::offersFromGpuhunt(text, QStringLiteral("P"), *cards, today);
    (void)catalog::fileFromZip(text, QStringLiteral("aws.csv"), 100'000);
}

void fuzzJsonc(const QByteArray &text)
{
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
}

void fuzzProcesses(const QByteArray &text)
{
    if (const auto table = parseProcessTable(text)) {
        for (const TableProcess &process : table->processes) {
            (void)cpuPercent(*table, *table, process);
            (void)ageSeconds(*table, process);
            (void)descendants(*table, process.pid);
        }
        (void)attributeGpus(*table, {});
    }
}

void fuzzSampler(const QByteArray &text)
{
    const SystemClock clock;
    metrics::SampleAssembler assembler(clock);
    (void)assembler.feed(QByteArrayView(text).first(text.size() / 3));
    (void)assembler.feed(QByteArrayView(text).sliced(text.size() / 3));
}

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

struct Target
{
    std::string_view name;
    void (*run)(const QByteArray &text);
};

constexpr Target targets[] = {
    {"smi_xml", fuzzSmiXml},
    {"smi_csv", fuzzSmiCsv},
    {"smi_table", fuzzSmiTable},
    {"compute_apps", fuzzComputeApps},
    {"df", fuzzDf},
    {"os_release", fuzzOsRelease},
    {"meminfo", fuzzMeminfo},
    {"proc_stat", fuzzProcStat},
    {"net_dev", fuzzNetDev},
    {"cgroup", fuzzCgroup},
    {"screen", fuzzScreen},
    {"tmux", fuzzTmux},
    {"conda", fuzzConda},
    {"environment", fuzzEnvironment},
    {"banner", fuzzBanner},
    {"login", fuzzLogin},
    {"jupyter", fuzzJupyter},
    {"socks", fuzzSocks},
    {"public_key", fuzzPublicKey},
    {"private_key", fuzzPrivateKey},
    {"catalog_csv", fuzzCatalogCsv},
    {"card_name", fuzzCardName},
    {"feed", fuzzFeed},
    {"jsonc", fuzzJsonc},
    {"processes", fuzzProcesses},
    {"terminal", fuzzTerminal},
    {"sampler", fuzzSampler},
};

const Target *chosen = nullptr;

} // namespace

extern "C" int LLVMFuzzerInitialize(int * /*argc*/, char *** /*argv*/)
{
    const char *value = std::getenv("DANLU_FUZZ_TARGET");
    const std::string_view wanted = value ? value : "list";
    for (const Target &target : targets) {
        if (target.name == wanted)
            chosen = &target;
        if (wanted == "list")
            std::puts(target.name.data()); // a literal: it ends in 0
    }
    if (!chosen) {
        std::fflush(stdout); // leaving as a program does would be a finding of the fuzzer's
        std::_Exit(wanted == "list" ? 0 : 2);
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    chosen->run(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}
