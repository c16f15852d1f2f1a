// SPDX-License-Identifier: GPL-3.0-or-later
// df as it is printed in other languages, systems and column orders.
#include "core/probe/SystemInfo.h"

#include <QTest>

using namespace core;
using namespace core::probe;

namespace {

/// What a row of a listing must give; absent is nullopt.
struct Row
{
    QString mount;
    std::optional<qint64> total;
    std::optional<qint64> used;
    std::optional<qint64> available;
    std::optional<qint64> inodes;
    std::optional<qint64> inodesUsed;
    QString source{};
};

constexpr std::nullopt_t none = std::nullopt;

} // namespace

Q_DECLARE_METATYPE(Row)

class tst_Df : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formsAreRead_data();
    void formsAreRead();
    void whatIsNoListingIsAnError_data();
    void whatIsNoListingIsAnError();
    void aListingWithoutRowsIsEmpty();
};

void tst_Df::formsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<Row>>("rows");
    const auto root = QStringLiteral("/");
    QTest::newRow("busybox -i")
        << QByteArray("Filesystem              Inodes      Used Available Use% Mounted on\n"
                      "overlay                3907584    612345   3295239  16% /\n"
                      "tmpfs                   500000        17    499983   0% /dev\n")
        << QList<Row>{Row{root, none, none, none, 3907584, 612345},
                      Row{QStringLiteral("/dev"), none, none, none, 500000, 17}};
    QTest::newRow("French -i") << QByteArray(
                                      "Sys. de fichiers  Inœuds IUtil.   ILib. IUti% Monté sur\n"
                                      "/dev/sda1        1966080 101234 1864846    6% /\n")
                               << QList<Row>{Row{root, none, none, none, 1966080, 101234}};
    QTest::newRow("Japanese -i") << QByteArray(
                                        "ファイルシス   Iノード  I使用  I残り I使用% マウント位置\n"
                                        "/dev/sda1      1966080 101234 1864846     6% /\n")
                                 << QList<Row>{Row{root, none, none, none, 1966080, 101234}};
    QTest::newRow("Russian -i")
        << QByteArray(
               "Файловая система Iнодов IИспользовано IСвободно IИспользовано% Cмонтировано в\n"
               "/dev/sda1        1966080 101234 1864846     6% /\n")
        << QList<Row>{Row{root, none, none, none, 1966080, 101234}};
    QTest::newRow("a language that puts no I")
        << QByteArray("Filesystem  Nodes  Taken  Left Share% Place\n"
                      "/dev/sda1 1966080 101234 1864846 6% /\n")
        << QList<Row>{Row{root, none, none, none, 1966080, 101234}};
    QTest::newRow("sizes with suffixes in French")
        << QByteArray("Sys. de fichiers Taille Utilisé Dispo Uti% Monté sur\n"
                      "/dev/sda1           30G     12G   16G  43% /\n")
        << QList<Row>{Row{root, 30LL << 30, 12LL << 30, 16LL << 30, none, none}};
    QTest::newRow("a unit in French")
        << QByteArray("Sys. de fichiers blocs de 1M Utilisé Disponible Uti% Monté sur\n"
                      "/dev/sda1  30720 12288 16384  43% /\n")
        << QList<Row>{Row{root, 30LL << 30, 12LL << 30, 16LL << 30, none, none}};
    QTest::newRow("inodes that are not counted")
        << QByteArray("Filesystem      Inodes   IUsed   IFree IUse% Mounted on\n"
                      "/dev/sda2            0       0       0     - /\n"
                      "vfat0                0       0       0     - /boot/efi\n"
                      "/dev/md0      26214400      12 26214388    1% /root/autodl-tmp\n")
        << QList<Row>{Row{root, none, none, none, none, none},
                      Row{QStringLiteral("/boot/efi"), none, none, none, none, none},
                      Row{QStringLiteral("/root/autodl-tmp"), none, none, none, 26214400, 12}};
    QTest::newRow("below zero")
        << QByteArray("Filesystem     1K-blocks     Used Available Use% Mounted on\n"
                      "/dev/sda1       30832548 30832548   -123456 101% /\n"
                      "/dev/sdb1         100000    -2000    102000    - /mnt/x\n")
        << QList<Row>{
               Row{root, 30832548 * 1024LL, 30832548 * 1024LL, 0, none, none},
               Row{QStringLiteral("/mnt/x"), 100000 * 1024LL, none, 102000 * 1024LL, none, none}};
    QTest::newRow("macOS")
        << QByteArray(
               "Filesystem     512-blocks      Used Available Capacity iused      ifree %iused  "
               "Mounted on\n"
               "/dev/disk3s1s1  965595304  17633760 502021904     4%  355200 2510109520    0%   /\n"
               "devfs                 402       402         0   100%     696          0  100%   "
               "/dev\n"
               "/dev/disk3s6    965595304   2097192 502021904     1%       1 2510109520    0%   "
               "/System/Volumes/VM\n"
               "/dev/disk4s1      1000000    500000    500000    50%       1 2510109520    0%   "
               "/Volumes/My Disk\n")
        << QList<Row>{Row{root, 965595304 * 512LL, 17633760 * 512LL, 502021904 * 512LL, 2510464720,
                          355200},
                      Row{QStringLiteral("/dev"), 402 * 512LL, 402 * 512LL, 0, 696, 696},
                      Row{QStringLiteral("/System/Volumes/VM"), 965595304 * 512LL, 2097192 * 512LL,
                          502021904 * 512LL, 2510109521, 1},
                      Row{QStringLiteral("/Volumes/My Disk"), 1000000 * 512LL, 500000 * 512LL,
                          500000 * 512LL, 2510109521, 1}};
    QTest::newRow("macOS -h")
        << QByteArray("Filesystem      Size   Used  Avail Capacity iused ifree %iused  Mounted on\n"
                      "/dev/disk3s1s1 460Gi   12Gi  239Gi     5%    404k  2.5G    0%   /\n")
        << QList<Row>{Row{root, 460LL << 30, 12LL << 30, 239LL << 30, 2500404000, 404000}};
    QTest::newRow("wrapped")
        << QByteArray("Filesystem           1K-blocks      Used Available Use% Mounted on\n"
                      "/dev/mapper/VolGroup00-LogVol00\n"
                      "                      50395844  12345678  35446166  26% /\n"
                      "/dev/disk/by-uuid/1234-very-long name with blanks and more\n"
                      "                      50395844  12345678  35446166  26% /mnt/a\n"
                      "nfsserver.example.com:/vol/vol1/some/very/long/path\n"
                      "                     104857600  99614720   5242880  95% /root/autodl-fs\n"
                      "tmpfs                  8123456         0   8123456   0% /dev/shm\n")
        << QList<Row>{
               Row{root, 50395844 * 1024LL, 12345678 * 1024LL, 35446166 * 1024LL, none, none,
                   QStringLiteral("/dev/mapper/VolGroup00-LogVol00")},
               Row{QStringLiteral("/mnt/a"), 50395844 * 1024LL, 12345678 * 1024LL,
                   35446166 * 1024LL, none, none,
                   QStringLiteral("/dev/disk/by-uuid/1234-very-long name with blanks and more")},
               Row{QStringLiteral("/root/autodl-fs"), 104857600 * 1024LL, 99614720 * 1024LL,
                   5242880 * 1024LL, none, none},
               Row{QStringLiteral("/dev/shm"), 8123456 * 1024LL, 0, 8123456 * 1024LL, none, none}};
    QTest::newRow("wrapped in German")
        << QByteArray("Dateisystem    1K-Blöcke Benutzt Verfügbar Verw% Eingehängt auf\n"
                      "ein sehr langer Name eines Datenträgers hier\n"
                      "                31457280 1048576  30408704    4% /\n")
        << QList<Row>{Row{root, 30LL << 30, 1LL << 30, 30408704 * 1024LL, none, none,
                          QStringLiteral("ein sehr langer Name eines Datenträgers hier")}};
    QTest::newRow("--output without a share")
        << QByteArray("Mounted on                  1K-blocks      Used     Avail\n"
                      "/                            30832548  12345678  16556000\n"
                      "/root/autodl-tmp             52428800      1024  52427776\n")
        << QList<Row>{
               Row{root, 30832548 * 1024LL, 12345678 * 1024LL, 16556000 * 1024LL, none, none},
               Row{QStringLiteral("/root/autodl-tmp"), 52428800 * 1024LL, 1024 * 1024LL,
                   52427776 * 1024LL, none, none}};
    QTest::newRow("--output, mount first")
        << QByteArray("Mounted on            Type     Size  Used Avail Use% Filesystem\n"
                      "/                     overlay   30G   12G   16G  43% overlay\n"
                      "/mnt/my disk          ext4     100G   12G   88G  12% /dev/sdb1\n")
        << QList<Row>{
               Row{root, 30LL << 30, 12LL << 30, 16LL << 30, none, none, QStringLiteral("overlay")},
               Row{QStringLiteral("/mnt/my disk"), 100LL << 30, 12LL << 30, 88LL << 30, none, none,
                   QStringLiteral("/dev/sdb1")}};
    QTest::newRow("--output of inodes")
        << QByteArray("Inodes IUsed Mounted on\n  100    7 /mnt/my disk\n")
        << QList<Row>{Row{QStringLiteral("/mnt/my disk"), none, none, none, 100, 7}};
    QTest::newRow("two listings")
        << QByteArray(
               "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/sda1 100 10 90 10% /\n"
               "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 50 5 45 10% /\n")
        << QList<Row>{Row{root, 102400, 10240, 92160, none, none},
                      Row{root, none, none, none, 50, 5}};
}

