// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobSpec.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QSpinBox;
class QToolButton;

namespace ui {
class Label;
}

namespace ui::jobs {

/// Switches the idle guard: on or off, after how many minutes, and below what an instance is idle.
class GuardBar final : public QWidget
{
    Q_OBJECT

public:
    explicit GuardBar(QWidget *parent = nullptr);

    /// The row with the limits, shown when asked for. It goes where its parent wants it.
    [[nodiscard]] QWidget *limits() const { return m_limits; }
    /// What a guard that is switched on now would get.
    [[nodiscard]] core::jobs::GuardSpec spec() const;
    /// Limits that were chosen before; without effect while a guard watches.
    void setSpec(const core::jobs::GuardSpec &spec);
    /// \a armed: the guard that watches, whose limits hold and can't be changed. \a canSwitch: the
    /// instance can be asked.
    void setState(const std::optional<core::jobs::GuardSpec> &armed, bool canSwitch);

Q_SIGNALS:
    void switched(bool on);

protected:
    void changeEvent(QEvent *event) override;

private:
    QSpinBox *addLimit(const char *name, int most, int step);
    void fill(const core::jobs::GuardSpec &spec);
    void retranslate();

    QCheckBox *m_switch;
    QSpinBox *m_minutes;
    QToolButton *m_show;
    QWidget *m_limits;
    Label *m_limitsWords;
    QToolButton *m_defaults;
    QSpinBox *m_gpu;
    QSpinBox *m_cpu;
    QSpinBox *m_disk;
    QSpinBox *m_network;
};

} // namespace ui::jobs
