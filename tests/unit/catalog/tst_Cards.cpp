// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/CardCatalog.h"

#include <QFile>
#include <QTest>

#include <memory>

using namespace core;
using namespace core::catalog;

class tst_Cards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theTableIsWhole();
    void absentFiguresStayAbsent();
    void namesMeanTheirCard_data();
    void namesMeanTheirCard();
    void anotherCardIsUnknown_data();
    void anotherCardIsUnknown();
    void measuredMemoryTellsBoardsApart_data();
    void measuredMemoryTellsBoardsApart();
    void everyNameOfTheTableIsFound();
    void autodlsOrderByFp32();
    void autodlsOrderByFp16();
    void rankingsAreSortedAndStable_data();
    void rankingsAreSortedAndStable();
    void twoCardsAreCompared();
    void brokenTablesAreRefused_data();
    void brokenTablesAreRefused();

private:
    [[nodiscard]] QString order(Figure figure, const QStringList &names) const;

    std::unique_ptr<CardCatalog> m_catalog;
};

void tst_Cards::initTestCase()
{
    auto shipped = CardCatalog::shipped();
    QVERIFY2(shipped.has_value(), qPrintable(shipped ? QString() : shipped.error().detail));
    m_catalog = std::make_unique<CardCatalog>(std::move(*shipped));
}

void tst_Cards::theTableIsWhole()
{
    QCOMPARE(m_catalog->cards().size(), std::size_t(107));
    for (const Card &card : m_catalog->cards()) {
        QVERIFY2(card.memoryGb.has_value(), qPrintable(card.name));
        QVERIFY2(!card.vendor.isEmpty() && !card.architecture.isEmpty(), qPrintable(card.name));
        QVERIFY2(!card.sources.isEmpty() && card.asOf == u"2026-11", qPrintable(card.name));
        // The accumulate type is stored with the number.
        QVERIFY2(!card.fp16Tflops || !card.fp16Basis.isEmpty(), qPrintable(card.name));
        if (card.fp16Unit == Fp16Unit::Tensor)
            QVERIFY2(card.fp16Accumulate == Accumulate::Fp32, qPrintable(card.name));
        if (card.vendor == u"NVIDIA")
            QVERIFY2(card.computeCapability && card.minCuda && card.fp32Tflops,
                     qPrintable(card.name));
        // Tensor figures with FP16 accumulate are twice the others, give or take rounding.
        if (card.fp16TflopsFp16Accumulate && card.fp16Unit == Fp16Unit::Tensor) {
            const double ratio =
                card.fp16TflopsFp16Accumulate->toDouble() / card.fp16Tflops->toDouble();
            QVERIFY2(ratio > 1.97 && ratio < 2.03, qPrintable(card.name));
        }
    }
}

void tst_Cards::absentFiguresStayAbsent()
{
    const Card *gb10 = m_catalog->match(QStringLiteral("GB10")).best();
    QVERIFY(gb10);
    QVERIFY(!gb10->fp16Tflops);
    QCOMPARE(gb10->fp16Accumulate, Accumulate::Unknown);
    const Card *ascend = m_catalog->match(QStringLiteral("Ascend 910B")).best();
    QVERIFY(ascend);
    QVERIFY(!ascend->fp32Tflops && !ascend->computeCapability && !ascend->minCuda);
    const Card *card = m_catalog->match(QStringLiteral("RTX 4090")).best();
    QVERIFY(card);
    QCOMPARE(card->fp32Tflops, Decimal::parse(u"82.58"));
    QCOMPARE(card->fp16Tflops, Decimal::parse(u"165.2"));
    QCOMPARE(card->fp16TflopsFp16Accumulate, Decimal::parse(u"330.3"));
    QCOMPARE(card->computeCapability, (std::optional(DottedVersion{8, 9})));
    QCOMPARE(card->minCuda, (std::optional(DottedVersion{11, 8})));
    QCOMPARE(card->bf16, std::optional(true));
    QVERIFY(!card->maxCuda);
    const Card *derived = m_catalog->match(QStringLiteral("RTX PRO 5000")).best();
    QVERIFY(derived && !isSourced(*derived, Figure::Fp16) && isSourced(*derived, Figure::Fp32));
}

