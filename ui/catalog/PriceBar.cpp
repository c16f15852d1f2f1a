// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/PriceBar.h"

#include "ui/common/Label.h"
#include "ui/common/ResponsiveGrid.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

namespace ui::catalog {

using namespace core::catalog;

namespace {

constexpr int groupWidth = 200;

} // namespace

PriceBar::PriceBar(Prices &prices, QWidget *parent)
    : QWidget(parent)
    , m_prices(prices)
    , m_currencyLabel(new Label(TextStyle::Body, TextTone::Secondary))
    , m_currency(new QComboBox)
    , m_rateLabel(new Label(TextStyle::Body, TextTone::Secondary))
    , m_rate(new QLineEdit)
    , m_rateUnit(new Label(TextStyle::Body, TextTone::Secondary))
    , m_member(new QCheckBox)
    , m_percent(new QSpinBox)
{
    m_currency->setObjectName(QStringLiteral("priceCurrency"));
    m_rate->setObjectName(QStringLiteral("priceRate"));
    m_member->setObjectName(QStringLiteral("priceMember"));
    m_percent->setObjectName(QStringLiteral("priceMemberPercent"));
    m_currency->addItem(QString(), QString());
    for (const core::Currency currency : {core::Currency::Cny, core::Currency::Usd})
        m_currency->addItem(QString(), QString(core::currencyCode(currency)));
    m_rate->setFixedWidth(m_rate->fontMetrics().horizontalAdvance(QStringLiteral("0000.0000")));
    m_rate->setAlignment(Qt::AlignRight);
    m_percent->setRange(0, 100);
    m_currencyLabel->setBuddy(m_currency);
    m_rateLabel->setBuddy(m_rate);

    // Beside each other, or below where there is no room.
    auto *grid = new ResponsiveGrid(groupWidth, 3, this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::s);
    const auto addGroup = [grid](std::initializer_list<QWidget *> widgets) {
        auto *group = new QWidget;
        auto *row = new QHBoxLayout(group);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s);
        for (QWidget *widget : widgets)
            row->addWidget(widget);
        row->addStretch(1);
        grid->addWidget(group);
    };
    addGroup({m_currencyLabel, m_currency});
    addGroup({m_rateLabel, m_rate, m_rateUnit});
    addGroup({m_member, m_percent});

    connect(m_currency, &QComboBox::currentIndexChanged, this, [this] {
        m_prices.setCurrency(core::currencyOf(m_currency->currentData().toString()));
    });
    connect(m_rate, &QLineEdit::editingFinished, this, &PriceBar::takeRate);
    connect(m_member, &QCheckBox::toggled, this, [this](bool on) {
        PriceSettings settings = m_prices.store().settings();
        settings.member = on;
        change(settings);
    });
    connect(m_percent, &QSpinBox::valueChanged, this, [this](int percent) {
        PriceSettings settings = m_prices.store().settings();
        settings.memberPercent = percent > 0 ? std::optional(percent) : std::nullopt;
        change(settings);
    });
    connect(&m_prices, &Prices::changed, this, [this] { display(m_prices.store().settings()); });
    retranslate();
    display(m_prices.store().settings());
}

void PriceBar::display(const PriceSettings &settings)
{
    const QSignalBlocker blockCurrency(m_currency);
    const QSignalBlocker blockMember(m_member);
    const QSignalBlocker blockPercent(m_percent);
    const auto currency = m_prices.currency();
    m_currency->setCurrentIndex(
        m_currency->findData(currency ? QString(core::currencyCode(*currency)) : QString()));
    m_rate->setText(settings.rate.cnyPerUsd.text(2));
    m_rate->setToolTip(settings.rateSetOn
                           ? tr("You set it on %1.")
                                 .arg(QLocale().toString(*settings.rateSetOn, QLocale::ShortFormat))
                           : tr("A round number to begin with: type today's rate."));
    m_member->setChecked(settings.member);
    m_percent->setVisible(settings.member);
    m_percent->setValue(settings.memberPercent.value_or(0));
}

void PriceBar::takeRate()
{
    PriceSettings settings = m_prices.store().settings();
    const auto rate = Decimal::parse(m_rate->text().trimmed());
    if (rate && *rate == settings.rate.cnyPerUsd)
        return;
    if (!rate || !ExchangeRate{*rate}.isUsable()) {
        Q_EMIT misread(tr("“%1” is no exchange rate: type how many CNY a USD is, like 7.10")
                           .arg(m_rate->text().left(40)));
        display(settings);
        return;
    }
    settings.rate.cnyPerUsd = *rate;
    settings.rateSetOn = m_prices.today();
    change(settings);
}

void PriceBar::change(const PriceSettings &settings)
{
    if (const core::Result<> done = m_prices.store().setSettings(settings); !done) {
        Q_EMIT refused(done.error());
        display(m_prices.store().settings());
    }
}

void PriceBar::retranslate()
{
    setAccessibleName(tr("How prices are shown"));
    m_currencyLabel->setText(tr("Prices in"));
    m_currency->setAccessibleName(tr("Prices in"));
    m_currency->setItemText(0, tr("Each its own"));
    m_currency->setItemText(1, tr("CNY"));
    m_currency->setItemText(2, tr("USD"));
    //: Before a field with a number and "CNY"
    m_rateLabel->setText(tr("1 USD ="));
    m_rate->setAccessibleName(tr("CNY for a USD"));
    m_rateUnit->setText(tr("CNY"));
    m_member->setText(tr("I am a member"));
    m_member->setToolTip(tr("Member prices count where they are known"));
    //: In a field: only listed member prices count
    m_percent->setSpecialValueText(tr("If listed"));
    m_percent->setSuffix(QStringLiteral(" %"));
    m_percent->setAccessibleName(
        tr("Percent of the regular price where the member price is not known"));
    m_percent->setToolTip(m_percent->accessibleName());
}

void PriceBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        display(m_prices.store().settings());
    }
}

} // namespace ui::catalog
