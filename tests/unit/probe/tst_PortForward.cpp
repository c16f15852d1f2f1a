// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/Jupyter.h"
#include "core/probe/PortForward.h"

#include <QTest>

using namespace core;
using namespace core::probe;
using Kind = PortForward::Kind;

class tst_PortForward : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadAndWritten_data();
    void textIsReadAndWritten();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void clashesAreSeen_data();
    void clashesAreSeen();
    void jupyterServersAreFound_data();
    void jupyterServersAreFound();
    void jupyterListsAreReadAtEveryCut();
};

void tst_PortForward::textIsReadAndWritten_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<PortForward>("wanted");
    const auto s = [](const char *text) { return QString::fromLatin1(text); };
    QTest::newRow("local") << Kind::Local << s("6006:localhost:6007")
                           << PortForward{Kind::Local, {}, 6006, s("localhost"), 6007};
    QTest::newRow("bound") << Kind::Local << s("0.0.0.0:80:10.0.0.1:8080")
                           << PortForward{Kind::Local, s("0.0.0.0"), 80, s("10.0.0.1"), 8080};
    QTest::newRow("every address")
        << Kind::Local << s("*:80:h:81") << PortForward{Kind::Local, s("*"), 80, s("h"), 81};
    QTest::newRow("IPv6") << Kind::Local << s("[::1]:80:[fe80::2]:81")
                          << PortForward{Kind::Local, s("::1"), 80, s("fe80::2"), 81};
    QTest::newRow("any port") << Kind::Local << s("0:h:81")
                              << PortForward{Kind::Local, {}, 0, s("h"), 81};
    QTest::newRow("remote") << Kind::Remote << s("9000:localhost:9001")
                            << PortForward{Kind::Remote, {}, 9000, s("localhost"), 9001};
    QTest::newRow("dynamic") << Kind::Dynamic << s("1080")
                             << PortForward{Kind::Dynamic, {}, 1080, {}, 0};
    QTest::newRow("dynamic, bound") << Kind::Dynamic << s("127.0.0.1:1080")
                                    << PortForward{Kind::Dynamic, s("127.0.0.1"), 1080, {}, 0};
}

void tst_PortForward::textIsReadAndWritten()
{
    QFETCH(Kind, kind);
    QFETCH(QString, text);
    QFETCH(PortForward, wanted);
    const auto read = parsePortForward(kind, text);
    QVERIFY(read);
    QVERIFY(*read == wanted);
    QCOMPARE(portForwardText(*read), text);
}

void tst_PortForward::nonsenseIsRefused_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << Kind::Local << QString();
    QTest::newRow("a port alone") << Kind::Local << QStringLiteral("8080");
    QTest::newRow("no host") << Kind::Local << QStringLiteral("8080::80");
    QTest::newRow("no target port") << Kind::Local << QStringLiteral("8080:host:0");
    QTest::newRow("too large") << Kind::Local << QStringLiteral("65536:host:80");
    QTest::newRow("words") << Kind::Local << QStringLiteral("http:host:80");
    QTest::newRow("negative") << Kind::Dynamic << QStringLiteral("-1");
    QTest::newRow("any port there") << Kind::Remote << QStringLiteral("0:host:80");
    QTest::newRow("too many parts") << Kind::Local << QStringLiteral("a:1:b:2:c");
}

void tst_PortForward::nonsenseIsRefused()
{
    QFETCH(Kind, kind);
    QFETCH(QString, text);
    const auto read = parsePortForward(kind, text);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Usage);
    QCOMPARE(read.error().detail, text);
}

