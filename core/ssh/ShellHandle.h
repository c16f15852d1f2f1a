// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/EngineChannel.h"
#include "core/ssh/Shell.h"

#include <deque>
#include <memory>

namespace core::ssh {

class SessionEngine;

/// A Shell's handle in the caller's thread; the engine's side only posts to it.
class ShellHandle final : public Shell
{
    Q_OBJECT

public:
    ShellHandle(SessionEngine *engine, QObject *parent);
    ~ShellHandle() override;

    /// \a command: "" = the user's shell.
    void start(const QByteArray &command, const TerminalSize &size);
    void failLater(const Error &error);
    /// The engine is about to go; nothing may be posted to it any more.
    void forgetEngine() { m_engine = nullptr; }

    [[nodiscard]] qint64 bytesAvailable() const override { return m_available; }
    [[nodiscard]] QByteArray read(qint64 maxSize) override;
    void write(const QByteArray &bytes) override;
    [[nodiscard]] qint64 unsentBytes() const override { return m_unsent; }
    void resize(const TerminalSize &size) override;

protected:
    void doCancel() override;

private:
    struct Shared;

    template <typename F>
    void withChannel(F function);
    void release();
    void take(const QByteArray &bytes);
    void onEnded(const ChannelEnd &end);

    SessionEngine *m_engine;
    std::shared_ptr<Shared> m_shared;
    std::deque<QByteArray> m_pieces;
    qsizetype m_offset = 0; ///< in the first piece
    qint64 m_available = 0;
    qint64 m_unsent = 0;
};

} // namespace core::ssh
