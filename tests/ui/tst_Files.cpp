// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab and the Transfers page on the simulated instance.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/TransferQueue.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FileViewer.h"
#include "ui/files/FilesPage.h"
#include "ui/files/PermissionsDialog.h"
#include "ui/transfers/TransfersPage.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace core;
using fleet::Instance;
using ui::files::FileModel;
using ui::files::FilesPage;
using ui::files::FileTable;

class tst_Files : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void manyNamesSortAndFilter();
    void itBeginsOnTheDataDisk();
    void droppedFilesArriveAndAreShown();
    void foldersAreMadeRenamedFilledAndDeleted();
    void goingAboutByPathBackAndUp();
    void namesThatAreNoTextStillWork();
    void permissionsAreSet();
    void textIsViewed();
    void anEditedFileGoesBack();
    void aNameThatIsTakenHasAButton();
    void errorsAreTold();

private:
    void makePage();
    [[nodiscard]] int row(const QByteArray &name) const { return model()->rowOf(name); }
    [[nodiscard]] FileModel *model() const { return m_page->findChild<FileModel *>(); }
    [[nodiscard]] FileTable *table() const { return m_page->findChild<FileTable *>(); }
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1StringView(name));
    }
    void select(const QByteArray &name);
    void drop(const QStringList &paths, const QPoint &at);
    void answerDialog(const char *name, const QString &text);
    [[nodiscard]] QString local(const QString &name, const QByteArray &bytes);
    void seed(const QByteArray &command);

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_dir;
    SystemClock m_clock;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    std::unique_ptr<fleet::Fleet> m_fleet;
    std::unique_ptr<fleet::TransferQueue> m_queue;
    std::unique_ptr<FilesPage> m_page;
    Instance *m_instance = nullptr;
};

void tst_Files::initTestCase()
{
    NEED_SSHD();
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start({QStringLiteral("--gpus"), QStringLiteral("1")}), QString());
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    profiles::Profile profile;
    profile.name = QStringLiteral("rig");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = m_rig->port();
    profile.user = QStringLiteral("root");
    profile.auth = profiles::AuthKind::Password;
    const ssh::HostKey key = m_rig->hostKey();
    profile.trustedKeys.push_back({key.type, key.blob});
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_secrets = std::make_unique<secrets::SessionStore>();
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    m_queue = std::make_unique<fleet::TransferQueue>(*m_fleet, m_clock);
    m_instance = m_fleet->byId(added->id);
    m_instance->offerSecret(SecretBytes(m_rig->text("password").toUtf8()), true);
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session() && m_instance->sample(), 20000);
}

void tst_Files::init()
{
    seed("rm -rf /root/autodl-tmp/* /root/autodl-tmp/.[!.]*");
    makePage();
}

void tst_Files::makePage()
{
    m_page = std::make_unique<FilesPage>(*m_queue);
    m_page->resize(900, 600);
    m_page->setDownloadFolder(m_dir->path());
    m_page->show();
    m_page->setInstance(m_instance);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp"), 10000);
}

void tst_Files::cleanup()
{
    m_page.reset();
}

void tst_Files::seed(const QByteArray &command)
{
    ssh::Exec *exec = m_instance->session()->exec(command);
    QSignalSpy finished(exec, &Operation::finished);
    QVERIFY(finished.wait(15000));
    QCOMPARE(exec->exitCode(), 0);
    exec->deleteLater();
}