void tst_Cards::namesMeanTheirCard_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("card"); // the best, then the others: "A|B"
    const auto row = [](const char *name, const char *card) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(card);
    };
    const char *anyA100 = "A100 SXM4 80GB|A100 PCIe 80GB|A100 SXM4 40GB|A100 PCIe 40GB";
    // As the issue has them.
    row("NVIDIA GeForce RTX 4090 D", "RTX 4090D");
    row("Tesla T4", "T4");
    row("NVIDIA A100-SXM4-80GB", "A100 SXM4 80GB");
    row("vGPU-32GB", "vGPU-32GB");
    row("RTX_4090", "RTX 4090");
    row("RTX4090", "RTX 4090");
    row("4090", "RTX 4090");
    row("NVIDIA H20", "H20");
    row("RTX 6000 Ada", "RTX 6000 Ada");
    // nvidia-smi, nvidia-smi -L, the banner of a container.
    row("NVIDIA GeForce RTX 4090", "RTX 4090");
    row("GPU 0: NVIDIA GeForce RTX 3090 (UUID: GPU-00000000-0000-0000-0000-000000000000)",
        "RTX 3090");
    row("GPU 7: NVIDIA H100 80GB HBM3 (UUID: GPU-1e0cb5b2)", "H100 SXM");
    row("NVIDIA GeForce RTX 3090, 1", "RTX 3090");
    row("GeForce RTX 2080 Ti", "RTX 2080 Ti");
    row("NVIDIA GeForce RTX 3080 Ti", "RTX 3080 Ti");
    row("NVIDIA GeForce RTX 4070 Ti SUPER", "RTX 4070 Ti SUPER");
    row("NVIDIA GeForce RTX 4070 SUPER", "RTX 4070 SUPER");
    row("NVIDIA GeForce GTX 1080 Ti", "GTX 1080 Ti");
    row("NVIDIA GeForce RTX 5090 D", "RTX 5090D");
    row("Tesla V100-SXM2-16GB", "V100 SXM2");
    row("Tesla V100-PCIE-32GB", "V100 PCIe");
    row("Tesla V100S-PCIE-32GB", "V100S");
    row("Tesla P100-PCIE-12GB", "P100 PCIe");
    row("Tesla M40 24GB", "M40");
    row("Tesla K80", "K80");
    row("NVIDIA A100-PCIE-40GB", "A100 PCIe 40GB");
    row("A100-SXM4-40GB", "A100 SXM4 40GB");
    row("NVIDIA A100 80GB PCIe", "A100 PCIe 80GB");
    row("NVIDIA A800-SXM4-80GB", "A800 SXM4 80GB");
    row("NVIDIA A10", "A10");
    row("NVIDIA A10G", "A10G");
    row("NVIDIA A40", "A40");
    row("NVIDIA L4", "L4");
    row("NVIDIA L40", "L40");
    row("NVIDIA L40S", "L40S");
    row("NVIDIA H100 PCIe", "H100 PCIe");
    row("NVIDIA H100 NVL", "H100 NVL");
    row("NVIDIA H200", "H200 SXM");
    row("NVIDIA H200 NVL", "H200 NVL");
    row("NVIDIA GH200 480GB", "GH200");
    row("NVIDIA B200", "B200");
    row("NVIDIA B300 SXM6 AC", "B300");
    row("NVIDIA RTX A6000", "RTX A6000");
    row("NVIDIA RTX A2000 12GB", "RTX A2000");
    row("Quadro RTX 6000", "Quadro RTX 6000");
    row("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada");
    row("NVIDIA RTX 5880 Ada Generation", "RTX 5880 Ada");
    row("NVIDIA RTX PRO 6000 Blackwell Server Edition", "RTX PRO 6000");
    row("NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", "RTX PRO 6000");
    row("NVIDIA TITAN V", "Titan V");
    row("NVIDIA TITAN RTX", "Titan RTX");
    row("NVIDIA TITAN X (Pascal)", "Titan X (Pascal)");
    row("NVIDIA vGPU-48GB", "vGPU-48GB");
    row("NVIDIA GB10", "GB10");
    row("910B3", "Ascend 910B");
    row("AMD Instinct MI300X", "MI300X");
    // Providers and people.
    row("rtx 4090", "RTX 4090");
    row("4090D", "RTX 4090D");
    row("4090 24G", "RTX 4090");
    row("RTX 4090-48GB", "RTX 4090 48G");
    row("RTX 4090 / 24 GB", "RTX 4090");
    row("RTX 3080 12GB", "RTX 3080 12GB");
    row("3080", "RTX 3080");
    row("8x A100 SXM4 80GB", "A100 SXM4 80GB");
    row("RTX 3090 * 2", "RTX 3090");
    row("A100*4", anyA100);
    row("A100", anyA100);
    row("A100 80GB", "A100 SXM4 80GB|A100 PCIe 80GB");
    row("A100-40GB", "A100 SXM4 40GB|A100 PCIe 40GB");
    row("A100_SXM4", "A100 SXM4 80GB|A100 SXM4 40GB");
    row("A100 PCIE", "A100 PCIe 80GB|A100 PCIe 40GB");
    row("A100-SXM-80GB", "A100 SXM4 80GB");
    row("A800", "A800 SXM4 80GB|A800 PCIe 80GB");
    row("A100-PCIE-40GB / 40 GB", "A100 PCIe 40GB");
    row("nvidia-tesla-t4", "T4");
    row("Tesla T4 16GB", "T4");
    row("nvidia-h100-80gb", "H100 SXM|H100 PCIe");
    row("H100", "H100 SXM");
    row("H100_SXM", "H100 SXM");
    row("H100NVL", "H100 NVL");
    row("H800", "H800 SXM");
    row("H20-NVLink / 96 GB", "H20");
    row("V100", "V100 SXM2");
    row("V100-SXM2-32GB / 32 GB", "V100 SXM2");
    row("P100", "P100 SXM2|P100 PCIe");
    row("RTX A4000", "RTX A4000");
    row("A6000", "RTX A6000");
    row("RTX 4000 Ada", "RTX 4000 Ada");
    row("RTX 4000", "Quadro RTX 4000");
    row("Q RTX 8000", "Quadro RTX 8000");
    row("RTX 4080S", "RTX 4080 SUPER");
    row("4070TiS", "RTX 4070 Ti SUPER");
    row("RTX 2080Ti 22G", "RTX 2080 Ti");
    row("RTX 4060 Ti 8GB", "RTX 4060 Ti");
    row("PRO6000", "RTX PRO 6000");
    row("RTXPRO6000", "RTX PRO 6000");
    row("vGPU-48GB-350W", "vGPU-48GB");
    row("昇腾910B", "Ascend 910B");
    row("ＲＴＸ　３０９０", "RTX 3090");
    row("GeForce RTX™ 3090", "RTX 3090");
    row("NVIDIA(R) GeForce(R) RTX(TM) 3090", "RTX 3090");
    row("NVIDIA TITAN Xp COLLECTORS EDITION", "Titan Xp");
    row("AMD Instinct MI300X OAM", "MI300X");
    row("Ascend 910B3", "Ascend 910B");
    row("Ascend910B4", "Ascend 910B");
    row("华为昇腾910B3", "Ascend 910B");
    row("6000 Ada", "RTX 6000 Ada");
    row("RTX 2080S", "RTX 2080 SUPER");
    row("RTX 2060S", "RTX 2060 SUPER");
    row("2070S", "RTX 2070 SUPER");
    row("RTX 4090 * 1卡", "RTX 4090");
    row("RTX 3090 x2张", "RTX 3090");
    row("8卡 A100 SXM4 80GB", "A100 SXM4 80GB");
    row("nvidia-tesla-a100", anyA100);
    row("Tesla A10", "A10");
    // lspci
    row("NVIDIA Corporation AD102 [GeForce RTX 4090]", "RTX 4090");
    row("01:00.0 VGA compatible controller: NVIDIA Corporation AD102 [GeForce RTX 4090] (rev a1)",
        "RTX 4090");
    row("NVIDIA Corporation TU102 [GeForce RTX 2080 Ti Rev. A]", "RTX 2080 Ti");
    row("3D controller: NVIDIA Corporation GA100 [A100 PCIe 40GB]", "A100 PCIe 40GB");
    row("Advanced Micro Devices, Inc. [AMD/ATI] Aqua Vanjaram [Instinct MI300X]", "MI300X");
    // Only the beginning is there: never a certain answer.
    row("Tesla V100-SXM2...", "V100 SXM2");
    row("NVIDIA A800 80G...", "A800 PCIe 80GB");
    row("GeForce GTX 108...", "GTX 1080 Ti|GTX 1080");
}

