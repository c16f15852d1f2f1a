// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of an instance's folders: what is read and when, over a real sshd.
#include "core/ssh/Exec.h"
#include "core/ssh/Session.h"
#include "tests/support/SshServer.h"
#include "tests/ui/support/FilesFixture.h"
#include "ui/files/FolderModel.h"
#include "ui/files/FolderTree.h"

#include <QAbstractItemModelTester>

using namespace core;
using ui::files::FolderModel;
using ui::files::FolderTree;

namespace {

const QByteArray disk = "/root/autodl-tmp";

} // namespace

class tst_FolderModel : public FilesFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsReadUnasked();
    void thePathOpensItsWay();
    void onlyFoldersInOrderHiddenOnesAsWished();
    void linksEnd();
    void namesThatAreNoText();
    void changesAreRowsNotResets();
    void whatCannotBeReadTellsInPlace();
    void whatIsGoneGoes();
    void anOldAnswerIsAskedAgain();
    void aLostConnectionKeepsWhatIsKnown();
    void tenThousandFolders();

private:
    [[nodiscard]] QModelIndex at(const QByteArray &path) const { return m_folders->find(path); }
    [[nodiscard]] QByteArrayList below(const QByteArray &path) const
    {
        QByteArrayList names;
        const QModelIndex folder = at(path);
        for (int row = 0; row < m_folders->rowCount(folder); ++row)
            names.append(m_folders->index(row, 0, folder).data().toString().toUtf8());
        return names;
    }
    /// Opened, as a view does it.
    void open(const QByteArray &path);

    std::unique_ptr<FolderModel> m_folders;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_FolderModel::initTestCase()
{
    NEED_SSHD();
    startRig();
}

void tst_FolderModel::init()
{
    connectInstance(m_instance);
    connectInstance(m_other);
    seed("rm -rf /root/autodl-tmp/* /root/autodl-tmp/.[!.]*");
    m_folders = std::make_unique<FolderModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_folders.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    m_tester->setUseFetchMore(false); // it would read the whole disk
    m_folders->setSession(m_instance->session());
}

void tst_FolderModel::cleanup()
{
    m_tester.reset();
    m_folders.reset();
}

void tst_FolderModel::open(const QByteArray &path)
{
    QVERIFY2(at(path).isValid(), path.constData());
    QVERIFY(m_folders->canFetchMore(at(path)));
    QSignalSpy known(m_folders.get(), &QAbstractItemModel::dataChanged);
    m_folders->fetchMore(at(path));
    QVERIFY(!m_folders->canFetchMore(at(path)));
    QTRY_VERIFY_WITH_TIMEOUT(!known.isEmpty(), 10000);
}

void tst_FolderModel::nothingIsReadUnasked()
{
    QCOMPARE(m_folders->rowCount(), 1);
    QCOMPARE(m_folders->index(0, 0).data().toString(), QStringLiteral("/"));
    QVERIFY(m_folders->hasChildren(at("/")));
    QCOMPARE(m_folders->rowCount(at("/")), 0);
    open("/");
    QVERIFY(at("/root").isValid());
    QVERIFY(m_folders->hasChildren(at("/root"))); // who knows
    QCOMPARE(m_folders->rowCount(at("/root")), 0);
    QVERIFY(!at("/etc/passwd").isValid());
}

void tst_FolderModel::thePathOpensItsWay()
{
    seed("mkdir -p /root/autodl-tmp/a/b/c /root/autodl-tmp/z");
    QSignalSpy moved(m_folders.get(), &FolderModel::currentMoved);
    m_folders->setCurrentPath(disk + "/a/b");
    QTRY_COMPARE_WITH_TIMEOUT(m_folders->path(m_folders->current()), disk + "/a/b", 10000);
    QVERIFY(moved.count() >= 3); // step by step
    QCOMPARE(below(disk), (QByteArrayList{"a", "z"}));
    // The last one itself is not read, its neighbours neither.
    QCOMPARE(m_folders->rowCount(at(disk + "/a/b")), 0);
    QVERIFY(m_folders->canFetchMore(at(disk + "/z")));
    // What the list beside it has read needs no second reading.
    ssh::DirectoryListing *listing = m_instance->session()->listDirectory(disk + "/a/b");
    QSignalSpy finished(listing, &Operation::finished);
    QVERIFY(finished.wait(10000));
    m_folders->setListing(disk + "/a/b", listing->entries());
    listing->deleteLater();
    QCOMPARE(below(disk + "/a/b"), QByteArrayList{"c"});
    QVERIFY(!m_folders->canFetchMore(at(disk + "/a/b")));
    // A folder that was made meanwhile, by whomever: what should hold it is read again.
    seed("mkdir -p /root/autodl-tmp/a/new/deep");
    m_folders->setCurrentPath(disk + "/a/new/deep");
    QTRY_COMPARE_WITH_TIMEOUT(m_folders->path(m_folders->current()), disk + "/a/new/deep", 10000);
}

