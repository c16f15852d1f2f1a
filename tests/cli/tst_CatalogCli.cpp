// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli cards and prices as scripts see them. No instance is needed.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class tst_CatalogCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cardsAreRanked_data();
    void cardsAreRanked();
    void cardsAreRankedByValue();
    void cardsHaveTheirSources();
    void aNameIsShown();
    void anUnknownCardIsNotFound();
    void torchIsChecked();
    void twoCardsAreCompared();
    void pricesAreListed_data();
    void pricesAreListed();
    void pricesAreConverted();
    void feedsCountWhereTheyAreOn();
    void aJobIsEstimated();
    void severalGpusAreAddedUp();
    void pricesShowTheirAge();
    void pricesAreImported();
    void aBadImportNamesItsLines();
    void aBrokenTableIsSaidAndKept();
    void tablesAreForPeople();
    void usageErrorsAreCode2_data();
    void usageErrorsAreCode2();

private:
    struct Ran
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
        [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
        [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
        [[nodiscard]] QJsonObject error() const
        {
            return QJsonDocument::fromJson(err).object().value(u"error").toObject();
        }
    };
    Ran run(const char *words);
    void write(const char *name, const QByteArray &text) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void tst_CatalogCli::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

/// \a words are separated by "|"; DIR is the configuration folder.
tst_CatalogCli::Ran tst_CatalogCli::run(const char *words)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_CONFIG_DIR"), m_dir->path());
    environment.insert(QStringLiteral("LC_ALL"),
                       QStringLiteral("de_DE.UTF-8")); // no comma anywhere
    process.setProcessEnvironment(environment);
    process.start(
        QStringLiteral(DANLU_BIN_DIR "/danlu-cli"),
        QString::fromUtf8(words).replace(QStringLiteral("DIR"), m_dir->path()).split(u'|'));
    process.closeWriteChannel();
    Ran ran;
    if (process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit)
        ran.code = process.exitCode();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

void tst_CatalogCli::write(const char *name, const QByteArray &text) const
{
    QFile file(m_dir->filePath(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

void tst_CatalogCli::cardsAreRanked_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("field");
    QTest::newRow("default") << QString() << QStringLiteral("fp32_tflops");
    QTest::newRow("fp32") << QStringLiteral("|--by|fp32") << QStringLiteral("fp32_tflops");
    QTest::newRow("fp16") << QStringLiteral("|--by|fp16") << QStringLiteral("fp16_tflops");
    QTest::newRow("memory") << QStringLiteral("|--by|memory") << QStringLiteral("memory_gb");
    QTest::newRow("bandwidth") << QStringLiteral("|--by|bandwidth")
                               << QStringLiteral("bandwidth_gb_s");
}

void tst_CatalogCli::cardsAreRanked()
{
    QFETCH(QString, by);
    QFETCH(QString, field);
    const Ran ran = run(qPrintable(QStringLiteral("cards|--json") + by));
    QCOMPARE(ran.code, 0);
    const QJsonArray cards = ran.array();
    QCOMPARE(cards.size(), 107);
    double before = 1e9;
    bool ended = false;
    for (const QJsonValue &value : cards) {
        const QJsonValue figure = value[field];
        ended = ended || figure.isNull();
        QCOMPARE(figure.isNull(), ended);
        QCOMPARE(value[u"rank"].isNull(), ended);
        if (!ended) {
            QVERIFY(figure.toDouble() > 0 && figure.toDouble() <= before);
            before = figure.toDouble();
        }
    }
    QCOMPARE(cards.first()[u"rank"].toInt(), 1);
}

void tst_CatalogCli::cardsAreRankedByValue()
{
    const Ran ran = run("cards|--by|value|--json");
    QCOMPARE(ran.code, 0);
    double before = 1e9;
    int ranked = 0;
    for (const QJsonValue &value : ran.array()) {
        const QJsonValue figure = value[u"value"][u"fp16_tflops_per_money"];
        QCOMPARE(value[u"rank"].isNull(), figure.isNull());
        if (figure.isNull())
            continue;
        QCOMPARE(figure.toDouble(), value[u"fp16_tflops"].toDouble() /
                                        value[u"value"][u"price_per_gpu_hour"].toDouble());
        QVERIFY(figure.toDouble() <= before);
        before = figure.toDouble();
        QCOMPARE(value[u"rank"].toInt(), ++ranked);
    }
    QVERIFY(ranked > 10);
}

void tst_CatalogCli::cardsHaveTheirSources()
{
    for (const QJsonValue &value : run("cards|--json").array()) {
        QVERIFY(!value[u"sources"].toArray().isEmpty());
        QVERIFY(!value[u"as_of"].toString().isEmpty());
        if (value[u"name"] == QStringLiteral("RTX 4090")) {
            QCOMPARE(value[u"fp16_tflops"].toDouble(), 165.2);
            QCOMPARE(value[u"fp16_accumulate"].toString(), QStringLiteral("fp32"));
            QCOMPARE(value[u"fp16_tflops_fp16_accumulate"].toDouble(), 330.3);
            QCOMPARE(value[u"min_cuda"].toString(), QStringLiteral("11.8"));
            QVERIFY(value[u"max_cuda"].isNull());
        }
    }
}

void tst_CatalogCli::aNameIsShown()
{
    const Ran ran = run("cards|show|NVIDIA GeForce RTX 4090 D|--json");
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.object().value(u"certain").toBool());
    QCOMPARE(ran.object().value(u"cards").toArray().at(0)[u"name"].toString(),
             QStringLiteral("RTX 4090D"));
    QVERIFY(ran.object().value(u"cuda_check").isNull());
    const Ran several = run("cards|show|A100|--json");
    QVERIFY(!several.object().value(u"certain").toBool());
    QCOMPARE(several.object().value(u"cards").toArray().size(), 4);
}

void tst_CatalogCli::anUnknownCardIsNotFound()
{
    const Ran ran = run("cards|show|NVIDIA GeForce RTX 3060 Laptop GPU|--json");
    QCOMPARE(ran.code, 1);
    QCOMPARE(ran.error().value(u"code").toString(), QStringLiteral("not-found"));
    QVERIFY(ran.out.isEmpty());
}

void tst_CatalogCli::torchIsChecked()
{
    const Ran ran = run("cards|show|4090|--cuda|11.3|--torch|2.5.1+cu124|--json");
    QCOMPARE(ran.code, 0);
    const QJsonObject cuda = ran.object().value(u"cuda_check").toObject();
    QCOMPARE(cuda.value(u"verdict").toString(), QStringLiteral("too-old"));
    QCOMPARE(cuda.value(u"need_at_least").toString(), QStringLiteral("11.8"));
    QCOMPARE(ran.object().value(u"torch_check")[u"verdict"].toString(), QStringLiteral("drives"));
}

void tst_CatalogCli::twoCardsAreCompared()
{
    const Ran ran = run("cards|compare|3090|4090|--json");
    QCOMPARE(ran.code, 0);
    const QJsonValue fp32 = ran.object().value(u"figures").toArray().at(0);
    QCOMPARE(fp32[u"figure"].toString(), QStringLiteral("fp32_tflops"));
    QCOMPARE(fp32[u"second_to_first"].toDouble(), 82.58 / 35.58);
    QCOMPARE(run("cards|compare|3090|9090").code, 1);
}

void tst_CatalogCli::pricesAreListed_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("field");
    QTest::newRow("default") << QString() << QStringLiteral("price_per_gpu_hour");
    QTest::newRow("hour") << QStringLiteral("|--by|hour") << QStringLiteral("price_per_gpu_hour");
    QTest::newRow("tflops") << QStringLiteral("|--by|tflops")
                            << QStringLiteral("per_fp16_tflops_hour");
    QTest::newRow("fp32") << QStringLiteral("|--by|fp32") << QStringLiteral("per_fp32_tflops_hour");
    QTest::newRow("memory") << QStringLiteral("|--by|memory") << QStringLiteral("per_gb_hour");
}

void tst_CatalogCli::pricesAreListed()
{
    QFETCH(QString, by);
    QFETCH(QString, field);
    const Ran ran = run(qPrintable(QStringLiteral("prices|--json") + by));
    QCOMPARE(ran.code, 0);
    const QJsonArray offers = ran.array();
    QCOMPARE(offers.size(), 21);
    double before = 0;
    for (qsizetype i = 0; i + 1 < offers.size(); ++i) {
        QVERIFY(offers[i][field].toDouble() >= before);
        before = offers[i][field].toDouble();
        QVERIFY(offers[i][u"old"].toBool());
        QVERIFY(!offers[i][u"source"].toString().isEmpty());
    }
    QVERIFY(offers.last()[u"no_gpu"].toBool());
    QCOMPARE(offers.last()[u"price_per_gpu_hour"].toDouble(), 0.1);
    QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("offers.csv"))));
}

