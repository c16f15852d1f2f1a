// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace ui::shell {

/// Something that somebody who looks elsewhere wants to know.
struct Notification
{
    enum class Kind { Good, Info, Warning };

    Kind kind = Kind::Info;
    QString title; ///< one line: what happened, and to what
    QString text;  ///< "" = the title says it all
    /// Shows the page that it is about; called when it is clicked. Null = nothing to show.
    std::function<void()> open;
    QString topic;           ///< a newer one takes the place of one that has it too; "" = none
    bool isInWindow = false; ///< the window tells of it by itself
};

/// Where parts of the program that have something to tell hand it in, whatever becomes of it.
class Notifier
{
public:
    virtual ~Notifier() = default;
    virtual void notify(const Notification &notification) = 0;
};

} // namespace ui::shell
