// SPDX-License-Identifier: GPL-3.0-or-later
// The byte stream: cut at every byte, malformed, hostile, endless.
#include "core/terminal/TerminalSurface.h"
#include "tests/support/Sanitizers.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace core::terminal;

namespace {

/// All that can be seen, and the cursor.
QString dump(const TerminalSurface &surface)
{
    QString text;
    for (qint64 number = surface.firstLine(); number < surface.endLine(); ++number) {
        const Line &line = surface.line(number);
        for (int column = 0; column < int(line.cells.size()); ++column) {
            const Cell &cell = line.cells[std::size_t(column)];
            text += line.text(column) + QString::number(cell.flags & ~CellFlag::Cluster, 16) +
                    QString::number(cell.foreground.rgbValue(), 16) + line.link(column) + u'|';
        }
        text += line.continues ? QStringLiteral("+\n") : QStringLiteral("\n");
    }
    const CursorState cursor = surface.cursor();
    return text + QStringLiteral("%1 %2 %3 %4")
                      .arg(cursor.line)
                      .arg(cursor.column)
                      .arg(int(cursor.shape))
                      .arg(surface.title());
}

const QByteArray &mixedStream()
{
    static const QByteArray stream =
        "plain\r\n中文 e\xCC\x81 👍🏽 \x1B[1;31;48;2;1;2;3mred\x1B[0m\r\n"
        "\xE4\xB8 cut \xFF\xC0\x80 \xF0\x9F\x98 end \xED\xA0\x80\r\n"
        "\x1B]0;title 标题\x07\x1B]8;;https://example.org/a\x1B\\link\x1B]8;;\x1B\\ "
        "\x1B[5;38:2::9:8:7mx\x1B[m\r\n"
        "\x1B(0lqk\x1B(B\x1B[4 q\x1B[?1049h\x1B[2J\x1B[3;3Halt\x1B[?1049l"
        "\x1B[2;5r\x1B[5;1Ha\nb\nc\x1B[r\x1B[10;70Hwrapping around the edge 汉字汉字汉字"
        "\x1BP$q q\x1B\\\x1B[6n\x1B[?25;12l\x1B[3b\x1B_ignored\x1B\\end";
    return stream;
}

void checkInvariants(const TerminalSurface &surface)
{
    const CursorState cursor = surface.cursor();
    QVERIFY(cursor.line >= surface.screenTop() && cursor.line < surface.endLine());
    QVERIFY(cursor.column >= 0 && cursor.column < surface.columns());
    for (qint64 number = surface.screenTop(); number < surface.endLine(); ++number) {
        const auto &cells = surface.line(number).cells;
        QCOMPARE(int(cells.size()), surface.columns());
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (cells[column].flags & CellFlag::Wide) {
                QVERIFY(column + 1 < cells.size());
                QVERIFY(cells[column + 1].flags & CellFlag::WideTail);
            }
            if (cells[column].flags & CellFlag::WideTail) {
                QVERIFY(column > 0);
                QVERIFY(cells[column - 1].flags & CellFlag::Wide);
            }
        }
    }
}

} // namespace

class tst_TerminalStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStreamCutAnywhereIsTheSameStream();
    void aStreamInRandomPiecesIsTheSameStream();
    void whatIsNoUtf8IsReplaced_data();
    void whatIsNoUtf8IsReplaced();
    void hostileStreamsDoNoHarm_data();
    void hostileStreamsDoNoHarm();
    void noCharacterGrowsACellWithoutEnd();
    void randomStreamsKeepTheCellsWhole();
    void answersAreBounded();
    void historyIsBounded_data();
    void historyIsBounded();
};

void tst_TerminalStream::aStreamCutAnywhereIsTheSameStream()
{
    const QByteArray &stream = mixedStream();
    TerminalSurface whole(24, 80);
    whole.feed(stream);
    const QString expected = dump(whole);
    for (qsizetype cut = 1; cut < stream.size(); ++cut) {
        TerminalSurface surface(24, 80);
        surface.feed(QByteArrayView(stream).first(cut));
        surface.feed(QByteArrayView(stream).sliced(cut));
        if (dump(surface) != expected)
            QFAIL(qPrintable(QStringLiteral("cut at %1").arg(cut)));
    }
    TerminalSurface single(24, 80);
    for (const char byte : stream)
        single.feed(QByteArrayView(&byte, 1));
    QCOMPARE(dump(single), expected);
}

