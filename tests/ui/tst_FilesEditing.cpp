// SPDX-License-Identifier: GPL-3.0-or-later
// Editing, viewing and deleting in the Files tab: what is asked for is done where it was asked for,
// and nothing that was written is lost.
#include "core/ssh/Sftp.h"
#include "core/transfer/RemoteAction.h"
#include "tests/support/SshServer.h"
#include "tests/ui/support/FilesFixture.h"
#include "ui/common/Banner.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/files/FileViewer.h"
#include "ui/files/TextEditor.h"

#include <QClipboard>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace core;
using ui::files::FilesPage;
using ui::files::FileViewer;

class tst_FilesEditing : public FilesFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void scriptsAreNeverRun();
    void anEditedFileGoesBack();
    void switchingInstancesKeepsWhatIsEdited();
    void whatWasNotSentIsOfferedAgain();
    void conflictsLoseNothing();
    void aFailedUploadIsTriedAgain();
    void largeFilesAreAskedAbout();
    void textIsViewed();
    void onlyFilesAreOpened();
    void picturesHaveALimit();
    void aViewerKeepsItsInstance();
    void oneQuestionAboutDeletingAtATime();
    void theMenuActsOnWhatItWasOpenedFor();
    void withoutSftpAShellServes();
    void withNeitherThereAreWords();

private:
    /// A profile of \a server, connected.
    fleet::Instance *connected(const support::SshServer &server);
    void edit(const QByteArray &name);
    void slowFind();
    [[nodiscard]] QString editBanner() const { return bannerText("editBanner"); }
    [[nodiscard]] FileViewer *viewer() const;

    QString m_opened; ///< by the text editor
    int m_openings = 0;
};

void tst_FilesEditing::initTestCase()
{
    NEED_SSHD();
    startRig();
}

/// The text editor of these tests is a script that tells which file it was given.
void tst_FilesEditing::init()
{
    QDir(m_dir->filePath(QStringLiteral("edited"))).removeRecursively();
    reset();
    const QString told = m_dir->filePath(QStringLiteral("told"));
    QFile::remove(told);
    const QString script = local(QStringLiteral("editor"),
                                 "#!/bin/sh\necho \"$1\" >> '" + QFile::encodeName(told) + "'\n");
    QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_page->setEditorCommand(script);
    m_opened.clear();
    m_openings = 0;
}

void tst_FilesEditing::cleanup()
{
    m_page.reset();
}

void tst_FilesEditing::edit(const QByteArray &name)
{
    select(name);
    choose(QStringLiteral("Edit in the local editor"));
    const int before = m_openings;
    const auto look = [this] {
        QFile told(m_dir->filePath(QStringLiteral("told")));
        if (!told.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray text = told.readAll().trimmed();
        if (text.isEmpty()) // made, and not written yet
            return 0;
        const QByteArrayList lines = text.split('\n');
        m_opened = QFile::decodeName(lines.constLast());
        return int(lines.size());
    };
    QTRY_VERIFY_WITH_TIMEOUT(look() > before, 15000);
    m_openings = look();
    // Only now it is watched.
    QTRY_VERIFY(editBanner().contains(QStringLiteral("open in your editor")));
}

FileViewer *tst_FilesEditing::viewer() const
{
    for (auto *one : m_page->findChildren<FileViewer *>()) {
        if (one->isVisible())
            return one;
    }
    return nullptr;
}

void tst_FilesEditing::scriptsAreNeverRun()
{
    const QString ran = m_dir->filePath(QStringLiteral("ran"));
    const QString told = m_dir->filePath(QStringLiteral("told"));
    const QString evil =
        local(QStringLiteral("evil.sh"), "#!/bin/sh\ntouch '" + QFile::encodeName(ran) + "'\n");
    QFile::setPermissions(evil, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    // The desktop's editor for plain text, whatever the file is called.
    QDir(m_dir->path()).mkpath(QStringLiteral("data/applications"));
    QDir(m_dir->path()).mkpath(QStringLiteral("bin"));
    (void)local(QStringLiteral("data/applications/fake.desktop"),
                "[Desktop Entry]\nName=Fake\nExec=\"" +
                    QFile::encodeName(m_dir->filePath(QStringLiteral("editor"))) +
                    "\" %U\n[Desktop Action new]\nExec=/bin/false\n");
    const QString query = local(QStringLiteral("bin/xdg-mime"),
                                "#!/bin/sh\n[ \"$*\" = 'query default text/plain' ] && "
                                "echo fake.desktop\n");
    QFile::setPermissions(query, QFile::ReadOwner | QFile::ExeOwner);
    const QByteArray path = qgetenv("PATH");
    const QByteArray data = qgetenv("XDG_DATA_HOME");
    qputenv("PATH", QFile::encodeName(m_dir->filePath(QStringLiteral("bin"))) + ':' + path);
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_dir->filePath(QStringLiteral("data"))));
    std::optional<bool> started;
    ui::files::openInTextEditor(evil, {}, this, [&started](bool ok) { started = ok; });
    QTRY_VERIFY(started);
    qputenv("PATH", path);
    data.isNull() ? (void)qunsetenv("XDG_DATA_HOME") : (void)qputenv("XDG_DATA_HOME", data);
    QVERIFY(*started);
    const auto given = [&told] {
        QFile file(told);
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    };
    QTRY_COMPARE_WITH_TIMEOUT(given(), QFile::encodeName(evil), 10000);
    QVERIFY(!QFile::exists(ran));
    // One that is not there says so.
    started.reset();
    ui::files::openInTextEditor(evil, QStringLiteral("/no/such/editor -w"), this,
                                [&started](bool ok) { started = ok; });
    QTRY_VERIFY(started);
    QVERIFY(!*started);
}

