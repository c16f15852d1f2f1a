// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/Prices.h"

#include <QWidget>

class QNetworkAccessManager;
class QStackedWidget;
class QTabBar;

namespace core::catalog {
struct AutodlInstance;
struct AutodlLogin;
} // namespace core::catalog

namespace core::secrets {
class SecretStore;
}

namespace ui {
class Banner;
class Label;
} // namespace ui

namespace ui::catalog {

class CardsPart;
class FeedsPart;
class JobPart;
class OffersPart;
class PriceBar;

/// Cards and prices: what a job costs where, the ranking of cards, the offers and where they come
/// from.
class CatalogPage final : public QWidget
{
    Q_OBJECT

public:
    /// \a network: for what the user asks for; outlives the page, as do all services.
    CatalogPage(Prices::Services services, QNetworkAccessManager &network,
                core::secrets::SecretStore &secrets, QWidget *parent = nullptr);
    ~CatalogPage() override;

    /// Reads the files again and, F5 on the Sources tab, asks the sources.
    void refresh();
    /// Names of cards, as nvidia-smi writes them, with the memory that it measured.
    struct OwnGpu
    {
        QString name;
        std::optional<qint64> memoryMib;
    };
    void setOwnGpus(const std::vector<OwnGpu> &gpus);

    /// The job and the currency, as JSON, to be kept for the next time.
    [[nodiscard]] QByteArray state() const;
    void restore(const QByteArray &state);

Q_SIGNALS:
    /// The user wants a Pro instance of the AutoDL account in the list of instances.
    void instanceOffered(const core::catalog::AutodlInstance &instance,
                         const core::catalog::AutodlLogin &login);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void read();
    void showError(const core::Error &error, const QString &path = {});
    void tell(const QString &words, bool isWarning, const QString &details = {});
    void offerUndo(const QString &words, const std::vector<core::catalog::Offer> &offers);
    void retranslate();

    Prices m_prices;
    Label *m_title;
    PriceBar *m_bar;
    Banner *m_banner;
    QTabBar *m_tabs;
    QStackedWidget *m_parts;
    JobPart *m_job;
    CardsPart *m_cards;
    OffersPart *m_offers;
    FeedsPart *m_feeds;
};

} // namespace ui::catalog
