// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vscode/CheckList.h"

#include "ui/common/Describe.h"
#include "ui/common/Format.h"
#include "ui/common/IconView.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"

#include <QBoxLayout>

#include <algorithm>

namespace ui::vscode {

using core::vscode::Obstacle;
using core::vscode::RemoteFacts;
using Kind = CheckList::Line::Kind;

namespace {

QIcon signOf(Kind kind)
{
    switch (kind) {
    case Kind::Good: return icon(Icon::Ok, IconTone::Good);
    case Kind::Info: return icon(Icon::Info, IconTone::Secondary);
    case Kind::Warning: return icon(Icon::Warning, IconTone::Warn);
    case Kind::Bad: return icon(Icon::Error, IconTone::Bad);
    }
    return {};
}

CheckList::Line obstacleLine(Obstacle obstacle, const RemoteFacts &facts)
{
    const QString free =
        format::bytes(facts.freeBytes ? std::optional(double(*facts.freeBytes)) : std::nullopt);
    const QString needed = format::bytes(double(core::vscode::neededBytes(facts)));
    switch (obstacle) {
    case Obstacle::DiskFull:
        return {Kind::Bad,
                CheckList::tr("Only %1 are free for VS Code's server in %2; with its extensions it "
                              "takes about %3. Free some space first, or move ~/.vscode-server to "
                              "the data disk and leave a link.")
                    .arg(free, QString::fromUtf8(facts.place), needed)};
    case Obstacle::FewFiles:
        return {Kind::Bad,
                CheckList::tr("Only %1 more files fit on the disk of VS Code's server, which has "
                              "tens of thousands.")
                    .arg(format::count(facts.freeFiles))};
    case Obstacle::OldSystem:
        return {Kind::Bad, CheckList::tr("VS Code's server needs glibc 2.28 or newer; this image "
                                         "has %1. Choose a newer image, as Ubuntu 20.04.")
                               .arg(facts.glibc)};
    case Obstacle::OtherLibrary:
        return {Kind::Warning, CheckList::tr("This system has another processor or another C "
                                             "library than VS Code's server is built for.")};
    case Obstacle::NoNetwork:
        return {Kind::Warning,
                CheckList::tr("The instance does not reach VS Code's download. VS Code then copies "
                              "its server from this computer, which takes a while; extensions may "
                              "need a proxy.")};
    case Obstacle::BrokenProxy:
        return {Kind::Warning,
                CheckList::tr("A proxy is set on the instance, but VS Code's download is not "
                              "reached through it.")};
    }
    return {};
}

} // namespace

CheckList::CheckList(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("vscodeChecks"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
}

std::vector<CheckList::Line> CheckList::linesOf(const RemoteFacts &facts)
{
    std::vector<Line> lines;
    const std::vector<Obstacle> found = core::vscode::obstacles(facts);
    const auto has = [&found](Obstacle one) {
        return std::find(found.begin(), found.end(), one) != found.end();
    };
    lines.reserve(found.size() + 4); // what is in order follows
    for (const Obstacle obstacle : found)
        lines.push_back(obstacleLine(obstacle, facts));
    if (facts.freeBytes && !has(Obstacle::DiskFull))
        lines.push_back(
            {Kind::Good,
             tr("%1 are free for VS Code's server").arg(format::bytes(double(*facts.freeBytes)))});
    if (facts.reaches == true)
        lines.push_back({Kind::Good, tr("The instance reaches VS Code's download")});
    for (const RemoteFacts::Proxy &proxy : facts.proxies)
        lines.push_back(
            {Kind::Info, tr("A proxy is set: %1 = %2").arg(proxy.variable, proxy.address)});
    if (facts.proxies.empty() && facts.hasTurbo && facts.reaches == false)
        lines.push_back({Kind::Info, tr("Academic acceleration (source /etc/network_turbo) is for "
                                        "GitHub and Hugging Face: it does not help here.")});
    return lines;
}

void CheckList::showLines(const std::vector<Line> &lines)
{
    while (QLayoutItem *item = layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Line &line : lines) {
        auto *row = new QWidget;
        auto *rowLayout = new QHBoxLayout(row);
        rowLayout->setContentsMargins(0, 0, 0, 0);
        rowLayout->setSpacing(space::s);
        auto *sign = new IconView;
        sign->set(signOf(line.kind));
        auto *words = new Label(line.text, TextStyle::Body, TextTone::Secondary);
        words->setWordWrap(true);
        rowLayout->addWidget(sign, 0, Qt::AlignTop);
        rowLayout->addWidget(words, 1);
        layout()->addWidget(row);
    }
}

void CheckList::showWaiting()
{
    showLines({{Kind::Info, tr("Looking at the instance…")}});
}

void CheckList::showError(const core::Error &error)
{
    showLines({{Kind::Warning,
                tr("The instance could not be looked at: %1").arg(describe(error).title)}});
}

void CheckList::showFacts(const RemoteFacts &facts)
{
    showLines(linesOf(facts));
}

} // namespace ui::vscode
