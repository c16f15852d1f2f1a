// SPDX-License-Identifier: GPL-3.0-or-later
// Cells, modes, answers, the history, another size, and what has to be painted again.
#include "core/terminal/TerminalSurface.h"

#include <QSignalSpy>
#include <QTest>

using namespace core::terminal;

namespace {

const Cell &cellAt(const TerminalSurface &surface, int row, int column)
{
    return surface.line(surface.screenTop() + row).cells[std::size_t(column)];
}

QStringList rowsOf(const TerminalSurface &surface)
{
    QStringList rows = surface.screenText().split(u'\n');
    rows.removeLast();
    while (!rows.isEmpty() && rows.last().isEmpty())
        rows.removeLast();
    return rows;
}

QStringList historyOf(const TerminalSurface &surface)
{
    QStringList lines;
    for (qint64 number = surface.firstLine(); number < surface.screenTop(); ++number)
        lines += surface.text({{number, 0}, {number, surface.columns()}});
    return lines;
}

QByteArray replyTo(const QByteArray &bytes)
{
    TerminalSurface surface(24, 80);
    surface.setReportedColours(0x102030, 0xFFFFFF);
    QSignalSpy replied(&surface, &TerminalSurface::replied);
    surface.feed(bytes);
    return replied.isEmpty() ? QByteArray() : replied[0][0].toByteArray();
}

} // namespace

class tst_TerminalSurface : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsHaveTextWidthAndStyle();
    void coloursComeInThreeKinds_data();
    void coloursComeInThreeKinds();
    void aLinkIsKeptWithItsCells();
    void programsGetAnswers_data();
    void programsGetAnswers();
    void titleBellAndModesAreTold();
    void severalModesAreSetAtOnce();
    void theCursorHasShapes();
    void theMouseIsReportedAsAsked_data();
    void theMouseIsReportedAsAsked();
    void nothingIsReportedUnasked();
    void whatScrollsOffIsKept();
    void whatIsClearedIsKeptOrNot();
    void theSecondScreenKeepsNothing();
    void aSecondScreenCanBeRefused();
    void anotherWidthBreaksLinesAnew_data();
    void anotherWidthBreaksLinesAnew();
    void anotherHeightKeepsTheEndInSight();
    void theFirstScreenFollowsWhileTheSecondIsShown();
    void onlyWhatChangedIsDamaged();
};

void tst_TerminalSurface::cellsHaveTextWidthAndStyle()
{
    TerminalSurface surface(3, 20);
    surface.feed("a中e\xCC\x81👍\x1B[1;2;3;4;5;7;8;9mx\x1B[22;4:3my\x1B[0;21mz");
    const Line &line = surface.line(surface.screenTop());
    QCOMPARE(line.text(0), QStringLiteral("a"));
    QCOMPARE(line.text(1), QStringLiteral("中"));
    QVERIFY(line.cells[1].flags & CellFlag::Wide);
    QVERIFY(line.cells[2].flags & CellFlag::WideTail);
    QCOMPARE(line.text(2), QString());
    QCOMPARE(line.text(3), QStringLiteral("e\u0301"));
    QCOMPARE(line.text(4), QStringLiteral("👍"));
    QVERIFY(line.cells[4].flags & CellFlag::Wide);
    const quint16 all = CellFlag::Bold | CellFlag::Dim | CellFlag::Italic | CellFlag::Underline |
                        CellFlag::Blink | CellFlag::Reverse | CellFlag::Conceal | CellFlag::Strike;
    QCOMPARE(line.cells[6].flags, all);
    QCOMPARE(line.cells[7].flags,
             quint16((all & ~(CellFlag::Bold | CellFlag::Dim)) | CellFlag::CurlyUnderline));
    QCOMPARE(line.cells[8].flags, quint16(CellFlag::Underline | CellFlag::DoubleUnderline));
    QCOMPARE(line.cells[9], Cell{});
}

