// SPDX-License-Identifier: GPL-3.0-or-later
// What the scripts tell, taken apart: whole, odd and cut off at every byte.
#include "core/env/Packages.h"
#include "core/env/ReportText.h"

#include <QTest>

using namespace core;
using namespace core::env;
using catalog::DottedVersion;
using catalog::TorchVersion;

namespace {

QByteArray records(const QByteArrayList &list)
{
    QByteArray text;
    for (const QByteArray &one : list)
        text += one + '\0';
    return text + "end" + '\0';
}

const QByteArrayList usual{
    "home /root",
    "uid 0",
    "kernel 5.15.0",
    "os-release ID=ubuntu\nPRETTY_NAME=\"Ubuntu 22.04.4 LTS\"\n",
    "df Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/md0 52428800 1 52428799 1% "
    "/root/autodl-tmp\n",
    "compute 8.9\n8.9",
    "nvcc /usr/local/cuda/bin/nvcc\nCuda compilation tools, release 12.4, V12.4.131\n",
    "cuda-txt /usr/local/cuda/version.txt\nCUDA Version 11.0.207\n",
    "login danlu-begin\npython3 /usr/bin/python3\npython3-version Python 3.10.12\ndanlu-end\n",
    "interactive danlu-begin\npython /root/miniconda3/bin/python\npython-version Python "
    "3.12.3\npip "
    "/root/miniconda3/bin/pip\npip-version pip 24.0 from /root/x y/pip (python 3.12)\nHF_HOME "
    "/root/autodl-tmp/hf\nPIP_INDEX_URL https://me:secret@mirror.example/simple\ndanlu-end\n",
    "base /root/miniconda3\nconda-24.5.0-py312h06a4308_0\nwritable",
    "env conda\npath /root/miniconda3\npython python-3.12.3-h996f2a0_1\nexe "
    "/root/miniconda3/bin/python\nsite /root/miniconda3/lib/python3.12/site-packages",
    "env conda\npath /root/miniconda3/envs/verl\nreadonly\npython python-3.10.14-h0\nsite "
    "/root/miniconda3/envs/verl/lib/python3.10/site-packages\ntorch-dist "
    "torch-2.5.1+cu124.dist-info\ntorch-line __version__ = '2.5.1+cu124'\ntorch-line cuda: "
    "Optional[str] = '12.4'\ntorch-line hip: Optional[str] = None",
    "env conda\npath /root/autodl-tmp/envs/my env",
    "env conda\npath /root/miniconda3/envs/训练",
    "env system\npath /usr/bin/python3\nexe /usr/bin/python3\nversion 3.10.12\nsite "
    "/usr/lib/python3/dist-packages",
    "envs-dir /root/autodl-tmp/envs",
    "pip-conf /etc/pip.conf\n[global]\nindex-url = https://a.example/simple\ncache_dir=/x\n",
    "condarc /root/.condarc\nchannels:\n  - defaults\ndefault_channels:\n  - "
    "\"https://mirror.example/pkgs/main\"\n  - https://mirror.example/pkgs/r\npkgs_dirs:\n- "
    "/d/pkgs\n",
    "managed HF_HOME",
};

} // namespace

class tst_EnvReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theUsualIsRead();
    void aReportThatIsCutIsAnError();
    void oddRecordsAreLeftOut_data();
    void oddRecordsAreLeftOut();
    void environmentsHaveTheNamesThatCondaTakes();
    void nvidiaSmiThatHangsIsSaid();
    void secretsInAddressesAreLeftOut_data();
    void secretsInAddressesAreLeftOut();
    void torchIsReadFromItsFiles_data();
    void torchIsReadFromItsFiles();
    void aShellThatDidNotAnswerIsAbsent();
    void packagesAreMerged();
    void oddPackageNames_data();
    void oddPackageNames();
};

