// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Csv.h"
#include "core/catalog/Decimal.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace core;
using namespace core::catalog;

Q_DECLARE_METATYPE(std::optional<qint64>)

class tst_Csv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wellFormedTextIsRead_data();
    void wellFormedTextIsRead();
    void badLinesAreNamed_data();
    void badLinesAreNamed();
    void limitsHold();
    void onlyTheFirstBadLinesAreNamed();
    void whatIsWrittenIsReadAgain();
    void everyCutIsReadOrRefused();
    void decimalsAreExact_data();
    void decimalsAreExact();
    void otherNumbersAreNoDecimals_data();
    void otherNumbersAreNoDecimals();
    void quotientsAreExact_data();
    void quotientsAreExact();
    void quotientsAgreeWithPlainArithmetic();
};

void tst_Csv::wellFormedTextIsRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("cells"); // of the last row
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const char *text, const QStringList &cells, int line) {
        QTest::newRow(name) << QByteArray(text) << cells << line;
    };
    const auto s = [](const char *text) { return QString::fromUtf8(text); };
    row("plain", "a,b\n1,2\n", {s("1"), s("2")}, 2);
    row("no newline at the end", "a,b\n1,2", {s("1"), s("2")}, 2);
    row("CRLF", "a,b\r\n1,2\r\n", {s("1"), s("2")}, 2);
    row("byte order mark",
        "\xef\xbb\xbf"
        "a,b\n1,2\n",
        {s("1"), s("2")}, 2);
    row("quotes", "a,b\n\"1,5\",\"say \"\"hi\"\"\"\n", {s("1,5"), s("say \"hi\"")}, 2);
    row("a line end in a cell", "a,b\n\"x\ny\",2\n", {s("x\ny"), s("2")}, 2);
    row("the line after it", "a,b\n\"x\r\ny\",2\n3,4\n", {s("3"), s("4")}, 4);
    row("empty cells", "a,b\n,\n", {s(""), s("")}, 2);
    row("empty lines", "\na,b\n\n1,2\n\n", {s("1"), s("2")}, 4);
    row("blanks around", "a, b \n 1 ,\t2 \n", {s("1"), s("2")}, 2);
    row("blanks in quotes stay", "a,b\n \" 1 \" ,2\n", {s(" 1 "), s("2")}, 2);
    row("Chinese", "a,b\n西北B区,￥2\n", {s("西北B区"), s("￥2")}, 2);
    row("one column", "a\n\"\"\n", {s("")}, 2);
}

void tst_Csv::wellFormedTextIsRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, cells);
    QFETCH(int, line);
    const auto table = readCsv(text);
    QVERIFY2(table.has_value(), qPrintable(table ? QString() : table.error().detail));
    QCOMPARE(table->header.first(), QStringLiteral("a"));
    QVERIFY(!table->rows.empty());
    QCOMPARE(table->rows.back().cells, cells);
    QCOMPARE(table->rows.back().line, line);
}

void tst_Csv::badLinesAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("begins");
    const auto row = [](const char *name, const QByteArray &text, const char *begins) {
        QTest::newRow(name) << text << QString::fromUtf8(begins);
    };
    row("too few cells", "a,b\n1,2\n3\n", "line 3: 1 cells where the header has 2");
    row("too many cells", "a,b\n1,2,3\n", "line 2: 3 cells");
    row("both", "a,b\n1\n1,2\n1,2,3\n", "line 2: 1 cells where the header has 2; line 4: 3 cells");
    row("stray quote", "a,b\n1,2\"\n", "line 2: a quote inside");
    row("open quote", "a,b\n1,2\n\"3,4\n5,6\n", "line 3: a quote that is never closed");
    row("after a quote", "a,b\n\"1\"x,2\n", "line 2: text after");
    row("not UTF-8", "a,b\n1,2\n\xff\xfe,2\n", "line 3: bytes that are no UTF-8");
    row("GBK", "a,b\n\xce\xf7\xb1\xb1,2\n", "line 2: bytes");
    row("half a character", "a,b\n1,\xe8\xa5\n", "line 2: bytes");
    row("NUL", QByteArray("a,b\n1,\0\n", 8), "line 2: a control character");
    row("lone CR", "a,b\r1,2\r", "line 1: a control character");
    row("NUL in quotes", QByteArray("a,b\n\"\0\",1\n", 10), "line 2: a control character");
    row("a column twice", "a,a\n1,2\n", "line 1: two columns a");
    row("no name", "a,,b\n1,2,3\n", "line 1: a column without a name");
    row("nothing", "", "no header");
    row("only blank lines", "\n\r\n\n", "no header");
}

