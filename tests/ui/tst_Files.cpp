// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab and the Transfers page on the simulated instance.
#include "tests/support/SshServer.h"
#include "tests/ui/support/FilesFixture.h"
#include "ui/common/Banner.h"
#include "ui/common/Format.h"
#include "ui/files/NameDialog.h"
#include "ui/files/PermissionsDialog.h"
#include "ui/transfers/TransfersPage.h"

#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace core;
using ui::files::FileModel;
using ui::files::FilesPage;

class tst_Files : public FilesFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { reset(); }
    void cleanup() { m_page.reset(); }
    void placesTellWhatSurvives();
    void droppedFilesArriveAndAreShown();
    void foldersAreMadeRenamedFilledAndDeleted();
    void goingAboutByPathBackAndUp();
    void whatIsNoFolderIsNotEntered();
    void theListFollowsWhatHappens();
    void keysReachEverything();
    void anEmptyListHasWords();
    void namesThatAreNoTextStillWork();
    void namesThatCannotBeAreTold();
    void namesAreNotTakenForHtml();
    void permissionsAreSet();
    void aNameThatIsTakenHasAButton();
    void errorsAreTold();

private:
    void drop(const QStringList &paths, const QPoint &at);
    void go(const QByteArray &path);
};

void tst_Files::initTestCase()
{
    NEED_SSHD();
    startRig();
}

void tst_Files::go(const QByteArray &path)
{
    m_page->go(path);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), path, 10000);
}

void tst_Files::drop(const QStringList &paths, const QPoint &at)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls.append(QUrl::fromLocalFile(path));
    data.setUrls(urls);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(table()->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(table()->viewport(), &event);
    QVERIFY(event.isAccepted());
}

void tst_Files::placesTellWhatSurvives()
{
    QCOMPARE(child<QLineEdit>("filesPath")->text(), QStringLiteral("/root/autodl-tmp"));
    auto *places = child<QAbstractItemView>("places");
    QVERIFY(places->model()->rowCount() >= 4);
    // To be seen without pointing at it.
    const QModelIndex data = places->model()->index(0, 0);
    const QStringList words = data.data(Qt::UserRole + 1).toStringList();
    QCOMPARE(data.data().toString(), QStringLiteral("Data disk"));
    QCOMPARE(words, (QStringList{QStringLiteral("Kept when stopped, lost on release"),
                                 QStringLiteral("Not saved in images")}));
    QVERIFY(data.data(Qt::AccessibleTextRole).toString().contains(words[0]));
    const int width = places->width() - 48;
    const QFontMetrics caption(ui::textFont(ui::TextStyle::Caption));
    const QFontMetrics body(ui::textFont(ui::TextStyle::Body));
    for (int i = 0; i < places->model()->rowCount(); ++i) {
        const QModelIndex place = places->model()->index(i, 0);
        const QStringList told = place.data(Qt::UserRole + 1).toStringList();
        QVERIFY2(caption.horizontalAdvance(told[0]) <= width, qPrintable(told[0]));
        // Beside the name.
        QVERIFY2(body.horizontalAdvance(place.data().toString()) + ui::space::s +
                         caption.horizontalAdvance(told[1]) <=
                     width,
                 qPrintable(told[1]));
    }
}

void tst_Files::droppedFilesArriveAndAreShown()
{
    seed("mkdir /root/autodl-tmp/into");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(row("into") >= 0, 10000);
    drop({local(QStringLiteral("a.txt"), "aaa")}, QPoint(300, 400));
    QTRY_VERIFY_WITH_TIMEOUT(row("a.txt") >= 0, 15000);
    QCOMPARE(model()->entry(row("a.txt")).size, quint64(3));
    // Onto a folder: into it.
    const QPoint folder =
        table()->visualRect(model()->index(row("into"), FileModel::Name)).center();
    drop({local(QStringLiteral("b.txt"), "bbbb")}, QPoint(20, folder.y()));
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->running() + m_queue->waiting(), 0, 15000);
    m_page->go("/root/autodl-tmp/into");
    QTRY_VERIFY_WITH_TIMEOUT(row("b.txt") >= 0, 10000);
    // Pasted.
    auto *data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(local(QStringLiteral("c.txt"), "ccccc"))});
    QGuiApplication::clipboard()->setMimeData(data);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_V, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(row("c.txt") >= 0, 15000);
}

