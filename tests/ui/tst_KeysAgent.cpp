// SPDX-License-Identifier: GPL-3.0-or-later
// The keys in a real ssh-agent, in the real window: listed, added, taken out, used to sign in.
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"

#include <QAbstractItemModel>
#include <QComboBox>
#include <QLabel>
#include <QLocalServer>
#include <QLocalSocket>
#include <QMenu>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace core;
using fleet::Instance;

class tst_KeysAgent : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutAnAgentItSaysWhatToDo();
    void anEncryptedKeyIsUnlockedAndAdded();
    void aKeyIsForgottenAfterItsTime();
    void keysAreTakenOut();
    void theAgentSignsIn();
    void anAgentThatHangsBlocksNothing();

private:
    void startAgent();
    void endAgent();
    QByteArray makeKey(const char *name, const char *passphrase);
    void showAgent();
    void openDialog();
    /// What ssh-add prints.
    QByteArray sshAdd(const QStringList &arguments);
    [[nodiscard]] QString path(const char *name) const
    {
        return m_dir->filePath(QStringLiteral(".ssh/") + QLatin1StringView(name));
    }
    [[nodiscard]] QString socket() const { return m_dir->filePath(QStringLiteral("agent")); }
    [[nodiscard]] QAbstractItemModel *rows() const
    {
        return child<QTableView>("agentKeysTable")->model();
    }
    [[nodiscard]] ui::Banner *banner() const { return child<ui::Banner>("agentKeysBanner"); }

    QProcess m_agent;
};

void tst_KeysAgent::initTestCase()
{
    startRig();
}

void tst_KeysAgent::init()
{
    makeServices();
    addRig();
    qputenv("SSH_AUTH_SOCK", QFile::encodeName(socket()));
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral(".ssh"))));
    showWindow();
}

void tst_KeysAgent::cleanup()
{
    closeWindow();
    endAgent();
}

void tst_KeysAgent::startAgent()
{
    m_agent.start(QStringLiteral("ssh-agent"),
                  {QStringLiteral("-D"), QStringLiteral("-a"), socket()});
    QVERIFY(m_agent.waitForStarted());
    QTRY_VERIFY(QFile::exists(socket()));
}

void tst_KeysAgent::endAgent()
{
    if (m_agent.state() == QProcess::NotRunning)
        return;
    m_agent.kill();
    m_agent.waitForFinished();
}

