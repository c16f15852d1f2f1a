// SPDX-License-Identifier: GPL-3.0-or-later
// Keys in the real window: made, copied, installed on the simulated instance, changed and deleted.
#include "tests/support/Relay.h"
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"

#include <QAbstractItemModel>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace core;
using fleet::Instance;

class tst_Keys : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void oneClickLeadsFromPasswordToKey();
    void aKeyThatIsThereIsTaken();
    void aFailureChangesNothing();
    void aPassphraseIsAskedAgain();
    void aLostLineChangesNothing();
    void theOfferCanBeDeclined();
    void oneClickMakesAKey();
    void anotherKindIsMade();
    void aForeignKeyIsImported();
    void aPublicHalfIsExplained();
    void passphrasesAreChanged();
    void aRememberedPassphraseIsReplaced();
    void theLastUseIsKept();
    void deletingSaysWhoUsesIt();
    void aKeyIsInstalledFromTheList();

private:
    void showKeys();
    [[nodiscard]] ui::Banner *offer() const { return child<ui::Banner>("keyOffer"); }
    [[nodiscard]] QAbstractItemModel *rows() const
    {
        return child<QTableView>("keysTable")->model();
    }
    [[nodiscard]] QString path(const char *name) const
    {
        return m_dir->filePath(QStringLiteral(".ssh/") + QLatin1StringView(name));
    }
    [[nodiscard]] const profiles::Profile &profile() const { return m_instance->profile(); }
    /// What ssh-keygen says; "" when it fails.
    static QByteArray keygen(const QStringList &arguments);
};

void tst_Keys::initTestCase()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    startRig();
}

void tst_Keys::init()
{
    makeServices();
    addRig();
    showWindow();
}

void tst_Keys::cleanup()
{
    closeWindow();
}

void tst_Keys::showKeys()
{
    click("showKeys");
    QVERIFY(child<QWidget>("keysPage")->isVisible());
}

QByteArray tst_Keys::keygen(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("ssh-keygen"), arguments);
    return process.waitForFinished() && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                : QByteArray();
}

void tst_Keys::oneClickLeadsFromPasswordToKey()
{
    connectIt();
    QTRY_VERIFY(offer()->isVisible());
    // The other tabs have better use for its place.
    child<QTabBar>("instanceTabs")->setCurrentIndex(1);
    QVERIFY(!offer()->isVisible());
    child<QTabBar>("instanceTabs")->setCurrentIndex(0);
    QVERIFY(offer()->isVisible());
    click("useKey");
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Good, 60000);
    QVERIFY(offer()->text().contains(QStringLiteral("id_ed25519")));
    QCOMPARE(profile().auth, profiles::AuthKind::Key);
    QCOMPARE(profile().identityFile, QStringLiteral("~/.ssh/id_ed25519"));
    const QFileDevice::Permissions mode = QFile::permissions(path("id_ed25519"));
    QVERIFY(!(mode & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
    QVERIFY(keygen({QStringLiteral("-l"), QStringLiteral("-f"), path("id_ed25519")})
                .contains("(ED25519)"));
    // The password is not needed any more, and not kept.
    std::unique_ptr<secrets::ReadSecret> stored(
        m_secrets->read({secrets::SecretKind::Password, m_instance->id()}, nullptr));
    QSignalSpy read(stored.get(), &Operation::finished);
    QVERIFY(read.wait());
    QVERIFY(!stored->secret());
    m_instance->disconnectNow();
    QTRY_COMPARE(m_instance->state(), Instance::State::Disconnected);
    connectIt();
    QVERIFY(!m_instance->secretQuestion());
    remote("true");
}

void tst_Keys::aKeyThatIsThereIsTaken()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral(".ssh"))));
    for (const auto &[name, passphrase] :
         {std::pair("id_ed25519", "secret words"), std::pair("work", "")})
        keygen({QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                QStringLiteral("-N"), QLatin1StringView(passphrase), QStringLiteral("-f"),
                path(name)});
    connectIt();
    QTRY_VERIFY(offer()->isVisible());
    click("useKey");
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Good, 60000);
    QCOMPARE(profile().identityFile, QStringLiteral("~/.ssh/work"));
    QVERIFY(!QFile::exists(path("id_ed25519-2")));
}

