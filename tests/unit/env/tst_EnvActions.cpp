// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that change an environment: what is typed stays one word, odd names are refused.
#include "core/env/Actions.h"

#include <QTest>

using namespace core;
using namespace core::env;

namespace {

Report usualReport()
{
    Report report;
    report.home = "/root";
    report.isRoot = true;
    report.hasApt = true;
    report.dataDisk = "/root/autodl-tmp";
    report.bases = {{"/root/miniconda3", QStringLiteral("24.5.0"), true}};
    return report;
}

Environment condaEnvironment(const char *name, const char *path)
{
    Environment environment;
    environment.name = QString::fromUtf8(name);
    environment.path = path;
    return environment;
}

QByteArray textOf(const Result<jobs::JobSpec> &spec)
{
    if (!spec)
        return "refused: " + spec.error().detail.toUtf8();
    if (!jobs::checkJob(*spec) || spec->name.isEmpty())
        return "not startable";
    QByteArray text = jobs::jobText(*spec);
    return text.replace("source /root/miniconda3/bin/activate base || exit\n", "")
        .replace("export PYTHONUNBUFFERED=1\n", "");
}

} // namespace

class tst_EnvActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condaIsFoundByItsBase();
    void environmentsAreMadeAndRemoved();
    void oddNamesAreRefused_data();
    void oddNamesAreRefused();
    void packagesAreWordsOfTheirOwn();
    void whatIsNotThereCanNotBeUsed();
    void mirrorsAreWhole();
};

void tst_EnvActions::condaIsFoundByItsBase()
{
    const auto spec = createJob(usualReport(), {"x", "3.12", {}, nullptr});
    QVERIFY(spec);
    QCOMPARE(jobs::jobText(*spec),
             QByteArray("source /root/miniconda3/bin/activate base || exit\nexport "
                        "PYTHONUNBUFFERED=1\nconda create -y -n x 'python=3.12'"));
}

void tst_EnvActions::environmentsAreMadeAndRemoved()
{
    const Report report = usualReport();
    QCOMPARE(textOf(createJob(report, {"训练", "3.10", "numpy pandas>=2", mirrorById("tuna")})),
             QByteArray("conda create -y -n '训练' --override-channels -c "
                        "https://mirrors.tuna.tsinghua.edu.cn/anaconda/pkgs/main 'python=3.10' "
                        "numpy 'pandas>=2'"));
    const Environment named = condaEnvironment("verl", "/root/miniconda3/envs/verl");
    const Environment byPath = condaEnvironment("", "/data/it's my env");
    QCOMPARE(textOf(cloneJob(report, named, "copy")),
             QByteArray("conda create -y -n copy --clone verl"));
    QCOMPARE(textOf(removeJob(report, named)), QByteArray("conda remove -y -n verl --all"));
    QCOMPARE(textOf(removeJob(report, byPath)),
             QByteArray("conda remove -y -p '/data/it'\\''s my env' --all"));
    QCOMPARE(textOf(removeJob(report, condaEnvironment("base", "/root/miniconda3"))),
             QByteArray("refused: not conda's"));
    QCOMPARE(textOf(removeJob(report, condaEnvironment("", "/root/miniconda3"))),
             QByteArray("refused: not conda's"));
    const auto install = installJob(report, byPath, {false, "a b", {}, mirrorById("aliyun")});
    QVERIFY(install);
    QCOMPARE(install->condaEnvironment, QByteArray("/data/it's my env"));
    QCOMPARE(install->command,
             QByteArray("python -m pip install -i https://mirrors.aliyun.com/pypi/simple/ a b"));
    Environment system;
    system.kind = Environment::Kind::System;
    system.python = "/usr/bin/python3";
    QCOMPARE(textOf(installJob(report, system, {false, {}, "/root/my reqs.txt", nullptr})),
             QByteArray("/usr/bin/python3 -m pip install -r '/root/my reqs.txt'"));
    QCOMPARE(textOf(installJob(report, system, {true, "x", {}, nullptr})),
             QByteArray("refused: not conda's"));
    QCOMPARE(textOf(installJob(report, named, {true, "x=1", {}, nullptr})),
             QByteArray("conda install -y -n verl 'x=1'"));
}