void tst_TerminalSurface::coloursComeInThreeKinds_data()
{
    QTest::addColumn<QByteArray>("rendition");
    QTest::addColumn<Colour>("foreground");
    QTest::addColumn<Colour>("background");
    const auto row = [](const char *rendition, Colour foreground, Colour background) {
        QTest::newRow(rendition) << QByteArray(rendition) << foreground << background;
    };
    row("0", {}, {});
    row("31;42", Colour::indexed(1), Colour::indexed(2));
    row("97;100", Colour::indexed(15), Colour::indexed(8));
    row("38;5;200;48;5;17", Colour::indexed(200), Colour::indexed(17));
    row("38:5:200", Colour::indexed(200), {});
    row("38;2;1;2;3;48;2;4;5;6", Colour::rgb(1, 2, 3), Colour::rgb(4, 5, 6));
    row("38:2:1:2:3", Colour::rgb(1, 2, 3), {});
    row("38:2::1:2:3;44", Colour::rgb(1, 2, 3), Colour::indexed(4));
    row("38;5;300;44", {}, Colour::indexed(4));
    row("58;5;5;31", Colour::indexed(1), {});
    row("58:2::5:5:5;32", Colour::indexed(2), {});
    row("31;39", {}, {});
}

void tst_TerminalSurface::coloursComeInThreeKinds()
{
    QFETCH(QByteArray, rendition);
    QFETCH(Colour, foreground);
    QFETCH(Colour, background);
    TerminalSurface surface(2, 10);
    surface.feed("\x1B[" + rendition + "mx");
    QVERIFY(cellAt(surface, 0, 0).foreground == foreground);
    QVERIFY(cellAt(surface, 0, 0).background == background);
    QCOMPARE(cellAt(surface, 0, 0).flags, 0);
}

void tst_TerminalSurface::aLinkIsKeptWithItsCells()
{
    TerminalSurface surface(2, 20);
    surface.feed("a\x1B]8;id=1;https://example.org/x;y\x1B\\bc\x1B]8;;\x1B\\d\r\n\n");
    const Line &line = surface.line(surface.firstLine());
    QCOMPARE(line.link(0), QString());
    QCOMPARE(line.link(1), QStringLiteral("https://example.org/x;y"));
    QCOMPARE(line.link(2), line.link(1));
    QCOMPARE(line.link(3), QString());
}

void tst_TerminalSurface::programsGetAnswers_data()
{
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const QByteArray &question, const QByteArray &answer) {
        QTest::newRow(name) << question << answer;
    };
    row("what are you", "\x1B[c", "\x1B[?1;2c");
    row("what are you, DECID", "\x1BZ", "\x1B[?1;2c");
    row("which version", "\x1B[>c", "\x1B[>0;100;0c");
    row("are you well", "\x1B[5n", "\x1B[0n");
    row("where is the cursor", "\x1B[7;9H\x1B[6n", "\x1B[7;9R");
    row("where, in a region", "\x1B[5;10r\x1B[?6h\x1B[2;3H\x1B[6n", "\x1B[2;3R");
    row("how large", "\x1B[18t", "\x1B[8;24;80t");
    row("text's colour", "\x1B]10;?\x1B\\", "\x1B]10;rgb:1010/2020/3030\x1B\\");
    row("background's colour", "\x1B]11;?\x07", "\x1B]11;rgb:ffff/ffff/ffff\x1B\\");
    row("a mode that is on", "\x1B[?25$p", "\x1B[?25;1$y");
    row("a mode that is off", "\x1B[?2004$p", "\x1B[?2004;2$y");
    row("a mode nobody knows", "\x1B[?9998$p", "\x1B[?9998;0$y");
    row("the cursor's shape", "\x1B[5 q\x1BP$q q\x1B\\", "\x1BP1$r5 q\x1B\\");
    row("terminfo over the line", "\x1BP+q544e\x1B\\", "\x1BP0+r\x1B\\");
    row("the clipboard is not read", "\x1B]52;c;?\x07", "");
    row("the title is not read", "\x1B]0;x\x07\x1B[21t", "");
}

