// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace core::env {

struct Package
{
    enum class Origin { Conda, Pip };
    QString name;
    QString version; ///< "" = its files don't say
    Origin origin = Origin::Pip;

    bool operator==(const Package &) const = default;
};

/// Pure. \a text: the records of packages.sh. A package that conda has installed appears once, by
/// conda's name; one that pip has put over it appears as pip's. Sorted by name. Parse when the
/// last record is missing.
[[nodiscard]] Result<std::vector<Package>> parsePackages(QByteArrayView text);

/// As PyPI compares names (PEP 503): lower case, runs of "-", "_" and "." as one "-".
[[nodiscard]] QString normalisedName(const QString &name);

} // namespace core::env