void tst_TerminalStream::aStreamInRandomPiecesIsTheSameStream()
{
    const QByteArray stream = mixedStream().repeated(20);
    TerminalSurface whole(24, 80);
    whole.feed(stream);
    const QString expected = dump(whole);
    for (quint32 seed = 1; seed <= 20; ++seed) {
        QRandomGenerator random(seed);
        TerminalSurface surface(24, 80);
        for (qsizetype at = 0; at < stream.size();) {
            const qsizetype size = std::min<qsizetype>(random.bounded(1, 60), stream.size() - at);
            surface.feed(QByteArrayView(stream).sliced(at, size));
            at += size;
        }
        if (dump(surface) != expected)
            QFAIL(qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void tst_TerminalStream::whatIsNoUtf8IsReplaced_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QByteArray &bytes, const char16_t *text) {
        QTest::newRow(name) << bytes << QString::fromUtf16(text);
    };
    row("well-formed", "a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80z", u"aé中😀z");
    row("a lone continuation", "a\x80z", u"a\uFFFDz");
    row("a cut character before text", "a\xE4\xB8z", u"a\uFFFDz");
    row("a cut character before an escape", "a\xE4\xB8\x1B[mz", u"a\uFFFDz");
    row("overlong", "a\xC0\xAFz", u"a\uFFFD\uFFFDz");
    row("a surrogate", "a\xED\xA0\x80z", u"a\uFFFD\uFFFD\uFFFDz");
    row("beyond Unicode", "a\xF4\x90\x80\x80z", u"a\uFFFD\uFFFD\uFFFD\uFFFDz");
    row("bytes that never occur", "a\xFE\xFFz", u"a\uFFFD\uFFFDz");
    row("C1 controls are not shown", "a\xC2\x9Bz", u"az");
    row("GBK", "\xD6\xD0\xCE\xC4z", u"\uFFFD\uFFFD\uFFFD\uFFFDz");
}

void tst_TerminalStream::whatIsNoUtf8IsReplaced()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    TerminalSurface surface(2, 40);
    surface.feed(bytes);
    QCOMPARE(surface.screenText().trimmed(), text);
}

void tst_TerminalStream::hostileStreamsDoNoHarm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    row("a thousand parameters", "\x1B[" + QByteArray("1;").repeated(1000) + "m");
    row("a thousand parameters of a movement", "\x1B[" + QByteArray("1;").repeated(1000) + "H");
    row("numbers without end", "\x1B[" + QByteArray(100000, '9') + 'B');
    row("huge counts",
        "\x1B[999999999@\x1B[999999999P\x1B[999999999L\x1B[999999999M\x1B[999999999X"
        "\x1B[999999999S\x1B[999999999T\x1B[999999999b\x1B[999999999I\x1B[999999999Z");
    row("intermediates without end",
        "\x1B[" + QByteArray(1000, ' ') + "q\x1B" + QByteArray(1000, '#') + '8');
    row("leaders without end", "\x1B[" + QByteArray(1000, '?') + "1h");
    row("a title without end", "\x1B]0;" + QByteArray(1'000'000, 'x') + '\x07');
    row("a device string without end", "\x1BP" + QByteArray(1'000'000, 'x') + "\x1B\\");
    row("repeating nothing", "\x1B[5b");
    row("repeating what has no width", "\xE2\x80\x8B\x1B[99b");
    row("combining first", "\xCC\x81\xCC\x81"
                           "a");
    row("margins at the sides", "\x1B[?69h\x1B[5;10s\x1B[1;1Hxxxxxxxxxxxxxxxxxxxxxxx\n\x1B[2S");
    row("double-width lines", "\x1B#6wide\x1B#3top\x1B#4bottom" + QByteArray(200, 'x'));
    row("saved below a smaller screen", "\x1B[24;80H\x1B"
                                        "7");
    row("a region below a smaller screen", "\x1B[20;24r\x1B[24;1H");
    row("origin mode below a smaller screen", "\x1B[20;24r\x1B[?6h");
    row("the second screen, smaller", "\x1B[24;80H\x1B[?1049h\x1B[24;80H");
    row("links without end", QByteArray("\x1B]8;;http://a/#\x07x\x1B]8;;\x07y").repeated(20000));
    row("titles saved without end", QByteArray("\x1B[22;0t").repeated(20000));
}

void tst_TerminalStream::hostileStreamsDoNoHarm()
{
    QFETCH(QByteArray, bytes);
    TerminalSurface surface(24, 80);
    surface.feed(bytes);
    checkInvariants(surface);
    surface.resize(5, 10);
    checkInvariants(surface);
    // What was saved and set before the screen became smaller.
    surface.feed("\x1B"
                 "8z\x1B[2S\x1B[2T\n\n\x1B[?1049lz\x1BM\x1B[J");
    checkInvariants(surface);
    surface.resize(40, 100);
    surface.feed("\x1B"
                 "8z\x1B[2S\n");
    checkInvariants(surface);
    surface.feed("\x1B\\\x18\x1B"
                 "cstill here");
    QCOMPARE(surface.screenText().trimmed(), QStringLiteral("still here"));
}