void tst_FolderModel::onlyFoldersInOrderHiddenOnesAsWished()
{
    seed("cd /root/autodl-tmp && mkdir run10 run9 Run1 .git .a .a/.b 'a b' && touch file .dot");
    m_folders->setCurrentPath(disk);
    QTRY_VERIFY_WITH_TIMEOUT(at(disk).isValid(), 10000);
    open(disk);
    QCOMPARE(below(disk), (QByteArrayList{"a b", "Run1", "run9", "run10"}));
    m_folders->setHiddenShown(true);
    QCOMPARE(below(disk), (QByteArrayList{".a", ".git", "a b", "Run1", "run9", "run10"}));
    m_folders->setHiddenShown(false);
    QCOMPARE(below(disk), (QByteArrayList{"a b", "Run1", "run9", "run10"}));
    // Where one is, is shown.
    m_folders->setCurrentPath(disk + "/.a/.b");
    QTRY_COMPARE_WITH_TIMEOUT(m_folders->path(m_folders->current()), disk + "/.a/.b", 10000);
    QCOMPARE(below(disk), (QByteArrayList{".a", "a b", "Run1", "run9", "run10"}));
    m_folders->setCurrentPath(disk + "/run9");
    QCOMPARE(below(disk), (QByteArrayList{"a b", "Run1", "run9", "run10"}));
    QCOMPARE(m_folders->path(m_folders->current()), disk + "/run9");
    m_folders->setCurrentPath(disk + "/.a/.b"); // known already, from the uppermost on
    QCOMPARE(m_folders->path(m_folders->current()), disk + "/.a/.b");
}

void tst_FolderModel::linksEnd()
{
    seed("cd /root/autodl-tmp && mkdir -p real/sub && ln -s .. real/up && ln -s real way && "
         "ln -s /etc/passwd file && ln -s nowhere broken && ln -s self self");
    m_folders->setCurrentPath(disk);
    QTRY_VERIFY_WITH_TIMEOUT(at(disk).isValid(), 10000);
    open(disk);
    QCOMPARE(below(disk), (QByteArrayList{"real", "way"}));
    QCOMPARE(m_folders->kind(at(disk + "/way")), FolderModel::Kind::Link);
    QCOMPARE(m_folders->kind(at(disk + "/real")), FolderModel::Kind::Folder);
    QVERIFY(at(disk + "/way")
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("a link to real")));
    QCOMPARE(at(disk + "/way").data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("way, link to a folder"));
    // A link may be opened, one below it not: or it would never end.
    open(disk + "/real");
    open(disk + "/real/up");
    const QByteArray round = disk + "/real/up/way";
    QCOMPARE(m_folders->kind(at(round)), FolderModel::Kind::Link);
    QVERIFY(!m_folders->hasChildren(at(round)));
    QVERIFY(!m_folders->canFetchMore(at(round)));
    m_folders->setCurrentPath(round + "/up/real");
    QCOMPARE(m_folders->path(m_folders->current()), round);
    open(disk + "/real/up/real"); // no link
}