void tst_EnvActions::oddNamesAreRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *odd :
         {"", " ", "a b", "a/b", "a:b", "a#b", "-n", ".", "..", "base", "root", "a\nb", "a\tb"})
        QTest::newRow(odd) << QByteArray(odd);
    QTest::newRow("a NUL") << QByteArray("a\0b", 3);
    QTest::newRow("long") << QByteArray(200, 'x');
}

void tst_EnvActions::oddNamesAreRefused()
{
    QFETCH(QByteArray, name);
    QCOMPARE(textOf(createJob(usualReport(), {name, "3.12", {}, nullptr})),
             QByteArray("refused: name"));
    QCOMPARE(textOf(cloneJob(usualReport(), condaEnvironment("a", "/a"), name)),
             QByteArray("refused: name"));
}

void tst_EnvActions::packagesAreWordsOfTheirOwn()
{
    const Report report = usualReport();
    const Environment to = condaEnvironment("a", "/a");
    const auto command = [&](const QByteArray &packages) {
        const auto spec = installJob(report, to, {false, packages, {}, nullptr});
        return spec ? spec->command : QByteArray("refused: ") + spec.error().detail.toUtf8();
    };
    QCOMPARE(command("x;reboot $(y) `z`"),
             QByteArray("python -m pip install 'x;reboot' '$(y)' '`z`'"));
    QCOMPARE(command("--index-url=http://evil"), QByteArray("refused: packages"));
    QCOMPARE(command(" "), QByteArray("refused: packages"));
    QCOMPARE(command(QByteArray("a\0b", 3)), QByteArray("refused: packages"));
    QCOMPARE(textOf(aptInstallJob(report, "zip libc6:i386 g++=4:12.2.0-3")),
             QByteArray("DEBIAN_FRONTEND=noninteractive apt-get install -y zip libc6:i386 "
                        "'g++=4:12.2.0-3'"));
    for (const char *odd : {"Zip", "zip;x", "-o", "../x.deb", ""})
        QCOMPARE(textOf(aptInstallJob(report, odd)), QByteArray("refused: packages"));
    QCOMPARE(textOf(createJob(report, {"a", "3.x", {}, nullptr})), QByteArray("refused: python"));
    QCOMPARE(textOf(installJob(report, to, {false, {}, "-x", nullptr})),
             QByteArray("refused: requirements"));
}

void tst_EnvActions::whatIsNotThereCanNotBeUsed()
{
    Report report;
    report.home = "/home/me";
    const QByteArray noConda = "refused: no conda";
    QCOMPARE(textOf(createJob(report, {"a", "3.12", {}, nullptr})), noConda);
    QCOMPARE(textOf(condaInitJob(report, true)), noConda);
    QCOMPARE(textOf(condaMirrorJob(report, mirrorById("tuna"))), noConda);
    QCOMPARE(textOf(aptUpdateJob(report)), QByteArray("refused: no apt"));
    QCOMPARE(textOf(moveCacheJob(report, Cache::Pip, true)), QByteArray("refused: no data disk"));
    QCOMPARE(textOf(pipMirrorJob(report, nullptr)),
             QByteArray("python3 -m pip config --user unset global.index-url"));
    report.hasApt = true; // another user than root
    QCOMPARE(textOf(aptUpdateJob(report)),
             QByteArray("sudo -n DEBIAN_FRONTEND=noninteractive apt-get update"));
    QCOMPARE(textOf(hfMirrorJob(report, QByteArray("http://x"))), QByteArray("refused: mirror"));
    QCOMPARE(textOf(condaMirrorJob(usualReport(), mirrorById("aliyun"))),
             QByteArray("refused: mirror"));
}

void tst_EnvActions::mirrorsAreWhole()
{
    for (const Mirror &mirror : mirrors()) {
        QCOMPARE(mirrorById(mirror.id), &mirror);
        QVERIFY(mirror.pip.startsWith("https://") && !mirror.name.isEmpty());
        QVERIFY(mirror.conda.isEmpty() || mirror.conda.startsWith("https://"));
    }
    QVERIFY(!mirrorById("nobody"));
}

QTEST_GUILESS_MAIN(tst_EnvActions)
#include "tst_EnvActions.moc"
