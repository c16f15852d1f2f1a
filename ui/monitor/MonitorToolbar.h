// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartGroup.h"
#include "ui/common/Chip.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace ui::monitor {

/// Above the page: how fresh the figures are, the mode, the shown span, pause.
class MonitorToolbar : public QWidget
{
    Q_OBJECT

public:
    explicit MonitorToolbar(charts::ChartGroup &group, QWidget *parent = nullptr);

    void setFreshness(const QString &text, Chip::Tone tone, Icon sign);
    /// "" hides it.
    void setMode(const QString &text, Chip::Tone tone);
    void setControlsEnabled(bool enabled);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void follow();

    charts::ChartGroup &m_group;
    Chip *m_freshness;
    Chip *m_mode;
    std::array<QToolButton *, 4> m_spans{};
    QToolButton *m_pause;
};

} // namespace ui::monitor
