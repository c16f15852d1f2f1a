// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/SeriesSet.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace ui::charts {

using core::metrics::TimeMs;

/// What all charts of a page have in common: data, shown span, pause, staleness and the crosshair.
/// Outlives its charts.
class ChartGroup : public QObject
{
    Q_OBJECT

public:
    enum class Span { Minute, TenMinutes, Hour, Day };

    explicit ChartGroup(QObject *parent = nullptr);

    /// Asked whenever a chart draws; may give null. Call dataArrived() after changing it.
    using Source = std::function<const core::metrics::SeriesSet *()>;
    void setSource(Source source);
    [[nodiscard]] const core::metrics::SeriesSet *data() const;

    void setSpan(Span span);
    [[nodiscard]] Span span() const { return m_span; }
    /// What the charts show: the span, or less while there are no figures for most of it yet.
    [[nodiscard]] TimeMs spanMs() const;
    /// The right edge of every chart: the last sample's time, or where it was when paused. 0 = no
    /// data.
    [[nodiscard]] TimeMs end() const { return m_end; }

    /// Freezes the view; recording goes on elsewhere.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// Figures are old: drawn weaker.
    void setStale(bool stale);
    [[nodiscard]] bool isStale() const { return m_stale; }

    void setHover(std::optional<TimeMs> time);
    [[nodiscard]] std::optional<TimeMs> hover() const { return m_hover; }

    /// A stretch of a quantity that something was found in.
    struct Mark
    {
        core::metrics::Quantity quantity = core::metrics::Quantity::GpuUtil;
        int gpu = 0; ///< for quantities of a GPU
        TimeMs from = 0;
        TimeMs to = 0;

        bool operator==(const Mark &) const = default;
    };
    /// Shaded in the charts that show their quantity.
    void setMarks(std::vector<Mark> marks);
    [[nodiscard]] const std::vector<Mark> &marks() const { return m_marks; }

    /// New figures are in the source.
    void dataArrived();

Q_SIGNALS:
    /// The picture moved: new data, another span, pause ended.
    void viewChanged();
    void spanChanged();
    void pausedChanged();
    void staleChanged();
    void hoverChanged();
    void marksChanged();

private:
    [[nodiscard]] TimeMs wholeSpanMs() const;

    Source m_source;
    Span m_span = Span::TenMinutes;
    TimeMs m_end = 0;
    bool m_paused = false;
    bool m_stale = false;
    std::optional<TimeMs> m_hover;
    std::vector<Mark> m_marks;
};

} // namespace ui::charts
