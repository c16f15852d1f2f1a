// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs, recorded under a pseudo-terminal, shown by TerminalSurface and by tmux: the same
// characters, colours and attributes in every cell, the cursor in the same place.
// DANLU_TYPESCRIPTS=FOLDER: also the sessions in its *.typescript files, as script(1) writes them;
// of the size that their first line tells, else 24 rows of 80 columns. KEEP_DIFFERENT=1 keeps the
// bytes that differ in ./different-bytes.
#include "core/terminal/TerminalSurface.h"
#include "tests/unit/terminal/PtyProgram.h"
#include "tests/unit/terminal/TmuxScreen.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace core::terminal;

namespace {

constexpr quint16 comparedFlags = CellFlag::Bold | CellFlag::Dim | CellFlag::Italic |
                                  CellFlag::Blink | CellFlag::Reverse | CellFlag::Strike |
                                  CellFlag::Conceal | CellFlag::Underline;

QString describeCell(const ReportedCell &cell)
{
    const auto colour = [](Colour one) {
        return one.isDefault()   ? QStringLiteral("-")
               : one.isIndexed() ? QString::number(one.index())
                                 : QString::number(one.rgbValue(), 16);
    };
    return QStringLiteral("'%1' fg %2 bg %3 flags %4")
        .arg(cell.text, colour(cell.style.foreground), colour(cell.style.background))
        .arg(cell.style.flags, 0, 16);
}

} // namespace

class tst_TerminalPrograms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void recordedProgramsLookAsInTmux_data();
    void recordedProgramsLookAsInTmux();
    void typescriptsLookAsInTmux_data();
    void typescriptsLookAsInTmux();
    void escapesLookAsInTmux_data();
    void escapesLookAsInTmux();

private:
    void compare(const QByteArray &bytes, int rows, int columns);
};

void tst_TerminalPrograms::initTestCase()
{
    if (TmuxScreen::isThere())
        return;
    if (qEnvironmentVariableIsSet("CI"))
        QFAIL("tmux is missing; run scripts/setup");
    QSKIP("tmux is missing; run scripts/setup");
}

void tst_TerminalPrograms::compare(const QByteArray &bytes, int rows, int columns)
{
    TerminalSurface surface(rows, columns);
    surface.feed(bytes);
    TmuxScreen tmux(rows, columns);
    QCOMPARE(tmux.show(bytes), QString());
    QStringList differences;
    for (int row = 0; row < rows; ++row) {
        const Line &line = surface.line(surface.screenTop() + row);
        const std::vector<ReportedCell> &theirs = tmux.cells()[std::size_t(row)];
        std::size_t their = 0;
        for (int column = 0; column < columns; ++column) {
            const Cell &cell = line.cells[std::size_t(column)];
            if (cell.flags & CellFlag::WideTail)
                continue;
            ReportedCell ours{line.text(column), {}};
            if (ours.text.isEmpty())
                ours.text = QStringLiteral(" ");
            ours.style.foreground = cell.foreground;
            ours.style.background = cell.background;
            ours.style.flags = cell.flags & comparedFlags;
            // tmux 3.3 leaves out the erased end of a row, whatever its colour.
            ReportedCell other{QStringLiteral(" "), ours.style};
            if (their < theirs.size())
                other = theirs[their];
            // tmux joins the combining marks to no cell of their own.
            for (++their; other.text.size() < ours.text.size() && their < theirs.size() &&
                          ours.text.startsWith(other.text + theirs[their].text);
                 ++their)
                other.text += theirs[their].text;
            if (!(ours == other) && differences.size() < 12)
                differences += QStringLiteral("row %1 column %2: %3, tmux %4")
                                   .arg(row)
                                   .arg(column)
                                   .arg(describeCell(ours), describeCell(other));
        }
    }
    const CursorState cursor = surface.cursor();
    const std::pair<int, int> at{int(cursor.line - surface.screenTop()), cursor.column};
    if (at != tmux.cursor())
        differences += QStringLiteral("cursor %1 %2, tmux %3 %4")
                           .arg(at.first)
                           .arg(at.second)
                           .arg(tmux.cursor().first)
                           .arg(tmux.cursor().second);
    if (!differences.isEmpty()) {
        QFile kept(QStringLiteral("different-bytes"));
        if (qEnvironmentVariableIsSet("KEEP_DIFFERENT") && kept.open(QIODevice::WriteOnly))
            kept.write(bytes);
        QFAIL(qPrintable(u'\n' + differences.join(u'\n') + u'\n' + surface.screenText()));
    }
}

