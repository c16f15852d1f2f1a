// SPDX-License-Identifier: GPL-3.0-or-later
// nvidia-smi at its worst: whose row it is, cards that do not answer, names that are no XML.
#include "core/probe/NvidiaSmi.h"

#include <QTest>

using namespace core::probe;

class tst_NvidiaSmi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFindTheirGpu_data();
    void rowsFindTheirGpu();
    void whatACardDoesNotAnswerIsAbsent();
    void aShareAboveAHundredIsAbsent();
    void aRowCutShortIsSaid();
    void processesAreListedWithTheirGpu();
    void processesJoinTheRowsOfTheirGpu();
    void noNameOfAProcessCostsACard_data();
    void noNameOfAProcessCostsACard();
    void whatIsNoXmlCostsOneCard();
    void whatStandsAroundTheDocumentIsNoPartOfIt();
    void aJetsonHasNoBus();
    void aCutDocumentSaysWhichCardIsPartial();
    void errorsAreKnown_data();
    void errorsAreKnown();
};

void tst_NvidiaSmi::rowsFindTheirGpu_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<double>>("utils"); ///< of each GPU, the last row's
    const QByteArray time = "2024/03/11 10:11:";
    QTest::newRow("the query of NVIDIA's own page")
        << "timestamp, name, pci.bus_id, utilization.gpu [%]\n" + time +
               "12.123, NVIDIA A100-SXM4-80GB, 00000000:07:00.0, 97 %\n" + time +
               "12.125, NVIDIA A100-SXM4-80GB, 00000000:0A:00.0, 12 %\n"
        << QList<double>{97, 12};
    QTest::newRow("a loop by bus") << QByteArray("pci.bus_id, utilization.gpu [%]\n"
                                                 "00000000:01:00.0, 97 %\n00000000:02:00.0, 12 %\n"
                                                 "00000000:01:00.0, 55 %\n00000000:02:00.0, 56 %\n")
                                   << QList<double>{55, 56};
    QTest::newRow("a loop by serial number")
        << QByteArray("serial, utilization.gpu [%]\n1561, 1 %\n1562, 2 %\n1561, 3 %\n")
        << QList<double>{3, 2};
    QTest::newRow("nothing but times, four cards")
        << "timestamp, utilization.gpu [%], memory.used [MiB]\n" + time + "12.123, 97 %, 1 MiB\n" +
               time + "12.124, 12 %, 2 MiB\n" + time + "12.125, 13 %, 3 MiB\n" + time +
               "12.126, 14 %, 4 MiB\n"
        << QList<double>{97, 12, 13, 14};
    QTest::newRow("nothing but times, two rounds of two")
        << "timestamp, utilization.gpu [%]\n" + time + "12.123, 97 %\n" + time + "12.124, 12 %\n" +
               time + "13.123, 1 %\n" + time + "13.125, 2 %\n"
        << QList<double>{1, 2};
    QTest::newRow("nothing but times, a log of one")
        << "timestamp, utilization.gpu [%]\n" + time + "12.123, 97 %\n" + time + "13.124, 12 %\n"
        << QList<double>{12};
    QTest::newRow("nothing but the count")
        << QByteArray("count, utilization.gpu [%]\n2, 1 %\n2, 2 %\n2, 3 %\n2, 4 %\n")
        << QList<double>{3, 4};
}

void tst_NvidiaSmi::rowsFindTheirGpu()
{
    QFETCH(QByteArray, text);
    QFETCH(QList<double>, utils);
    const auto report = parseNvidiaSmiCsv(text);
    QVERIFY(report);
    QCOMPARE(qsizetype(report->gpus.size()), utils.size());
    for (qsizetype i = 0; i < utils.size(); ++i) {
        QCOMPARE(report->gpus[std::size_t(i)].utilPercent, utils[i]);
        QCOMPARE(report->gpus[std::size_t(i)].index, int(i));
    }
}

