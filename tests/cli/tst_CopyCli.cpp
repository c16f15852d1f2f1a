// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/CliRun.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

/// danlu-cli put and get.
class tst_CopyCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void takenNamesAreAskedAbout_data();
    void takenNamesAreAskedAbout();
    void whatIsNotThereIsNoPart();
    void namesMayBeTypedAsTheyAreShown();
    void aKilledCopyIsGoneOnWith_data();
    void aKilledCopyIsGoneOnWith();

private:
    void start(QProcess &process, const QTemporaryDir &dir, const QStringList &words);
    [[nodiscard]] support::CliRun run(const QTemporaryDir &dir, const QStringList &words);
    [[nodiscard]] QString there() const
    {
        return QStringLiteral("%1@127.0.0.1:%2:").arg(m_server.options().user).arg(m_server.port());
    }

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
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
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

    const QString words =
        QStringLiteral("%1 --identity %2 --host-key accept-new %3 %4 %5")
            .arg(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"), m_server.path(QStringLiteral("id")),
                 isPut ? QStringLiteral("put") : QStringLiteral("get"),
                 (isPut ? QString() : there()) + root.filePath(QStringLiteral("from/t")),
                 (isPut ? there() : QString()) + root.filePath(QStringLiteral("to/")));
    QProcess process;
    process.setProcessEnvironment(
        support::cliEnvironment(dir.path(), root.filePath(QStringLiteral("config"))));
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

void tst_CopyCli::start(QProcess &process, const QTemporaryDir &dir, const QStringList &words)
{
    process.setProcessEnvironment(
        support::cliEnvironment(dir.path(), dir.filePath(QStringLiteral("config"))));
    process.start(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"),
                  words.first(1) +
                      QStringList{QStringLiteral("--identity"), m_server.path(QStringLiteral("id")),
                                  QStringLiteral("--host-key"), QStringLiteral("accept-new"),
                                  QStringLiteral("--json")} +
                      words.sliced(1));
}

support::CliRun tst_CopyCli::run(const QTemporaryDir &dir, const QStringList &words)
{
    QProcess process;
    start(process, dir, words);
    return support::runToEnd(process, {}, 120000);
}

void tst_CopyCli::whatIsNotThereIsNoPart()
{
    QTemporaryDir dir;
    const QString gone = dir.filePath(QStringLiteral("gone"));
    const QString here = dir.filePath(QStringLiteral("here"));
    write(here, "it", 1'700'000'000);
    const QString get = QStringLiteral("get");
    const QString put = QStringLiteral("put");
    const QString target = dir.filePath(QStringLiteral("to/"));
    QCOMPARE(run(dir, {get, there() + gone, target}).code, 1);
    QCOMPARE(run(dir, {put, gone, there() + target}).code, 1);
    const support::CliRun some = run(dir, {get, there() + gone, there() + here, target});
    QCOMPARE(some.code, 4);
    QVERIFY2(some.out.contains("not-found") && some.out.contains("/gone"), some.out.constData());
    QCOMPARE(read(dir.filePath(QStringLiteral("to/here"))), QByteArray("it"));
}

void tst_CopyCli::namesMayBeTypedAsTheyAreShown()
{
    QTemporaryDir dir;
    const QByteArray odd = QFile::encodeName(dir.path()) + "/\xca\xfd\xbe\xdd.txt"; // GBK
    FILE *file = fopen(odd.constData(), "w");
    QVERIFY(file && fputs("it", file) >= 0 && fclose(file) == 0);
    const support::CliRun listed = run(dir, {QStringLiteral("ls"), there() + dir.path()});
    const QString shown = QStringLiteral("\\xca\\xfd\\xbe\\xdd.txt");
    QVERIFY2(QString::fromUtf8(listed.out)
                 .contains(QString(shown).replace(u'\\', QStringLiteral("\\\\"))),
             listed.out.constData());
    const QString copy = dir.filePath(QStringLiteral("copy"));
    const support::CliRun got =
        run(dir, {QStringLiteral("get"), there() + dir.path() + u'/' + shown, copy});
    QVERIFY2(got.code == 0, got.err.constData());
    QCOMPARE(read(copy), QByteArray("it"));
    QCOMPARE(::remove(odd.constData()), 0); // Qt can't name it
}

void tst_CopyCli::aKilledCopyIsGoneOnWith_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<int>("files");
    for (const char *command : {"put", "get"}) {
        for (const int files : {1, 300})
            QTest::addRow("%s %d", command, files) << QString::fromLatin1(command) << files;
    }
}

/// Killed in the midst of it, the program has no time for anything.
void tst_CopyCli::aKilledCopyIsGoneOnWith()
{
    QFETCH(QString, command);
    QFETCH(int, files);
    constexpr int size = 80'000'000;
    QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("from")));
    QRandomGenerator random{quint32(files)};
    std::vector<QByteArray> contents;
    for (int i = 0; i < files; ++i) {
        QByteArray bytes(size / files / 4 * 4, Qt::Uninitialized);
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        write(dir.filePath(QStringLiteral("from/%1").arg(i)), bytes, 1'700'000'000);
        contents.push_back(bytes);
    }
    const bool isPut = command == QStringLiteral("put");
    QStringList words{command, (isPut ? QString() : there()) + dir.filePath(QStringLiteral("from")),
                      (isPut ? there() : QString()) + dir.filePath(QStringLiteral("to/"))};
    {
        QProcess process;
        start(process, dir, words + QStringList{QStringLiteral("--limit"), QStringLiteral("20M")});
        qint64 copied = 0;
        while (copied < 3 * size / 4 && process.waitForReadyRead(30000)) {
            const QByteArrayList lines = process.readAllStandardOutput().trimmed().split('\n');
            copied = QJsonDocument::fromJson(lines.last()).object().value(u"bytes").toInteger();
        }
        QVERIFY(copied >= 3 * size / 4 && copied < size);
        process.kill();
        QVERIFY(process.waitForFinished());
    }
    const support::CliRun again = run(dir, words + QStringList{QStringLiteral("--resume")});
    QVERIFY2(again.code == 0, again.err.constData());
    for (int i = 0; i < files; ++i)
        QCOMPARE(read(dir.filePath(QStringLiteral("to/from/%1").arg(i))), contents[std::size_t(i)]);
    QCOMPARE(QDir(dir.filePath(QStringLiteral("to")))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList(QStringLiteral("from")));
    QCOMPARE(QDir(dir.filePath(QStringLiteral("to/from")))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                 .size(),
             files);
    if (files == 1) { // of what was on its way only whole pieces are kept
        QVERIFY2(again.out.contains("\"resumed\""), again.out.constData());
        return;
    }
    QJsonObject first;
    for (const QByteArray &line : again.out.split('\n')) {
        const QJsonObject told = QJsonDocument::fromJson(line).object();
        if (first.isEmpty() && told.value(u"bytes").toInteger() > 0)
            first = told;
    }
    QVERIFY2(first.value(u"bytes").toInteger() >= size / 4, again.out.constData());
}

QTEST_GUILESS_MAIN(tst_CopyCli)
#include "tst_CopyCli.moc"