void tst_FilesEditing::anEditedFileGoesBack()
{
    seed("cd /root/autodl-tmp; echo one > train.py; chmod 751 train.py; ln -s train.py link.py");
    m_page->refresh();
    edit("link.py");
    // Nobody else may read what is here.
    QCOMPARE(QFile::permissions(m_opened) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOwner),
             QFile::Permissions());
    saveAsEditorsDo(m_opened, "one\ntwo\n");
    QTRY_COMPARE_WITH_TIMEOUT(size("train.py"), quint64(8), 15000);
    // The link is one still, and the file's mode is what it was.
    QCOMPARE(model()->entry(row("link.py")).link, QByteArray("train.py"));
    QTRY_COMPARE_WITH_TIMEOUT(contents("/root/autodl-tmp/link.py"), QByteArray("one\ntwo\n"),
                              10000);
    QTRY_VERIFY_WITH_TIMEOUT(editBanner().contains(QStringLiteral("was uploaded")), 10000);
    refresh();
    QCOMPARE(model()->entry(row("train.py")).mode, 0751U);
    // Changed there, not here: the newer one is fetched.
    seed("echo newer text > /root/autodl-tmp/train.py");
    edit("link.py");
    QFile file(m_opened);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("newer text\n"));
}

void tst_FilesEditing::switchingInstancesKeepsWhatIsEdited()
{
    seed("echo one > /root/autodl-tmp/train.py");
    m_page->refresh();
    edit("train.py");
    const QString first = m_opened;
    m_page->setInstance(m_other);
    QVERIFY(QFile::exists(first));
    QVERIFY(editBanner().isEmpty());
    saveAsEditorsDo(first, "saved meanwhile\n");
    QTRY_COMPARE_WITH_TIMEOUT(contents("/root/autodl-tmp/train.py"),
                              QByteArray("saved meanwhile\n"), 15000);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp"), 10000);
    // The same path of another instance is another file.
    edit("train.py");
    QVERIFY(m_opened != first);
    // Edit again opens what is here, with what was not sent yet.
    m_page->setInstance(m_instance);
    QTRY_VERIFY_WITH_TIMEOUT(row("train.py") >= 0, 10000);
    m_instance->disconnectNow();
    QTRY_VERIFY(!m_instance->session());
    saveAsEditorsDo(first, "not sent\n");
    QTRY_VERIFY(editBanner().contains(QStringLiteral("waits for the connection")));
    connectInstance(m_instance);
    QTRY_COMPARE_WITH_TIMEOUT(contents("/root/autodl-tmp/train.py"), QByteArray("not sent\n"),
                              15000);
}

void tst_FilesEditing::whatWasNotSentIsOfferedAgain()
{
    seed("echo one > /root/autodl-tmp/train.py");
    m_page->refresh();
    edit("train.py");
    m_instance->disconnectNow();
    QTRY_VERIFY(!m_instance->session());
    saveAsEditorsDo(m_opened, "mine\n");
    QTRY_VERIFY(editBanner().contains(QStringLiteral("waits for the connection")));
    // The program ends and starts again.
    m_page.reset();
    QVERIFY(QFile::exists(m_opened));
    connectInstance(m_instance);
    makePage();
    QTRY_VERIFY(editBanner().contains(QStringLiteral("train.py was saved here, but not uploaded")));
    QCOMPARE(contents("/root/autodl-tmp/train.py"), QByteArray("one\n"));
    QVERIFY(button("editSend"));
    button("editSend")->click();
    QTRY_COMPARE_WITH_TIMEOUT(contents("/root/autodl-tmp/train.py"), QByteArray("mine\n"), 15000);
    QTRY_VERIFY(editBanner().contains(QStringLiteral("was uploaded")));
}

