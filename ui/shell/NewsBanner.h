// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Banner.h"
#include "ui/shell/Notifier.h"

#include <QTimer>

#include <deque>

namespace ui::shell {

/// What could not pop up, at the top of the window: one at a time, the newest first, each until it
/// is closed.
class NewsBanner final : public Banner
{
    Q_OBJECT

public:
    explicit NewsBanner(QWidget *parent = nullptr);

    /// One of the same topic is replaced. \a isBrief: it goes by itself.
    void add(const Notification &notification, bool isBrief);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showFirst();
    void dropFirst();

    std::deque<Notification> m_news;
    QTimer m_end;
};

} // namespace ui::shell
