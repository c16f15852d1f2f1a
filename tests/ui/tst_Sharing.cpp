// SPDX-License-Identifier: GPL-3.0-or-later
// What other people and other programs get to know of the instances, in the real window.
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"

#include <QCheckBox>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace core;

namespace {

constexpr const char *secretWords = "hunter2";

QString clipboardText()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

class tst_Sharing : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aPasswordIsCopiedForAWhile();
    void oneIsCopiedForSharing();
    void chosenOnesAreExported();
    void aFileThatCannotBeWrittenIsTold();
    void otherProgramsKnowTheInstances();
    void troubleWithTheFileIsToldAndMended();

private:
    void add(const char *name);
    /// Of the list's menu, with \a name.
    QAction *menuAction(int row, const char *name);
    [[nodiscard]] QByteArray read(const QString &path) const;
    void showSettings();
    [[nodiscard]] QByteArray sshConfig() const
    {
        return read(m_dir->filePath(QStringLiteral(".ssh/config")));
    }
};

void tst_Sharing::initTestCase()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_Sharing::init()
{
    makeServices();
    add("train");
    add("my debug box");
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral(".ssh"))));
}

void tst_Sharing::cleanup()
{
    closeWindow();
}

void tst_Sharing::add(const char *name)
{
    profiles::Profile profile;
    profile.name = QLatin1StringView(name);
    profile.host = QStringLiteral("region-1.autodl.com");
    profile.port = 35394;
    profile.note = QStringLiteral("the password is ") + QLatin1StringView(secretWords);
    profile.auth = profiles::AuthKind::Key;
    profile.identityFile = m_dir->filePath(QStringLiteral("private/id_work"));
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_secrets->put({secrets::SecretKind::Password, added->id}, SecretBytes(secretWords));
}

QAction *tst_Sharing::menuAction(int row, const char *name)
{
    auto *list = child<QListView>("instanceList");
    const QModelIndex index = list->model()->index(row, 0);
    const QPoint at = index.isValid() ? list->visualRect(index).center()
                                      : QPoint(10, list->viewport()->height() - 4);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, list->viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(list->viewport(), &event);
    const auto actions = list->findChildren<QAction *>(QLatin1StringView(name));
    return actions.isEmpty() ? nullptr : actions.last();
}

QByteArray tst_Sharing::read(const QString &path) const
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_Sharing::showSettings()
{
    click("showSettings");
    QVERIFY(child<QCheckBox>("sshConfigOn")->isVisible());
}

void tst_Sharing::aPasswordIsCopiedForAWhile()
{
    showWindow();
    QVERIFY(!menuAction(0, "copyPassword")); // it signs in with a key
    profiles::Profile byPassword = m_profiles->profiles()[0];
    byPassword.auth = profiles::AuthKind::Password;
    QVERIFY(m_profiles->update(byPassword));
    QAction *copy = menuAction(0, "copyPassword");
    QVERIFY(copy);
    copy->trigger();
    QTRY_COMPARE(clipboardText(), QLatin1StringView(secretWords));
    // Managers of the clipboard are asked to keep no copy.
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(
        QStringLiteral("x-kde-passwordManagerHint")));
    // None is kept: what is on the clipboard stays.
    const secrets::SecretId id{secrets::SecretKind::Password, byPassword.id};
    QSignalSpy removed(m_secrets->remove(id, this), &Operation::finished);
    QVERIFY(removed.wait());
    QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
    menuAction(0, "copyPassword")->trigger();
    QTRY_COMPARE(child<ui::Banner>("notice")->kind(), ui::Banner::Kind::Warning);
    QCOMPARE(clipboardText(), QStringLiteral("mine"));
    // With the window it goes.
    m_secrets->put(id, SecretBytes(secretWords));
    menuAction(0, "copyPassword")->trigger();
    QTRY_COMPARE(clipboardText(), QLatin1StringView(secretWords));
    closeWindow();
    QVERIFY(!clipboardText().contains(QLatin1StringView(secretWords)));
}

void tst_Sharing::oneIsCopiedForSharing()
{
    showWindow();
    QAction *copy = menuAction(0, "copyForSharing");
    QVERIFY(copy);
    copy->trigger();
    QVERIFY(clipboardText().contains(QStringLiteral("train")));
    QVERIFY(clipboardText().contains(QStringLiteral("root@region-1.autodl.com")));
    QVERIFY(!clipboardText().contains(QStringLiteral("my debug box")));
    QVERIFY(!clipboardText().contains(QLatin1StringView(secretWords)));
    QVERIFY(!clipboardText().contains(m_dir->path()));
    QVERIFY(child<ui::Banner>("notice")->isVisible());
    QCOMPARE(child<ui::Banner>("notice")->kind(), ui::Banner::Kind::Good);
}

