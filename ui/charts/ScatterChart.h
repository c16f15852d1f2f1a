// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChartView>

#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QLineSeries;
class QScatterSeries;
class QValueAxis;
QT_END_NAMESPACE

namespace ui::charts {

/// Points of two quantities, and the stairs through those that nothing beats. Both axes begin at 0;
/// where the largest x is many times the smallest, its axis is logarithmic, or most points would
/// stand on each other. The pointer and the arrow keys tell what a point is. Qt Charts draws points
/// and stairs; grid and labels are drawn here.
class ScatterChart : public QChartView
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "chart")

public:
    struct Point
    {
        double x = 0;
        double y = 0;
        QString name;    ///< beside the points that nothing beats
        QString details; ///< under the pointer
        bool isBest = false;
        bool isOff = false; ///< shown weaker: no choice
        bool operator==(const Point &) const = default;
    };

    explicit ScatterChart(QWidget *parent = nullptr);
    ~ScatterChart() override;

    /// What the axes show, with their units.
    void setTitles(const QString &x, const QString &y);
    void setPoints(std::vector<Point> points);
    [[nodiscard]] const std::vector<Point> &points() const { return m_points; }
    /// The stairs from left to right; a corner where the next step begins.
    [[nodiscard]] QList<QPointF> stairs() const;
    /// What the pointer is on; -1 = nothing.
    [[nodiscard]] int hovered() const { return m_hovered; }
    void setHovered(int point);
    [[nodiscard]] QPointF positionOf(int point) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void picked(int point);

protected:
    void paintEvent(QPaintEvent *event) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;
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
    void applyLook();
    void layOut();
    void drawGrid(QPainter &painter) const;
    void drawNames(QPainter &painter) const;
    void drawHovered(QPainter &painter) const;
    [[nodiscard]] int nearest(const QPointF &position) const;
    /// Where a value stands between the left end (0) and the right end (1).
    [[nodiscard]] double along(double x) const;

    QValueAxis *m_xAxis;
    QValueAxis *m_yAxis;
    QScatterSeries *m_plain;
    QScatterSeries *m_best;
    QScatterSeries *m_off;
    QLineSeries *m_stairs;
    QString m_xTitle;
    QString m_yTitle;
    std::vector<Point> m_points;
    QRectF m_plot;
    std::vector<double> m_xTicks{0, 1};
    double m_xLow = 0; ///< the left end of a logarithmic axis; 0 = it is none
    double m_xTop = 1;
    double m_yTop = 1;
    int m_hovered = -1;
    bool m_keyboardFocus = false;
};

} // namespace ui::charts
