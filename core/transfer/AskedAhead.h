// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QHash>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace core::transfer {

/// Answers of a server that were asked for before it was known that they would be needed: a round
/// trip earlier. Each can be taken once.
template <typename Answer>
class AskedAhead
{
public:
    using Done = std::function<void(const Result<Answer> &)>;

    /// \a ask: makes the request for \a path.
    void ask(const QByteArray &path, const std::function<void(const QByteArray &, Done)> &ask)
    {
        auto one = std::make_shared<One>();
        m_asked.insert(path, one);
        ask(path, [one](const Result<Answer> &answer) {
            one->answer = answer;
            if (const Done waiting = std::exchange(one->waiting, {}))
                waiting(answer);
        });
    }

    /// Whether it was asked for; then \a done gets it, at once or when it comes.
    [[nodiscard]] bool take(const QByteArray &path, const Done &done)
    {
        const std::shared_ptr<One> one = m_asked.take(path);
        if (one && one->answer)
            done(*one->answer);
        else if (one)
            one->waiting = done;
        return one != nullptr;
    }

    void forget() { m_asked.clear(); }

private:
    struct One
    {
        std::optional<Result<Answer>> answer;
        Done waiting;
    };

    QHash<QByteArray, std::shared_ptr<One>> m_asked;
};

} // namespace core::transfer
