// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/CatalogPage.h"

#include "ui/catalog/CardsPart.h"
#include "ui/catalog/CatalogWords.h"
#include "ui/catalog/FeedsPart.h"
#include "ui/catalog/JobPart.h"
#include "ui/catalog/OffersPart.h"
#include "ui/catalog/PriceBar.h"
#include "ui/common/Banner.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QEvent>
#include <QJsonDocument>
#include <QPushButton>
#include <QShowEvent>
#include <QStackedWidget>
#include <QTabBar>

#include <array>

namespace ui::catalog {

using namespace core::catalog;

namespace {

constexpr qsizetype largestState = 4096;

} // namespace

CatalogPage::CatalogPage(Prices::Services services, QNetworkAccessManager &network,
                         core::secrets::SecretStore &secrets, QWidget *parent)
    : QWidget(parent)
    , m_prices(services)
    , m_title(new Label(TextStyle::Display))
    , m_bar(new PriceBar(m_prices))
    , m_banner(new Banner)
    , m_tabs(new QTabBar)
    , m_parts(new QStackedWidget)
    , m_job(new JobPart(m_prices))
    , m_cards(new CardsPart(m_prices))
    , m_offers(new OffersPart(m_prices))
    , m_feeds(new FeedsPart(m_prices, network, secrets))
{
    setObjectName(QStringLiteral("catalogPage"));
    m_tabs->setObjectName(QStringLiteral("catalogTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_banner->setObjectName(QStringLiteral("catalogBanner"));
    m_banner->setClosable(true);
    m_banner->hide();
    for (QWidget *part : std::array<QWidget *, 4>{m_job, m_offers, m_cards, m_feeds}) {
        m_tabs->addTab(QString());
        m_parts->addWidget(part);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    auto *top = new QHBoxLayout;
    top->setSpacing(space::xl);
    top->addWidget(m_title);
    top->addWidget(m_bar, 1);
    layout->addLayout(top);
    layout->addWidget(m_tabs);
    layout->addWidget(m_banner);
    layout->addWidget(m_parts, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_parts->setCurrentIndex(tab);
        m_bar->setVisible(m_parts->currentWidget() == m_job ||
                          m_parts->currentWidget() == m_offers);
    });
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
    connect(m_bar, &PriceBar::misread, this, [this](const QString &words) { tell(words, true); });
    connect(m_bar, &PriceBar::refused, this,
            [this](const core::Error &error) { showError(error); });
    connect(m_offers, &OffersPart::misread, this,
            [this](const QString &words) { tell(words, true); });
    connect(m_offers, &OffersPart::told, this,
            [this](const QString &words) { tell(words, false); });
    connect(m_offers, &OffersPart::refused, this, &CatalogPage::showError);
    connect(m_offers, &OffersPart::removed, this, &CatalogPage::offerUndo);
    connect(m_feeds, &FeedsPart::instanceOffered, this, &CatalogPage::instanceOffered);
    connect(m_feeds, &FeedsPart::refused, this,
            [this](const core::Error &error) { showError(error); });
    retranslate();
}

CatalogPage::~CatalogPage() = default;

void CatalogPage::read()
{
    m_prices.feeds().load();
    const auto report = m_prices.store().load();
    if (!report) {
        showError(report.error());
        return;
    }
    if (!report->corruptKeptAs.isEmpty())
        tell(tr("A file of prices was damaged. Danlu goes on with the prices that it came with; "
                "the damaged file is kept."),
             true,
             report->corruptKeptAs.join(u'\n') + u'\n' +
                 report->problems.join(QStringLiteral("; ")));
    Q_EMIT m_prices.changed();
}

void CatalogPage::refresh()
{
    read();
    if (m_parts->currentWidget() == m_feeds)
        m_feeds->refreshAll();
}

void CatalogPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // The command line may have changed the table meanwhile.
    read();
    m_feeds->refreshOld();
    if (!event->spontaneous())
        m_parts->currentWidget()->setFocus();
}

void CatalogPage::setOwnGpus(const std::vector<OwnGpu> &gpus)
{
    QSet<QString> names;
    for (const OwnGpu &gpu : gpus) {
        const NameMatch match = m_prices.cards().match(gpu.name, gpu.memoryMib);
        if (const GpuCard *card = match.best())
            names.insert(card->name);
    }
    m_prices.setOwn(names);
}

QByteArray CatalogPage::state() const
{
    QJsonObject state = m_job->state();
    const auto currency = m_prices.currency();
    state.insert(QStringLiteral("currency"),
                 currency ? QString(core::currencyCode(*currency)) : QString());
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void CatalogPage::restore(const QByteArray &state)
{
    if (state.size() > largestState)
        return;
    const QJsonObject object = QJsonDocument::fromJson(state).object();
    if (object.contains(u"currency"))
        m_prices.setCurrency(core::currencyOf(object.value(u"currency").toString()));
    m_job->restore(object);
}

void CatalogPage::tell(const QString &words, bool isWarning, const QString &details)
{
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(isWarning ? Banner::Kind::Warning : Banner::Kind::Good, words, details);
    m_banner->show();
}

void CatalogPage::showError(const core::Error &error, const QString &path)
{
    m_banner->setError(describeTableError(error, path));
    m_banner->show();
}

void CatalogPage::offerUndo(const QString &words, const std::vector<Offer> &offers)
{
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(Banner::Kind::Info, words);
    QPushButton *undo = m_banner->addAction(tr("Undo"));
    undo->setObjectName(QStringLiteral("offerUndo"));
    connect(undo, &QPushButton::clicked, this, [this, offers] {
        m_banner->hide();
        for (const Offer &offer : offers) {
            if (const core::Result<> done = m_prices.store().add(offer); !done) {
                showError(done.error());
                return;
            }
        }
    });
    m_banner->show();
}

void CatalogPage::retranslate()
{
    setAccessibleName(tr("Cards and prices"));
    m_title->setText(tr("Cards and prices"));
    m_tabs->setAccessibleName(tr("Parts of the page"));
    //: Tabs of the page "Cards and prices"
    const std::array<QString, 4> names{tr("For my job"), tr("Offers"), tr("Cards"), tr("Sources")};
    for (int tab = 0; tab < m_tabs->count(); ++tab)
        m_tabs->setTabText(tab, names.at(std::size_t(tab)));
}

void CatalogPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