void tst_Df::formsAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QList<Row>, rows);
    const auto disks = parseDf(text);
    QVERIFY(disks);
    QCOMPARE(qsizetype(disks->size()), rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const DiskInfo &disk = (*disks)[std::size_t(i)];
        QCOMPARE(disk.mount, rows[i].mount);
        QCOMPARE(disk.totalBytes, rows[i].total);
        QCOMPARE(disk.usedBytes, rows[i].used);
        QCOMPARE(disk.availableBytes, rows[i].available);
        QCOMPARE(disk.inodesTotal, rows[i].inodes);
        QCOMPARE(disk.inodesUsed, rows[i].inodesUsed);
        if (!rows[i].source.isEmpty())
            QCOMPARE(disk.source, rows[i].source);
    }
}

void tst_Df::whatIsNoListingIsAnError_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("not installed") << QByteArray("bash: df: command not found\n");
    QTest::newRow("prose") << QByteArray("a b c d e f g\n");
    QTest::newRow("cut in the first row")
        << QByteArray("Filesystem     1K-blocks     Used Available Use% Mounted on\n"
                      "/dev/sda1       30832548 12345678  165");
    QTest::newRow("a number without end in the header")
        << QByteArray("Filesystem 99999999999999999999999 Used Available Use% on\n/dev/sda1 1\n");
    QTest::newRow("nothing") << QByteArray();
}

void tst_Df::whatIsNoListingIsAnError()
{
    QFETCH(QByteArray, text);
    const auto disks = parseDf(text);
    QVERIFY(!disks);
    QCOMPARE(disks.error().code, ErrorCode::Parse);
}

void tst_Df::aListingWithoutRowsIsEmpty()
{
    const auto disks = parseDf("Filesystem     1K-blocks  Used Available Use% Mounted on\n");
    QVERIFY(disks);
    QVERIFY(disks->empty());
}

QTEST_GUILESS_MAIN(tst_Df)
#include "tst_Df.moc"
