// SPDX-License-Identifier: GPL-3.0-or-later
// Two programs never have the same queue.
#include "app/danlu/SingleInstance.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using danlu::SingleInstance;

class tst_SingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSecondIsToldAndTheFirstIsRaised();
    void foldersDoNotKnowOfEachOther();
    void aFolderThatCannotBeWrittenIsNobodys();
    void theProgramEndsWhenAnotherRuns();
};

void tst_SingleInstance::theSecondIsToldAndTheFirstIsRaised()
{
    const QTemporaryDir directory;
    {
        const SingleInstance first(directory.path());
        QVERIFY(first.isFirst());
        const SingleInstance second(directory.path());
        QVERIFY(!second.isFirst());
        // The answer needs the first one's event loop, which is this one's.
        QVERIFY(!second.raiseFirst());
        QSignalSpy raised(&first, &SingleInstance::raiseAsked);
        QTRY_COMPARE(raised.count(), 1);
    }
    const SingleInstance next(directory.path());
    QVERIFY(next.isFirst());
}

void tst_SingleInstance::foldersDoNotKnowOfEachOther()
{
    const QTemporaryDir directory;
    const SingleInstance one(directory.path() + QStringLiteral("/new/one"));
    const SingleInstance other(directory.path() + QStringLiteral("/new/other"));
    QVERIFY(one.isFirst());
    QVERIFY(other.isFirst());
}

void tst_SingleInstance::aFolderThatCannotBeWrittenIsNobodys()
{
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const SingleInstance none(file.fileName());
    QVERIFY(!none.isFirst());
    QVERIFY(!none.raiseFirst());
}

void tst_SingleInstance::theProgramEndsWhenAnotherRuns()
{
    const QTemporaryDir directory;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_SECRETS"), QStringLiteral("session"));
    const auto start = [&](QProcess &program) {
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(DANLU_BIN_DIR "/danlu"),
                      {QStringLiteral("--config-dir"), directory.path()});
        return program.waitForStarted();
    };
    QProcess first;
    QVERIFY(start(first));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(directory.filePath(QStringLiteral("history.db"))),
                             20000);
    QProcess second;
    QVERIFY(start(second));
    QTRY_COMPARE_WITH_TIMEOUT(second.state(), QProcess::NotRunning, 20000);
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(first.state(), QProcess::Running);
    first.kill();
    QVERIFY(first.waitForFinished());
    // One that crashed holds nobody up.
    const QString history = directory.filePath(QStringLiteral("history.db"));
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(history + QLatin1StringView(suffix));
    QProcess third;
    QVERIFY(start(third));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(history), 20000);
    QCOMPARE(third.state(), QProcess::Running);
    third.kill();
    QVERIFY(third.waitForFinished());
}

QTEST_MAIN(tst_SingleInstance)
#include "tst_SingleInstance.moc"
