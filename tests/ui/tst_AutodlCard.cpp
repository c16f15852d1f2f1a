// SPDX-License-Identifier: GPL-3.0-or-later
// The AutoDL account's card against a server that answers in the API's shapes.
#include "core/secrets/SessionStore.h"
#include "tests/unit/catalog/FeedServer.h"
#include "tests/unit/catalog/OfferParts.h"
#include "ui/catalog/AutodlCard.h"
#include "ui/common/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QNetworkAccessManager>
#include <QPushButton>
#include <QTest>

using namespace core::catalog;
using tests::FeedServer;
using ui::catalog::AutodlCard;

namespace {

QByteArray answered(const QByteArray &data)
{
    return R"({"code":"Success","msg":"","request_id":"r","data":)" + data + "}";
}

} // namespace

class tst_AutodlCard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void proInstancesAreListed();
    void theLoginIsCopied();
    void thePasswordIsCopiedAsASecret();
    void anInstanceIsOffered();
    void aRefusalIsSaid();
    void forgettingClearsTheList();

private:
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_card->findChild<QPushButton *>(QLatin1StringView(name));
    }
    void click(const char *name) const
    {
        QTRY_VERIFY2(button(name) && button(name)->isEnabled(), name);
        button(name)->click();
    }
    [[nodiscard]] QString state() const
    {
        return m_card->findChild<QLabel *>(QStringLiteral("autodlState"))->text();
    }
    void list() const
    {
        click("autodlAsk");
        QTRY_VERIFY(button("autodlAdd-pro-2"));
    }

    std::unique_ptr<ui::Theme> m_theme;
    tests::FixedClock m_clock{0};
    std::unique_ptr<FeedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<core::secrets::SessionStore> m_secrets;
    std::unique_ptr<AutodlCard> m_card;
};

void tst_AutodlCard::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_AutodlCard::init()
{
    m_server = std::make_unique<FeedServer>();
    m_network = std::make_unique<QNetworkAccessManager>();
    m_secrets = std::make_unique<core::secrets::SessionStore>();
    m_server->setAnswer("/api/v1/dev/wallet/balance",
                        FeedServer::reply(answered(R"({"assets":12340})")));
    m_server->setAnswer(
        "/api/v1/dev/instance/pro/list",
        FeedServer::reply(answered(
            R"({"list":[{"uuid":"pro-1","name":"train","status":"running","region_sign":"westDC3",
 "req_gpu_amount":2,"gpu_spec_uuid":"v-48g"},{"uuid":"pro-2","name":"","status":"shutdown"}],
 "max_page":1,"result_total":2})")));
    m_server->setAnswer("/api/v1/dev/instance/pro/snapshot",
                        FeedServer::reply(answered(
                            R"({"ssh_command":"ssh -p 31930 root@connect.example.com\nreboot",
 "proxy_host":"connect.example.com","ssh_port":31930,"root_password":"ab/+C","payg_price":1980})")));
    m_card = std::make_unique<AutodlCard>(*m_network, *m_secrets, m_clock, m_server->url(""));
    m_card->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_card.get()));
    auto *token = m_card->findChild<QLineEdit *>(QStringLiteral("autodlToken"));
    token->setText(QStringLiteral("t0ken"));
    click("autodlSave");
    QTRY_VERIFY(button("autodlAsk")->isEnabled() && !state().isEmpty());
}

void tst_AutodlCard::cleanup()
{
    m_card.reset();
    QGuiApplication::clipboard()->clear();
}

void tst_AutodlCard::proInstancesAreListed()
{
    list();
    QStringList words;
    for (const QLabel *label : m_card->findChildren<QLabel *>())
        words.append(label->text());
    QVERIFY(words.contains(QStringLiteral("train · running · westDC3 · 2 × v-48g")));
    QVERIFY(words.contains(QStringLiteral("pro-2 · shutdown")));
    QVERIFY2(state().contains(u"12.34"), qPrintable(state()));
    QCOMPARE(m_server->requests().size(), 2); // and no login was asked for
}

void tst_AutodlCard::theLoginIsCopied()
{
    list();
    click("autodlCopyLogin-pro-1");
    QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("ssh -p 31930 root@connect.example.com reboot")); // one line
    QVERIFY(state().contains(u"train"));
    QCOMPARE(m_server->requests().last().body, QByteArray(R"({"instance_uuid":"pro-1"})"));
    QCOMPARE(m_server->requests().last().headers.value("authorization"), QByteArray("t0ken"));
}

void tst_AutodlCard::thePasswordIsCopiedAsASecret()
{
    list();
    click("autodlCopyPassword-pro-1");
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("ab/+C"));
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(
        QStringLiteral("x-kde-passwordManagerHint")));
    QVERIFY(!state().contains(u"ab/+C"));
    m_card.reset(); // whoever closes the window leaves nothing behind
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void tst_AutodlCard::anInstanceIsOffered()
{
    list();
    std::optional<AutodlLogin> offered;
    QString name;
    connect(m_card.get(), &AutodlCard::instanceOffered, this,
            [&](const AutodlInstance &instance, const AutodlLogin &login) {
                name = instance.name;
                offered = login;
            });
    click("autodlAdd-pro-1");
    QTRY_VERIFY(offered);
    QCOMPARE(name, QStringLiteral("train"));
    QCOMPARE(offered->host, QStringLiteral("connect.example.com"));
    QCOMPARE(offered->port, quint16(31930));
    QVERIFY(offered->rootPassword == core::SecretBytes("ab/+C"));
    QCOMPARE(offered->price->perHour, tests::decimal("1.98"));
}

void tst_AutodlCard::aRefusalIsSaid()
{
    list();
    m_server->setAnswer("/api/v1/dev/instance/pro/snapshot",
                        FeedServer::reply(R"({"code":"NotFound","msg":"gone","data":null})"));
    click("autodlCopyLogin-pro-2");
    QTRY_VERIFY2(state().contains(u"reports a problem"), qPrintable(state()));
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    QVERIFY(button("autodlCopyLogin-pro-2")->isEnabled()); // to be tried again
}

void tst_AutodlCard::forgettingClearsTheList()
{
    list();
    click("autodlForget");
    QTRY_VERIFY(!button("autodlAdd-pro-1"));
}

QTEST_MAIN(tst_AutodlCard)

#include "tst_AutodlCard.moc"
