// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Tokens.h"

#include <QWidget>

#include <optional>

namespace ui {

/// How full something is: a thin bar that turns to warning and error colours near its end. The
/// words beside it are the caller's; the bar only has an accessible name.
class UsageBar : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "indicator")

public:
    explicit UsageBar(QColor Tokens::*hue = &Tokens::net, QWidget *parent = nullptr);

    /// 0 to 1; absent draws the empty track.
    void setPart(std::optional<double> part);
    [[nodiscard]] std::optional<double> part() const { return m_part; }
    /// From which part on it warns and alarms; 2 switches a colour off.
    void setLimits(double warn, double bad);
    void setDimmed(bool dimmed);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor Tokens::*m_hue;
    std::optional<double> m_part;
    double m_warn = 0.85;
    double m_bad = 0.95;
    bool m_dimmed = false;
};

} // namespace ui
