// SPDX-License-Identifier: GPL-3.0-or-later
// Whether an environment's torch can compute on the instance's card, and what to install instead.
#include "core/env/TorchFit.h"

#include <QTest>

using namespace core;
using namespace core::env;
using catalog::DottedVersion;
using catalog::TorchVersion;

namespace {

Report reportOf(const char *card, const char *driverCuda)
{
    Report report;
    probe::SmiReport smi;
    smi.cuda = QString::fromLatin1(driverCuda);
    probe::GpuInfo gpu;
    gpu.name = QString::fromLatin1(card);
    smi.gpus.push_back(gpu);
    report.smi = smi;
    return report;
}

Environment environmentOf(const QString &torch, const char *python = "3.10.14")
{
    Environment environment;
    environment.version = QString::fromLatin1(python);
    if (torch.isEmpty())
        return environment;
    Torch made;
    made.version = torch;
    const auto parsed = TorchVersion::parse(torch);
    made.number = parsed->version;
    made.build = parsed->build;
    made.cuda = parsed->cuda;
    environment.torch = made;
    return environment;
}

} // namespace

class tst_TorchFit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBuildIsJudged_data();
    void aBuildIsJudged();
    void theAdviceIsABuildThatWorks();
    void theSameVersionIsForced();
    void withoutAWheelForThePythonNoneIsAdvised();
    void anUnknownCardGoesByItsCapability();
    void ofMixedCardsTheOneThatIsNotDrivenIsNamed();
    void withoutAGpuNothingIsSaid();

private:
    const catalog::CardCatalog m_cards = *catalog::CardCatalog::shipped();
    const catalog::TorchBuilds m_builds = *catalog::TorchBuilds::shipped();
};

void tst_TorchFit::aBuildIsJudged_data()
{
    QTest::addColumn<QByteArray>("card");
    QTest::addColumn<QByteArray>("driver");
    QTest::addColumn<QString>("torch");
    QTest::addColumn<QString>("fit");
    const QByteArray rtx4090 = "NVIDIA GeForce RTX 4090";
    QTest::newRow("works") << rtx4090 << QByteArray("12.4") << QStringLiteral("2.5.1+cu124")
                           << QStringLiteral("works");
    QTest::newRow("none") << rtx4090 << QByteArray("12.4") << QString()
                          << QStringLiteral("no-torch");
    QTest::newRow("for the CPU") << rtx4090 << QByteArray("12.4") << QStringLiteral("2.5.1+cpu")
                                 << QStringLiteral("cpu-only");
    QTest::newRow("for another maker")
        << rtx4090 << QByteArray("12.4") << QStringLiteral("2.4.0+rocm6.1")
        << QStringLiteral("other-maker");
    QTest::newRow("older than the card")
        << rtx4090 << QByteArray("12.4") << QStringLiteral("1.8.1+cu102")
        << QStringLiteral("card-too-new");
    QTest::newRow("the newest card, no code")
        << QByteArray("NVIDIA GeForce RTX 5090") << QByteArray("12.8")
        << QStringLiteral("2.5.1+cu124") << QStringLiteral("card-too-new");
    QTest::newRow("no code for an old card")
        << QByteArray("Tesla P100-PCIE-16GB") << QByteArray("12.8") << QStringLiteral("2.8.0+cu128")
        << QStringLiteral("no-code");
    QTest::newRow("a minor version later")
        << rtx4090 << QByteArray("12.2") << QStringLiteral("2.5.1+cu124")
        << QStringLiteral("driver-older");
    QTest::newRow("a major version later")
        << rtx4090 << QByteArray("11.8") << QStringLiteral("2.5.1+cu124")
        << QStringLiteral("driver-too-old");
}

void tst_TorchFit::aBuildIsJudged()
{
    QFETCH(QByteArray, card);
    QFETCH(QByteArray, driver);
    QFETCH(QString, torch);
    QFETCH(QString, fit);
    const TorchFit judged = judgeTorch(
        environmentOf(torch), reportOf(card.constData(), driver.constData()), m_cards, m_builds);
    QCOMPARE(QString(fitName(judged.fit)), fit);
    QCOMPARE(judged.advice.has_value(), isBad(judged.fit));
}

void tst_TorchFit::theAdviceIsABuildThatWorks()
{
    const Report report = reportOf("NVIDIA GeForce RTX 5090", "12.8");
    const TorchFit judged =
        judgeTorch(environmentOf(QStringLiteral("2.5.1+cu124")), report, m_cards, m_builds);
    QVERIFY(judged.advice);
    // As good a build as there is for this driver, and itself beyond reproach.
    QCOMPARE(judged.advice->cuda, (DottedVersion{12, 8}));
    const QString version = judged.advice->torch.text() + QStringLiteral(".0+cu128");
    QCOMPARE(judgeTorch(environmentOf(version), report, m_cards, m_builds).fit, Fit::Works);
    QCOMPARE(judged.advice->pipWords.last(), QByteArray("https://download.pytorch.org/whl/cu128"));
    QVERIFY(!judged.advice->pipWords.contains("--force-reinstall"));
}

void tst_TorchFit::theSameVersionIsForced()
{
    const TorchFit judged =
        judgeTorch(environmentOf(QStringLiteral("2.5.1+cpu")),
                   reportOf("NVIDIA GeForce RTX 4090", "12.4"), m_cards, m_builds);
    QVERIFY(judged.advice);
    QCOMPARE(judged.advice->pipWords,
             (QByteArrayList{"install", "--force-reinstall", "torch==2.5.*", "torchvision",
                             "--index-url", "https://download.pytorch.org/whl/cu124"}));
}

