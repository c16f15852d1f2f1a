// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/GpuTile.h"

#include "ui/common/BigNumber.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/StylePaint.h"
#include "ui/common/UsageBar.h"
#include "ui/monitor/Facts.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFocusEvent>

namespace ui::monitor {

GpuTile::GpuTile(int gpu, QWidget *parent)
    : Card(parent)
    , m_gpu(gpu)
    , m_use(new BigNumber(BigNumber::Size::Medium))
    , m_past(new charts::Sparkline(&Tokens::gpu))
    , m_memoryBar(new UsageBar(&Tokens::mem))
    , m_words(new ElidedLabel(TextStyle::Caption, TextTone::Secondary))
{
    setObjectName(QStringLiteral("gpuTile%1").arg(gpu));
    setFocusPolicy(Qt::TabFocus);
    m_use->setWidest(format::percent(100));
    addToTitle(m_use);
    m_past->setFixedHeight(24);
    m_memoryBar->setLimits(2, 2); // full GPU memory is normal
    body()->setContentsMargins(space::m, space::s, space::m, space::s);
    body()->setSpacing(space::xs);
    body()->addWidget(m_past);
    body()->addWidget(m_memoryBar);
    body()->addWidget(m_words);
    retranslate();
}

void GpuTile::setGpu(const core::probe::GpuInfo *gpu, const QColor &colour, bool stale)
{
    static const core::probe::GpuInfo unknown;
    const core::probe::GpuInfo &info = gpu ? *gpu : unknown;
    if (info.name && *info.name != m_name) {
        m_name = *info.name;
        setSubtitle(shortGpuName(m_name));
        setToolTip(m_name);
    }
    m_use->setText(format::percent(info.utilPercent));
    m_use->setDimmed(stale);
    m_past->setDimmed(stale);
    const auto used = mibToBytes(info.memUsedMib);
    const auto total = mibToBytes(info.memTotalMib);
    m_memoryBar->setPart(partOf(used, total));
    m_memoryBar->setDimmed(stale);
    const QString words = QStringList{format::bytesOf(used, total), format::watts(info.powerW),
                                      format::celsius(info.tempC)}
                              .join(QStringLiteral("   "));
    m_words->setText(words);
    setAccessibleDescription(m_use->text() + QStringLiteral(", ") + words);
    if (colour != m_colour) {
        m_colour = colour;
        update();
    }
}

void GpuTile::setPast(charts::SparklineData past)
{
    m_past->setData(std::move(past));
}

void GpuTile::retranslate()
{
    const QString name = gpuTitle(m_gpu);
    setTitle(name);
    m_use->setLabel(tr("%1 utilisation").arg(name));
    m_memoryBar->setAccessibleName(tr("%1 memory").arg(name));
}

void GpuTile::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Card::changeEvent(event);
}

void GpuTile::enterEvent(QEnterEvent *event)
{
    Card::enterEvent(event);
    Q_EMIT pointedAt(m_gpu, true);
}

void GpuTile::leaveEvent(QEvent *event)
{
    Card::leaveEvent(event);
    Q_EMIT pointedAt(m_gpu, false);
}

void GpuTile::focusInEvent(QFocusEvent *event)
{
    Card::focusInEvent(event);
    update();
    Q_EMIT pointedAt(m_gpu, true);
}

void GpuTile::focusOutEvent(QFocusEvent *event)
{
    Card::focusOutEvent(event);
    update();
    Q_EMIT pointedAt(m_gpu, false);
}

void GpuTile::paintEvent(QPaintEvent *event)
{
    Card::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // The shade that this GPU's line has in the shared charts.
    if (m_colour.isValid())
        paint::box(&painter, QRectF(0, 10, 3, 20), 1.5, m_colour);
    if (hasFocus())
        paint::focusRing(&painter, rect(), cardRadius, tokens(this).accent);
}

} // namespace ui::monitor
