// SPDX-License-Identifier: GPL-3.0-or-later
// The list of processes, and which of them a GPU's memory is put down to.
#include "core/probe/ProcessTable.h"

#include <QTest>

using namespace core;
using namespace core::probe;

namespace {

/// "stat" line of proc(5): 52 fields, those that are read set.
QByteArray stat(qint64 pid, const QByteArray &name, qint64 parent, qint64 start = 1000,
                qint64 user = 0, qint64 system = 0, qint64 pages = 100, char state = 'S')
{
    QByteArrayList fields(50, "0");
    fields[0] = QByteArray(1, state);
    fields[1] = QByteArray::number(parent);
    fields[11] = QByteArray::number(user);
    fields[12] = QByteArray::number(system);
    fields[19] = QByteArray::number(start);
    fields[21] = QByteArray::number(pages);
    return "stat " + QByteArray::number(pid) + " (" + name + ") " + fields.join(' ') + '\n';
}

const QByteArray head = "self 400\nhz 100\npage 4096\nuptime 1000.50 900.0\n"
                        "user 0 root\nuser 1000 student\n";

GpuInfo gpu(std::initializer_list<GpuProcess> processes)
{
    GpuInfo info;
    info.processes = processes;
    return info;
}

GpuProcess smi(qint64 pid, std::optional<qint64> mib)
{
    GpuProcess process;
    process.pid = pid;
    process.usedMib = mib;
    return process;
}

} // namespace

class tst_ProcessTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesBecomeProcesses();
    void oddNamesAreRead_data();
    void oddNamesAreRead();
    void brokenLinesAreLeftOut_data();
    void brokenLinesAreLeftOut();
    void aListThatIsCutIsAnError();
    void kernelThreadsAreLeftOut();
    void ownProcessesAreMarked();
    void loadIsOfTheTimeBetween();
    void agesAreToldWhereTheyCanBe();
    void treesAreFollowedEvenInACircle();
    void gpuMemoryIsPutDown_data();
    void gpuMemoryIsPutDown();
};

void tst_ProcessTable::linesBecomeProcesses()
{
    const auto table = parseProcessTable(
        head + stat(12, "python", 1, 50050, 150, 50, 262144, 'R') + stat(9, "sh", 1) +
        "owner 12 1000\nowner 9 4711\ncommand 12 python train.py "
        "--name 中 \ngpu 12 1\ngpu 12 0\ngpu 12 1\ncuda 12\nend\n");
    QVERIFY2(table, table ? "" : qPrintable(table.error().detail));
    QCOMPARE(table->processes.size(), std::size_t(2));
    QCOMPARE(table->uptimeSeconds, 1000.5);
    QCOMPARE(table->processes[0].pid, 9);
    QCOMPARE(table->processes[0].user, QStringLiteral("4711"));
    QVERIFY(!table->processes[0].holdsGpu());
    const TableProcess *python = table->find(12);
    QVERIFY(python);
    QCOMPARE(python->parent, 1);
    QCOMPARE(python->startTicks, 50050);
    QCOMPARE(python->cpuTicks, 200);
    QCOMPARE(python->state, 'R');
    QCOMPARE(python->rssBytes, std::optional<qint64>(1073741824));
    QCOMPARE(python->user, QStringLiteral("student"));
    QCOMPARE(python->command, QStringLiteral("python train.py --name 中"));
    QCOMPARE(python->gpuMinors, (std::vector<int>{0, 1}));
    QVERIFY(python->mapsCuda && python->holdsGpu());
    QCOMPARE(ageSeconds(*table, *python), std::optional<qint64>(500));
    QVERIFY(table->seesAllFiles);
    QVERIFY(!table->find(10) && !table->find(13));
}

void tst_ProcessTable::oddNamesAreRead_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("blanks") << QByteArray("tmux: server");
    QTest::newRow("brackets") << QByteArray("a) R 1 (b");
    QTest::newRow("a bracket at the end") << QByteArray("x)");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("Chinese") << QByteArray("训练");
    QTest::newRow("no UTF-8") << QByteArray("\xd6\xd0");
}

void tst_ProcessTable::oddNamesAreRead()
{
    QFETCH(QByteArray, name);
    const auto table = parseProcessTable(head + stat(7, name, 3) + "end\n");
    QVERIFY(table);
    QCOMPARE(table->processes.front().parent, 3);
    QCOMPARE(table->processes.front().name, QString::fromUtf8(name));
}

