// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/KnownHosts.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QTest>

using namespace core::ssh;

namespace {

const QByteArray keyA = QByteArray("key a").toBase64();
const QByteArray keyB = QByteArray("key b").toBase64();

} // namespace

class tst_KnownHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreMatched_data();
    void linesAreMatched();
    void hashedEntriesOfSshKeygenAreFound();
    void fingerprintsAgreeWithSshKeygen();
    void judgement();
    void revokedKeysAreNotTrusted();
};

void tst_KnownHosts::linesAreMatched_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<int>("found");
    const QByteArray a = " ssh-ed25519 " + keyA + "\n";
    QTest::newRow("name") << "gpu.example" + a << QStringLiteral("gpu.example") << 22 << 1;
    QTest::newRow("upper case") << "gpu.example" + a << QStringLiteral("GPU.Example") << 22 << 1;
    QTest::newRow("other name") << "gpu.example" + a << QStringLiteral("cpu.example") << 22 << 0;
    QTest::newRow("list") << "x,gpu.example,10.0.0.1" + a << QStringLiteral("10.0.0.1") << 22 << 1;
    QTest::newRow("port") << "[gpu.example]:2222" + a << QStringLiteral("gpu.example") << 2222 << 1;
    QTest::newRow("port is part of the name")
        << "gpu.example" + a << QStringLiteral("gpu.example") << 2222 << 0;
    QTest::newRow("wildcard") << "*.example" + a << QStringLiteral("gpu.example") << 22 << 1;
    QTest::newRow("negated") << "*.example,!gpu.example" + a << QStringLiteral("gpu.example") << 22
                             << 0;
    QTest::newRow("comment") << "# gpu.example" + a << QStringLiteral("gpu.example") << 22 << 0;
    QTest::newRow("revoked") << "@revoked gpu.example" + a << QStringLiteral("gpu.example") << 22
                             << 0;
    QTest::newRow("authority") << "@cert-authority gpu.example" + a << QStringLiteral("gpu.example")
                               << 22 << 0;
    QTest::newRow("crlf") << "gpu.example ssh-ed25519 " + keyA + "\r\n"
                          << QStringLiteral("gpu.example") << 22 << 1;
    QTest::newRow("two") << "gpu.example" + a + "gpu.example ssh-rsa " + keyB + " comment\n"
                         << QStringLiteral("gpu.example") << 22 << 2;
    QTest::newRow("rubbish") << QByteArray("gpu.example\ngpu.example ssh-ed25519 !!!\n|1|x\n\0\n",
                                           45)
                             << QStringLiteral("gpu.example") << 22 << 0;
}

void tst_KnownHosts::linesAreMatched()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(int, found);
    QCOMPARE(int(findKnownHosts(file, host, quint16(port)).trusted.size()), found);
}

void tst_KnownHosts::hashedEntriesOfSshKeygenAreFound()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("known_hosts"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    support::SshServer server; // for a key that ssh-keygen takes
    const HostKey key = server.hostKey();
    file.write("gpu.example " + key.type + ' ' + key.blob.toBase64() + "\n[gpu.example]:2222 " +
               key.type + ' ' + key.blob.toBase64() + '\n');
    file.close();
    QProcess hash;
    hash.start(QStringLiteral("ssh-keygen"), {QStringLiteral("-H"), QStringLiteral("-f"), path});
    QVERIFY(hash.waitForFinished() && hash.exitCode() == 0);
    for (int port : {22, 2222}) {
        const auto keys = readKnownHosts(path, QStringLiteral("gpu.example"), quint16(port));
        QVERIFY(keys);
        QVERIFY(keys->trusted == std::vector<HostKey>{key});
        QCOMPARE(knownHostsLine(path, QStringLiteral("gpu.example"), quint16(port)),
                 port == 22 ? 1 : 2);
    }
    QVERIFY(readKnownHosts(path, QStringLiteral("other.example"), 22)->trusted.empty());
    QVERIFY(readKnownHosts(dir.filePath(QStringLiteral("missing")), QStringLiteral("a"), 22)
                ->trusted.empty());
}

void tst_KnownHosts::fingerprintsAgreeWithSshKeygen()
{
    support::SshServer server;
    QProcess list;
    list.start(QStringLiteral("ssh-keygen"),
               {QStringLiteral("-lf"), server.path(QStringLiteral("host_ed25519.pub"))});
    QVERIFY(list.waitForFinished());
    const QString wanted = QString::fromLatin1(list.readAllStandardOutput()).section(u' ', 1, 1);
    QVERIFY(wanted.startsWith(u"SHA256:"));
    QCOMPARE(server.hostKey().fingerprint(), wanted);
}

void tst_KnownHosts::judgement()
{
    const HostKey a{"ssh-ed25519", "a"};
    const HostKey b{"ssh-ed25519", "b"};
    QCOMPARE(judgeHostKey({}, a), HostKeyVerdict::Unknown);
    QCOMPARE(judgeHostKey({b, a}, a), HostKeyVerdict::Trusted);
    QCOMPARE(judgeHostKey({b}, a), HostKeyVerdict::Changed);
}

void tst_KnownHosts::revokedKeysAreNotTrusted()
{
    const HostKey b{"ssh-ed25519", "key b"};
    const KnownKeys keys =
        findKnownHosts("gpu.example ssh-ed25519 " + keyA + "\ngpu.example ssh-ed25519 " + keyB +
                           "\n@revoked * ssh-ed25519 " + keyB + "\n@cert-authority * ssh-rsa " +
                           keyA + "\n@revoked cpu.example ssh-ed25519 " + keyA + '\n',
                       QStringLiteral("gpu.example"), 22);
    QCOMPARE(keys.trusted, (std::vector<HostKey>{{"ssh-ed25519", "key a"}}));
    QCOMPARE(keys.revoked, std::vector<HostKey>{b});
}

QTEST_GUILESS_MAIN(tst_KnownHosts)
#include "tst_KnownHosts.moc"
