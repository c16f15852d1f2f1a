// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/HttpFetch.h"
#include "core/catalog/Offer.h"

#include <QDateTime>
#include <QJsonObject>

namespace core::catalog {

/// Amounts as AutoDL's API has them: integer thousandths of a yuan.
struct AutodlBalance
{
    qint64 assets = 0;
    std::optional<qint64> vouchers;
    std::optional<qint64> spentSoFar;
    bool operator==(const AutodlBalance &) const = default;
};

/// A Pro instance; ordinary ones are not in this API.
struct AutodlInstance
{
    QString uuid;
    QString name;
    QString status; ///< AutoDL's word: "running", "shutdown", ...
    QString region;
    QString spec; ///< gpu_spec_uuid
    std::optional<int> gpus;
    std::optional<QDateTime> startedAt;
    bool operator==(const AutodlInstance &) const = default;
};

/// How to get into one.
struct AutodlLogin
{
    QString sshCommand;
    QString host;
    quint16 port = 0;
    SecretBytes rootPassword;
    QString card;
    std::optional<HourlyPrice> price; ///< by the hour, for all of its GPUs
};

/// A call of the API; its value is there when it isOk().
template <typename Value>
class AutodlCall : public Operation
{
public:
    using Operation::Operation;
    [[nodiscard]] const Value &value() const { return m_value; }

protected:
    Value m_value{};
};
using AutodlBalanceCall = AutodlCall<AutodlBalance>;
using AutodlInstancesCall = AutodlCall<std::vector<AutodlInstance>>;
using AutodlLoginCall = AutodlCall<AutodlLogin>;

/// AutoDL's developer API: what the user's own account says. The token is the user's secret; it
/// goes into the Authorization header of these requests and nowhere else. Errors: as HttpFetch;
/// RemoteFailed with the API's code and words; Parse for a malformed answer, which is refused
/// whole.
class AutodlApi final
{
public:
    /// \a base: its address, another one in tests. \a request: limits, timeouts and TLS.
    AutodlApi(QNetworkAccessManager &network, SecretBytes token,
              QUrl base = QUrl(QStringLiteral("https://api.autodl.com")), HttpRequest request = {});

    [[nodiscard]] AutodlBalanceCall *balance(QObject *parent) const;
    /// All pages, at most twenty.
    [[nodiscard]] AutodlInstancesCall *instances(QObject *parent) const;
    [[nodiscard]] AutodlLoginCall *login(const QString &instanceUuid, QObject *parent) const;

private:
    [[nodiscard]] HttpRequest request(const char *method, const char *path,
                                      const QJsonObject &body) const;

    QNetworkAccessManager &m_network;
    QUrl m_base;
    HttpRequest m_request; ///< with the token
};

} // namespace core::catalog
