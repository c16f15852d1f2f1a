// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Money.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace ui {
class Label;
}

namespace ui::instances {

/// Prices that an instance may have, for the user to choose from.
struct PriceProposals
{
    struct One
    {
        core::HourlyRate perHour; ///< of the whole instance
        QString place;            ///< "AutoDL · Northwest B"
        QString age;              ///< "price 12 d old"
        QString source;
        QString details; ///< a tool tip
        bool isOld = false;

        bool operator==(const One &) const = default;
    };
    QString card; ///< as people call it, with how many: "2 × RTX 4090"
    std::vector<One> all;

    bool operator==(const PriceProposals &) const = default;
};

/// They stand below the field for the price, each a button; hidden where there are none. Nothing is
/// chosen by itself.
class ProposedPrices final : public QWidget
{
    Q_OBJECT

public:
    explicit ProposedPrices(QWidget *parent = nullptr);

    void set(const PriceProposals &proposals);

Q_SIGNALS:
    void chosen(core::HourlyRate perHour);

private:
    Label *m_title = nullptr;
    QVBoxLayout *m_list = nullptr;
    std::vector<QWidget *> m_rows;
    PriceProposals m_proposals;
};

} // namespace ui::instances
