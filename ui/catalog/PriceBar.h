// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/Prices.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace ui {
class Label;
}

namespace ui::catalog {

/// How all prices of the page are shown: currency, rate, membership.
class PriceBar final : public QWidget
{
    Q_OBJECT

public:
    explicit PriceBar(Prices &prices, QWidget *parent = nullptr);

Q_SIGNALS:
    void refused(const core::Error &error);
    void misread(const QString &words);

protected:
    void changeEvent(QEvent *event) override;

private:
    void display(const core::catalog::PriceSettings &settings);
    void takeRate();
    void change(const core::catalog::PriceSettings &settings);
    void retranslate();

    Prices &m_prices;
    Label *m_currencyLabel;
    QComboBox *m_currency;
    Label *m_rateLabel;
    QLineEdit *m_rate;
    Label *m_rateUnit;
    QCheckBox *m_member;
    QSpinBox *m_percent;
};

} // namespace ui::catalog