void tst_NvidiaSmi::whatACardDoesNotAnswerIsAbsent()
{
    QByteArray text = "index, name, uuid, utilization.gpu [%], mig.mode.current\n";
    int index = 0;
    const QByteArrayList words{"[Unknown Error]", "[GPU requires reset]", "[GPU is lost]",
                               "[Timeout]",       "[Some New Failure]",   "ERR!"};
    for (const QByteArray &word : words)
        text += QByteArray::number(index++) + ", " + word + ", " + word + ", " + word + ", " +
                word + '\n';
    text += QByteArray::number(index) + ", Tesla T4, GPU-1, 0 %, [N/A]\n";
    const auto report = parseNvidiaSmiCsv(text);
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(index + 1));
    for (int i = 0; i < index; ++i) {
        const GpuInfo &gpu = report->gpus[std::size_t(i)];
        QCOMPARE(gpu.index, i);
        QVERIFY2(!gpu.name && !gpu.uuid && !gpu.utilPercent && !gpu.mig, words[i].constData());
    }
    QCOMPARE(report->gpus.back().mig, false); // a card without MIG
}

void tst_NvidiaSmi::aShareAboveAHundredIsAbsent()
{
    const auto csv = parseNvidiaSmiCsv("index, utilization.gpu [%], fan.speed [%]\n"
                                       "0, 4294967295 %, 103 %\n");
    QVERIFY(csv);
    QVERIFY(!csv->gpus[0].utilPercent);
    QCOMPARE(csv->gpus[0].fanPercent, 103.0); // fans may turn faster than their nominal speed
    const auto xml = parseNvidiaSmiXml(
        "<nvidia_smi_log><driver_version>1</driver_version><gpu id=\"1\"><utilization>"
        "<gpu_util>4294967295 %</gpu_util></utilization></gpu></nvidia_smi_log>");
    QVERIFY(xml);
    QVERIFY(!xml->gpus[0].utilPercent);
}

void tst_NvidiaSmi::aRowCutShortIsSaid()
{
    const QByteArray header = "index, name, memory.used [MiB], memory.total [MiB]\n";
    const auto cut = parseNvidiaSmiCsv(header + "0, Tesla T4, 10");
    QVERIFY(cut);
    QVERIFY(cut->truncated);
    QCOMPARE(cut->gpus[0].name, QStringLiteral("Tesla T4"));
    QVERIFY(!cut->gpus[0].memUsedMib); // of 1024 as well
    QVERIFY(!parseNvidiaSmiCsv(header + "0, Tesla T4, 10 MiB, 15360 MiB\n")->truncated);
}

void tst_NvidiaSmi::processesAreListedWithTheirGpu()
{
    const auto report =
        parseNvidiaSmiCsv("gpu_uuid, pid, process_name, used_gpu_memory [MiB]\n"
                          "GPU-a, 17, python, 100 MiB\nGPU-b, 18, train.py, --a, 200 MiB\n"
                          "GPU-a, 19, [Not Found], [N/A]\n");
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(2));
    const std::vector<GpuProcess> &first = report->gpus[0].processes;
    QCOMPARE(report->gpus[0].uuid, QStringLiteral("GPU-a"));
    QVERIFY(!report->gpus[0].index);
    QCOMPARE(first.size(), std::size_t(2));
    QCOMPARE(first[0].name, QStringLiteral("python"));
    QVERIFY(!first[1].name && !first[1].usedMib);
    QCOMPARE(report->gpus[1].processes.at(0).name, QStringLiteral("train.py, --a"));
    QCOMPARE(report->gpus[1].processes.at(0).usedMib, 200);
}

