// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArrayList>
#include <QObject>

#include <chrono>
#include <deque>
#include <functional>

namespace core::ssh {
class SessionEngine;
struct ChannelEnd;
} // namespace core::ssh

namespace core::transfer {

/// For the first sign of a shell: start-up files take their time, or ask something for ever.
inline constexpr auto shellPatience = std::chrono::seconds(15);

/// One POSIX shell on the instance that runs short commands one after another: a round trip each,
/// where an exec of its own costs two and the shell's start. Lives in the engine's thread;
/// callbacks come there, once each, never from inside run().
class RemoteShell final : public QObject
{
    Q_OBJECT

public:
    struct Output
    {
        int exitCode = 0;
        QByteArray text;   ///< standard output
        QByteArray errors; ///< its own standard error; of a long one the middle is left out
    };
    using Done = std::function<void(Result<Output>)>;
    using Pieces = std::function<void(QByteArrayView)>;

    explicit RemoteShell(ssh::SessionEngine &engine, QObject *parent = nullptr);
    ~RemoteShell() override;

    /// Unsupported when no shell answers.
    void open(std::function<void(Result<>)> done);
    /// \a command: shell text, built with shellQuote(); its stdin is empty.
    void run(const QByteArray &command, Done done);
    /// For an output of records that end with NUL: \a records is given whole ones as they come, the
    /// Output's text stays empty. \a errorLines, if any, likewise: every line of standard error.
    void runRecords(const QByteArray &command, Pieces records, Pieces errorLines, Done done);

private:
    /// What one of the shell's two streams brought and nobody has taken.
    struct Stream
    {
        QByteArray bytes;
        qsizetype searched = 0; ///< no mark begins before
    };
    struct Command
    {
        QByteArray mark;
        Pieces records;
        Pieces errorLines;
        Done done;
        Output output;
        bool hasText = false; ///< all of it, as its mark says
        bool hasErrors = false;
    };

    void giveUpOpening();
    void take();
    void takeText(Command &command);
    void takeErrors(Command &command);
    void onEnded(const ssh::ChannelEnd &end);
    void fail(const Error &error);

    ssh::SessionEngine &m_engine;
    quint64 m_channel = 0;
    quint64 m_nextMark = 1;
    QByteArray m_secret; ///< so that no output can be taken for a mark
    Stream m_text;
    Stream m_errors;
    std::deque<Command> m_commands;
    QByteArrayList m_early; ///< written before there was a channel
    std::optional<Error> m_error;
    bool m_isOpen = false; ///< it has answered
};

} // namespace core::transfer
