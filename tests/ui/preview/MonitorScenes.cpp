// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/preview/MonitorScenes.h"

#include "tests/ui/support/SyntheticInstance.h"
#include "ui/monitor/MonitorView.h"

#include <QWidget>

#include <chrono>
#include <map>

namespace preview {

using core::metrics::Sample;
using core::metrics::SeriesSet;
using synthetic::Look;
using ui::charts::ChartGroup;
using ui::monitor::LinkStatus;
using ui::monitor::MonitorView;

namespace {

using namespace std::chrono_literals;

struct Scene
{
    int gpus = 1;
    Look look = Look::Training;
    int seconds = 900;
    ChartGroup::Span span = ChartGroup::Span::TenMinutes;
    LinkStatus::Kind link = LinkStatus::Kind::Live;
    bool hasSample = true;
    bool paused = false;
    int hoverBeforeEnd = 0; ///< seconds; 0 = no crosshair
};

const std::map<QString, Scene> &scenes()
{
    static const std::map<QString, Scene> all = [] {
        std::map<QString, Scene> s;
        s[QStringLiteral("gpu1")] = {};
        s[QStringLiteral("gpu2")] = {.gpus = 2};
        s[QStringLiteral("gpu2-hover")] = {.gpus = 2, .hoverBeforeEnd = 150};
        s[QStringLiteral("gpu8")] = {.gpus = 8};
        s[QStringLiteral("gpu8-hover")] = {.gpus = 8, .hoverBeforeEnd = 150};
        s[QStringLiteral("gpu8-day")] = {
            .gpus = 8, .seconds = 86400, .span = ChartGroup::Span::Day};
        s[QStringLiteral("gpu2-day")] = {
            .gpus = 2, .seconds = 86400, .span = ChartGroup::Span::Day, .hoverBeforeEnd = 30000};
        s[QStringLiteral("no-gpu")] = {.gpus = 0, .look = Look::NoGpu};
        s[QStringLiteral("smi-error")] = {.gpus = 2, .look = Look::SmiError};
        s[QStringLiteral("tight")] = {.gpus = 1, .look = Look::Tight};
        s[QStringLiteral("unknown")] = {.gpus = 0, .look = Look::NoFigures};
        s[QStringLiteral("stale")] = {.gpus = 2, .link = LinkStatus::Kind::Waiting};
        s[QStringLiteral("ended")] = {.gpus = 1, .link = LinkStatus::Kind::Idle};
        s[QStringLiteral("paused")] = {.gpus = 1, .paused = true};
        s[QStringLiteral("loading")] = {.link = LinkStatus::Kind::Connecting, .hasSample = false};
        s[QStringLiteral("empty")] = {.link = LinkStatus::Kind::Idle, .hasSample = false};
        s[QStringLiteral("failed")] = {.link = LinkStatus::Kind::Failed, .hasSample = false};
        return s;
    }();
    return all;
}

} // namespace

QStringList monitorScenes()
{
    QStringList names;
    for (const auto &[name, scene] : scenes())
        names << name;
    return names;
}

QWidget *makeMonitor(const QString &name)
{
    const auto found = scenes().find(name);
    if (found == scenes().end())
        return nullptr;
    const Scene &scene = found->second;
    auto set = std::make_shared<SeriesSet>();
    if (scene.hasSample)
        synthetic::fill(*set, scene.gpus, scene.seconds, scene.look);
    auto *view = new MonitorView;
    view->setNow([] {
        return std::chrono::system_clock::time_point(
                   std::chrono::milliseconds(synthetic::endOfTime)) +
               5s;
    });
    view->setSeries([set] { return set.get(); });
    view->group().setSpan(scene.span);
    LinkStatus link;
    link.kind = scene.link;
    if (scene.link == LinkStatus::Kind::Waiting)
        link.nextTry =
            std::chrono::system_clock::time_point(std::chrono::milliseconds(synthetic::endOfTime)) +
            13s;
    if (scene.link == LinkStatus::Kind::Failed) {
        ui::ErrorContext context;
        context.host = QStringLiteral("connect.westb.seetacloud.com");
        link.problem =
            ui::describe({core::ErrorCode::ConnectTimeout, core::Step::Connect, {}}, context);
    }
    view->setLink(link);
    if (scene.hasSample) {
        view->setSample(std::make_shared<const Sample>(
                            synthetic::sampleAt(synthetic::endOfTime, scene.gpus, scene.look)),
                        scene.link != LinkStatus::Kind::Live);
    }
    if (scene.paused)
        view->group().setPaused(true);
    if (scene.hoverBeforeEnd)
        view->group().setHover(synthetic::endOfTime - scene.hoverBeforeEnd * 1000LL);
    view->resize(1040, 740);
    return view;
}

} // namespace preview