using Steps = std::vector<PtyProgram::Step>;
Q_DECLARE_METATYPE(Steps)

void tst_TerminalPrograms::recordedProgramsLookAsInTmux_data()
{
    QTest::addColumn<QString>("program"); // must be there
    QTest::addColumn<QString>("command");
    QTest::addColumn<Steps>("steps");
    const auto row = [](const char *name, const char *program, const QString &command,
                        const Steps &steps = {}) {
        QTest::newRow(name) << QString::fromLatin1(program) << command << steps;
    };
    const QString source = QStringLiteral(DANLU_SOURCE_DIR "/core/base/Operation.cpp");
    row("ls in colour", "ls", QStringLiteral("ls -la --color=always /usr/bin | tail -n 60"));
    row("ls in columns", "ls", QStringLiteral("ls --color=always /usr/lib"));
    row("seq", "seq", QStringLiteral("seq 1 500"));
    row("a long line", "seq", QStringLiteral("seq -s ' ' 1 700"));
    row("grep", "grep", QStringLiteral("grep --color=always -rn void '%1'").arg(source));
    row("vim", "vim",
        QStringLiteral("vim -n -u NONE -N -c 'syntax on' -c 'set number' -c 'split' '%1'")
            .arg(source),
        {{"~", ""},
         {"", "\x04"
              "jjjj"},
         {"", ":vsplit\r"},
         {"", "v}"},
         {"", "\x1B:set list\r:echo 'd'.'one'\r"},
         {"done", ""}});
    row("vim with typing", "vim", QStringLiteral("vim -n -u NONE -N"),
        {{"~", "ione\rtwo\rthree 中文\x1B"
               "yyp"},
         {"", ":%s/o/0/g\r"},
         {"", ":echo 'd'.'one'\r"},
         {"done", ""}});
    row("less", "less", QStringLiteral("less -N '%1'").arg(source),
        {{"Operation", " "},
         {"", "j"},
         {"", "b"},
         {"", "/void\r"},
         {"", "n"},
         {"", "G"},
         {"(END)", ""}});
    row("less, back up", "less", QStringLiteral("less '%1'").arg(source),
        {{"Operation", "G"}, {"(END)", "kkkkkkk"}, {"", "yyy"}, {"", "b"}, {"", ":"}, {":", ""}});
    row("htop", "htop", QStringLiteral("htop -d 5"), {{"Help", ""}, {"Quit", ""}});
    row("top", "top", QStringLiteral("top -d 1"),
        {{"PID", "z"}, {"", "x"}, {"", "1"}, {"PID", "h", true}, {"continue", ""}});
    row("bash's line editing", "bash",
        QStringLiteral("PS1='\\[\\e[1;32m\\]me\\[\\e[0m\\]:\\w> ' bash --norc --noprofile -i"),
        {{"> ", "echo one two three four five six seven eight nine ten eleven twelve thirteen "
                "fourteen fifteen sixteen\x01\x1B"
                "f\x1B"
                "f insert\x0B\x19\x05 end"},
         {"end", "\x1B"
                 "b\x1B"
                 "d\r"},
         {"> ", "printf 'd%s\\n' one\r"},
         {"done", ""}});
    row("python", "python3", QStringLiteral("python3 -q"),
        {{">>> ", "for i in range(3): print('x' * 90, i)\n\n"},
         {">>> ", "print('do' + 'ne')\n"},
         {"done", ""}});
}

