// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/CopyCommand.h"

#include "app/danlu-cli/Console.h"
#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/RemotePath.h"
#include "core/transfer/FileNames.h"

#include <QFile>
#include <QRegularExpression>

using namespace core;
using namespace core::transfer;

namespace cli {

namespace {

template <typename T>
Result<T> oneOf(const Arguments &arguments, const char *option,
                const std::vector<std::pair<const char *, T>> &choices, T fallback)
{
    const auto given = arguments.value(option);
    if (!given)
        return fallback;
    QStringList names;
    for (const auto &[name, value] : choices) {
        if (*given == QLatin1StringView(name))
            return value;
        names.append(QLatin1StringView(name));
    }
    return fail(ErrorCode::Usage, Step::None,
                QStringLiteral("--%1 takes %2")
                    .arg(QLatin1StringView(option), names.join(QStringLiteral(", "))));
}

QString resultName(FileOutcome::Result result)
{
    switch (result) {
    case FileOutcome::Result::Done: return QStringLiteral("done");
    case FileOutcome::Result::Skipped: return QStringLiteral("skipped");
    case FileOutcome::Result::Resumed: return QStringLiteral("resumed");
    case FileOutcome::Result::Renamed: return QStringLiteral("done");
    case FileOutcome::Result::Failed: break;
    }
    return QStringLiteral("failed");
}

QString sizeWords(qint64 bytes)
{
    constexpr double step = 1000;
    if (bytes < 1000)
        return QStringLiteral("%1 B").arg(bytes);
    double value = double(bytes);
    qsizetype unit = -1;
    while (value >= step && unit < 3) {
        value /= step;
        ++unit;
    }
    static const QString units = QStringLiteral("KMGT");
    return QStringLiteral("%1 %2B").arg(value, 0, 'f', 1).arg(units[unit]);
}

} // namespace

Result<qint64> parseRate(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral(R"(^([0-9]+(?:\.[0-9]+)?)\s*([KMG]?)(i?)(?:B?)(?:/s)?$)"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(text.trimmed());
    double rate = match.captured(1).toDouble();
    const double step = match.captured(3).isEmpty() ? 1000 : 1024;
    static const QString units = QStringLiteral("KMG");
    const qsizetype unit =
        match.captured(2).isEmpty() ? -1 : units.indexOf(match.captured(2).toUpper());
    for (qsizetype i = 0; i <= unit; ++i)
        rate *= step;
    if (!match.hasMatch() || rate < 1 || rate > 1e15)
        return fail(ErrorCode::Usage, Step::None,
                    QStringLiteral("--limit takes bytes a second, as 500K or 10M: %1").arg(text));
    return qint64(rate);
}

CopyCommand::CopyCommand(Direction direction, const Arguments &arguments, Services &services,
                         QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_connection(m_arguments, services)
{
    m_request.direction = direction;
    if (Result<> prepared = prepare(); !prepared)
        m_usage = prepared.error();
}

Result<> CopyCommand::prepare()
{
    const bool isPut = m_request.direction == Direction::Put;
    // After "--" come names that begin with a dash.
    const QStringList words =
        std::exchange(m_arguments.positionals, {}) + std::exchange(m_arguments.remote, {});
    if (words.size() < 2)
        return fail(ErrorCode::Usage, Step::None,
                    isPut ? QStringLiteral("put LOCAL... TARGET:PATH")
                          : QStringLiteral("get TARGET:PATH... LOCAL"));
    const QStringList remotes = isPut ? words.last(1) : words.first(words.size() - 1);
    const QStringList locals = isPut ? words.first(words.size() - 1) : words.last(1);
    QString target;
    for (const QString &word : remotes) {
        const RemotePath remote = splitRemotePath(word);
        if (!remote.hasPath || remote.target.isEmpty() ||
            (!target.isEmpty() && remote.target != target))
            return fail(ErrorCode::Usage, Step::None,
                        QStringLiteral("one TARGET:PATH is needed, not %1").arg(word));
        target = remote.target;
        if (isPut)
            m_request.target = remote.path;
        else
            m_request.sources.push_back(remote.path);
    }
    for (const QString &word : locals) {
        if (isPut)
            m_request.sources.push_back(bytesOfWord(word));
        else
            m_request.target = bytesOfWord(word);
    }
    m_arguments.positionals = {target};

    const auto protocol = oneOf<Protocol>(m_arguments, "protocol",
                                          {{"auto", Protocol::Auto},
                                           {"sftp", Protocol::Sftp},
                                           {"scp", Protocol::Scp},
                                           {"tar", Protocol::Tar}},
                                          Protocol::Auto);
    const auto overwrite = oneOf<Overwrite>(m_arguments, "overwrite",
                                            {{"ask", Overwrite::Ask},
                                             {"skip", Overwrite::Skip},
                                             {"newer", Overwrite::Newer},
                                             {"always", Overwrite::Always}},
                                            Overwrite::Ask);
    const auto links = oneOf<Links>(
        m_arguments, "links",
        {{"copy", Links::Copy}, {"follow", Links::Follow}, {"skip", Links::Skip}}, Links::Copy);
    const auto parallel = positiveNumber(m_arguments, "parallel", 2);
    const auto limit = parseRate(m_arguments.value("limit").value_or(QStringLiteral("1")));
    if (!protocol)
        return tl::make_unexpected(protocol.error());
    if (!overwrite)
        return tl::make_unexpected(overwrite.error());
    if (!links)
        return tl::make_unexpected(links.error());
    if (!parallel)
        return tl::make_unexpected(parallel.error());
    if (!limit)
        return tl::make_unexpected(limit.error());
    m_request.protocol = *protocol;
    m_request.overwrite = *overwrite;
    m_request.links = *links;
    m_request.connections = std::clamp(int(*parallel), 1, 8);
    m_request.bytesPerSecond = m_arguments.has("limit") ? *limit : 0;
    m_request.resume = m_arguments.has("resume");
    m_request.verify = m_arguments.has("verify");
    for (const QString &glob : m_arguments.excludes)
        m_request.excludes.append(glob.toUtf8());
    return {};
}

void CopyCommand::start()
{
    if (m_usage) {
        finish(reportError(*m_usage, m_arguments.json));
        return;
    }
    connect(&m_connection, &Connection::opening, this, [this] {
        if (m_transfer || m_connection.options().trustedKeys.empty())
            return;
        makeTransfer();
        m_transfer->openAhead();
    });
    connect(&m_connection, &Connection::ready, this, &CopyCommand::run);
    connect(&m_connection, &Connection::failed, this,
            [this](const Error &error) { finish(reportError(error, m_arguments.json)); });
    m_clock.start();
    m_connection.start();
}

void CopyCommand::run()
{
    if (!m_transfer)
        makeTransfer();
    m_transfer->start(m_connection.session());
}

void CopyCommand::makeTransfer()
{
    m_transfer = new Transfer(m_request, m_connection.options(), this);
    connect(m_transfer, &Transfer::fileEnded, this, &CopyCommand::printOutcome);
    connect(m_transfer, &Transfer::progressed, this, &CopyCommand::printProgress);
    connect(m_transfer, &Transfer::retrying, this, [this](const Error &why, int pauseMs) {
        clearStatus();
        if (m_arguments.json)
            printJson(QJsonObject{{QStringLiteral("event"), QStringLiteral("reconnecting")},
                                  {QStringLiteral("error"), errorCodeName(why.code)},
                                  {QStringLiteral("pause_ms"), pauseMs}});
        else
            writeErr(QStringLiteral("connection lost (%1), going on in %2 s\n")
                         .arg(QString(errorCodeName(why.code)))
                         .arg(pauseMs / 1000.0)
                         .toUtf8());
    });
    connect(m_transfer, &Operation::finished, this, &CopyCommand::finished);
}

void CopyCommand::printOutcome(const FileOutcome &outcome)
{
    const bool failed = outcome.result == FileOutcome::Result::Failed;
    if (outcome.isTaken && asksOnTerminal()) {
        m_taken.push_back(outcome);
        return;
    }
    if (m_arguments.json) {
        QJsonObject object{{QStringLiteral("event"), QStringLiteral("file")},
                           {QStringLiteral("path"), shownName(outcome.path)},
                           {QStringLiteral("result"), resultName(outcome.result)},
                           {QStringLiteral("error"), QJsonValue()}};
        if (outcome.error && failed)
            object.insert(QStringLiteral("error"),
                          QJsonObject{{QStringLiteral("code"), errorCodeName(outcome.error->code)},
                                      {QStringLiteral("message"), outcome.error->detail}});
        else if (outcome.result == FileOutcome::Result::Renamed)
            object.insert(QStringLiteral("local_name"), outcome.error->detail);
        else if (outcome.error)
            object.insert(QStringLiteral("reason"), outcome.error->detail);
        printJson(object);
        return;
    }
    clearStatus();
    QString line = shownName(outcome.path) + QStringLiteral(": ");
    switch (outcome.result) {
    case FileOutcome::Result::Failed:
        line = shownName(outcome.error->detail.toUtf8());
        if (!line.startsWith(shownName(outcome.path))) // each failed one is named
            line = shownName(outcome.path) + QStringLiteral(": ") + line;
        line = QStringLiteral("danlu-cli: %1: %2")
                   .arg(QString(errorCodeName(outcome.error->code)), line);
        if (outcome.isTaken)
            line += QStringLiteral(" (--overwrite says what to do)");
        break;
    case FileOutcome::Result::Renamed:
        line += QStringLiteral("written as %1").arg(shownName(outcome.error->detail.toUtf8()));
        break;
    case FileOutcome::Result::Skipped:
        line += QStringLiteral("skipped: ") + shownName(outcome.error->detail.toUtf8());
        break;
    case FileOutcome::Result::Resumed: line += QStringLiteral("resumed"); break;
    case FileOutcome::Result::Done: line += shownName(outcome.error->detail.toUtf8()); break;
    }
    writeErr(line.toUtf8() + '\n');
}

void CopyCommand::printProgress()
{
    const TransferProgress now = m_transfer->progress();
    if (m_arguments.json) {
        printJson(QJsonObject{{QStringLiteral("event"), QStringLiteral("progress")},
                              {QStringLiteral("bytes"), now.bytes},
                              {QStringLiteral("total"), now.totalBytes},
                              {QStringLiteral("files"), now.files},
                              {QStringLiteral("total_files"), now.totalFiles}});
        return;
    }
    if (!canAsk() || !isTerminal())
        return;
    const double seconds = double(m_clock.elapsed()) / 1000;
    const double rate = seconds > 0 ? double(now.bytes - now.present) / seconds : 0;
    QString line = QStringLiteral("\r%1 of %2, %3 of %4 files, %5/s")
                       .arg(sizeWords(now.bytes), sizeWords(now.totalBytes))
                       .arg(now.files)
                       .arg(now.totalFiles)
                       .arg(sizeWords(qint64(rate)));
    if (rate > 0 && !now.isScanning) {
        const auto left = qint64(double(now.totalBytes - now.bytes) / rate);
        line +=
            QStringLiteral(", %1:%2 left").arg(left / 60).arg(left % 60, 2, 10, QLatin1Char('0'));
    }
    writeErr(line.leftJustified(78).toUtf8());
    m_hasStatus = true;
}

void CopyCommand::clearStatus()
{
    if (std::exchange(m_hasStatus, false))
        writeErr('\r' + QByteArray(78, ' ') + '\r');
}

bool CopyCommand::asksOnTerminal() const
{
    return m_request.overwrite == Overwrite::Ask && !m_arguments.json && canAsk() && isTerminal();
}

bool CopyCommand::askAboutTaken()
{
    constexpr std::size_t shown = 10;
    std::sort(m_taken.begin(), m_taken.end(),
              [](const FileOutcome &a, const FileOutcome &b) { return a.path < b.path; });
    QString question;
    for (std::size_t i = 0; i < std::min(shown, m_taken.size()); ++i)
        question += QStringLiteral("  %1\n").arg(shownName(m_taken[i].path));
    if (m_taken.size() > shown)
        question += QStringLiteral("  and %1 more\n").arg(m_taken.size() - shown);
    question.prepend(
        QStringLiteral("%1 of these names are taken by other files:\n").arg(m_taken.size()));
    question += QStringLiteral("replace (a)ll, only with (n)ewer ones, ask for (e)ach, or (k)eep "
                               "what is there? [k] ");
    const QString answer = askLine(question).trimmed().toLower();
    const std::vector<FileOutcome> taken = std::exchange(m_taken, {});
    if (answer == u'a') {
        m_request.overwrite = Overwrite::Always;
    } else if (answer == u'n') {
        m_request.overwrite = Overwrite::Newer;
    } else if (answer == u'e') {
        QByteArrayList chosen;
        for (const FileOutcome &one : taken) {
            const QString yes =
                askLine(QStringLiteral("replace %1? [y/N] ").arg(shownName(one.path)));
            if (yes.trimmed().startsWith(u'y', Qt::CaseInsensitive))
                chosen.append(one.path);
        }
        if (chosen.isEmpty())
            return false;
        m_request = replacingOnly(std::move(m_request), taken, chosen);
    } else {
        return false;
    }
    std::exchange(m_transfer, nullptr)->deleteLater();
    run();
    return true;
}

void CopyCommand::finished()
{
    clearStatus();
    const auto kept = qint64(m_taken.size());
    if (!m_transfer->error() && !m_taken.empty() && askAboutTaken())
        return;
    TransferSummary summary = m_transfer->summary();
    summary.failed -= kept; // as their owner wished
    summary.skipped += kept;
    if (m_transfer->error()) {
        const Error error = *m_transfer->error();
        int code = reportError(error, m_arguments.json);
        if (mayComeBack(error))
            code = ExitNoConnection;
        finish(code);
        return;
    }
    const double seconds = double(m_clock.elapsed()) / 1000;
    if (m_arguments.json) {
        printJson(QJsonObject{{QStringLiteral("event"), QStringLiteral("done")},
                              {QStringLiteral("bytes"), summary.bytes},
                              {QStringLiteral("files"), summary.files},
                              {QStringLiteral("skipped"), summary.skipped},
                              {QStringLiteral("failed"), summary.failed},
                              {QStringLiteral("seconds"), seconds},
                              {QStringLiteral("protocol"), QString::fromLatin1(summary.protocol)},
                              {QStringLiteral("verified"), summary.verified}});
    } else {
        const TransferProgress now = m_transfer->progress();
        const qint64 moved = std::max<qint64>(0, now.bytes - now.present);
        QString line = QStringLiteral("%1 in %2 files, %3 s, %4/s, %5")
                           .arg(sizeWords(summary.bytes))
                           .arg(summary.files)
                           .arg(seconds, 0, 'f', 1)
                           .arg(sizeWords(qint64(double(moved) / seconds)),
                                summary.protocol.isEmpty() ? QStringLiteral("nothing to copy")
                                                           : QString::fromLatin1(summary.protocol));
        if (summary.verified)
            line += QStringLiteral(", SHA-256 agrees");
        if (summary.skipped > 0)
            line += QStringLiteral(", %1 skipped").arg(summary.skipped);
        if (summary.failed > 0)
            line += QStringLiteral(", %1 failed").arg(summary.failed);
        printLine(line);
    }
    // None of what was asked for is there: nothing was done, not a part of it.
    const bool isNothing = summary.failed > 0 && m_transfer->progress().totalFiles == 0;
    finish(isNothing ? ExitFailed : summary.failed > 0 ? ExitPartly : ExitDone);
}

void CopyCommand::cancel()
{
    if (m_transfer)
        m_transfer->cancel();
    else
        finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void CopyCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    // Before the session that it was lent.
    delete std::exchange(m_transfer, nullptr);
    Q_EMIT done(exitCode);
}

} // namespace cli
