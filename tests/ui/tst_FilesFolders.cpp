// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of folders in the Files tab: follows the list, leads it, takes what is dropped, and sees
// what is done.
#include "tests/support/SshServer.h"
#include "tests/ui/support/FilesFixture.h"
#include "ui/common/Banner.h"
#include "ui/files/FileDrag.h"
#include "ui/files/FolderModel.h"
#include "ui/files/FolderTree.h"
#include "ui/files/NameDialog.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>

using namespace core;
using ui::files::FilesPage;
using ui::files::FolderModel;
using ui::files::FolderTree;

namespace {

const QByteArray folderDisk = "/root/autodl-tmp";

} // namespace

class tst_FilesFolders : public FilesFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_page.reset(); }
    void itFollowsTheListAndLeadsIt();
    void theCurrentOneStaysInSight();
    void keysGoAbout();
    void whatIsDroppedGoesIntoTheFolder();
    void noFolderGoesIntoItself();
    void changesAreSeen();
    void copiesAreSeen();
    void theMenuActsOnTheFolder();
    void hiddenOnesFollowTheSetting();
    void itCanBeHiddenAndThatIsRemembered();
    void eachInstanceHasItsOwn();

private:
    [[nodiscard]] FolderTree *tree() const { return m_page->findChild<FolderTree *>(); }
    [[nodiscard]] QModelIndex at(const QByteArray &path) const
    {
        return tree()->folders().find(path);
    }
    [[nodiscard]] QByteArray current() const
    {
        return tree()->folders().path(tree()->currentIndex());
    }
    void click(const QByteArray &path);
    /// \returns whether it was taken.
    bool drop(QMimeData *data, const QByteArray &onto);
    [[nodiscard]] std::unique_ptr<QMimeData> files(const QStringList &paths) const;
    void name(const char *dialog, const QString &text);
};

void tst_FilesFolders::initTestCase()
{
    NEED_SSHD();
    startRig();
}

void tst_FilesFolders::init()
{
    reset();
    seed("mkdir -p /root/autodl-tmp/a/b /root/autodl-tmp/c; touch /root/autodl-tmp/file");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(row("c") >= 0, 10000);
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk).isValid(), 10000);
    tree()->expand(at(folderDisk));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/c").isValid(), 10000);
}

void tst_FilesFolders::click(const QByteArray &path)
{
    tree()->scrollTo(at(path));
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {},
                      tree()->visualRect(at(path)).center());
}

bool tst_FilesFolders::drop(QMimeData *data, const QByteArray &onto)
{
    tree()->scrollTo(at(onto));
    QWidget *viewport = tree()->viewport();
    const QPoint where = tree()->visualRect(at(onto)).center();
    const Qt::DropActions all = Qt::CopyAction | Qt::MoveAction;
    QDragEnterEvent enter(where, all, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(viewport, &enter);
    QDragMoveEvent move(where, all, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(viewport, &move);
    const bool isTaken = move.isAccepted();
    QDropEvent drop(where, all, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(viewport, &drop);
    return isTaken;
}

std::unique_ptr<QMimeData> tst_FilesFolders::files(const QStringList &paths) const
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls.append(QUrl::fromLocalFile(path));
    data->setUrls(urls);
    return data;
}

void tst_FilesFolders::name(const char *dialog, const QString &text)
{
    auto *asked = child<ui::files::NameDialog>(dialog);
    QVERIFY(asked && asked->isVisible());
    asked->findChild<QLineEdit *>(QStringLiteral("nameField"))->setText(text);
    asked->findChild<QPushButton *>(QStringLiteral("nameCreate"))->click();
}

void tst_FilesFolders::itFollowsTheListAndLeadsIt()
{
    QCOMPARE(tree()->accessibleName(), QStringLiteral("Folders"));
    QCOMPARE(current(), folderDisk);
    QVERIFY(!at(folderDisk + "/file").isValid());
    m_page->go(folderDisk + "/a/b");
    QTRY_COMPARE_WITH_TIMEOUT(current(), folderDisk + "/a/b", 10000);
    QVERIFY(tree()->isExpanded(at(folderDisk + "/a")));
    QCOMPARE(tree()->selectionModel()->selectedRows().size(), 1);
    // Read with the list: there is nothing below it.
    QTRY_VERIFY_WITH_TIMEOUT(!tree()->folders().hasChildren(at(folderDisk + "/a/b")), 10000);
    click(folderDisk + "/c");
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), folderDisk + "/c", 10000);
    QCOMPARE(current(), folderDisk + "/c");
    // It is a way like every other: back leads back.
    child<QToolButton>("filesBack")->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), folderDisk + "/a/b", 10000);
    QCOMPARE(current(), folderDisk + "/a/b");
}

