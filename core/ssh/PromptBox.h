// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"

#include <QMutex>
#include <QWaitCondition>

#include <chrono>
#include <optional>
#include <vector>

namespace core::ssh {

/// libssh2 asks keyboard-interactive questions in a callback that must return with the answers, so
/// the session's own thread waits in it, and only there; before sign-in it has nothing else to do.
/// The handle answers or cancels from its thread.
class PromptBox
{
public:
    /// In the session's thread. Nothing when cancelled or out of time.
    [[nodiscard]] std::optional<std::vector<SecretBytes>> wait(std::chrono::milliseconds longest);
    void answer(std::vector<SecretBytes> answers);
    /// Ends this and every later wait.
    void cancel();

private:
    QMutex m_mutex;
    QWaitCondition m_changed;
    std::optional<std::vector<SecretBytes>> m_answers;
    bool m_cancelled = false;
};

} // namespace core::ssh