void tst_TerminalSurface::programsGetAnswers()
{
    QFETCH(QByteArray, question);
    QFETCH(QByteArray, answer);
    QCOMPARE(replyTo(question), answer);
}

void tst_TerminalSurface::titleBellAndModesAreTold()
{
    TerminalSurface surface(3, 20);
    QSignalSpy title(&surface, &TerminalSurface::titleChanged);
    QSignalSpy bell(&surface, &TerminalSurface::bellRang);
    QSignalSpy modes(&surface, &TerminalSurface::modesChanged);
    surface.feed("\x1B]2;root@box: ~/训练\x1B\\");
    QCOMPARE(title.count(), 1);
    QCOMPARE(surface.title(), QStringLiteral("root@box: ~/训练"));
    surface.feed("\x1B[22;0t\x1B]0;vim\x1B\\\x1B[23;0t");
    QCOMPARE(surface.title(), QStringLiteral("root@box: ~/训练"));
    surface.feed("\x1B]0;turned \u202Eround\u009B\x1B\\");
    QCOMPARE(surface.title(), QStringLiteral("turned round"));
    QCOMPARE(bell.count(), 0);
    surface.feed("\a\a");
    QCOMPARE(bell.count(), 1);
    QCOMPARE(modes.count(), 0);
    surface.feed("\x1B[?1h\x1B=\x1B[?2004h");
    QVERIFY(modes.count() > 0);
    QVERIFY(surface.modes().applicationCursor);
    QVERIFY(surface.modes().applicationKeypad);
    QVERIFY(surface.modes().bracketedPaste);
    surface.feed("\x1B"
                 "c");
    QVERIFY(surface.modes() == TerminalModes{});
}

void tst_TerminalSurface::severalModesAreSetAtOnce()
{
    TerminalSurface surface(3, 20);
    // As ncurses does for the mouse, and for a cursor that is very visible.
    surface.feed("\x1B[?1006;1000h\x1B[?25l\x1B[?12;25h");
    QCOMPARE(surface.modes().mouse, MouseMode::Buttons);
    QVERIFY(surface.modes().cursorVisible);
    QSignalSpy output(&surface, &TerminalSurface::output);
    surface.sendMouseButton(1, 2, 1, true, {});
    QCOMPARE(output.value(0).value(0).toByteArray(), "\x1B[<0;3;2M");
}

void tst_TerminalSurface::theCursorHasShapes()
{
    TerminalSurface surface(3, 20);
    QCOMPARE(surface.cursor().shape, CursorShape::Block);
    surface.feed("ab\x1B[6 q");
    QCOMPARE(surface.cursor().shape, CursorShape::Bar);
    QVERIFY(!surface.cursor().blinks);
    QCOMPARE(surface.cursor().column, 2);
    surface.feed("\x1B[3 q\x1B[?25l");
    QCOMPARE(surface.cursor().shape, CursorShape::Underline);
    QVERIFY(surface.cursor().blinks);
    QVERIFY(!surface.cursor().isVisible);
    // Saving and restoring the place changes none of that.
    surface.feed("\x1B"
                 "7\x1B[?25h\x1B[2 q\x1B"
                 "8");
    QVERIFY(surface.cursor().isVisible);
    QCOMPARE(surface.cursor().shape, CursorShape::Block);
}

