// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/ProfileStore.h"

#include "core/base/Logging.h"
#include "core/profiles/ProfileJson.h"
#include "core/profiles/Sharing.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>

// profiles.json: {"version": 1, "profiles": [{"id", "name", "host", "port", "user", "auth", ...}]}.
// Version 1 readers refuse higher versions and keep fields they do not know.

namespace core::profiles {

namespace {

constexpr int schemaVersion = 1;
constexpr int lockTimeoutMs = 3000;

auto findId(const std::vector<Profile> &profiles, const QString &id)
{
    return std::find_if(profiles.cbegin(), profiles.cend(),
                        [&](const Profile &profile) { return profile.id == id; });
}

} // namespace

ProfileStore::ProfileStore(QString directory, QObject *parent)
    : QObject(parent)
    , m_directory(std::move(directory))
{
}

QString ProfileStore::filePath() const
{
    return QDir(m_directory).filePath(QStringLiteral("profiles.json"));
}

Result<> ProfileStore::read(std::vector<Profile> &into, QJsonObject &unknown, int *broken) const
{
    into.clear();
    QFile file(filePath());
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::LocalIo, Step::Profile,
                    file.fileName() + QStringLiteral(": ") + file.errorString());
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (!document.isObject())
        return fail(ErrorCode::Parse, Step::Profile, problem.errorString());
    unknown = document.object();
    const int version = unknown.take(QStringLiteral("version")).toInt(-1);
    const QJsonValue list = unknown.take(QStringLiteral("profiles"));
    if (version > schemaVersion)
        return fail(ErrorCode::Unsupported, Step::Profile,
                    QStringLiteral("%1 is of version %2").arg(file.fileName()).arg(version));
    if (version < 1 || !list.isArray())
        return fail(ErrorCode::Parse, Step::Profile, QStringLiteral("no profiles in it"));
    for (const auto &value : list.toArray()) {
        std::optional<Profile> profile = fromJson(value.toObject());
        if (profile)
            into.push_back(std::move(*profile));
        else if (broken)
            ++*broken;
        else
            return fail(ErrorCode::Parse, Step::Profile,
                        QStringLiteral("a profile without id, name, host or port"));
    }
    return {};
}

Result<> ProfileStore::write(const std::vector<Profile> &profiles, const QJsonObject &unknown) const
{
    QJsonObject root = unknown;
    root.insert(QStringLiteral("version"), schemaVersion);
    QJsonArray list;
    for (const Profile &profile : profiles)
        list.append(toJson(profile));
    root.insert(QStringLiteral("profiles"), list);
    QSaveFile file(filePath());
    const QByteArray bytes = QJsonDocument(root).toJson();
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(bytes) == bytes.size() && file.commit();
    if (!written)
        return fail(ErrorCode::LocalIo, Step::Profile,
                    filePath() + QStringLiteral(": ") + file.errorString());
    return {};
}

Result<ProfileStore::LoadReport> ProfileStore::load()
{
    LoadReport report;
    std::vector<Profile> profiles;
    QJsonObject unknown;
    const Result<> done = read(profiles, unknown, &report.lostProfiles);
    const bool isCorrupt = !done && done.error().code == ErrorCode::Parse;
    if (isCorrupt || (done && report.lostProfiles > 0)) {
        const QString kept =
            filePath() + QStringLiteral(".corrupt-") +
            QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
        if (!QFile::rename(filePath(), kept))
            return fail(ErrorCode::LocalIo, Step::Profile, filePath());
        qCWarning(lcProfiles) << "profiles.json is broken and kept as" << kept;
        report.corruptKeptAs = kept;
        if (isCorrupt) {
            profiles.clear();
        } else if (const Result<> written = write(profiles, unknown); !written) {
            return tl::make_unexpected(written.error());
        }
    } else if (!done) {
        return tl::make_unexpected(done.error());
    }
    m_profiles = std::move(profiles);
    return report;
}

Result<> ProfileStore::apply(const Change &change)
{
    if (!QDir().mkpath(m_directory))
        return fail(ErrorCode::LocalIo, Step::Profile, m_directory);
    QLockFile lock(filePath() + QStringLiteral(".lock"));
    lock.setStaleLockTime(10000);
    if (!lock.tryLock(lockTimeoutMs))
        return fail(ErrorCode::LocalIo, Step::Profile,
                    filePath() + QStringLiteral(": another program holds the lock"));
    std::vector<Profile> current;
    QJsonObject unknown;
    if (Result<> done = read(current, unknown); !done)
        return done;
    if (Result<> done = change(current); !done)
        return done;
    if (Result<> done = write(current, unknown); !done)
        return done;
    const std::vector<Profile> before = std::exchange(m_profiles, std::move(current));
    lock.unlock();
    tellDifference(before);
    return {};
}