void tst_Csv::badLinesAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, begins);
    const auto table = readCsv(text);
    QVERIFY(!table);
    QCOMPARE(table.error().code, ErrorCode::Parse);
    QVERIFY2(table.error().detail.startsWith(begins), qPrintable(table.error().detail));
}

void tst_Csv::limitsHold()
{
    const CsvLimits limits{20, 2, 3, 4};
    QVERIFY(readCsv("a,b,c\n1234,2,3\n", limits));
    QVERIFY(!readCsv("a,b,c\n12345,2,3\n", limits));
    QVERIFY(!readCsv("a,b,c\n\"12345\",2,3\n", limits));
    QVERIFY(!readCsv("a,b,c,d\n", limits));
    QVERIFY(readCsv("a\n1\n2\n", limits));
    QVERIFY(!readCsv("a\n1\n2\n3\n", limits));
    QVERIFY(!readCsv("a,b,c\n1,2,3\n\n\n\n\n\n\n\n\n\n", limits));
}

void tst_Csv::onlyTheFirstBadLinesAreNamed()
{
    const auto table = readCsv("a,b\n" + QByteArray("1\n").repeated(1000));
    QVERIFY(!table);
    QVERIFY(table.error().detail.contains(u"line 6: "));
    QVERIFY(!table.error().detail.contains(u"line 7: "));
    QVERIFY(table.error().detail.endsWith(u"; 995 more"));
}

void tst_Csv::whatIsWrittenIsReadAgain()
{
    const QString pieces = QStringLiteral("a\",\n \té西");
    QRandomGenerator random(5);
    for (int round = 0; round < 200; ++round) {
        std::vector<QStringList> rows;
        for (int r = 0; r < 3; ++r) {
            QStringList cells;
            for (int c = 0; c < 3; ++c) {
                QString cell;
                for (int i = int(random.bounded(6)); i > 0; --i)
                    cell += pieces[random.bounded(int(pieces.size()))];
                cells.append(cell);
            }
            rows.push_back(cells);
        }
        const QByteArray text =
            writeCsv({QStringLiteral("x"), QStringLiteral("y, z"), QStringLiteral("w")}, rows);
        const auto table = readCsv(text);
        QVERIFY2(table.has_value(), text.constData());
        QCOMPARE(table->header[1], QStringLiteral("y, z"));
        QCOMPARE(table->rows.size(), rows.size());
        for (std::size_t r = 0; r < rows.size(); ++r)
            QCOMPARE(table->rows[r].cells, rows[r]);
    }
}

void tst_Csv::everyCutIsReadOrRefused()
{
    const QByteArray text = "\xef\xbb\xbf"
                            "a,b\r\n\"x\"\"\ny\",西\r\n1,\"2\"\r\n";
    for (qsizetype size = 0; size <= text.size(); ++size) {
        const auto table = readCsv(text.first(size));
        if (table) {
            for (const CsvTable::Row &row : table->rows)
                QCOMPARE(row.cells.size(), table->header.size());
        }
    }
}