void tst_TerminalSurface::theMouseIsReportedAsAsked_data()
{
    QTest::addColumn<QByteArray>("modes");
    QTest::addColumn<QByteArray>("press");
    QTest::addColumn<QByteArray>("drag");
    QTest::addColumn<QByteArray>("release");
    QTest::addColumn<QByteArray>("hover");
    QTest::addColumn<QByteArray>("wheel");
    QTest::newRow("off") << QByteArray() << QByteArray() << QByteArray() << QByteArray()
                         << QByteArray() << QByteArray();
    QTest::newRow("buttons, X10's bytes")
        << QByteArray("\x1B[?1000h") << QByteArray("\x1B[M #\"") << QByteArray()
        << QByteArray("\x1B[M#$\"") << QByteArray() << QByteArray("\x1B[M`$\"");
    QTest::newRow("buttons, SGR") << QByteArray("\x1B[?1000;1006h") << QByteArray("\x1B[<0;3;2M")
                                  << QByteArray() << QByteArray("\x1B[<0;4;2m") << QByteArray()
                                  << QByteArray("\x1B[<64;4;2M");
    QTest::newRow("drag") << QByteArray("\x1B[?1002;1006h") << QByteArray("\x1B[<0;3;2M")
                          << QByteArray("\x1B[<32;4;2M") << QByteArray("\x1B[<0;4;2m")
                          << QByteArray() << QByteArray("\x1B[<64;4;2M");
    QTest::newRow("all moves") << QByteArray("\x1B[?1003;1006h") << QByteArray("\x1B[<0;3;2M")
                               << QByteArray("\x1B[<32;4;2M") << QByteArray("\x1B[<0;4;2m")
                               << QByteArray("\x1B[<35;1;1M") << QByteArray("\x1B[<64;4;2M");
}

void tst_TerminalSurface::theMouseIsReportedAsAsked()
{
    QFETCH(QByteArray, modes);
    QFETCH(QByteArray, press);
    QFETCH(QByteArray, drag);
    QFETCH(QByteArray, release);
    QFETCH(QByteArray, hover);
    QFETCH(QByteArray, wheel);
    TerminalSurface surface(5, 20);
    surface.feed(modes);
    QByteArray sent;
    connect(&surface, &TerminalSurface::output, this,
            [&sent](const QByteArray &bytes) { sent = bytes; });
    const auto take = [&sent] { return std::exchange(sent, {}); };
    surface.sendMouseMove(1, 2, {});
    (void)take();
    surface.sendMouseButton(1, 2, 1, true, {});
    QCOMPARE(take(), press);
    surface.sendMouseMove(1, 3, {});
    QCOMPARE(take(), drag);
    surface.sendMouseButton(1, 3, 1, false, {});
    QCOMPARE(take(), release);
    surface.sendMouseButton(1, 3, 4, true, {});
    QCOMPARE(take(), wheel);
    surface.sendMouseMove(0, 0, {});
    QCOMPARE(take(), hover);
}

void tst_TerminalSurface::nothingIsReportedUnasked()
{
    TerminalSurface surface(5, 20);
    QSignalSpy output(&surface, &TerminalSurface::output);
    surface.sendFocus(true);
    surface.sendFocus(false);
    QCOMPARE(output.count(), 0);
    surface.feed("\x1B[?1004h");
    surface.sendFocus(true);
    surface.sendFocus(false);
    QCOMPARE(output.count(), 2);
    QCOMPARE(output[0][0].toByteArray(), "\x1B[I");
    QCOMPARE(output[1][0].toByteArray(), "\x1B[O");
    QVERIFY(!surface.sendKey(Qt::Key_Shift, Qt::ShiftModifier, {}));
    QVERIFY(surface.sendKey(Qt::Key_Up, {}, {}));
    QCOMPARE(output[2][0].toByteArray(), "\x1B[A");
}

void tst_TerminalSurface::whatScrollsOffIsKept()
{
    HistoryLimits limits;
    limits.lines = 4;
    TerminalSurface surface(3, 20, limits);
    surface.feed("1\r\n2\r\n3\r\n4\r\n5");
    QCOMPARE(historyOf(surface), (QStringList{QStringLiteral("1"), QStringLiteral("2")}));
    QCOMPARE(surface.firstLine(), 0);
    surface.feed("\r\n6\r\n7\r\n8\r\n9");
    QCOMPARE(historyOf(surface), (QStringList{QStringLiteral("3"), QStringLiteral("4"),
                                              QStringLiteral("5"), QStringLiteral("6")}));
    // Numbers stay with their lines.
    QCOMPARE(surface.firstLine(), 2);
    QCOMPARE(surface.text({{4, 0}, {4, 20}}), QStringLiteral("5"));
    // Lines that a program deletes did not scroll by; a region that begins at the top does.
    surface.feed("\x1B[1;1H\x1B[2M");
    QCOMPARE(surface.screenTop(), 6);
    surface.feed("\x1B[1;2rA\nB\nC\x1B[r");
    QVERIFY(surface.screenTop() > 6);
    surface.clearHistory();
    QCOMPARE(surface.firstLine(), surface.screenTop());
}

