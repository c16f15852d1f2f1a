// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/TransferWords.h"

#include "core/transfer/FileNames.h"
#include "ui/common/Describe.h"
#include "ui/common/Format.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace ui::transfers {

using core::fleet::QueuedTransfer;
using core::history::TransferStatus;
using core::transfer::Direction;
using core::transfer::joinPath;
using core::transfer::shownName;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ui::transfers::Words)
};

} // namespace

QString titleWords(const QueuedTransfer &transfer)
{
    const auto &sources = transfer.request.sources;
    if (sources.empty())
        return {};
    QString first = shownName(core::transfer::lastName(sources.front()));
    if (sources.size() == 1)
        return first;
    return Words::tr("%1 and %n more", nullptr, int(sources.size()) - 1).arg(first);
}

QString routeWords(const QueuedTransfer &transfer)
{
    const bool isPut = transfer.request.direction == Direction::Put;
    const QByteArray there = isPut ? transfer.request.target
                             : transfer.request.sources.empty()
                                 ? QByteArray()
                                 : core::transfer::parentPath(transfer.request.sources.front());
    QString path = shownName(there);
    if (path.size() > 1 && path.endsWith(u'/'))
        path.chop(1);
    const QString instance = shownName(transfer.instanceName.toUtf8());
    //: Instance and path: where a copy goes to
    return isPut ? Words::tr("to %1: %2").arg(instance, path)
                 //: Instance, path there and folder here: where a copy comes from and goes to
                 : Words::tr("from %1: %2 to %3")
                       .arg(instance, path,
                            shownName(QDir::toNativeSeparators(localFolder(transfer)).toUtf8()));
}

QString localFolder(const QueuedTransfer &transfer)
{
    const auto &request = transfer.request;
    if (request.sources.empty())
        return {};
    if (request.direction == Direction::Put)
        return QFile::decodeName(core::transfer::parentPath(request.sources.front()));
    const bool isFolder = request.target.endsWith('/') || request.sources.size() > 1;
    return QFile::decodeName(isFolder && request.target.size() > 1
                                 ? joinPath(core::transfer::parentPath(request.target),
                                            core::transfer::lastName(request.target))
                                 : core::transfer::parentPath(request.target));
}

TransferState stateWords(const QueuedTransfer &transfer)
{
    switch (transfer.status) {
    case TransferStatus::Queued:
        if (transfer.isInstanceGone)
            return {Words::tr("Its instance was removed"), Chip::Tone::Warn, Icon::Unplug};
        if (transfer.waitsForInstance)
            return {Words::tr("Waits for the connection"), Chip::Tone::Neutral, Icon::Clock};
        if (transfer.secondsToRetry)
            return {Words::tr("Line lost, tries again in %1")
                        .arg(format::duration(*transfer.secondsToRetry)),
                    Chip::Tone::Warn, Icon::Refresh};
        return {Words::tr("Waits its turn"), Chip::Tone::Neutral, Icon::Clock};
    case TransferStatus::Running:
        if (transfer.isReconnecting)
            return {Words::tr("Line lost, going on"), Chip::Tone::Warn, Icon::Refresh};
        if (transfer.isComparing)
            return {Words::tr("Comparing what has arrived"), Chip::Tone::Accent, Icon::Transfer};
        return {transfer.progress.isScanning ? Words::tr("Looking what there is")
                                             : Words::tr("Copying"),
                Chip::Tone::Accent, Icon::Transfer};
    case TransferStatus::Paused: return {Words::tr("Paused"), Chip::Tone::Neutral, Icon::Pause};
    case TransferStatus::Done:
        return {transfer.summary.verified ? Words::tr("Done, SHA-256 agrees") : Words::tr("Done"),
                Chip::Tone::Good, Icon::Ok};
    case TransferStatus::Partly:
        return {Words::tr("%n files failed", nullptr, int(transfer.summary.failed)),
                Chip::Tone::Warn, Icon::Warning};
    case TransferStatus::Failed: return {Words::tr("Failed"), Chip::Tone::Bad, Icon::Error};
    case TransferStatus::Cancelled:
        return {Words::tr("Cancelled"), Chip::Tone::Neutral, Icon::Stop};
    }
    return {};
}

std::optional<double> shareDone(const QueuedTransfer &transfer)
{
    if (transfer.status == TransferStatus::Done)
        return 1;
    if (transfer.progress.isScanning || transfer.progress.totalBytes <= 0)
        return std::nullopt;
    return std::clamp(double(transfer.progress.bytes) / double(transfer.progress.totalBytes), 0.0,
                      1.0);
}

QString protocolWords(const QByteArray &protocol)
{
    QStringList words;
    const QByteArrayList names = protocol.split('+');
    if (names.contains("tar"))
        words += names.contains("zstd")   ? Words::tr("tar stream with zstd")
                 : names.contains("gzip") ? Words::tr("tar stream with gzip")
                                          : Words::tr("tar stream");
    if (names.contains("sftp"))
        words += Words::tr("SFTP");
    if (names.contains("scp"))
        words += Words::tr("SCP");
    return words.join(QStringLiteral(" + "));
}