void tst_NvidiaSmi::processesJoinTheRowsOfTheirGpu()
{
    const QByteArray gpus = "index, uuid, name\n0, GPU-a, Tesla T4\n1, GPU-b, Tesla T4\n";
    const QByteArray apps = "pid, gpu_uuid, process_name\n17, GPU-b, python\n";
    for (const QByteArray &text : {gpus + apps, apps + gpus}) {
        const auto report = parseNvidiaSmiCsv(text);
        QVERIFY(report);
        QCOMPARE(report->gpus.size(), std::size_t(2));
        for (const GpuInfo &gpu : report->gpus) {
            QCOMPARE(gpu.name, QStringLiteral("Tesla T4"));
            QCOMPARE(gpu.processes.size(), std::size_t(gpu.uuid == QStringLiteral("GPU-b")));
        }
    }
}

void tst_NvidiaSmi::noNameOfAProcessCostsACard_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("read");
    const QChar unknown(0xFFFD);
    QTest::newRow("ampersand") << QByteArray("python a.py --x=1&y=2&amp;z")
                               << QStringLiteral("python a.py --x=1&y=2&z");
    QTest::newRow("less") << QByteArray("/tmp/<unnamed>") << QStringLiteral("/tmp/<unnamed>");
    QTest::newRow("less and a blank") << QByteArray("a < b") << QStringLiteral("a < b");
    QTest::newRow("control") << QByteArray("/data/a\x01"
                                           "b\x1b[31m")
                             << QStringLiteral("/data/a%1b%1[31m").arg(unknown);
    QTest::newRow("no UTF-8") << QByteArray("/data/\xd1\xb5\xc1\xb7/python") << QString();
    QTest::newRow("no entity") << QByteArray("&nbsp;&#x41;") << QStringLiteral("&nbsp;A");
    QTest::newRow("a tag that is not closed") << QByteArray("<b><i") << QStringLiteral("<b><i");
}

void tst_NvidiaSmi::noNameOfAProcessCostsACard()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, read);
    const auto report = parseNvidiaSmiXml(
        "<?xml version=\"1.0\" ?>\n<nvidia_smi_log>\n\t<driver_version>550.90.07</driver_version>\n"
        "WARNING: infoROM is corrupted & more\n"
        "\t<gpu id=\"1\">\n\t\t<processes>\n\t\t\t<process_info>\n\t\t\t\t<pid>7</pid>\n"
        "\t\t\t\t<process_name>" +
        name +
        "</process_name>\n\t\t\t</process_info>\n\t\t</processes>\n\t</gpu>\n"
        "\t<gpu id=\"2\">\n\t\t<uuid>GPU-2</uuid>\n\t</gpu>\n</nvidia_smi_log>\n");
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(2));
    QVERIFY(!report->truncated);
    QCOMPARE(report->gpus[0].processes.size(), std::size_t(1));
    QVERIFY(report->gpus[0].processes[0].name);
    if (!read.isEmpty())
        QCOMPARE(*report->gpus[0].processes[0].name, read);
    QCOMPARE(report->gpus[1].uuid, QStringLiteral("GPU-2"));
}

void tst_NvidiaSmi::whatIsNoXmlCostsOneCard()
{
    const auto report = parseNvidiaSmiXml(
        "<nvidia_smi_log><driver_version>1</driver_version>"
        "<gpu id=\"1\"><uuid>GPU-1</uuid></gpu><gpu id=\"2\"><uuid>GPU-2</uuid></pci></gpu>"
        "<gpu id=\"3\"><uuid>GPU-3</uuid></gpu></nvidia_smi_log>");
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(3));
    QVERIFY(report->truncated);
    QCOMPARE(report->partialGpus, std::vector<int>{1});
    QCOMPARE(report->gpus[2].uuid, QStringLiteral("GPU-3"));
}