QString tst_Files::local(const QString &name, const QByteArray &bytes)
{
    QFile file(m_dir->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("no local file");
    return file.fileName();
}

void tst_Files::select(const QByteArray &name)
{
    QTRY_VERIFY_WITH_TIMEOUT(row(name) >= 0, 10000);
    table()->setCurrentIndex(model()->index(row(name), 0));
    table()->setFocus();
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

void tst_Files::answerDialog(const char *name, const QString &text)
{
    auto *dialog = m_page->findChild<QInputDialog *>(QLatin1StringView(name));
    QVERIFY(dialog && dialog->isVisible());
    dialog->setTextValue(text);
    dialog->accept();
}

void tst_Files::manyNamesSortAndFilter()
{
    FileModel files;
    std::vector<ssh::RemoteEntry> entries;
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i) {
        ssh::RemoteEntry one;
        one.name = "img" + QByteArray::number((i * 7919) % count) + ".jpg";
        one.type = ssh::RemoteEntry::Type::File;
        one.size = quint64(i);
        entries.push_back(one);
    }
    ssh::RemoteEntry folder;
    folder.name = "zz";
    folder.type = ssh::RemoteEntry::Type::Directory;
    entries.push_back(folder);
    ssh::RemoteEntry hidden = folder;
    hidden.name = ".git";
    entries.push_back(hidden);
    files.setEntries(entries);
    QCOMPARE(files.rowCount(), count + 1);
    QCOMPARE(files.hiddenCount(), 1);
    QCOMPARE(files.entry(0).name, QByteArray("zz")); // folders first
    QCOMPARE(files.entry(1).name, QByteArray("img0.jpg"));
    QCOMPARE(files.entry(3).name, QByteArray("img2.jpg")); // as people count, not img10
    QCOMPARE(files.entry(count).name, QByteArray("img99999.jpg"));
    files.sort(FileModel::Size, Qt::DescendingOrder);
    QCOMPARE(files.entry(1).size, quint64(count - 1));
    files.setFilter(QStringLiteral("IMG9999"));
    QCOMPARE(files.rowCount(), 11); // 9999 and 99990 to 99999
    files.setFilter(QStringLiteral("*g1?.jpg"));
    QCOMPARE(files.rowCount(), 10);
    const QAbstractItemModelTester tester(&files); // with few rows: it asks for all of them
    files.sort(FileModel::Name, Qt::DescendingOrder);
    QCOMPARE(files.entry(0).name, QByteArray("img19.jpg"));
    files.setFilter({});
    files.setHiddenShown(true);
    QCOMPARE(files.rowCount(), count + 2);
}

void tst_Files::itBeginsOnTheDataDisk()
{
    QCOMPARE(child<QLineEdit>("filesPath")->text(), QStringLiteral("/root/autodl-tmp"));
    QVERIFY(child<QLabel>("filesStatus")->text().contains(u'0'));
    // Each place says what becomes of it.
    auto *places = child<QAbstractItemView>("places");
    QVERIFY(places->model()->rowCount() >= 4);
    bool toldAboutRelease = false;
    for (int i = 0; i < places->model()->rowCount(); ++i)
        toldAboutRelease |= places->model()
                                ->index(i, 0)
                                .data(Qt::ToolTipRole)
                                .toString()
                                .contains(QStringLiteral("released"));
    QVERIFY(toldAboutRelease);
}

void tst_Files::droppedFilesArriveAndAreShown()
{
    seed("mkdir /root/autodl-tmp/into");
    child<QToolButton>("filesRefresh")->click();
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
    QMetaObject::invokeMethod(table(), "menuRequested", Q_ARG(QPoint, QPoint(10, 10)));
    auto *menu = child<QMenu>("filesMenu");
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text() == QStringLiteral("New folder…"))
            action->trigger();
    }
    menu->close();
    answerDialog("newFolderDialog", QStringLiteral("数据 1"));
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
    child<QToolButton>("filesRefresh")->click();
    QTRY_VERIFY_WITH_TIMEOUT(row("x") >= 0, 10000);
    QMetaObject::invokeMethod(table(), "rowsDropped", Q_ARG(QByteArrayList, QByteArrayList{"x"}),
                              Q_ARG(QByteArray, "renamed"));
    QTRY_VERIFY_WITH_TIMEOUT(row("x") < 0, 10000);
    // Deleting tells what will go, and waits for a yes.
    select("renamed");
    QTest::keyClick(table(), Qt::Key_Delete);
    QPushButton *yes = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((yes = child<QPushButton>("filesReallyDelete")) && yes->isVisible(),
                             10000);
    QString said;
    for (const auto *label : child<ui::Banner>("filesBanner")->findChildren<QLabel *>())
        said += label->text() + u'\n';
    QVERIFY2(said.contains(QStringLiteral("1 files, 1 folders")), qPrintable(said));
    QVERIFY(row("renamed") >= 0);
    yes->click();
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

