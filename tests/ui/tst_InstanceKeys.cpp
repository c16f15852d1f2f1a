// SPDX-License-Identifier: GPL-3.0-or-later
// The keys that an instance accepts, in the real window: read, told apart, taken out and put back.
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"

#include <QAbstractItemModel>
#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace core;
using fleet::Instance;

class tst_InstanceKeys : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void whatIsNotConnectedCanBe();
    void oursAreTold();
    void aForeignKeyIsTakenOutAndPutBack();
    void theKeyThatSignsInIsWarnedOf();
    void withoutAKeyOneIsOffered();
    void anErrorCanBeMended();
    void whatWasReadStaysWhenTheLineIsGone();

private:
    void showThem();
    /// A key file in ~/.ssh. \returns its public line, "" when that failed.
    QByteArray makeKey(const char *name, const char *comment);
    void authorize(const QByteArray &line);
    /// "" = no such row.
    [[nodiscard]] QString cell(const char *comment, int column) const;
    void select(const char *comment);
    [[nodiscard]] QAbstractItemModel *rows() const
    {
        return child<QTableView>("instanceKeysTable")->model();
    }
    [[nodiscard]] ui::Banner *banner() const { return child<ui::Banner>("instanceKeysBanner"); }
    [[nodiscard]] QMessageBox *box() const { return child<QMessageBox>("removeInstanceKeyBox"); }

    QByteArray m_file; ///< authorized_keys as the rig made it
};

void tst_InstanceKeys::initTestCase()
{
    startRig();
}

void tst_InstanceKeys::init()
{
    makeServices();
    addRig();
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral(".ssh"))));
    connectIt();
    if (m_file.isEmpty())
        m_file = remoteOutput("cat ~/.ssh/authorized_keys");
    QVERIFY(m_file.startsWith("ssh-"));
    remote("rm -rf ~/.ssh/authorized_keys; printf %s '" + m_file + "' > ~/.ssh/authorized_keys");
    showWindow();
}

void tst_InstanceKeys::cleanup()
{
    closeWindow();
}

void tst_InstanceKeys::showThem()
{
    click("showKeys");
    auto *tabs = child<QTabBar>("keysTabs");
    tabs->setCurrentIndex(tabs->count() - 1);
    QVERIFY(child<QWidget>("instanceKeys")->isVisible());
}

