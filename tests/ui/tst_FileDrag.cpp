// SPDX-License-Identifier: GPL-3.0-or-later
// Dragged with the mouse out of the list into another program's window; dropped beside the list.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/TransferQueue.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"
#include "ui/common/Theme.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FilesPage.h"

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace core;
using fleet::Instance;
using ui::files::FileModel;
using ui::files::FilesPage;
using ui::files::FileTable;

class tst_FileDrag : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aFileIsDraggedOut();
    void aFolderAndAFileAreDraggedOut();
    void kdesFileManagersAreServed();
    void nothingIsCopiedWithoutADrop();
    void filesAreDroppedBesideTheList();
    void rowsAreMovedToPlacesAndUp();
    void namesBelowAreFound();

private:
    void seed(const QByteArray &command);
    void show(const QByteArray &path, const QByteArray &name);
    [[nodiscard]] FileModel *model() const { return m_page->findChild<FileModel *>(); }
    [[nodiscard]] FileTable *table() const { return m_page->findChild<FileTable *>(); }
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1StringView(name));
    }
    void startTarget(const QString &mode = QStringLiteral("xds"));
    [[nodiscard]] QPoint on(const QByteArray &name) const;
    void drag(const QPoint &from, const QPoint &to);
    static bool drop(QWidget *onto, const QPoint &at, const QMimeData &data);
    [[nodiscard]] QByteArray local(const QString &name) const;

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_dir;
    SystemClock m_clock;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    std::unique_ptr<fleet::Fleet> m_fleet;
    std::unique_ptr<fleet::TransferQueue> m_queue;
    std::unique_ptr<FilesPage> m_page;
    std::unique_ptr<QProcess> m_target;
    QByteArray m_told;
    Instance *m_instance = nullptr;
};

namespace {

constexpr QPoint targetAt(1200, 100);
constexpr int targetSize = 300;

} // namespace

void tst_FileDrag::initTestCase()
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
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session() && m_instance->sample(), 60000);
}

