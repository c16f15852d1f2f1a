// SPDX-License-Identifier: GPL-3.0-or-later
// Changing JSON with comments in place: what is not changed stays, byte for byte.
#include "core/vscode/Jsonc.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace core;
using namespace core::vscode;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

/// The same without comments and trailing commas, for Qt's own reader. Knows strings.
QByteArray plain(const QByteArray &jsonc)
{
    QByteArray out;
    for (qsizetype i = 0; i < jsonc.size(); ++i) {
        const QByteArrayView rest = QByteArrayView(jsonc).sliced(i);
        if (rest[0] == '"') {
            qsizetype end = i + 1;
            while (jsonc[end] != '"')
                end += jsonc[end] == '\\' ? 2 : 1;
            out += jsonc.sliced(i, end + 1 - i);
            i = end;
        } else if (rest.startsWith("//")) {
            while (i + 1 < jsonc.size() && jsonc[i + 1] != '\n')
                ++i;
        } else if (rest.startsWith("/*")) {
            i = jsonc.indexOf("*/", i + 2) + 1;
        } else if (rest[0] == ']' || rest[0] == '}') {
            while (!out.isEmpty() && QByteArray(" \t\r\n").contains(out.back()))
                out.chop(1);
            if (out.endsWith(','))
                out.chop(1);
            out += rest[0];
        } else {
            out += rest[0];
        }
    }
    return out;
}

QJsonObject read(const QByteArray &jsonc)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(plain(jsonc), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning().noquote() << error.errorString() << "\n" << jsonc;
    return document.object();
}

/// All bytes of \a small are in \a large, in order.
bool isWithin(const QByteArray &small, const QByteArray &large)
{
    qsizetype at = 0;
    for (const char c : large)
        at += at < small.size() && small[at] == c ? 1 : 0;
    return at == small.size();
}

} // namespace

class tst_Jsonc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itReads_data();
    void itReads();
    void itRefuses_data();
    void itRefuses();
    void stringsAreDecoded();
    void theLastOfTwoMembersCounts();
    void anItemIsAdded_data();
    void anItemIsAdded();
    void aMemberIsAdded_data();
    void aMemberIsAdded();
    void aValueIsReplaced();
    void valuesAreWritten();
    void whatIsAddedIsIndentedAsTheRest_data();
    void whatIsAddedIsIndentedAsTheRest();
    void everyCutIsAnErrorOrReads();
    void madeUpFilesKeepTheirBytes();
};

void tst_Jsonc::itReads_data()
{
    QTest::addColumn<QByteArray>("jsonc");
    QTest::addColumn<bool>("hasValue");
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("blanks") << QByteArray(" \r\n\t") << false;
    QTest::newRow("only comments") << QByteArray("// a\n/* b\n */") << false;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF{}") << true;
    QTest::newRow("only a byte order mark") << QByteArray("\xEF\xBB\xBF") << false;
    QTest::newRow("object") << QByteArray("{\"a\": 1}") << true;
    QTest::newRow("trailing commas") << QByteArray("{\"a\": [1, 2,],}") << true;
    QTest::newRow("comments everywhere")
        << QByteArray("/**/{/*a*/\"k\"/*b*/:/*c*/[/*d*/1/*e*/,/*f*/2/*g*/]/*h*/}//i") << true;
    QTest::newRow("comment at the end without a line end") << QByteArray("{} // x") << true;
    QTest::newRow("comment marks in strings") << QByteArray("{\"//\": \"/* */\"}") << true;
    QTest::newRow("stars") << QByteArray("/***/{/** * **/}") << true;
    QTest::newRow("numbers") << QByteArray("[0, -0, 10, -1.5, 2e3, 2E-3, 0.25e+2]") << true;
    QTest::newRow("words") << QByteArray("[true,false,null]") << true;
    QTest::newRow("escapes") << QByteArray(R"(["\"\\\/\b\f\n\r\t\u4e2d"])") << true;
    QTest::newRow("not UTF-8") << QByteArray("[\"\xd6\xd0\"]") << true;
    QTest::newRow("100 deep") << QByteArray(100, '[') + QByteArray(100, ']') << true;
    QTest::newRow("a string alone") << QByteArray("\"x\"") << true;
}

void tst_Jsonc::itReads()
{
    QFETCH(QByteArray, jsonc);
    QFETCH(bool, hasValue);
    const auto document = JsoncDocument::parse(jsonc);
    QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
    QCOMPARE(document->root() != nullptr, hasValue);
    QCOMPARE(document->text(), jsonc);
}

