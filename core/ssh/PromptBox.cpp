// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/PromptBox.h"

#include <QDeadlineTimer>

namespace core::ssh {

std::optional<std::vector<SecretBytes>> PromptBox::wait(std::chrono::milliseconds longest)
{
    const QMutexLocker locker(&m_mutex);
    const QDeadlineTimer deadline(longest);
    while (!m_answers && !m_cancelled) {
        if (!m_changed.wait(&m_mutex, deadline))
            break;
    }
    std::optional<std::vector<SecretBytes>> answers;
    if (!m_cancelled)
        answers.swap(m_answers);
    m_answers.reset();
    return answers;
}

void PromptBox::answer(std::vector<SecretBytes> answers)
{
    const QMutexLocker locker(&m_mutex);
    m_answers = std::move(answers);
    m_changed.wakeAll();
}

void PromptBox::cancel()
{
    const QMutexLocker locker(&m_mutex);
    m_cancelled = true;
    m_changed.wakeAll();
}

} // namespace core::ssh
