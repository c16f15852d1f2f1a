// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Series.h"
#include "ui/common/Tokens.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace ui::charts {

/// What a tiny load line needs to be drawn; a value, so that item models can hand it to delegates.
struct SparklineData
{
    std::vector<core::metrics::SeriesRun> runs;
    core::metrics::TimeMs from = 0;
    core::metrics::TimeMs to = 0;
    double maximum = 100;
};

/// The last \a spanMs up to \a end, in at most \a columns points; null gives an empty line.
[[nodiscard]] SparklineData sparklineData(const core::metrics::Series *series,
                                          core::metrics::TimeMs end, core::metrics::TimeMs spanMs,
                                          int columns, double maximum = 100);
/// For delegates: a filled line without axis or words.
void paintSparkline(QPainter *painter, const QRectF &rect, const SparklineData &data,
                    const QColor &colour);

/// The same as a widget.
class Sparkline : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "graphic")

public:
    explicit Sparkline(QColor Tokens::*hue = &Tokens::gpu, QWidget *parent = nullptr);
    void setData(SparklineData content);
    void setDimmed(bool dimmed);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor Tokens::*m_hue;
    SparklineData m_data;
    bool m_dimmed = false;
};

} // namespace ui::charts