void tst_Jsonc::itRefuses_data()
{
    QTest::addColumn<QByteArray>("jsonc");
    QTest::addColumn<QString>("where");
    const auto row = [](const char *name, const QByteArray &jsonc, int line) {
        QTest::newRow(name) << jsonc << QStringLiteral("line %1:").arg(line);
    };
    row("an open object", "{", 1);
    row("an open list", "[1,\n2", 2);
    row("an open string", "[\"a", 1);
    row("a line end in a string", "[\"a\nb\"]", 1);
    row("an open comment", "{} /* x", 1);
    row("a lone slash", "{}\n/ x", 2);
    row("a missing comma", "[1 2]", 1);
    row("a missing comma between members", "{\"a\":1\n\"b\":2}", 2);
    row("a comma alone", "[,]", 1);
    row("two commas", "[1,,]", 1);
    row("a missing colon", "{\"a\" 1}", 1);
    row("a missing value", "{\"a\":}", 1);
    row("a key without quotes", "{a: 1}", 1);
    row("single quotes", "{'a': 1}", 1);
    row("the wrong bracket", "{\"a\": [1}", 1);
    row("two values", "{}{}", 1);
    row("a lone minus", "[-]", 1);
    row("a number with a zero in front", "[01]", 1);
    row("a number that ends with a point", "[1.]", 1);
    row("an unknown escape", "[\"\\x\"]", 1);
    row("a short escape", "[\"\\u12\"]", 1);
    row("a word in part", "[tru]", 1);
    row("an unknown word", "[NaN]", 1);
    row("text", "configurations", 1);
    row("too deep", QByteArray(102, '['), 1);
    row("a zero byte", QByteArray("{\0}", 3), 1);
}

void tst_Jsonc::itRefuses()
{
    QFETCH(QByteArray, jsonc);
    QFETCH(QString, where);
    const auto document = JsoncDocument::parse(jsonc);
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::Parse);
    QVERIFY2(document.error().detail.startsWith(where), qPrintable(document.error().detail));
}

void tst_Jsonc::stringsAreDecoded()
{
    const auto document = JsoncDocument::parse(
        "{\"a\\u4e2d\": \"\\ud83d\\ude00 \xE4\xB8\xAD\\n\\\"\", \"b\": [\"\"]}");
    QVERIFY(document);
    const JsoncNode *value = document->root()->member(u"a中");
    QVERIFY(value);
    QCOMPARE(value->text, QStringLiteral("😀 中\n\""));
    QCOMPARE(document->root()->member(u"b")->items[0].text, QString());
    QVERIFY(!document->root()->member(u"c"));
}

void tst_Jsonc::theLastOfTwoMembersCounts()
{
    const auto document = JsoncDocument::parse("{\"a\": 1, \"a\": [2]}");
    QVERIFY(document);
    QCOMPARE(document->root()->member(u"a")->type, JsoncNode::Type::Array);
}

void tst_Jsonc::anItemIsAdded_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after);
    };
    row("empty", "[]", "[\n    \"new\"\n]");
    row("empty with a blank", "[ ]", "[\n    \"new\"\n ]");
    row("empty over two lines", "[\n]", "[\n    \"new\"\n]");
    row("empty with a comment", "[ /* none */ ]", "[ /* none */\n    \"new\"\n ]");
    row("empty with a line's comment", "[ // none\n]", "[ // none\n    \"new\"\n]");
    row("in one line", "[1, 2]", "[1, 2, \"new\"]");
    row("in one line with a comma", "[1, 2,]", "[1, 2, \"new\",]");
    row("in one line with blanks", "[ 1 ]", "[ 1, \"new\" ]");
    row("in one line with a comment", "[1 /* one */]", "[1, \"new\" /* one */]");
    row("over lines", "[\n  1,\n  2\n]", "[\n  1,\n  2,\n  \"new\"\n]");
    row("over lines with a comma", "[\n  1,\n  2,\n]", "[\n  1,\n  2,\n  \"new\",\n]");
    row("Windows' line ends", "[\r\n  1\r\n]", "[\r\n  1,\r\n  \"new\"\r\n]");
    row("Windows' line ends and a comment", "[\r\n  1 // one\r\n]",
        "[\r\n  1, // one\r\n  \"new\"\r\n]");
    row("tabs", "[\n\t1\n]", "[\n\t1,\n\t\"new\"\n]");
    row("a comment behind the last", "[\n  1 // one\n]", "[\n  1, // one\n  \"new\"\n]");
    row("a comment behind the comma", "[\n  1, // one\n]", "[\n  1, // one\n  \"new\",\n]");
    row("a comment before the comma", "[\n  1 /* one */,\n]", "[\n  1 /* one */,\n  \"new\",\n]");
    row("a comment in a line of its own", "[\n  1\n  // 2\n]", "[\n  1,\n  \"new\"\n  // 2\n]");
    row("two comments behind the last", "[\n  1 /* a */ // b\n]",
        "[\n  1, /* a */ // b\n  \"new\"\n]");
    row("a comment over lines behind the last", "[\n  1 /* a\n  b */\n]",
        "[\n  1,\n  \"new\" /* a\n  b */\n]");
    row("the first beside the bracket", "[1,\n 2\n]", "[1,\n 2,\n \"new\"\n]");
    row("the only one beside the bracket", "[1\n]", "[1,\n    \"new\"\n]");
    row("an object that hugs the brackets", "[{\n  \"a\": 1\n}]", "[{\n  \"a\": 1\n}, \"new\"]");
    row("a string that looks like a comment", "[\n  \"// x\"\n]", "[\n  \"// x\",\n  \"new\"\n]");
    row("a mark in front", "\xEF\xBB\xBF[\n 1\n]", "\xEF\xBB\xBF[\n 1,\n \"new\"\n]");
    row("a comma in a line of its own", "[\n  1\n  ,\n]", "[\n  1\n  ,\n  \"new\",\n]");
}

