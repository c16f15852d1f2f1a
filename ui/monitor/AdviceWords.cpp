// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/AdviceWords.h"

#include "core/base/Redact.h"
#include "core/base/ShellQuote.h"
#include "ui/common/Format.h"
#include "ui/monitor/Facts.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui::monitor {

using namespace core::advice;

namespace {

struct AdviceText
{
    Q_DECLARE_TR_FUNCTIONS(Advice)
};

QString mebibytes(double mib)
{
    return format::bytes(mib * 1024 * 1024);
}

QString cores(double value)
{
    return format::number(value, 1);
}

/// "GPU 1", "GPU 0, 1, 3".
QString gpuNames(const std::vector<int> &gpus)
{
    QStringList names;
    for (const int gpu : gpus)
        names.append(QString::number(gpu));
    //: %1 is one number, or several: "0, 1, 3"
    return AdviceText::tr("GPU %1").arg(names.join(QStringLiteral(", ")));
}

QString lengthOf(const Finding &finding)
{
    return format::duration((finding.seen - finding.since) / 1000);
}

/// Enough to know it by; a command line may hold anything.
QString shortCommand(const QString &command)
{
    return core::redacted(command.section(u' ', 0, 2)).left(80);
}

/// A name that the server gave, as a word of a command to copy.
QString quoted(const QString &path)
{
    return QString::fromUtf8(core::shellQuote(path.toUtf8()));
}

AdviceWords unusedWords(const Finding &finding, const GpuUnusedFacts &facts)
{
    AdviceWords words;
    //: %1 is "GPU 0", %2 a duration
    words.title = AdviceText::tr("%1 at 0 % for %2: your code is probably not using it")
                      .arg(gpuNames(finding.gpus), lengthOf(finding));
    //: In place of the name of a program
    const QString who = facts.process ? shortCommand(*facts.process) : AdviceText::tr("A process");
    if (facts.othersWork) {
        //: %1 is a program, %2 "GPU 1" or "GPU 1, 2, 3"
        words.reason =
            AdviceText::tr("%1 works on another GPU and nothing is on %2, which costs as much.")
                .arg(who, gpuNames(finding.gpus));
        //: %1 is the number of a GPU
        words.action = AdviceText::tr("Start it on all GPUs, start a second run with "
                                      "CUDA_VISIBLE_DEVICES=%1, or rent fewer next time.")
                           .arg(finding.gpus.front());
        words.commands = QStringLiteral("torchrun --nproc_per_node=gpu train.py");
        return words;
    }
    words.reason =
        facts.holdsMemory
            ? AdviceText::tr(
                  "%1 holds %2 of GPU memory and computes nothing there, or it is stuck.")
                  .arg(who, mebibytes(double(facts.heldMib.value_or(0))))
            : AdviceText::tr("%1 keeps %2 cores busy and nothing is on the GPU.")
                  .arg(who, cores(facts.cpuCores.value_or(0)));
    words.action =
        AdviceText::tr("Check in the same environment. The first must print True, and in your "
                       "code the other two must say cuda:");
    words.commands = QStringLiteral("python -c \"import torch; print(torch.__version__, "
                                    "torch.cuda.is_available())\"\n"
                                    "print(next(model.parameters()).device)\n"
                                    "print(batch.device)");
    return words;
}

QString cpuUse(const LoadingFacts &facts)
{
    if (!facts.cpuUsedCores)
        return {};
    if (!facts.cpuLimitCores)
        return u' ' + AdviceText::tr("The CPU uses %1 cores.").arg(cores(*facts.cpuUsedCores));
    return u' ' + AdviceText::tr("The CPU uses %1 of the share's %2 cores.")
                      .arg(cores(*facts.cpuUsedCores), cores(*facts.cpuLimitCores));
}

QString moreWorkers(const LoadingFacts &facts)
{
    if (!facts.workers)
        return AdviceText::tr(
            "A bigger share would help: this one has too few cores for more workers.");
    return AdviceText::tr(
               "Set num_workers of the DataLoader to about %1, because the share has %2 cores, "
               "and try a few values around it; pin_memory=True helps too.")
        .arg(*facts.workers)
        .arg(cores(facts.cpuLimitCores.value_or(0)));
}

AdviceWords loadingWords(const Finding &finding, const LoadingFacts &facts)
{
    const QString gpus = gpuNames(finding.gpus);
    const QString mean = format::percent(facts.gpuMeanPercent);
    AdviceWords words;
    switch (finding.kind) {
    case FindingKind::CpuBound:
        //: As the consoles count: %1 and %2 are percent of one core
        words.title = AdviceText::tr("The CPU is at the limit of the share: %1 of %2")
                          .arg(format::percent(100 * facts.cpuUsedCores.value_or(0)),
                               format::percent(100 * facts.cpuLimitCores.value_or(0)));
        words.reason =
            AdviceText::tr("%1 is at %2 on average, waiting for the CPU.").arg(gpus, mean);
        words.action = AdviceText::tr(
            "Take an instance with more cores for each GPU, or make the preprocessing "
            "cheaper: do it once beforehand, use smaller images, augment on the GPU.");
        return words;
    case FindingKind::GpuStarved:
        words.title = AdviceText::tr("%1 is at %2 on average while most cores have nothing to do")
                          .arg(gpus, mean);
        words.reason = AdviceText::tr("The GPU waits for its next batch.") + cpuUse(facts);
        words.action = moreWorkers(facts);
        return words;
    default:
        words.title =
            AdviceText::tr("%1 swings and never gets above %2: loading the data is too slow")
                .arg(gpus, format::percent(facts.gpuPeakPercent));
        words.reason = AdviceText::tr("Between batches the GPU waits.") + cpuUse(facts);
        words.action = moreWorkers(facts);
        return words;
    }
}

AdviceWords fillWords(const Finding &finding, const FillFacts &facts)
{
    AdviceWords words;
    if (finding.kind == FindingKind::GpuMemoryFull) {
        words.title = AdviceText::tr("The memory of %1 is nearly full: %2")
                          .arg(gpuNames(finding.gpus), format::bytesOf(facts.used * 1024 * 1024,
                                                                       facts.limit * 1024 * 1024));
        words.reason = AdviceText::tr("A slightly larger batch, or a longer input, ends with an "
                                      "out-of-memory error.");
        words.action =
            AdviceText::tr("If it happens: a smaller batch, gradient accumulation, mixed "
                           "precision or gradient checkpointing.");
        words.isLoss = false;
        return words;
    }
    words.title = AdviceText::tr("The memory of the share is nearly full: %1")
                      .arg(format::bytesOf(facts.used, facts.limit));
    words.reason =
        AdviceText::tr("When it is used up, the system kills the largest process, which is "
                       "most often the training.");
    words.action =
        facts.noGpuMode
            ? AdviceText::tr(
                  "Without a GPU there is little memory: do large installs and unpacking "
                  "with the GPU on.")
            : AdviceText::tr(
                  "Fewer workers, smaller prefetch, data read in pieces instead of at once.");
    return words;
}

AdviceWords killWords(const OutOfMemoryFacts &facts)
{
    AdviceWords words;
    words.title = AdviceText::tr("Memory ran out: the system killed %n process(es)", nullptr,
                                 int(std::min<qint64>(facts.kills, 10'000)));
    words.reason = facts.limitBytes ? AdviceText::tr("The share has %1 of memory.")
                                          .arg(format::bytes(double(*facts.limitBytes)))
                                    : AdviceText::tr("The share's memory was used up.");
    words.action =
        facts.noGpuMode
            ? AdviceText::tr("Without a GPU there is little memory: do large installs and "
                             "unpacking with the GPU on.")
            : AdviceText::tr("See whether the training still runs. Use a smaller batch, fewer "
                             "workers, or a bigger share.");
    return words;
}

AdviceWords diskWords(const Finding &finding, const DiskFacts &facts)
{
    AdviceWords words;
    const bool isSystem = facts.role == core::probe::DiskRole::System;
    if (finding.kind == FindingKind::InodesFull) {
        words.title = AdviceText::tr("%1 has room for few more files: %2 of %3")
                          .arg(facts.mount, format::count(facts.used), format::count(facts.total));
        words.reason =
            AdviceText::tr("At the limit nothing can be created there, however much space is "
                           "free.");
        words.action = AdviceText::tr("Pack many small files into archives, or remove what is not "
                                      "needed. Where they are:");
        words.commands =
            QStringLiteral("du -x --inodes %1 | sort -n | tail").arg(quoted(facts.mount));
        return words;
    }
    words.title = AdviceText::tr("%1 is %2 full: %3")
                      .arg(facts.mount, format::percent(facts.percent),
                           format::bytesOf(double(facts.used), double(facts.total)));
    words.reason = AdviceText::tr("When it is full, checkpoints and logs can't be written and the "
                                  "training ends.");
    words.action =
        isSystem
            ? AdviceText::tr("Move data to the data disk. Most often it is conda's packages, the "
                             "caches of Hugging Face and pip, and the trash. What takes the room, "
                             "and the safe clean-up of packages:")
            : AdviceText::tr("Remove old checkpoints and data. What takes the room:");
    words.commands =
        isSystem ? QStringLiteral("du -xh -d 2 / 2>/dev/null | sort -h | tail -n 20\nconda clean "
                                  "-a --dry-run\npip cache info")
                 : QStringLiteral("du -xh -d 2 %1 | sort -h | tail -n 20").arg(quoted(facts.mount));
    return words;
}

AdviceWords slowDiskWords(const SlowDiskFacts &facts)
{
    AdviceWords words;
    words.title = AdviceText::tr("The data is read from %1, a slow disk, and the GPU is at %2")
                      .arg(facts.mount, format::percent(facts.gpuMeanPercent));
    words.reason =
        //: %1 is a path
        AdviceText::tr("For one: %1").arg(core::redacted(facts.file).left(200));
    words.action =
        facts.fasterMount
            ? AdviceText::tr("Copy the data to %1 before the training.").arg(*facts.fasterMount)
            : AdviceText::tr("Copy the data to a local disk before the training.");
    return words;
}

AdviceWords throttleWords(const Finding &finding, const ThrottleFacts &facts)
{
    AdviceWords words;
    const QString gpus = gpuNames(finding.gpus);
    QString clock;
    if (facts.clockMhz && facts.clockMaxMhz)
        clock =
            u' ' + AdviceText::tr("It runs at %1 of %2 MHz.")
                       .arg(format::number(*facts.clockMhz), format::number(*facts.clockMaxMhz));
    words.action =
        AdviceText::tr("Nothing in the code helps. Tell the provider, or move to another host.");
    if (finding.kind == FindingKind::HeatThrottled) {
        words.title = facts.tempC ? AdviceText::tr("%1 is slowed down by heat, at %2")
                                        .arg(gpus, format::celsius(facts.tempC))
                                  : AdviceText::tr("%1 is slowed down by heat").arg(gpus);
        words.reason = AdviceText::tr("The card protects itself by lower clocks.") + clock;
        return words;
    }
    if (facts.powerBrake) {
        words.title =
            AdviceText::tr("%1 is slowed down: the server's power supply asks for less").arg(gpus);
        words.reason = AdviceText::tr("The hardware lowers the clocks.") + clock;
        return words;
    }
    const bool isLowered = facts.powerLimitW && facts.powerLimitDefaultW &&
                           *facts.powerLimitW < *facts.powerLimitDefaultW;
    words.title = facts.powerLimitW
                      ? AdviceText::tr("%1 is held back by its power limit of %2")
                            .arg(gpus, format::watts(facts.powerLimitW))
                      : AdviceText::tr("%1 is held back by its power limit").arg(gpus);
    words.reason = (isLowered ? AdviceText::tr("Such a card has %1 when it is new.")
                                    .arg(format::watts(facts.powerLimitDefaultW))
                              : AdviceText::tr("The limit is the card's own.")) +
                   clock;
    if (!isLowered) {
        words.action =
            AdviceText::tr("A card with a higher power limit would be faster for this work.");
        words.isLoss = false;
    }
    return words;
}

AdviceWords cheaperWords(const CheaperCardFacts &facts)
{
    const auto price = [](core::HourlyRate rate) {
        return format::pricePerHour(rate.tenThousandths,
                                    QString(core::currencyCode(rate.currency)));
    };
    AdviceWords words;
    //: %1 is a card, %2 and %3 are prices
    words.title = AdviceText::tr("%1 would do, for %2 instead of %3")
                      .arg(facts.card, price(facts.perHour), price(facts.currentPerHour));
    words.reason =
        AdviceText::tr("At most %1 of memory and %2 of the %3 were used.")
            .arg(mebibytes(facts.peakMemoryMib), format::percent(facts.peakLoadPercent),
                 shortGpuName(facts.currentCard)) +
        u' ' +
        //: %1 is a date, a month or a year
        (facts.priceSeen.isEmpty() ? AdviceText::tr("Nobody noted when its price was seen.")
                                   : AdviceText::tr("Its price is of %1.").arg(facts.priceSeen));
    words.action =
        AdviceText::tr("Next time rent the cheaper one, or use what is paid for: a larger "
                       "batch, a second run beside this one.");
    words.isLoss = false;
    return words;
}

AdviceWords idleWords(const Finding &finding, const IdleFacts &facts)
{
    AdviceWords words;
    const TimeMs length =
        std::max<TimeMs>(finding.seen - finding.since, TimeMs(facts.minutes) * 60'000);
    words.title =
        AdviceText::tr("Nothing has been going on for %1").arg(format::duration(length / 1000));
    words.reason =
        facts.heldMib
            ? AdviceText::tr("A process still holds %1 of GPU memory, but neither GPU, CPU "
                             "nor network is used.")
                  .arg(mebibytes(double(*facts.heldMib)))
            : AdviceText::tr("Neither GPU, CPU nor network is used, and it is paid for.");
    words.action =
        AdviceText::tr("Stop the instance if you don't need it now; what is on its disks stays.");
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
        AdviceWords operator()(const CheaperCardFacts &f) const { return cheaperWords(f); }
        AdviceWords operator()(const IdleFacts &f) const { return idleWords(finding, f); }
    };
    return std::visit(Visitor{finding}, finding.facts);
}

} // namespace ui::monitor
