// SPDX-License-Identifier: GPL-3.0-or-later
// The Transfers page, and what the window tells of copies, on the simulated instance.
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"
#include "ui/transfers/TransferModel.h"
#include "ui/transfers/TransferWords.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace core;
using fleet::Instance;
using fleet::QueuedTransfer;
using history::TransferStatus;
using transfer::TransferRequest;
using ui::transfers::TransferModel;

class tst_Transfers : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void itSaysWhatItWaitsForAndConnects();
    void troubleIsToldAndMarkedUntilLookedAt();
    void takenNamesAreAskedAboutInTheWindow();
    void someOfTheTakenNamesAreChosen();
    void whatIsCancelledCanBeRemoved();
    void whatAllFailuresHaveInCommonIsTold();
    void equalTroublesAreToldOnce();
    void whatWasChosenHasWords();
    void severalAreSteeredByKeys();
    void theOrderIsChangedByRows();
    void onlyOneInstancesCopiesAreShown();
    void namesNeverBecomeMarkup();
    void theEndIsAskedAbout();
    void removingAnInstanceSaysWhatEnds();
    void theLimitIsSetInEitherPlace();
    void everyWordIsTranslatedAtRunTime();

private:
    void showPage();
    /// The data disk, too.
    void connectEmpty();
    [[nodiscard]] ui::Banner *problem() const { return child<ui::Banner>("transferProblem"); }
    [[nodiscard]] QListView *list() const { return child<QListView>("transferList"); }
    [[nodiscard]] TransferStatus status(qint64 id) const { return m_queue->find(id)->status; }
    [[nodiscard]] QByteArray local(const char *name, qsizetype size);
    qint64 put(const QByteArray &from, const QByteArray &to);
};

void tst_Transfers::initTestCase()
{
    startRig();
}

void tst_Transfers::init()
{
    makeServices();
    addRig();
    showWindow();
}

void tst_Transfers::cleanup()
{
    closeWindow();
}

void tst_Transfers::connectEmpty()
{
    connectIt();
    remote("rm -rf /root/autodl-tmp/*");
}

void tst_Transfers::showPage()
{
    child<QToolButton>("showTransfers")->setChecked(true);
    QVERIFY(child<QWidget>("transfersPage")->isVisible());
}

QByteArray tst_Transfers::local(const char *name, qsizetype size)
{
    QFile file(m_dir->filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray(size, 'a')) != size)
        qFatal("no local file");
    return QFile::encodeName(file.fileName());
}

qint64 tst_Transfers::put(const QByteArray &from, const QByteArray &to)
{
    TransferRequest request;
    request.sources = {from};
    request.target = "/root/autodl-tmp/" + to;
    return m_queue->add(m_instance->id(), request);
}

void tst_Transfers::itSaysWhatItWaitsForAndConnects()
{
    const qint64 id = put(local("w", 1000), "w");
    const qint64 orphan = m_queue->add(QStringLiteral("removed"), m_queue->find(id)->request);
    showPage();
    QTRY_COMPARE(problem()->text(), QStringLiteral("Waits for the connection"));
    list()->setCurrentIndex(list()->model()->index(1, 0));
    QTRY_COMPARE(problem()->text(), QStringLiteral("Its instance was removed"));
    m_queue->cancel(orphan);
    list()->setCurrentIndex(list()->model()->index(0, 0));
    // A password that is wrong is asked for where it always is, and nothing breaks.
    m_instance->offerSecret(SecretBytes("wrong"), false);
    QTRY_VERIFY(child<QPushButton>("transferConnect"));
    click("transferConnect");
    auto *field = child<QLineEdit>("secretField");
    QTRY_VERIFY_WITH_TIMEOUT(field && field->isVisible(), 60000);
    QCOMPARE(status(id), TransferStatus::Queued);
    QTest::keyClicks(field, m_rig->text("password"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 60000);
}

void tst_Transfers::troubleIsToldAndMarkedUntilLookedAt()
{
    connectEmpty();
    const QString before = child<QToolButton>("showTransfers")->text();
    const qint64 id = put("/not/there", "x");
    auto *notice = child<ui::Banner>("notice");
    QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible(), 60000);
    QVERIFY2(notice->text().contains(QStringLiteral("there")), qPrintable(notice->text()));
    QVERIFY(child<QToolButton>("showTransfers")->text().contains(QStringLiteral("1")));
    click("noticeShow");
    QVERIFY(!notice->isVisible());
    QVERIFY(child<QWidget>("transfersPage")->isVisible());
    QCOMPARE(child<QToolButton>("showTransfers")->text(), before);
    QCOMPARE(list()->currentIndex().data(TransferModel::IdRole).toLongLong(), id);
    QVERIFY(problem()->isVisible());
    // Looked at, nothing further is told.
    m_queue->retry(id);
    QTRY_VERIFY_WITH_TIMEOUT(history::hasEnded(status(id)), 60000);
    QVERIFY(!notice->isVisible());
}

