// SPDX-License-Identifier: GPL-3.0-or-later
// AutoDL's developer API against a server on this machine that answers in its shapes.
#include "core/catalog/AutodlApi.h"
#include "tests/unit/catalog/FeedServer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace core;
using namespace core::catalog;
using tests::FeedServer;

namespace {

QByteArray success(const QByteArray &data)
{
    return R"({"code":"Success","msg":"","request_id":"r","data":)" + data + "}";
}

QByteArray refusal(const QByteArray &code, const QByteArray &words)
{
    return R"({"code":")" + code + R"(","msg":")" + words + R"(","data":null,"request_id":"r"})";
}

const char *const token = "eyJ-developer-token";

} // namespace

class tst_AutodlApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theBalanceIsRead();
    void allPagesAreRead();
    void pagesHaveAnEnd();
    void theLoginIsRead();
    void parametersGoWhereTheApiWantsThem();
    void theTokenGoesInItsHeaderOnly();
    void refusalsAreSaid_data();
    void refusalsAreSaid();
    void malformedAnswersAreRefused_data();
    void malformedAnswersAreRefused();
    void onlyInstanceIdsAreAsked_data();
    void onlyInstanceIdsAreAsked();
    void cancellingEndsTheCall();

private:
    [[nodiscard]] AutodlApi api() const
    {
        return {*m_network, SecretBytes(QByteArrayView(token)), m_server->url("")};
    }
    template <typename Call>
    [[nodiscard]] std::unique_ptr<Call> ended(Call *call) const
    {
        std::unique_ptr<Call> owned(call);
        QSignalSpy finished(call, &Operation::finished);
        if (!finished.wait(60'000))
            qWarning("it never ended");
        return owned;
    }

    std::unique_ptr<FeedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
};

void tst_AutodlApi::init()
{
    m_server = std::make_unique<FeedServer>();
    m_network = std::make_unique<QNetworkAccessManager>();
}

void tst_AutodlApi::theBalanceIsRead()
{
    m_server->setAnswer("/api/v1/dev/wallet/balance",
                        FeedServer::reply(success(
                            R"({"assets":12345,"accumulate":987654321,"voucher_balance":0})")));
    const auto call = ended(api().balance(nullptr));
    QVERIFY2(call->isOk(), qPrintable(call->error() ? call->error()->detail : QString()));
    QCOMPARE(call->value(), (AutodlBalance{12345, 0, 987654321})); // thousandths of a yuan
    QCOMPARE(m_server->requests().first().method, QByteArray("POST"));
}

void tst_AutodlApi::allPagesAreRead()
{
    m_server->setAnswer([](QTcpSocket &socket, const FeedServer::Request &request) {
        const int page =
            QJsonDocument::fromJson(request.body).object().value(u"page_index").toInt();
        const QByteArray number = QByteArray::number(page);
        FeedServer::reply(success(R"({"list":[{"uuid":"pro-)" + number +
                                  R"(","name":"炼丹","status":"running","region_sign":"westDC3",
 "req_gpu_amount":2,"gpu_spec_uuid":"v-48g","start_mode":"gpu",
 "started_at":{"Time":"2026-11-25T10:00:00+08:00","Valid":true},"timed_shutdown_at":null}],
 "max_page":3,"result_total":3})"))(socket, request);
    });
    const auto call = ended(api().instances(nullptr));
    QVERIFY2(call->isOk(), qPrintable(call->error() ? call->error()->detail : QString()));
    QCOMPARE(call->value().size(), std::size_t(3));
    const AutodlInstance &first = call->value().front();
    QCOMPARE(first.uuid, QStringLiteral("pro-1"));
    QCOMPARE(first.name, QStringLiteral("炼丹"));
    QCOMPARE(first.status, QStringLiteral("running"));
    QCOMPARE(first.gpus, std::optional(2));
    QCOMPARE(first.startedAt->toString(Qt::ISODate), QStringLiteral("2026-11-25T02:00:00Z"));
    QCOMPARE(call->value().back().uuid, QStringLiteral("pro-3"));
    m_server->setAnswer(FeedServer::reply(success(R"({"list":null,"max_page":0})")));
    const auto none = ended(api().instances(nullptr));
    QVERIFY(none->isOk() && none->value().empty());
}