void tst_CatalogCli::pricesAreConverted()
{
    write("prices.json", R"({"version": 1, "cny_per_usd": "8", "rate_set_on": "2026-11-01"})");
    const Ran ran = run("prices|--currency|usd|--json");
    QCOMPARE(ran.code, 0);
    for (const QJsonValue &offer : ran.array()) {
        QCOMPARE(offer[u"currency"].toString(), QStringLiteral("USD"));
        QCOMPARE(offer[u"own_currency"].toString(), QStringLiteral("CNY"));
        QCOMPARE(offer[u"cny_per_usd"].toDouble(), 8.0);
        QCOMPARE(offer[u"price_per_gpu_hour"].toDouble(),
                 offer[u"own_price_per_gpu_hour"].toDouble() / 8);
    }
    QVERIFY(run("prices|--currency|USD").out.contains("1 USD = 8 CNY, set on 2026-11-01"));
    QVERIFY(!run("prices|--currency|CNY").out.contains("1 USD"));
}

void tst_CatalogCli::feedsCountWhereTheyAreOn()
{
    QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("feeds")));
    write("feeds/vast.csv", "provider,region,card,price_per_gpu_hour,currency\n"
                            "vast.ai,Sweden,RTX 4090,0.40,USD\n");
    write("feeds/vast.json", R"({"version": 1, "checked_at": "2026-11-26T00:00:00Z"})");
    const auto fed = [this] {
        int count = 0;
        for (const QJsonValue &offer : run("prices|--json").array())
            count += offer[u"provider"].toString() == u"vast.ai";
        return count;
    };
    QCOMPARE(fed(), 0); // off until somebody switches it on
    write("prices.json", R"({"version": 1, "cny_per_usd": "7", "feeds": ["runpod"]})");
    QCOMPARE(fed(), 0);
    write("prices.json", R"({"version": 1, "cny_per_usd": "7", "feeds": ["vast"]})");
    QCOMPARE(fed(), 1);
}