void tst_TerminalStream::noCharacterGrowsACellWithoutEnd()
{
    TerminalSurface surface(2, 80);
    for (char32_t character = 0xA0; character <= 0x10FFFF; ++character) {
        if (character >= 0xD800 && character <= 0xDFFF)
            continue;
        const QByteArray one = QString::fromUcs4(&character, 1).toUtf8();
        surface.feed("\x1B[Ha" + one);
        if (surface.cursor().column != 1)
            continue;
        surface.feed(one.repeated(40));
        if (surface.line(surface.screenTop()).text(0).size() > 40)
            QFAIL(qPrintable(QString::number(character, 16)));
    }
}

void tst_TerminalStream::randomStreamsKeepTheCellsWhole()
{
    const QByteArrayList pieces{"text",
                                "中文字",
                                "e\xCC\x81",
                                "👍",
                                "\r",
                                "\n",
                                "\b",
                                "\t",
                                "\x1B[",
                                "\x1B]",
                                "\x1BP",
                                "\x1B",
                                "?",
                                ";",
                                ":",
                                "1",
                                "24",
                                "80",
                                "9999",
                                "A",
                                "B",
                                "C",
                                "D",
                                "H",
                                "J",
                                "K",
                                "L",
                                "M",
                                "P",
                                "@",
                                "X",
                                "S",
                                "T",
                                "b",
                                "m",
                                "r",
                                "s",
                                "u",
                                "h",
                                "l",
                                "1049h",
                                "1049l",
                                "6h",
                                "7l",
                                "4h",
                                "38;5;9m",
                                "\x07",
                                "\x1B\\",
                                "\x1B"
                                "7",
                                "\x1B"
                                "8",
                                "\x1B"
                                "c",
                                "\x1B[!p",
                                "\x1B#8",
                                "\x1B(0",
                                "\x1B(B",
                                "\x0E",
                                "\x0F",
                                "\xFF",
                                "\xE4",
                                "\xB8",
                                "\x18",
                                "\x1BM",
                                "\x1B"
                                "D",
                                "\x1B"
                                "E"};
    for (quint32 seed = 1; seed <= 60; ++seed) {
        QRandomGenerator random(seed);
        HistoryLimits limits;
        limits.lines = 100;
        TerminalSurface surface(24, 80, limits);
        for (int step = 0; step < 3000; ++step) {
            if (random.bounded(200) == 0)
                surface.resize(random.bounded(1, 60), random.bounded(1, 120));
            surface.feed(pieces[random.bounded(int(pieces.size()))]);
            QVERIFY(surface.screenTop() - surface.firstLine() <= limits.lines);
        }
        checkInvariants(surface);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void tst_TerminalStream::answersAreBounded()
{
    TerminalSurface surface(24, 80);
    QSignalSpy replied(&surface, &TerminalSurface::replied);
    surface.feed(QByteArray("\x1B[6n\x1B[c\x1B]11;?\x07").repeated(100'000));
    QCOMPARE(replied.count(), 1);
    QVERIFY(replied[0][0].toByteArray().size() <= 4096);
}

void tst_TerminalStream::historyIsBounded_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("logs") << QByteArray("2024-01-01 12:00:00 INFO step 1 loss 0.123 acc 0.99\r\n");
    QTest::newRow("lines without end") << QByteArray(3000, 'x');
    QTest::newRow("empty lines") << QByteArray("\r\n");
    QTest::newRow("a link in each cell")
        << QByteArray("\x1B]8;;http://example.org/#\x07x\x1B]8;;\x07");
    QTest::newRow("marks on each cell") << QByteArray("e\xCC\x81\xCC\x82\xCC\x83");
}

void tst_TerminalStream::historyIsBounded()
{
    QFETCH(QByteArray, line);
    const HistoryLimits limits{2000, 1024 * 1024};
    TerminalSurface surface(24, 80, limits);
    const QByteArray piece = line.repeated(std::max<qsizetype>(1, 65536 / line.size()));
    for (qsizetype fed = 0; fed < support::unlessSanitized(6'000'000, 1'500'000);
         fed += piece.size()) {
        surface.feed(piece);
        QVERIFY(surface.screenTop() - surface.firstLine() <= limits.lines);
        QVERIFY(surface.historyBytes() <= limits.bytes);
    }
    QVERIFY(surface.screenTop() - surface.firstLine() > 100);
}

QTEST_APPLESS_MAIN(tst_TerminalStream)
#include "tst_TerminalStream.moc"