void tst_TerminalPrograms::recordedProgramsLookAsInTmux()
{
    QFETCH(QString, program);
    QFETCH(QString, command);
    QFETCH(Steps, steps);
    if (QStandardPaths::findExecutable(program).isEmpty())
        QSKIP(qPrintable(program + QStringLiteral(" is missing")));
    for (const auto &[rows, columns] : {std::pair(24, 80), std::pair(41, 133)}) {
        QString error;
        QByteArray bytes = PtyProgram::record(command, rows, columns, steps, error);
        QCOMPARE(error, QString());
        QVERIFY(bytes.size() > 100);
        // What it looked like before it left.
        if (const qsizetype left = bytes.lastIndexOf("\x1B[?1049l"); left > 0)
            bytes.truncate(left);
        compare(bytes, rows, columns);
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_TerminalPrograms::typescriptsLookAsInTmux_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    // What script(1) writes, so that the reading of it is tested where there are no others.
    QTest::newRow("one") << QByteArray(
                                "Script started on 2026-11-26 02:34:39+00:00 [TERM=\"xterm\" "
                                "COLUMNS=\"40\" LINES=\"7\"]\n" +
                                QByteArray(40, 'a') +
                                "b\r\n\nScript done on 2026-11-26 02:34:40+00:00\n")
                         << 7 << 40;
    const QString folder = qEnvironmentVariable("DANLU_TYPESCRIPTS");
    if (folder.isEmpty())
        return;
    const QFileInfoList files =
        QDir(folder).entryInfoList({QStringLiteral("*.typescript")}, QDir::Files, QDir::Name);
    for (const QFileInfo &one : files) {
        QFile file(one.filePath());
        if (file.open(QIODevice::ReadOnly))
            QTest::newRow(qPrintable(one.fileName())) << file.readAll() << 0 << 0;
    }
    QVERIFY2(!files.isEmpty(), qPrintable(folder + QStringLiteral(" has no *.typescript")));
}

void tst_TerminalPrograms::typescriptsLookAsInTmux()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, rows);
    QFETCH(int, columns);
    int height = 24;
    int width = 80;
    if (bytes.startsWith("Script started on ")) {
        const qsizetype end = bytes.indexOf('\n');
        const QString head = QString::fromUtf8(bytes.left(end));
        const auto take = [&head](const char *name, int &into) {
            const QRegularExpression size(QLatin1StringView(name) +
                                          QStringLiteral("=\"([0-9]+)\""));
            if (const auto found = size.match(head); found.hasMatch())
                into = found.captured(1).toInt();
        };
        take("LINES", height);
        take("COLUMNS", width);
        bytes.remove(0, end + 1);
        if (const qsizetype done = bytes.lastIndexOf("\nScript done on "); done >= 0)
            bytes.truncate(done);
    }
    QVERIFY(rows == 0 || (rows == height && columns == width && !bytes.contains("Script")));
    compare(bytes, height, width);
    if (const qsizetype left = bytes.lastIndexOf("\x1B[?1049l");
        left > 0 && !QTest::currentTestFailed())
        compare(bytes.left(left), height, width); // and before it left
}