void tst_ProcessTable::brokenLinesAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("short") << QByteArray("stat 8 (x) S 1 2 3\n");
    QTest::newRow("no brackets") << QByteArray("stat 8 x S 1\n");
    QTest::newRow("no number") << stat(8, "x", 1).replace("stat 8", "stat 8a");
    QTest::newRow("a number too large")
        << stat(8, "x", 1).replace(" 1000 ", " 99999999999999999999 ");
    QTest::newRow("half a name") << QByteArray("stat 8 (half\n");
    QTest::newRow("another word") << QByteArray("weather 8 fine\n");
    QTest::newRow("a user without a number") << QByteArray("user x root\n");
    QTest::newRow("a GPU of nobody") << QByteArray("gpu x 0\ngpu 8 x\ncuda y\n");
}

void tst_ProcessTable::brokenLinesAreLeftOut()
{
    QFETCH(QByteArray, line);
    const auto table = parseProcessTable(head + line + stat(7, "x", 1) + "end\n");
    QVERIFY(table);
    QCOMPARE(table->processes.size(), std::size_t(1));
    QCOMPARE(table->processes.front().pid, 7);
}

void tst_ProcessTable::aListThatIsCutIsAnError()
{
    const QByteArray whole = head + stat(7, "x", 1) + "end";
    QVERIFY(parseProcessTable(whole));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!parseProcessTable(whole.first(size)));
    QVERIFY(!parseProcessTable(head + "end\n"));
}

void tst_ProcessTable::kernelThreadsAreLeftOut()
{
    const auto table = parseProcessTable(head + stat(1, "init", 0) + stat(2, "kthreadd", 0) +
                                         stat(3, "rcu_gp", 2) + stat(50, "bash", 1) + "end\n");
    QVERIFY(table);
    QCOMPARE(table->processes.size(), std::size_t(2));
    QVERIFY(table->find(1) && table->find(50));
}

void tst_ProcessTable::ownProcessesAreMarked()
{
    const auto table = parseProcessTable(
        head + stat(1, "bash", 0) + stat(10, "sshd", 1) +
        // Danlu's connection: as root, as the user, the listing's shell, the sampler.
        stat(300, "sshd", 10) + stat(301, "sshd", 300) + stat(400, "sh", 301) +
        stat(401, "awk", 400) + stat(310, "sh", 301) +
        // Another one's, with its training.
        stat(500, "sshd-session", 10) + stat(501, "bash", 500) + stat(502, "python", 501) +
        "command 10 sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups\n"
        "command 310 /bin/sh -c eval danlu-sampler 1000 0\nend\n");
    QVERIFY(table);
    QList<qint64> own;
    QList<qint64> sshd;
    for (const TableProcess &process : table->processes) {
        if (process.isDanlu)
            own += process.pid;
        if (process.isSshd)
            sshd += process.pid;
    }
    QCOMPARE(own, (QList<qint64>{300, 301, 310, 400, 401}));
    QCOMPARE(sshd, (QList<qint64>{10, 300, 301, 500}));
    // An older sshd has no "[listener]": its parent is process 1.
    const auto older = parseProcessTable(head + stat(1, "init", 0) + stat(10, "sshd", 1) +
                                         stat(300, "sshd", 10) + stat(400, "sh", 300) +
                                         stat(500, "sshd", 10) + stat(501, "bash", 500) + "end\n");
    QVERIFY(older);
    QVERIFY(older->find(400)->isDanlu && older->find(300)->isDanlu);
    QVERIFY(!older->find(10)->isDanlu && !older->find(501)->isDanlu);
}

void tst_ProcessTable::loadIsOfTheTimeBetween()
{
    const auto before = parseProcessTable(head + stat(7, "x", 1, 1000, 100, 0) +
                                          stat(8, "y", 1, 1000, 5, 0) + "end\n");
    QByteArray laterHead = head;
    laterHead.replace("1000.50", "1002.50");
    const auto later = parseProcessTable(laterHead + stat(7, "x", 1, 1000, 400, 100) +
                                         stat(8, "y", 1, 99000, 5, 0) + stat(9, "z", 1) + "end\n");
    QVERIFY(before && later);
    QCOMPARE(cpuPercent(*before, *later, *later->find(7)), std::optional(200.0));
    QVERIFY(!cpuPercent(*before, *later, *later->find(8))); // another process with the number
    QVERIFY(!cpuPercent(*before, *later, *later->find(9)));
    QVERIFY(!cpuPercent(*before, *before, *before->find(7)));
    QVERIFY(!cpuPercent(*later, *before, *before->find(7)));
}