void tst_Jsonc::anItemIsAdded()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto document = JsoncDocument::parse(before);
    QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
    const QByteArray changed = document->withItem(*document->root(), {text("new")});
    QCOMPARE(changed, after);
    const auto again = JsoncDocument::parse(changed);
    QVERIFY(again);
    QCOMPARE(again->root()->items.size(), document->root()->items.size() + 1);
    QCOMPARE(again->root()->items.back().text, text("new"));
}

void tst_Jsonc::aMemberIsAdded_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after);
    };
    row("empty", "{}", "{\n    \"k\": true\n}");
    row("in one line", "{\"a\": 1}", "{\"a\": 1, \"k\": true}");
    row("over lines", "{\n  \"a\": 1\n}", "{\n  \"a\": 1,\n  \"k\": true\n}");
    row("with a comma", "{\n  \"a\": 1,\n}", "{\n  \"a\": 1,\n  \"k\": true,\n}");
    row("with a comment", "{\n  \"a\": 1 // one\n  // two\n}",
        "{\n  \"a\": 1, // one\n  \"k\": true\n  // two\n}");
    row("it is there already", "{\n  // why\n  \"k\": [1, 2], // that\n  \"b\": 2\n}",
        "{\n  // why\n  \"k\": true, // that\n  \"b\": 2\n}");
    row("the value over lines", "{\n  \"a\": {\n    \"b\": 1\n  }\n}",
        "{\n  \"a\": {\n    \"b\": 1\n  },\n  \"k\": true\n}");
}

void tst_Jsonc::aMemberIsAdded()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto document = JsoncDocument::parse(before);
    QVERIFY(document);
    QCOMPARE(document->withMember(*document->root(), text("k"), {true}), after);
}

void tst_Jsonc::aValueIsReplaced()
{
    const auto document =
        JsoncDocument::parse("{\n  \"a\": [1], // x\n  \"b\": {\n    \"c\": 2\n  }\n}");
    QVERIFY(document);
    const JsoncValue object{JsoncValue::Object{{text("d"), {text("e")}}}};
    QCOMPARE(document->withValue(*document->root()->member(u"b")->member(u"c"), object),
             QByteArray("{\n  \"a\": [1], // x\n  \"b\": {\n    \"c\": {\n      \"d\": \"e\"\n"
                        "    }\n  }\n}"));
}

void tst_Jsonc::valuesAreWritten()
{
    const JsoncValue value{JsoncValue::Object{
        {text("b\"\\"), {text("tab\tline\nzero\x01 中")}},
        {text("a"), {JsoncValue::Array{{false}, {JsoncValue::Array{}}}}},
        {text("c"), {JsoncValue::Object{}}},
    }};
    const QByteArray written = JsoncDocument().withRoot(value);
    QCOMPARE(written, QByteArray("{\n    \"b\\\"\\\\\": \"tab\\tline\\nzero\\u0001 中\",\n"
                                 "    \"a\": [\n        false,\n        []\n    ],\n"
                                 "    \"c\": {}\n}\n"));
    const QJsonObject object = QJsonDocument::fromJson(written).object();
    QCOMPARE(object[text("b\"\\")].toString(), text("tab\tline\nzero\x01 中"));
    const auto comment = JsoncDocument::parse("// mine\r\n/* too */");
    QVERIFY(comment);
    QCOMPARE(comment->withRoot({true}), QByteArray("// mine\r\n/* too */\r\ntrue\r\n"));
}

