// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace ui {
class BigNumber;
class ElidedLabel;
} // namespace ui

namespace ui::charts {

class ChartGroup;
class TimeChart;

/// A titled chart with its current value: the number first, then the line that led there.
class ChartPanel : public QWidget
{
    Q_OBJECT

public:
    enum class Size { Full, Compact };
    ChartPanel(ChartGroup &group, Size size, QWidget *parent = nullptr);

    /// \a spoken names chart and figure for screen readers where the title alone would not: "GPU 0
    /// power".
    void setTitle(const QString &title, const QString &spoken = {});
    /// Small words under the figure: "of 1,600 %", the source of the figures.
    /// \a warning: something is wrong, and the note says what.
    void setNote(const QString &note, bool warning = false);
    void setValue(const QString &formatted);
    /// A second figure of the same rank: both are then set smaller.
    void setSecondValue(const QString &formatted);
    /// Keeps the width of the figure steady.
    void setWidestValue(const QString &formatted);
    void setStale(bool stale);

    [[nodiscard]] TimeChart *chart() const { return m_chart; }
    [[nodiscard]] QString value() const;

private:
    QString m_name;
    ui::ElidedLabel *m_title;
    ui::ElidedLabel *m_note;
    ui::BigNumber *m_value;
    ui::BigNumber *m_second = nullptr;
    QHBoxLayout *m_head = nullptr;
    TimeChart *m_chart;
};

} // namespace ui::charts