void tst_Files::namesThatAreNoTextStillWork()
{
    seed("cd /root/autodl-tmp && printf gbk > \"$(printf 'b\\326\\320.txt')\"");
    child<QToolButton>("filesRefresh")->click();
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

void tst_Files::permissionsAreSet()
{
    seed("touch /root/autodl-tmp/run.sh; chmod 640 /root/autodl-tmp/run.sh");
    child<QToolButton>("filesRefresh")->click();
    select("run.sh");
    QCOMPARE(model()->index(row("run.sh"), FileModel::Permissions).data().toString(),
             QStringLiteral("rw-r-----"));
    QMetaObject::invokeMethod(table(), "menuRequested", Q_ARG(QPoint, QPoint(10, 10)));
    for (QAction *action : child<QMenu>("filesMenu")->actions()) {
        if (action->text() == QStringLiteral("Permissions…"))
            action->trigger();
    }
    auto *dialog = child<ui::files::PermissionsDialog>("permissionsDialog");
    QVERIFY(dialog);
    QCOMPARE(dialog->mode(), 0640U);
    auto *octal = dialog->findChild<QLineEdit *>(QStringLiteral("octalMode"));
    octal->selectAll();
    QTest::keyClicks(octal, QStringLiteral("755"));
    QCOMPARE(dialog->mode(), 0755U);
    dialog->accept();
    QTRY_COMPARE_WITH_TIMEOUT(
        model()->index(row("run.sh"), FileModel::Permissions).data().toString(),
        QStringLiteral("rwxr-xr-x"), 10000);
}

void tst_Files::textIsViewed()
{
    seed("echo 'lr: 0.1' > /root/autodl-tmp/config.yaml");
    child<QToolButton>("filesRefresh")->click();
    select("config.yaml");
    QTest::keyClick(table(), Qt::Key_Return);
    auto *viewer = child<ui::files::FileViewer>("fileViewer");
    QVERIFY(viewer);
    auto *text = viewer->findChild<QPlainTextEdit *>();
    QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), QStringLiteral("lr: 0.1\n"), 10000);
    QTest::keyClick(viewer, Qt::Key_Escape);
    QVERIFY(!viewer->isVisible());
}

void tst_Files::anEditedFileGoesBack()
{
    seed("echo one > /root/autodl-tmp/train.py");
    child<QToolButton>("filesRefresh")->click();
    QString opened;
    m_page->setOpener([&opened](const QString &path) {
        opened = path;
        return true;
    });
    select("train.py");
    QMetaObject::invokeMethod(table(), "menuRequested", Q_ARG(QPoint, QPoint(10, 10)));
    for (QAction *action : child<QMenu>("filesMenu")->actions()) {
        if (action->text() == QStringLiteral("Edit in the local editor"))
            action->trigger();
    }
    QTRY_VERIFY_WITH_TIMEOUT(!opened.isEmpty(), 10000);
    const auto save = [&opened](const QByteArray &text) {
        // As editors do: another file takes its place.
        QFile next(opened + QStringLiteral(".new"));
        QVERIFY(next.open(QIODevice::WriteOnly));
        next.write(text);
        next.close();
        QCOMPARE(std::rename(QFile::encodeName(next.fileName()).constData(),
                             QFile::encodeName(opened).constData()),
                 0);
    };
    save("one\ntwo\n");
    QTRY_COMPARE_WITH_TIMEOUT(
        row("train.py") < 0 ? quint64(0) : model()->entry(row("train.py")).size.value_or(0),
        quint64(8), 15000);
    // Changed there meanwhile: asked, not overwritten.
    seed("echo 'from elsewhere' > /root/autodl-tmp/train.py");
    save("one\ntwo\nthree\n");
    auto *banner = child<ui::Banner>("filesBanner");
    QPushButton *mine = nullptr;
    const auto find = [&] {
        mine = nullptr;
        for (auto *button : banner->findChildren<QPushButton *>()) {
            if (button->text() == QStringLiteral("Overwrite with mine"))
                mine = button;
        }
        return mine != nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(find(), 15000);
    child<QToolButton>("filesRefresh")->click();
    QTRY_COMPARE_WITH_TIMEOUT(model()->entry(row("train.py")).size, quint64(15), 10000);
    mine->click();
    QTRY_COMPARE_WITH_TIMEOUT(model()->entry(row("train.py")).size, quint64(14), 15000);
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
    auto *banner = child<ui::Banner>("filesBanner");
    QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 10000);
    QCOMPARE(banner->kind(), ui::Banner::Kind::Error);
    QCOMPARE(m_page->path(), QByteArray("/root/autodl-tmp"));
    QCOMPARE(child<QLineEdit>("filesPath")->text(), QStringLiteral("/root/autodl-tmp"));
}

QTEST_MAIN(tst_Files)

#include "tst_Files.moc"