void tst_FolderModel::namesThatAreNoText()
{
    seed("cd /root/autodl-tmp && mkdir \"$(printf 'b\\326\\320')\" \"$(printf 'new\\nline')\" "
         "'<b>bold' 数据");
    m_folders->setCurrentPath(disk + "/b\xd6\xd0");
    QTRY_COMPARE_WITH_TIMEOUT(m_folders->path(m_folders->current()), disk + "/b\xd6\xd0", 10000);
    QCOMPARE(m_folders->current().data().toString(), QStringLiteral("b\\xd6\\xd0"));
    QVERIFY(below(disk).contains("new\\x0aline"));
    QVERIFY(below(disk).contains("数据"));
    const QString tip = at(disk + "/<b>bold").data(Qt::ToolTipRole).toString();
    QVERIFY2(!tip.contains(QStringLiteral("<b>")), qPrintable(tip));
    open(disk + "/b\xd6\xd0");
    QVERIFY(!m_folders->hasChildren(at(disk + "/b\xd6\xd0")));
}

void tst_FolderModel::changesAreRowsNotResets()
{
    seed("cd /root/autodl-tmp && mkdir -p a/keep b c/keep d e");
    m_folders->setCurrentPath(disk + "/c/keep");
    QTRY_COMPARE_WITH_TIMEOUT(m_folders->path(m_folders->current()), disk + "/c/keep", 10000);
    const QPersistentModelIndex kept = m_folders->current();
    QSignalSpy reset(m_folders.get(), &QAbstractItemModel::modelReset);
    QSignalSpy removed(m_folders.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy added(m_folders.get(), &QAbstractItemModel::rowsInserted);
    seed("cd /root/autodl-tmp && rmdir b d e && mkdir aa bb f g h");
    m_folders->reread(disk);
    QTRY_COMPARE_WITH_TIMEOUT(below(disk), (QByteArrayList{"a", "aa", "bb", "c", "f", "g", "h"}),
                              10000);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(removed.count(), 2); // b; d and e together
    QCOMPARE(added.count(), 2);
    QVERIFY(kept.isValid());
    QCOMPARE(m_folders->path(kept), disk + "/c/keep");
    // What was a folder is a link now: nothing that was known below it counts.
    seed("cd /root/autodl-tmp && rm -rf c && ln -s a c");
    m_folders->reread(disk);
    QTRY_COMPARE_WITH_TIMEOUT(m_folders->kind(at(disk + "/c")), FolderModel::Kind::Link, 10000);
    QVERIFY(!kept.isValid() || m_folders->kind(kept.parent()) == FolderModel::Kind::Link);
    // What was never known is not read because of a change.
    QVERIFY(m_folders->canFetchMore(at(disk + "/a")));
    m_folders->reread(disk + "/a");
    QVERIFY(m_folders->canFetchMore(at(disk + "/a")));
}

void tst_FolderModel::whatCannotBeReadTellsInPlace()
{
    // Root may read everything: so a name that is too long to be asked about.
    seed("mkdir /root/autodl-tmp/dir");
    m_folders->setCurrentPath(disk);
    QTRY_VERIFY_WITH_TIMEOUT(at(disk).isValid(), 10000);
    ssh::RemoteEntry odd;
    odd.name = QByteArray(300, 'x');
    odd.type = ssh::RemoteEntry::Type::Directory;
    ssh::RemoteEntry evil = odd;
    evil.name = "a/../../etc";
    m_folders->setListing(disk, {odd, evil});
    QCOMPARE(m_folders->rowCount(at(disk)), 1); // what is no name is left out
    const QByteArray path = disk + '/' + odd.name;
    open(path);
    const QModelIndex note = m_folders->index(0, 0, at(path));
    QCOMPARE(m_folders->rowCount(at(path)), 1);
    QCOMPARE(m_folders->kind(note), FolderModel::Kind::Note);
    QCOMPARE(m_folders->path(note), QByteArray());
    QVERIFY(!note.data().toString().isEmpty());
    QVERIFY(note.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("again")));
    QVERIFY(!(m_folders->flags(note) & Qt::ItemIsDropEnabled));
    QVERIFY(!m_folders->hasChildren(note));
    // Tried again, and then what is there.
    m_folders->read(at(path));
    m_folders->setListing(path, {});
    QVERIFY(!m_folders->hasChildren(at(path)));
}

void tst_FolderModel::whatIsGoneGoes()
{
    seed("mkdir -p /root/autodl-tmp/gone /root/autodl-tmp/stays");
    m_folders->setCurrentPath(disk + "/stays");
    QTRY_VERIFY_WITH_TIMEOUT(at(disk + "/gone").isValid(), 10000);
    seed("rmdir /root/autodl-tmp/gone");
    m_folders->fetchMore(at(disk + "/gone"));
    QTRY_VERIFY_WITH_TIMEOUT(!at(disk + "/gone").isValid(), 10000);
    QCOMPARE(below(disk), QByteArrayList{"stays"});
}