void tst_FilesEditing::conflictsLoseNothing()
{
    seed("echo one > /root/autodl-tmp/train.py");
    m_page->refresh();
    edit("train.py");
    const auto versions = [this] {
        QByteArrayList found;
        const QDir dir = QFileInfo(m_opened).dir();
        for (const QFileInfo &info : dir.entryInfoList(QDir::Files)) {
            QFile file(info.filePath());
            if (file.open(QIODevice::ReadOnly))
                found += file.readAll();
        }
        std::sort(found.begin(), found.end());
        return found;
    };
    seed("echo 'from elsewhere' > /root/autodl-tmp/train.py");
    saveAsEditorsDo(m_opened, "mine\n");
    QTRY_VERIFY_WITH_TIMEOUT(button("editOverwrite"), 15000);
    QCOMPARE(contents("/root/autodl-tmp/train.py"), QByteArray("from elsewhere\n"));
    button("editOverwrite")->click();
    QTRY_COMPARE_WITH_TIMEOUT(contents("/root/autodl-tmp/train.py"), QByteArray("mine\n"), 15000);
    QCOMPARE(versions(), (QByteArrayList{"from elsewhere\n", "mine\n"}));
    QTRY_VERIFY_WITH_TIMEOUT(editBanner().contains(QStringLiteral("was uploaded")), 10000);
    // The other choice.
    seed("echo 'theirs, again' > /root/autodl-tmp/train.py");
    saveAsEditorsDo(m_opened, "mine, too\n");
    QTRY_VERIFY_WITH_TIMEOUT(button("editTakeTheirs"), 15000);
    button("editTakeTheirs")->click();
    const auto here = [this] {
        QFile file(m_opened);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_COMPARE_WITH_TIMEOUT(here(), QByteArray("theirs, again\n"), 15000);
    QCOMPARE(versions(), (QByteArrayList{"from elsewhere\n", "mine, too\n", "theirs, again\n"}));
    QCOMPARE(contents("/root/autodl-tmp/train.py"), QByteArray("theirs, again\n"));
}

void tst_FilesEditing::aFailedUploadIsTriedAgain()
{
    seed("mkdir /root/autodl-tmp/d; echo one > /root/autodl-tmp/d/train.py");
    m_page->go("/root/autodl-tmp/d");
    edit("train.py");
    seed("rm -r /root/autodl-tmp/d; touch /root/autodl-tmp/d");
    saveAsEditorsDo(m_opened, "mine\n");
    QTRY_VERIFY_WITH_TIMEOUT(editBanner().contains(QStringLiteral("train.py was not uploaded")),
                             20000);
    QVERIFY(button("editRetry"));
    seed("rm /root/autodl-tmp/d; mkdir /root/autodl-tmp/d");
    button("editRetry")->click();
    QTRY_COMPARE_WITH_TIMEOUT(contents("/root/autodl-tmp/d/train.py"), QByteArray("mine\n"), 15000);
}

void tst_FilesEditing::largeFilesAreAskedAbout()
{
    seed("truncate -s 11M /root/autodl-tmp/big.log; mkfifo /root/autodl-tmp/pipe; "
         "ln -s pipe /root/autodl-tmp/link");
    m_page->refresh();
    select("big.log");
    choose(QStringLiteral("Edit in the local editor"));
    QTRY_VERIFY_WITH_TIMEOUT(button("editFetch"), 10000);
    const QString size = ui::format::bytes(11.0 * 1024 * 1024);
    QVERIFY2(editBanner().contains(QStringLiteral("big.log has ") + size),
             qPrintable(editBanner()));
    button("editDiscard")->click();
    QTRY_VERIFY(editBanner().isEmpty());
    QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("told"))));
    // A link to a pipe is found out.
    select("link");
    choose(QStringLiteral("Edit in the local editor"));
    QTRY_VERIFY_WITH_TIMEOUT(editBanner().contains(QStringLiteral("not a file")), 10000);
}

void tst_FilesEditing::textIsViewed()
{
    seed("echo 'lr: 0.1' > /root/autodl-tmp/config.yaml; : > /root/autodl-tmp/empty");
    m_page->refresh();
    select("config.yaml");
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(viewer());
    auto *text = viewer()->findChild<QPlainTextEdit *>();
    QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), QStringLiteral("lr: 0.1\n"), 10000);
    QTest::keyClick(viewer(), Qt::Key_Escape);
    QVERIFY(!viewer());
    select("empty");
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(viewer());
    auto *words = viewer()->findChild<ui::EmptyState *>();
    QTRY_COMPARE_WITH_TIMEOUT(words->accessibleName(), QStringLiteral("The file is empty"), 10000);
}

