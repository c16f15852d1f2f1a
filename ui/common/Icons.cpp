// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Icons.h"

#include "ui/common/Tokens.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <optional>

namespace ui {

namespace {

// In the order of the enum.
constexpr std::array iconFiles{
    "add",       "arrowDown", "arrowUp", "check",   "chevronDown", "chevronLeft", "chevronRight",
    "chevronUp", "clock",     "close",   "copy",    "cpu",         "disk",        "download",
    "edit",      "error",     "eye",     "eyeOff",  "file",        "folder",      "furnace",
    "gear",      "globe",     "gpu",     "help",    "info",        "key",         "link",
    "lock",      "memory",    "money",   "monitor", "moon",        "more",        "network",
    "ok",        "paste",     "pause",   "play",    "power",       "refresh",     "search",
    "server",    "shield",    "star",    "stop",    "sun",         "terminal",    "thermometer",
    "transfer",  "trash",     "unplug",  "upload",  "user",        "warning"};
static_assert(iconFiles.size() == std::size_t(Icon::Warning) + 1);

QString iconPath(Icon name)
{
    return QStringLiteral(":/danlu/icons/%1.svg")
        .arg(QLatin1StringView(iconFiles.at(std::size_t(name))));
}

QColor toneColour(IconTone tone)
{
    const Tokens &t = tokens(QGuiApplication::palette());
    switch (tone) {
    case IconTone::Text: return t.text;
    case IconTone::Secondary: return t.text2;
    case IconTone::Hint: return t.text3;
    case IconTone::Accent: return t.accent;
    case IconTone::OnAccent: return t.onAccent;
    case IconTone::Good: return t.good;
    case IconTone::Warn: return t.warn;
    case IconTone::Bad: return t.bad;
    }
    return t.text;
}

/// Draws an SVG, its shape in one colour where there is a tone. Sizes given to it are device
/// pixels.
class SvgEngine final : public QIconEngine
{
public:
    SvgEngine(QString path, std::optional<IconTone> tone)
        : m_path(std::move(path))
        , m_tone(tone)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap picture = pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state);
        picture.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), picture);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        QColor colour = m_tone ? toneColour(*m_tone) : QColor(Qt::black);
        if (mode == QIcon::Disabled)
            colour.setAlphaF(0.45F);
        const QString key = QStringLiteral("danlu-icon%1/%2/%3x%4")
                                .arg(m_path)
                                .arg(colour.rgba(), 0, 16)
                                .arg(size.width())
                                .arg(size.height());
        QPixmap picture;
        if (!QPixmapCache::find(key, &picture)) {
            picture = render(size, colour);
            QPixmapCache::insert(key, picture);
        }
        return picture;
    }

    QIconEngine *clone() const override { return new SvgEngine(m_path, m_tone); }
    QString key() const override { return QStringLiteral("danlu"); }
    bool isNull() override { return false; }

private:
    [[nodiscard]] QPixmap render(const QSize &size, const QColor &colour) const
    {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QSvgRenderer svg(m_path);
        svg.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        svg.render(&painter, QRectF(QPointF(), QSizeF(size)));
        if (m_tone) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(picture.rect(), colour);
        }
        return picture;
    }

    QString m_path;
    std::optional<IconTone> m_tone;
};

} // namespace

QIcon icon(Icon name, IconTone tone)
{
    return QIcon(new SvgEngine(iconPath(name), tone));
}

QIcon appIcon()
{
    return QIcon(new SvgEngine(QStringLiteral(":/danlu/danlu.svg"), std::nullopt));
}

} // namespace ui
