// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QObject>

#include <optional>

namespace core::ssh {
class Exec;
class Session;
} // namespace core::ssh

namespace core::transfer {

/// Runs a POSIX script that comes through stdin, so that its length has no limit, and reads the
/// NUL-ended records that it prints. Lives in its caller's thread; deleting it ends the script.
class RemoteScript final : public QObject
{
    Q_OBJECT

public:
    /// \a script: built with shellQuote(); its commands must not read stdin.
    RemoteScript(ssh::Session &session, const QByteArray &script, QObject *parent);

    /// What standard error had, for people.
    [[nodiscard]] const QByteArray &words() const { return m_words; }

Q_SIGNALS:
    void record(const QByteArray &bytes);
    /// Once and last. \a error Unsupported: no shell answered.
    void ended(const std::optional<core::Error> &error);

private:
    void take(const QByteArray &bytes);
    void finish(const std::optional<Error> &error);

    ssh::Exec *m_exec;
    QByteArray m_mark; ///< behind it comes the script's own output
    bool m_hasBegun = false;
    bool m_hasEnded = false;
    QByteArray m_text;
    QByteArray m_words;
};

} // namespace core::transfer
