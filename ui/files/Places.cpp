// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/Places.h"

#include "core/profiles/Providers.h"
#include "core/transfer/FileNames.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/ToolTip.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui::files {

using core::probe::DiskRole;

namespace {

constexpr int linesRole = Qt::UserRole + 1;
constexpr int nameHeight = 20;
constexpr int lineHeight = 16;
constexpr int placeHeight = nameHeight + lineHeight + 2 * space::xs + 2;

/// What becomes of what is kept on a disk.
enum class Stop { Kept, Lost, LostNextDay };
enum class Release { Kept, Lost };
enum class Images { Unknown, In, NotIn };

struct Fate
{
    const char *provider; ///< core::profiles::Provider::id
    DiskRole role;
    Stop stop;
    Release release;
    Images images;
};

// As the providers' documentation says.
constexpr Fate fates[] = {
    {"autodl", DiskRole::System, Stop::Kept, Release::Lost, Images::In},
    {"autodl", DiskRole::Data, Stop::Kept, Release::Lost, Images::NotIn},
    {"autodl", DiskRole::Shared, Stop::Kept, Release::Kept, Images::NotIn},
    {"gpushare", DiskRole::System, Stop::Lost, Release::Lost, Images::Unknown},
    {"gpushare", DiskRole::Data, Stop::LostNextDay, Release::Lost, Images::NotIn},
    {"gpushare", DiskRole::Shared, Stop::Kept, Release::Kept, Images::NotIn},
    {"runpod", DiskRole::System, Stop::Lost, Release::Lost, Images::Unknown},
    {"runpod", DiskRole::Data, Stop::Kept, Release::Lost, Images::NotIn},
    {"runpod", DiskRole::Shared, Stop::Kept, Release::Kept, Images::NotIn},
    {"vast", DiskRole::System, Stop::Kept, Release::Lost, Images::Unknown},
    {"vast", DiskRole::Data, Stop::Kept, Release::Lost, Images::Unknown},
    {"featurize", DiskRole::System, Stop::Lost, Release::Lost, Images::Unknown},
    {"featurize", DiskRole::Data, Stop::Lost, Release::Lost, Images::Unknown},
    {"featurize", DiskRole::Shared, Stop::Kept, Release::Kept, Images::NotIn},
};

const Fate *fateOf(const QString &provider, DiskRole role)
{
    const auto *at = std::find_if(std::begin(fates), std::end(fates), [&](const Fate &fate) {
        return provider == QLatin1StringView(fate.provider) && role == fate.role;
    });
    return at == std::end(fates) ? nullptr : at;
}

/// Name, and beside and below it what becomes of what is kept there.
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
        QRect line(left, inner.top(), inner.right() - left + 1, nameHeight);
        const auto draw = [&](const QString &text, Qt::Alignment side) {
            painter->drawText(
                line, int(Qt::AlignVCenter | side),
                painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
        };
        const QString name = index.data().toString();
        draw(name, Qt::AlignLeft);
        const int nameWidth = painter->fontMetrics().horizontalAdvance(name);
        const QStringList words = index.data(linesRole).toStringList();
        painter->setFont(textFont(TextStyle::Caption));
        painter->setPen(colours.text2);
        line.setLeft(std::min(left + nameWidth + space::s, inner.right()));
        draw(words.value(1), Qt::AlignRight);
        line = QRect(left, line.bottom() + 1, inner.right() - left + 1, lineHeight);
        draw(words.value(0), Qt::AlignLeft);
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
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
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
    QString provider;
    if (instance) {
        const auto *known = core::profiles::providerOf(instance->profile().host);
        provider = !instance->profile().provider.isEmpty() ? instance->profile().provider
                   : known                                 ? QString::fromLatin1(known->id)
                                                           : QString();
        places.push_back({home, DiskRole::System, true, {}});
        if (const core::metrics::SamplePtr sample = instance->sample())
            addDisks(sample->disks, places, provider);
        if (provider == u"runpod-proxy")
            provider = QStringLiteral("runpod");
    }
    if (places == m_places && provider == m_provider)
        return;
    m_places = std::move(places);
    m_provider = provider;
    rebuild();
}

/// The data disk first, the system disk last; the home has its disk's fate.
void Places::addDisks(const std::vector<core::probe::DiskInfo> &disks, std::vector<Place> &places,
                      QString &provider)
{
    Place &home = places.front();
    qsizetype longest = 0;
    const QByteArray homePath = home.path;
    for (const core::probe::DiskInfo &disk : disks) {
        const QByteArray mount = disk.mount.toUtf8();
        // Through a jump host the name of the host tells nothing.
        if (provider.isEmpty() && mount.startsWith("/root/autodl-"))
            provider = QStringLiteral("autodl");
        const bool holdsHome =
            mount == "/" || homePath == mount || homePath.startsWith(mount + '/');
        if (holdsHome && mount.size() > longest) {
            longest = mount.size();
            places.front().role = disk.role;
            places.front().totalBytes = disk.totalBytes;
        }
        if (disk.role != DiskRole::Other)
            places.push_back({mount, disk.role, false, disk.totalBytes});
    }
    const auto rank = [](const Place &place) {
        if (place.role == DiskRole::Data && !place.isHome)
            return 0;
        if (place.isHome)
            return 1;
        return place.role == DiskRole::System ? 9 : 2;
    };
    std::stable_sort(places.begin(), places.end(),
                     [&](const Place &a, const Place &b) { return rank(a) < rank(b); });
}

QByteArray Places::dataDisk() const
{
    const auto at = std::find_if(m_places.begin(), m_places.end(), [](const Place &place) {
        return place.role == DiskRole::Data && !place.isHome;
    });
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

QStringList Places::lines(const Place &place) const
{
    const QString path = core::transfer::shownName(place.path);
    if (place.role == DiskRole::Public)
        return {tr("Data sets, read-only"), path};
    const Fate *fate = fateOf(m_provider, place.role);
    if (!fate)
        return {path, place.totalBytes
                          ? tr("Disk of %1").arg(format::bytes(double(*place.totalBytes)))
                          : QString()};
    QStringList lines;
    if (fate->stop == Stop::Kept)
        lines << (fate->release == Release::Kept ? tr("Survives stop and release")
                                                 : tr("Kept when stopped, lost on release"));
    else
        lines << (fate->stop == Stop::Lost ? tr("Lost when stopped")
                                           : tr("Lost a day after a stop"));
    switch (fate->images) {
    case Images::In: lines << tr("Saved in images"); break;
    case Images::NotIn: lines << tr("Not saved in images"); break;
    case Images::Unknown: lines << path; break;
    }
    return lines;
}

QString Places::toolTip(const Place &place) const
{
    QString tip = core::transfer::shownName(place.path);
    const bool isAutodl = m_provider == u"autodl";
    if (isAutodl && place.role == DiskRole::Data)
        tip += u'\n' + tr("Kept when the instance stops and when its system is reset. Gone "
                          "when it is released. Not part of saved images.");
    else if (isAutodl && place.role == DiskRole::System)
        tip += u'\n' + tr("Kept when the instance stops. Gone when it is released or its "
                          "system is reset. Part of saved images.");
    else if (isAutodl && place.role == DiskRole::Shared)
        tip += u'\n' + tr("Kept when the instance is released; shared by your instances of "
                          "this region. At most 200,000 files.");
    else if (place.role == DiskRole::Public)
        tip += u'\n' + tr("Data sets for everybody. Copy what you use to the data disk.");
    else
        tip += u'\n' + lines(place).join(u'\n');
    return plainToolTip(tip);
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
        const QStringList words = lines(place);
        item->setData(linesRole, words);
        item->setToolTip(toolTip(place));
        item->setData(Qt::AccessibleTextRole,
                      (QStringList{title(place)} + words).join(QStringLiteral(", ")));
    }
    showPath(m_current);
    updateGeometry();
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

/// As high as its rows; where there is no room for that, it scrolls.
QSize Places::sizeHint() const
{
    return {256, std::max(1, count()) * placeHeight};
}

QSize Places::minimumSizeHint() const
{
    return {160, std::min(count(), 2) * placeHeight};
}

void Places::retranslate()
{
    rebuild();
}

} // namespace ui::files
