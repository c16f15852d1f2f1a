// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/Facts.h"

#include <QSet>
#include <QTest>

using namespace ui::monitor;
using core::metrics::Sample;
using core::probe::DiskRole;
using core::probe::SmiFailure;

class tst_MonitorFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySmiFailureIsWorded();
    void cardNamesLoseTheirMaker_data();
    void cardNamesLoseTheirMaker();
    void autodlIsKnownByItsHostNameOrMounts();
    void thePriceIsOnlySaidWhereItIsKnown();
    void fatesAreOnlySaidWhereTheyAreKnown();
    void cpuIsTakenFromCoresAndShare();
    void partsNeedBothFigures();
    void sourcesAreNamed();
};

void tst_MonitorFacts::everySmiFailureIsWorded()
{
    QSet<QString> titles;
    for (int i = 0; i <= int(SmiFailure::Unreadable); ++i) {
        const SmiWords words = describe({SmiFailure(i), QStringLiteral("text")});
        QVERIFY(!words.title.isEmpty() && !words.why.isEmpty() && !words.advice.isEmpty());
        QVERIFY(!words.title.endsWith(u'.'));
        titles << words.title;
    }
    // "Empty" and "unreadable" are one and the same to a person.
    QCOMPARE(titles.size(), int(SmiFailure::Unreadable));
}

void tst_MonitorFacts::cardNamesLoseTheirMaker_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("GeForce") << QStringLiteral("NVIDIA GeForce RTX 4090")
                             << QStringLiteral("RTX 4090");
    QTest::newRow("data centre") << QStringLiteral("NVIDIA A100-SXM4-80GB")
                                 << QStringLiteral("A100-SXM4-80GB");
    QTest::newRow("vGPU") << QStringLiteral("NVIDIA vGPU-32GB") << QStringLiteral("vGPU-32GB");
    QTest::newRow("no maker") << QStringLiteral("Tesla T4") << QStringLiteral("Tesla T4");
    QTest::newRow("nothing but the maker") << QStringLiteral("NVIDIA ") << QStringLiteral("NVIDIA");
}

void tst_MonitorFacts::cardNamesLoseTheirMaker()
{
    QFETCH(QString, name);
    QTEST(shortGpuName(name), "expected");
}

void tst_MonitorFacts::autodlIsKnownByItsHostNameOrMounts()
{
    Sample sample;
    QVERIFY(!looksLikeAutodl(sample));
    sample.host.hostname = QStringLiteral("gpu-box");
    QVERIFY(!looksLikeAutodl(sample));
    core::probe::DiskInfo disk;
    disk.mount = QStringLiteral("/root/autodl-tmp");
    sample.disks.push_back(disk);
    QVERIFY(looksLikeAutodl(sample));
    sample.disks.clear();
    sample.host.hostname = QStringLiteral("autodl-container-c2f911beee-5e2fb3a1");
    QVERIFY(looksLikeAutodl(sample));
}

void tst_MonitorFacts::thePriceIsOnlySaidWhereItIsKnown()
{
    Sample sample;
    QVERIFY(!noGpuChip(sample).contains(QStringLiteral("¥")));
    sample.host.hostname = QStringLiteral("autodl-container-1");
    QVERIFY(noGpuChip(sample).contains(QStringLiteral("¥0.1")));
}

void tst_MonitorFacts::fatesAreOnlySaidWhereTheyAreKnown()
{
    for (const DiskRole role : {DiskRole::System, DiskRole::Data, DiskRole::Shared}) {
        QVERIFY(!diskFate(role, true).isEmpty());
        QVERIFY(diskFate(role, false).isEmpty());
        QVERIFY(!roleName(role).isEmpty());
    }
    QVERIFY(diskFate(DiskRole::Other, true).isEmpty());
    QVERIFY(!diskFate(DiskRole::Public, false).isEmpty());
}

void tst_MonitorFacts::cpuIsTakenFromCoresAndShare()
{
    core::metrics::CpuFigures cpu;
    QVERIFY(!cpuPercentOfCore(cpu));
    QVERIFY(!cpuPercentOfShare(cpu));
    cpu.usedCores = 3.81;
    QCOMPARE(*cpuPercentOfCore(cpu), 381.0);
    QVERIFY(!cpuPercentOfShare(cpu));
    cpu.limitCores = 16;
    QCOMPARE(*cpuPercentOfShare(cpu), 3.81 / 16 * 100);
}

void tst_MonitorFacts::partsNeedBothFigures()
{
    QVERIFY(!partOf({}, 1.0));
    QVERIFY(!partOf(1.0, {}));
    QVERIFY(!partOf(1.0, 0.0));
    QCOMPARE(*partOf(1.0, 4.0), 0.25);
    QCOMPARE(*mibToBytes(2), 2.0 * 1024 * 1024);
    QVERIFY(!mibToBytes({}));
    QVERIFY(!asDouble(std::optional<qint64>()));
}

void tst_MonitorFacts::sourcesAreNamed()
{
    using core::metrics::Source;
    QVERIFY(sourceWords({}).isEmpty());
    QVERIFY(sourceWords(Source::Cgroup2).contains(QLatin1StringView("v2")));
    QVERIFY(sourceWords(Source::Cgroup1).contains(QLatin1StringView("v1")));
    QVERIFY(sourceWords(Source::Host).contains(QLatin1StringView("host")));
}

QTEST_GUILESS_MAIN(tst_MonitorFacts)
#include "tst_MonitorFacts.moc"