void tst_TorchFit::withoutAWheelForThePythonNoneIsAdvised()
{
    const Report report = reportOf("NVIDIA GeForce RTX 4090", "12.4");
    const QString old = QStringLiteral("1.8.1+cu102");
    const TorchFit python36 = judgeTorch(environmentOf(old, "3.6.9"), report, m_cards, m_builds);
    QVERIFY(isBad(python36.fit) && !python36.advice);
    const TorchFit python38 = judgeTorch(environmentOf(old, "3.8.18"), report, m_cards, m_builds);
    QVERIFY(python38.advice);
    QCOMPARE(python38.advice->torch, (DottedVersion{2, 4})); // the last one for this python
}

void tst_TorchFit::anUnknownCardGoesByItsCapability()
{
    Report report = reportOf("NVIDIA Card Of Tomorrow", "12.8");
    const Environment environment = environmentOf(QStringLiteral("2.5.1+cu124"));
    QCOMPARE(judgeTorch(environment, report, m_cards, m_builds).fit, Fit::Unknown);
    report.capabilities.push_back(DottedVersion{12, 0});
    const TorchFit judged = judgeTorch(environment, report, m_cards, m_builds);
    QVERIFY(isBad(judged.fit));
    QCOMPARE(judged.card, QStringLiteral("NVIDIA Card Of Tomorrow"));
}

void tst_TorchFit::ofMixedCardsTheOneThatIsNotDrivenIsNamed()
{
    const auto mixed = [](const std::vector<const char *> &cards, const char *driver) {
        Report report = reportOf(cards.front(), driver);
        report.smi->gpus.front().index = 0;
        for (std::size_t i = 1; i < cards.size(); ++i) {
            probe::GpuInfo gpu;
            gpu.index = int(i);
            gpu.name = QString::fromLatin1(cards[i]);
            report.smi->gpus.push_back(gpu);
        }
        return report;
    };
    constexpr auto ada = "NVIDIA GeForce RTX 4090";
    constexpr auto blackwell = "NVIDIA GeForce RTX 5090";
    const Environment cu124 = environmentOf(QStringLiteral("2.5.1+cu124"));
    const Report report = mixed({ada, blackwell, ada, blackwell}, "12.8");
    const TorchFit judged = judgeTorch(cu124, report, m_cards, m_builds);
    QCOMPARE(judged.fit, Fit::CardTooNew);
    QCOMPARE(judged.card, QStringLiteral("RTX 5090"));
    QCOMPARE(judged.gpus, (std::vector<int>{1, 3}));
    QVERIFY(judged.othersWork);
    QCOMPARE(judged.needAtLeast, (DottedVersion{12, 8}));
    // What is advised drives them all.
    QVERIFY(judged.advice);
    const QString good = judged.advice->torch.text() + QStringLiteral(".0+cu128");
    const TorchFit after = judgeTorch(environmentOf(good), report, m_cards, m_builds);
    QCOMPARE(after.fit, Fit::Works);
    QVERIFY(after.gpus.empty() && !after.othersWork);
    QCOMPARE(after.card, QStringLiteral("RTX 4090, RTX 5090"));
    QCOMPARE(after.needAtLeast, (DottedVersion{12, 8}));
    // No build drives the one and the other: none is advised.
    const TorchFit far =
        judgeTorch(cu124, mixed({blackwell, "Tesla K80"}, "12.8"), m_cards, m_builds);
    QVERIFY(isBad(far.fit) && !far.advice && !far.othersWork);
    // Alike: nothing is said of single ones.
    const TorchFit alike =
        judgeTorch(cu124, mixed({blackwell, blackwell}, "12.8"), m_cards, m_builds);
    QCOMPARE(alike.fit, Fit::CardTooNew);
    QVERIFY(alike.gpus.empty());
    // A card that nobody knows is no reason to say that all is well; each has its own capability.
    Report unknown = mixed({ada, "NVIDIA Card Of Tomorrow"}, "12.8");
    const TorchFit open = judgeTorch(cu124, unknown, m_cards, m_builds);
    QCOMPARE(open.fit, Fit::Unknown);
    QCOMPARE(open.gpus, (std::vector<int>{1}));
    unknown.capabilities = {DottedVersion{8, 9}, DottedVersion{12, 0}};
    QCOMPARE(judgeTorch(cu124, unknown, m_cards, m_builds).fit, Fit::CardTooNew);
    unknown.capabilities = {std::nullopt, DottedVersion{8, 9}};
    QCOMPARE(judgeTorch(cu124, unknown, m_cards, m_builds).fit, Fit::Works);
    unknown.capabilities = {DottedVersion{12, 0}}; // of which one?
    QCOMPARE(judgeTorch(cu124, unknown, m_cards, m_builds).fit, Fit::Unknown);
    // The driver is one for all.
    const TorchFit old = judgeTorch(cu124, mixed({ada, blackwell}, "11.8"), m_cards, m_builds);
    QVERIFY(isBad(old.fit));
}

void tst_TorchFit::withoutAGpuNothingIsSaid()
{
    const Environment environment = environmentOf(QStringLiteral("2.5.1+cpu"));
    QCOMPARE(judgeTorch(environment, Report(), m_cards, m_builds).fit, Fit::NoGpu);
}

QTEST_GUILESS_MAIN(tst_TorchFit)
#include "tst_TorchFit.moc"