void tst_Keys::aFailureChangesNothing()
{
    connectIt();
    QTRY_VERIFY(offer()->isVisible());
    remote("mkdir -p ~/.ssh && cd ~/.ssh && rm -f authorized_keys && ln -s /nowhere/keys "
           "authorized_keys");
    click("useKey");
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Warning, 60000);
    remote("rm ~/.ssh/authorized_keys");
    QCOMPARE(profile().auth, profiles::AuthKind::Password);
    QVERIFY(offer()->text().contains(QStringLiteral("leads nowhere")));
    click("keyAgain");
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Good, 60000);
    QCOMPARE(profile().auth, profiles::AuthKind::Key);
}

void tst_Keys::aPassphraseIsAskedAgain()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral(".ssh"))));
    keygen({QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
            QStringLiteral("-N"), QStringLiteral("secret words"), QStringLiteral("-f"),
            path("work")});
    connectIt();
    showKeys();
    QTRY_COMPARE(rows()->rowCount(), 1);
    auto *menu = child<QMenu>("installMenu");
    Q_EMIT menu->aboutToShow();
    menu->actions().first()->trigger();
    type("passphrasePresent", QStringLiteral("wrong words"));
    click("passphraseAccept");
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Warning, 60000);
    QVERIFY(offer()->isVisible());
    QCOMPARE(profile().auth, profiles::AuthKind::Password);
    click("keyAgain");
    QTRY_VERIFY(child<QLineEdit>("passphrasePresent")->isVisible());
    QCOMPARE(child<QLineEdit>("passphrasePresent")->text(), QString());
    type("passphrasePresent", QStringLiteral("secret words"));
    click("passphraseAccept");
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Good, 60000);
    QCOMPARE(profile().identityFile, QStringLiteral("~/.ssh/work"));
    QVERIFY(*m_secrets->find({secrets::SecretKind::KeyPassphrase, path("work")}) ==
            SecretBytes("secret words"));
}

void tst_Keys::aLostLineChangesNothing()
{
    support::Relay relay(m_rig->port());
    profiles::Profile changed = profile();
    changed.port = relay.port();
    QVERIFY(m_profiles->update(changed));
    connectIt();
    QTRY_VERIFY(offer()->isVisible());
    const secrets::SecretId password{secrets::SecretKind::Password, m_instance->id()};
    QTRY_VERIFY(m_secrets->find(password));
    relay.setDelay(100); // so that the stage is seen
    click("useKey");
    QTRY_VERIFY_WITH_TIMEOUT(offer()->text().startsWith(QStringLiteral("Trying to sign in")),
                             60000);
    relay.cut();
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Warning, 60000);
    QVERIFY(offer()->isVisible());
    QCOMPARE(profile().auth, profiles::AuthKind::Password);
    QCOMPARE(profile().identityFile, QString());
    QVERIFY(*m_secrets->find(password) == SecretBytes(m_rig->text("password").toUtf8()));
    relay.setDelay(0);
    relay.mend();
    // Connected again by itself, with the password; then once more.
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), Instance::State::Connected, 60000);
    click("keyAgain");
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Good, 60000);
    QCOMPARE(profile().auth, profiles::AuthKind::Key);
    QVERIFY(!m_secrets->find(password));
}

void tst_Keys::theOfferCanBeDeclined()
{
    connectIt();
    QTRY_VERIFY(offer()->isVisible());
    auto *close = offer()->findChild<QToolButton *>();
    QVERIFY(close);
    QTest::mouseClick(close, Qt::LeftButton);
    QVERIFY(!offer()->isVisible());
    m_instance->disconnectNow();
    connectIt();
    QVERIFY(!offer()->isVisible());
}

