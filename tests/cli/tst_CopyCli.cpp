// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli put and get on a terminal: names that are taken are asked about.
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

class tst_CopyCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void takenNamesAreAskedAbout_data();
    void takenNamesAreAskedAbout();

private:
    support::SshServer m_server;
};

namespace {

void write(const QString &path, const QByteArray &text, qint64 modified)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    QVERIFY(file.flush());
    QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(modified),
                             QFileDevice::FileModificationTime));
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
}

} // namespace

void tst_CopyCli::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
}

void tst_CopyCli::takenNamesAreAskedAbout_data()
{
    QTest::addColumn<bool>("isPut");
    QTest::addColumn<QByteArrayList>("answers");
    QTest::addColumn<QByteArray>("contents"); // of a, b and c there afterwards
    QTest::addColumn<QByteArray>("said");
    for (const bool isPut : {true, false}) {
        const char *way = isPut ? "put" : "get";
        QTest::addRow("%s: keep", way)
            << isPut << QByteArrayList{""} << QByteArray("old old new") << QByteArray("2 skipped");
        QTest::addRow("%s: all", way)
            << isPut << QByteArrayList{"a"} << QByteArray("new new new") << QByteArray("3 files");
        QTest::addRow("%s: newer", way)
            << isPut << QByteArrayList{"n"} << QByteArray("old new new") << QByteArray("1 skipped");
        QTest::addRow("%s: each", way) << isPut << QByteArrayList{"e", "y", "n"}
                                       << QByteArray("new old new") << QByteArray("2 files");
        QTest::addRow("%s: each, none", way)
            << isPut << QByteArrayList{"e", "", "n"} << QByteArray("old old new")
            << QByteArray("2 skipped");
    }
}

void tst_CopyCli::takenNamesAreAskedAbout()
{
    QFETCH(const bool, isPut);
    QFETCH(const QByteArrayList, answers);
    QTemporaryDir dir;
    const QDir root(dir.path());
    QVERIFY(root.mkpath(QStringLiteral("from/t")) && root.mkpath(QStringLiteral("to/t")));
    constexpr qint64 noon = 1'700'000'000;
    for (const char *name : {"a", "b", "c"})
        write(root.filePath(QStringLiteral("from/t/") + QLatin1StringView(name)), "new", noon);
    write(root.filePath(QStringLiteral("to/t/a")), "old", noon + 1000);
    write(root.filePath(QStringLiteral("to/t/b")), "old", noon - 1000);

    const QString there =
        QStringLiteral("%1@127.0.0.1:%2:").arg(m_server.options().user).arg(m_server.port());
    const QString words =
        QStringLiteral("%1 --identity %2 --host-key accept-new %3 %4 %5")
            .arg(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"), m_server.path(QStringLiteral("id")),
                 isPut ? QStringLiteral("put") : QStringLiteral("get"),
                 (isPut ? QString() : there) + root.filePath(QStringLiteral("from/t")),
                 (isPut ? there : QString()) + root.filePath(QStringLiteral("to/")));
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_CONFIG_DIR"), root.filePath(QStringLiteral("config")));
    environment.insert(QStringLiteral("DANLU_SECRETS"), QStringLiteral("session"));
    environment.insert(QStringLiteral("HOME"), dir.path());
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    // script gives it a terminal.
    process.start(QStringLiteral("script"),
                  {QStringLiteral("-qec"), words, QStringLiteral("/dev/null")});
    QByteArray output;
    for (const QByteArray &answer : answers) {
        const qsizetype before = output.size();
        QTRY_VERIFY2_WITH_TIMEOUT(
            (output += process.readAll(), output.mid(before).trimmed().endsWith(']')),
            output.constData(), 20000);
        process.write(answer + '\n');
    }
    QVERIFY(process.waitForFinished(20000));
    output += process.readAll();
    QVERIFY2(process.exitCode() == 0, output.constData());
    QFETCH(const QByteArray, said);
    QVERIFY2(output.contains(said), output.constData());
    QVERIFY2(output.contains("a\r\n") && output.contains("2 of these names"), output.constData());
    QByteArrayList found;
    for (const char *name : {"a", "b", "c"})
        found.append(read(root.filePath(QStringLiteral("to/t/") + QLatin1StringView(name))));
    QTEST(found.join(' '), "contents");
}

QTEST_GUILESS_MAIN(tst_CopyCli)
#include "tst_CopyCli.moc"
