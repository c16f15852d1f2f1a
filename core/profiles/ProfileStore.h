// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/profiles/Profile.h"

#include <QObject>

namespace core::profiles {

/// The saved profiles: one versioned JSON file, written atomically. GUI thread only.
/// The file may be edited by another Danlu (window and CLI): saves reread and merge by id.
class ProfileStore : public QObject
{
    Q_OBJECT

public:
    /// \a directory: the configuration folder; profiles.json is made in it on the first save.
    explicit ProfileStore(QString directory, QObject *parent = nullptr);

    struct LoadReport {
        QString corruptKeptAs; ///< path of the set-aside file, "" if the file was fine or absent
    };
    [[nodiscard]] Result<LoadReport> load();

    [[nodiscard]] const std::vector<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] const Profile *byId(const QString &id) const;
    [[nodiscard]] const Profile *byName(const QString &name) const;
    /// A free name like \a wish ("name", "name 2", ...).
    [[nodiscard]] QString freeName(const QString &wish) const;

    /// Gives it an id when it has none; fails with Usage for an empty or taken name.
    [[nodiscard]] Result<Profile> add(Profile profile);
    [[nodiscard]] Result<> update(const Profile &profile);
    [[nodiscard]] Result<> remove(const QString &id);
    /// Position in the list, for drag and drop.
    [[nodiscard]] Result<> move(const QString &id, int to);

    [[nodiscard]] QString filePath() const;

Q_SIGNALS:
    void added(const QString &id);
    void changed(const QString &id);
    void removed(const QString &id);

private:
    [[nodiscard]] Result<> save();
    QString m_directory;
    std::vector<Profile> m_profiles;
    QJsonObject m_unknownFields;
};

} // namespace core::profiles
