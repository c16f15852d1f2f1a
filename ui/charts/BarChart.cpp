// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/BarChart.h"

#include "ui/common/Format.h"
#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"
#include "ui/common/ToolTip.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QGraphicsLayout>
#include <QHelpEvent>
#include <QHorizontalStackedBarSeries>
#include <QKeyEvent>
#include <QLegend>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace ui::charts {

namespace {

constexpr int widestName = 150;
constexpr int valueGap = 6;
constexpr double barShare = 0.5; ///< of a row's height

} // namespace

BarChart::BarChart(QWidget *parent)
    : QChartView(parent)
    , m_rowAxis(new QBarCategoryAxis(this))
    , m_valueAxis(new QValueAxis(this))
    , m_series(new QHorizontalStackedBarSeries)
    , m_plain(new QBarSet(QString()))
    , m_marked(new QBarSet(QString()))
{
    QChart *c = chart();
    c->legend()->hide();
    c->setAnimationOptions(QChart::NoAnimation);
    c->setBackgroundVisible(false);
    c->setPlotAreaBackgroundVisible(false);
    c->setMargins(QMargins());
    c->layout()->setContentsMargins(0, 0, 0, 0);
    m_series->append(m_plain);
    m_series->append(m_marked);
    m_series->setBarWidth(barShare);
    c->addSeries(m_series);
    c->addAxis(m_rowAxis, Qt::AlignLeft);
    c->addAxis(m_valueAxis, Qt::AlignBottom);
    m_series->attachAxis(m_rowAxis);
    m_series->attachAxis(m_valueAxis);
    m_rowAxis->setVisible(false);
    m_valueAxis->setVisible(false);

    setInteractive(false);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setViewportUpdateMode(FullViewportUpdate);
    applyLook();
}

BarChart::~BarChart() = default;

QSize BarChart::sizeHint() const
{
    return {320, 12 * rowHeight};
}

QSize BarChart::minimumSizeHint() const
{
    return {200, 5 * rowHeight};
}

void BarChart::setBars(const QString &title, std::vector<Bar> bars)
{
    if (title == m_title && bars == m_bars)
        return;
    m_title = title;
    m_bars = std::move(bars);
    setAccessibleName(title);
    fill();
    layOut();
}

void BarChart::setCurrent(int row)
{
    if (row == m_current)
        return;
    m_current = row;
    if (row >= 0 && row < int(m_bars.size()))
        setAccessibleDescription(m_bars[std::size_t(row)].name + u' ' +
                                 m_bars[std::size_t(row)].text);
    viewport()->update();
}

void BarChart::setOffset(int pixels)
{
    if (pixels == m_offset)
        return;
    m_offset = pixels;
    layOut();
}

void BarChart::fill()
{
    // The first category is at the bottom.
    QStringList rows;
    QList<qreal> plain;
    QList<qreal> marked;
    m_top = 0;
    for (std::size_t i = m_bars.size(); i-- > 0;) {
        const Bar &bar = m_bars[i];
        const double value = bar.value.value_or(0);
        rows.append(QString::number(i));
        plain.append(bar.isMarked ? 0 : value);
        marked.append(bar.isMarked ? value : 0);
        m_top = std::max(m_top, value);
    }
    if (m_top <= 0)
        m_top = 1;
    for (QBarSet *set : {m_plain, m_marked})
        set->remove(0, set->count());
    m_rowAxis->setCategories(rows);
    m_plain->append(plain);
    m_marked->append(marked);
    m_valueAxis->setRange(0, m_top);
}

void BarChart::layOut()
{
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    int names = 0;
    int values = metrics.horizontalAdvance(format::absent());
    for (const Bar &bar : m_bars) {
        names = std::max(names, metrics.horizontalAdvance(bar.name) + iconSize);
        values = std::max(values, metrics.horizontalAdvance(bar.text));
    }
    const int width = viewport()->width();
    const int left = std::min({names, widestName, width / 2}) + space::s;
    const int right = values + valueGap + space::xs;
    m_plot = QRectF(left, rowHeight - m_offset, std::max(1, width - left - right),
                    std::max<double>(1, double(m_bars.size()) * rowHeight));
    chart()->setPlotArea(m_plot);
    viewport()->update();
}

