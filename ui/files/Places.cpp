// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/Places.h"

#include "core/profiles/Providers.h"
#include "core/transfer/FileNames.h"
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui::files {

using core::probe::DiskRole;

namespace {

constexpr int fateRole = Qt::UserRole + 1;
constexpr int placeHeight = 56;

/// Name, and below it what becomes of what is kept there.
class PlaceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {160, placeHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tokens &colours = tokens(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect box = option.rect.adjusted(space::xs, 1, -space::xs, -1);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? colours.accentSoft : colours.surface2);
            painter->drawRoundedRect(box, controlRadius, controlRadius);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(colours.accent, 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75), controlRadius,
                                     controlRadius);
        }
        const QRect inner = box.adjusted(space::s, space::xs, -space::s, -space::xs);
        const QRect sign(inner.left(), inner.top() + 4, iconSize, iconSize);
        index.data(Qt::DecorationRole).value<QIcon>().paint(painter, sign);
        const int left = sign.right() + space::s;
        painter->setFont(textFont(TextStyle::Body));
        painter->setPen(colours.text);
        const QRect title(left, inner.top(), inner.right() - left + 1, 22);
        painter->drawText(title, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            title.width()));
        painter->setFont(textFont(TextStyle::Caption));
        painter->setPen(colours.text2);
        const QRect below(left, title.bottom() + 1, title.width(), 18);
        painter->drawText(below, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(fateRole).toString(),
                                                            Qt::ElideRight, below.width()));
        painter->restore();
    }
};

} // namespace

Places::Places(QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("places"));
    setItemDelegate(new PlaceDelegate(this));
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) {
        Q_EMIT chosen(m_places[std::size_t(row(item))].path);
    });
    connect(this, &QListWidget::itemActivated, this, [this](QListWidgetItem *item) {
        Q_EMIT chosen(m_places[std::size_t(row(item))].path);
    });
}

void Places::setInstance(const core::fleet::Instance *instance, const QByteArray &home)
{
    std::vector<Place> places;
    bool isAutodl = false;
    if (instance) {
        const auto *provider = core::profiles::providerOf(instance->profile().host);
        const core::metrics::SamplePtr sample = instance->sample();
        // By their mounts too: through a jump host the name tells nothing.
        isAutodl = provider && QLatin1StringView(provider->id) == QLatin1StringView("autodl");
        places.push_back({home, DiskRole::System, true});
        if (sample) {
            for (const core::probe::DiskInfo &disk : sample->disks) {
                isAutodl = isAutodl || disk.mount.startsWith(u"/root/autodl-");
                if (disk.role != DiskRole::Other)
                    places.push_back({disk.mount.toUtf8(), disk.role, false});
            }
        }
        const auto rank = [](const Place &place) {
            if (place.role == DiskRole::Data)
                return 0;
            if (place.isHome)
                return 1;
            return place.role == DiskRole::System ? 9 : 2;
        };
        std::stable_sort(places.begin(), places.end(),
                         [&](const Place &a, const Place &b) { return rank(a) < rank(b); });
    }
    if (places == m_places && isAutodl == m_isAutodl)
        return;
    m_places = std::move(places);
    m_isAutodl = isAutodl;
    rebuild();
}

QByteArray Places::dataDisk() const
{
    const auto at = std::find_if(m_places.begin(), m_places.end(),
                                 [](const Place &place) { return place.role == DiskRole::Data; });
    return at == m_places.end() ? QByteArray() : at->path;
}

QString Places::title(const Place &place) const
{
    if (place.isHome)
        return tr("Home");
    switch (place.role) {
    case DiskRole::System: return tr("System disk");
    case DiskRole::Data: return tr("Data disk");
    case DiskRole::Shared: return tr("File storage");
    case DiskRole::Public: return tr("Public data");
    case DiskRole::Other: break;
    }
    return core::transfer::shownName(place.path);
}

QString Places::fate(const Place &place) const
{
    switch (place.role) {
    case DiskRole::Public: return tr("read-only");
    case DiskRole::Shared: return m_isAutodl ? tr("survives release, too") : QString();
    case DiskRole::Data: return m_isAutodl ? tr("gone on release, not in images") : QString();
    case DiskRole::System: return m_isAutodl ? tr("gone on release, in images") : QString();
    case DiskRole::Other: break;
    }
    return {};
}

void Places::rebuild()
{
    clear();
    for (const Place &place : m_places) {
        auto *item = new QListWidgetItem(
            icon(place.isHome                                                       ? Icon::User
                 : place.role == DiskRole::Shared || place.role == DiskRole::Public ? Icon::Network
                                                                                    : Icon::Disk,
                 IconTone::Secondary),
            title(place), this);
        const QString path = core::transfer::shownName(place.path);
        const QString words = fate(place);
        item->setData(fateRole, words.isEmpty() ? path : words);
        QString tip = path;
        if (m_isAutodl && place.role == DiskRole::Data)
            tip += u'\n' + tr("Kept when the instance stops and when its system is reset. Gone "
                              "when it is released. Not part of saved images.");
        else if (m_isAutodl && place.role == DiskRole::System)
            tip += u'\n' + tr("Kept when the instance stops. Gone when it is released or its "
                              "system is reset. Part of saved images.");
        else if (m_isAutodl && place.role == DiskRole::Shared)
            tip += u'\n' + tr("Kept when the instance is released; shared by your instances of "
                              "this region. At most 200,000 files.");
        else if (place.role == DiskRole::Public)
            tip += u'\n' + tr("Data sets for everybody. Copy what you use to the data disk.");
        item->setToolTip(tip);
        item->setData(Qt::AccessibleTextRole, title(place) + QStringLiteral(", ") + words);
    }
    showPath(m_current);
}

void Places::showPath(const QByteArray &path)
{
    m_current = path;
    int best = -1;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const QByteArray &place = m_places[i].path;
        const bool holds = path == place || place == "/" || path.startsWith(place + '/');
        if (!place.isEmpty() && holds &&
            (best < 0 || place.size() > m_places[std::size_t(best)].path.size()))
            best = int(i);
    }
    setCurrentRow(best);
}

void Places::retranslate()
{
    rebuild();
}

} // namespace ui::files
