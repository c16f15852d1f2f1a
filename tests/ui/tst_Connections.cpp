// SPDX-License-Identifier: GPL-3.0-or-later
// The Connections tab in the real window: tunnels added, working, stopped, deleted and put back;
// one-click pages.
#include "core/fleet/Tunnels.h"
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"

#include <QAbstractItemModel>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>

using namespace core;
using fleet::Instance;
using fleet::Tunnel;

namespace {

enum Column { Name, Kind, Listens, Target, State, Open };

/// Stands for the browser.
class Browser final : public QObject
{
    Q_OBJECT

public:
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened.append(url); }
};

} // namespace

class tst_Connections : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutTunnelsOneIsOffered();
    void aTunnelIsAddedAndWorks();
    void aTakenPortIsNamedAndAFreeOneOffered();
    void aFailedTunnelIsMendedWithOneClick();
    void aTunnelIsStoppedDeletedAndPutBack();
    void aProxyNeedsNoTarget();
    void jupyterOpensWithItsToken();
    void withoutAConnectionTheyWait();

private:
    void showTab();
    [[nodiscard]] QString cell(int row, int column) const
    {
        return child<QTableView>("tunnelsTable")->model()->index(row, column).data().toString();
    }
    [[nodiscard]] int rows() const
    {
        return child<QTableView>("tunnelsTable")->model()->rowCount();
    }
    void addTunnel(quint16 hostPort, quint16 port);
    /// What a connection to the port says first; "" when nothing.
    [[nodiscard]] static QByteArray greeting(quint16 port);
    /// Where a page leads to; empty where nobody answers.
    [[nodiscard]] static QUrl redirectOf(const QUrl &url);

    Browser m_browser;
};

void tst_Connections::initTestCase()
{
    startRig();
}

void tst_Connections::init()
{
    makeServices();
    addRig();
    connectIt();
    showWindow();
    m_browser.opened.clear();
    QDesktopServices::setUrlHandler(QStringLiteral("http"), &m_browser, "open");
}

void tst_Connections::cleanup()
{
    QDesktopServices::unsetUrlHandler(QStringLiteral("http"));
    closeWindow();
}

void tst_Connections::showTab()
{
    auto *tabs = child<QTabBar>("instanceTabs");
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->tabText(i) == u"Connections")
            tabs->setCurrentIndex(i);
    }
    QTRY_VERIFY(child<QWidget>("connectionsPage")->isVisible());
}

void tst_Connections::addTunnel(quint16 hostPort, quint16 port)
{
    click(rows() == 0 ? "emptyNewTunnel" : "newTunnel");
    QTRY_VERIFY(child<QDialog>("tunnelDialog"));
    child<QSpinBox>("tunnelHostPort")->setValue(hostPort);
    if (port != 0)
        child<QSpinBox>("tunnelPort")->setValue(port);
    click("tunnelSave");
    QTRY_VERIFY(!child<QDialog>("tunnelDialog"));
}

QByteArray tst_Connections::greeting(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    const bool got = QTest::qWaitFor([&] { return socket.canReadLine(); }, 10000);
    return got ? socket.readLine() : QByteArray();
}

void tst_Connections::withoutTunnelsOneIsOffered()
{
    showTab();
    QVERIFY(child<QWidget>("tunnelsEmpty")->isVisible());
    QVERIFY(!child<QTableView>("tunnelsTable")->isVisible());
    QVERIFY(!child<QWidget>("newTunnel")->isVisible());
    QVERIFY(!child<QWidget>("connectionsLink")->isVisible());
}

void tst_Connections::aTunnelIsAddedAndWorks()
{
    showTab();
    // The instance's own sshd is what listens there for sure.
    click("emptyNewTunnel");
    QTRY_VERIFY(child<QDialog>("tunnelDialog"));
    type("tunnelName", QStringLiteral("its sshd"));
    child<QSpinBox>("tunnelHostPort")->setValue(m_rig->port());
    const auto port = quint16(child<QSpinBox>("tunnelPort")->value());
    QVERIFY(port != m_rig->port()); // that is taken here, so another one is proposed
    QVERIFY(child<QWidget>("tunnelSave")->isEnabled());
    click("tunnelSave");
    QTRY_COMPARE(cell(0, State), QStringLiteral("On"));
    QCOMPARE(cell(0, Name), QStringLiteral("its sshd"));
    QCOMPARE(cell(0, Listens), QStringLiteral("localhost:%1").arg(port));
    QVERIFY(greeting(port).startsWith("SSH-2.0-"));
    QTRY_VERIFY(m_instance->tunnels().all()[0].status.received > 0);
    QTRY_COMPARE(cell(0, Open), QStringLiteral("0"));
    click("openTunnel");
    QCOMPARE(m_browser.opened.value(0), QUrl(QStringLiteral("http://localhost:%1/").arg(port)));
    click("copyTunnel");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("http://localhost:%1/").arg(port));
    click("copyTunnelCommand"); // what a terminal of one's own would do
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("ssh -N -L %1:localhost:%2 -p %2 root@127.0.0.1")
                 .arg(port)
                 .arg(m_rig->port()));
    QVERIFY(child<QLabel>("tunnelCommand")->isVisible());
}

void tst_Connections::aTakenPortIsNamedAndAFreeOneOffered()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    showTab();
    click("emptyNewTunnel");
    QTRY_VERIFY(child<QDialog>("tunnelDialog"));
    child<QSpinBox>("tunnelPort")->setValue(other.serverPort());
    QVERIFY(!child<QWidget>("tunnelSave")->isEnabled());
    QVERIFY(child<QLabel>("tunnelProblem")->text().contains(QString::number(other.serverPort())));
    click("tunnelUseFree");
    QVERIFY(child<QSpinBox>("tunnelPort")->value() != other.serverPort());
    QVERIFY(child<QWidget>("tunnelSave")->isEnabled());
    type("tunnelHost", QStringLiteral("http://localhost"));
    QVERIFY(!child<QWidget>("tunnelSave")->isEnabled());
    type("tunnelHost", QStringLiteral("localhost"));
    click("tunnelSave");
    QTRY_COMPARE(rows(), 1);
}