void tst_Transfers::takenNamesAreAskedAboutInTheWindow()
{
    connectEmpty();
    remote("echo old > /root/autodl-tmp/taken");
    const qint64 id = put(local("taken", 1000), "taken");
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Partly, 60000);
    QTRY_VERIFY(child<ui::Banner>("notice")->isVisible());
    click("noticeReplace");
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 60000);
    QVERIFY(!child<ui::Banner>("notice")->isVisible());
    remote("test $(stat -c %s /root/autodl-tmp/taken) = 1000");
}

void tst_Transfers::someOfTheTakenNamesAreChosen()
{
    connectEmpty();
    remote("cd /root/autodl-tmp && echo old > c1 && echo old > c2");
    TransferRequest request;
    request.sources = {local("c1", 1000), local("c2", 1000)};
    request.target = "/root/autodl-tmp/";
    showPage();
    const qint64 id = m_queue->add(m_instance->id(), request);
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Partly, 60000);
    QTRY_VERIFY(child<QPlainTextEdit>("transferFailures")->isVisible());
    click("transferChoose");
    auto *choices = child<QListWidget>("transferChoices");
    QVERIFY(choices->isVisible());
    QCOMPARE(choices->count(), 2);
    const int second = choices->item(0)->text().endsWith(QStringLiteral("c2")) ? 0 : 1;
    choices->item(second)->setCheckState(Qt::Checked);
    click("transferReplaceChosen");
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 60000);
    remote("cd /root/autodl-tmp && test $(stat -c %s c1) = 4 && test $(stat -c %s c2) = 1000");
}

/// Also when it was not the last one that ended.
void tst_Transfers::whatIsCancelledCanBeRemoved()
{
    connectEmpty();
    m_queue->setLimit(64 * 1024);
    const qint64 first = put(local("k1", 4'000'000), "k1");
    const qint64 second = put(local("k2", 4'000'000), "k2");
    showPage();
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(first)->progress.bytes > 0 &&
                                 m_queue->find(second)->progress.bytes > 0,
                             60000);
    list()->setCurrentIndex(list()->model()->index(0, 0));
    const qint64 shown = list()->currentIndex().data(TransferModel::IdRole).toLongLong();
    // While the other one goes on, its unfinished file has the same kind of name.
    m_queue->cancel(shown);
    QTRY_COMPARE(problem()->text(), QStringLiteral("Cancelled"));
    QVERIFY(child<QPushButton>("transferAgain"));
    QVERIFY(!child<QPushButton>("transferLeftovers"));
    click("cancelAll");
    QTRY_VERIFY(child<QPushButton>("transferLeftovers"));
    QVERIFY(child<QPushButton>("transferAgain"));
    for (const qint64 id : {first, second}) {
        QTRY_VERIFY(list()->model()->rowCount() == 2);
        for (int row = 0; row < 2; ++row) {
            const QModelIndex index = list()->model()->index(row, 0);
            if (index.data(TransferModel::IdRole).toLongLong() == id)
                list()->setCurrentIndex(index);
        }
        QTRY_VERIFY(child<QPushButton>("transferLeftovers"));
        click("transferLeftovers");
        QTRY_COMPARE_WITH_TIMEOUT(problem()->text(),
                                  QStringLiteral("Unfinished files were removed"), 20000);
    }
    remote("test -z \"$(ls -A /root/autodl-tmp)\"");
    m_queue->setLimit(0);
}

void tst_Transfers::whatAllFailuresHaveInCommonIsTold()
{
    connectEmpty();
    TransferRequest request;
    request.sources = {local("only", 1000)};
    request.target = "/root/autodl-pub/";
    showPage();
    const qint64 id = m_queue->add(m_instance->id(), request);
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Partly, 60000);
    QTRY_VERIFY(problem()->text().contains(QStringLiteral("not copied")));
    const QString why = problem()->accessibleDescription();
    QVERIFY2(why.contains(QStringLiteral("read-only")), qPrintable(why));
    QVERIFY2(why.contains(QStringLiteral("Use a folder of your own")), qPrintable(why));
    QVERIFY2(!why.contains(QStringLiteral("The others")), qPrintable(why));
    QVERIFY(child<QPushButton>("transferAgain"));
}

