// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/AutodlApi.h"

#include "core/catalog/FeedJson.h"

#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace core::catalog {

namespace {

constexpr qsizetype longestRefusal = 200;
constexpr qsizetype mostInstances = 1000;
constexpr int pageSize = 50;
constexpr int mostPages = 20;
constexpr qint64 answerLimit = 2 * 1024 * 1024;

/// "data" of the envelope {"code": "Success", "msg", "data", "request_id"}.
Result<QJsonValue> dataOf(const QByteArray &json)
{
    const Result<QJsonObject> envelope = objectIn(json);
    if (!envelope)
        return tl::make_unexpected(envelope.error());
    const QJsonValue code = envelope->value(u"code");
    if (!code.isString())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no code"));
    if (code.toString() != u"Success")
        return fail(ErrorCode::RemoteFailed, Step::None,
                    (code.toString() + QStringLiteral(": ") + envelope->value(u"msg").toString())
                        .simplified()
                        .left(longestRefusal));
    return envelope->value(u"data");
}

bool wantsAQuery(const Error &error)
{
    return error.code == ErrorCode::RemoteFailed &&
           error.detail.startsWith(u"RequestParameterIsWrong");
}

std::optional<qint64> thousandths(const std::optional<double> &amount)
{
    return amount && *amount < 1e15 ? std::optional(std::llround(*amount)) : std::nullopt;
}

Result<AutodlBalance> balanceIn(const QJsonValue &data)
{
    JsonFields fields(data, QStringLiteral("data"));
    AutodlBalance balance;
    balance.assets = thousandths(fields.number("assets")).value_or(0);
    balance.vouchers = thousandths(fields.numberIfAny("voucher_balance"));
    balance.spentSoFar = thousandths(fields.numberIfAny("accumulate"));
    if (fields.error())
        return tl::make_unexpected(*fields.error());
    return balance;
}

struct Page
{
    std::vector<AutodlInstance> instances;
    int pages = 1;
};

Result<Page> pageIn(const QJsonValue &data)
{
    JsonFields fields(data, QStringLiteral("data"));
    Page page;
    const std::optional<double> pages = fields.numberIfAny("max_page");
    if (fields.error())
        return tl::make_unexpected(*fields.error());
    page.pages = pages && *pages >= 1 ? int(std::min(*pages, 1e6)) : 1;
    const QJsonValue list = data.toObject().value(u"list");
    if (!list.isArray() && !list.isNull())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no list"));
    const QJsonArray rows = list.toArray();
    if (rows.size() > mostInstances)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("a page without end"));
    for (qsizetype i = 0; i < rows.size(); ++i) {
        JsonFields row(rows[i], QStringLiteral("list[%1]").arg(i));
        AutodlInstance instance;
        instance.uuid = row.text("uuid");
        instance.name = row.textIfAny("name");
        instance.status = row.textIfAny("status");
        instance.region = row.textIfAny("region_sign");
        instance.spec = row.textIfAny("gpu_spec_uuid");
        const std::optional<double> gpus = row.numberIfAny("req_gpu_amount");
        if (gpus && *gpus <= mostGpus)
            instance.gpus = int(*gpus);
        const QJsonObject started = rows[i].toObject().value(u"started_at").toObject();
        const QDateTime at =
            QDateTime::fromString(started.value(u"Time").toString(), Qt::ISODateWithMs);
        if (started.value(u"Valid").toBool() && at.isValid())
            instance.startedAt = at.toUTC();
        if (row.error())
            return tl::make_unexpected(*row.error());
        page.instances.push_back(std::move(instance));
    }
    return page;
}

Result<AutodlLogin> loginIn(const QJsonValue &data)
{
    JsonFields fields(data, QStringLiteral("data"));
    AutodlLogin login;
    login.sshCommand = fields.text("ssh_command");
    login.host = fields.text("proxy_host");
    const double port = fields.number("ssh_port");
    QString password = fields.textIfAny("root_password");
    login.rootPassword = SecretBytes::takeFrom(password);
    login.card = fields.textIfAny("snapshot_gpu_alias_name");
    const auto price = thousandths(fields.numberIfAny("payg_price"));
    if (fields.error())
        return tl::make_unexpected(*fields.error());
    if (port < 1 || port > 65535 || port != std::floor(port))
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("data: ssh_port"));
    login.port = quint16(port);
    if (price && *price > 0 && *price <= highestPrice.millionths() / 1000)
        login.price = HourlyPrice{Decimal::fromMillionths(*price * 1000), Currency::Cny};
    return login;
}

/// The requests of one call, one after another.
template <typename Value>
class Running : public AutodlCall<Value>
{
public:
    Running(QNetworkAccessManager &network, QObject *parent)
        : AutodlCall<Value>(parent)
        , m_network(network)
    {
    }

    void ask(const HttpRequest &request)
    {
        auto *fetch = new HttpFetch(m_network, request, this);
        m_fetch = fetch;
        QObject::connect(fetch, &Operation::finished, this, [this, fetch] {
            m_fetch = nullptr;
            fetch->deleteLater();
            // An answer with an error's status may hold the API's own words.
            const bool hasWords = fetch->error() &&
                                  fetch->error()->code == ErrorCode::RemoteFailed &&
                                  objectIn(fetch->body()).has_value();
            if (fetch->error() && !hasWords)
                this->failWith(*fetch->error());
            else
                take(dataOf(fetch->body()));
        });
    }

protected:
    virtual void take(const Result<QJsonValue> &data) = 0;