void tst_Sharing::chosenOnesAreExported()
{
    showWindow();
    QAction *exportAll = menuAction(99, "exportInstances");
    QVERIFY(exportAll && exportAll->isEnabled());
    exportAll->trigger();
    auto *list = child<QListWidget>("shareList");
    QVERIFY(list && list->isVisible());
    QCOMPARE(list->count(), 2);
    click("shareNone");
    QVERIFY(!child<QPushButton>("shareSave")->isEnabled());
    QVERIFY(!child<QPushButton>("shareCopy")->isEnabled());
    list->item(1)->setCheckState(Qt::Checked);
    click("shareSave");
    const QString path = m_dir->filePath(QStringLiteral("mine.json"));
    auto *dialog = child<QFileDialog>("shareFileDialog");
    QTRY_VERIFY(dialog && dialog->isVisible());
    dialog->selectFile(path);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QTRY_VERIFY(QFile::exists(path));
    QTRY_COMPARE(child<ui::Banner>("notice")->kind(), ui::Banner::Kind::Good);
    const QByteArray text = read(path);
    QVERIFY(text.contains("my debug box") && !text.contains("train"));
    QVERIFY(!text.contains(secretWords) && !text.contains(m_dir->path().toUtf8()));

    // From an instance's menu that one alone is ticked; as text it holds no secret either.
    menuAction(0, "exportInstances")->trigger();
    list = child<QListWidget>("shareList");
    QCOMPARE(list->item(0)->checkState(), Qt::Checked);
    QCOMPARE(list->item(1)->checkState(), Qt::Unchecked);
    click("shareAll");
    click("shareCopy");
    QCOMPARE(clipboardText().count(u'\n'), 2);
    QVERIFY(!clipboardText().contains(QLatin1StringView(secretWords)));
}

void tst_Sharing::aFileThatCannotBeWrittenIsTold()
{
    showWindow();
    menuAction(99, "exportInstances")->trigger();
    click("shareSave");
    auto *dialog = child<QFileDialog>("shareFileDialog");
    QTRY_VERIFY(dialog && dialog->isVisible());
    Q_EMIT dialog->fileSelected(m_dir->filePath(QStringLiteral("nowhere/mine.json")));
    auto *notice = child<ui::Banner>("notice");
    QTRY_VERIFY(notice->isVisible());
    QCOMPARE(notice->kind(), ui::Banner::Kind::Error);
}

void tst_Sharing::otherProgramsKnowTheInstances()
{
    QFile mine(m_dir->filePath(QStringLiteral(".ssh/config")));
    QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("Host mine\n") > 0);
    mine.close();
    showWindow();
    showSettings();
    auto *on = child<QCheckBox>("sshConfigOn");
    QVERIFY(!on->isChecked());
    on->setChecked(true);
    QTRY_VERIFY(sshConfig().contains("Host my-debug-box\n"));
    QVERIFY(sshConfig().endsWith("Host mine\n"));
    QVERIFY(!sshConfig().contains(secretWords));
    auto *names = child<QLabel>("sshConfigNames");
    QTRY_VERIFY(names->isVisible());
    QCOMPARE(names->text(), QStringLiteral("ssh train\nssh my-debug-box"));
    QVERIFY(child<QLabel>("sshConfigBackup")->text().contains(QStringLiteral("danlu-backup")));
    QTRY_VERIFY(m_settings->managesSshConfig());

    // It follows what is changed elsewhere, and says what it left out.
    add("new");
    QTRY_VERIFY(sshConfig().contains("Host new\n"));
    QTRY_VERIFY(names->text().endsWith(QStringLiteral("ssh new")));
    profiles::Profile odd = m_profiles->profiles().back();
    odd.identityFile = QStringLiteral("/keys/a\"b");
    QVERIFY(m_profiles->update(odd));
    QTRY_VERIFY(child<QLabel>("sshConfigLeft")->text().contains(QStringLiteral("new")));
    QVERIFY(!sshConfig().contains("Host new\n"));

    on->setChecked(false);
    QTRY_COMPARE(sshConfig(), QByteArray("Host mine\n"));
    QTRY_VERIFY(!m_settings->managesSshConfig());
    QVERIFY(!names->isVisible());
}

void tst_Sharing::troubleWithTheFileIsToldAndMended()
{
    const QString path = m_dir->filePath(QStringLiteral(".ssh/config"));
    QVERIFY(QFile::link(m_dir->filePath(QStringLiteral("nowhere/config")), path));
    showWindow();
    showSettings();
    auto *on = child<QCheckBox>("sshConfigOn");
    on->setChecked(true);
    auto *banner = child<ui::Banner>("sshConfigBanner");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->kind(), ui::Banner::Kind::Error);
    QVERIFY(!on->isChecked());
    QVERIFY(!m_settings->managesSshConfig());
    QVERIFY(QFile::remove(path));
    click("sshConfigAgain");
    QTRY_VERIFY(sshConfig().contains("Host train\n"));
    QTRY_VERIFY(on->isChecked() && !banner->isVisible());
}

QTEST_MAIN(tst_Sharing)

#include "tst_Sharing.moc"