void tst_Cards::namesMeanTheirCard()
{
    QFETCH(QString, name);
    QFETCH(QString, card);
    const NameMatch match = m_catalog->match(name);
    QStringList found;
    for (const Card *one : match.cards)
        found.append(one->name);
    QCOMPARE(found.join(u'|'), card);
    QCOMPARE(match.isCertain(), !card.contains(u'|') && !name.endsWith(u"..."));
    if (name.endsWith(u"..."))
        QVERIFY(!match.best());
    else
        QCOMPARE(match.best()->name, card.section(u'|', 0, 0));
}

void tst_Cards::anotherCardIsUnknown_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"NVIDIA GeForce RTX 3060 Laptop GPU",
                             "NVIDIA GeForce RTX 4090 Laptop GPU",
                             "NVIDIA GeForce RTX 3080 Ti Laptop GPU",
                             "GeForce RTX 2080 with Max-Q Design",
                             "NVIDIA GeForce RTX 2070 SUPER with Max-Q Design",
                             "RTX 4090 Mobile",
                             "RTX 3070 Max-Q",
                             "RTX 4090M",
                             "NVIDIA RTX A4000 Laptop GPU",
                             "NVIDIA RTX 4000 SFF Ada Generation",
                             "NVIDIA RTX 5000 Ada Generation Laptop GPU",
                             "Quadro RTX 5000 with Max-Q Design",
                             "NVIDIA GeForce RTX 5060 Ti",
                             "NVIDIA GeForce RTX 3050",
                             "NVIDIA GeForce GTX 1660 SUPER",
                             "NVIDIA GeForce GTX 1070",
                             "NVIDIA GeForce GTX 1070 Ti",
                             "GeForce GTX 1060 6GB",
                             "GeForce GTX TITAN X",
                             "GeForce GTX 750 Ti",
                             "GRID K520",
                             "Quadro P2000",
                             "Quadro P400",
                             "Quadro 4000",
                             "Quadro 6000",
                             "Quadro M4000",
                             "NVIDIA T400",
                             "NVIDIA T1000 8GB",
                             "GRID T4-16Q",
                             "NVIDIA A40-48Q",
                             "GRID A100D-80C",
                             "NVIDIA A10-24Q",
                             "NVIDIA L40S-48Q",
                             "NVIDIA A100-SXM4-80GB MIG 1g.10gb",
                             "MIG 1g.10gb",
                             "A100 MIG 3g.40gb",
                             "  MIG 1g.10gb     Device  0: (UUID: MIG-00000000)",
                             "NVIDIA A100-SXM-64GB",
                             "NVIDIA A100X",
                             "NVIDIA A30X",
                             "NVIDIA A10M",
                             "NVIDIA A800 40GB Active",
                             "NVIDIA H20-3e",
                             "NVIDIA GH200 144G HBM3e",
                             "NVIDIA H100 64GB",
                             "H100 96GB",
                             "Tesla V100-SXM3-32GB",
                             "Tesla V100-DGXS-32GB",
                             "Tesla V100-FHHL-16GB",
                             "Tesla V100-SXM2-32GB-LS",
                             "Tesla K40m",
                             "Tesla M4",
                             "NVIDIA PG506-230",
                             "Graphics Device",
                             "NVIDIA Graphics Device",
                             "NVIDIA DRIVE-PG199-PROD",
                             "NVIDIA CMP 170HX",
                             "NVIDIA Thor",
                             "Orin (nvgpu)",
                             "NVIDIA GeForce RTX 5090 D v2",
                             "NVIDIA GeForce RTX 4090 Ti",
                             "RTX 4090 32GB",
                             "vGPU-24GB",
                             "A100 SXM5",
                             "A40 SXM4",
                             "L4 48GB",
                             "A100-40GB-80GB",
                             "6000",
                             "4000",
                             "90",
                             "RTX",
                             "NVIDIA",
                             "GeForce",
                             "GPU",
                             "",
                             "   ",
                             "...",
                             "NVIDIA ...",
                             "no GPU",
                             "No devices were found",
                             "llvmpipe",
                             "显卡",
                             "Intel Arc A770",
                             "AMD Radeon RX 7900 XTX",
                             "MI250",
                             "T4G",
                             "TITAN",
                             "RTX A6000 Ada",
                             "AMD RTX 4090",
                             "Tesla 4090",
                             "Tesla RTX 6000",
                             "Huawei A100",
                             "NVIDIA MI300X",
                             "GeForce A100",
                             "Instinct A100",
                             "4000 SFF Ada",
                             "4090S",
                             "NVIDIA Corporation AD103M / GN21-X11 [GeForce RTX 4090 Laptop GPU]",
                             "NVIDIA Corporation GA104M [GeForce RTX 3070 Mobile / Max-Q]",
                             "NVIDIA Corporation Device 2684 (rev a1)"})
        QTest::newRow(*name ? name : "empty") << QString::fromUtf8(name);
    QTest::newRow("long") << QString(100'000, u'9');
}