    void doCancel() override
    {
        if (m_fetch)
            m_fetch->cancel();
        else
            this->failWith({ErrorCode::Cancelled, Step::None, {}});
    }

    void endWith(Result<Value> value)
    {
        if (!value) {
            this->failWith(value.error());
            return;
        }
        this->m_value = std::move(*value);
        this->succeed();
    }

private:
    QNetworkAccessManager &m_network;
    HttpFetch *m_fetch = nullptr;
};

class BalanceRun final : public Running<AutodlBalance>
{
public:
    using Running::Running;

protected:
    void take(const Result<QJsonValue> &data) override
    {
        endWith(data ? balanceIn(*data) : tl::make_unexpected(data.error()));
    }
};

class InstancesRun final : public Running<std::vector<AutodlInstance>>
{
public:
    using PageRequest = std::function<HttpRequest(int page)>;

    InstancesRun(QNetworkAccessManager &network, PageRequest pageRequest, QObject *parent)
        : Running(network, parent)
        , m_pageRequest(std::move(pageRequest))
    {
        ask(m_pageRequest(m_page));
    }

protected:
    void take(const Result<QJsonValue> &data) override
    {
        Result<Page> page = data ? pageIn(*data) : tl::make_unexpected(data.error());
        if (!page) {
            failWith(page.error());
            return;
        }
        std::move(page->instances.begin(), page->instances.end(), std::back_inserter(m_all));
        if (m_page < std::min(page->pages, mostPages))
            ask(m_pageRequest(++m_page));
        else
            endWith(std::move(m_all));
    }

private:
    PageRequest m_pageRequest;
    int m_page = 1;
    std::vector<AutodlInstance> m_all;
};

/// Some versions of the API want the parameters of a GET in its body, others in the query.
class LoginRun final : public Running<AutodlLogin>
{
public:
    LoginRun(QNetworkAccessManager &network, const HttpRequest &inBody, HttpRequest inQuery,
             QObject *parent)
        : Running(network, parent)
        , m_inQuery(std::move(inQuery))
    {
        ask(inBody);
    }

protected:
    void take(const Result<QJsonValue> &data) override
    {
        if (!data && wantsAQuery(data.error()) && !m_triedQuery) {
            m_triedQuery = true;
            ask(m_inQuery);
            return;
        }
        endWith(data ? loginIn(*data) : tl::make_unexpected(data.error()));
    }

private:
    HttpRequest m_inQuery;
    bool m_triedQuery = false;
};

/// Fails at once.
template <typename Value>
class Refused final : public AutodlCall<Value>
{
public:
    Refused(const Error &why, QObject *parent)
        : AutodlCall<Value>(parent)
    {
        this->failWith(why);
    }
};

bool isInstanceId(const QString &uuid)
{
    return !uuid.isEmpty() && uuid.size() <= 64 &&
           std::all_of(uuid.begin(), uuid.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') ||
                      (c >= u'A' && c <= u'Z') || c == u'-';
           });
}

} // namespace

AutodlApi::AutodlApi(QNetworkAccessManager &network, SecretBytes token, QUrl base,
                     HttpRequest request)
    : m_network(network)
    , m_base(std::move(base))
    , m_request(std::move(request))
{
    m_request.authorization = std::move(token);
    m_request.limit = std::min(m_request.limit, answerLimit);
}

HttpRequest AutodlApi::request(const char *method, const char *path, const QJsonObject &body) const
{
    HttpRequest made = m_request;
    made.url = m_base;
    made.url.setPath(m_base.path() + QLatin1StringView(path));
    made.method = method;
    made.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return made;
}

AutodlBalanceCall *AutodlApi::balance(QObject *parent) const
{
    auto *run = new BalanceRun(m_network, parent);
    run->ask(request("POST", "/api/v1/dev/wallet/balance", {}));
    return run;
}

AutodlInstancesCall *AutodlApi::instances(QObject *parent) const
{
    return new InstancesRun(
        m_network,
        [api = *this](int page) {
            return api.request(
                "POST", "/api/v1/dev/instance/pro/list",
                {{QStringLiteral("page_index"), page}, {QStringLiteral("page_size"), pageSize}});
        },
        parent);
}

AutodlLoginCall *AutodlApi::login(const QString &instanceUuid, QObject *parent) const
{
    if (!isInstanceId(instanceUuid))
        return new Refused<AutodlLogin>({ErrorCode::Usage, Step::None, instanceUuid.left(64)},
                                        parent);
    const QJsonObject parameters{{QStringLiteral("instance_uuid"), instanceUuid}};
    HttpRequest inQuery = request("GET", "/api/v1/dev/instance/pro/snapshot", {});
    inQuery.body.clear();
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("instance_uuid"), instanceUuid);
    inQuery.url.setQuery(query);
    return new LoginRun(m_network, request("GET", "/api/v1/dev/instance/pro/snapshot", parameters),
                        std::move(inQuery), parent);
}

} // namespace core::catalog
