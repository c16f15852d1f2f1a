// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChartView>

#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QBarCategoryAxis;
class QBarSet;
class QHorizontalStackedBarSeries;
class QValueAxis;
QT_END_NAMESPACE

namespace ui::charts {

/// Horizontal bars from 0, one to a row of the table beside it: as high as the table's rows and
/// scrolled with it. Qt Charts draws the bars; names and figures are drawn here.
class BarChart : public QChartView
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "chart")

public:
    struct Bar
    {
        QString name;
        std::optional<double> value; ///< absent = no bar and an en dash
        QString text;                ///< the value in words
        QString details;             ///< under the pointer
        bool isMarked = false;       ///< in the accent's colour, with a star
        bool operator==(const Bar &) const = default;
    };

    explicit BarChart(QWidget *parent = nullptr);
    ~BarChart() override;

    /// \a title: what the bars show and in which unit.
    void setBars(const QString &title, std::vector<Bar> bars);
    [[nodiscard]] const std::vector<Bar> &bars() const { return m_bars; }
    /// Draws the row as the chosen one; -1 = none.
    void setCurrent(int row);
    /// How many pixels the rows are scrolled by.
    void setOffset(int pixels);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void picked(int row);
    /// The wheel was turned over it.
    void scrolled(QWheelEvent *event);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void applyLook();
    void layOut();
    void fill();
    void drawRows(QPainter &painter) const;
    void drawHead(QPainter &painter) const;
    [[nodiscard]] int rowAt(int y) const;

    QBarCategoryAxis *m_rowAxis;
    QValueAxis *m_valueAxis;
    QHorizontalStackedBarSeries *m_series;
    QBarSet *m_plain;
    QBarSet *m_marked;
    QString m_title;
    std::vector<Bar> m_bars;
    QRectF m_plot;
    double m_top = 1;
    int m_offset = 0;
    int m_current = -1;
    bool m_keyboardFocus = false;
};

} // namespace ui::charts
