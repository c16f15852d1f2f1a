// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/profiles/Profile.h"

#include <QObject>

#include <functional>

namespace core::profiles {

/// The saved profiles: one versioned JSON file, profiles.json, written atomically with mode 0600.
/// The window and the command line may have it open at the same time: every change reads it again
/// under a lock, changes the one profile, and writes. One thread (the window's).
class ProfileStore : public QObject
{
    Q_OBJECT

public:
    /// \a directory: the configuration folder; made with the first save.
    explicit ProfileStore(QString directory, QObject *parent = nullptr);

    struct LoadReport
    {
        QString corruptKeptAs; ///< path of the set-aside file, "" if the file was fine or absent
        int lostProfiles = 0;  ///< entries that could not be read; the others are there
    };
    /// A broken file is moved to profiles.json.corrupt-DATE and the store starts empty, or, where
    /// single entries are broken, with the others.
    /// Errors: LocalIo; Unsupported for a file of a newer version, which is then never written.
    [[nodiscard]] Result<LoadReport> load();

    [[nodiscard]] const std::vector<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] const Profile *byId(const QString &id) const;
    [[nodiscard]] const Profile *byName(const QString &name) const;
    /// A free name like \a wish ("name", "name 2", ...).
    [[nodiscard]] QString freeName(const QString &wish) const;

    /// Gives it an id when it has none. Errors: Usage for an empty or taken name, LocalIo.
    [[nodiscard]] Result<Profile> add(Profile profile);
    /// Errors: NotFound, Usage, LocalIo. After an error nothing has changed.
    [[nodiscard]] Result<> update(const Profile &profile);
    [[nodiscard]] Result<> remove(const QString &id);
    /// To position \a to of the list.
    [[nodiscard]] Result<> move(const QString &id, int to);

    [[nodiscard]] QString filePath() const;

Q_SIGNALS:
    void added(const QString &id);
    void changed(const QString &id);
    void removed(const QString &id);
    void reordered();

private:
    using Change = std::function<Result<>(std::vector<Profile> &)>;
    [[nodiscard]] Result<> apply(const Change &change);
    /// \a broken: how many entries were no profile. Where it is null they are an error.
    [[nodiscard]] Result<> read(std::vector<Profile> &into, QJsonObject &unknown,
                                int *broken = nullptr) const;
    [[nodiscard]] Result<> write(const std::vector<Profile> &profiles,
                                 const QJsonObject &unknown) const;
    [[nodiscard]] static Result<> checkName(const std::vector<Profile> &profiles,
                                            const Profile &profile);
    void tellDifference(const std::vector<Profile> &before);

    QString m_directory;
    std::vector<Profile> m_profiles;
};

} // namespace core::profiles
