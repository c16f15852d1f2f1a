// SPDX-License-Identifier: GPL-3.0-or-later
// Text out of the cells: ranges, words, lines, links and searching.
#include "core/terminal/TerminalSurface.h"

#include <QTest>

using namespace core::terminal;

namespace {

/// Where \a text stands on the screen or in the history, in its one row.
TextPosition placeOf(const TerminalSurface &surface, const QString &text)
{
    const auto found = surface.find(text, Qt::CaseSensitive);
    return found.empty() ? TextPosition{-1, -1} : found.front().begin;
}

} // namespace

class tst_TerminalText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenLinesAreJoined();
    void linesEndWhereTheyEnd_data();
    void linesEndWhereTheyEnd();
    void rangesAreCutToWhatIsThere();
    void wordsAreFound_data();
    void wordsAreFound();
    void aLineIsAllOfItsRows();
    void linksAreFound_data();
    void linksAreFound();
    void linksOfProgramsComeFirst();
    void matchesAreFoundInTheHistoryAndOverRows();
    void aLongHistoryIsSearchedFromItsEnd();
};

void tst_TerminalText::brokenLinesAreJoined()
{
    TerminalSurface surface(3, 10);
    surface.feed("0123456789abcdefghij0123\r\nnext  \r\n\r\nlast");
    QCOMPARE(surface.text({{0, 0}, {surface.endLine(), 0}}),
             QStringLiteral("0123456789abcdefghij0123\nnext\n\nlast"));
    QCOMPARE(surface.text({{0, 8}, {1, 3}}), QStringLiteral("89abc"));
    // The same after the rows have another width.
    surface.resize(3, 7);
    QCOMPARE(surface.text({{0, 0}, {surface.endLine(), 0}}),
             QStringLiteral("0123456789abcdefghij0123\nnext\n\nlast"));
}

void tst_TerminalText::linesEndWhereTheyEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("a full row, then another line")
        << QByteArray("0123456789\r\nabc") << QStringLiteral("0123456789\nabc");
    QTest::newRow("a full row that goes on")
        << QByteArray("0123456789abc") << QStringLiteral("0123456789abc");
    QTest::newRow("rewritten from above")
        << QByteArray("0123456789abc\x1B[1;1Hxxxxxxxxxx\r\n") << QStringLiteral("xxxxxxxxxx\nabc");
    QTest::newRow("the end erased")
        << QByteArray("0123456789abc\x1B[1;5H\x1B[K") << QStringLiteral("0123\nabc");
    QTest::newRow("a column left free for a wide character")
        << QByteArray("012345678中x") << QStringLiteral("012345678中x");
    QTest::newRow("gaps are blanks") << QByteArray("a\x1B[1;5Hb") << QStringLiteral("a   b");
}

void tst_TerminalText::linesEndWhereTheyEnd()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    TerminalSurface surface(4, 10);
    surface.feed(bytes);
    QString found = surface.text({{0, 0}, {4, 0}});
    while (found.endsWith(u'\n'))
        found.chop(1);
    QCOMPARE(found, text);
}

void tst_TerminalText::rangesAreCutToWhatIsThere()
{
    HistoryLimits limits;
    limits.lines = 2;
    TerminalSurface surface(2, 10, limits);
    surface.feed("1\r\n2\r\n3\r\n4\r\n5\r\n6");
    QCOMPARE(surface.text({{-5, 0}, {1000, 5}}), QStringLiteral("3\n4\n5\n6"));
    QCOMPARE(surface.text({{3, 99}, {3, 3}}), QString());
    QVERIFY(surface.wordAt({-9, 0}).begin.line >= surface.firstLine());
    QVERIFY(!surface.linkAt({999, 99}));
}

void tst_TerminalText::wordsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("at");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char16_t *text, const char16_t *at,
                        const char16_t *word) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(at)
                            << QString::fromUtf16(word);
    };
    row("a word", u"one two three", u"wo", u"two");
    row("a path", u"cat /root/autodl-tmp/a_b.txt | wc", u"autodl", u"/root/autodl-tmp/a_b.txt");
    row("Chinese", u"看 训练日志 吗", u"日", u"训练日志");
    row("what is no word", u"a == b", u"==", u"==");
    row("over the end of a row", u"0123456789012345 abcdefghijkl", u"hij", u"abcdefghijkl");
    row("an emoji", u"a 👍👍 b", u"👍", u"👍👍");
}

void tst_TerminalText::wordsAreFound()
{
    QFETCH(QString, text);
    QFETCH(QString, at);
    QFETCH(QString, word);
    TerminalSurface surface(4, 20);
    surface.feed(text.toUtf8());
    const TextPosition place = placeOf(surface, at);
    QCOMPARE(surface.text(surface.wordAt(place)), word);
}