void tst_Csv::decimalsAreExact_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("millionths");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *text, qint64 millionths, const char *written) {
        QTest::newRow(text) << QString::fromLatin1(text) << millionths
                            << QString::fromLatin1(written);
    };
    row("0", 0, "0");
    row("82.58", 82'580'000, "82.58");
    row("0.177", 177'000, "0.177");
    row("700", 700'000'000, "700");
    row("007.10", 7'100'000, "7.1");
    row("0.000001", 1, "0.000001");
    row("1.2345670", 1'234'567, "1.234567");
    row("999999999999.999999", Decimal::maxMillionths - 1, "999999999999.999999");
}

void tst_Csv::decimalsAreExact()
{
    QFETCH(QString, text);
    QFETCH(qint64, millionths);
    QFETCH(QString, written);
    const auto value = Decimal::parse(text);
    QVERIFY(value);
    QCOMPARE(value->millionths(), millionths);
    QCOMPARE(value->text(), written);
    if (millionths < qint64(1) << 53) // as far as a double is exact
        QCOMPARE(Decimal::nearest(value->toDouble()).value_or(Decimal()).millionths(), millionths);
    QCOMPARE(Decimal::fromMillionths(1'900'000).text(2), QStringLiteral("1.90"));
    QCOMPARE(Decimal::fromInt(2).text(2), QStringLiteral("2.00"));
}

void tst_Csv::otherNumbersAreNoDecimals_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", ".", "1.", ".5", "-1", "+1", "1,5", "1e3", "1.2.3", "inf", "nan", "0x10", " 1", "1 ",
          "1.0000001", "1000000000000", "99999999999999999999999999", "１", "٣"})
        QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text);
}

void tst_Csv::otherNumbersAreNoDecimals()
{
    QFETCH(QString, text);
    QVERIFY(!Decimal::parse(text));
    QVERIFY(!Decimal::nearest(-0.5));
    QVERIFY(!Decimal::nearest(1e12));
    QVERIFY(!Decimal::nearest(std::numeric_limits<double>::quiet_NaN()));
}

void tst_Csv::quotientsAreExact_data()
{
    using Factors = std::initializer_list<qint64>;
    QTest::addColumn<std::optional<qint64>>("quotient");
    QTest::addColumn<std::optional<qint64>>("expected");
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    const auto row = [](const char *name, Factors over, Factors under,
                        std::optional<qint64> expected) {
        QTest::newRow(name) << roundedQuotient(over, under) << expected;
    };
    row("whole", {6}, {3}, 2);
    row("down", {10}, {4, 1}, 3);
    row("half goes up", {5}, {2}, 3);
    row("just below half", {49}, {100}, 0);
    row("just above half", {51}, {100}, 1);
    row("nothing over", {0, most}, {3}, 0);
    row("by 0", {1}, {0}, std::nullopt);
    row("by a product of 0", {1}, {5, 0}, std::nullopt);
    row("largest", {most}, {1}, most);
    row("one too many", {most, 2}, {1}, std::nullopt);
    row("large over large", {most, most, most, most, most, most, most},
        {most, most, most, most, most, most, most}, 1);
    row("large half", {most, most, 3}, {most, most, 2}, 2);
    row("no factors", {}, {}, 1);
    // 2^62 * 3 / 2^61 / 4 = 1.5
    row("powers", {qint64(1) << 62, 3}, {qint64(1) << 61, 4}, 2);
}

void tst_Csv::quotientsAreExact()
{
    QFETCH(std::optional<qint64>, quotient);
    QFETCH(std::optional<qint64>, expected);
    QCOMPARE(quotient, expected);
}

void tst_Csv::quotientsAgreeWithPlainArithmetic()
{
    QRandomGenerator random(11);
    for (int i = 0; i < 2000; ++i) {
        const qint64 a = random.bounded(2'000'000);
        const qint64 b = random.bounded(1'000'000);
        const qint64 c = 1 + random.bounded(1'000);
        const qint64 d = 1 + random.bounded(1'000);
        QCOMPARE(roundedQuotient({a, b}, {c, d}), std::optional((2 * a * b + c * d) / (2 * c * d)));
    }
}

QTEST_GUILESS_MAIN(tst_Csv)
#include "tst_Csv.moc"