void tst_TerminalPrograms::escapesLookAsInTmux_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    QByteArray colours;
    for (int i = 0; i < 256; ++i)
        colours +=
            "\x1B[38;5;" + QByteArray::number(i) + ";48;5;" + QByteArray::number(255 - i) + "m#";
    row("256 colours", colours + "\x1B[0m\r\n");
    QByteArray gradient;
    for (int i = 0; i < 160; ++i)
        gradient += "\x1B[38:2::" + QByteArray::number(i) + ":10:200;48;2;1;" +
                    QByteArray::number(255 - i) + ";3m=";
    row("true colours", gradient);
    QByteArray attributes;
    for (const char *one :
         {"1", "2", "3", "4", "5", "7", "8", "9", "1;2;3", "4:1", "92;105", "1;31;22"})
        attributes += QByteArray("\x1B[") + one + "m" + one + "\x1B[0m ";
    row("attributes", attributes + "\x1B[1;2;3;4;5;7;8;9mall\x1B[22mb\x1B[23mc\x1B[24md\x1B[25me"
                                   "\x1B[27mf\x1B[28mg\x1B[29mh");
    row("many parameters", "\x1B[0;1;0;1;0;1;0;1;0;1;0;1;0;3;38;5;200;48;5;17mtext");
    row("erasing with a background", "\x1B[44mabc\x1B[K\r\n\x1B[42m\x1B[2Jx\x1B[5;5H\x1B[41m\x1B[1J"
                                     "\x1B[10;20H\x1B[45m\x1B[1K\x1B[3X");
    row("inserting and deleting",
        "0123456789\x1B[4G\x1B[3@\x1B[44m\x1B[2P\x1B[3;1Habc\r\ndef\x1B[3;1H"
        "\x1B[2L\x1B[41m\x1B[1M");
    row("scrolling regions", "\x1B[5;10rone\r\ntwo\x1B[10;1Hbottom\n\nafter\x1B[5;1H\x1BM\x1BMtop"
                             "\x1B[2S\x1B[1T\x1B[r\x1B[24;1Hlast\n\n");
    row("origin mode", "\x1B[5;10r\x1B[?6h\x1B[1;1Hone\x1B[99;99Hx\x1B[3Aup\x1B[?6l\x1B[1;1Hhome");
    row("moves stop at the region's edge", "\x1B[5;10r\x1B[7;3H\x1B[99Aa\x1B[99Bb\x1B[2;3H\x1B[99Bc"
                                           "\x1B[20;1H\x1B[99Ad");
    row("tabs", "\ta\tb\x1B[3g\x1B[1;20H\x1BH\x1B[2;1H\tc\td\x1B[2Ze");
    row("wrapping", QByteArray(79, 'a') + "bc\r" + "\x1B[5;1H" + QByteArray(80, 'd') + "\r\ne" +
                        "\x1B[8;1H" + QByteArray(80, 'f') + "g" +
                        "\x1B[?7l\x1B[10;78Hhijkl\x1B[?7h");
    row("wide at the edge",
        QByteArray(79, 'a') + "中b\r\n" + QByteArray("中文").repeated(40) + "x");
    row("wide overwritten",
        "ab中文字\x1B[1;4Hx\x1B[2;1Hab中文字\x1B[2;5Hy\x1B[3;1H中文字\x1B[3;3H\x1B[1@");
    row("combining", "e\xCC\x81o\xCC\x88 a\xCC\x80\xCC\x81 \xE0\xB8\x81\xE0\xB8\xB4");
    row("repeat", "ab\x1B[5bc\x1B[200bd");
    row("lines of the other character set", "\x1B(0lqqwqqk\r\nx  x  x\r\nmqqvqqj\x1B(B ab\x0E"
                                            "c");
    row("lines beside Chinese", "\x1B(0中qqq文x\r\nqq中qq\x1B(B中q\x1B)0\x0E文qq\x0F文qq");
    row("the cursor is saved with its character set", "\x1B(0\x1B"
                                                      "7\x1B(BA\x1B"
                                                      "8q\r\n\x1B(B\x1B"
                                                      "7\x1B(0q\x1B"
                                                      "8q\x1B[3;1H\x1B)0\x0E\x1B"
                                                      "7\x0Fq\x1B"
                                                      "8q");
    const QByteArray full = QByteArray(79, 'a') + 'z';
    row("erasing to the end past a full row", "\r\nx\x1B[1;1H" + full + "\x1B[Kb");
    row("erasing the screen past a full row", "\r\nx\x1B[1;1H" + full + "\x1B[Jb");
    row("erasing the beginning past a full row", full + "\x1B[1Kb");
    row("erasing a full row", full + "\x1B[2Kb");
    row("erasing characters past a full row", full + "\x1B[Xb");
    row("deleting characters past a full row", full + "\x1B[Pb");
    row("inserting characters past a full row", full + "\x1B[@b");
    row("erasing the last column moved to", full + "\x1B[80G\x1B[Kb" + full + "\x1B[3;80H\x1B[Xc");
    row("repeating past a full row", full + "\x1B[4bb");
    row("repeating a letter with an accent", "e\xCC\x81\x1B[4bx");
    row("repeating after an accent alone", "\xCC\x81\x1B[4bx");
    row("saving the cursor", "\x1B[3;3H\x1B[31m\x1B"
                             "7\x1B[10;10H\x1B[32mx\x1B"
                             "8y\x1B[5;5H\x1B[s\x1B[9;9Hz\x1B[uw");
    row("the second screen", "one\r\ntwo\x1B[?1049h\x1B[Halt\x1B[5;5Hmore\x1B[?1049lthree");
    row("leaving the second screen twice", "one\r\ntwo\x1B[?1049h\x1B[Halt\x1B[?1049l\x1B[9;9Hbox"
                                           "\x1B[12;1H\x1B[?1049lthree");
    row("leaving no second screen", "one\r\ntwo\x1B[5;5H\x1B[?1049lthree");
    row("the second screen, older", "one\r\n\x1B[?47h\x1B[Halt\x1B[?47l two");
    row("insert mode", "abcdef\x1B[1;3H\x1B[4hXY\x1B[4lZ");
    row("backspaces and returns", "abc\b\bx\rY\x0B"
                                  "down\x0C"
                                  "more");
    row("hard reset", "\x1B[31mone\x1B[?1049h\x1B[5;5Htwo\x1B"
                      "cthree");
    row("what is no text", "a\x7F"
                           "b\x01\x02\x05"
                           "c\x1B[?9999hd\x1B[>4;2me\x1B[=5uf\x1B]52;c;aGk=\x07g\x1BP+q544e\x1B\\h"
                           "\x1B_apc\x1B\\i\x1B^pm\x1B\\j");
    row("screen alignment", "\x1B[5;10r\x1B#8\x1B[3;3Hx");
}

void tst_TerminalPrograms::escapesLookAsInTmux()
{
    QFETCH(QByteArray, bytes);
    compare(bytes, 24, 80);
}

QTEST_GUILESS_MAIN(tst_TerminalPrograms)
#include "tst_TerminalPrograms.moc"
