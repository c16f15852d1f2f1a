// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/JobEstimate.h"
#include "ui/catalog/Prices.h"

#include <QJsonObject>
#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace ui {
class Label;
}

namespace ui::catalog {

/// The job in question: hours on a card, memory, what it is limited by, set-up.
class JobForm final : public QWidget
{
    Q_OBJECT

public:
    explicit JobForm(Prices &prices, QWidget *parent = nullptr);

    [[nodiscard]] core::catalog::Job job() const;
    [[nodiscard]] int gpus() const;
    /// What was typed, to be kept for the next time.
    [[nodiscard]] QJsonObject state() const;
    /// Fields that are missing or mean nothing stay as they are.
    void restore(const QJsonObject &state);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fillCards();
    void retranslate();

    Prices &m_prices;
    QDoubleSpinBox *m_hours;
    QComboBox *m_card;
    QSpinBox *m_gpus;
    QDoubleSpinBox *m_memory;
    QComboBox *m_figure;
    QDoubleSpinBox *m_setUp;
    QCheckBox *m_noGpu;
    std::array<Label *, 6> m_labels; ///< of the fields above, in their order
};

} // namespace ui::catalog