void tst_FileDrag::init()
{
    seed("rm -rf /root/autodl-tmp/* /root/moved");
    m_page = std::make_unique<FilesPage>(*m_queue);
    m_page->setGeometry(100, 100, 900, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->setInstance(m_instance);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp"), 10000);
}

void tst_FileDrag::cleanup()
{
    if (m_target) {
        m_target->kill();
        m_target->waitForFinished();
    }
    m_target.reset();
    m_page.reset();
    m_queue->removeEnded();
}

void tst_FileDrag::seed(const QByteArray &command)
{
    ssh::Exec *exec = m_instance->session()->exec(command);
    QSignalSpy finished(exec, &Operation::finished);
    QVERIFY(finished.wait(15000));
    QCOMPARE(exec->exitCode(), 0);
    exec->deleteLater();
}

/// Goes to \a path and waits for \a name there.
void tst_FileDrag::show(const QByteArray &path, const QByteArray &name)
{
    if (m_page->path() == path)
        child<QToolButton>("filesRefresh")->click();
    else
        m_page->go(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->path() == path && model()->rowOf(name) >= 0, 10000);
}

void tst_FileDrag::startTarget(const QString &mode)
{
    QDir(m_dir->path()).mkpath(QStringLiteral("out"));
    m_told.clear();
    m_target = std::make_unique<QProcess>();
    connect(m_target.get(), &QProcess::readyReadStandardOutput, this,
            [this] { m_told += m_target->readAllStandardOutput(); });
    m_target->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_target->start(QStringLiteral(DANLU_SOURCE_DIR "/tests/support/xds-target"),
                    {QString::number(targetAt.x()), QString::number(targetAt.y()),
                     QString::number(targetSize), m_dir->filePath(QStringLiteral("out")), mode});
    QTRY_VERIFY_WITH_TIMEOUT(m_told.contains("ready"), 10000);
}

QPoint tst_FileDrag::on(const QByteArray &name) const
{
    const QRect box = table()->visualRect(model()->index(model()->rowOf(name), FileModel::Name));
    return table()->viewport()->mapToGlobal(QPoint(box.left() + 40, box.center().y()));
}

/// With the X server's own pointer. In another process: Qt does not come back from a drag before
/// the button is released.
void tst_FileDrag::drag(const QPoint &from, const QPoint &to)
{
    const auto move = [](const QPoint &at) {
        return QStringList{QStringLiteral("mousemove"), QString::number(at.x()),
                           QString::number(at.y()), QStringLiteral("sleep"), QStringLiteral("0.1")};
    };
    QStringList words = move(from) + QStringList{QStringLiteral("mousedown"), QStringLiteral("1")};
    for (int step = 1; step <= 8; ++step)
        words += move(from + (to - from) * step / 8);
    words += move(to + QPoint(1, 1));
    words += QStringList{QStringLiteral("mouseup"), QStringLiteral("1")};
    QProcess mouse;
    QSignalSpy finished(&mouse, &QProcess::finished);
    mouse.start(QStringLiteral("xdotool"), words);
    QVERIFY(finished.wait(20000));
    QCOMPARE(mouse.exitCode(), 0);
}

QByteArray tst_FileDrag::local(const QString &name) const
{
    QFile file(m_dir->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_FileDrag::aFileIsDraggedOut()
{
    if (QGuiApplication::platformName() != u"xcb")
        QSKIP("X11 only");
    seed("cd /root/autodl-tmp && head -c 3000000 /dev/zero | tr '\\0' 'r' > 'best 1.pt'");
    show("/root/autodl-tmp", "best 1.pt");
    startTarget();
    QCOMPARE(m_queue->transfers().size(), std::size_t(0));
    drag(on("best 1.pt"), targetAt + QPoint(targetSize / 2, targetSize / 2));
    QTRY_VERIFY_WITH_TIMEOUT(m_told.contains("answer"), 10000);
    // No list of URIs is offered: there is no such file before it is copied.
    QVERIFY2(m_told.contains("name best 1.pt False\nanswer S"), m_told.constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->transfers().size(), std::size_t(1), 10000);
    QCOMPARE(m_queue->transfers()[0]->request.direction, transfer::Direction::Get);
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->transfers()[0]->status, history::TransferStatus::Done,
                              20000);
    QCOMPARE(local(QStringLiteral("out/best 1.pt")), QByteArray(3'000'000, 'r'));
}

void tst_FileDrag::aFolderAndAFileAreDraggedOut()
{
    if (QGuiApplication::platformName() != u"xcb")
        QSKIP("X11 only");
    seed("cd /root/autodl-tmp && mkdir -p runs/exp && echo 1 > runs/exp/log && echo 2 > notes");
    show("/root/autodl-tmp", "notes");
    startTarget();
    table()->selectAll();
    drag(on("runs"), targetAt + QPoint(targetSize / 2, targetSize / 2));
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->transfers().size(), std::size_t(1), 10000);
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->transfers()[0]->status, history::TransferStatus::Done,
                              20000);
    QCOMPARE(local(QStringLiteral("out/runs/exp/log")), QByteArray("1\n"));
    QCOMPARE(local(QStringLiteral("out/notes")), QByteArray("2\n"));
}

void tst_FileDrag::kdesFileManagersAreServed()
{
    if (QGuiApplication::platformName() != u"xcb")
        QSKIP("X11 only");
    seed("echo 3 > /root/autodl-tmp/for-kde");
    show("/root/autodl-tmp", "for-kde");
    startTarget(QStringLiteral("ark"));
    drag(on("for-kde"), targetAt + QPoint(targetSize / 2, targetSize / 2));
    QTRY_VERIFY_WITH_TIMEOUT(m_told.contains("answer 0"), 10000);
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->transfers().size(), std::size_t(1), 10000);
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->transfers()[0]->status, history::TransferStatus::Done,
                              20000);
    QCOMPARE(local(QStringLiteral("out/for-kde")), QByteArray("3\n"));
}

void tst_FileDrag::nothingIsCopiedWithoutADrop()
{
    if (QGuiApplication::platformName() != u"xcb")
        QSKIP("X11 only");
    seed("echo 1 > /root/autodl-tmp/stays");
    show("/root/autodl-tmp", "stays");
    startTarget();
    drag(on("stays"), QPoint(1100, 900)); // onto the bare desktop
    QCOMPARE(m_queue->transfers().size(), std::size_t(0));
    QVERIFY(!m_told.contains("answer"));
    QVERIFY(table()->isEnabled());
    QCOMPARE(table()->selectedNames(), QByteArrayList{"stays"});
}