void tst_EnvReport::theUsualIsRead()
{
    const auto report = parseReport(records(usual));
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QVERIFY(report->isRoot);
    QCOMPARE(report->os->prettyName, QStringLiteral("Ubuntu 22.04.4 LTS"));
    QCOMPARE(report->dataDisk, QByteArray("/root/autodl-tmp"));
    QCOMPARE(report->capabilities.size(), std::size_t(2));
    QCOMPARE(report->toolkit->version, QStringLiteral("12.4")); // nvcc before version.txt
    QCOMPARE(report->smiError->failure, probe::SmiFailure::NotInstalled);
    QVERIFY(!report->login->python && report->login->python3);
    QCOMPARE(report->shell()->python->version, QStringLiteral("3.12.3"));
    QCOMPARE(report->shell()->pip->version, QStringLiteral("24.0"));
    QCOMPARE(report->shell()->pipPython, QStringLiteral("3.12"));
    QCOMPARE(report->conda()->version, QStringLiteral("24.5.0"));
    QVERIFY(report->conda()->isWritable && !report->isCondaInitialised);
    const Environment *verl = report->find("verl");
    QVERIFY(verl && !verl->isWritable);
    QCOMPARE(verl->version, QStringLiteral("3.10.14"));
    QCOMPARE(verl->torch->version, QStringLiteral("2.5.1+cu124"));
    QCOMPARE(verl->torch->cuda, std::optional(DottedVersion{12, 4}));
    QVERIFY(!report->find("base")->torch);
    QCOMPARE(report->find("/usr/bin/python3")->kind, Environment::Kind::System);
    QVERIFY(!report->find("nothing") && !report->find(""));
    // The variable of the shell holds before the file.
    QCOMPARE(report->settings.pipIndex->value, QByteArray("https://mirror.example/simple"));
    QCOMPARE(report->settings.pipIndex->source, QByteArray("PIP_INDEX_URL"));
    QCOMPARE(report->settings.pipCache->value, QByteArray("/x"));
    QCOMPARE(report->settings.condaChannel->value, QByteArray("https://mirror.example/pkgs/main"));
    QCOMPARE(report->settings.condaPkgs->value, QByteArray("/d/pkgs"));
    QCOMPARE(report->settings.hfHome->value, QByteArray("/root/autodl-tmp/hf"));
    QVERIFY(!report->settings.hfEndpoint);
}

void tst_EnvReport::aReportThatIsCutIsAnError()
{
    const QByteArray whole = records(usual);
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!parseReport(whole.first(size)));
}

void tst_EnvReport::oddRecordsAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("unknown word") << QByteArray("weather fine");
    QTest::newRow("no blank") << QByteArray("env");
    QTest::newRow("an environment without a path") << QByteArray("env conda\npython python-3.1-0");
    QTest::newRow("a kind of its own") << QByteArray("env nix\npath /x");
    QTest::newRow("a relative path") << QByteArray("env conda\npath x");
    QTest::newRow("a base that is no path") << QByteArray("base x");
    QTest::newRow("no df") << QByteArray("df");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("only a blank") << QByteArray(" ");
    QTest::newRow("a toolkit without a version") << QByteArray("nvcc /x\nerror");
    QTest::newRow("broken JSON") << QByteArray("cuda-json /x\n{\"cuda\":");
}

void tst_EnvReport::oddRecordsAreLeftOut()
{
    QFETCH(QByteArray, record);
    const auto report = parseReport(records({record}));
    QVERIFY(report);
    QVERIFY(report->environments.empty() && report->bases.empty() && !report->toolkit);
    QVERIFY(!report->dataDisk);
}

void tst_EnvReport::environmentsHaveTheNamesThatCondaTakes()
{
    const auto report = parseReport(records(usual));
    QVERIFY(report);
    QVERIFY(report->find("base"));
    QCOMPARE(report->find("训练")->path, QByteArray("/root/miniconda3/envs/训练"));
    const Environment *blank = report->find("/root/autodl-tmp/envs/my env");
    QVERIFY(blank && blank->name.isEmpty()); // conda takes no name with a blank
    QCOMPARE(blank->handle(), QByteArray("/root/autodl-tmp/envs/my env"));
    // Of two with one name the first has it.
    const auto twice = parseReport(
        records({"home /root", "base /a\n\n", "base /b\n\n", "env conda\npath /a/envs/x",
                 "env conda\npath /b/envs/x", "env conda\npath /a/envs/\xd6\xd0"}));
    QVERIFY(twice);
    QCOMPARE(twice->environments[0].name, QStringLiteral("x"));
    QVERIFY(twice->environments[1].name.isEmpty());
    QVERIFY(twice->environments[2].name.isEmpty()); // no UTF-8
}

void tst_EnvReport::nvidiaSmiThatHangsIsSaid()
{
    const auto hung = parseReport(records({"smi \nsmi-exit 137\n"}));
    QCOMPARE(hung->smiError->failure, probe::SmiFailure::TimedOut);
    const auto none = parseReport(records({"smi No devices were found\n\nsmi-exit 6\n"}));
    QCOMPARE(none->smiError->failure, probe::SmiFailure::NoDevices);
}

void tst_EnvReport::secretsInAddressesAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("user and password")
        << QByteArray("https://a:b@host/x") << QByteArray("https://host/x");
    QTest::newRow("an @ in the password")
        << QByteArray("https://a:b@c@host/x") << QByteArray("https://host/x");
    QTest::newRow("no path") << QByteArray("https://token@host") << QByteArray("https://host");
    QTest::newRow("an @ in the path")
        << QByteArray("https://host/x@1") << QByteArray("https://host/x@1");
    QTest::newRow("no address") << QByteArray("/data/a@b") << QByteArray("/data/a@b");
}

void tst_EnvReport::secretsInAddressesAreLeftOut()
{
    QFETCH(QByteArray, address);
    QTEST(withoutSecrets(address), "shown");
}

