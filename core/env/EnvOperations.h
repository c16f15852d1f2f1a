// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/env/Packages.h"
#include "core/env/Report.h"

#include <QTimer>

#include <chrono>

namespace core::ssh {
class Session;
}
namespace core::transfer {
class RemoteScript;
}

namespace core::env {

/// One script over one channel that changes nothing. Failures: those of the connection,
/// Unsupported (no shell), Parse, TimedOut. Child of the session, in its thread: it goes with it
/// and then says nothing.
class EnvOperation : public Operation
{
    Q_OBJECT

protected:
    EnvOperation(ssh::Session &session, const QByteArray &script, std::chrono::seconds patience);
    /// The next record of the script, without its NUL.
    virtual void take(const QByteArray &record) = 0;

private:
    transfer::RemoteScript *m_script;
    QTimer m_patience;
};

/// Looks at everything but sizes and packages.
class LookAround final : public EnvOperation
{
    Q_OBJECT

public:
    explicit LookAround(ssh::Session &session);

    [[nodiscard]] const Report &report() const { return m_report; }

protected:
    void take(const QByteArray &record) override;

private:
    QByteArray m_text;
    Report m_report;
};

/// The packages of one environment.
class ListPackages final : public EnvOperation
{
    Q_OBJECT

public:
    ListPackages(ssh::Session &session, const Environment &environment);

    [[nodiscard]] const std::vector<Package> &packages() const { return m_packages; }

protected:
    void take(const QByteArray &record) override;

private:
    QByteArray m_text;
    std::vector<Package> m_packages;
};

/// How much disk folders take. On a network disk that takes minutes: each size is told when it is
/// known, and the whole can be cancelled. Files in several of the folders by hard links count in
/// each: conda's packages and their cache.
class MeasureSizes final : public EnvOperation
{
    Q_OBJECT

public:
    MeasureSizes(ssh::Session &session, const QByteArrayList &paths);

Q_SIGNALS:
    /// \a bytes absent: it is not there, or may not be read.
    void measured(const QByteArray &path, std::optional<qint64> bytes);

protected:
    void take(const QByteArray &record) override;
};

} // namespace core::env