void tst_TerminalSurface::whatIsClearedIsKeptOrNot()
{
    TerminalSurface surface(4, 20);
    surface.feed("one\r\ntwo\x1B[H\x1B[2J");
    QCOMPARE(historyOf(surface), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QVERIFY(rowsOf(surface).isEmpty());
    surface.feed("three\x1B[3J");
    QVERIFY(historyOf(surface).isEmpty());
    QCOMPARE(rowsOf(surface), QStringList{QStringLiteral("three")});
}

void tst_TerminalSurface::theSecondScreenKeepsNothing()
{
    TerminalSurface surface(3, 20);
    QSignalSpy alternate(&surface, &TerminalSurface::alternateChanged);
    surface.feed("one\r\ntwo\x1B[?1049h");
    QVERIFY(surface.isAlternate());
    QCOMPARE(alternate.count(), 1);
    surface.feed("\x1B[Ha\r\nb\r\nc\r\nd\r\ne");
    QCOMPARE(surface.screenTop(), surface.firstLine());
    surface.feed("\x1B[?1049l");
    QVERIFY(!surface.isAlternate());
    QCOMPARE(rowsOf(surface), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QCOMPARE(surface.cursor().column, 3);
    QCOMPARE(surface.cursor().line, surface.screenTop() + 1);
}

void tst_TerminalSurface::aSecondScreenCanBeRefused()
{
    TerminalSurface surface(3, 20);
    surface.setAlternateAllowed(false);
    surface.feed("\x1B[?1049hone\r\ntwo\r\nthree\r\nfour");
    QVERIFY(!surface.isAlternate());
    QCOMPARE(historyOf(surface), QStringList{QStringLiteral("one")});
}

void tst_TerminalSurface::anotherWidthBreaksLinesAnew_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QStringList>("rows");
    QTest::addColumn<int>("cursorRow");
    QTest::addColumn<int>("cursorColumn");
    const auto row = [](const char *name, const QByteArray &bytes, int columns,
                        const QStringList &rows, int cursorRow, int cursorColumn) {
        QTest::newRow(name) << bytes << columns << rows << cursorRow << cursorColumn;
    };
    const auto list = [](std::initializer_list<const char16_t *> texts) {
        QStringList made;
        for (const char16_t *text : texts)
            made += QString::fromUtf16(text);
        return made;
    };
    row("narrower", "0123456789\r\nab", 4, list({u"0123", u"4567", u"89", u"ab"}), 3, 2);
    row("wider", "0123456789abcdef\r\nx", 16, list({u"0123456789abcdef", u"x"}), 1, 1);
    row("wider, in the line", "0123456789abcdef", 20, list({u"0123456789abcdef"}), 0, 16);
    row("lines that ended stay apart", "0123456789\r\nab", 20, list({u"0123456789", u"ab"}), 1, 2);
    row("wide characters are not cut", "中文汉字", 5, list({u"中文", u"汉字"}), 1, 4);
    row("a column left free is not text", "a中文汉字x", 11, list({u"a中文汉字x"}), 0, 10);
    row("the cursor in the middle", "0123456789abcdef\x1B[1;6H", 4,
        list({u"0123", u"4567", u"89ab", u"cdef"}), 1, 1);
    row("a full row", "0123456789", 5, list({u"01234", u"56789"}), 2, 0);
    row("an empty screen", "", 5, {}, 0, 0);
    row("a prompt", "$ ls\r\na  b\r\n$ ", 5, list({u"$ ls", u"a  b", u"$"}), 2, 2);
}

void tst_TerminalSurface::anotherWidthBreaksLinesAnew()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, columns);
    QFETCH(QStringList, rows);
    QFETCH(int, cursorRow);
    QFETCH(int, cursorColumn);
    TerminalSurface surface(6, 10);
    QSignalSpy renumbered(&surface, &TerminalSurface::renumbered);
    surface.feed(bytes);
    surface.resize(6, columns);
    QCOMPARE(renumbered.count(), 1);
    QCOMPARE(surface.columns(), columns);
    QCOMPARE(rowsOf(surface), rows);
    QCOMPARE(surface.cursor().line - surface.screenTop(), cursorRow);
    QCOMPARE(surface.cursor().column, cursorColumn);
    // What comes next goes where the cursor is.
    surface.feed("\x1B[4m!");
    const Line &line = surface.line(surface.screenTop() + cursorRow);
    QCOMPARE(line.text(std::min(cursorColumn, columns - 1)), QStringLiteral("!"));
}

