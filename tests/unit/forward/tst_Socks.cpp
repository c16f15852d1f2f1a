// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/Socks.h"

#include <QTest>

using core::forward::SocksHandshake;
using State = SocksHandshake::State;
using Outcome = SocksHandshake::Outcome;

class tst_Socks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreReadAtEveryCut_data();
    void requestsAreReadAtEveryCut();
    void whatIsNoRequestIsRefused_data();
    void whatIsNoRequestIsRefused();
    void outcomesAreToldInTheClientsVersion();
    void anEndlessHandshakeEnds();
};

void tst_Socks::requestsAreReadAtEveryCut_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("answer");
    const auto hex = [](const char *text) { return QByteArray::fromHex(text); };
    QTest::newRow("5, a name") << hex("050100 050100030b") + "example.com" + hex("01bb")
                               << QByteArray("example.com") << 443 << hex("0500");
    QTest::newRow("5, several methods, IPv4")
        << hex("05020200 05010001 7f000001 1776") << QByteArray("127.0.0.1") << 6006 << hex("0500");
    QTest::newRow("5, IPv6") << hex("050100 05010004 00000000000000000000000000000001 0050")
                             << QByteArray("::1") << 80 << hex("0500");
    QTest::newRow("4") << hex("0401 1776 0a000001") + "root" + hex("00") << QByteArray("10.0.0.1")
                       << 6006 << QByteArray();
    QTest::newRow("4a") << hex("0401 0050 00000001 00") + "node-2" + hex("00")
                        << QByteArray("node-2") << 80 << QByteArray();
}

void tst_Socks::requestsAreReadAtEveryCut()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, host);
    QFETCH(int, port);
    QFETCH(QByteArray, answer);
    for (qsizetype cut = 0; cut <= sent.size(); ++cut) {
        SocksHandshake socks;
        QByteArray answered = socks.feed(sent.left(cut));
        if (cut < sent.size())
            QCOMPARE(socks.state(), State::Reading);
        answered += socks.feed(sent.mid(cut) + "GET /");
        QCOMPARE(socks.state(), State::Wanted);
        QCOMPARE(socks.host(), host);
        QCOMPARE(int(socks.port()), port);
        QCOMPARE(answered, answer);
        QCOMPARE(socks.takeRest(), QByteArray("GET /"));
    }
}

void tst_Socks::whatIsNoRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("answer");
    const auto hex = [](const char *text) { return QByteArray::fromHex(text); };
    QTest::newRow("a web request") << QByteArray("GET / HTTP/1.1\r\n") << QByteArray();
    QTest::newRow("5, only with sign-in") << hex("050102") << hex("05ff");
    QTest::newRow("5, BIND") << hex("050100 05020001 7f000001 0050")
                             << hex("0500 0507000100000000 0000");
    QTest::newRow("5, an unknown kind of address")
        << hex("050100 05010005 7f000001 0050") << hex("0500 0508000100000000 0000");
    QTest::newRow("5, a name with a NUL")
        << hex("050100 05010003 03 610062 0050") << hex("0500 0501000100000000 0000");
    QTest::newRow("4, BIND") << hex("0402 0050 0a000001 00") << hex("005b 0000 00000000");
}

void tst_Socks::whatIsNoRequestIsRefused()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, answer);
    SocksHandshake socks;
    QCOMPARE(socks.feed(sent), answer);
    QCOMPARE(socks.state(), State::Refused);
    QCOMPARE(socks.feed("more"), QByteArray());
}

void tst_Socks::outcomesAreToldInTheClientsVersion()
{
    SocksHandshake five;
    QVERIFY(!five.feed(QByteArray::fromHex("050100 05010001 7f000001 0050")).isEmpty());
    QCOMPARE(five.answer(Outcome::Connected), QByteArray::fromHex("05000001000000000000"));
    QCOMPARE(five.answer(Outcome::NotAllowed)[1], char(2));
    QCOMPARE(five.answer(Outcome::HostUnreachable)[1], char(4));
    QCOMPARE(five.answer(Outcome::Refused)[1], char(5));
    QCOMPARE(five.answer(Outcome::Failed)[1], char(1));
    SocksHandshake four;
    QVERIFY(four.feed(QByteArray::fromHex("0401 0050 7f000001 00")).isEmpty());
    QCOMPARE(four.answer(Outcome::Connected), QByteArray::fromHex("005a000000000000"));
    QCOMPARE(four.answer(Outcome::Refused), QByteArray::fromHex("005b000000000000"));
}

void tst_Socks::anEndlessHandshakeEnds()
{
    SocksHandshake socks;
    QCOMPARE(socks.feed(QByteArray::fromHex("0401 0050 7f000001")), QByteArray());
    QCOMPARE(socks.feed(QByteArray(2000, 'u')), QByteArray());
    QCOMPARE(socks.state(), State::Refused);
}

QTEST_APPLESS_MAIN(tst_Socks)
#include "tst_Socks.moc"
