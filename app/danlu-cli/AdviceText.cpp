// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/AdviceText.h"

#include "core/base/Redact.h"
#include "core/base/ShellQuote.h"

#include <QLocale>

using namespace core;
using namespace core::advice;

namespace cli {

namespace {

QString number(double value, int decimals = 0)
{
    return QLocale::c().toString(value, 'f', decimals);
}

QString percent(double value)
{
    return number(value) + QStringLiteral(" %");
}

QString size(double bytes)
{
    return QLocale::c().formattedDataSize(qint64(bytes), 1);
}

QString mebibytes(double mib)
{
    return size(mib * 1024 * 1024);
}

/// "GPU 1", "GPUs 0, 1 and 3".
QString gpuNames(const std::vector<int> &gpus)
{
    QStringList names;
    for (const int gpu : gpus)
        names.append(QString::number(gpu));
    if (names.size() < 2)
        return QStringLiteral("GPU ") + names.join(QString());
    const QString last = names.takeLast();
    return QStringLiteral("GPUs %1 and %2").arg(names.join(QStringLiteral(", ")), last);
}

QString duration(TimeMs length)
{
    const qint64 seconds = length / 1000;
    if (seconds < 120)
        return QStringLiteral("%1 seconds").arg(seconds);
    if (seconds < 7200)
        return QStringLiteral("%1 minutes").arg(seconds / 60);
    return QStringLiteral("%1 hours").arg(seconds / 3600);
}

/// Enough to know it by; a command line may hold anything.
QString shortCommand(const QString &command)
{
    return redacted(command.section(u' ', 0, 2)).left(80);
}

/// A name that the server gave, as a word of a command to copy.
QString quoted(const QString &path)
{
    return QString::fromUtf8(shellQuote(path.toUtf8()));
}

QString hasHave(const std::vector<int> &gpus)
{
    return gpus.size() == 1 ? QStringLiteral("has") : QStringLiteral("have");
}

QString moreWorkers(const LoadingFacts &facts)
{
    if (!facts.workers)
        return QStringLiteral("A bigger share would help: this one has too few cores for more "
                              "workers.");
    return QStringLiteral("Raise num_workers of the DataLoader to about %1 (the share has %2 "
                          "cores) and try a few values around it; pin_memory=True helps too.")
        .arg(*facts.workers)
        .arg(number(facts.cpuLimitCores.value_or(0), 1));
}

QString cpuUse(const LoadingFacts &facts)
{
    if (!facts.cpuUsedCores)
        return {};
    if (!facts.cpuLimitCores)
        return QStringLiteral(" The CPU uses %1 cores.").arg(number(*facts.cpuUsedCores, 1));
    return QStringLiteral(" The CPU uses %1 of the share's %2 cores.")
        .arg(number(*facts.cpuUsedCores, 1), number(*facts.cpuLimitCores, 1));
}

AdviceWords unusedWords(const Finding &finding, const GpuUnusedFacts &facts)
{
    AdviceWords words;
    words.title = QStringLiteral("%1 %2 been at 0 % for %3")
                      .arg(gpuNames(finding.gpus), hasHave(finding.gpus),
                           duration(finding.seen - finding.since));
    const QString who = facts.process ? shortCommand(*facts.process) : QStringLiteral("a process");
    if (facts.othersWork) {
        words.reason =
            QStringLiteral("%1 works on another GPU and nothing is on %2, which costs as much.")
                .arg(who, gpuNames(finding.gpus));
        words.action = QStringLiteral("Start it on all of them (torchrun --nproc_per_node=gpu), "
                                      "start a second run there (CUDA_VISIBLE_DEVICES=%1), or rent "
                                      "fewer next time.")
                           .arg(finding.gpus.front());
        return words;
    }
    words.reason =
        facts.holdsMemory
            ? QStringLiteral("%1 holds %2 of GPU memory and computes nothing there: the code is "
                             "probably not using the GPU, or it is stuck.")
                  .arg(who, mebibytes(double(facts.heldMib.value_or(0))))
            : QStringLiteral("%1 keeps %2 cores busy and nothing is on the GPU: the code is "
                             "probably not using it.")
                  .arg(who, number(facts.cpuCores.value_or(0), 1));
    words.action = QStringLiteral(
        "Check in the same environment:\n"
        "  python -c \"import torch; print(torch.__version__, torch.cuda.is_available())\"\n"
        "and in the code, after the model was made:\n"
        "  print(next(model.parameters()).device)\n"
        "  print(batch.device)  # all three must say cuda");
    return words;
}

AdviceWords loadingWords(const Finding &finding, const LoadingFacts &facts)
{
    switch (finding.kind) {
    case FindingKind::CpuBound:
        return {QStringLiteral("The CPU is at the limit of the share: %1 % of %2 %")
                    .arg(number(100 * facts.cpuUsedCores.value_or(0)),
                         number(100 * facts.cpuLimitCores.value_or(0))),
                QStringLiteral("%1: at %2 on average, waiting for the CPU.")
                    .arg(gpuNames(finding.gpus), percent(facts.gpuMeanPercent)),
                QStringLiteral("Take an instance with more cores for each GPU or more GPUs' share, "
                               "or make the preprocessing cheaper: do it once beforehand, use "
                               "smaller images, do augmentations on the GPU.")};
    case FindingKind::GpuStarved:
        return {QStringLiteral("%1: at %2 on average while most cores have nothing to do")
                    .arg(gpuNames(finding.gpus), percent(facts.gpuMeanPercent)),
                QStringLiteral("The GPU waits for its next batch.") + cpuUse(facts),
                moreWorkers(facts)};
    default:
        return {QStringLiteral("%1: the load swings and never gets above %2")
                    .arg(gpuNames(finding.gpus), percent(facts.gpuPeakPercent)),
                QStringLiteral("Loading the data is too slow: between batches the GPU waits.") +
                    cpuUse(facts),
                moreWorkers(facts)};
    }
}

AdviceWords fillWords(const Finding &finding, const FillFacts &facts)
{
    if (finding.kind == FindingKind::GpuMemoryFull)
        return {QStringLiteral("The memory of %1 is full: %2 of %3")
                    .arg(gpuNames(finding.gpus), mebibytes(facts.used), mebibytes(facts.limit)),
                QStringLiteral("A slightly larger batch or input ends with \"CUDA out of "
                               "memory\"."),
                QStringLiteral("Use a smaller batch with gradient accumulation, mixed precision "
                               "or gradient checkpointing. Frameworks that take all memory at the "
                               "start (TensorFlow, vLLM) are no reason to worry.")};
    return {QStringLiteral("The memory of the share is nearly full: %1 of %2")
                .arg(size(facts.used), size(facts.limit)),
            QStringLiteral("At the limit the system kills the largest process, without a message "
                           "of its own."),
            facts.noGpuMode
                ? QStringLiteral("No-GPU mode has little memory: large installs and archives need "
                                 "the instance with its GPU.")
                : QStringLiteral("Use fewer workers, don't keep the data set in memory, or take a "
                                 "bigger share.")};
}

AdviceWords killWords(const OutOfMemoryFacts &facts)
{
    return {QStringLiteral("The memory ran out and the system killed %1")
                .arg(facts.kills == 1 ? QStringLiteral("a process")
                                      : QStringLiteral("%1 processes").arg(facts.kills)),
            facts.limitBytes
                ? QStringLiteral("The share has %1.").arg(size(double(*facts.limitBytes)))
                : QStringLiteral("The share's memory was used up."),
            facts.noGpuMode
                ? QStringLiteral("No-GPU mode has little memory: large installs and archives need "
                                 "the instance with its GPU.")
                : QStringLiteral("See whether the training still runs. Use a smaller batch, fewer "
                                 "workers, or a bigger share.")};
}

AdviceWords diskWords(const Finding &finding, const DiskFacts &facts)
{
    if (finding.kind == FindingKind::InodesFull)
        return {QStringLiteral("%1 is nearly out of inodes: %2 of %3 files")
                    .arg(facts.mount, QString::number(facts.used), QString::number(facts.total)),
                QStringLiteral("Then nothing can be created there, however much space is free."),
                QStringLiteral("Pack many small files into archives, or remove what is not "
                               "needed: du -x --inodes %1 | sort -n | tail")
                    .arg(quoted(facts.mount))};
    return {QStringLiteral("%1 is %2 full: %3 of %4")
                .arg(facts.mount, percent(facts.percent), size(double(facts.used)),
                     size(double(facts.total))),
            QStringLiteral("When it is full, checkpoints and logs can't be written and the "
                           "training ends."),
            facts.role == probe::DiskRole::System
                ? QStringLiteral("Move data to the data disk; most often it is conda's packages "
                                 "(conda clean -a), ~/.cache/huggingface, ~/.cache/pip and "
                                 "~/.local/share/Trash. To see: du -xh -d 2 / | sort -h | tail")
                : QStringLiteral("Remove old checkpoints and data. To see: du -xh -d 2 %1 | sort "
                                 "-h | tail")
                      .arg(quoted(facts.mount))};
}

AdviceWords slowDiskWords(const SlowDiskFacts &facts)
{
    return {QStringLiteral("The data is read from %1, a slow disk, and the GPU is at %2")
                .arg(facts.mount, percent(facts.gpuMeanPercent)),
            QStringLiteral("For one: %1").arg(redacted(facts.file).left(200)),
            facts.fasterMount
                ? QStringLiteral("Copy the data to %1 before the training.").arg(*facts.fasterMount)
                : QStringLiteral("Copy the data to a local disk before the "
                                 "training.")};
}

AdviceWords throttleWords(const Finding &finding, const ThrottleFacts &facts)
{
    QString clock;
    if (facts.clockMhz && facts.clockMaxMhz)
        clock = QStringLiteral(" It runs at %1 of %2 MHz.")
                    .arg(number(*facts.clockMhz), number(*facts.clockMaxMhz));
    const QString move = QStringLiteral("Nothing in the code helps. Tell the provider, or move to "
                                        "another host.");
    if (finding.kind == FindingKind::HeatThrottled)
        return {
            QStringLiteral("%1: slowed down by heat%2")
                .arg(gpuNames(finding.gpus),
                     facts.tempC ? QStringLiteral(" (%1 C)").arg(number(*facts.tempC)) : QString()),
            QStringLiteral("The card protects itself by lower clocks.") + clock, move};
    if (facts.powerBrake)
        return {QStringLiteral("%1: slowed down, the server's power supply asks for less")
                    .arg(gpuNames(finding.gpus)),
                QStringLiteral("The hardware lowers the clocks.") + clock, move};
    const bool lowered = facts.powerLimitW && facts.powerLimitDefaultW &&
                         *facts.powerLimitW < *facts.powerLimitDefaultW;
    return {QStringLiteral("%1: held back by the power limit%2")
                .arg(gpuNames(finding.gpus),
                     facts.powerLimitW ? QStringLiteral(" of %1 W").arg(number(*facts.powerLimitW))
                                       : QString()),
            (lowered ? QStringLiteral("Such a card has %1 W when it is new.")
                           .arg(number(*facts.powerLimitDefaultW))
                     : QStringLiteral("The limit is the card's own.")) +
                clock,
            lowered ? move
                    : QStringLiteral("A card with a higher power limit would be faster for this "
                                     "work.")};
}

AdviceWords cardWords(const CheaperCardFacts &facts)
{
    return {
        QStringLiteral("%1 would do for %2 %3/h instead of %4")
            .arg(facts.card, decimalText(facts.perHour), currencyCode(facts.perHour.currency),
                 decimalText(facts.currentPerHour)),
        QStringLiteral("At most %1 of memory and %2 of the %3 were used. The price was seen %4.")
            .arg(mebibytes(facts.peakMemoryMib), percent(facts.peakLoadPercent), facts.currentCard,
                 facts.priceSeen.isEmpty() ? QStringLiteral("nobody knows when") : facts.priceSeen),
        QStringLiteral("Next time rent the cheaper one, or use what is paid for: a larger "
                       "batch, a second run beside this one.")};
}

AdviceWords idleWords(const Finding &finding, const IdleFacts &facts)
{
    AdviceWords words;
    words.title = QStringLiteral("Nothing has been going on for %1")
                      .arg(duration(std::max<TimeMs>(finding.seen - finding.since,
                                                     TimeMs(facts.minutes) * 60'000)));
    words.reason = facts.heldMib
                       ? QStringLiteral("A process still holds %1 of GPU memory, but neither GPU, "
                                        "CPU nor network is used.")
                             .arg(mebibytes(double(*facts.heldMib)))
                       : QStringLiteral("Neither GPU, CPU nor network is used, and it is paid "
                                        "for.");
    words.action = QStringLiteral("Stop the instance if you don't need it now; what is on its "
                                  "disks stays.");
    return words;
}

} // namespace

AdviceWords wordsFor(const Finding &finding)
{
    struct Visitor
    {
        const Finding &finding;

        AdviceWords operator()(const GpuUnusedFacts &f) const { return unusedWords(finding, f); }
        AdviceWords operator()(const LoadingFacts &f) const { return loadingWords(finding, f); }
        AdviceWords operator()(const FillFacts &f) const { return fillWords(finding, f); }
        AdviceWords operator()(const OutOfMemoryFacts &f) const { return killWords(f); }
        AdviceWords operator()(const DiskFacts &f) const { return diskWords(finding, f); }
        AdviceWords operator()(const SlowDiskFacts &f) const { return slowDiskWords(f); }
        AdviceWords operator()(const ThrottleFacts &f) const { return throttleWords(finding, f); }
        AdviceWords operator()(const CheaperCardFacts &f) const { return cardWords(f); }
        AdviceWords operator()(const IdleFacts &f) const { return idleWords(finding, f); }
    };
    return std::visit(Visitor{finding}, finding.facts);
}

} // namespace cli