void tst_Keys::oneClickMakesAKey()
{
    showKeys();
    QTRY_VERIFY(child<QPushButton>("emptyNewKey")->isVisible());
    click("emptyNewKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    QCOMPARE(rows()->index(0, 0).data().toString(), QStringLiteral("id_ed25519"));
    const QByteArray said =
        keygen({QStringLiteral("-l"), QStringLiteral("-f"), path("id_ed25519")});
    QVERIFY(said.contains(rows()->index(0, 6).data().toString().toUtf8()));
    click("copyPublicKey");
    QFile file(path("id_ed25519.pub"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), file.readAll().trimmed());
    // Never over one that is there.
    click("newKey");
    QTRY_COMPARE(rows()->rowCount(), 2);
    QVERIFY(QFile::exists(path("id_ed25519-2")));
    QCOMPARE(keygen({QStringLiteral("-l"), QStringLiteral("-f"), path("id_ed25519")}), said);
}

void tst_Keys::anotherKindIsMade()
{
    showKeys();
    click("otherKey");
    child<QComboBox>("keyKind")->setCurrentIndex(3);
    QTRY_COMPARE(child<QLineEdit>("keyPath")->text(), path("id_ecdsa"));
    type("keyComment", QStringLiteral("for the lab"));
    type("keyPassphrase", QStringLiteral("correct horse"));
    QVERIFY(!child<QPushButton>("keyMake")->isEnabled());
    type("keyPassphraseAgain", QStringLiteral("correct horse"));
    child<QCheckBox>("keyRemember")->setChecked(true);
    click("keyMake");
    QTRY_COMPARE_WITH_TIMEOUT(rows()->rowCount(), 1, 20000);
    QCOMPARE(rows()->index(0, 1).data().toString(), QStringLiteral("ECDSA 256"));
    QVERIFY(keygen({QStringLiteral("-y"), QStringLiteral("-P"), QStringLiteral("correct horse"),
                    QStringLiteral("-f"), path("id_ecdsa")})
                .contains("for the lab"));
    QVERIFY(keygen({QStringLiteral("-y"), QStringLiteral("-P"), QString(), QStringLiteral("-f"),
                    path("id_ecdsa")})
                .isEmpty());
    std::unique_ptr<secrets::ReadSecret> stored(
        m_secrets->read({secrets::SecretKind::KeyPassphrase, path("id_ecdsa")}, nullptr));
    QSignalSpy read(stored.get(), &Operation::finished);
    QVERIFY(read.wait());
    QVERIFY(stored->secret());
}

void tst_Keys::aForeignKeyIsImported()
{
    const QString source = m_dir->filePath(QStringLiteral("lab.pem"));
    keygen({QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("rsa"), QStringLiteral("-b"),
            QStringLiteral("2048"), QStringLiteral("-m"), QStringLiteral("PEM"),
            QStringLiteral("-N"), QStringLiteral("open sesame"), QStringLiteral("-f"), source});
    showKeys();
    click("importKey");
    auto *dialog = child<QFileDialog>("importDialog");
    QTRY_VERIFY(dialog && dialog->isVisible());
    dialog->selectFile(source);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QTRY_VERIFY(child<QLineEdit>("passphrasePresent"));
    type("passphrasePresent", QStringLiteral("wrong"));
    click("passphraseAccept");
    auto *banner = child<ui::Banner>("keysBanner");
    QTRY_COMPARE_WITH_TIMEOUT(banner->kind(), ui::Banner::Kind::Error, 20000);
    QCOMPARE(rows()->rowCount(), 0);

    click("importKey");
    dialog = child<QFileDialog>("importDialog");
    dialog->selectFile(source);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QTRY_VERIFY(child<QLineEdit>("passphrasePresent") &&
                child<QLineEdit>("passphrasePresent")->isVisible());
    type("passphrasePresent", QStringLiteral("open sesame"));
    click("passphraseAccept");
    QTRY_COMPARE_WITH_TIMEOUT(rows()->rowCount(), 1, 20000);
    QCOMPARE(rows()->index(0, 1).data().toString(), QStringLiteral("RSA 2048"));
    QVERIFY(!keygen({QStringLiteral("-y"), QStringLiteral("-P"), QStringLiteral("open sesame"),
                     QStringLiteral("-f"), path("lab")})
                 .isEmpty());
}

void tst_Keys::aPublicHalfIsExplained()
{
    for (const char *name : {"both", "alone"})
        keygen({QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                QStringLiteral("-N"), QString(), QStringLiteral("-f"),
                m_dir->filePath(QLatin1StringView(name))});
    QVERIFY(QFile::remove(m_dir->filePath(QStringLiteral("alone"))));
    showKeys();
    auto *banner = child<ui::Banner>("keysBanner");
    const auto import = [&](const char *name) {
        click("importKey");
        auto *dialog = child<QFileDialog>("importDialog");
        dialog->selectFile(m_dir->filePath(QLatin1StringView(name)));
        QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    };
    import("alone.pub");
    QTRY_COMPARE(banner->kind(), ui::Banner::Kind::Warning);
    QVERIFY(banner->text().contains(QStringLiteral("only the public half")));
    QCOMPARE(rows()->rowCount(), 0);
    QVERIFY(!child<QPushButton>("importNext")->text().contains(QStringLiteral("alone")));
    QTest::mouseClick(banner->findChild<QToolButton *>(), Qt::LeftButton);

    import("both.pub");
    QTRY_VERIFY(banner->isVisible() && banner->text().contains(QStringLiteral("both.pub")));
    QVERIFY(child<QPushButton>("importNext")->text().contains(QStringLiteral("both")));
    click("importNext");
    QTRY_COMPARE(rows()->rowCount(), 1);
    QVERIFY(!keygen({QStringLiteral("-y"), QStringLiteral("-f"), path("both")}).isEmpty());
}

void tst_Keys::passphrasesAreChanged()
{
    showKeys();
    QTRY_VERIFY(child<QPushButton>("emptyNewKey")->isVisible());
    click("emptyNewKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    click("changePassphrase");
    type("passphraseNew", QStringLiteral("first one"));
    type("passphraseAgain", QStringLiteral("first one"));
    click("passphraseAccept");
    QTRY_COMPARE_WITH_TIMEOUT(rows()->index(0, 4).data().toString(), QStringLiteral("Passphrase"),
                              20000);
    QVERIFY(!keygen({QStringLiteral("-y"), QStringLiteral("-P"), QStringLiteral("first one"),
                     QStringLiteral("-f"), path("id_ed25519")})
                 .isEmpty());
    click("changePassphrase");
    type("passphrasePresent", QStringLiteral("first one"));
    click("passphraseAccept");
    QTRY_COMPARE_WITH_TIMEOUT(rows()->index(0, 4).data().toString(), QStringLiteral("None"), 20000);
}

void tst_Keys::aRememberedPassphraseIsReplaced()
{
    const auto kept = [this] {
        const auto secret =
            m_secrets->find({secrets::SecretKind::KeyPassphrase, path("id_ed25519")});
        return secret ? *secret : SecretBytes("none is kept");
    };
    const auto change = [this](const char *present, const char *wanted) {
        click("changePassphrase");
        if (*present)
            type("passphrasePresent", QLatin1StringView(present));
        for (const char *field : {"passphraseNew", "passphraseAgain"})
            type(field, QLatin1StringView(wanted));
        auto *banner = child<ui::Banner>("keysBanner");
        banner->hide();
        click("passphraseAccept");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 20000);
        QCOMPARE(banner->kind(), ui::Banner::Kind::Good);
        QTRY_COMPARE_WITH_TIMEOUT(rows()->index(0, 4).data().toString(),
                                  *wanted ? QStringLiteral("Passphrase") : QStringLiteral("None"),
                                  20000);
    };
    showKeys();
    QTRY_VERIFY(child<QPushButton>("emptyNewKey")->isVisible());
    click("emptyNewKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    change("", "first one");
    QVERIFY(kept() == SecretBytes("none is kept")); // it was not asked to be
    m_secrets->put({secrets::SecretKind::KeyPassphrase, path("id_ed25519")},
                   SecretBytes("first one"));
    change("first one", "second one");
    QTRY_VERIFY(kept() == SecretBytes("second one"));
    change("second one", "");
    QTRY_VERIFY(kept() == SecretBytes("none is kept"));
}

void tst_Keys::theLastUseIsKept()
{
    const auto used = [this] { return rows()->index(0, 3).data().toString(); };
    showKeys();
    QTRY_VERIFY(child<QPushButton>("emptyNewKey")->isVisible());
    click("emptyNewKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    QCOMPARE(used(), QString(u'–'));
    connectIt(); // with the password: nothing is noted
    QCOMPARE(used(), QString(u'–'));
    auto *menu = child<QMenu>("installMenu");
    Q_EMIT menu->aboutToShow();
    menu->actions().first()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(profile().auth, profiles::AuthKind::Key, 60000);
    QTRY_VERIFY(used() != QString(u'–'));
    QVERIFY(m_settings->keyUses().contains(path("id_ed25519")));

    // A sign-in is what counts, also of the next run.
    const QDateTime past = QDateTime::fromSecsSinceEpoch(1000000000, Qt::UTC);
    m_settings->noteKeyUse(path("id_ed25519"), past);
    QVERIFY(used().contains(QStringLiteral("01")));
    m_instance->disconnectNow();
    connectIt();
    QTRY_VERIFY(m_settings->keyUses().value(path("id_ed25519")) > past);
    const ui::settings::Settings again(m_dir->path());
    QVERIFY(again.keyUses().value(path("id_ed25519")) > past);
}

void tst_Keys::deletingSaysWhoUsesIt()
{
    profiles::Profile changed = profile();
    changed.auth = profiles::AuthKind::Key;
    changed.identityFile = QStringLiteral("~/.ssh/id_ed25519");
    QVERIFY(m_profiles->update(changed));
    showKeys();
    QTRY_VERIFY(child<QPushButton>("emptyNewKey")->isVisible());
    click("emptyNewKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    QCOMPARE(rows()->index(0, 2).data().toString(), QStringLiteral("rig"));
    click("deleteKey");
    auto *box = child<QMessageBox>("deleteKeyBox");
    QVERIFY(box && box->informativeText().contains(QStringLiteral("rig")));
    click("deleteKeyConfirm");
    QTRY_COMPARE(rows()->rowCount(), 0);
    QVERIFY(!QFile::exists(path("id_ed25519")) && !QFile::exists(path("id_ed25519.pub")));
}

void tst_Keys::aKeyIsInstalledFromTheList()
{
    connectIt();
    showKeys();
    QTRY_VERIFY(child<QPushButton>("emptyNewKey")->isVisible());
    click("emptyNewKey");
    QTRY_COMPARE(rows()->rowCount(), 1);
    auto *menu = child<QMenu>("installMenu");
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    QCOMPARE(menu->actions().first()->text(), QStringLiteral("rig"));
    menu->actions().first()->trigger();
    QTRY_VERIFY(offer()->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(offer()->kind(), ui::Banner::Kind::Good, 60000);
    QCOMPARE(profile().auth, profiles::AuthKind::Key);
    showKeys();
    QTRY_COMPARE(rows()->index(0, 2).data().toString(), QStringLiteral("rig"));
}

QTEST_MAIN(tst_Keys)

#include "tst_Keys.moc"
