// SPDX-License-Identifier: GPL-3.0-or-later
// Much of it: a file that no 32-bit number can measure, and ten thousand small ones.
#include "tests/support/Amount.h"
#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QFile>
#include <QProcess>
#include <QStorageInfo>

using namespace core;
using namespace core::transfer;

class tst_TransferBulk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void moreThan32BitsCount_data();
    void moreThan32BitsCount();
    void tenThousandFiles_data();
    void tenThousandFiles();
    void aDeepTree_data();
    void aDeepTree();
    void cleanupTestCase();

private:
    [[nodiscard]] QByteArray path(const char *name)
    {
        return QFile::encodeName(m_dir.path()) + '/' + name;
    }
    [[nodiscard]] TransferRun copy(int direction, int protocol, const QByteArray &from,
                                   const QByteArray &to, int ms = 280'000);

    support::SshServer m_server;
    QTemporaryDir m_dir;
};

void tst_TransferBulk::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(m_server.start(), QString());
}

TransferRun tst_TransferBulk::copy(int direction, int protocol, const QByteArray &from,
                                   const QByteArray &to, int ms)
{
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.protocol = Protocol(protocol);
    wanted.sources = {from};
    wanted.target = to;
    return {wanted, m_server.options(), ms};
}

void tst_TransferBulk::moreThan32BitsCount_data()
{
    QTest::addColumn<int>("direction");
    QTest::newRow("put") << int(Direction::Put);
    if (support::isWhole())
        QTest::newRow("get") << int(Direction::Get);
}

void tst_TransferBulk::moreThan32BitsCount()
{
    QFETCH(int, direction);
    constexpr qint64 gibi = 1024LL * 1024 * 1024;
    const qint64 size = support::amount(4, 5) * gibi + 50'000'001;
    if (QStorageInfo(m_dir.path()).bytesAvailable() < size + gibi)
        QSKIP("not enough of the disk is free");
    const QByteArray from = path("sparse");
    QFile file(QFile::decodeName(from));
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
    QVERIFY(file.resize(size));
    // On both sides of what 31 and 32 bits can count, and at the very end.
    const qint64 marks[]{0, 2 * gibi - 8, 2 * gibi, 4 * gibi - 8, 4 * gibi, size - 16};
    for (const qint64 mark : marks) {
        QVERIFY(file.seek(mark));
        QCOMPARE(file.write(QByteArray::number(mark).rightJustified(16, '.')), 16);
    }
    file.close();
    const QByteArray to = path("sparse.copy");
    const TransferRun run = copy(direction, int(Protocol::Auto), from, to);
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(run.summary.bytes, size);
    QCOMPARE(
        QProcess::execute(QStringLiteral("cmp"),
                          {QStringLiteral("-s"), QFile::decodeName(from), QFile::decodeName(to)}),
        0);
    QVERIFY(QFile::remove(QFile::decodeName(to)));
}

void tst_TransferBulk::tenThousandFiles_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    QTest::newRow("put, auto") << int(Direction::Put) << int(Protocol::Auto);
    QTest::newRow("put, sftp") << int(Direction::Put) << int(Protocol::Sftp);
    QTest::newRow("get, auto") << int(Direction::Get) << int(Protocol::Auto);
    QTest::newRow("get, sftp") << int(Direction::Get) << int(Protocol::Sftp);
}

void tst_TransferBulk::tenThousandFiles()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QByteArray from = path("many");
    if (mkdir(from.constData(), 0755) == 0) {
        for (int d = 0; d < 100; ++d) {
            const QByteArray folder = from + "/d" + QByteArray::number(d);
            mkdir(folder.constData(), 0755);
            for (int i = 0; i < 100; ++i) {
                QFile file(QFile::decodeName(folder + '/' + QByteArray::number(i)));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(QByteArray::number(d * 100 + i).repeated(i * 7));
            }
        }
    }
    const QByteArray to = path("many.copy");
    const TransferRun run = copy(direction, protocol, from, to);
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(run.summary.files, 10'000);
    QCOMPARE(
        QProcess::execute(QStringLiteral("diff"),
                          {QStringLiteral("-r"), QFile::decodeName(from), QFile::decodeName(to)}),
        0);
    QCOMPARE(
        QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), QFile::decodeName(to)}), 0);
}

void tst_TransferBulk::aDeepTree_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray way = direction == Direction::Put ? "put" : "get";
        QTest::newRow((way + ", auto").constData()) << int(direction) << int(Protocol::Auto);
        if (!support::isWhole())
            continue;
        QTest::newRow((way + ", sftp").constData()) << int(direction) << int(Protocol::Sftp);
        QTest::newRow((way + ", tar").constData()) << int(direction) << int(Protocol::Tar);
        QTest::newRow((way + ", scp").constData()) << int(direction) << int(Protocol::Scp);
    }
}

void tst_TransferBulk::aDeepTree()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    // As deep as a path may be, less what the target's name and the tools need.
    const QByteArray from = path("deep");
    QByteArray at = from;
    mkdir(at.constData(), 0755);
    for (int level = 0; at.size() < 3700; ++level) {
        QFile file(QFile::decodeName(at + "/file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::number(level));
        file.close();
        at += "/level" + QByteArray::number(level);
        mkdir(at.constData(), 0755);
    }
    const QByteArray to = path("deep.copy");
    const TransferRun run = copy(direction, protocol, from, to);
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(difference(treeOf(from), treeOf(to)), QByteArray());
    QCOMPARE(
        QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), QFile::decodeName(to)}), 0);
}

void tst_TransferBulk::cleanupTestCase()
{
    QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), m_dir.path()});
}

QTEST_GUILESS_MAIN(tst_TransferBulk)

#include "tst_TransferBulk.moc"