void tst_Jsonc::whatIsAddedIsIndentedAsTheRest_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("added");
    QTest::newRow("two blanks") << QByteArray("{\n  \"l\": [\n    {\n      \"a\": 1\n    }\n  ]\n}")
                                << QByteArray(",\n    {\n      \"x\": true\n    }\n  ]\n}");
    QTest::newRow("tabs") << QByteArray("{\n\t\"l\": [\n\t\t1\n\t]\n}")
                          << QByteArray(",\n\t\t{\n\t\t\t\"x\": true\n\t\t}\n\t]\n}");
    QTest::newRow("an empty list") << QByteArray("{\n  \"l\": []\n}")
                                   << QByteArray("[\n    {\n      \"x\": true\n    }\n  ]\n}");
    QTest::newRow("hugging") << QByteArray("{\n  \"l\": [{\n    \"a\": 1\n  }]\n}")
                             << QByteArray("  }, {\n    \"x\": true\n  }]\n}");
    QTest::newRow("in one line") << QByteArray("{\"l\": [{\"a\": 1}]}")
                                 << QByteArray("{\"a\": 1}, {\n    \"x\": true\n}]}");
}

void tst_Jsonc::whatIsAddedIsIndentedAsTheRest()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, added);
    const auto document = JsoncDocument::parse(before);
    QVERIFY(document);
    const QByteArray changed = document->withItem(*document->root()->member(u"l"),
                                                  {JsoncValue::Object{{text("x"), {true}}}});
    QVERIFY2(changed.endsWith(added), changed.constData());
}

void tst_Jsonc::everyCutIsAnErrorOrReads()
{
    const QByteArray whole = "/* a */ {\n  \"k\\u0041\": [1.5e3, \"x\\\\\", {}, null,], // b\n"
                             "  \"m\": -0\n}\n// c";
    QVERIFY(JsoncDocument::parse(whole));
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto document = JsoncDocument::parse(whole.first(size));
        if (!document)
            QVERIFY(document.error().detail.startsWith(QStringLiteral("line ")));
    }
}

/// Texts put together by chance: an item is added to every list of each, and all that was there is
/// still there, in its order, and means the same.
void tst_Jsonc::madeUpFilesKeepTheirBytes()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo() << "seed" << seed;
    QRandomGenerator random(seed);
    const QByteArrayList blanks{"",    " ", "\n", "\n  ", "\n\t", " /* c, ] } */ ", " // c ] }\n",
                                "\r\n"};
    const auto blank = [&] { return blanks[random.bounded(int(blanks.size()))]; };
    const std::function<QByteArray(int)> value = [&](int depth) -> QByteArray {
        const int kind = depth > 3 ? random.bounded(3) : random.bounded(5);
        if (kind == 0)
            return QByteArray::number(random.bounded(1000));
        if (kind == 1)
            return "\"// , ] \\\" " + QByteArray::number(random.bounded(9)) + '"';
        if (kind == 2)
            return "null";
        const bool isObject = kind == 3;
        QByteArray all(1, isObject ? '{' : '[');
        const int count = random.bounded(4);
        for (int i = 0; i < count; ++i) {
            all += blank();
            if (isObject)
                all += "\"k" + QByteArray::number(i) + '"' + blank() + ':' + blank();
            all += value(depth + 1) + blank();
            if (i + 1 < count || random.bounded(2) == 0)
                all += ',' + blank();
        }
        return all + blank() + (isObject ? '}' : ']');
    };
    for (int round = 0; round < 400; ++round) {
        const QByteArray before =
            "{" + blank() + "\"list\":" + blank() + '[' + value(0) + blank() + ']' + blank() + '}';
        const auto document = JsoncDocument::parse(before);
        QVERIFY2(document, before.constData());
        const JsoncNode &list = *document->root()->member(u"list");
        const QByteArray after = document->withItem(list, {text("new")});
        QVERIFY2(isWithin(before, after), after.constData());
        QJsonObject expected = read(before);
        QJsonArray items = expected[text("list")].toArray();
        items.append(text("new"));
        expected[text("list")] = items;
        QCOMPARE(read(after), expected);
        const QByteArray more = document->withMember(*document->root(), text("more"), {true});
        QVERIFY2(isWithin(before, more), more.constData());
        expected = read(before);
        expected[text("more")] = true;
        QCOMPARE(read(more), expected);
    }
}

QTEST_GUILESS_MAIN(tst_Jsonc)
#include "tst_Jsonc.moc"