QString figureWords(const QueuedTransfer &transfer)
{
    QStringList words;
    const auto &progress = transfer.progress;
    const bool ended = core::history::hasEnded(transfer.status);
    if (ended) {
        words += format::bytes(double(transfer.progress.bytes));
        words += Words::tr("%n files", nullptr, int(transfer.progress.files));
        if (transfer.summary.skipped > 0)
            words += Words::tr("%n skipped", nullptr, int(transfer.summary.skipped));
        if (transfer.activeMs > 0) {
            words += format::duration(std::max<qint64>(1, transfer.activeMs / 1000));
            // Of what was copied, not of what was there.
            if (transfer.activeMs >= 1000 && transfer.copiedBytes > 0)
                words +=
                    format::rate(double(transfer.copiedBytes) * 1000 / double(transfer.activeMs));
        }
        if (transfer.endedMs > 0)
            words += format::dateTime(
                std::chrono::system_clock::time_point(std::chrono::milliseconds(transfer.endedMs)));
        return words.join(QStringLiteral(" · "));
    }
    if (const auto share = shareDone(transfer))
        words += format::percent(*share * 100);
    if (progress.totalBytes > 0)
        words += format::bytesOf(double(progress.bytes), double(progress.totalBytes));
    if (progress.totalFiles > 1)
        words += Words::tr("%1 of %n files", nullptr, int(progress.totalFiles))
                     .arg(format::count(progress.files));
    if (transfer.status == TransferStatus::Running && transfer.bytesPerSecond > 0)
        words += format::rate(transfer.bytesPerSecond);
    if (transfer.secondsLeft)
        words += Words::tr("%1 left").arg(format::duration(*transfer.secondsLeft));
    return words.join(QStringLiteral(" · "));
}

namespace {

using core::transfer::FileOutcome;

/// What the system said, on one line and without the file's own path: for equal troubles the same.
QString reasonOf(const FileOutcome &outcome)
{
    if (!outcome.error)
        return {};
    QString detail = outcome.error->detail;
    const qsizetype end = detail.indexOf(QStringLiteral(": "));
    QString before = detail.left(std::max<qsizetype>(0, end));
    if (before.endsWith(QLatin1StringView(core::transfer::partSuffix)))
        before.chop(QLatin1StringView(core::transfer::partSuffix).size());
    const QString name = QString::fromUtf8(core::transfer::lastName(outcome.path));
    if (!name.isEmpty() && (before == name || before.endsWith(u'/' + name)))
        detail.remove(0, end + 2);
    return shownName(detail.simplified().toUtf8());
}

bool isSameKind(const FileOutcome &a, const FileOutcome &b)
{
    return a.result == b.result && a.isTaken == b.isTaken &&
           a.error.has_value() == b.error.has_value() &&
           (!a.error || (a.error->code == b.error->code && a.error->step == b.error->step));
}

/// Of several files together; "" where each has words of its own.
QString sharedWords(const FileOutcome &outcome, const QString &reason)
{
    switch (outcome.result) {
    case FileOutcome::Result::Failed:
        if (outcome.isTaken)
            return Words::tr("a different file has this name");
        //: What went wrong, the system's own words
        return outcome.error ? Words::tr("%1 (%2)").arg(describe(*outcome.error).title, reason)
                             : QString();
    case FileOutcome::Result::Skipped:
        return reason.isEmpty() ? QString() : Words::tr("left out, %1").arg(reason);
    case FileOutcome::Result::Renamed:
    case FileOutcome::Result::Resumed:
    case FileOutcome::Result::Done: break;
    }
    return {};
}

} // namespace

QStringList outcomeLines(const std::vector<FileOutcome> &outcomes)
{
    QStringList lines;
    std::vector<bool> isTold(outcomes.size(), false);
    std::vector<QString> reasons;
    reasons.reserve(outcomes.size());
    for (const FileOutcome &outcome : outcomes)
        reasons.push_back(reasonOf(outcome));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (isTold[i])
            continue;
        std::vector<std::size_t> same{i};
        const QString words = sharedWords(outcomes[i], reasons[i]);
        for (std::size_t j = i + 1; !words.isEmpty() && j < outcomes.size(); ++j) {
            if (!isTold[j] && reasons[i] == reasons[j] && isSameKind(outcomes[i], outcomes[j]))
                same.push_back(j);
        }
        if (same.size() == 1) {
            lines.append(outcomeWords(outcomes[i]));
            continue;
        }
        //: What went wrong with all of the files that follow
        lines.append(Words::tr("%n files: %1", nullptr, int(same.size())).arg(words));
        for (const std::size_t j : same) {
            lines.append(QStringLiteral("    ") + shownName(outcomes[j].path));
            isTold[j] = true;
        }
    }
    return lines;
}

QString outcomeWords(const FileOutcome &outcome)
{
    using Result = FileOutcome::Result;
    const QString path = shownName(outcome.path);
    const QString words = reasonOf(outcome);
    switch (outcome.result) {
    case Result::Failed:
        if (outcome.isTaken)
            return Words::tr("%1: a different file has this name").arg(path);
        //: Path, what went wrong, the system's own words
        return outcome.error
                   ? Words::tr("%1: %2 (%3)").arg(path, describe(*outcome.error).title, words)
                   : path;
    case Result::Renamed: return Words::tr("%1: written as %2").arg(path, words);
    case Result::Skipped: return Words::tr("%1: left out, %2").arg(path, words);
    case Result::Resumed:
    case Result::Done: break;
    }
    //: Path and a remark
    return words.isEmpty() ? path : Words::tr("%1: %2").arg(path, words);
}

} // namespace ui::transfers