void tst_Transfers::equalTroublesAreToldOnce()
{
    using transfer::FileOutcome;
    const auto failed = [](const QByteArray &path, const QString &detail) {
        FileOutcome one;
        one.path = path;
        one.result = FileOutcome::Result::Failed;
        one.error = Error{ErrorCode::RemoteFailed, Step::Transfer, detail};
        return one;
    };
    const QString tar = QStringLiteral("tar: write error\ntar: Exiting with failure status");
    std::vector<FileOutcome> all{
        failed("set/a", tar),
        failed("set/b", tar),
        failed("set/x", QStringLiteral("/d/set/x.danlu-part: open: Failure")),
        failed("set/c", tar),
        failed("set/y", QStringLiteral("/d/set/y.danlu-part: open: Failure")),
        failed("set/z", QStringLiteral("something else"))};
    all.push_back(failed("set/t", {}));
    all.back().isTaken = true;
    const QStringList lines = ui::transfers::outcomeLines(all);
    const QString text = lines.join(u'\n');
    QVERIFY2(lines[0].startsWith(QStringLiteral("3 files: ")), qPrintable(text));
    QVERIFY2(lines[0].contains(QStringLiteral("tar: write error tar: Exiting")), qPrintable(text));
    QCOMPARE(lines.mid(1, 3), (QStringList{QStringLiteral("    set/a"), QStringLiteral("    set/b"),
                                           QStringLiteral("    set/c")}));
    // The server's bare word comes with what was tried, and the title tells what may be.
    QVERIFY2(lines[4].startsWith(QStringLiteral("2 files: ")), qPrintable(text));
    QVERIFY2(lines[4].endsWith(QStringLiteral("(open: Failure)")), qPrintable(text));
    QCOMPARE(text.count(QStringLiteral("write error")), 1);
    QVERIFY2(text.contains(QStringLiteral("set/z: ")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("set/t: a different file has this name")),
             qPrintable(text));
    QCOMPARE(lines.size(), 9);
}

void tst_Transfers::whatWasChosenHasWords()
{
    using ui::transfers::protocolWords;
    QCOMPARE(protocolWords("tar+gzip"), QStringLiteral("tar stream with gzip"));
    QCOMPARE(protocolWords("tar+zstd"), QStringLiteral("tar stream with zstd"));
    QCOMPARE(protocolWords("sftp+tar"), QStringLiteral("tar stream + SFTP"));
    QCOMPARE(protocolWords("scp"), QStringLiteral("SCP"));
}