void tst_PortForward::clashesAreSeen_data()
{
    QTest::addColumn<PortForward>("one");
    QTest::addColumn<PortForward>("other");
    QTest::addColumn<bool>("clash");
    const auto s = [](const char *text) { return QString::fromLatin1(text); };
    const PortForward local{Kind::Local, {}, 80, s("h"), 1};
    QTest::newRow("same port") << local << PortForward{Kind::Dynamic, {}, 80, {}, 0} << true;
    QTest::newRow("both loopback")
        << local << PortForward{Kind::Local, s("127.0.0.1"), 80, s("h"), 2} << true;
    QTest::newRow("every address")
        << local << PortForward{Kind::Local, s("*"), 80, s("h"), 2} << true;
    QTest::newRow("other port") << local << PortForward{Kind::Local, {}, 81, s("h"), 1} << false;
    QTest::newRow("other side") << local << PortForward{Kind::Remote, {}, 80, s("h"), 1} << false;
    QTest::newRow("other address")
        << local << PortForward{Kind::Local, s("192.168.0.2"), 80, s("h"), 1} << false;
}

void tst_PortForward::clashesAreSeen()
{
    QFETCH(PortForward, one);
    QFETCH(PortForward, other);
    QFETCH(bool, clash);
    QCOMPARE(one.clashesWith(other), clash);
    QCOMPARE(other.clashesWith(one), clash);
}

namespace {

// As jupyter_server 2 prints them.
const QByteArray jsonList = R"([
  {
    "base_url": "/jupyter/",
    "hostname": "localhost",
    "password": false,
    "pid": 412,
    "port": 8888,
    "root_dir": "/root",
    "secure": false,
    "sock": "",
    "token": "0123abc",
    "url": "http://localhost:8888/jupyter/",
    "version": "2.14.0"
  },
  {"base_url": "/", "hostname": "0.0.0.0", "port": 8889, "secure": true, "token": "", "notebook_dir": "/data"},
  {"base_url": "/", "port": 0, "sock": "/tmp/jupyter.sock", "token": "x"}
]
)";

} // namespace

void tst_PortForward::jupyterServersAreFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("count");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("path");
    QTest::newRow("nothing runs") << QByteArray("[]\n") << 0 << QByteArray() << QString();
    QTest::newRow("not installed")
        << QByteArray("bash: jupyter: command not found\n") << 0 << QByteArray() << QString();
    QTest::newRow("a list") << jsonList << 2 << QByteArray("0123abc")
                            << QStringLiteral("/jupyter/");
    QTest::newRow("a list in a banner")
        << "+---AutoDL---+\n[note] hello\nCPU: 16\n" + jsonList + "bye [x]\n"
        << 2 << QByteArray("0123abc") << QStringLiteral("/jupyter/");
    QTest::newRow("one a line") << QByteArray(
                                       "{\"base_url\": \"/\", \"port\": 8888, \"token\": \"t1\"}\n")
                                << 1 << QByteArray("t1") << QStringLiteral("/");
    QTest::newRow("text") << QByteArray(
                                 "Currently running servers:\n"
                                 "http://localhost:8888/lab-1/?token=feed01 :: /root/autodl-tmp\n")
                          << 1 << QByteArray("feed01") << QStringLiteral("/lab-1/");
}

void tst_PortForward::jupyterServersAreFound()
{
    QFETCH(QByteArray, text);
    QFETCH(int, count);
    QFETCH(QByteArray, token);
    QFETCH(QString, path);
    const auto servers = parseJupyterServers(text);
    QCOMPARE(int(servers.size()), count);
    if (count == 0)
        return;
    QCOMPARE(servers[0].port, quint16(8888));
    QCOMPARE(servers[0].token.view().toByteArray(), token);
    QCOMPARE(servers[0].basePath, path);
    if (count > 1) {
        QVERIFY(servers[1].isSecure);
        QVERIFY(servers[1].token.isEmpty());
        QCOMPARE(servers[1].rootDir, QStringLiteral("/data"));
    }
}

void tst_PortForward::jupyterListsAreReadAtEveryCut()
{
    for (qsizetype cut = 0; cut < jsonList.size(); ++cut) {
        for (const JupyterServer &server : parseJupyterServers(jsonList.left(cut)))
            QVERIFY(server.port != 0);
    }
}

QTEST_APPLESS_MAIN(tst_PortForward)
#include "tst_PortForward.moc"