void tst_Files::foldersAreMadeRenamedFilledAndDeleted()
{
    choose(QStringLiteral("New folder…"));
    // Where it was asked for, whatever is shown when the name is there.
    auto *dialog = child<ui::files::NameDialog>("newFolderDialog");
    QVERIFY(dialog && dialog->isVisible());
    go("/root");
    auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("nameField"));
    name->setText(QStringLiteral("a/b"));
    QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("nameCreate"))->isEnabled());
    name->setText(QStringLiteral("数据 1"));
    dialog->findChild<QPushButton *>(QStringLiteral("nameCreate"))->click();
    child<QToolButton>("filesBack")->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp"), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(row("数据 1") >= 0, 10000);
    // F2 renames in place.
    select("数据 1");
    QTest::keyClick(table(), Qt::Key_F2);
    auto *editor = table()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(QStringLiteral("renamed"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(row("renamed") >= 0, 10000);
    QCOMPARE(row("数据 1"), -1);
    // Rows moved onto a folder.
    seed("touch /root/autodl-tmp/x /root/autodl-tmp/y");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(row("x") >= 0, 10000);
    QMetaObject::invokeMethod(table(), "rowsDropped", Q_ARG(QByteArrayList, QByteArrayList{"x"}),
                              Q_ARG(QByteArray, "renamed"));
    QTRY_VERIFY_WITH_TIMEOUT(row("x") < 0, 10000);
    // Deleting tells what will go, and waits for a yes.
    select("renamed");
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(button("filesReallyDelete"), 10000);
    const QString said = bannerText("filesBanner");
    QVERIFY2(said.contains(QStringLiteral("1 files, 1 folders")), qPrintable(said));
    QVERIFY(row("renamed") >= 0);
    button("filesReallyDelete")->click();
    QTRY_VERIFY_WITH_TIMEOUT(row("renamed") < 0, 10000);
    QVERIFY(row("y") >= 0);
}

void tst_Files::goingAboutByPathBackAndUp()
{
    seed("mkdir -p /root/autodl-tmp/a/b; touch /root/autodl-tmp/a/b/end /root/autodl-tmp/.dot");
    auto *path = child<QLineEdit>("filesPath");
    path->setText(QStringLiteral("a/b"));
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/a/b"), 10000);
    QVERIFY(row("end") >= 0);
    child<QToolButton>("filesUp")->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/a"), 10000);
    // Where one comes from is selected.
    QCOMPARE(table()->selectedNames(), QByteArrayList{"b"});
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/a/b"), 10000);
    child<QToolButton>("filesBack")->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/a"), 10000);
    path->setText(QStringLiteral("~"));
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root"), 10000);
    child<QLineEdit>("filesFilter")->setText(QStringLiteral("autodl"));
    QVERIFY(row("autodl-tmp") >= 0);
    QCOMPARE(row(".bashrc"), -1);
}

/// A folder with one file of its own name; a file that is typed; a path through "..".
void tst_Files::whatIsNoFolderIsNotEntered()
{
    seed("mkdir /root/autodl-tmp/x; touch /root/autodl-tmp/x/x; mkfifo /root/autodl-tmp/pipe");
    m_page->refresh();
    select("x");
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/x"), 10000);
    QVERIFY(!child<QWidget>("fileViewer"));
    QCOMPARE(row("x"), 0);
    auto *path = child<QLineEdit>("filesPath");
    path->setText(QStringLiteral("/etc/../etc//passwd"));
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/etc"), 10000);
    QCOMPARE(table()->selectedNames(), QByteArrayList{"passwd"});
    QVERIFY(!child<QWidget>("fileViewer"));
    go("/root/autodl-tmp");
    select("pipe");
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(bannerText("filesBanner").contains(QStringLiteral("pipe is not a file")));
}

/// Changes come without asking: after a look elsewhere, while it is read, after a reconnect.
void tst_Files::theListFollowsWhatHappens()
{
    m_page->hide();
    seed("touch /root/autodl-tmp/meanwhile");
    m_page->show();
    QTRY_VERIFY_WITH_TIMEOUT(row("meanwhile") >= 0, 10000);
    // What is asked for while the folder is read is not lost.
    QSignalSpy read(model(), &QAbstractItemModel::modelReset);
    m_page->refresh();
    m_page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 2, 10000);
    m_instance->disconnectNow();
    QTRY_VERIFY(!m_instance->session());
    QCOMPARE(child<QLabel>("filesStatus")->text(), QStringLiteral("Not connected: as it was last"));
    QVERIFY(!child<QToolButton>("filesRefresh")->isEnabled());
    QVERIFY(child<QToolButton>("filesRefresh")->toolTip().contains(QStringLiteral("connected")));
    select("meanwhile");
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(bannerText("filesBanner").contains(QStringLiteral("not connected")));
    QVERIFY(!isOffered(QStringLiteral("Delete…")));
    QVERIFY(isOffered(QStringLiteral("Download")));
    seed("touch /root/autodl-tmp/away");
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(row("away") >= 0, 20000);
}

