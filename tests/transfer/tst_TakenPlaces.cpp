// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TakenPlaces.h"

#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

#include <sys/wait.h>

using namespace core;
using namespace core::transfer;

/// Two copies to one place at once.
class tst_TakenPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void oneHasItUntilItGoes();
    void aProgramThatDiedHasNothing();
    void aSecondCopyToOnePlaceIsRefused_data();
    void aSecondCopyToOnePlaceIsRefused();

private:
    [[nodiscard]] QByteArray path(const char *name) const
    {
        return QFile::encodeName(m_folder.filePath(QString::fromLatin1(name)));
    }

    QTemporaryDir m_folder;
    support::SshServer m_server;
};

void tst_TakenPlaces::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(m_server.start(), QString());
}

void tst_TakenPlaces::oneHasItUntilItGoes()
{
    const QByteArray place = path("a");
    {
        TakenPlaces first;
        QVERIFY(!first.take("host", {path("b"), place}));
        TakenPlaces second;
        QCOMPARE(second.take("host", {path("c"), place}), std::optional(place));
        // It took none.
        TakenPlaces third;
        QVERIFY(!third.take("host", {path("c"), place + "/below"}));
        TakenPlaces fourth;
        QVERIFY(!fourth.take("", {place}));
        TakenPlaces fifth;
        QCOMPARE(fifth.take("", {place}), std::optional(place));
    }
    TakenPlaces again;
    QVERIFY(!again.take("host", {place}));
}

void tst_TakenPlaces::aProgramThatDiedHasNothing()
{
    const pid_t child = fork();
    if (child == 0) {
        auto *lost = new TakenPlaces;
        _exit(lost->take("host", {path("d")}) ? 1 : 0);
    }
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    TakenPlaces next;
    QVERIFY(!next.take("host", {path("d")}));
}

void tst_TakenPlaces::aSecondCopyToOnePlaceIsRefused_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("files");
    QTest::newRow("put file") << int(Direction::Put) << 1;
    QTest::newRow("put folder") << int(Direction::Put) << 100;
    QTest::newRow("get file") << int(Direction::Get) << 1;
    QTest::newRow("get folder") << int(Direction::Get) << 100;
}

void tst_TakenPlaces::aSecondCopyToOnePlaceIsRefused()
{
    QFETCH(int, direction);
    QFETCH(int, files);
    const QByteArray name = QByteArray("source") + QTest::currentDataTag();
    const QByteArray from = path(name.constData());
    QVERIFY(QDir().mkpath(QFile::decodeName(from)));
    QByteArray bytes(5'000'000 / files, Qt::Uninitialized);
    QRandomGenerator random(7); // what shrinks would not take its time
    for (int i = 0; i < files; ++i) {
        QFile file(QFile::decodeName(from + "/f" + QByteArray::number(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        QCOMPARE(file.write(bytes), bytes.size());
    }
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.sources = {files == 1 ? from + "/f0" : from};
    wanted.target = path("copy") + QTest::currentDataTag() + '/';
    wanted.bytesPerSecond = 500'000;
    Transfer first(wanted, m_server.options());
    QSignalSpy finished(&first, &Operation::finished);
    first.start();
    QTRY_VERIFY_WITH_TIMEOUT(first.progress().bytes > 0, 20000);

    wanted.bytesPerSecond = 0;
    const TransferRun second(wanted, m_server.options());
    QVERIFY2(second.isFinished && !second.error, second.words().constData());
    QCOMPARE(second.summary.files, 0);
    QVERIFY(second.summary.failed > 0);
    QVERIFY2(second.words().contains("another copy is writing there"), second.words().constData());
    // Elsewhere nothing is in the way.
    TransferRequest elsewhere = wanted;
    elsewhere.target = wanted.target + "too/";
    const TransferRun other(elsewhere, m_server.options());
    QVERIFY2(other.isWhole(), other.words().constData());
    QVERIFY(!first.isFinished());

    first.cancel();
    QTRY_COMPARE(finished.count(), 1);
    const TransferRun third(wanted, m_server.options());
    QVERIFY2(third.isWhole(), third.words().constData());
    QCOMPARE(third.summary.files, files);
}

QTEST_GUILESS_MAIN(tst_TakenPlaces)
#include "tst_TakenPlaces.moc"
