// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/EnvOperations.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"
#include "core/transfer/RemoteScript.h"

namespace core::env {

using namespace std::chrono_literals;

extern const char *const lookScript;
extern const char *const packagesScript;
extern const char *const sizesScript;

namespace {

constexpr auto lookPatience = 120s; ///< longer than the limits of its parts together
constexpr auto packagesPatience = 60s;
constexpr auto sizesPatience = 1800s; ///< a network disk with millions of files
constexpr qsizetype longestText = 8 * 1024 * 1024;

QByteArray packagesCommand(const Environment &environment)
{
    const bool isConda = environment.kind == Environment::Kind::Conda;
    const QByteArray meta = isConda ? environment.path + "/conda-meta" : QByteArray();
    QByteArrayList sites;
    for (const QByteArray &site : environment.sites)
        sites.append(site);
    return "META=" + shellQuote(meta) + "\nset -- " + shellJoin(sites) + '\n' + packagesScript;
}

} // namespace

EnvOperation::EnvOperation(ssh::Session &session, const QByteArray &script,
                           std::chrono::seconds patience)
    : Operation(&session)
    , m_script(new transfer::RemoteScript(session, script, this))
{
    connect(m_script, &transfer::RemoteScript::record, this,
            [this](const QByteArray &record) { take(record); });
    connect(m_script, &transfer::RemoteScript::ended, this, [this](const auto &error) {
        failWith(error.value_or(
            Error{ErrorCode::Parse, Step::Exec, QString::fromUtf8(m_script->words()).left(300)}));
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        failWith({ErrorCode::TimedOut, Step::Exec, {}});
    });
    m_patience.start(patience);
}

LookAround::LookAround(ssh::Session &session)
    : EnvOperation(session, lookScript, lookPatience)
{
}

void LookAround::take(const QByteArray &record)
{
    if (isFinished() || m_text.size() > longestText)
        return;
    m_text += record + '\0';
    if (record != "end")
        return;
    Result<Report> report = parseReport(m_text);
    if (!report) {
        failWith(report.error());
        return;
    }
    m_report = std::move(*report);
    succeed();
}

ListPackages::ListPackages(ssh::Session &session, const Environment &environment)
    : EnvOperation(session, packagesCommand(environment), packagesPatience)
{
}

void ListPackages::take(const QByteArray &record)
{
    if (isFinished() || m_text.size() > longestText)
        return;
    m_text += record + '\0';
    if (record != "end")
        return;
    auto packages = parsePackages(m_text);
    if (!packages) {
        failWith(packages.error());
        return;
    }
    m_packages = std::move(*packages);
    succeed();
}

MeasureSizes::MeasureSizes(ssh::Session &session, const QByteArrayList &paths)
    : EnvOperation(session, "set -- " + shellJoin(paths) + '\n' + sizesScript, sizesPatience)
{
}

void MeasureSizes::take(const QByteArray &record)
{
    if (record == "end") {
        succeed();
        return;
    }
    const qsizetype blank = record.indexOf(' ', 5);
    if (!record.startsWith("size ") || blank < 0 || isFinished())
        return;
    bool isNumber = false;
    const qint64 kib = record.mid(5, blank - 5).toLongLong(&isNumber);
    constexpr qint64 most = qint64(1) << 50; // KiB: no disk is as large
    Q_EMIT measured(record.sliced(blank + 1),
                    isNumber && kib >= 0 && kib < most ? std::optional(kib * 1024) : std::nullopt);
}

} // namespace core::env