/// A pipe would never answer, and hold up everything that comes after it.
void tst_FilesEditing::onlyFilesAreOpened()
{
    seed("cd /root/autodl-tmp; mkfifo pipe; ln -s pipe link; dd if=/dev/zero of=big bs=1M count=1 "
         "2>/dev/null");
    m_page->refresh();
    select("link");
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(viewer(), 10000);
    auto *words = viewer()->findChild<ui::EmptyState *>();
    QTRY_VERIFY_WITH_TIMEOUT(
        words->accessibleName().contains(QStringLiteral("not a file with contents")), 10000);
    viewer()->close();
    // Closing ends the reading.
    select("big");
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(viewer());
    viewer()->close();
    QTRY_VERIFY(m_instance->session()->findChildren<transfer::RemoteAction *>().isEmpty());
    refresh();
}

void tst_FilesEditing::picturesHaveALimit()
{
    for (const int side : {64, 12000}) {
        QImage picture(side, side, QImage::Format_Mono);
        picture.fill(1);
        QVERIFY(picture.save(m_dir->filePath(QStringLiteral("%1.png").arg(side))));
    }
    m_page->upload(
        {m_dir->filePath(QStringLiteral("64.png")), m_dir->filePath(QStringLiteral("12000.png"))});
    select("12000.png");
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->running() + m_queue->waiting(), 0, 20000);
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(viewer());
    auto *words = viewer()->findChild<ui::EmptyState *>();
    QTRY_VERIFY_WITH_TIMEOUT(words->accessibleName().contains(QStringLiteral("too large")), 10000);
    viewer()->close();
    select("64.png");
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(viewer());
    const auto isShown = [this] {
        for (const auto *label : viewer()->findChildren<QLabel *>()) {
            if (!label->pixmap().isNull() && label->pixmap().width() >= 64 && label->isVisible())
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isShown(), 10000);
}

void tst_FilesEditing::aViewerKeepsItsInstance()
{
    seed("echo text > /root/autodl-tmp/a.txt");
    m_page->refresh();
    select("a.txt");
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(viewer());
    qint64 id = 0;
    connect(m_page.get(), &FilesPage::transferAdded, this, [&id](qint64 added) { id = added; });
    m_page->setInstance(m_other);
    for (auto *one : viewer()->findChildren<QPushButton *>()) {
        if (one->text() == QStringLiteral("Download"))
            one->click();
    }
    QVERIFY(id != 0);
    QCOMPARE(m_queue->find(id)->instanceId, m_instance->id());
}

/// A find that takes its time with what is called so.
void tst_FilesEditing::slowFind()
{
    seed("cat > /usr/local/bin/find <<'END'\n#!/bin/sh\n"
         "case \"$*\" in *slow*) sleep 60;; esac\nexec /usr/bin/find \"$@\"\nEND\n"
         "chmod 755 /usr/local/bin/find");
}

