// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ScatterChart.h"

#include "ui/common/Format.h"
#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLegend>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui::charts {

namespace {

constexpr double reach = 14; ///< pixels from the pointer to a point
constexpr double markSize = 9;
constexpr int wantedTicks = 5;

/// 1, 2 or 5 times a power of ten, so that some five of them reach \a highest.
double stepFor(double highest)
{
    const double rough = std::max(highest, 1e-9) / wantedTicks;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double part = rough / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

double topFor(double highest)
{
    const double step = stepFor(highest);
    return step * std::max(1.0, std::ceil(highest * 1.02 / step));
}

int decimalsFor(double step)
{
    return step >= 1 ? 0 : int(std::ceil(-std::log10(step) - 1e-9));
}

std::vector<double> evenTicks(double top)
{
    std::vector<double> ticks;
    const double step = stepFor(top);
    for (int i = 0; i * step <= top * 1.0001; ++i)
        ticks.push_back(i * step);
    return ticks;
}

/// A logarithmic axis is better from here on: the largest of the smallest.
constexpr double manyTimes = 8;

/// 1, 2 and 5 times powers of ten, from the last below \a low to the first from \a high on.
std::vector<double> decadeTicks(double low, double high)
{
    std::vector<double> ticks;
    for (int power = int(std::floor(std::log10(low))) - 1;; ++power) {
        for (const double part : {1.0, 2.0, 5.0}) {
            const double tick = part * std::pow(10.0, power);
            if (tick < low * 0.999)
                ticks.assign(1, tick);
            else
                ticks.push_back(tick);
            if (tick >= high * 0.999)
                return ticks;
        }
    }
}

} // namespace

ScatterChart::ScatterChart(QWidget *parent)
    : QChartView(parent)
    , m_xAxis(new QValueAxis(this))
    , m_yAxis(new QValueAxis(this))
    , m_plain(new QScatterSeries)
    , m_best(new QScatterSeries)
    , m_off(new QScatterSeries)
    , m_stairs(new QLineSeries)
{
    QChart *c = chart();
    c->legend()->hide();
    c->setAnimationOptions(QChart::NoAnimation);
    c->setBackgroundVisible(false);
    c->setPlotAreaBackgroundVisible(false);
    c->setMargins(QMargins());
    c->layout()->setContentsMargins(0, 0, 0, 0);
    c->addAxis(m_xAxis, Qt::AlignBottom);
    c->addAxis(m_yAxis, Qt::AlignLeft);
    for (QXYSeries *series : std::initializer_list<QXYSeries *>{m_stairs, m_off, m_plain, m_best}) {
        c->addSeries(series);
        series->attachAxis(m_xAxis);
        series->attachAxis(m_yAxis);
    }
    for (QScatterSeries *series : {m_off, m_plain, m_best})
        series->setMarkerSize(series == m_best ? markSize + 2 : markSize);
    m_off->setMarkerShape(QScatterSeries::MarkerShapeRectangle);
    m_xAxis->setVisible(false);
    m_yAxis->setVisible(false);

    setInteractive(false);
    setFrameShape(NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setViewportUpdateMode(FullViewportUpdate);
    viewport()->setMouseTracking(true);
    applyLook();
}

ScatterChart::~ScatterChart() = default;

QSize ScatterChart::sizeHint() const
{
    return {360, 300};
}

QSize ScatterChart::minimumSizeHint() const
{
    return {220, 180};
}

void ScatterChart::setTitles(const QString &x, const QString &y)
{
    m_xTitle = x;
    m_yTitle = y;
    layOut();
}

void ScatterChart::setPoints(std::vector<Point> points)
{
    m_points = std::move(points);
    m_hovered = -1;
    double least = 0;
    double x = 0;
    double y = 0;
    for (const Point &point : m_points) {
        least = least > 0 && (point.x <= 0 || least < point.x) ? least : point.x;
        x = std::max(x, point.x);
        y = std::max(y, point.y);
    }
    const bool isLogarithmic = least > 0 && x > manyTimes * least;
    m_xTicks = isLogarithmic ? decadeTicks(least, x) : evenTicks(topFor(x));
    m_xLow = isLogarithmic ? m_xTicks.front() : 0;
    m_xTop = isLogarithmic ? m_xTicks.back() : topFor(x);
    m_yTop = topFor(y);
    QList<QPointF> plain;
    QList<QPointF> best;
    QList<QPointF> off;
    for (const Point &point : m_points)
        (point.isOff ? off : point.isBest ? best : plain).append({along(point.x), point.y});
    QList<QPointF> line = stairs();
    for (QPointF &corner : line)
        corner.setX(along(corner.x()));
    m_xAxis->setRange(0, 1);
    m_yAxis->setRange(0, m_yTop);
    m_plain->replace(plain);
    m_best->replace(best);
    m_off->replace(off);
    m_stairs->replace(line);
    layOut();
}

double ScatterChart::along(double x) const
{
    if (m_xLow <= 0)
        return x / m_xTop;
    return std::log(std::max(x, m_xLow) / m_xLow) / std::log(m_xTop / m_xLow);
}

QList<QPointF> ScatterChart::stairs() const
{
    QList<QPointF> steps;
    for (const Point &point : m_points) {
        if (point.isBest && !point.isOff)
            steps.append({point.x, point.y});
    }
    std::sort(steps.begin(), steps.end(), [](const QPointF &a, const QPointF &b) {
        return a.x() != b.x() ? a.x() < b.x() : a.y() < b.y();
    });
    QList<QPointF> line;
    for (const QPointF &step : steps) {
        if (!line.isEmpty())
            line.append({step.x(), line.last().y()});
        line.append(step);
    }
    return line;
}

void ScatterChart::applyLook()
{
    const Tokens &t = tokens(this);
    setBackgroundBrush(t.surface);
    const auto dress = [](QScatterSeries *series, const QColor &fill, const QColor &edge) {
        series->setColor(fill);
        series->setBorderColor(edge);
    };
    QColor weak = t.text3;
    weak.setAlphaF(0.35F);
    dress(m_plain, t.gpu, t.surface);
    dress(m_best, t.accent, t.surface);
    dress(m_off, weak, t.surface);
    QColor line = t.accent;
    line.setAlphaF(0.6F);
    m_stairs->setPen(QPen(line, 1.5));
    layOut();
}

void ScatterChart::layOut()
{
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    const double step = stepFor(m_yTop);
    const int left =
        metrics.horizontalAdvance(format::number(m_yTop, decimalsFor(step))) + space::m;
    const int line = metrics.height();
    m_plot = QRectF(left, line + space::m, std::max(1, viewport()->width() - left - space::m),
                    std::max(1, viewport()->height() - 3 * line - space::xl));
    chart()->setPlotArea(m_plot);
    viewport()->update();
}

QPointF ScatterChart::positionOf(int point) const
{
    const Point &p = m_points[std::size_t(point)];
    return {m_plot.left() + m_plot.width() * along(p.x),
            m_plot.bottom() - m_plot.height() * p.y / m_yTop};
}

void ScatterChart::drawGrid(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    painter.setFont(textFont(TextStyle::Caption));
    const double yStep = stepFor(m_yTop);
    for (const double tick : evenTicks(m_yTop)) {
        const double y = m_plot.bottom() - m_plot.height() * tick / m_yTop;
        painter.setPen(QPen(t.line, 1));
        painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        painter.setPen(t.text2);
        painter.drawText(
            QRectF(0, y - metrics.height() / 2.0, m_plot.left() - space::xs, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, format::number(tick, decimalsFor(yStep)));
    }
    for (const double tick : m_xTicks) {
        const double x = m_plot.left() + m_plot.width() * along(tick);
        const QString label =
            format::number(tick, decimalsFor(m_xLow > 0 ? tick : stepFor(m_xTop)));
        const double width = metrics.horizontalAdvance(label) + 2;
        const double from = std::clamp(x - width / 2, 0.0, viewport()->width() - width);
        painter.drawText(QRectF(from, m_plot.bottom() + space::xs, width, metrics.height()),
                         Qt::AlignCenter, label);
    }
    const double width = viewport()->width();
    painter.drawText(QRectF(space::s, space::xs, width - space::s, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_yTitle, Qt::ElideRight, int(width)));
    painter.drawText(QRectF(0, m_plot.bottom() + space::xs + metrics.height(), width - space::m,
                            metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(m_xTitle, Qt::ElideRight, int(width)));
}

void ScatterChart::drawNames(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    painter.setFont(textFont(TextStyle::Caption));
    painter.setPen(t.text);
    QList<QRectF> taken;
    for (int i = 0; i < int(m_points.size()); ++i) {
        const QPointF at = positionOf(i);
        taken.append(QRectF(at.x() - 5, at.y() - 5, 10, 10));
    }
    for (int i = 0; i < int(m_points.size()); ++i) {
        const Point &point = m_points[std::size_t(i)];
        if (!point.isBest || point.isOff)
            continue;
        const QPointF at = positionOf(i);
        const QSizeF size(metrics.horizontalAdvance(point.name) + 2, metrics.height());
        for (const QPointF &corner :
             {QPointF(at.x() - size.width() - 7, at.y() - size.height() - 1),
              QPointF(at.x() + 8, at.y() + 2), QPointF(at.x() + 8, at.y() - size.height() - 2),
              QPointF(at.x() - size.width() - 7, at.y() + 2)}) {
            const QRectF rect(corner, size);
            const bool isFree =
                m_plot.adjusted(0, -space::s, space::s, 0).contains(rect) &&
                std::none_of(taken.cbegin(), taken.cend(),
                             [&](const QRectF &other) { return other.intersects(rect); });
            if (!isFree)
                continue;
            painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, point.name);
            taken.append(rect);
            break;
        }
    }
}

/// Words beside the point, on the side where there is room.
void ScatterChart::drawHovered(QPainter &painter) const
{
    if (m_hovered < 0)
        return;
    const Tokens &t = tokens(this);
    const QPointF at = positionOf(m_hovered);
    painter.setPen(QPen(t.text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, markSize, markSize);
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    painter.setFont(textFont(TextStyle::Caption));
    const QString words = m_points[std::size_t(m_hovered)].details;
    const QSizeF text = metrics.size(0, words);
    QRectF box(0, 0, text.width() + 2 * space::s, text.height() + space::s);
    const bool isRight = at.x() + box.width() + space::l < viewport()->width();
    box.moveLeft(isRight ? at.x() + space::l : std::max(0.0, at.x() - box.width() - space::l));
    box.moveTop(std::clamp(at.y() - box.height() / 2, 0.0,
                           std::max(0.0, viewport()->height() - box.height())));
    painter.setPen(QPen(t.line, 1));
    painter.setBrush(t.surface2);
    painter.drawRoundedRect(box, controlRadius, controlRadius);
    painter.setPen(t.text);
    painter.drawText(box.adjusted(space::s, space::xs, -space::s, -space::xs),
                     Qt::AlignLeft | Qt::AlignVCenter, words);
}

void ScatterChart::paintEvent(QPaintEvent *event)
{
    QChartView::paintEvent(event);
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    drawNames(painter);
    drawHovered(painter);
    if (m_keyboardFocus)
        paint::focusRing(&painter, viewport()->rect(), 4, tokens(this).accent);
}

void ScatterChart::drawBackground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawBackground(painter, rect);
    drawGrid(*painter);
}

void ScatterChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    layOut();
}

void ScatterChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyLook();
    QChartView::changeEvent(event);
}

bool ScatterChart::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered(-1);
    if (event->type() == QEvent::ToolTip)
        return false; // the box tells it
    return QChartView::viewportEvent(event);
}

