// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/FeedsPart.h"

#include "ui/catalog/AutodlCard.h"
#include "ui/catalog/CatalogWords.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/ToolTip.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QUrl>

namespace ui::catalog {

using namespace core::catalog;

namespace {

constexpr qint64 oldAfterSeconds = 24 * 3600;

std::chrono::system_clock::time_point timePoint(const QDateTime &time)
{
    return std::chrono::system_clock::from_time_t(time.toSecsSinceEpoch());
}

} // namespace

FeedsPart::FeedsPart(Prices &prices, QNetworkAccessManager &network,
                     core::secrets::SecretStore &secrets, QWidget *parent)
    : QWidget(parent)
    , m_prices(prices)
    , m_card(new ui::Card)
    , m_words(new Label(TextStyle::Body, TextTone::Secondary))
    , m_refresh(new QPushButton)
    , m_autodl(new AutodlCard(network, secrets, prices.clock()))
{
    setObjectName(QStringLiteral("feedsPart"));
    m_refresh->setObjectName(QStringLiteral("feedsRefresh"));
    m_refresh->setIcon(icon(Icon::Refresh, IconTone::Secondary));
    m_words->setWordWrap(true);
    m_card->addToTitle(m_refresh);
    m_card->body()->addWidget(m_words);
    for (const Feed &feed : allFeeds())
        addRow(feed, m_card->body());
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space::l);
    inner->addWidget(m_card);
    inner->addWidget(m_autodl);
    inner->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_refresh, &QPushButton::clicked, this, &FeedsPart::refreshAll);
    connect(&m_prices, &Prices::changed, this, [this] { display(); });
    connect(m_autodl, &AutodlCard::instanceOffered, this, &FeedsPart::instanceOffered);
    retranslate();
}

void FeedsPart::addRow(const Feed &feed, QVBoxLayout *layout)
{
    auto row = std::make_unique<Row>();
    row->feed = &feed;
    row->isOn = new QCheckBox;
    row->isOn->setObjectName(QStringLiteral("feed-") + QLatin1StringView(feed.id));
    row->state = new Label(TextStyle::Body, TextTone::Secondary);
    row->state->setObjectName(QStringLiteral("feedState-") + QLatin1StringView(feed.id));
    row->problem = new Label(TextStyle::Caption, TextTone::Warning);
    row->problem->setObjectName(QStringLiteral("feedProblem-") + QLatin1StringView(feed.id));
    row->problem->setWordWrap(true);
    auto *line = new QHBoxLayout;
    line->addWidget(row->isOn);
    line->addStretch(1);
    line->addWidget(row->state);
    layout->addLayout(line);
    layout->addWidget(row->problem);
    connect(row->isOn, &QCheckBox::toggled, this,
            [this, kept = row.get()](bool on) { switchFeed(*kept, on); });
    m_rows.push_back(std::move(row));
}

bool FeedsPart::isOn(const Row &row) const
{
    return m_prices.store().settings().feeds.contains(QLatin1StringView(row.feed->id));
}

void FeedsPart::switchFeed(Row &row, bool on)
{
    PriceSettings settings = m_prices.store().settings();
    const QString id = QLatin1StringView(row.feed->id);
    settings.feeds.removeAll(id);
    if (on)
        settings.feeds.append(id);
    else if (row.running)
        row.running->cancel();
    row.error.reset();
    if (const core::Result<> done = m_prices.store().setSettings(settings); !done)
        Q_EMIT refused(done.error());
    else if (on)
        refresh(row);
    display();
}

void FeedsPart::refresh(Row &row)
{
    if (row.running)
        return;
    row.error.reset();
    row.running = m_prices.feeds().refresh(*row.feed, this);
    connect(row.running.data(), &core::Operation::finished, this, [this, kept = &row] {
        const core::Operation *done = kept->running;
        kept->running->deleteLater();
        if (!done->isOk() && done->error()->code != core::ErrorCode::Cancelled)
            kept->error = done->error();
        kept->running.clear();
        display();
    });
    display();
}

void FeedsPart::refreshAll()
{
    for (const auto &row : m_rows) {
        if (isOn(*row))
            refresh(*row);
    }
}

void FeedsPart::refreshOld()
{
    const qint64 now =
        std::chrono::duration_cast<std::chrono::seconds>(m_prices.clock().now().time_since_epoch())
            .count();
    for (const auto &row : m_rows) {
        const FeedTable *table = m_prices.feeds().table(QLatin1StringView(row->feed->id));
        const bool isOld = !table || now - table->checkedAt.toSecsSinceEpoch() > oldAfterSeconds;
        if (isOn(*row) && isOld && !row->error)
            refresh(*row);
    }
}

void FeedsPart::display()
{
    bool any = false;
    bool busy = false;
    for (const auto &row : m_rows) {
        display(*row);
        any = any || isOn(*row);
        busy = busy || row->running;
    }
    m_refresh->setEnabled(any && !busy);
}

void FeedsPart::display(Row &row) const
{
    const QSignalBlocker block(row.isOn);
    const bool on = isOn(row);
    row.isOn->setChecked(on);
    const FeedTable *table = m_prices.feeds().table(QLatin1StringView(row.feed->id));
    QString state;
    if (row.running)
        state = tr("Asking…");
    else if (on && table)
        //: A source of prices; %1 is a time
        state = tr("%n offer(s), of %1", nullptr, int(table->offers.size()))
                    .arg(format::dateTime(timePoint(table->checkedAt)));
    else if (on)
        state = tr("Nothing yet");
    else
        state = tr("Off");
    row.state->setText(state);
    row.problem->setVisible(row.error.has_value());
    if (row.error) {
        const Description words = describeFeedError(*row.error);
        //: %1: what happened, %2: why, %3: what to do
        const QString told = tr("%1. %2 %3").arg(words.title, words.why, words.advice);
        //: %1: what happened and what to do
        row.problem->setText(table ? tr("%1 The prices of the last time stand.").arg(told) : told);
        row.problem->setToolTip(plainToolTip(words.technical));
    }
}

void FeedsPart::retranslate()
{
    setAccessibleName(tr("Sources"));
    m_card->setTitle(tr("Prices from the network"));
    m_words->setText(
        tr("Off until you switch one on. Then Danlu asks it when you refresh, and once "
           "a day while this page is open. Nothing about you or your instances is "
           "sent."));
    m_refresh->setText(tr("Refresh"));
    m_refresh->setAccessibleName(tr("Refresh"));
    for (const auto &row : m_rows) {
        const QString provider = QLatin1StringView(row->feed->provider);
        const QString host = QUrl(QLatin1StringView(row->feed->url)).host();
        //: A source of prices: provider and the server that is asked
        row->isOn->setText(row->feed->kind == Feed::Kind::Gpuhunt
                               ? tr("%1, from the gpuhunt catalogue").arg(provider)
                               : provider);
        row->isOn->setToolTip(tr("Asks %1").arg(host));
    }
    display();
}

void FeedsPart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
