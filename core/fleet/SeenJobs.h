// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobSpec.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace core::fleet {

/// Which jobs were last seen running, by the instance's id: kept in a small file, so that the end
/// of one that Danlu did not live to see is told. GUI thread.
class SeenJobs
{
public:
    /// What can't be read is nothing.
    explicit SeenJobs(QString file);

    [[nodiscard]] QSet<jobs::JobId> of(const QString &instance) const;
    /// Writes when it is another set.
    void set(const QString &instance, const QSet<jobs::JobId> &ids);

private:
    void save() const;

    QString m_file;
    QHash<QString, QSet<jobs::JobId>> m_ids;
};

} // namespace core::fleet
