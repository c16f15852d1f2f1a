// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CardCatalog.h"
#include "core/catalog/OfferCsv.h"

#include <QFile>

namespace tests {

class FixedClock final : public core::Clock
{
public:
    explicit FixedClock(qint64 msSinceEpoch)
        : m_now(std::chrono::milliseconds(msSinceEpoch))
    {
    }
    [[nodiscard]] std::chrono::system_clock::time_point now() const override
    {
        return std::chrono::system_clock::time_point(m_now);
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(m_now);
    }

private:
    std::chrono::milliseconds m_now;
};

inline core::catalog::Decimal decimal(const char *text)
{
    return *core::catalog::Decimal::parse(QString::fromLatin1(text));
}

inline core::catalog::Offer offer(const char *provider, const char *card, const char *price,
                                  core::Currency currency = core::Currency::Cny)
{
    core::catalog::Offer made;
    made.provider = QString::fromLatin1(provider);
    made.region = QStringLiteral("any");
    made.card = QString::fromLatin1(card);
    made.perGpuHour = {decimal(price), currency};
    made.seenOn = core::catalog::SeenOn::parse(u"2026-11-01");
    return made;
}

inline QByteArray resource(const char *name)
{
    QFile file(QStringLiteral(":/danlu/catalog/") + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace tests