int ScatterChart::nearest(const QPointF &position) const
{
    int found = -1;
    double least = reach * reach;
    for (int i = 0; i < int(m_points.size()); ++i) {
        const QPointF away = positionOf(i) - position;
        const double distance = QPointF::dotProduct(away, away);
        if (distance < least) {
            least = distance;
            found = i;
        }
    }
    return found;
}

void ScatterChart::setHovered(int point)
{
    if (point == m_hovered || point >= int(m_points.size()))
        return;
    m_hovered = point;
    setAccessibleDescription(
        point < 0
            ? QString()
            : QString(m_points[std::size_t(point)].details).replace(u'\n', QStringLiteral(", ")));
    viewport()->update();
}

void ScatterChart::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(nearest(event->position()));
}

void ScatterChart::mousePressEvent(QMouseEvent *event)
{
    const int point = nearest(event->position());
    if (point >= 0)
        Q_EMIT picked(point);
    event->accept();
}

void ScatterChart::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void ScatterChart::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the page scrolls
}

void ScatterChart::keyPressEvent(QKeyEvent *event)
{
    const bool isStep = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (event->key() == Qt::Key_Escape && m_hovered >= 0) {
        setHovered(-1);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_hovered >= 0) {
        Q_EMIT picked(m_hovered);
        return;
    }
    if (!isStep || m_points.empty()) {
        event->ignore();
        return;
    }
    // From left to right as they stand.
    std::vector<int> order(m_points.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
        return m_points[std::size_t(a)].x < m_points[std::size_t(b)].x;
    });
    const auto at = std::find(order.begin(), order.end(), m_hovered);
    const int last = int(order.size()) - 1;
    int place = at == order.end() ? -1 : int(at - order.begin());
    place = event->key() == Qt::Key_Right ? std::min(last, place + 1) : std::max(0, place - 1);
    setHovered(order[std::size_t(place)]);
}

void ScatterChart::focusInEvent(QFocusEvent *event)
{
    m_keyboardFocus = event->reason() == Qt::TabFocusReason ||
                      event->reason() == Qt::BacktabFocusReason ||
                      event->reason() == Qt::ShortcutFocusReason;
    viewport()->update();
}

void ScatterChart::focusOutEvent(QFocusEvent *)
{
    if (m_keyboardFocus)
        setHovered(-1);
    m_keyboardFocus = false;
    viewport()->update();
}

} // namespace ui::charts
