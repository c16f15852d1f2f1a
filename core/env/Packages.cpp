// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/Packages.h"

#include "core/probe/Text.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <optional>

namespace core::env {

namespace {

constexpr std::size_t mostPackages = 20000;

/// "numpy-1.26.4-py310h5f9d8c6_0.json": name, version and build, of which only the name has "-".
std::optional<Package> condaPackage(const QByteArray &file)
{
    if (!file.endsWith(".json"))
        return std::nullopt;
    const QByteArray stem = file.chopped(5);
    const qsizetype build = stem.lastIndexOf('-');
    const qsizetype version = build > 0 ? stem.lastIndexOf('-', build - 1) : -1;
    if (version <= 0)
        return std::nullopt;
    return Package{probe::decode(stem.first(version)),
                   probe::decode(stem.sliced(version + 1, build - version - 1)),
                   Package::Origin::Conda};
}

/// "numpy-1.26.4.dist-info", "foo-1.0-py3.10.egg-info", "foo.egg-info": "-" in a name is written
/// "_", so that the first one ends it.
std::optional<Package> distPackage(const QByteArray &folder)
{
    for (const char *ending : {".dist-info", ".egg-info"}) {
        if (!folder.endsWith(ending))
            continue;
        const QByteArrayList parts = folder.chopped(qsizetype(qstrlen(ending))).split('-');
        if (parts[0].isEmpty() || parts[0].startsWith('~')) // "~": pip's own leftovers
            return std::nullopt;
        return Package{probe::decode(parts[0]), probe::decode(parts.value(1)),
                       Package::Origin::Pip};
    }
    return std::nullopt;
}

} // namespace

QString normalisedName(const QString &name)
{
    static const QRegularExpression runs(QStringLiteral("[-_.]+"));
    return name.toLower().replace(runs, QStringLiteral("-"));
}

Result<std::vector<Package>> parsePackages(QByteArrayView text)
{
    std::vector<Package> packages;
    QHash<QString, std::size_t> byName;
    std::vector<std::pair<QByteArray, Package>> dists;
    QSet<QByteArray> byConda;
    bool isWhole = false;
    for (qsizetype from = 0, end; (end = text.indexOf('\0', from)) >= 0; from = end + 1) {
        const QByteArray record = text.sliced(from, end - from).toByteArray();
        if (record == "end") {
            isWhole = true;
            break;
        }
        if (packages.size() + dists.size() >= mostPackages)
            continue;
        if (record.startsWith("conda ")) {
            if (const auto package = condaPackage(record.mid(6))) {
                byName.insert(normalisedName(package->name), packages.size());
                packages.push_back(*package);
            }
        } else if (record.startsWith("dist ")) {
            if (const auto package = distPackage(record.mid(5)))
                dists.emplace_back(record.mid(5), *package);
        } else if (record.startsWith("by-conda ")) {
            byConda.insert(record.mid(9));
        }
    }
    if (!isWhole)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("the list is cut off"));
    for (const auto &[folder, package] : dists) {
        const auto known = byName.constFind(normalisedName(package.name));
        if (byConda.contains(folder)) // "torch" of conda's "pytorch": it is listed already
            continue;
        if (known == byName.cend()) {
            byName.insert(normalisedName(package.name), packages.size());
            packages.push_back(package);
        } else if (Package &other = packages[*known];
                   other.origin == Package::Origin::Conda && other.version != package.version) {
            other = package; // python takes what pip has put over it
        }
    }
    std::sort(packages.begin(), packages.end(), [](const Package &a, const Package &b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    return packages;
}

} // namespace core::env
