// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/SeenJobs.h"

#include "core/base/Logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace core::fleet {

SeenJobs::SeenJobs(QString file)
    : m_file(std::move(file))
{
    QFile saved(m_file);
    if (!saved.open(QIODevice::ReadOnly))
        return;
    const QJsonObject all = QJsonDocument::fromJson(saved.readAll()).object();
    for (auto it = all.begin(); it != all.end(); ++it) {
        QSet<jobs::JobId> ids;
        for (const auto &one : it.value().toArray()) {
            const jobs::JobId id = one.toString().toLatin1();
            if (jobs::isJobId(id))
                ids.insert(id);
        }
        m_ids.insert(it.key(), ids);
    }
}

QSet<jobs::JobId> SeenJobs::of(const QString &instance) const
{
    return m_ids.value(instance);
}

void SeenJobs::set(const QString &instance, const QSet<jobs::JobId> &ids)
{
    if (m_ids.value(instance) == ids)
        return;
    if (ids.isEmpty())
        m_ids.remove(instance);
    else
        m_ids.insert(instance, ids);
    save();
}

void SeenJobs::save() const
{
    QJsonObject all;
    for (auto it = m_ids.begin(); it != m_ids.end(); ++it) {
        QJsonArray ids;
        for (const jobs::JobId &id : it.value())
            ids.append(QString::fromLatin1(id));
        all.insert(it.key(), ids);
    }
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(all).toJson()) < 0 ||
        !file.commit())
        qCWarning(lcFleet) << "the running jobs could not be noted:" << file.errorString();
}

} // namespace core::fleet