QByteArray tst_InstanceKeys::makeKey(const char *name, const char *comment)
{
    const QString path = m_dir->filePath(QStringLiteral(".ssh/") + QLatin1StringView(name));
    QProcess::execute(QStringLiteral("ssh-keygen"),
                      {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                       QStringLiteral("-N"), QString(), QStringLiteral("-C"),
                       QLatin1StringView(comment), QStringLiteral("-f"), path});
    QFile file(path + QStringLiteral(".pub"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

void tst_InstanceKeys::authorize(const QByteArray &line)
{
    QVERIFY(line.contains("ssh-ed25519 "));
    remote("echo '" + line + "' >> ~/.ssh/authorized_keys");
}

QString tst_InstanceKeys::cell(const char *comment, int column) const
{
    for (int row = 0; row < rows()->rowCount(); ++row) {
        if (rows()->index(row, 3).data().toString() == QLatin1StringView(comment))
            return rows()->index(row, column).data().toString();
    }
    return {};
}

void tst_InstanceKeys::select(const char *comment)
{
    for (int row = 0; row < rows()->rowCount(); ++row) {
        if (rows()->index(row, 3).data().toString() == QLatin1StringView(comment))
            child<QTableView>("instanceKeysTable")->selectRow(row);
    }
}

void tst_InstanceKeys::whatIsNotConnectedCanBe()
{
    m_instance->disconnectNow();
    QTRY_COMPARE(m_instance->state(), Instance::State::Disconnected);
    showThem();
    QTRY_VERIFY(child<QWidget>("instanceKeysAway")->isVisible());
    QVERIFY(child<QWidget>("instanceKeysAway")->accessibleName().contains(QStringLiteral("rig")));
    click("instanceKeysAwayButton");
    QTRY_VERIFY_WITH_TIMEOUT(child<QTableView>("instanceKeysTable")->isVisible(), 60000);
    QCOMPARE(rows()->rowCount(), int(m_file.count('\n')));
    QVERIFY(child<QWidget>("keysPage")->isVisible());
}

void tst_InstanceKeys::oursAreTold()
{
    const QByteArray work = makeKey("work", "for work");
    authorize(work);
    authorize("no-pty,command=\"echo hello\" " + makeKey("robot", "for a robot"));
    QFile::remove(m_dir->filePath(QStringLiteral(".ssh/robot")));
    QFile::remove(m_dir->filePath(QStringLiteral(".ssh/robot.pub")));
    profiles::Profile changed = m_instance->profile();
    changed.auth = profiles::AuthKind::Key;
    changed.identityFile = QStringLiteral("~/.ssh/work");
    QVERIFY(m_profiles->update(changed));
    showThem();
    QTRY_COMPARE(cell("for work", 0), QStringLiteral("work"));
    QCOMPARE(cell("for work", 1), QStringLiteral("ED25519"));
    QVERIFY(!cell("for work", 2).isEmpty());
    QVERIFY(cell("for work", 4).startsWith(QStringLiteral("SHA256:")));
    QCOMPARE(cell("for a robot", 0), QStringLiteral("Not on this computer"));
    QCOMPARE(cell("for a robot", 2), QString());
    QCOMPARE(cell("for a robot", 5), QStringLiteral("no-pty,command=\"echo hello\""));
    QVERIFY(!child<QTableView>("instanceKeysTable")->isColumnHidden(5));
}

void tst_InstanceKeys::aForeignKeyIsTakenOutAndPutBack()
{
    const QByteArray alice = makeKey("alice", "alice@lab");
    remote("echo '# kept  as it is' >> ~/.ssh/authorized_keys");
    const QByteArray before = remoteOutput("cat ~/.ssh/authorized_keys");
    authorize(alice);
    QFile::remove(m_dir->filePath(QStringLiteral(".ssh/alice")));
    QFile::remove(m_dir->filePath(QStringLiteral(".ssh/alice.pub")));
    showThem();
    QTRY_VERIFY(!cell("alice@lab", 4).isEmpty());
    select("alice@lab");
    click("removeInstanceKey");
    QTRY_VERIFY(box());
    QVERIFY(box()->text().contains(QStringLiteral("alice@lab")));
    QVERIFY(box()->informativeText().contains(QStringLiteral("not on this computer")));
    QCOMPARE(box()->icon(), QMessageBox::NoIcon);
    click("removeInstanceKeyConfirm");
    QTRY_COMPARE(banner()->kind(), ui::Banner::Kind::Good);
    QVERIFY(cell("alice@lab", 4).isEmpty());
    QCOMPARE(remoteOutput("cat ~/.ssh/authorized_keys"), before);
    click("putKeyBack");
    QTRY_VERIFY(!cell("alice@lab", 4).isEmpty());
    QCOMPARE(remoteOutput("cat ~/.ssh/authorized_keys"), before + alice + '\n');
}

void tst_InstanceKeys::theKeyThatSignsInIsWarnedOf()
{
    authorize(makeKey("work", "for work"));
    profiles::Profile changed = m_instance->profile();
    changed.auth = profiles::AuthKind::Key;
    changed.identityFile = QStringLiteral("~/.ssh/work");
    QVERIFY(m_profiles->update(changed));
    showThem();
    QTRY_VERIFY(!cell("for work", 2).isEmpty());
    select("for work");
    click("removeInstanceKey");
    QTRY_VERIFY(box());
    QCOMPARE(box()->icon(), QMessageBox::Warning);
    QVERIFY(box()->text().contains(QStringLiteral("Danlu signs in to rig")));
    QVERIFY(box()->informativeText().contains(QStringLiteral("password")));
    // Escape and Enter both keep it.
    QTest::keyClick(box(), Qt::Key_Return);
    QTRY_VERIFY(!box() || !box()->isVisible());
    QVERIFY(remoteOutput("cat ~/.ssh/authorized_keys").contains("for work"));
    click("removeInstanceKey");
    QTRY_VERIFY(box() && box()->isVisible());
    click("removeInstanceKeyConfirm");
    QTRY_COMPARE(banner()->kind(), ui::Banner::Kind::Good);
    QVERIFY(!remoteOutput("cat ~/.ssh/authorized_keys").contains("for work"));
}

void tst_InstanceKeys::withoutAKeyOneIsOffered()
{
    remote(": > ~/.ssh/authorized_keys");
    showThem();
    QTRY_VERIFY(child<QWidget>("instanceKeysAway")->isVisible());
    click("instanceKeysAwayButton");
    auto *offer = child<ui::Banner>("keyOffer");
    QTRY_VERIFY(offer->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(offer->kind(), ui::Banner::Kind::Good, 60000);
    showThem();
    QTRY_COMPARE(rows()->rowCount(), 1);
    QCOMPARE(rows()->index(0, 0).data().toString(), QStringLiteral("id_ed25519"));
    QVERIFY(!rows()->index(0, 2).data().toString().isEmpty());
}

void tst_InstanceKeys::anErrorCanBeMended()
{
    remote("rm ~/.ssh/authorized_keys; mkdir ~/.ssh/authorized_keys");
    showThem();
    QTRY_VERIFY(banner()->isVisible());
    QCOMPARE(banner()->kind(), ui::Banner::Kind::Error);
    QVERIFY(!child<QPushButton>("removeInstanceKey")->isVisible());
    remote("rmdir ~/.ssh/authorized_keys; printf %s '" + m_file + "' > ~/.ssh/authorized_keys");
    click("instanceKeysAgain");
    QTRY_VERIFY(child<QTableView>("instanceKeysTable")->isVisible());
    QVERIFY(!banner()->isVisible());
}

void tst_InstanceKeys::whatWasReadStaysWhenTheLineIsGone()
{
    showThem();
    QTRY_VERIFY(child<QTableView>("instanceKeysTable")->isVisible());
    m_instance->disconnectNow();
    QVERIFY(child<QTableView>("instanceKeysTable")->isVisible());
    QVERIFY(child<QWidget>("instanceKeysStatus")
                ->accessibleName()
                .startsWith(QStringLiteral("Not connected")));
    QVERIFY(!child<QPushButton>("removeInstanceKey")->isEnabled());
    connectIt();
    QTRY_VERIFY(child<QPushButton>("removeInstanceKey")->isEnabled());
}

QTEST_MAIN(tst_InstanceKeys)

#include "tst_InstanceKeys.moc"