void tst_Files::keysReachEverything()
{
    seed("mkdir /root/autodl-tmp/a; touch /root/autodl-tmp/b");
    m_page->refresh();
    select("b");
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    auto *filter = child<QLineEdit>("filesFilter");
    QTest::keyClick(table(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("zzz"));
    QTRY_COMPARE(model()->rowCount(), 0);
    QTest::keyClick(filter, Qt::Key_Escape);
    QCOMPARE(filter->text(), QString());
    QVERIFY(table()->hasFocus());
    QTRY_COMPARE(model()->rowCount(), 2);
    QTest::keyClick(table(), Qt::Key_L, Qt::ControlModifier);
    QVERIFY(child<QLineEdit>("filesPath")->hasFocus());
    QTest::keyClick(child<QLineEdit>("filesPath"), Qt::Key_Escape);
    QVERIFY(table()->hasFocus());
    QVERIFY(!child<QToolButton>("filesBack")->isEnabled());
    go("/root/autodl-tmp/a");
    QTest::keyClick(table(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp"), 10000);
    QTest::keyClick(table(), Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/a"), 10000);
    QTest::keyClick(table(), Qt::Key_Up, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp"), 10000);
    // Going back to what is gone fails, and may be tried again.
    go("/root");
    go("/root/autodl-tmp/a");
    go("/root");
    seed("rmdir /root/autodl-tmp/a");
    QTest::keyClick(table(), Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!bannerText("filesBanner").isEmpty(), 10000);
    seed("mkdir /root/autodl-tmp/a");
    QTest::keyClick(table(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/a"), 10000);
}

void tst_Files::anEmptyListHasWords()
{
    auto *empty = child<QWidget>("filesEmpty");
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->accessibleName(), QStringLiteral("This folder is empty"));
    seed("touch /root/autodl-tmp/.dot; mkdir /root/autodl-tmp/.d; echo 12345 > "
         "/root/autodl-tmp/.d/five");
    refresh();
    QCOMPARE(empty->accessibleName(), QStringLiteral("Only hidden files are here"));
    QSignalSpy remembered(m_page.get(), &FilesPage::hiddenShownChanged);
    choose(QStringLiteral("Show hidden files"));
    QCOMPARE(remembered.count(), 1);
    QTRY_VERIFY(row(".d") >= 0);
    QVERIFY(!empty->isVisible());
    // A folder's size that was counted stays.
    select(".d");
    choose(QStringLiteral("Count sizes of folders"));
    const auto counted = [this] {
        return model()->index(row(".d"), FileModel::Size).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(counted(), ui::format::bytes(6.0), 10000);
    refresh();
    QCOMPARE(counted(), ui::format::bytes(6.0));
    child<QLineEdit>("filesFilter")->setText(QStringLiteral("zzz"));
    QTRY_COMPARE(empty->accessibleName(), QStringLiteral("Nothing here has such a name"));
}

void tst_Files::namesThatAreNoTextStillWork()
{
    seed("cd /root/autodl-tmp && printf gbk > \"$(printf 'b\\326\\320.txt')\"");
    m_page->refresh();
    const QByteArray name = "b\xd6\xd0.txt";
    select(name);
    QCOMPARE(model()->index(row(name), 0).data().toString(), QStringLiteral("b\\xd6\\xd0.txt"));
    QTest::keyClick(table(), Qt::Key_F2);
    auto *editor = table()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(editor->text().replace(u'b', u'c'));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(row("c\xd6\xd0.txt") >= 0, 10000);
}

void tst_Files::namesThatCannotBeAreTold()
{
    seed("touch /root/autodl-tmp/x");
    m_page->refresh();
    for (const char *name : {"a/b", "", ".."}) {
        select("x");
        QTest::keyClick(table(), Qt::Key_F2);
        auto *editor = table()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->setText(QString::fromLatin1(name));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(bannerText("filesBanner").contains(QStringLiteral("x was not renamed")));
        // Closing it gives the keys back.
        child<QToolButton>("bannerClose")->setFocus();
        child<ui::Banner>("filesBanner")->findChild<QToolButton *>()->click();
        QVERIFY(bannerText("filesBanner").isEmpty());
        QVERIFY(table()->hasFocus());
    }
    QVERIFY(row("x") >= 0);
}

void tst_Files::namesAreNotTakenForHtml()
{
    seed("touch '/root/autodl-tmp/<b>bold<'");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(row("<b>bold<") >= 0, 10000);
    const QString tip = model()->index(row("<b>bold<"), 0).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("&lt;b&gt;bold")), qPrintable(tip));
}

void tst_Files::permissionsAreSet()
{
    seed("cd /root/autodl-tmp; touch run.sh; chmod 640 run.sh; ln -s run.sh link");
    m_page->refresh();
    select("link");
    choose(QStringLiteral("Permissions…"));
    // A link has the permissions of what it leads to.
    ui::files::PermissionsDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = child<ui::files::PermissionsDialog>("permissionsDialog")));
    QCOMPARE(dialog->mode(), 0640U);
    QVERIFY(dialog->findChild<QLabel *>(QStringLiteral("linkNote")));
    delete dialog;
    select("run.sh");
    choose(QStringLiteral("Permissions…"));
    dialog = child<ui::files::PermissionsDialog>("permissionsDialog");
    QVERIFY(dialog && !dialog->findChild<QLabel *>(QStringLiteral("linkNote")));
    QCOMPARE(dialog->mode(), 0640U);
    auto *octal = dialog->findChild<QLineEdit *>(QStringLiteral("octalMode"));
    auto *apply = dialog->findChild<QPushButton *>(QStringLiteral("setPermissions"));
    QCOMPARE(octal->selectedText(), QStringLiteral("640")); // what is typed takes its place
    QTest::keyClick(octal, Qt::Key_Delete);
    QVERIFY(!apply->isEnabled()); // nothing is not 000
    QCOMPARE(dialog->mode(), 0640U);
    QTest::keyClicks(octal, QStringLiteral("755"));
    QVERIFY(apply->isEnabled());
    go("/root");
    apply->click();
    go("/root/autodl-tmp");
    QTRY_COMPARE_WITH_TIMEOUT(
        model()->index(row("run.sh"), FileModel::Permissions).data().toString(),
        QStringLiteral("rwxr-xr-x"), 10000);
}

void tst_Files::aNameThatIsTakenHasAButton()
{
    seed("echo theirs > /root/autodl-tmp/same.txt");
    ui::transfers::TransfersPage transfers(*m_queue);
    transfers.resize(900, 600);
    transfers.show();
    qint64 id = 0;
    connect(m_page.get(), &FilesPage::transferAdded, this, [&id](qint64 added) { id = added; });
    m_page->upload({local(QStringLiteral("same.txt"), "mine, longer")});
    QVERIFY(id != 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->find(id)->status, history::TransferStatus::Partly, 15000);
    transfers.select(id);
    auto *failures = transfers.findChild<QPlainTextEdit *>(QStringLiteral("transferFailures"));
    QVERIFY(failures->isVisible());
    QVERIFY(failures->toPlainText().contains(QStringLiteral("same.txt")));
    auto *overwrite = transfers.findChild<QPushButton *>(QStringLiteral("transferOverwrite"));
    QVERIFY(overwrite && overwrite->isVisible());
    overwrite->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->find(id)->status, history::TransferStatus::Done, 15000);
    QVERIFY(!failures->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(
        row("same.txt") < 0 ? quint64(0) : model()->entry(row("same.txt")).size.value_or(0),
        quint64(12), 10000);
    transfers.findChild<QPushButton *>(QStringLiteral("transferClear"))->click();
    QVERIFY(m_queue->transfers().empty());
}

void tst_Files::errorsAreTold()
{
    m_page->go("/root/autodl-tmp/nowhere");
    QTRY_VERIFY_WITH_TIMEOUT(!bannerText("filesBanner").isEmpty(), 10000);
    auto *banner = child<ui::Banner>("filesBanner");
    QCOMPARE(banner->kind(), ui::Banner::Kind::Error);
    QCOMPARE(m_page->path(), QByteArray("/root/autodl-tmp"));
    QCOMPARE(child<QLineEdit>("filesPath")->text(), QStringLiteral("/root/autodl-tmp"));
    // Its button does what it says.
    seed("mkdir /root/autodl-tmp/nowhere");
    QPushButton *retry = nullptr;
    for (auto *one : banner->findChildren<QPushButton *>()) {
        if (one->isVisible() && one->text() == QStringLiteral("Try again"))
            retry = one;
    }
    QVERIFY(retry);
    retry->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/nowhere"), 10000);
    QVERIFY(bannerText("filesBanner").isEmpty());
}

QTEST_MAIN(tst_Files)

#include "tst_Files.moc"