void tst_Cards::anotherCardIsUnknown()
{
    QFETCH(QString, name);
    const NameMatch match = m_catalog->match(name);
    QVERIFY2(!match.isKnown(), qPrintable(match.isKnown() ? match.cards.front()->name : QString()));
    QVERIFY(!match.best());
    QVERIFY(!match.isCertain());
    QVERIFY(match.possibleMemoryGb().empty());
}

void tst_Cards::measuredMemoryTellsBoardsApart_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("mib");
    QTest::addColumn<QString>("card"); // "" = unknown
    QTest::addColumn<int>("gb");
    const auto row = [](const char *name, qint64 mib, const char *card, int gb) {
        QTest::addRow("%s %lld", name, static_cast<long long>(mib))
            << QString::fromUtf8(name) << mib << QString::fromUtf8(card) << gb;
    };
    row("NVIDIA GeForce RTX 4090", 24564, "RTX 4090", 24);
    row("NVIDIA GeForce RTX 4090", 23028, "RTX 4090", 24); // with ECC
    row("NVIDIA GeForce RTX 4090", 49140, "RTX 4090 48G", 48);
    row("NVIDIA GeForce RTX 4090 D", 49140, "RTX 4090D", 48);
    row("NVIDIA GeForce RTX 3080", 10240, "RTX 3080", 10);
    row("NVIDIA GeForce RTX 3080", 12288, "RTX 3080 12GB", 12);
    row("NVIDIA GeForce RTX 2080 Ti", 22528, "RTX 2080 Ti", 22);
    row("NVIDIA GeForce RTX 2080 Ti", 11264, "RTX 2080 Ti", 11);
    row("NVIDIA GeForce RTX 3090", 49140, "RTX 3090", 48); // a board that the table does not know
    row("Tesla T4", 15109, "T4", 16);
    row("Tesla K80", 11441, "K80", 12);
    row("NVIDIA vGPU-48GB", 24564, "vGPU-48GB", 24);
    row("NVIDIA H100 80GB HBM3", 81559, "H100 SXM", 80);
    row("NVIDIA H20", 97871, "H20", 96);
    row("NVIDIA B200", 183359, "B200", 180);
    row("NVIDIA L40S", 46068, "L40S", 48);
    row("NVIDIA GeForce RTX 4080 ...", 16376, "RTX 4080 SUPER", 16);
    row("NVIDIA GeForce RTX 4080 ...", 12282, "", 0); // the laptop's
    row("GeForce GTX 108...", 11178, "GTX 1080 Ti", 11);
}