void tst_NvidiaSmi::whatStandsAroundTheDocumentIsNoPartOfIt()
{
    const auto document = [](const char *uuid) {
        return QByteArray("<?xml version=\"1.0\" ?>\n<nvidia_smi_log>\n"
                          "\t<driver_version>550.90.07</driver_version>\n\t<gpu id=\"1\">\n"
                          "\t\t<uuid>") +
               uuid + "</uuid>\n\t</gpu>\n</nvidia_smi_log>\n";
    };
    const auto warned = parseNvidiaSmiXml("welcome\n" + document("GPU-1") +
                                          "WARNING: infoROM is corrupted at gpu 0000:3B:00.0\n");
    QVERIFY(warned);
    QVERIFY(!warned->truncated);
    QCOMPARE(warned->gpus.size(), std::size_t(1));
    // "-l" writes one after the other, and is ended in the midst of one.
    const auto looped =
        parseNvidiaSmiXml(document("GPU-1") + document("GPU-2") + document("GPU-3").left(90));
    QVERIFY(looped);
    QVERIFY(!looped->truncated);
    QCOMPARE(looped->gpus.size(), std::size_t(1));
    QCOMPARE(looped->gpus[0].uuid, QStringLiteral("GPU-2"));
}

void tst_NvidiaSmi::aJetsonHasNoBus()
{
    const auto report = parseNvidiaSmiXml(
        "<nvidia_smi_log><driver_version>540.4.0</driver_version><gpu id=\"N/A\">"
        "<product_name>Orin (nvgpu)</product_name><uuid>N/A</uuid>"
        "<fb_memory_usage><total>Not Supported</total></fb_memory_usage></gpu></nvidia_smi_log>");
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(1));
    QVERIFY(!report->gpus[0].busId && !report->gpus[0].uuid && !report->gpus[0].memTotalMib);
    QCOMPARE(report->gpus[0].name, QStringLiteral("Orin (nvgpu)"));
}

void tst_NvidiaSmi::aCutDocumentSaysWhichCardIsPartial()
{
    const auto report = parseNvidiaSmiXml(
        "<nvidia_smi_log><driver_version>1</driver_version><gpu id=\"1\"><uuid>GPU-1</uuid></gpu>"
        "<gpu id=\"2\"><uuid>GPU-2</uuid><fan_spe");
    QVERIFY(report);
    QVERIFY(report->truncated);
    QCOMPARE(report->gpus.size(), std::size_t(2));
    QCOMPARE(report->partialGpus, std::vector<int>{1});
}

void tst_NvidiaSmi::errorsAreKnown_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<SmiFailure>("failure");
    QTest::newRow("Ubuntu without it")
        << QByteArray("\nCommand 'nvidia-smi' not found, but can be installed with:\n\n"
                      "apt install nvidia-utils-390  # version 390.157-0ubuntu0.22.04.2\n")
        << SmiFailure::NotInstalled;
    QTest::newRow("Chinese, not found")
        << QByteArray("-bash: nvidia-smi: 未找到命令\n") << SmiFailure::NotInstalled;
    QTest::newRow("Chinese, not permitted")
        << QByteArray("bash: /usr/bin/nvidia-smi: 权限不够\n") << SmiFailure::Permission;
    QTest::newRow("no suitable permission")
        << QByteArray("NVIDIA-SMI has failed because you do not have suitable permission to access "
                      "NVIDIA drivers.\n")
        << SmiFailure::Permission;
    QTest::newRow("an option of another version")
        << QByteArray("Option \"--query-gpu\" is not recognized. Please run 'nvidia-smi -h'.\n")
        << SmiFailure::BadField;
}

void tst_NvidiaSmi::errorsAreKnown()
{
    QFETCH(QByteArray, text);
    QFETCH(SmiFailure, failure);
    const auto error = recogniseSmiError(text);
    QVERIFY(error);
    QCOMPARE(error->failure, failure);
    QVERIFY(!parseNvidiaSmiCsv(text));
    QVERIFY(!parseNvidiaSmiXml(text));
}

QTEST_GUILESS_MAIN(tst_NvidiaSmi)
#include "tst_NvidiaSmi.moc"