void tst_CatalogCli::aJobIsEstimated()
{
    write("offers.csv", "provider,region,card,price_per_gpu_hour,currency,seen_on\n"
                        "A,,RTX 4090,2.00,CNY,2026-11-20\n"
                        "B,,RTX 3090,1.00,CNY,2026-11-20\n"
                        "C,,RTX 3060,0.50,CNY,2026-11-20\n");
    const Ran ran = run("cost|estimate|--card|4090|--hours|30|--memory|20|--by|fp32|--json");
    QCOMPARE(ran.code, 0);
    const QJsonArray rows = ran.array();
    QCOMPARE(rows.size(), 3);
    QMap<QString, QJsonObject> byProvider;
    for (const QJsonValue &row : rows)
        byProvider.insert(row[u"provider"].toString(), row.toObject());
    QCOMPARE(byProvider[QStringLiteral("A")].value(u"seconds").toInt(), 30 * 3600);
    QCOMPARE(byProvider[QStringLiteral("A")].value(u"cost").toString(), QStringLiteral("60.00"));
    QVERIFY(!byProvider[QStringLiteral("A")].value(u"is_estimate").toBool());
    // Scaled by FP32, from what "cards" says of both.
    const auto fp32 = [this](const char *words) {
        return run(words).object().value(u"cards")[0][u"fp32_tflops"].toDouble();
    };
    const double ratio = fp32("cards|show|4090|--json") / fp32("cards|show|3090|--json");
    QVERIFY(ratio > 1.5);
    const QJsonObject other = byProvider[QStringLiteral("B")];
    QVERIFY(other.value(u"is_estimate").toBool());
    QVERIFY(qAbs(other.value(u"seconds").toDouble() - 30 * 3600 * ratio) <= 1);
    QVERIFY(qAbs(other.value(u"cost").toString().toDouble() - 30 * ratio) <= 0.01);
    QCOMPARE(rows.last()[u"provider"].toString(), QStringLiteral("C"));
    QCOMPARE(rows.last()[u"verdict"].toString(), QStringLiteral("too-little-memory"));
    QVERIFY(run("cost|estimate|--card|4090|--hours|30").out.contains("60.00"));
    QCOMPARE(run("cost|estimate|--card|9999|--hours|30|--json").code, 1);
}