void tst_Cards::measuredMemoryTellsBoardsApart()
{
    QFETCH(QString, name);
    QFETCH(qint64, mib);
    QFETCH(QString, card);
    QFETCH(int, gb);
    const NameMatch match = m_catalog->match(name, mib);
    if (card.isEmpty()) {
        QVERIFY(!match.isKnown());
        return;
    }
    QVERIFY(match.best());
    QCOMPARE(match.best()->name, card);
    QCOMPARE(match.possibleMemoryGb(), std::vector<int>{gb});
}

void tst_Cards::everyNameOfTheTableIsFound()
{
    for (const Card &card : m_catalog->cards()) {
        const NameMatch own = m_catalog->match(card.name);
        QVERIFY2(own.isCertain() && own.best() == &card, qPrintable(card.name));
        for (const QStringList &names : {card.aliases, card.smiNames}) {
            for (const QString &name : names) {
                const NameMatch match = m_catalog->match(name, qint64(*card.memoryGb) * 1024 - 100);
                QVERIFY2(std::find(match.cards.begin(), match.cards.end(), &card) !=
                             match.cards.end(),
                         qPrintable(card.name + u' ' + name));
            }
        }
    }
}

/// The names in the ranking's order with " > " or, for one place, " = " between them.
QString tst_Cards::order(Figure figure, const QStringList &names) const
{
    QString text;
    std::optional<int> place;
    for (const RankedCard &ranked : ranking(*m_catalog, figure)) {
        for (const QString &name : names) {
            if (m_catalog->match(name).best() != ranked.card)
                continue;
            if (!text.isEmpty())
                text += ranked.place == place ? u" = " : u" > ";
            text += name;
            place = ranked.place;
        }
    }
    return text;
}

