// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Finding.h"
#include "core/metrics/SeriesSet.h"
#include "ui/charts/ChartGroup.h"
#include "ui/common/Describe.h"

#include <QWidget>

#include <chrono>
#include <optional>

class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTimer;
class QVBoxLayout;

namespace ui {
class Banner;
class EmptyState;
} // namespace ui

namespace ui::monitor {

class AdviceSection;
class DiskSection;
class GpuCard;
class GpuModel;
class GpuOverview;
class HolderModel;
class LoadSection;
class MonitorToolbar;
class ProcessModel;
class SystemSection;
class TableSection;

/// How the instance can be reached right now, as far as this page says it.
struct LinkStatus
{
    enum class Kind {
        Idle,       ///< not connected on purpose, or not yet
        Connecting, ///< being connected
        Live,
        Waiting, ///< lost; the next try is at nextTry
        Failed   ///< gave up; problem says why
    };
    Kind kind = Kind::Idle;
    std::optional<std::chrono::system_clock::time_point> nextTry;
    std::optional<Description> problem;
};

/// The monitor page without a connection: shows what it is given. Figures that are no longer fresh
/// stay and are marked.
class MonitorView : public QWidget
{
    Q_OBJECT

public:
    explicit MonitorView(QWidget *parent = nullptr);

    /// Asked when charts draw; may give null.
    void setSeries(charts::ChartGroup::Source source);
    /// Null shows the skeleton or, without a connection, what to do.
    void setSample(const core::metrics::SamplePtr &sample, bool stale);
    void setLink(const LinkStatus &link);
    /// What is wrong with how the instance is used; what it was seen by is marked in the charts.
    void setFindings(const std::vector<core::advice::Finding> &findings);
    /// The time used for "reconnecting in 8 s"; the system's by default.
    void setNow(std::function<std::chrono::system_clock::time_point()> now);

    [[nodiscard]] charts::ChartGroup &group() { return m_group; }

Q_SIGNALS:
    /// "Connect" or "Try again" was pressed.
    void connectRequested();
    /// "Not again" for a finding's key.
    void silenceRequested(const QString &key);
    /// What takes the room on this disk?
    void spaceRequested(const QString &mount);
    void safetyRequested();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *makeSkeleton();
    void showSample();
    void showGpus(const core::metrics::Sample &sample);
    void rebuildGpus(int count, bool awaited);
    void showNotice(const core::metrics::Sample &sample);
    void showFreshness();
    void showPage();
    void showEmpty();
    void retranslate();

    charts::ChartGroup m_group;
    core::metrics::SamplePtr m_latest;
    core::metrics::SamplePtr m_shown; ///< differs from the latest while paused
    LinkStatus m_link;
    bool m_stale = false;
    std::function<std::chrono::system_clock::time_point()> m_now;

    MonitorToolbar *m_toolbar;
    QStackedWidget *m_stack;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_skeleton = nullptr;
    EmptyState *m_empty = nullptr;
    QPushButton *m_connect = nullptr;
    Banner *m_notice = nullptr;
    AdviceSection *m_advice = nullptr;
    QWidget *m_gpuArea = nullptr;
    std::vector<GpuCard *> m_cards;
    GpuOverview *m_overview = nullptr;
    int m_gpuCount = 0;
    bool m_gpusAwaited = false;
    LoadSection *m_load = nullptr;
    DiskSection *m_disks = nullptr;
    GpuModel *m_gpuModel;
    ProcessModel *m_processModel;
    HolderModel *m_holderModel;
    TableSection *m_gpuTable = nullptr;
    TableSection *m_processes = nullptr;
    TableSection *m_holders = nullptr;
    SystemSection *m_system = nullptr;
    QTimer *m_countdown;
};

} // namespace ui::monitor
