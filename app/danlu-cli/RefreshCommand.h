// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"
#include "core/catalog/FeedStore.h"

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QObject>

namespace cli {

/// "prices refresh [SOURCE]": asks the feeds that are switched on, or the one that is named, one
/// after the other. done() gives the program's exit code, once.
class RefreshCommand final : public QObject
{
    Q_OBJECT

public:
    explicit RefreshCommand(const Arguments &arguments, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    [[nodiscard]] core::Result<> choose();
    void next();
    void take(const core::catalog::Feed &feed);
    void end();

    const Arguments &m_arguments;
    core::SystemClock m_clock;
    QNetworkAccessManager m_network;
    std::unique_ptr<core::catalog::CardCatalog> m_cards;
    std::unique_ptr<core::catalog::FeedStore> m_feeds;
    QStringList m_switchedOn;
    std::vector<const core::catalog::Feed *> m_waiting; ///< the next one is the last
    core::catalog::FeedRefresh *m_running = nullptr;
    QJsonArray m_results;
    std::optional<core::Error> m_lastError;
    int m_failed = 0;
    int m_asked = 0;
    bool m_cancelled = false;
};

} // namespace cli
