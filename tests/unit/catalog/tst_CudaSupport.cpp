// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/CardCatalog.h"
#include "core/catalog/CudaSupport.h"

#include <QTest>

#include <memory>

using namespace core;
using namespace core::catalog;

class tst_CudaSupport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void versionsAreReadAndOrdered();
    void toolkitsDriveCards_data();
    void toolkitsDriveCards();
    void torchVersionsAreRead_data();
    void torchVersionsAreRead();
    void torchDrivesCards_data();
    void torchDrivesCards();
    void aVersionThatSaysNoCudaTellsWhichBuildsDrive();
    void brokenTablesAreRefused();

private:
    [[nodiscard]] const Card &card(const QString &name) const
    {
        return *m_cards->match(name).best();
    }

    std::unique_ptr<CardCatalog> m_cards;
    TorchBuilds m_builds;
};

void tst_CudaSupport::initTestCase()
{
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards = std::make_unique<CardCatalog>(std::move(*cards));
    auto builds = TorchBuilds::shipped();
    QVERIFY2(builds.has_value(), qPrintable(builds ? QString() : builds.error().detail));
    m_builds = std::move(*builds);
}

void tst_CudaSupport::versionsAreReadAndOrdered()
{
    QCOMPARE(DottedVersion::parse(u"12.8"), (std::optional(DottedVersion{12, 8})));
    QCOMPARE(DottedVersion::parse(u"12.8.1"), (std::optional(DottedVersion{12, 8})));
    QCOMPARE(DottedVersion::parse(u"12"), (std::optional(DottedVersion{12, 0})));
    QVERIFY(*DottedVersion::parse(u"12.10") > *DottedVersion::parse(u"12.9"));
    QVERIFY(*DottedVersion::parse(u"9.2") < *DottedVersion::parse(u"11.1"));
    for (const char *bad :
         {"", ".", "12.", ".8", "12.8.", "12.8.1.0", "-1", "12,8", "9999", "v12", "12.8 "})
        QVERIFY2(!DottedVersion::parse(QString::fromLatin1(bad)), bad);
}

void tst_CudaSupport::toolkitsDriveCards_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("cuda");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("need");
    const auto row = [](const char *name, const char *cuda, CudaVerdict verdict, const char *need) {
        QTest::addRow("%s, CUDA %s", name, cuda)
            << QString::fromLatin1(name) << QString::fromLatin1(cuda) << int(verdict)
            << QString::fromLatin1(need);
    };
    using enum CudaVerdict;
    // 30 series and later 11.1, 40 series 11.8, 50 series 12.8.
    row("RTX 3090", "10.2", TooOld, "11.1");
    row("RTX 3090", "11.0", TooOld, "11.1");
    row("RTX 3090", "11.1", Drives, "11.1");
    row("RTX 3060", "11.3", Drives, "11.1");
    row("RTX 4090", "11.3", TooOld, "11.8");
    row("RTX 4090", "11.7", TooOld, "11.8");
    row("RTX 4090", "11.8", Drives, "11.8");
    row("RTX 4090D", "12.4", Drives, "11.8");
    row("L20", "11.6", TooOld, "11.8");
    row("vGPU-32GB", "11.3", TooOld, "11.8");
    row("RTX 5090", "12.4", TooOld, "12.8");
    row("RTX 5090", "12.8", Drives, "12.8");
    row("RTX PRO 6000", "12.6", TooOld, "12.8");
    row("H20", "11.7", TooOld, "11.8");
    row("A100", "10.2", TooOld, "11.0");
    row("A100", "11.0", Drives, "11.0");
    row("T4", "10.0", Drives, "10.0");
    row("V100", "12.9", Drives, "9.0");
    row("V100", "13.0", TooNew, "9.0");
    row("GTX 1080 Ti", "13.0", TooNew, "8.0");
    row("K80", "11.8", Drives, "6.5");
    row("K80", "12.1", TooNew, "6.5");
    row("Ascend 910B", "12.4", NotCuda, "");
    row("MI300X", "12.4", NotCuda, "");
}

void tst_CudaSupport::toolkitsDriveCards()
{
    QFETCH(QString, name);
    QFETCH(QString, cuda);
    QFETCH(int, verdict);
    QFETCH(QString, need);
    const CudaCheck check = checkCuda(card(name), *DottedVersion::parse(cuda));
    QCOMPARE(int(check.verdict), verdict);
    QCOMPARE(check.needAtLeast ? check.needAtLeast->text() : QString(), need);
    QCOMPARE(check.cuda, DottedVersion::parse(cuda));
}

void tst_CudaSupport::torchVersionsAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read"); // "version build cuda", "" = refused
    const auto row = [](const char *text, const char *read) {
        QTest::newRow(*text ? text : "empty")
            << QString::fromLatin1(text) << QString::fromLatin1(read);
    };
    row("1.8.1+cu111", "1.8 cuda 11.1");
    row("1.4.0+cu92", "1.4 cuda 9.2");
    row("2.5.1", "2.5 unsaid");
    row("2.5", "2.5 unsaid");
    row(" 2.10.0+cu128\n", "2.10 cuda 12.8");
    row("2.1.0+cpu", "2.1 cpu");
    row("2.4.0+rocm6.1", "2.4 rocm");
    row("2.1.0a0+32f93b1", "2.1 unsaid");
    row("2.0.0.dev20230101+cu118", "2.0 cuda 11.8");
    row("2.0.0rc1", "2.0 unsaid");
    row("1.13.1+cu117.with.pypi.cudnn", "1.13 cuda 11.7");
    row("1.10.0.post3", "1.10 unsaid");
    for (const char *bad : {"", "torch", "2", "2.x", "+cu118", "2.0.0+", "two", "2.0.0 +cu118"})
        row(bad, "");
}

