// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartGroup.h"
#include "ui/charts/ChartLine.h"
#include "ui/charts/ChartScale.h"
#include "ui/common/Tokens.h"

#include <QChartView>
#include <QPixmap>

namespace ui::charts {

/// Lines of one quantity over the group's span. Qt Charts draws the lines; the grid, the labels and
/// the crosshair are drawn here, since the axes of Qt Charts lay out a text document per label on
/// every change. The result is kept as a picture: moving the pointer only copies it. Fetches its
/// points when it paints, so a chart that is not seen costs nothing.
class TimeChart : public QChartView
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "chart")

public:
    explicit TimeChart(ChartGroup &group, QWidget *parent = nullptr);
    ~TimeChart() override;

    /// \a hue: which colour of the tokens; several lines get shades of it.
    void setLines(const std::vector<LineSpec> &lines, QColor Tokens::*hue);
    void setScale(ChartScale scale);
    [[nodiscard]] const ChartScale &scale() const { return m_scale; }
    /// For charts of some 60 px height: no labels beside the plot, only within.
    void setCompact(bool compact);
    /// Draws the other lines weaker; -1 = none.
    void setHighlight(int line);

    [[nodiscard]] int lineCount() const { return int(m_lines.size()); }
    [[nodiscard]] const ChartLine &line(int index) const;
    /// Where the lines are, in viewport coordinates.
    [[nodiscard]] QRectF plotRect() const { return m_plot; }
    /// How many times the picture was made; for tests of the redraw rate.
    [[nodiscard]] int redraws() const { return m_redraws; }

    struct HoverValue
    {
        QString label;
        QString value;
        QString range; ///< "12 % to 100 %" where a point stands for several samples, else ""
        QColor colour;
        double y = 0;
    };
    struct HoverInfo
    {
        QString time;      ///< with the date where it is another day
        QString shortTime; ///< never with the date
        std::vector<HoverValue> values;
    };
    /// What the crosshair says here; absent when there is none or it is outside of this chart's
    /// data.
    [[nodiscard]] std::optional<HoverInfo> hoverInfo() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void onViewChanged();
    void onHoverChanged();
    void invalidate();
    void applyLook();
    void fetch();
    void layOut();
    void redraw();
    void drawMarks(QPainter &painter) const;
    void drawGrid(QPainter &painter) const;
    void drawEndLabels(QPainter &painter) const;
    void drawCrosshair(QPainter &painter) const;
    void drawHoverBox(QPainter &painter, const HoverInfo &info, double x) const;
    [[nodiscard]] double xOf(TimeMs time) const;
    [[nodiscard]] double yOf(double value) const;
    [[nodiscard]] TimeMs timeAt(double x) const;

    ChartGroup &m_group;
    QValueAxis *m_timeAxis;
    QValueAxis *m_valueAxis;
    std::vector<ChartLine> m_lines;
    QColor Tokens::*m_hue = &Tokens::gpu;
    ChartScale m_scale;
    bool m_compact = false;
    int m_highlight = -1;

    QRectF m_plot;
    QPixmap m_picture;
    TimeMs m_from = 0;
    TimeMs m_to = 0;
    TimeMs m_columnMs = 1000;
    TimeMs m_drawnEnd = 0;
    double m_top = 1;
    bool m_dirty = true;
    bool m_keyboardFocus = false;
    int m_redraws = 0;
};

} // namespace ui::charts
