// SPDX-License-Identifier: GPL-3.0-or-later
// Outputs that end in the middle: what was not read is unknown, never something else.
#include "core/probe/SystemInfo.h"

#include <QTest>

using namespace core::probe;

class tst_CutText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFigureOfMeminfoWithoutItsUnitIsUnknown();
    void aScreenThatIsNotNamedIsNoEmptyList();
    void aToolThatIsMissingIsSaid();
};

void tst_CutText::aFigureOfMeminfoWithoutItsUnitIsUnknown()
{
    const QByteArray text = "MemTotal:       16384000 kB\nMemFree:          163840";
    for (const QByteArray &end : {QByteArray(), QByteArray(" "), QByteArray(" k")}) {
        const auto memory = parseMeminfo(text + end);
        QVERIFY(memory);
        QCOMPARE(memory->totalBytes, 16384000LL * 1024);
        QVERIFY(!memory->freeBytes);
    }
    QVERIFY(!parseMeminfo("MemTotal:       163840"));
    const auto counts = parseMeminfo("MemTotal: 1 kB\nHugePages_Total:       5\n");
    QVERIFY(counts);
    QCOMPARE(counts->fields.value("HugePages_Total"), 5);
}

void tst_CutText::aScreenThatIsNotNamedIsNoEmptyList()
{
    QVERIFY(!parseScreenList("There is a screen on:\n"));
    QVERIFY(!parseScreenList("There is a screen on:\n\t1234.tr"));
    const auto none = parseScreenList("No Sockets found in /run/screen/S-root.\n\n");
    QVERIFY(none);
    QCOMPARE(none->status, ToolStatus::None);
    const auto one = parseScreenList("There are screens on:\n\t12.a\t(Detached)\n\t34.");
    QVERIFY(one);
    QCOMPARE(one->sessions.size(), std::size_t(1));
}

void tst_CutText::aToolThatIsMissingIsSaid()
{
    for (const char *text : {"Command 'screen' not found, but can be installed with:\napt install "
                             "screen\n",
                             "bash: screen: 未找到命令\n"}) {
        const auto list = parseScreenList(text);
        QVERIFY(list);
        QCOMPARE(list->status, ToolStatus::NotInstalled);
    }
}

QTEST_GUILESS_MAIN(tst_CutText)
#include "tst_CutText.moc"