void tst_Transfers::severalAreSteeredByKeys()
{
    std::vector<qint64> ids;
    for (const char *name : {"s1", "s2", "s3"})
        ids.push_back(put(local(name, 10), name));
    showPage();
    QTRY_COMPARE(list()->model()->rowCount(), 3);
    list()->setFocus();
    list()->setCurrentIndex(list()->model()->index(0, 0));
    QTest::keyClick(list(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(list(), Qt::Key_Space);
    QCOMPARE(status(ids[0]), TransferStatus::Paused);
    QCOMPARE(status(ids[1]), TransferStatus::Paused);
    QCOMPARE(status(ids[2]), TransferStatus::Queued);
    QTest::keyClick(list(), Qt::Key_Space);
    QCOMPARE(status(ids[0]), TransferStatus::Queued);
    QTest::keyClick(list(), Qt::Key_Delete);
    QCOMPARE(status(ids[0]), TransferStatus::Cancelled);
    QCOMPARE(status(ids[1]), TransferStatus::Cancelled);
    click("cancelAll");
    QCOMPARE(status(ids[2]), TransferStatus::Cancelled);
    list()->selectAll();
    QTest::keyClick(list(), Qt::Key_Delete);
    QVERIFY(m_queue->transfers().empty());
}

void tst_Transfers::theOrderIsChangedByRows()
{
    std::vector<qint64> ids;
    for (const char *name : {"o1", "o2", "o3"})
        ids.push_back(put(local(name, 10), name));
    showPage();
    QAbstractItemModel *model = list()->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto order = [model] {
        std::vector<qint64> shown;
        for (int row = 0; row < model->rowCount(); ++row)
            shown.push_back(model->index(row, 0).data(TransferModel::IdRole).toLongLong());
        return shown;
    };
    // What the view does when a row is dropped.
    QVERIFY(model->flags(model->index(0, 0)).testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(model->moveRow({}, 0, {}, 3));
    QCOMPARE(order(), (std::vector<qint64>{ids[1], ids[2], ids[0]}));
    QVERIFY(model->moveRow({}, 2, {}, 1));
    QCOMPARE(order(), (std::vector<qint64>{ids[1], ids[0], ids[2]}));
    list()->setCurrentIndex(model->index(2, 0));
    click("transferFirst");
    QCOMPARE(order(), (std::vector<qint64>{ids[2], ids[1], ids[0]}));
    m_queue->cancel(ids[2]);
    QVERIFY(!model->flags(model->index(2, 0)).testFlag(Qt::ItemIsDragEnabled));
}

void tst_Transfers::onlyOneInstancesCopiesAreShown()
{
    profiles::Profile other;
    other.name = QStringLiteral("other");
    other.host = QStringLiteral("127.0.0.1");
    const auto added = m_profiles->add(other);
    QVERIFY(added);
    const qint64 mine = put(local("f1", 10), "f1");
    m_queue->add(added->id, m_queue->find(mine)->request);
    showPage();
    auto *filter = child<QComboBox>("transferFilter");
    QVERIFY(filter->isVisible());
    QCOMPARE(filter->count(), 3);
    QCOMPARE(list()->model()->rowCount(), 2);
    filter->setCurrentIndex(filter->findData(m_instance->id()));
    QCOMPARE(list()->model()->rowCount(), 1);
    QCOMPARE(list()->model()->index(0, 0).data(TransferModel::IdRole).toLongLong(), mine);
    m_queue->remove(mine);
    QVERIFY(!filter->isVisible());
    QCOMPARE(list()->model()->rowCount(), 1);
}

void tst_Transfers::namesNeverBecomeMarkup()
{
    const qint64 id = put("/tmp/<b>x</b>\x1b[0m", "<img src=x>");
    showPage();
    const QString tip = list()->model()->index(0, 0).data(Qt::ToolTipRole).toString();
    QVERIFY(Qt::mightBeRichText(tip));
    QVERIFY2(!tip.contains(QStringLiteral("<img")), qPrintable(tip));
    const QString title = ui::transfers::titleWords(*m_queue->find(id));
    QVERIFY2(!title.contains(QChar(0x1b)), qPrintable(title));
    m_window->close();
    auto *box = child<QMessageBox>("quitBox");
    QVERIFY(box);
    for (const QLabel *label : box->findChildren<QLabel *>())
        QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText ||
                !Qt::mightBeRichText(label->text()));
}

void tst_Transfers::theEndIsAskedAbout()
{
    const qint64 id = put(local("named", 10), "named");
    m_window->close();
    QVERIFY(m_window->isVisible());
    auto *box = child<QMessageBox>("quitBox");
    QVERIFY(box && box->isVisible());
    QVERIFY(box->informativeText().contains(QStringLiteral("named")));
    m_window->close(); // asks no second time
    QCOMPARE(m_window->findChildren<QMessageBox *>(QStringLiteral("quitBox")).size(), 1);
    click("quitStay");
    QVERIFY(m_window->isVisible());
    QVERIFY(!child<QMessageBox>("quitBox"));
    m_window->close();
    click("quitConfirm");
    QTRY_VERIFY(!m_window->isVisible());
    QCOMPARE(status(id), TransferStatus::Queued);
}

void tst_Transfers::removingAnInstanceSaysWhatEnds()
{
    const qint64 id = put(local("r", 10), "r");
    auto *instances = child<QListView>("instanceList");
    instances->setFocus();
    QTest::keyClick(instances, Qt::Key_Delete);
    auto *box = child<QMessageBox>("removeBox");
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains(QStringLiteral("copies")),
             qPrintable(box->informativeText()));
    click("removeConfirm");
    QCOMPARE(status(id), TransferStatus::Cancelled);
}

void tst_Transfers::theLimitIsSetInEitherPlace()
{
    showPage();
    auto *limit = child<QComboBox>("transferLimit");
    child<QToolButton>("showSettings")->setChecked(true);
    auto *spin = child<QDoubleSpinBox>("settingsLimit");
    spin->setValue(3.5);
    QCOMPARE(m_queue->limit(), qint64(3.5 * 1024 * 1024));
    QCOMPARE(limit->currentData().toLongLong(), m_queue->limit());
    limit->setCurrentIndex(0);
    QCOMPARE(m_queue->limit(), 0);
    QCOMPARE(spin->value(), 0.0);
    QCOMPARE(m_settings->copyLimit(), 0);
}

void tst_Transfers::everyWordIsTranslatedAtRunTime()
{
    put(local("z", 10), "z");
    showPage();
    QTRY_VERIFY(problem()->isVisible());
    QTRY_COMPARE(problem()->text(), QStringLiteral("Waits for the connection"));
    QEvent change(QEvent::LanguageChange);
    QCoreApplication::sendEvent(child<QWidget>("transfersPage"), &change);
    // Said anew, not lost.
    QVERIFY(problem()->isVisible());
    QCOMPARE(child<QComboBox>("transferFilter")->count(), 2);
}

QTEST_MAIN(tst_Transfers)
#include "tst_Transfers.moc"