void tst_FilesEditing::oneQuestionAboutDeletingAtATime()
{
    seed("mkdir /root/autodl-tmp/slow /root/autodl-tmp/quick");
    slowFind();
    m_page->refresh();
    const auto counts = [this] {
        return int(m_instance->session()->findChildren<transfer::RemoteMeasure *>().size());
    };
    // The wait shows itself and can be ended.
    select("slow");
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(button("filesCancel"), 10000);
    QVERIFY(bannerText("filesBanner").contains(QStringLiteral("Counting what slow holds")));
    button("filesCancel")->click();
    QTRY_VERIFY(bannerText("filesBanner").isEmpty());
    QTRY_COMPARE(counts(), 0);
    // Another request takes its place.
    QTest::keyClick(table(), Qt::Key_Delete);
    select("quick");
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(button("filesReallyDelete"), 10000);
    QVERIFY(bannerText("filesBanner").contains(QStringLiteral("Delete quick")));
    QTRY_COMPARE(counts(), 0);
    // Another instance: neither the question nor one that is still counted stays.
    m_page->setInstance(m_other);
    QVERIFY(bannerText("filesBanner").isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(row("slow") >= 0, 10000);
    m_page->setInstance(m_instance);
    select("slow");
    QTest::keyClick(table(), Qt::Key_Delete);
    m_page->setInstance(m_other);
    QTRY_COMPARE(counts(), 0);
    m_page->setInstance(m_instance);
    // Nor when the connection goes.
    select("slow");
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(button("filesCancel"), 10000);
    m_instance->disconnectNow();
    QTRY_VERIFY(bannerText("filesBanner").isEmpty());
}

void tst_FilesEditing::theMenuActsOnWhatItWasOpenedFor()
{
    seed("mkdir /root/autodl-tmp/a /root/autodl-tmp/b");
    m_page->refresh();
    select("b");
    QAction *open = menuEntry(QStringLiteral("Open"));
    QVERIFY(open);
    seed("rmdir /root/autodl-tmp/a");
    refresh();
    open->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp/b"), 10000);
}

fleet::Instance *tst_FilesEditing::connected(const support::SshServer &server)
{
    profiles::Profile profile;
    profile.name = QStringLiteral("plain");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = server.port();
    profile.user = server.options().user;
    profile.auth = profiles::AuthKind::Key;
    profile.identityFile = server.path(QStringLiteral("id"));
    const ssh::HostKey key = server.hostKey();
    profile.trustedKeys.push_back({key.type, key.blob});
    const auto added = m_profiles->add(profile);
    fleet::Instance *instance = added ? m_fleet->byId(added->id) : nullptr;
    if (instance)
        connectInstance(instance);
    return instance;
}

void tst_FilesEditing::withoutSftpAShellServes()
{
    support::SshServer server; // no Subsystem line
    QCOMPARE(server.start(), QString());
    const QTemporaryDir there;
    const QByteArray path = QFile::encodeName(there.path());
    QVERIFY(QDir(there.path()).mkdir(QStringLiteral("folder")));
    QFile notes(there.filePath(QStringLiteral("notes.txt")));
    QVERIFY(notes.open(QFile::WriteOnly) && notes.write("first") == 5);
    notes.close();
    fleet::Instance *plain = connected(server);
    QVERIFY(plain);
    m_page->setInstance(plain);
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->path().isEmpty(), 15000);
    m_page->go(path);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), path, 10000);
    QTRY_VERIFY_WITH_TIMEOUT(row("folder") >= 0, 10000);
    QCOMPARE(size("notes.txt"), quint64(5));
    // Edited here, it goes back some other way.
    edit("notes.txt");
    saveAsEditorsDo(m_opened, "longer");
    QTRY_COMPARE_WITH_TIMEOUT(size("notes.txt"), quint64(6), 20000);
    QVERIFY(notes.open(QFile::ReadOnly));
    QCOMPARE(notes.readAll(), QByteArray("longer"));
    m_page->setInstance(m_instance);
    QVERIFY(m_profiles->remove(plain->id()));
}

void tst_FilesEditing::withNeitherThereAreWords()
{
    const QTemporaryDir tools; // all but what it takes
    for (const QString &tool : QDir(QStringLiteral("/usr/bin")).entryList(QDir::Files)) {
        if (tool != u"find" && tool != u"stat")
            QFile::link(QStringLiteral("/usr/bin/") + tool, tools.filePath(tool));
    }
    support::SshServer server; // no Subsystem line
    server.setPath(tools.path());
    QCOMPARE(server.start(), QString());
    fleet::Instance *plain = connected(server);
    QVERIFY(plain);
    m_page->setInstance(plain);
    auto *away = child<QWidget>("filesAway");
    QTRY_COMPARE_WITH_TIMEOUT(away->accessibleName(),
                              QStringLiteral("This server's files can't be listed"), 15000);
    QVERIFY(away->isVisible());
    // It is not asked again with every sample.
    const auto asks = [plain] {
        return !plain->session()->findChildren<transfer::RemoteAction *>().isEmpty() ||
               !plain->session()->findChildren<ssh::DirectoryListing *>().isEmpty();
    };
    QTRY_VERIFY(!asks());
    QSignalSpy samples(plain, &fleet::Instance::sampleArrived);
    QTRY_VERIFY_WITH_TIMEOUT(samples.count() >= 2, 15000);
    QVERIFY(!asks());
    QVERIFY(away->isVisible());
    QVERIFY(bannerText("filesBanner").isEmpty());
    // But when the user wants it.
    QVERIFY(button("filesAwayButton"));
    button("filesAwayButton")->click();
    QVERIFY(asks());
    QTRY_VERIFY_WITH_TIMEOUT(!asks() && away->isVisible(), 15000);
    m_page->setInstance(m_instance);
    QVERIFY(m_profiles->remove(plain->id()));
}

QTEST_MAIN(tst_FilesEditing)

#include "tst_FilesEditing.moc"