void tst_AutodlApi::pagesHaveAnEnd()
{
    m_server->setAnswer(
        FeedServer::reply(success(R"({"list":[{"uuid":"pro-1"}],"max_page":1000000000})")));
    const auto call = ended(api().instances(nullptr));
    QVERIFY(call->isOk());
    QCOMPARE(m_server->requests().size(), 20);
}

void tst_AutodlApi::theLoginIsRead()
{
    m_server->setAnswer(FeedServer::reply(success(
        R"({"ssh_command":"ssh -p 31930 root@connect.example.com","proxy_host":"connect.example.com",
 "ssh_port":31930,"root_password":"ab/+C","jupyter_token":"j","payg_price":1980,
 "origin_pay_price":1980,"snapshot_gpu_alias_name":"RTX 4090","usage_info":{"cpu_usage_percent":1}})")));
    const auto call = ended(api().login(QStringLiteral("pro-76419909953e"), nullptr));
    QVERIFY2(call->isOk(), qPrintable(call->error() ? call->error()->detail : QString()));
    const AutodlLogin &login = call->value();
    QCOMPARE(login.sshCommand, QStringLiteral("ssh -p 31930 root@connect.example.com"));
    QCOMPARE(login.host, QStringLiteral("connect.example.com"));
    QCOMPARE(login.port, quint16(31930));
    QVERIFY(login.rootPassword == SecretBytes(QByteArrayView("ab/+C")));
    QCOMPARE(login.card, QStringLiteral("RTX 4090"));
    QCOMPARE(login.price->perHour, *Decimal::parse(u"1.98"));
    QCOMPARE(m_server->requests().first().method, QByteArray("GET"));
    QCOMPARE(m_server->requests().first().body,
             QByteArray(R"({"instance_uuid":"pro-76419909953e"})"));
}

void tst_AutodlApi::parametersGoWhereTheApiWantsThem()
{
    const QByteArray path = "/api/v1/dev/instance/pro/snapshot";
    m_server->setAnswer(path, FeedServer::reply(refusal("RequestParameterIsWrong", "no")));
    m_server->setAnswer(
        path + "?instance_uuid=pro-1",
        FeedServer::reply(success(R"({"ssh_command":"ssh a","proxy_host":"a","ssh_port":22})")));
    const auto call = ended(api().login(QStringLiteral("pro-1"), nullptr));
    QVERIFY2(call->isOk(), qPrintable(call->error() ? call->error()->detail : QString()));
    QVERIFY(call->value().rootPassword.isEmpty());
    QCOMPARE(m_server->requests().size(), 2);
    // Once, not for ever.
    m_server->setAnswer(path + "?instance_uuid=pro-1",
                        FeedServer::reply(refusal("RequestParameterIsWrong", "still no")));
    const auto refused = ended(api().login(QStringLiteral("pro-1"), nullptr));
    QCOMPARE(refused->error()->code, ErrorCode::RemoteFailed);
    QCOMPARE(m_server->requests().size(), 4);
}

void tst_AutodlApi::theTokenGoesInItsHeaderOnly()
{
    m_server->setAnswer(FeedServer::reply(refusal("AuthorizeFailed", "请重新登录"), {}, "400 Bad"));
    const auto call = ended(api().balance(nullptr));
    const FeedServer::Request request = m_server->requests().first();
    QCOMPARE(request.headers.value("authorization"), QByteArray(token)); // raw: no "Bearer"
    QVERIFY(!request.path.contains(token) && !request.body.contains(token));
    QVERIFY(!call->error()->detail.contains(QLatin1StringView(token)));
    // A redirection would take it elsewhere.
    m_server->setAnswer(FeedServer::reply({}, "Location: /elsewhere\r\n", "307 Go"));
    QCOMPARE(ended(api().balance(nullptr))->error()->code, ErrorCode::RemoteFailed);
    QCOMPARE(m_server->requests().size(), 2);
}

void tst_AutodlApi::refusalsAreSaid_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("detail");
    QTest::newRow("in the envelope")
        << QByteArray("200 OK") << refusal("ServerError", "不支持的启动模式")
        << int(ErrorCode::RemoteFailed) << QStringLiteral("ServerError: 不支持的启动模式");
    QTest::newRow("with an error's status")
        << QByteArray("500 Oops") << refusal("ServerError", "down") << int(ErrorCode::RemoteFailed)
        << QStringLiteral("ServerError: down");
    QTest::newRow("an error's status alone")
        << QByteArray("502 Bad") << QByteArray("<html>") << int(ErrorCode::RemoteFailed)
        << QStringLiteral("HTTP 502");
    QTest::newRow("without end") << QByteArray("200 OK") << refusal("X", QByteArray(9999, 'x'))
                                 << int(ErrorCode::RemoteFailed)
                                 << QStringLiteral("X: ") + QString(197, u'x');
    QTest::newRow("401") << QByteArray("401 No") << refusal("X", "who?")
                         << int(ErrorCode::AuthRejected) << QStringLiteral("HTTP 401");
}

