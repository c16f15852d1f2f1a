// SPDX-License-Identifier: GPL-3.0-or-later
// A page's address for the browser: once, on loopback, and for nobody who guesses.
#include "core/forward/OneTimeLink.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using core::forward::OneTimeLink;

class tst_OneTimeLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnceWithTheTarget();
    void othersFindNothing_data();
    void othersFindNothing();
    void endsWithoutUse();

private:
    static QByteArray ask(const QUrl &url, const QByteArray &request);
    const QUrl m_target{QStringLiteral("http://localhost:8888/lab?token=feed03&x=%E7%89%88")};
};

/// What comes back until the other side closes; "" where nobody answers.
QByteArray tst_OneTimeLink::ask(const QUrl &url, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(url.host(), quint16(url.port()));
    if (!QTest::qWaitFor([&] { return socket.state() == QTcpSocket::ConnectedState; }, 3000))
        return {};
    socket.write(request);
    (void)QTest::qWaitFor([&] { return socket.state() == QTcpSocket::UnconnectedState; }, 15000);
    return socket.readAll();
}

void tst_OneTimeLink::answersOnceWithTheTarget()
{
    OneTimeLink link(m_target);
    QSignalSpy ended(&link, &OneTimeLink::finished);
    const auto url = link.listen();
    QVERIFY(url);
    QCOMPARE(url->host(), QStringLiteral("127.0.0.1"));
    QVERIFY(!url->toString().contains(QStringLiteral("feed03")));
    const QByteArray request = "GET " + url->path().toLatin1() + " HTTP/1.1\r\nHost: x\r\n\r\n";
    const QByteArray answer = ask(*url, request);
    QVERIFY2(answer.startsWith("HTTP/1.1 303 "), answer.constData());
    QVERIFY(answer.contains("\r\nLocation: " + m_target.toEncoded() + "\r\n"));
    QVERIFY(answer.contains("\r\nCache-Control: no-store\r\n"));
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended.at(0).at(0).toBool(), true);
    QCOMPARE(ask(*url, request), QByteArray());
}

void tst_OneTimeLink::othersFindNothing_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("another path") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("another method") << QByteArray("POST %1 HTTP/1.1\r\n\r\n");
    QTest::newRow("the path's beginning") << QByteArray("GET %1x HTTP/1.1\r\n\r\n");
    QTest::newRow("no HTTP") << QByteArray("%1\r\n");
    QTest::newRow("no line end") << QByteArray(5000, 'x');
}

void tst_OneTimeLink::othersFindNothing()
{
    QFETCH(QByteArray, request);
    OneTimeLink link(m_target);
    QSignalSpy ended(&link, &OneTimeLink::finished);
    const auto url = link.listen();
    QVERIFY(url);
    const QByteArray answer = ask(*url, request.replace("%1", url->path().toLatin1()));
    QVERIFY2(answer.isEmpty() || answer.startsWith("HTTP/1.1 404 "), answer.constData());
    QVERIFY(!answer.contains("feed03"));
    QCOMPARE(ended.count(), 0);
    // And it is still there for the browser.
    QVERIFY(ask(*url, "GET " + url->path().toLatin1() + " HTTP/1.1\r\n\r\n").contains("feed03"));
}

void tst_OneTimeLink::endsWithoutUse()
{
    OneTimeLink link(m_target);
    QSignalSpy ended(&link, &OneTimeLink::finished);
    const auto url = link.listen(std::chrono::milliseconds(1));
    QVERIFY(url);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended.at(0).at(0).toBool(), false);
    QCOMPARE(ask(*url, "GET " + url->path().toLatin1() + " HTTP/1.1\r\n\r\n"), QByteArray());
}

QTEST_GUILESS_MAIN(tst_OneTimeLink)
#include "tst_OneTimeLink.moc"
