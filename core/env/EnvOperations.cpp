// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/EnvOperations.h"

#include "core/base/ShellQuote.h"

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

void TextOperation::take(const QByteArray &record)
{
    if (isFinished() || m_text.size() > longestText)
        return;
    m_text += record + '\0';
    if (record != "end")
        return;
    if (const Result<> read = this->read(m_text); read)
        succeed();
    else
        failWith(read.error());
}

LookAround::LookAround(ssh::Session &session, Part part)
    : TextOperation(session,
                    QByteArray(part == Part::Pythons ? "danlu_pythons=1\n" : "") + lookScript,
                    lookPatience)
{
}

Result<> LookAround::read(const QByteArray &text)
{
    Result<Report> report = parseReport(text);
    if (!report)
        return tl::make_unexpected(report.error());
    m_report = std::move(*report);
    return {};
}

ListPackages::ListPackages(ssh::Session &session, const Environment &environment)
    : TextOperation(session, packagesCommand(environment), packagesPatience)
{
}

Result<> ListPackages::read(const QByteArray &text)
{
    auto packages = parsePackages(text);
    if (!packages)
        return tl::make_unexpected(packages.error());
    m_packages = std::move(*packages);
    return {};
}

std::optional<qint64> bytesOfKib(const QByteArray &text)
{
    constexpr qint64 most = qint64(1) << 50; // no disk is as large
    bool isNumber = false;
    const qint64 kib = text.toLongLong(&isNumber);
    return isNumber && kib >= 0 && kib < most ? std::optional(kib * 1024) : std::nullopt;
}

MeasureSizes::MeasureSizes(ssh::Session &session, const QByteArrayList &paths)
    : ScriptOperation(session, "set -- " + shellJoin(paths) + '\n' + sizesScript, sizesPatience)
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
    Q_EMIT measured(record.sliced(blank + 1), bytesOfKib(record.mid(5, blank - 5)));
}

} // namespace core::env
