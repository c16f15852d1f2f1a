// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Packages.h"
#include "core/env/Report.h"
#include "core/transfer/ScriptOperation.h"

namespace core::env {

/// Takes the whole text of a script, whose last record is "end".
class TextOperation : public transfer::ScriptOperation
{
    Q_OBJECT

protected:
    using ScriptOperation::ScriptOperation;
    [[nodiscard]] virtual Result<> read(const QByteArray &text) = 0;
    void take(const QByteArray &record) override;

private:
    QByteArray m_text;
};

/// Looks at everything but sizes and packages. Part::Pythons: not at the GPUs, which may take half
/// a minute where the driver hangs.
class LookAround final : public TextOperation
{
    Q_OBJECT

public:
    enum class Part { All, Pythons };
    explicit LookAround(ssh::Session &session, Part part = Part::All);

    [[nodiscard]] const Report &report() const { return m_report; }

protected:
    Result<> read(const QByteArray &text) override;

private:
    Report m_report;
};

/// The packages of one environment.
class ListPackages final : public TextOperation
{
    Q_OBJECT

public:
    ListPackages(ssh::Session &session, const Environment &environment);

    [[nodiscard]] const std::vector<Package> &packages() const { return m_packages; }

protected:
    Result<> read(const QByteArray &text) override;

private:
    std::vector<Package> m_packages;
};

/// A count of KiB as du prints it; absent when it is none, or more than any disk has.
[[nodiscard]] std::optional<qint64> bytesOfKib(const QByteArray &text);

/// How much disk folders take. On a network disk that takes minutes: each size is told when it is
/// known, and the whole can be cancelled. Files in several of the folders by hard links count in
/// each: conda's packages and their cache.
class MeasureSizes final : public transfer::ScriptOperation
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