bool tst_FileDrag::drop(QWidget *onto, const QPoint &at, const QMimeData &data)
{
    QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                          Qt::NoModifier);
    QApplication::sendEvent(onto, &enter);
    QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(onto, &event);
    return event.isAccepted();
}

void tst_FileDrag::filesAreDroppedBesideTheList()
{
    QFile file(m_dir->filePath(QStringLiteral("local.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("local") == 5);
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    // The page itself, its fields too: into the folder that is shown.
    QVERIFY(drop(m_page.get(), QPoint(5, m_page->height() - 5), data));
    QTRY_VERIFY_WITH_TIMEOUT(model()->rowOf("local.txt") >= 0, 15000);
    QVERIFY(!child<QLineEdit>("filesPath")->acceptDrops());
    // A place: into it.
    auto *places = child<QListView>("places");
    QModelIndex home;
    for (int row = 0; row < places->model()->rowCount(); ++row) {
        if (places->model()->index(row, 0).data().toString() == QStringLiteral("Home"))
            home = places->model()->index(row, 0);
    }
    QVERIFY(home.isValid());
    QVERIFY(drop(places->viewport(), places->visualRect(home).center(), data));
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->running() + m_queue->waiting(), 0, 15000);
    show("/root", "local.txt");
    seed("rm /root/local.txt");
}

void tst_FileDrag::rowsAreMovedToPlacesAndUp()
{
    seed("mkdir -p /root/moved /root/autodl-tmp/sub && echo 1 > /root/moved/across && "
         "echo 2 > /root/autodl-tmp/sub/deep");
    show("/root/moved", "across");
    QMimeData rows;
    rows.setData(QStringLiteral("application/x-danlu-remote-files"),
                 m_instance->id().toUtf8() + QByteArray("\0/root/moved\0across\0", 20));
    // From the system disk to the data disk, which is another file system.
    auto *places = child<QListView>("places");
    QVERIFY(
        drop(places->viewport(), places->visualRect(places->model()->index(0, 0)).center(), rows));
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowOf("across"), -1, 15000);
    show("/root/autodl-tmp", "across");
    show("/root/autodl-tmp/sub", "deep");
    QMimeData deep;
    deep.setData(QStringLiteral("application/x-danlu-remote-files"),
                 m_instance->id().toUtf8() + QByteArray("\0/root/autodl-tmp/sub\0deep\0", 27));
    auto *up = child<QToolButton>("filesUp");
    QVERIFY(drop(up, up->rect().center(), deep));
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowOf("deep"), -1, 15000);
    show("/root/autodl-tmp", "deep");
}

void tst_FileDrag::namesBelowAreFound()
{
    seed("cd /root/autodl-tmp && mkdir -p a/b && echo 1 > a/b/Best.pt && echo 2 > a/other && "
         "echo 3 > best.txt");
    show("/root/autodl-tmp", "a");
    auto *field = child<QLineEdit>("filesFilter");
    field->setText(QStringLiteral("best"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 2, 10000);
    QVERIFY(model()->rowOf("a/b/Best.pt") >= 0);
    QVERIFY(model()->rowOf("best.txt") >= 0);
    QCOMPARE(m_page->path(), QByteArray("/root/autodl-tmp"));
    // What was found is deleted there where it is.
    table()->select({"a/b/Best.pt"});
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QPushButton *yes = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((yes = child<QPushButton>("filesReallyDelete")) && yes->isVisible(),
                             10000);
    yes->click();
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 1, 10000);
    QVERIFY(model()->areResults());
    // Back in the folder.
    QTest::keyClick(table(), Qt::Key_Backspace);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->areResults() && model()->rowOf("a") >= 0, 10000);
    QVERIFY(field->text().isEmpty());
}

QTEST_MAIN(tst_FileDrag)

#include "tst_FileDrag.moc"