void tst_Cards::autodlsOrderByFp32()
{
    const QString expected = QStringLiteral(
        "L40 > 4090 > 4090D > L20 > 3090Ti > A40 > 3090 > 3080Ti > 3080 > 3070 > A100 = A800 > "
        "A4000 > V100 > 2080Ti > 3060");
    QStringList names = QString(expected).replace(u'=', u'>').split(QStringLiteral(" > "));
    std::sort(names.begin(), names.end());
    QCOMPARE(order(Figure::Fp32, names), expected);
}

void tst_Cards::autodlsOrderByFp16()
{
    const QString expected = QStringLiteral(
        "A100 = A800 > L40 > 4090 > A40 > 4090D > V100 > L20 > 3090Ti > A4000 > 3090 > 3080Ti > "
        "3080 > 2080Ti > 3070 > 3060");
    QStringList names = QString(expected).replace(u'=', u'>').split(QStringLiteral(" > "));
    std::sort(names.begin(), names.end());
    QCOMPARE(order(Figure::Fp16, names), expected);
}

void tst_Cards::rankingsAreSortedAndStable_data()
{
    QTest::addColumn<int>("figure");
    QTest::newRow("FP32") << int(Figure::Fp32);
    QTest::newRow("FP16") << int(Figure::Fp16);
    QTest::newRow("memory") << int(Figure::Memory);
    QTest::newRow("bandwidth") << int(Figure::Bandwidth);
    QTest::newRow("TDP") << int(Figure::Tdp);
}

void tst_Cards::rankingsAreSortedAndStable()
{
    QFETCH(int, figure);
    const std::vector<RankedCard> ranked = ranking(*m_catalog, Figure(figure));
    QCOMPARE(ranked.size(), m_catalog->cards().size());
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        // The place is one more than the number of better cards, whatever the order.
        const auto better = std::count_if(ranked.begin(), ranked.end(), [&](const RankedCard &one) {
            return one.figure && ranked[i].figure && *one.figure > *ranked[i].figure;
        });
        QCOMPARE(ranked[i].place, ranked[i].figure ? std::optional(int(better) + 1) : std::nullopt);
        if (i == 0)
            continue;
        QVERIFY(ranked[i - 1].figure || !ranked[i].figure);
        if (ranked[i - 1].figure == ranked[i].figure)
            QVERIFY(ranked[i - 1].card < ranked[i].card); // the table's order
    }
}

void tst_Cards::twoCardsAreCompared()
{
    const Card *slow = m_catalog->match(QStringLiteral("3090")).best();
    const Card *quick = m_catalog->match(QStringLiteral("4090")).best();
    const auto rows = compareCards(*slow, *quick);
    QCOMPARE(rows.size(), std::size_t(5));
    QCOMPARE(rows[0].first, Decimal::parse(u"35.58"));
    QCOMPARE(*rows[0].secondToFirst, 82.58 / 35.58);
    QCOMPARE(*rows[2].secondToFirst, 1.0);
    const Card *l2 = m_catalog->match(QStringLiteral("L2")).best();
    QVERIFY(!compareCards(*slow, *l2)[4].secondToFirst); // its TDP is not known
}

void tst_Cards::brokenTablesAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    const QByteArray head = "name,fp32_tflops,vram_gb,bf16,compute_capability\n";
    const auto row = [&](const char *name, const QByteArray &text, const char *says) {
        QTest::newRow(name) << head + text << QString::fromLatin1(says);
    };
    row("no number", "A,fast,1,yes,8.0\n", "line 2: fp32_tflops: \"fast\"");
    row("nothing is not 0", "A,0,1,yes,8.0\n", "line 2: fp32_tflops: \"0\"");
    row("half a GB", "A,1,1.5,yes,8.0\n", "line 2: vram_gb");
    row("neither yes nor no", "A,1,1,maybe,8.0\n", "line 2: bf16");
    row("no version", "A,1,1,yes,eight\n", "line 2: compute_capability");
    row("no name", ",1,1,yes,8.0\n", "line 2: name");
    row("twice", "A,1,1,yes,8.0\nA,1,1,yes,8.0\n", "line 3: name");
    row("too few cells", "A,1\n", "line 2: 2 cells");
}

void tst_Cards::brokenTablesAreRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const auto catalog = CardCatalog::fromCsv(text);
    QVERIFY(!catalog);
    QCOMPARE(catalog.error().code, ErrorCode::Parse);
    QVERIFY2(catalog.error().detail.startsWith(says), qPrintable(catalog.error().detail));
    QVERIFY(!CardCatalog::fromCsv("colour\nred\n"));
}

QTEST_GUILESS_MAIN(tst_Cards)
#include "tst_Cards.moc"