void tst_FilesFolders::theCurrentOneStaysInSight()
{
    const auto isSeen = [this] {
        const QRect row = tree()->visualRect(tree()->currentIndex());
        return !row.isEmpty() && row.top() >= 0 && row.bottom() <= tree()->viewport()->height();
    };
    // Where one comes to from afar is in the middle, with what is around it.
    seed("cd /root/autodl-tmp && seq -f d%g 1 100 | xargs mkdir");
    m_page->go(folderDisk + "/d50");
    QTRY_COMPARE_WITH_TIMEOUT(current(), folderDisk + "/d50", 10000);
    QVERIFY(isSeen());
    const QRect place = tree()->visualRect(tree()->currentIndex());
    QVERIFY(place.top() >= ui::rowHeight);
    QVERIFY(place.bottom() <= tree()->viewport()->height() - ui::rowHeight);
    // At the lower edge, and then there is less room.
    tree()->scrollTo(tree()->currentIndex(), QAbstractItemView::PositionAtBottom);
    QVERIFY(isSeen());
    m_page->resize(m_page->width(), m_page->height() - 80);
    QTRY_VERIFY(isSeen());
}

void tst_FilesFolders::keysGoAbout()
{
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Down);
    QCOMPARE(current(), folderDisk + "/a");
    QCOMPARE(m_page->path(), folderDisk); // only looked at
    QTest::keyClick(tree(), Qt::Key_Right);
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/a/b").isValid(), 10000);
    QTest::keyClick(tree(), Qt::Key_Down);
    QTest::keyClick(tree(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), folderDisk + "/a/b", 10000);
    QVERIFY(tree()->hasFocus());
    QTest::keyClick(tree(), Qt::Key_Left);
    QCOMPARE(current(), folderDisk + "/a");
    // Opening all would read the whole disk.
    tree()->setCurrentIndex(at("/"));
    QTest::keyClick(tree(), Qt::Key_Asterisk);
    QVERIFY(!tree()->isExpanded(at("/usr")));
    QVERIFY(!tree()->isExpanded(at(folderDisk + "/c")));
    tree()->setCurrentIndex(at(folderDisk + "/a"));
    // What happens elsewhere does not move the keys' place.
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!tree()->folders().hasChildren(at(folderDisk + "/a/b")), 10000);
    QCOMPARE(current(), folderDisk + "/a");
}

