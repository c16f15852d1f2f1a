// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/RefreshCommand.h"

#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/PricesCommand.h"
#include "app/danlu-cli/Services.h"

#include <algorithm>

using namespace core;
using namespace core::catalog;

namespace cli {

RefreshCommand::RefreshCommand(const Arguments &arguments, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
{
}

Result<> RefreshCommand::choose()
{
    QStringList ids;
    for (const Feed &feed : allFeeds())
        ids.append(QString::fromLatin1(feed.id));
    const QString sources = QStringLiteral("SOURCE is one of ") + ids.join(QStringLiteral(", "));
    if (m_arguments.positionals.size() > 2)
        return fail(ErrorCode::Usage, Step::None, QStringLiteral("prices refresh [SOURCE]"));
    OfferStore offers(configDirectory(m_arguments), m_clock);
    if (Result<> loaded = loadOffers(offers, m_arguments.json); !loaded)
        return loaded;
    m_switchedOn = offers.settings().feeds;
    QStringList wanted = m_arguments.positionals.mid(1);
    if (wanted.isEmpty())
        wanted = m_switchedOn;
    if (wanted.isEmpty())
        return fail(ErrorCode::Usage, Step::None,
                    QStringLiteral("no source is switched on; ") + sources);
    for (const QString &id : std::as_const(wanted)) {
        const Feed *feed = feedById(id);
        if (!feed)
            return fail(ErrorCode::Usage, Step::None, sources);
        m_waiting.push_back(feed);
    }
    std::reverse(m_waiting.begin(), m_waiting.end());
    return {};
}

void RefreshCommand::start()
{
    Result<CardCatalog> cards = CardCatalog::shipped();
    Result<> chosen = cards ? choose() : tl::make_unexpected(cards.error());
    if (!chosen) {
        Q_EMIT done(reportError(chosen.error(), m_arguments.json));
        return;
    }
    m_cards = std::make_unique<CardCatalog>(std::move(*cards));
    m_feeds =
        std::make_unique<FeedStore>(configDirectory(m_arguments), *m_cards, m_clock, m_network);
    m_feeds->load();
    m_asked = int(m_waiting.size());
    next();
}

void RefreshCommand::next()
{
    if (m_waiting.empty() || m_cancelled) {
        end();
        return;
    }
    const Feed *feed = m_waiting.back();
    m_waiting.pop_back();
    m_running = m_feeds->refresh(*feed, this);
    connect(m_running, &Operation::finished, this, [this, feed] { take(*feed); });
}

void RefreshCommand::take(const Feed &feed)
{
    FeedRefresh *refresh = std::exchange(m_running, nullptr);
    refresh->deleteLater();
    const QString id = QString::fromLatin1(feed.id);
    const FeedTable *table = m_feeds->table(id);
    const int offers = table ? int(table->offers.size()) : 0;
    QJsonObject result{{QStringLiteral("source"), id},
                       {QStringLiteral("offers"), offers},
                       {QStringLiteral("not_modified"), refresh->isNotModified()},
                       {QStringLiteral("switched_on"), m_switchedOn.contains(id)},
                       {QStringLiteral("error"), QJsonValue()}};
    if (refresh->error()) {
        m_lastError = refresh->error();
        ++m_failed;
        result.insert(QStringLiteral("error"), QString(errorCodeName(m_lastError->code)));
        m_lastError->detail = id + QStringLiteral(": ") + m_lastError->detail;
        reportError(*m_lastError, m_arguments.json);
    } else if (!m_arguments.json) {
        printLine(QStringLiteral("%1: %2 offers%3%4")
                      .arg(id)
                      .arg(offers)
                      .arg(refresh->isNotModified() ? QStringLiteral(", nothing new") : QString(),
                           m_switchedOn.contains(id)
                               ? QString()
                               : QStringLiteral("; switched off, so that no list has them")));
    }
    m_results.append(result);
    next();
}

void RefreshCommand::end()
{
    if (m_arguments.json)
        printJson(m_results);
    if (m_failed == 0)
        Q_EMIT done(m_cancelled ? ExitCancelled : ExitDone);
    else
        Q_EMIT done(m_failed < m_asked && !m_cancelled ? ExitPartly : exitCodeFor(*m_lastError));
}

void RefreshCommand::cancel()
{
    m_cancelled = true;
    if (m_running)
        m_running->cancel();
}

} // namespace cli