void BarChart::applyLook()
{
    const Tokens &t = tokens(this);
    setBackgroundBrush(t.surface);
    for (QBarSet *set : {m_plain, m_marked}) {
        set->setPen(Qt::NoPen);
        set->setBrush(set == m_marked ? t.accent : t.gpu);
    }
    layOut();
}

int BarChart::rowAt(int y) const
{
    const int row = (y - rowHeight + m_offset) / rowHeight;
    return y >= rowHeight && row < int(m_bars.size()) ? row : -1;
}

void BarChart::drawRows(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    painter.setFont(textFont(TextStyle::Caption));
    const int first = std::max(0, m_offset / rowHeight);
    const int last = std::min(int(m_bars.size()) - 1, (m_offset + height()) / rowHeight);
    const int nameWidth = int(m_plot.left()) - space::s;
    for (int row = first; row <= last; ++row) {
        const Bar &bar = m_bars[std::size_t(row)];
        const QRectF rect(0, m_plot.top() + row * rowHeight, viewport()->width(), rowHeight);
        if (row == m_current) {
            painter.setPen(QPen(t.accent, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(rect.adjusted(0.5, 1.5, -0.5, -1.5), controlRadius,
                                    controlRadius);
        }
        painter.setPen(bar.value ? t.text : t.text3);
        const QString name = bar.isMarked ? QString(QStringLiteral("★ ") + bar.name) : bar.name;
        painter.drawText(QRectF(space::xs, rect.top(), nameWidth - space::xs, rowHeight),
                         Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(name, Qt::ElideRight, nameWidth - space::xs));
        painter.setPen(bar.value ? t.text2 : t.text3);
        const double end = m_plot.left() + m_plot.width() * bar.value.value_or(0) / m_top;
        painter.drawText(
            QRectF(end + valueGap, rect.top(), rect.right() - end - valueGap, rowHeight),
            Qt::AlignLeft | Qt::AlignVCenter, bar.value ? bar.text : format::absent());
    }
}

void BarChart::drawHead(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const QRectF head(0, 0, viewport()->width(), rowHeight);
    painter.fillRect(head, t.surface);
    painter.fillRect(QRectF(0, rowHeight - 1, head.width(), 1), t.line);
    painter.setFont(textFont(TextStyle::Caption));
    painter.setPen(t.text2);
    painter.drawText(
        head.adjusted(m_plot.left(), 0, -space::s, 0), Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(painter.font())
            .elidedText(m_title, Qt::ElideRight, int(head.width() - m_plot.left()) - space::s));
}

void BarChart::paintEvent(QPaintEvent *event)
{
    QChartView::paintEvent(event);
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    drawRows(painter);
    drawHead(painter);
    if (m_keyboardFocus)
        paint::focusRing(&painter, viewport()->rect(), 4, tokens(this).accent);
}

void BarChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    layOut();
}

void BarChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyLook();
    QChartView::changeEvent(event);
}

bool BarChart::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos().y());
        QToolTip::showText(help->globalPos(),
                           row < 0 ? QString() : plainToolTip(m_bars[std::size_t(row)].details),
                           viewport());
        return true;
    }
    return QChartView::viewportEvent(event);
}

void BarChart::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(int(event->position().y()));
    if (row >= 0)
        Q_EMIT picked(row);
    event->accept();
}

void BarChart::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void BarChart::wheelEvent(QWheelEvent *event)
{
    Q_EMIT scrolled(event);
}

void BarChart::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_bars.size()) - 1;
    int row = m_current;
    switch (event->key()) {
    case Qt::Key_Up: row = std::max(0, m_current - 1); break;
    case Qt::Key_Down: row = std::min(last, m_current + 1); break;
    case Qt::Key_Home: row = 0; break;
    case Qt::Key_End: row = last; break;
    default: event->ignore(); return;
    }
    if (row >= 0 && row <= last)
        Q_EMIT picked(row);
}

void BarChart::focusInEvent(QFocusEvent *event)
{
    m_keyboardFocus = event->reason() == Qt::TabFocusReason ||
                      event->reason() == Qt::BacktabFocusReason ||
                      event->reason() == Qt::ShortcutFocusReason;
    viewport()->update();
}

void BarChart::focusOutEvent(QFocusEvent *)
{
    m_keyboardFocus = false;
    viewport()->update();
}

} // namespace ui::charts