void tst_FilesFolders::whatIsDroppedGoesIntoTheFolder()
{
    const auto data = files({local(QStringLiteral("up.txt"), "up")});
    QVERIFY(drop(data.get(), folderDisk + "/c"));
    QTRY_COMPARE_WITH_TIMEOUT(contents(folderDisk + "/c/up.txt"), QByteArray("up"), 15000);
    QCOMPARE(m_page->path(), folderDisk);
    // Rows of the list are moved, whatever the list shows.
    const auto rows = ui::files::toMime({m_instance->id(), folderDisk, {"file"}});
    QVERIFY(drop(rows.get(), folderDisk + "/a"));
    QTRY_COMPARE_WITH_TIMEOUT(row("file"), -1, 10000);
    m_page->go(folderDisk + "/a");
    QTRY_VERIFY_WITH_TIMEOUT(row("file") >= 0, 10000);
    // The status line tells where to.
    QWidget *viewport = tree()->viewport();
    const QPoint where = tree()->visualRect(at(folderDisk + "/c")).center();
    QDragEnterEvent enter(where, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(viewport, &enter);
    QCOMPARE(child<QLabel>("filesStatus")->text(), QStringLiteral("Upload to /root/autodl-tmp/c"));
    // A closed folder opens when one waits on it.
    const QPoint closed = tree()->visualRect(at(folderDisk + "/a")).center();
    QVERIFY(!tree()->isExpanded(at(folderDisk + "/a")));
    QDragMoveEvent move(closed, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(viewport, &move);
    QTRY_VERIFY_WITH_TIMEOUT(tree()->isExpanded(at(folderDisk + "/a")), 10000);
    QDragLeaveEvent leave;
    QApplication::sendEvent(viewport, &leave);
}

void tst_FilesFolders::noFolderGoesIntoItself()
{
    m_page->go(folderDisk + "/a/b");
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/a/b").isValid(), 10000);
    const auto rows = ui::files::toMime({m_instance->id(), folderDisk, {"a"}});
    QVERIFY(!drop(rows.get(), folderDisk + "/a"));
    QVERIFY(!drop(rows.get(), folderDisk + "/a/b"));
    QVERIFY(!drop(rows.get(), folderDisk)); // it is there
    QVERIFY(drop(rows.get(), folderDisk + "/c"));
    QTRY_VERIFY_WITH_TIMEOUT(!at(folderDisk + "/a").isValid(), 10000);
}

/// Made, renamed, moved, deleted here: in the tree at once, whatever the list shows.
void tst_FilesFolders::changesAreSeen()
{
    choose(QStringLiteral("New folder…"));
    name("newFolderDialog", QStringLiteral("数据 1"));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/数据 1").isValid(), 10000);
    select("数据 1");
    QTest::keyClick(table(), Qt::Key_F2);
    auto *editor = table()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(QStringLiteral("renamed"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/renamed").isValid(), 10000);
    QVERIFY(!at(folderDisk + "/数据 1").isValid());
    // Moved to a folder that is open in the tree alone.
    tree()->expand(at(folderDisk + "/a"));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/a/b").isValid(), 10000);
    const auto rows = ui::files::toMime({m_instance->id(), folderDisk, {"renamed"}});
    QVERIFY(drop(rows.get(), folderDisk + "/a"));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/a/renamed").isValid(), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(!at(folderDisk + "/renamed").isValid(), 10000);
    select("a");
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(button("filesReallyDelete"), 10000);
    button("filesReallyDelete")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!at(folderDisk + "/a").isValid(), 10000);
    // By somebody else: when it is asked for.
    seed("mkdir /root/autodl-tmp/c/else");
    tree()->expand(at(folderDisk + "/c"));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/c/else").isValid(), 10000);
    seed("mkdir /root/autodl-tmp/c/more");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/c/more").isValid(), 10000);
    seed("mkdir /root/autodl-tmp/c/third");
    tree()->collapse(at(folderDisk + "/c"));
    tree()->expand(at(folderDisk + "/c"));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/c/third").isValid(), 10000);
}

void tst_FilesFolders::copiesAreSeen()
{
    tree()->expand(at(folderDisk + "/c"));
    QTRY_VERIFY_WITH_TIMEOUT(!tree()->folders().hasChildren(at(folderDisk + "/c")), 10000);
    QDir(m_dir->path()).mkpath(QStringLiteral("set/train"));
    (void)local(QStringLiteral("set/train/one"), "1");
    const auto data = files({m_dir->filePath(QStringLiteral("set"))});
    QVERIFY(drop(data.get(), folderDisk + "/c"));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/c/set").isValid(), 15000);
}

void tst_FilesFolders::theMenuActsOnTheFolder()
{
    const auto open = [this](const QByteArray &path) -> QMenu * {
        tree()->scrollTo(at(path));
        const QPoint where = tree()->visualRect(at(path)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, where,
                                tree()->viewport()->mapToGlobal(where));
        QApplication::sendEvent(tree()->viewport(), &event);
        const auto menus = m_page->findChildren<QMenu *>(QStringLiteral("folderMenu"));
        return menus.isEmpty() ? nullptr : menus.constLast();
    };
    const auto pick = [](QMenu *menu, const QString &text) {
        for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            if (action->text() == text && action->isEnabled()) {
                action->trigger();
                menu->close();
                return true;
            }
        }
        return false;
    };
    QVERIFY(pick(open(folderDisk + "/c"), QStringLiteral("Copy path")));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("/root/autodl-tmp/c"));
    tree()->expand(at(folderDisk + "/c"));
    QTRY_VERIFY_WITH_TIMEOUT(!tree()->folders().hasChildren(at(folderDisk + "/c")), 10000);
    QVERIFY(pick(open(folderDisk + "/c"), QStringLiteral("New folder…")));
    name("newFolderDialog", QStringLiteral("inside"));
    QTRY_VERIFY_WITH_TIMEOUT(at(folderDisk + "/c/inside").isValid(), 10000);
    QCOMPARE(m_page->path(), folderDisk);
    QVERIFY(pick(open(folderDisk + "/c"), QStringLiteral("Open")));
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), folderDisk + "/c", 10000);
    seed("touch /root/autodl-tmp/a/b/data");
    QVERIFY(pick(open(folderDisk + "/a"), QStringLiteral("Download")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_dir->filePath(QStringLiteral("a/b/data"))), 15000);
}