void tst_TerminalText::aLineIsAllOfItsRows()
{
    TerminalSurface surface(2, 10);
    surface.feed("before\r\n0123456789abcdefghij01\r\nafter");
    const TextRange line = surface.lineAt(placeOf(surface, QStringLiteral("abc")));
    QCOMPARE(surface.text(line), QStringLiteral("0123456789abcdefghij01"));
}

void tst_TerminalText::linksAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("at");
    QTest::addColumn<QString>("target");
    const auto row = [](const char *name, const char16_t *text, const char16_t *at,
                        const char16_t *target) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(at)
                            << QString::fromUtf16(target);
    };
    row("an address", u"see https://example.org/a?b=c#d now", u"example",
        u"https://example.org/a?b=c#d");
    row("at the end of a sentence", u"(see http://example.org/a_(b)).", u"example",
        u"http://example.org/a_(b)");
    row("before Chinese punctuation", u"打开http://127.0.0.1:8888/lab?token=ab，然后", u"127",
        u"http://127.0.0.1:8888/lab?token=ab");
    row("over the end of a row", u"0123456789012345678901234567 http://example.org/abcdefghijkl x",
        u"jkl", u"http://example.org/abcdefghijkl");
    row("mail", u"write to mailto:a.b@example.org.", u"a.b", u"mailto:a.b@example.org");
    row("beside it", u"see https://example.org now", u"now", u"");
    row("no address", u"file.cpp:12:3: error", u"file", u"");
    row("not what could do harm", u"javascript:alert(1) file:///etc/passwd", u"file", u"");
}

void tst_TerminalText::linksAreFound()
{
    QFETCH(QString, text);
    QFETCH(QString, at);
    QFETCH(QString, target);
    TerminalSurface surface(4, 40);
    surface.feed(text.toUtf8());
    const auto link = surface.linkAt(placeOf(surface, at));
    QCOMPARE(link ? link->target : QString(), target);
    if (link)
        QCOMPARE(surface.text(link->range), target);
}

void tst_TerminalText::linksOfProgramsComeFirst()
{
    TerminalSurface surface(4, 40);
    surface.feed("a \x1B]8;;https://example.org/long\x07here it is\x1B]8;;\x07 b");
    const auto link = surface.linkAt({0, 5});
    QVERIFY(link);
    QCOMPARE(link->target, QStringLiteral("https://example.org/long"));
    QCOMPARE(surface.text(link->range), QStringLiteral("here it is"));
    QVERIFY(!surface.linkAt({0, 0}));
}

void tst_TerminalText::matchesAreFoundInTheHistoryAndOverRows()
{
    TerminalSurface surface(3, 10);
    surface.feed("Error one\r\n1234567error 2\r\nx\r\ny\r\nno err\r\nERROR训练");
    auto found = surface.find(QStringLiteral("error"), Qt::CaseInsensitive);
    QCOMPARE(found.size(), 3U);
    QCOMPARE(found[0].begin, (TextPosition{0, 0}));
    QCOMPARE(found[1].begin, (TextPosition{1, 7}));
    QCOMPARE(found[1].end, (TextPosition{2, 2}));
    QCOMPARE(surface.text(found[1]), QStringLiteral("error"));
    QCOMPARE(surface.find(QStringLiteral("error"), Qt::CaseSensitive).size(), 1U);
    found = surface.find(QStringLiteral("训练"), Qt::CaseSensitive);
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].begin.column, 5);
    QCOMPARE(found[0].end.column, 9);
    QVERIFY(surface.find(QString(), Qt::CaseSensitive).empty());
    QVERIFY(surface.find(QStringLiteral("nothing"), Qt::CaseSensitive).empty());
}

void tst_TerminalText::aLongHistoryIsSearchedFromItsEnd()
{
    TerminalSurface surface(24, 80);
    surface.feed(QByteArray("hit\r\n").repeated(9000));
    const auto found = surface.find(QStringLiteral("hit"), Qt::CaseSensitive, 100);
    QCOMPARE(found.size(), 100U);
    QVERIFY(found.front().begin < found.back().begin);
    QVERIFY(found.back().begin.line > surface.screenTop());
    // One line over many rows, with many matches.
    surface.feed(QByteArray("ab").repeated(200'000));
    QCOMPARE(surface.find(QStringLiteral("ab"), Qt::CaseSensitive).size(), 10'000U);
}

QTEST_APPLESS_MAIN(tst_TerminalText)
#include "tst_TerminalText.moc"