void tst_TerminalSurface::anotherHeightKeepsTheEndInSight()
{
    TerminalSurface surface(4, 20);
    surface.feed("1\r\n2\r\n3\r\n4\r\n5\r\n6");
    surface.resize(2, 20);
    QCOMPARE(rowsOf(surface), (QStringList{QStringLiteral("5"), QStringLiteral("6")}));
    QCOMPARE(historyOf(surface).size(), 4);
    surface.resize(5, 20);
    QCOMPARE(rowsOf(surface),
             (QStringList{QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4"),
                          QStringLiteral("5"), QStringLiteral("6")}));
    QCOMPARE(surface.cursor().line, surface.screenTop() + 4);
    // A screen that was cleared stays clear.
    surface.feed("\x1B[H\x1B[2J$ ");
    surface.resize(10, 20);
    QCOMPARE(rowsOf(surface), QStringList{QStringLiteral("$")});
    surface.resize(3, 30);
    QCOMPARE(rowsOf(surface), QStringList{QStringLiteral("$")});
    QCOMPARE(surface.cursor().line, surface.screenTop());
}

void tst_TerminalSurface::theFirstScreenFollowsWhileTheSecondIsShown()
{
    TerminalSurface surface(4, 20);
    surface.feed("0123456789abcdef\r\n$ vim\x1B[?1049h\x1B[Hediting");
    surface.resize(4, 8);
    QCOMPARE(rowsOf(surface), QStringList{QStringLiteral("editing")});
    surface.feed("\x1B[?1049l");
    QCOMPARE(rowsOf(surface), (QStringList{QStringLiteral("01234567"), QStringLiteral("89abcdef"),
                                           QStringLiteral("$ vim")}));
    QCOMPARE(surface.cursor().line, surface.screenTop() + 2);
    QCOMPARE(surface.cursor().column, 5);
}

void tst_TerminalSurface::onlyWhatChangedIsDamaged()
{
    TerminalSurface surface(4, 20);
    QSignalSpy damaged(&surface, &TerminalSurface::damaged);
    surface.feed("one\r\ntwo");
    surface.feed("three");
    QCOMPARE(damaged.count(), 1); // once, until somebody looks
    (void)surface.takeDamage();
    surface.feed("\x1B[?2004h\x1B[m");
    (void)surface.takeDamage();
    damaged.clear();
    surface.feed("x");
    QCOMPARE(damaged.count(), 1);
    TerminalDamage damage = surface.takeDamage();
    QCOMPARE(damage.rows, (std::vector<bool>{false, true, false, false}));
    QVERIFY(!damage.all);
    // The cursor leaves a row and comes to another.
    surface.feed("\x1B[4;1H");
    damage = surface.takeDamage();
    QCOMPARE(damage.rows, (std::vector<bool>{false, true, false, true}));
    surface.feed("\n");
    QVERIFY(surface.takeDamage().all);
    damaged.clear();
    surface.feed("\x1B]0;title\x07");
    QCOMPARE(damaged.count(), 0);
}

QTEST_APPLESS_MAIN(tst_TerminalSurface)
#include "tst_TerminalSurface.moc"