void tst_FolderModel::anOldAnswerIsAskedAgain()
{
    seed("mkdir /root/autodl-tmp/a");
    m_folders->setCurrentPath(disk);
    QTRY_VERIFY_WITH_TIMEOUT(at(disk).isValid(), 10000);
    m_folders->fetchMore(at(disk));
    m_folders->reread(disk);
    m_folders->reread(disk); // of what is being read
    QSignalSpy known(m_folders.get(), &QAbstractItemModel::dataChanged);
    QTRY_COMPARE_WITH_TIMEOUT(known.count(), 2, 10000);
    // The whole is taken away while it is read.
    m_folders->read(at(disk));
    m_folders->read(at("/root"));
    m_folders->clear();
    QCOMPARE(m_folders->rowCount(at("/")), 0);
    QVERIFY(m_folders->canFetchMore(at("/")));
}

void tst_FolderModel::aLostConnectionKeepsWhatIsKnown()
{
    seed("mkdir -p /root/autodl-tmp/a/b");
    FolderTree tree;
    tree.show();
    tree.setSession(m_instance->session());
    FolderModel &folders = tree.folders();
    folders.setCurrentPath(disk + "/a");
    QTRY_COMPARE_WITH_TIMEOUT(folders.path(tree.currentIndex()), disk + "/a", 10000);
    QVERIFY(tree.isExpanded(folders.find(disk)));
    QVERIFY(!tree.isExpanded(folders.find(disk + "/a")));
    tree.expand(folders.find(disk + "/a"));
    m_instance->disconnectNow();
    QTRY_VERIFY(!m_instance->session());
    tree.setSession(nullptr);
    QVERIFY(!tree.isEnabled());
    QVERIFY(folders.find(disk + "/a").isValid());
    QVERIFY(!folders.canFetchMore(folders.find("/etc")));
    seed("mkdir /root/autodl-tmp/a/away /root/autodl-tmp/c");
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    tree.setSession(m_instance->session());
    // What is open is read again.
    QTRY_VERIFY_WITH_TIMEOUT(folders.find(disk + "/c").isValid(), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(folders.find(disk + "/a/away").isValid(), 10000);
}

void tst_FolderModel::tenThousandFolders()
{
    m_tester.reset(); // it asks for every row, each time
    seed("mkdir /root/autodl-tmp/many && cd /root/autodl-tmp/many && seq 1 10000 | xargs mkdir");
    FolderTree tree;
    tree.resize(260, 400);
    tree.show();
    tree.setSession(m_instance->session());
    FolderModel &folders = tree.folders();
    const QByteArray many = disk + "/many";
    QSignalSpy added(&folders, &QAbstractItemModel::rowsInserted);
    folders.setCurrentPath(many + "/7777");
    QTRY_COMPARE_WITH_TIMEOUT(folders.path(tree.currentIndex()), many + "/7777", 30000);
    QCOMPARE(folders.rowCount(folders.find(many)), 10000);
    QCOMPARE(folders.index(9999, 0, folders.find(many)).data().toString(), QStringLiteral("10000"));
    QVERIFY(tree.viewport()->rect().intersects(tree.visualRect(tree.currentIndex())));
    // All in one piece.
    const auto isWhole = [](const QList<QVariant> &rows) {
        return rows[1].toInt() == 0 && rows[2].toInt() == 9999;
    };
    QCOMPARE(std::count_if(added.cbegin(), added.cend(), isWhole), 1);
    // One more is one row.
    added.clear();
    seed("mkdir /root/autodl-tmp/many/5000x");
    folders.reread(many);
    QTRY_COMPARE_WITH_TIMEOUT(folders.rowCount(folders.find(many)), 10001, 30000);
    QCOMPARE(added.count(), 1);
    QCOMPARE(folders.path(tree.currentIndex()), many + "/7777");
}

QTEST_MAIN(tst_FolderModel)

#include "tst_FolderModel.moc"
