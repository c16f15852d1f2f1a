// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/JobWatch.h"

#include <QTimer>
#include <QWidget>

class QVBoxLayout;

namespace ui {
class Banner;
}

namespace ui::jobs {

/// Every power-off that an instance will do by itself, with its countdown and a button that cancels
/// it: above the instance's page, whichever tab is shown. Hidden where there is none.
class EndStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit EndStrip(QWidget *parent = nullptr);

    void setWatch(core::fleet::JobWatch *watch);

Q_SIGNALS:
    void failed(const core::Error &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();
    void fill(Banner *banner, const core::jobs::JobInfo &job);
    void cancel(const core::jobs::JobId &id);

    QPointer<core::fleet::JobWatch> m_watch;
    QVBoxLayout *m_layout;
    std::vector<std::pair<core::jobs::JobId, Banner *>> m_banners;
    QSet<core::jobs::JobId> m_cancelling;
    QTimer m_tick;
};

} // namespace ui::jobs