void tst_AutodlApi::refusalsAreSaid()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    QFETCH(QString, detail);
    m_server->setAnswer(FeedServer::reply(body, {}, status));
    const auto call = ended(api().balance(nullptr));
    QVERIFY(call->error());
    QCOMPARE(int(call->error()->code), code);
    QCOMPARE(call->error()->detail, detail);
}

void tst_AutodlApi::malformedAnswersAreRefused_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *what, const QByteArray &body) {
        QTest::newRow(name) << QByteArray(what) << body;
    };
    row("no JSON", "balance", "<html>");
    row("no code", "balance", R"({"data":{}})");
    row("no data", "balance", success("null"));
    row("no assets", "balance", success("{}"));
    row("assets as text", "balance", success(R"({"assets":"12"})"));
    row("no list", "instances", success("{}"));
    row("a list of texts", "instances", success(R"({"list":["pro-1"]})"));
    row("no uuid", "instances", success(R"({"list":[{"name":"x"}]})"));
    row("no port", "login", success(R"({"ssh_command":"ssh a","proxy_host":"a"})"));
    row("a port beyond", "login",
        success(R"({"ssh_command":"ssh a","proxy_host":"a","ssh_port":65536})"));
    row("a port as text", "login",
        success(R"({"ssh_command":"ssh a","proxy_host":"a","ssh_port":"22"})"));
    row("no command", "login", success(R"({"proxy_host":"a","ssh_port":22})"));
}

void tst_AutodlApi::malformedAnswersAreRefused()
{
    QFETCH(QByteArray, what);
    QFETCH(QByteArray, body);
    m_server->setAnswer(FeedServer::reply(body));
    std::unique_ptr<Operation> call;
    if (what == "balance")
        call = ended(api().balance(nullptr));
    else if (what == "instances")
        call = ended(api().instances(nullptr));
    else
        call = ended(api().login(QStringLiteral("pro-1"), nullptr));
    QVERIFY(call->error());
    QCOMPARE(call->error()->code, ErrorCode::Parse);
}

void tst_AutodlApi::onlyInstanceIdsAreAsked_data()
{
    QTest::addColumn<QString>("uuid");
    for (const char *uuid : {"", "a b", "a&b=c", "../list", "a/b", "é"})
        QTest::newRow(*uuid ? uuid : "empty") << QString::fromUtf8(uuid);
    QTest::newRow("long") << QString(65, u'a');
}

void tst_AutodlApi::onlyInstanceIdsAreAsked()
{
    QFETCH(QString, uuid);
    const auto call = ended(api().login(uuid, nullptr));
    QCOMPARE(call->error()->code, ErrorCode::Usage);
    QVERIFY(m_server->requests().isEmpty());
}

void tst_AutodlApi::cancellingEndsTheCall()
{
    m_server->setAnswer(FeedServer::silence());
    const std::unique_ptr<AutodlBalanceCall> call(api().balance(nullptr));
    QSignalSpy finished(call.get(), &Operation::finished);
    QTRY_COMPARE(m_server->requests().size(), 1);
    call->cancel();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(call->error()->code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_AutodlApi)
#include "tst_AutodlApi.moc"