void tst_Connections::aFailedTunnelIsMendedWithOneClick()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QVERIFY(m_instance->tunnels().add({probe::PortForward::Kind::Local,
                                       {},
                                       other.serverPort(),
                                       QStringLiteral("localhost"),
                                       m_rig->port()}));
    showTab();
    QTRY_VERIFY(child<QWidget>("tunnelProblemBanner")->isVisible());
    QVERIFY(child<ui::Banner>("tunnelProblemBanner")
                ->text()
                .contains(QString::number(other.serverPort())));
    QVERIFY(cell(0, State).contains(QString::number(other.serverPort())));
    click("useFreePort");
    QTRY_COMPARE(cell(0, State), QStringLiteral("On"));
    QVERIFY(!child<QWidget>("tunnelProblemBanner")->isVisible());
    QVERIFY(greeting(m_instance->tunnels().all()[0].forward.bindPort).startsWith("SSH-2.0-"));
}

void tst_Connections::aTunnelIsStoppedDeletedAndPutBack()
{
    showTab();
    addTunnel(m_rig->port(), 0);
    QTRY_COMPARE(cell(0, State), QStringLiteral("On"));
    click("toggleTunnel");
    QTRY_COMPARE(cell(0, State), QStringLiteral("Off"));
    QVERIFY(!child<QWidget>("openTunnel")->isEnabled());
    click("toggleTunnel");
    QTRY_COMPARE(cell(0, State), QStringLiteral("On"));
    const QString name = cell(0, Name);
    click("deleteTunnel");
    QTRY_COMPARE(rows(), 0);
    QVERIFY(m_profiles->profiles()[0].forwards.empty());
    QVERIFY(child<ui::Banner>("connectionsNotice")->text().contains(name));
    click("undoDeleteTunnel");
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(cell(0, Name), name);
    QTRY_COMPARE(cell(0, State), QStringLiteral("On"));
}

void tst_Connections::aProxyNeedsNoTarget()
{
    showTab();
    click("emptyNewTunnel");
    QTRY_VERIFY(child<QDialog>("tunnelDialog"));
    child<QComboBox>("tunnelKind")->setCurrentIndex(2);
    QVERIFY(!child<QWidget>("tunnelHost")->isVisible());
    click("tunnelSave");
    QTRY_COMPARE(cell(0, State), QStringLiteral("On"));
    QVERIFY(!child<QWidget>("openTunnel")->isEnabled());
    click("copyTunnel");
    QVERIFY(
        QGuiApplication::clipboard()->text().startsWith(QStringLiteral("socks5h://localhost:")));
}

QUrl tst_Connections::redirectOf(const QUrl &url)
{
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10000))
        return {};
    return reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
}

void tst_Connections::jupyterOpensWithItsToken()
{
    remote("mkdir -p ~/bin && printf '%s\\n' '#!/bin/sh' "
           "'echo \"[{\\\"port\\\": " +
           QByteArray::number(m_rig->port()) +
           ", \\\"token\\\": \\\"feed03\\\"}]\"' > ~/bin/jupyter && chmod +x ~/bin/jupyter && "
           "echo 'PATH=$HOME/bin:$PATH' > ~/.bash_profile");
    showTab();
    click("jupyterOpen");
    QTRY_COMPARE_WITH_TIMEOUT(m_browser.opened.size(), 1, 20000);
    // The browser's command line shows no token; what it finds there leads on, once.
    const QUrl link = m_browser.opened.first();
    QVERIFY(!link.toString().contains(QStringLiteral("feed03")));
    const QUrl url = redirectOf(link);
    QCOMPARE(redirectOf(link), QUrl());
    QCOMPARE(url.path(), QStringLiteral("/lab"));
    QCOMPARE(url.query(), QStringLiteral("token=feed03"));
    const auto &tunnels = m_instance->tunnels().all();
    QCOMPARE(tunnels.size(), std::size_t(1));
    QCOMPARE(tunnels[0].forward.label, QStringLiteral("JupyterLab"));
    QCOMPARE(url.port(), int(tunnels[0].forward.bindPort));
    // What was run is shown, the token is not.
    QVERIFY(
        child<QLabel>("jupyterCommand")->text().contains(QStringLiteral("jupyter server list")));
    QFile saved(m_profiles->filePath());
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QVERIFY(!saved.readAll().contains("feed03"));
    // Again: the same tunnel.
    click("jupyterOpen");
    QTRY_COMPARE_WITH_TIMEOUT(m_browser.opened.size(), 2, 20000);
    QCOMPARE(m_instance->tunnels().all().size(), std::size_t(1));
    remote("rm ~/.bash_profile ~/bin/jupyter");
}

void tst_Connections::withoutAConnectionTheyWait()
{
    showTab();
    addTunnel(m_rig->port(), 0);
    QTRY_COMPARE(cell(0, State), QStringLiteral("On"));
    m_instance->disconnectNow();
    QTRY_VERIFY(child<QWidget>("connectionsLink")->isVisible());
    QVERIFY(cell(0, State).startsWith(QStringLiteral("Waits")));
    QVERIFY(!child<QWidget>("jupyterOpen")->isEnabled());
    click("connectionsConnect");
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, State), QStringLiteral("On"), 30000);
    QVERIFY(!child<QWidget>("connectionsLink")->isVisible());
}

QTEST_MAIN(tst_Connections)
#include "tst_Connections.moc"