/// Also says what another program changed in the meantime.
void ProfileStore::tellDifference(const std::vector<Profile> &before)
{
    const std::vector<Profile> now = m_profiles; // a slot may change them again
    for (const Profile &profile : before) {
        if (findId(now, profile.id) == now.cend())
            Q_EMIT removed(profile.id);
    }
    QStringList order;
    QStringList orderBefore;
    for (const Profile &profile : now) {
        const auto old = findId(before, profile.id);
        if (old == before.cend())
            Q_EMIT added(profile.id);
        else if (!(*old == profile))
            Q_EMIT changed(profile.id);
        if (old != before.cend())
            order.append(profile.id);
    }
    for (const Profile &profile : before) {
        if (findId(now, profile.id) != now.cend())
            orderBefore.append(profile.id);
    }
    if (order != orderBefore)
        Q_EMIT reordered();
}

const Profile *ProfileStore::byId(const QString &id) const
{
    const auto it = findId(m_profiles, id);
    return it == m_profiles.cend() ? nullptr : &*it;
}

const Profile *ProfileStore::byName(const QString &name) const
{
    const auto it = std::find_if(m_profiles.cbegin(), m_profiles.cend(),
                                 [&](const Profile &profile) { return profile.name == name; });
    return it == m_profiles.cend() ? nullptr : &*it;
}

QString ProfileStore::freeName(const QString &wish) const
{
    const QString base = wish.trimmed().isEmpty() ? QStringLiteral("instance") : wish.trimmed();
    QString name = base;
    for (int n = 2; byName(name); ++n)
        name = QStringLiteral("%1 %2").arg(base).arg(n);
    return name;
}

Result<> ProfileStore::checkName(const std::vector<Profile> &profiles, const Profile &profile)
{
    if (profile.name.trimmed().isEmpty())
        return fail(ErrorCode::Usage, Step::Profile, QStringLiteral("the name is empty"));
    const bool taken = std::any_of(profiles.cbegin(), profiles.cend(), [&](const Profile &other) {
        return other.name == profile.name && other.id != profile.id;
    });
    if (taken)
        return fail(ErrorCode::Usage, Step::Profile,
                    QStringLiteral("the name %1 is taken").arg(profile.name));
    return {};
}

Result<Profile> ProfileStore::add(Profile profile)
{
    if (profile.id.isEmpty())
        profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    profile.jump = withoutUrlPassword(profile.jump);
    const Result<> done = apply([&](std::vector<Profile> &profiles) -> Result<> {
        if (Result<> name = checkName(profiles, profile); !name)
            return name;
        profiles.push_back(profile);
        return {};
    });
    if (!done)
        return tl::make_unexpected(done.error());
    return profile;
}

Result<> ProfileStore::update(const Profile &profile)
{
    return apply([&](std::vector<Profile> &profiles) -> Result<> {
        const auto it = std::find_if(profiles.begin(), profiles.end(),
                                     [&](const Profile &other) { return other.id == profile.id; });
        if (it == profiles.end())
            return fail(ErrorCode::NotFound, Step::Profile, profile.name);
        if (Result<> name = checkName(profiles, profile); !name)
            return name;
        *it = profile;
        it->jump = withoutUrlPassword(profile.jump);
        return {};
    });
}

Result<> ProfileStore::remove(const QString &id)
{
    return apply([&](std::vector<Profile> &profiles) -> Result<> {
        if (std::erase_if(profiles, [&](const Profile &profile) { return profile.id == id; }) == 0)
            return fail(ErrorCode::NotFound, Step::Profile, id);
        return {};
    });
}

Result<> ProfileStore::move(const QString &id, int to)
{
    return apply([&](std::vector<Profile> &profiles) -> Result<> {
        const auto it = std::find_if(profiles.begin(), profiles.end(),
                                     [&](const Profile &profile) { return profile.id == id; });
        if (it == profiles.end())
            return fail(ErrorCode::NotFound, Step::Profile, id);
        const Profile profile = *it;
        profiles.erase(it);
        profiles.insert(profiles.begin() + std::clamp(to, 0, int(profiles.size())), profile);
        return {};
    });
}

} // namespace core::profiles
