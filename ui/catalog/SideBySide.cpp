// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/SideBySide.h"

#include "ui/common/Tokens.h"

#include <QResizeEvent>
#include <QSplitterHandle>

namespace ui::catalog {

namespace {

constexpr int narrowBelow = 720;
constexpr int wideFrom = 760; ///< apart, so that a scroll bar that comes and goes changes nothing

/// A gap that can be moved.
class Gap final : public QSplitterHandle
{
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent *) override {}
};

} // namespace

SideBySide::SideBySide(QWidget *first, QWidget *second, int share, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_share(share)
{
    addWidget(first);
    addWidget(second);
    setChildrenCollapsible(false);
    setHandleWidth(space::m);
    setStretchFactor(0, share);
    setStretchFactor(1, 100 - share);
    this->share();
}

QSplitterHandle *SideBySide::createHandle()
{
    return new Gap(orientation(), this);
}

void SideBySide::share()
{
    setSizes({m_share * 10, (100 - m_share) * 10});
}

void SideBySide::resizeEvent(QResizeEvent *event)
{
    const int width = event->size().width();
    const Qt::Orientation wanted = width < narrowBelow ? Qt::Vertical
                                   : width >= wideFrom ? Qt::Horizontal
                                                       : orientation();
    if (wanted != orientation()) {
        setOrientation(wanted);
        share();
    }
    QSplitter::resizeEvent(event);
}

} // namespace ui::catalog