void tst_CatalogCli::severalGpusAreAddedUp()
{
    write("offers.csv", "provider,region,card,price_per_gpu_hour,currency,cores_per_gpu,"
                        "memory_gb_per_gpu,seen_on\n"
                        "A,,RTX 4090,2.00,CNY,12.5,90,2026-08\nB,,RTX 4090,3.00,CNY,,,\n");
    const QJsonArray rows = run("cost|estimate|--card|4090|--hours|1|--gpus|4|--json").array();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0][u"gpus"].toInt(), 4);
    QCOMPARE(rows[0][u"cores"].toDouble(), 50.0);
    QCOMPARE(rows[0][u"memory_gb"].toDouble(), 360.0);
    QCOMPARE(rows[0][u"price_per_hour"].toDouble(), 8.0);
    QCOMPARE(rows[0][u"seen_on"].toString(), QStringLiteral("2026-08"));
    QVERIFY(rows[1][u"cores"].isNull() && rows[1][u"memory_gb"].isNull());
}

void tst_CatalogCli::pricesShowTheirAge()
{
    write("offers.csv", "provider,region,card,price_per_gpu_hour,currency,seen_on\n"
                        "A,,RTX 4090,2.00,CNY,2020-01-01\nB,,RTX 2060,1.00,CNY,\n");
    const QList<QByteArray> lines =
        run("cost|estimate|--card|4090|--hours|1|--memory|20").out.split('\n');
    QVERIFY2(lines[0].contains("SEEN"), lines[0].constData());
    QVERIFY2(lines[1].contains(" d old"), lines[1].constData());
    // Also beside a verdict.
    QVERIFY2(lines[2].contains("? old") && lines[2].contains("too-little-memory"),
             lines[2].constData());
    const QByteArray byValue = run("cards|--by|value").out;
    QVERIFY2(byValue.contains("SEEN") && byValue.contains(" d old"), byValue.constData());
    for (const char *by : {"hour", "tflops", "memory"})
        QVERIFY(run((QByteArray("prices|--by|") + by).constData()).out.contains(" d old"));
    for (const QJsonValue &card : run("cards|--by|value|--json").array()) {
        if (card[u"name"].toString() == u"RTX 4090")
            QCOMPARE(card[u"value"][u"seen_on"].toString(), QStringLiteral("2020-01-01"));
    }
}