QByteArray tst_KeysAgent::makeKey(const char *name, const char *passphrase)
{
    QProcess::execute(QStringLiteral("ssh-keygen"),
                      {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                       QStringLiteral("-N"), QLatin1StringView(passphrase), QStringLiteral("-C"),
                       QLatin1StringView(name), QStringLiteral("-f"), path(name)});
    QFile file(path(name) + QStringLiteral(".pub"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

void tst_KeysAgent::showAgent()
{
    click("showKeys");
    child<QTabBar>("keysTabs")->setCurrentIndex(1);
    QVERIFY(child<QWidget>("agentKeys")->isVisible());
}

/// With the one key of ~/.ssh.
void tst_KeysAgent::openDialog()
{
    showAgent();
    QTRY_COMPARE(child<QTableView>("keysTable")->model()->rowCount(), 1);
    QTRY_VERIFY(child<QPushButton>("agentKeysAwayButton")->isVisible());
    click("agentKeysAwayButton");
    QTRY_COMPARE(child<QComboBox>("agentKey")->count(), 1);
}

QByteArray tst_KeysAgent::sshAdd(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("ssh-add"), arguments);
    return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
}

void tst_KeysAgent::withoutAnAgentItSaysWhatToDo()
{
    showAgent();
    auto *away = child<QWidget>("agentKeysAway");
    QTRY_VERIFY(away->isVisible());
    QVERIFY(away->accessibleName().contains(QStringLiteral("No key agent")));
#ifdef Q_OS_LINUX
    QVERIFY(away->accessibleDescription().contains(QStringLiteral("ssh-agent")));
#endif
    QVERIFY(!child<QPushButton>("addToAgent")->isVisible());
    startAgent();
    click("agentKeysAwayButton");
    QTRY_VERIFY(away->accessibleName().contains(QStringLiteral("holds no key")));
}

void tst_KeysAgent::anEncryptedKeyIsUnlockedAndAdded()
{
    const QByteArray line = makeKey("work", "secret words");
    startAgent();
    openDialog();
    QVERIFY(!child<QPushButton>("agentAddKey")->isEnabled());
    type("agentPassphrase", QStringLiteral("wrong"));
    click("agentAddKey");
    QTRY_VERIFY(child<QLabel>("keyProblem")->text().contains(QStringLiteral("passphrase")));
    QCOMPARE(child<QLineEdit>("agentPassphrase")->text(), QString());
    type("agentPassphrase", QStringLiteral("secret words"));
    click("agentAddKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    QTRY_COMPARE(rows()->index(0, 0).data().toString(), QStringLiteral("work"));
    QCOMPARE(rows()->index(0, 1).data().toString(), QStringLiteral("ED25519"));
    QCOMPARE(rows()->index(0, 3).data().toString(), QStringLiteral("work"));
    QVERIFY(sshAdd({QStringLiteral("-L")}).trimmed() == line);
    QCOMPARE(banner()->kind(), ui::Banner::Kind::Good);
}

void tst_KeysAgent::aKeyIsForgottenAfterItsTime()
{
    makeKey("work", "");
    // An agent that tells what it was asked: ssh-agent does not show the time.
    QByteArray added;
    QLocalServer agent;
    QVERIFY(agent.listen(socket()));
    connect(&agent, &QLocalServer::newConnection, this, [&] {
        QLocalSocket *client = agent.nextPendingConnection();
        connect(client, &QLocalSocket::readyRead, this, [&added, client] {
            const QByteArray request = client->readAll();
            const bool isList = request.size() == 5;
            if (!isList)
                added += request;
            client->write(isList ? QByteArray("\0\0\0\5\x0c\0\0\0\0", 9)
                                 : QByteArray("\0\0\0\1\x06", 5));
        });
    });
    openDialog();
    QVERIFY(!child<QLineEdit>("agentPassphrase")->isEnabled());
    child<QComboBox>("agentLifetime")->setCurrentIndex(1);
    click("agentAddKey");
    QTRY_COMPARE(banner()->kind(), ui::Banner::Kind::Good);
    QCOMPARE(added.at(4), char(25));                            // constrained
    QVERIFY(added.endsWith(QByteArray("\x01\0\0\x0e\x10", 5))); // 3600 s
}

void tst_KeysAgent::keysAreTakenOut()
{
    makeKey("work", "");
    makeKey("gone", "");
    startAgent();
    sshAdd({path("work"), path("gone")});
    QFile::remove(path("gone"));
    QFile::remove(path("gone") + QStringLiteral(".pub"));
    showAgent();
    QTRY_COMPARE(rows()->rowCount(), 2);
    // Ours stands first and can be added again: no question.
    QTRY_COMPARE(rows()->index(0, 0).data().toString(), QStringLiteral("work"));
    child<QTableView>("agentKeysTable")->selectRow(0);
    click("removeAgentKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    QVERIFY(QFile::exists(path("work")));
    QCOMPARE(rows()->index(0, 0).data().toString(), QStringLiteral("Not on this computer"));
    click("removeAgentKey");
    auto *box = child<QMessageBox>("removeAgentKeyBox");
    QTRY_VERIFY(box && box->isVisible());
    QVERIFY(box->text().contains(QStringLiteral("gone")));
    QCOMPARE(rows()->rowCount(), 1);
    click("removeAgentKeyConfirm");
    QTRY_VERIFY(child<QWidget>("agentKeysAway")->isVisible());
    QVERIFY(!sshAdd({QStringLiteral("-L")}).contains("ssh-ed25519"));
}

void tst_KeysAgent::theAgentSignsIn()
{
    makeKey("work", "");
    startAgent();
    sshAdd({QStringLiteral("-q"), path("work")});
    connectIt();
    showAgent();
    QTRY_COMPARE(rows()->rowCount(), 1);
    auto *menu = child<QMenu>("signInMenu");
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    QCOMPARE(menu->actions().first()->text(), QStringLiteral("rig"));
    menu->actions().first()->trigger();
    auto *offer = child<ui::Banner>("keyOffer");
    QTRY_VERIFY(offer->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(offer->kind(), ui::Banner::Kind::Good, 60000);
    QCOMPARE(m_instance->profile().auth, profiles::AuthKind::Agent);
    QVERIFY(!m_secrets->find({secrets::SecretKind::Password, m_instance->id()}));
    m_instance->disconnectNow();
    connectIt();
    QVERIFY(!m_instance->secretQuestion());
    // The key on the instance is known to be the one.
    click("showKeys");
    child<QTabBar>("keysTabs")->setCurrentIndex(2);
    auto *there = child<QTableView>("instanceKeysTable")->model();
    QTRY_COMPARE(there->index(0, 0).data().toString(), QStringLiteral("work"));
    QTRY_VERIFY(!there->index(0, 2).data().toString().isEmpty());
    // Taking it out of the agent says whom that concerns.
    child<QTabBar>("keysTabs")->setCurrentIndex(1);
    QTRY_COMPARE(rows()->rowCount(), 1);
    click("removeAgentKey");
    QTRY_VERIFY(child<QMessageBox>("removeAgentKeyBox"));
    QVERIFY(
        child<QMessageBox>("removeAgentKeyBox")->informativeText().contains(QStringLiteral("rig")));
}

void tst_KeysAgent::anAgentThatHangsBlocksNothing()
{
    // Takes connections and never answers.
    QLocalServer deaf;
    QVERIFY(deaf.listen(socket()));
    showAgent();
    auto *tabs = child<QTabBar>("keysTabs");
    QVERIFY(!child<QPushButton>("removeAgentKey")->isVisible());
    // The rest of the page works meanwhile.
    tabs->setCurrentIndex(0);
    QTRY_VERIFY(child<QPushButton>("emptyNewKey")->isVisible());
    click("emptyNewKey");
    QTRY_COMPARE(child<QTableView>("keysTable")->model()->rowCount(), 1);
    // It gives up by itself, and says so.
    tabs->setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(banner()->isVisible(), 30000);
    QCOMPARE(banner()->kind(), ui::Banner::Kind::Error);
    QVERIFY(banner()->text().contains(QStringLiteral("does not answer")));
}

QTEST_MAIN(tst_KeysAgent)

#include "tst_KeysAgent.moc"