void tst_EnvReport::torchIsReadFromItsFiles_data()
{
    using Build = TorchVersion::Build;
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArrayList>("dists");
    QTest::addColumn<int>("build");
    QTest::addColumn<QString>("version");
    QTest::newRow("of conda: only cuda says it")
        << QByteArrayList{"__version__ = '2.3.0'", "cuda: Optional[str] = '12.1'"}
        << QByteArrayList() << int(Build::Cuda) << QStringLiteral("2.3.0");
    QTest::newRow("old form") << QByteArrayList{"__version__ = '1.8.1'", "cuda = '10.2'"}
                              << QByteArrayList() << int(Build::Cuda) << QStringLiteral("1.8.1");
    QTest::newRow("for the CPU") << QByteArrayList{"__version__ = '2.3.0'", "cuda = None"}
                                 << QByteArrayList() << int(Build::Cpu) << QStringLiteral("2.3.0");
    QTest::newRow("rocm") << QByteArrayList{"__version__ = '2.4.0+rocm6.1'", "cuda = None",
                                            "hip = '6.1'"}
                          << QByteArrayList() << int(Build::Rocm)
                          << QStringLiteral("2.4.0+rocm6.1");
    QTest::newRow("only its dist-info")
        << QByteArrayList() << QByteArrayList{"torch-2.5.1+cu121.dist-info"} << int(Build::Cuda)
        << QStringLiteral("2.5.1+cu121");
    QTest::newRow("a version of its own")
        << QByteArrayList{"__version__ = 'git'", "cuda = '12.1'"} << QByteArrayList()
        << int(Build::Cuda) << QStringLiteral("git");
    QTest::newRow("nothing") << QByteArrayList{"cuda = '12.1'"} << QByteArrayList()
                             << int(Build::Unsaid) << QString();
}

void tst_EnvReport::torchIsReadFromItsFiles()
{
    QFETCH(QByteArrayList, lines);
    QFETCH(QByteArrayList, dists);
    QFETCH(QString, version);
    const auto torch = parseTorch(lines, dists);
    QCOMPARE(torch.has_value(), !version.isEmpty());
    if (torch) {
        QCOMPARE(torch->version, version);
        QTEST(int(torch->build), "build");
        QCOMPARE(torch->cuda.has_value(), torch->build == TorchVersion::Build::Cuda);
    }
}

void tst_EnvReport::aShellThatDidNotAnswerIsAbsent()
{
    const auto report = parseReport(records({"interactive danlu-begin\npython /x/python\n",
                                             "login danlu-begin\npython /y/python\ndanlu-end"}));
    QVERIFY(report && !report->interactive && report->login);
    QCOMPARE(report->shell()->python->path, QByteArray("/y/python"));
}

void tst_EnvReport::packagesAreMerged()
{
    const auto list = parsePackages(
        records({"conda numpy-1.26.4-py310_0.json", "conda pytorch-2.3.0-py3.10_cuda12.1_0.json",
                 "conda scikit-learn-1.4.0-py310_0.json", "conda history",
                 "dist numpy-2.0.1.dist-info", "dist torch-2.3.0.dist-info",
                 "dist scikit_learn-1.4.0.dist-info", "dist transformers-4.44.0.dist-info",
                 "dist old-1.0-py3.8.egg-info", "dist ~umpy-1.dist-info",
                 "by-conda torch-2.3.0.dist-info", "by-conda scikit_learn-1.4.0.dist-info"}));
    QVERIFY(list);
    const std::vector<Package> wanted{
        {QStringLiteral("numpy"), QStringLiteral("2.0.1"), Package::Origin::Pip}, // over conda's
        {QStringLiteral("old"), QStringLiteral("1.0"), Package::Origin::Pip},
        {QStringLiteral("pytorch"), QStringLiteral("2.3.0"), Package::Origin::Conda},
        {QStringLiteral("scikit-learn"), QStringLiteral("1.4.0"), Package::Origin::Conda},
        {QStringLiteral("transformers"), QStringLiteral("4.44.0"), Package::Origin::Pip}};
    QCOMPARE(list->size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        QVERIFY2((*list)[i] == wanted[i], qPrintable((*list)[i].name));
    QVERIFY(!parsePackages("conda numpy-1.26.4-py310_0.json"));
}

void tst_EnvReport::oddPackageNames_data()
{
    QTest::addColumn<QByteArray>("record");
    for (const char *odd : {"conda x.json", "conda -1-2.json", "conda ", "dist x",
                            "dist -.dist-info", "dist .dist-info", "conda a-b.json"})
        QTest::newRow(odd) << QByteArray(odd);
}

void tst_EnvReport::oddPackageNames()
{
    QFETCH(QByteArray, record);
    const auto list = parsePackages(records({record}));
    QVERIFY(list && list->empty());
}

QTEST_GUILESS_MAIN(tst_EnvReport)
#include "tst_EnvReport.moc"
