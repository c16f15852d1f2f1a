// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/SessionOptions.h"

#include <QJsonObject>
#include <QStringList>
#include <QTemporaryDir>

namespace support {

/// tests/rig: a whole simulated instance with a password, started for one test program.
class Rig
{
public:
    Rig() = default;
    ~Rig();
    Q_DISABLE_COPY_MOVE(Rig)

    /// "" when it runs; else why not.
    [[nodiscard]] QString start(const QStringList &options = {});
    /// "stop", "rekey", "set MODE", "load LOAD".
    bool command(const QStringList &words);

    [[nodiscard]] quint16 port() const
    {
        return quint16(m_told.value(QStringLiteral("port")).toInt());
    }
    [[nodiscard]] QString text(const char *field) const
    {
        return m_told.value(QLatin1StringView(field)).toString();
    }
    [[nodiscard]] core::ssh::HostKey hostKey() const;
    [[nodiscard]] core::ssh::SessionOptions passwordOptions() const;

private:
    QTemporaryDir m_dir;
    QJsonObject m_told;
};

} // namespace support