void tst_FilesFolders::hiddenOnesFollowTheSetting()
{
    seed("mkdir /root/autodl-tmp/.git");
    refresh();
    QVERIFY(!at(folderDisk + "/.git").isValid());
    choose(QStringLiteral("Show hidden files"));
    QVERIFY(at(folderDisk + "/.git").isValid());
    choose(QStringLiteral("Show hidden files"));
    QVERIFY(!at(folderDisk + "/.git").isValid());
}

void tst_FilesFolders::itCanBeHiddenAndThatIsRemembered()
{
    auto *splitter = child<QSplitter>("filesSplitter");
    QSignalSpy told(m_page.get(), &FilesPage::layoutChanged);
    splitter->setSizes({333, splitter->width() - 333 - splitter->handleWidth()});
    choose(QStringLiteral("Show the folder tree"));
    QVERIFY(tree()->isHidden());
    QCOMPARE(told.count(), 1);
    const QByteArray state = told[0][0].toByteArray();
    // What is not seen is not read.
    QVERIFY(at("/usr").isValid());
    m_page->go("/usr/share");
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/usr/share"), 10000);
    QVERIFY(!tree()->isEnabled());
    QCOMPARE(tree()->folders().path(tree()->folders().current()), QByteArray("/usr"));
    makePage();
    m_page->setLayoutState(state);
    QVERIFY(tree()->isHidden());
    QCOMPARE(child<QSplitter>("filesSplitter")->sizes().constFirst(), 333);
    m_page->go(folderDisk + "/a/b");
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), folderDisk + "/a/b", 10000);
    choose(QStringLiteral("Show the folder tree"));
    QTRY_COMPARE_WITH_TIMEOUT(current(), folderDisk + "/a/b", 10000);
    m_page->setLayoutState("no state");
    QVERIFY(!tree()->isHidden());
}

void tst_FilesFolders::eachInstanceHasItsOwn()
{
    m_page->setInstance(m_other);
    QVERIFY(!at(folderDisk).isValid());
    QTRY_COMPARE_WITH_TIMEOUT(current(), folderDisk, 10000);
    m_page->setInstance(nullptr);
    QVERIFY(!at("/root").isValid());
    m_page->setInstance(m_instance);
    QTRY_COMPARE_WITH_TIMEOUT(current(), folderDisk, 10000);
}

QTEST_MAIN(tst_FilesFolders)

#include "tst_FilesFolders.moc"