void tst_ProcessTable::agesAreToldWhereTheyCanBe()
{
    const auto table = parseProcessTable(head + stat(7, "x", 1, 100050) + stat(8, "x", 1, 100090) +
                                         stat(9, "x", 1, 900000) + "end\n");
    QVERIFY(table);
    QCOMPARE(ageSeconds(*table, *table->find(7)), std::optional<qint64>(0));
    QCOMPARE(ageSeconds(*table, *table->find(8)), std::optional<qint64>(0));
    QVERIFY(!ageSeconds(*table, *table->find(9)));
}

void tst_ProcessTable::treesAreFollowedEvenInACircle()
{
    const auto table =
        parseProcessTable(head + stat(10, "a", 1) + stat(20, "b", 10) + stat(30, "c", 20) +
                          stat(15, "d", 10) + stat(40, "e", 41) + stat(41, "f", 40) + "end\n");
    QVERIFY(table);
    QCOMPARE(descendants(*table, 10), (std::vector<qint64>{15, 20, 30}));
    QCOMPARE(descendants(*table, 40), (std::vector<qint64>{41}));
    QVERIFY(descendants(*table, 30).empty());
}

void tst_ProcessTable::gpuMemoryIsPutDown_data()
{
    using Memory = QList<std::optional<qint64>>; // of 10, 11, 20, 30
    QTest::addColumn<QByteArray>("holders");
    QTest::addColumn<QList<GpuInfo>>("gpus");
    QTest::addColumn<bool>("hasHostPids");
    QTest::addColumn<Memory>("memory");
    const std::optional<qint64> no;
    QTest::newRow("nobody computes")
        << QByteArray("gpu 10 0\n") << QList{gpu({})} << false << Memory{no, no, no, no};
    QTest::newRow("the PIDs are these")
        << QByteArray("gpu 10 0\ngpu 20 0\n") << QList{gpu({smi(10, 500), smi(20, 300)})} << false
        << Memory{500, no, 300, no};
    QTest::newRow("one of them on two GPUs")
        << QByteArray("gpu 10 0\ngpu 10 1\n") << QList{gpu({smi(10, 500)}), gpu({smi(10, 700)})}
        << false << Memory{1200, no, no, no};
    QTest::newRow("the driver does not say how much")
        << QByteArray("gpu 10 0\n") << QList{gpu({smi(10, no)})} << false << Memory{no, no, no, no};
    QTest::newRow("the host's, one and one")
        << QByteArray("gpu 20 0\n") << QList{gpu({smi(281234, 900)})} << true
        << Memory{no, no, 900, no};
    QTest::newRow("the host's, one with a child that inherited")
        << QByteArray("gpu 10 0\ngpu 11 0\n") << QList{gpu({smi(281234, 900)})} << true
        << Memory{900, no, no, no};
    QTest::newRow("the host's, two and one")
        << QByteArray("gpu 20 0\n") << QList{gpu({smi(281234, 900), smi(281235, 100)})} << true
        << Memory{no, no, no, no};
    QTest::newRow("the host's, one and two")
        << QByteArray("gpu 20 0\ncuda 30\n") << QList{gpu({smi(281234, 900)})} << true
        << Memory{no, no, no, no};
    QTest::newRow("the host's, but not all can be seen")
        << QByteArray("partial 1\ngpu 20 0\n") << QList{gpu({smi(281234, 900)})} << true
        << Memory{no, no, no, no};
    QTest::newRow("a number that is here by chance")
        << QByteArray("gpu 20 0\n") << QList{gpu({smi(30, 900)})} << true
        << Memory{no, no, 900, no};
}

void tst_ProcessTable::gpuMemoryIsPutDown()
{
    QFETCH(QByteArray, holders);
    QFETCH(QList<GpuInfo>, gpus);
    QFETCH(bool, hasHostPids);
    QFETCH(QList<std::optional<qint64>>, memory);
    const auto table =
        parseProcessTable(head + stat(10, "python", 1) + stat(11, "python", 10) +
                          stat(20, "python", 1) + stat(30, "bash", 1) + holders + "end\n");
    QVERIFY(table);
    const GpuAttribution told = attributeGpus(*table, {gpus.begin(), gpus.end()});
    QCOMPARE(told.hasHostPids, hasHostPids);
    QCOMPARE((QList<std::optional<qint64>>(told.memoryMib.begin(), told.memoryMib.end())), memory);
}

QTEST_GUILESS_MAIN(tst_ProcessTable)
#include "tst_ProcessTable.moc"