void tst_CudaSupport::torchVersionsAreRead()
{
    QFETCH(QString, text);
    QFETCH(QString, read);
    const auto torch = TorchVersion::parse(text);
    QCOMPARE(torch.has_value(), !read.isEmpty());
    if (!torch)
        return;
    static const QStringList builds{QStringLiteral("unsaid"), QStringLiteral("cuda"),
                                    QStringLiteral("cpu"), QStringLiteral("rocm")};
    QString said = torch->version.text() + u' ' + builds[int(torch->build)];
    if (torch->cuda)
        said += u' ' + torch->cuda->text();
    QCOMPARE(said, read);
}

void tst_CudaSupport::torchDrivesCards_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("torch");
    QTest::addColumn<QString>("image"); // the image's CUDA, "" = not known
    QTest::addColumn<int>("verdict");
    const auto row = [](const char *name, const char *torch, const char *image,
                        CudaVerdict verdict) {
        QTest::addRow("%s, torch %s, image %s", name, torch, image)
            << QString::fromLatin1(name) << QString::fromLatin1(torch) << QString::fromLatin1(image)
            << int(verdict);
    };
    using enum CudaVerdict;
    row("RTX 3090", "1.8.1+cu111", "", Drives);
    row("RTX 3090", "1.8.1", "", DependsOnBuild); // 10.1, 10.2 or 11.1
    row("RTX 3090", "1.7.1", "", TooOld);         // 11.0 at most
    row("A100", "1.7.1", "", DependsOnBuild);
    row("RTX 3090", "1.11.0", "", DependsOnBuild);
    row("RTX 4090", "1.10.1", "", TooOld);
    row("T4", "1.9.0", "", Drives);
    row("RTX 3090", "1.6.0+cu111", "", Drives); // not in the table: the rule alone
    row("RTX 3090", "1.7.1+cu110", "", TooOld);
    row("RTX 4090", "1.12.1+cu113", "", TooOld);
    row("RTX 4090", "2.0.1+cu118", "", Drives);
    row("RTX 4090", "2.5.1+cu124", "", Drives);
    row("RTX 5090", "2.5.1+cu124", "", TooOld);
    row("RTX 5090", "2.5.1", "12.4", TooOld);
    row("RTX 5090", "2.5.1", "", TooOld); // none of its builds
    row("RTX 5090", "2.7.0+cu128", "", Drives);
    row("RTX 5090", "2.8.0+cu126", "", TooOld);
    row("V100", "2.7.0+cu128", "", NoCode); // CUDA 12.8 knows it, the wheel leaves it out
    row("V100", "2.8.0+cu128", "", Drives);
    row("V100", "2.13.0+cu130", "", TooNew);
    row("P40", "2.6.0+cu124", "", Drives); // 6.1 runs what is built for 6.0
    row("P40", "2.8.0+cu128", "", NoCode);
    row("L20", "2.6.0+cu124", "", Drives);   // 8.9 runs what is built for 8.6
    row("B300", "2.12.0+cu130", "", Drives); // 10.3 runs what is built for 10.0
    row("GB10", "2.12.0+cu130", "", Drives);
    row("RTX 4090", "2.5.1+cpu", "", CpuOnly);
    row("RTX 4090", "2.5.1+cpu", "12.4", CpuOnly);
    row("RTX 4090", "2.4.0+rocm6.1", "", NotCuda);
    row("MI300X", "2.4.0+rocm6.1", "", Unknown);
    row("Ascend 910B", "2.5.1+cu124", "", NotCuda);
    row("RTX 5090", "2.8.0", "", DependsOnBuild);
    row("RTX 3090", "2.8.0", "", Drives);
    row("RTX 3090", "9.9.0", "", Unknown);
    row("RTX 3090", "1.0.0", "", Unknown);
}

void tst_CudaSupport::torchDrivesCards()
{
    QFETCH(QString, name);
    QFETCH(QString, torch);
    QFETCH(QString, image);
    QFETCH(int, verdict);
    const CudaCheck check =
        m_builds.check(card(name), *TorchVersion::parse(torch), DottedVersion::parse(image));
    QCOMPARE(int(check.verdict), verdict);
    if (check.verdict == CudaVerdict::NoCode)
        QVERIFY(!check.source.isEmpty());
}

void tst_CudaSupport::aVersionThatSaysNoCudaTellsWhichBuildsDrive()
{
    const CudaCheck some = m_builds.check(card(QStringLiteral("RTX 5090")),
                                          *TorchVersion::parse(QStringLiteral("2.8.0")));
    QCOMPARE(some.verdict, CudaVerdict::DependsOnBuild);
    QVERIFY(!some.cuda);
    QCOMPARE(some.needAtLeast, (std::optional(DottedVersion{12, 8})));
    QVERIFY((some.drivingCudas == std::vector<DottedVersion>{{12, 8}, {12, 9}}));
}

void tst_CudaSupport::brokenTablesAreRefused()
{
    const QByteArray head = "torch,cuda,architectures,source,architectures_source\n";
    QVERIFY(TorchBuilds::fromCsv(head + "2.0,11.8,8.0 9.0+PTX,a,b\n"));
    QVERIFY(!TorchBuilds::fromCsv(head + "2.0,eleven,8.0,a,b\n"));
    QVERIFY(!TorchBuilds::fromCsv("torch,cuda\n2.0,11.8\n"));
    const auto bad = TorchBuilds::fromCsv(head + "2.0,11.8,8.0;9.0,a,b\n");
    QVERIFY(!bad);
    QCOMPARE(bad.error().detail, QStringLiteral("line 2: architectures: \"8.0;9.0\""));
}

QTEST_GUILESS_MAIN(tst_CudaSupport)
#include "tst_CudaSupport.moc"
