// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vscode/RemoteCheck.h"

#include "core/base/ShellQuote.h"

#include <algorithm>
#include <limits>

namespace core::vscode {

using namespace std::chrono_literals;

extern const char *const remoteCheckScript;

namespace {

constexpr auto patience = 30s;
constexpr qint64 gigabyte = 1024LL * 1024 * 1024;
constexpr qint64 neededFiles = 30'000; ///< of the server and five extensions, with some room

std::optional<qint64> number(const QByteArray &value)
{
    bool ok = false;
    const qint64 found = value.toLongLong(&ok);
    return ok && found >= 0 ? std::optional(found) : std::nullopt;
}

void takeProxy(RemoteFacts &facts, const QByteArray &value)
{
    const qsizetype blank = value.indexOf(' ');
    if (blank <= 0 || blank == value.size() - 1)
        return;
    QByteArray address = value.sliced(blank + 1);
    // The script took a password out; whatever it left goes here.
    const qsizetype at = address.lastIndexOf('@');
    const qsizetype host = address.indexOf("//");
    if (at >= 0)
        address.remove(host < 0 ? 0 : host + 2, at + 1 - (host < 0 ? 0 : host + 2));
    facts.proxies.push_back({QString::fromUtf8(value.first(blank)), QString::fromUtf8(address)});
}

bool isOlder(const QString &version, int major, int minor)
{
    const QStringList parts = version.split(u'.');
    bool ok = false;
    const int first = parts.value(0).toInt(&ok);
    const int second = ok ? parts.value(1).toInt(&ok) : 0;
    return ok && (first < major || (first == major && second < minor));
}

} // namespace

qint64 neededBytes(const RemoteFacts &facts)
{
    return facts.hasServer ? gigabyte / 2 : 2 * gigabyte;
}

std::vector<Obstacle> obstacles(const RemoteFacts &facts)
{
    std::vector<Obstacle> found;
    if (facts.freeBytes && *facts.freeBytes < neededBytes(facts))
        found.push_back(Obstacle::DiskFull);
    if (facts.freeFiles && *facts.freeFiles < neededFiles && !facts.hasServer)
        found.push_back(Obstacle::FewFiles);
    const QStringList built{QStringLiteral("x86_64"), QStringLiteral("aarch64"),
                            QStringLiteral("armv7l")};
    if (facts.glibc.isEmpty() || (!facts.arch.isEmpty() && !built.contains(facts.arch)))
        found.push_back(Obstacle::OtherLibrary);
    else if (isOlder(facts.glibc, 2, 28))
        found.push_back(Obstacle::OldSystem);
    if (facts.reaches == false)
        found.push_back(facts.proxies.empty() ? Obstacle::NoNetwork : Obstacle::BrokenProxy);
    return found;
}

Result<RemoteFacts> parseRemoteFacts(QByteArrayView text)
{
    RemoteFacts facts;
    for (const QByteArray &line : text.toByteArray().split('\n')) {
        const qsizetype blank = line.indexOf(' ');
        if (blank <= 0)
            continue;
        const QByteArray word = line.first(blank);
        const QByteArray value = line.sliced(blank + 1);
        if (value.isEmpty())
            continue;
        if (word == "home")
            facts.home = value;
        else if (word == "arch")
            facts.arch = QString::fromUtf8(value);
        else if (word == "glibc")
            facts.glibc = QString::fromUtf8(value);
        else if (word == "installed")
            facts.hasServer = value == "1";
        else if (word == "place")
            facts.place = value;
        else if (word == "free")
            facts.freeBytes = number(value);
        else if (word == "inodes")
            facts.freeFiles = number(value);
        else if (word == "proxy")
            takeProxy(facts, value);
        else if (word == "turbo")
            facts.hasTurbo = true;
        else if (word == "reach")
            facts.reaches = value == "1";
        else if (word == "folder" && value.startsWith('/') && !facts.folders.contains(value))
            facts.folders += value;
    }
    if (!facts.home.startsWith('/'))
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no home folder is told"));
    // df counts in KiB; btrfs and others count no inodes and say 0.
    if (facts.freeBytes)
        facts.freeBytes = *facts.freeBytes < std::numeric_limits<qint64>::max() / 1024
                              ? std::optional(*facts.freeBytes * 1024)
                              : std::nullopt;
    if (facts.freeFiles == 0)
        facts.freeFiles.reset();
    return facts;
}

RemoteCheck::RemoteCheck(ssh::Session &session, const QByteArray &probe)
    : ScriptOperation(session, "PROBE=" + shellQuote(probe) + '\n' + QByteArray(remoteCheckScript),
                      patience, Step::Parse)
{
}

void RemoteCheck::take(const QByteArray &text)
{
    Result<RemoteFacts> facts = parseRemoteFacts(text);
    if (!facts) {
        failWith(facts.error());
        return;
    }
    m_facts = std::move(*facts);
    succeed();
}

} // namespace core::vscode
