// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/catalog/Offer.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <functional>

namespace core::catalog {

/// What the user says of prices besides the table.
struct PriceSettings
{
    ExchangeRate rate = firstRate;
    std::optional<QDate> rateSetOn;   ///< absent = it is firstRate
    bool member = false;              ///< has a membership: member prices count
    std::optional<int> memberPercent; ///< of the regular price where no member price is known
    QStringList feeds;                ///< ids of the feeds that are switched on; none at first
    bool operator==(const PriceSettings &) const = default;
};

/// The rate that is kept in the folder, for those who need nothing else of it.
[[nodiscard]] ExchangeRate keptRate(const QString &directory);

/// The user's table of offers (offers.csv) and price settings (prices.json) in the configuration
/// folder, each written whole or not at all. Until the first change the table is the one that is
/// compiled in. The window and the command line may have it open at the same time: every change
/// reads it again under a lock. One thread (the window's).
class OfferStore final : public QObject
{
    Q_OBJECT

public:
    /// \a directory: the configuration folder; made with the first save.
    OfferStore(QString directory, const Clock &clock, QObject *parent = nullptr);

    struct LoadReport
    {
        QStringList corruptKeptAs; ///< paths of files that were set aside
        QStringList problems;      ///< why, one each
    };
    /// A broken file is moved to NAME.corrupt-DATE; the compiled-in table or the first settings
    /// take its place. Errors: LocalIo; Unsupported for settings of a newer version, which are then
    /// never written.
    [[nodiscard]] Result<LoadReport> load();

    [[nodiscard]] const std::vector<Offer> &offers() const { return m_offers; }
    [[nodiscard]] const PriceSettings &settings() const { return m_settings; }

    /// Errors of all changes: Usage as checkOffer(), Unsupported when the table is full, NotFound
    /// when the row is not there any more, LocalIo. After an error nothing has changed.
    [[nodiscard]] Result<> add(const Offer &offer);
    [[nodiscard]] Result<> replace(const Offer &before, const Offer &after);
    [[nodiscard]] Result<> remove(const Offer &offer);
    [[nodiscard]] Result<> setSettings(const PriceSettings &settings);

    struct ImportReport
    {
        int added = 0;
        int replaced = 0; ///< there was one of the same provider, region and card
        int unchanged = 0;
    };
    /// All of the file or, with Parse and the lines named, nothing. NotFound without the file. What
    /// goes out comes in again after a spreadsheet program had it.
    [[nodiscard]] Result<ImportReport> importFile(const QString &path);
    [[nodiscard]] Result<> exportFile(const QString &path) const;

    [[nodiscard]] QString offersPath() const;
    [[nodiscard]] QString settingsPath() const;

Q_SIGNALS:
    void offersChanged();
    void settingsChanged();

private:
    using Change = std::function<Result<>(std::vector<Offer> &)>;
    [[nodiscard]] Result<> apply(const Change &change);
    [[nodiscard]] Result<std::vector<Offer>> readOffers() const;
    [[nodiscard]] Result<PriceSettings> readSettings(QJsonObject &unknown) const;
    [[nodiscard]] Result<> locked(const std::function<Result<>()> &work) const;

    QString m_directory;
    const Clock &m_clock;
    std::vector<Offer> m_offers;
    PriceSettings m_settings;
};

} // namespace core::catalog
