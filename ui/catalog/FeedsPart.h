// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "ui/catalog/Prices.h"
#include "ui/common/Card.h"

#include <QPointer>
#include <QWidget>

#include <vector>

class QCheckBox;
class QNetworkAccessManager;
class QPushButton;
class QVBoxLayout;

namespace core::catalog {
struct AutodlInstance;
struct AutodlLogin;
} // namespace core::catalog

namespace core::secrets {
class SecretStore;
}

namespace ui {
class Label;
}

namespace ui::catalog {

class AutodlCard;

/// Where prices can be had over the network. Nothing is asked before its switch is on.
class FeedsPart final : public QWidget
{
    Q_OBJECT

public:
    FeedsPart(Prices &prices, QNetworkAccessManager &network, core::secrets::SecretStore &secrets,
              QWidget *parent = nullptr);

    /// Asks the sources that are switched on and have not been asked for a day.
    void refreshOld();
    void refreshAll();

Q_SIGNALS:
    void refused(const core::Error &error);
    /// As AutodlCard's.
    void instanceOffered(const core::catalog::AutodlInstance &instance,
                         const core::catalog::AutodlLogin &login);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        const core::catalog::Feed *feed = nullptr;
        QCheckBox *isOn = nullptr;
        Label *state = nullptr;
        Label *problem = nullptr;
        QPointer<core::catalog::FeedRefresh> running;
        std::optional<core::Error> error;
    };
    void addRow(const core::catalog::Feed &feed, QVBoxLayout *layout);
    void switchFeed(Row &row, bool on);
    void refresh(Row &row);
    void display();
    void display(Row &row) const;
    [[nodiscard]] bool isOn(const Row &row) const;
    void retranslate();

    Prices &m_prices;
    ui::Card *m_card;
    Label *m_words;
    QPushButton *m_refresh;
    std::vector<std::unique_ptr<Row>> m_rows;
    AutodlCard *m_autodl;
};

} // namespace ui::catalog
