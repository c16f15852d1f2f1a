// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/ProposedPrices.h"

#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"

#include <QBoxLayout>
#include <QPushButton>

namespace ui::instances {

ProposedPrices::ProposedPrices(QWidget *parent)
    : QWidget(parent)
    , m_title(new Label(TextStyle::Body, TextTone::Secondary, this))
    , m_list(new QVBoxLayout)
{
    setObjectName(QStringLiteral("proposedPrices"));
    m_title->setWordWrap(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, space::s);
    layout->setSpacing(space::s);
    layout->addWidget(m_title);
    m_list->setSpacing(space::s);
    layout->addLayout(m_list);
    hide();
}

void ProposedPrices::set(const PriceProposals &proposals)
{
    if (proposals == m_proposals)
        return;
    m_proposals = proposals;
    for (QWidget *row : m_rows)
        row->deleteLater(); // one of them may be what was clicked
    m_rows.clear();
    //: %1 is a card, or several: "2 × RTX 4090"
    m_title->setText(tr("Known prices of %1. Choose yours:").arg(proposals.card));
    for (const PriceProposals::One &one : proposals.all) {
        auto *row = new QWidget(this);
        auto *column = new QVBoxLayout(row);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        const QString price = format::pricePerHour(
            one.perHour.tenThousandths, QString(core::currencyCode(one.perHour.currency)));
        auto *button = new QPushButton(price + QStringLiteral("  ") + one.place, row);
        button->setObjectName(QStringLiteral("proposedPrice"));
        setButtonKind(button, ButtonKind::Link);
        button->setToolTip(one.details);
        button->setAutoDefault(false); // Enter saves, whatever was clicked before
        const QString from = one.source.isEmpty()
                                 ? one.age
                                 //: Of a price. %1: how old it is, %2: where it is from
                                 : tr("%1, from %2").arg(one.age, one.source);
        button->setAccessibleName(price + QStringLiteral(", ") + one.place);
        button->setAccessibleDescription(from + QStringLiteral(". ") + one.details);
        auto *origin =
            new Label(TextStyle::Caption, one.isOld ? TextTone::Warning : TextTone::Hint, row);
        origin->setWordWrap(true);
        origin->setText(from);
        origin->setToolTip(one.details);
        column->addWidget(button, 0, Qt::AlignLeft);
        column->addWidget(origin);
        connect(button, &QPushButton::clicked, this,
                [this, rate = one.perHour] { Q_EMIT chosen(rate); });
        m_list->addWidget(row);
        m_rows.push_back(row);
    }
    setVisible(!proposals.all.empty());
}

} // namespace ui::instances
