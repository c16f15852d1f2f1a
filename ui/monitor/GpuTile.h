// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/SeriesSet.h"
#include "ui/charts/Sparkline.h"
#include "ui/common/Card.h"

namespace ui {
class BigNumber;
class ElidedLabel;
class UsageBar;
} // namespace ui

namespace ui::monitor {

/// One GPU small, where there are many: use, its short past, memory, power, temperature.
class GpuTile : public Card
{
    Q_OBJECT

public:
    explicit GpuTile(int gpu, QWidget *parent = nullptr);

    void setGpu(const core::probe::GpuInfo *gpu, const QColor &colour, bool stale);
    void setPast(charts::SparklineData past);

Q_SIGNALS:
    /// The pointer or the focus is on it; false when it left.
    void pointedAt(int gpu, bool on);

protected:
    void changeEvent(QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslate();

    int m_gpu;
    QString m_name;
    QColor m_colour;
    ui::BigNumber *m_use;
    charts::Sparkline *m_past;
    ui::UsageBar *m_memoryBar;
    ui::ElidedLabel *m_words;
};

} // namespace ui::monitor