void tst_CatalogCli::pricesAreImported()
{
    write("mine.csv", "provider,region,card,price_per_gpu_hour,currency,seen_on\n"
                      "Lab,,RTX 4090,0.01,CNY,2026-11-20\n"
                      "AutoDL,any,H20,7.00,CNY,2026-11-20\n");
    const Ran ran = run("prices|import|DIR/mine.csv|--json");
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.object().value(u"added").toInt(), 1);
    QCOMPARE(ran.object().value(u"replaced").toInt(), 1);
    QCOMPARE(ran.object().value(u"total").toInt(), 22);
    const QJsonArray offers = run("prices|--json").array();
    QCOMPARE(offers.size(), 22);
    QCOMPARE(offers.first()[u"provider"].toString(), QStringLiteral("Lab"));
}

void tst_CatalogCli::aBadImportNamesItsLines()
{
    write("mine.csv", "provider,region,card,price_per_gpu_hour,currency\n"
                      "Lab,,RTX 4090,cheap,CNY\nLab,,RTX 3090,1,CNY\nLab,,T4,1,DM\n");
    const Ran ran = run("prices|import|DIR/mine.csv|--json");
    QCOMPARE(ran.code, 1);
    QCOMPARE(ran.error().value(u"code").toString(), QStringLiteral("parse"));
    QCOMPARE(ran.error().value(u"detail").toString(),
             QStringLiteral("line 2: price_per_gpu_hour: \"cheap\"; line 4: currency: \"DM\""));
    QCOMPARE(run("prices|--json").array().size(), 21);
    QCOMPARE(run("prices|import|DIR/none.csv").code, 1);
}

void tst_CatalogCli::aBrokenTableIsSaidAndKept()
{
    write("offers.csv", "not a table\n");
    const Ran ran = run("prices|--json");
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.array().size(), 21);
    QVERIFY(ran.error().value(u"detail").toString().contains(u"offers.csv.corrupt-"));
}

void tst_CatalogCli::tablesAreForPeople()
{
    write("offers.csv", "provider,region,card,price_per_gpu_hour,currency\n"
                        "Lab,楼下,RTX 4090,12.5,CNY\nLab,B,Riva 128,0.526,USD\n");
    const QList<QByteArray> lines = run("prices").out.split('\n');
    QVERIFY(lines[0].startsWith("PROVIDER  REGION  CARD"));
    QVERIFY2(lines[1].startsWith("Lab       B       Riva 128 (unknown)     0.526  USD"),
             lines[1].constData());
    QVERIFY2(lines[2].startsWith("Lab       楼下    RTX 4090               12.50  CNY"),
             lines[2].constData());
    QVERIFY(lines[2].endsWith("? old"));
    QVERIFY(run("cards").out.startsWith("RANK  CARD"));
    QVERIFY(run("cards|--by|value").out.contains("RTX 4090"));
    QVERIFY(run("cards|show|L20").out.contains("FP16: 119.5 TFLOPS (tensor, FP32 accumulate"));
    QVERIFY(run("cards|compare|A100|A800").out.contains("1.00"));
}

void tst_CatalogCli::usageErrorsAreCode2_data()
{
    QTest::addColumn<QByteArray>("words");
    for (const char *words :
         {"cards|--by|colour", "cards|list", "cards|show", "cards|compare|3090", "prices|--by|fp64",
          "prices|--currency|EUR", "prices|import", "prices|export", "cards|show|4090|--cuda|new",
          "cards|show|4090|--torch|new", "cards|--by", "cost|estimate", "cost|estimate|--card|4090",
          "cost|estimate|--card|4090|--hours|1|--gpus|0", "cost|estimate|--card|4090|--hours|x"})
        QTest::newRow(words) << QByteArray(words);
}

void tst_CatalogCli::usageErrorsAreCode2()
{
    QFETCH(QByteArray, words);
    const Ran ran = run((words + "|--json").constData());
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.out.isEmpty());
}

QTEST_GUILESS_MAIN(tst_CatalogCli)
#include "tst_CatalogCli.moc"
