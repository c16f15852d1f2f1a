// SPDX-License-Identifier: GPL-3.0-or-later
// What keys send, against xterm's table (ctlseqs) and the terminfo entry xterm-256color.
#include "core/terminal/KeyEncoder.h"

#include <QTest>

using namespace core::terminal;

class tst_KeyEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysSendWhatXtermSends_data();
    void keysSendWhatXtermSends();
    void applicationModesChangeKeys();
    void pastesAreMadeSafe_data();
    void pastesAreMadeSafe();
};

void tst_KeyEncoder::keysSendWhatXtermSends_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, int key, Qt::KeyboardModifiers modifiers,
                        const char16_t *text, const QByteArray &bytes) {
        QTest::newRow(name) << key << modifiers << QString::fromUtf16(text) << bytes;
    };
    const Qt::KeyboardModifiers none = Qt::NoModifier;
    row("a letter", Qt::Key_A, none, u"a", "a");
    row("a capital", Qt::Key_A, Qt::ShiftModifier, u"A", "A");
    row("a Chinese character", 0, none, u"中", "中");
    row("Ctrl+C", Qt::Key_C, Qt::ControlModifier, u"\x03", "\x03");
    row("Ctrl+Shift+C's letter", Qt::Key_Z, Qt::ControlModifier, u"\x1A", "\x1A");
    row("Ctrl+I is Tab", Qt::Key_I, Qt::ControlModifier, u"\t", "\t");
    row("Ctrl+[ is Escape", Qt::Key_BracketLeft, Qt::ControlModifier, u"", "\x1B");
    row("Ctrl+Space", Qt::Key_Space, Qt::ControlModifier, u" ", QByteArray(1, '\0'));
    row("Ctrl+backslash", Qt::Key_Backslash, Qt::ControlModifier, u"\x1C", "\x1C");
    row("Ctrl+/", Qt::Key_Slash, Qt::ControlModifier, u"/", "\x1F");
    row("Ctrl+1 has no code of its own", Qt::Key_1, Qt::ControlModifier, u"1", "1");
    row("Alt+B", Qt::Key_B, Qt::AltModifier, u"b",
        "\x1B"
        "b");
    row("Alt+B without text", Qt::Key_B, Qt::AltModifier, u"",
        "\x1B"
        "b");
    row("Alt+Ctrl+H", Qt::Key_H, Qt::AltModifier | Qt::ControlModifier, u"\x08", "\x1B\x08");
    row("AltGr as Windows tells it", Qt::Key_Q, Qt::AltModifier | Qt::ControlModifier, u"@", "@");
    row("Enter", Qt::Key_Return, none, u"\r", "\r");
    row("Alt+Enter", Qt::Key_Return, Qt::AltModifier, u"\r", "\x1B\r");
    row("the keypad's Enter", Qt::Key_Enter, Qt::KeypadModifier, u"\r", "\r");
    row("Backspace", Qt::Key_Backspace, none, u"\x08", "\x7F");
    row("Ctrl+Backspace", Qt::Key_Backspace, Qt::ControlModifier, u"\x7F", "\x08");
    row("Alt+Backspace", Qt::Key_Backspace, Qt::AltModifier, u"\x08", "\x1B\x7F");
    row("Tab", Qt::Key_Tab, none, u"\t", "\t");
    row("Shift+Tab", Qt::Key_Backtab, Qt::ShiftModifier, u"", "\x1B[Z");
    row("Escape", Qt::Key_Escape, none, u"\x1B", "\x1B");
    row("Up", Qt::Key_Up, none, u"", "\x1B[A");
    row("Down", Qt::Key_Down, none, u"", "\x1B[B");
    row("Right", Qt::Key_Right, none, u"", "\x1B[C");
    row("Left", Qt::Key_Left, none, u"", "\x1B[D");
    row("the keypad's 8 without NumLock", Qt::Key_Up, Qt::KeypadModifier, u"", "\x1B[A");
    row("the keypad's 8 with NumLock", Qt::Key_8, Qt::KeypadModifier, u"8", "8");
    row("Ctrl+Right", Qt::Key_Right, Qt::ControlModifier, u"", "\x1B[1;5C");
    row("Shift+Alt+Up", Qt::Key_Up, Qt::ShiftModifier | Qt::AltModifier, u"", "\x1B[1;4A");
    row("Home", Qt::Key_Home, none, u"", "\x1B[H");
    row("End", Qt::Key_End, none, u"", "\x1B[F");
    row("Insert", Qt::Key_Insert, none, u"", "\x1B[2~");
    row("Delete", Qt::Key_Delete, none, u"\x7F", "\x1B[3~");
    row("Ctrl+Delete", Qt::Key_Delete, Qt::ControlModifier, u"", "\x1B[3;5~");
    row("Page up", Qt::Key_PageUp, none, u"", "\x1B[5~");
    row("Page down", Qt::Key_PageDown, none, u"", "\x1B[6~");
    row("F1", Qt::Key_F1, none, u"", "\x1BOP");
    row("F4", Qt::Key_F4, none, u"", "\x1BOS");
    row("Shift+F2", Qt::Key_F2, Qt::ShiftModifier, u"", "\x1B[1;2Q");
    row("F5", Qt::Key_F5, none, u"", "\x1B[15~");
    row("F10", Qt::Key_F10, none, u"", "\x1B[21~");
    row("F12", Qt::Key_F12, none, u"", "\x1B[24~");
    row("Ctrl+F5", Qt::Key_F5, Qt::ControlModifier, u"", "\x1B[15;5~");
    row("Shift alone", Qt::Key_Shift, Qt::ShiftModifier, u"", "");
}

void tst_KeyEncoder::keysSendWhatXtermSends()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(QString, text);
    QFETCH(QByteArray, bytes);
    QCOMPARE(encodeKey(key, modifiers, text, {}).toHex(' '), bytes.toHex(' '));
}

void tst_KeyEncoder::applicationModesChangeKeys()
{
    TerminalModes modes;
    modes.applicationCursor = true;
    QCOMPARE(encodeKey(Qt::Key_Up, Qt::NoModifier, {}, modes), "\x1BOA");
    QCOMPARE(encodeKey(Qt::Key_Home, Qt::NoModifier, {}, modes), "\x1BOH");
    QCOMPARE(encodeKey(Qt::Key_Up, Qt::ControlModifier, {}, modes), "\x1B[1;5A");
    QCOMPARE(encodeKey(Qt::Key_Delete, Qt::NoModifier, {}, modes), "\x1B[3~");
    modes.applicationKeypad = true;
    QCOMPARE(encodeKey(Qt::Key_Enter, Qt::KeypadModifier, {}, modes), "\x1BOM");
    QCOMPARE(encodeKey(Qt::Key_Return, Qt::NoModifier, {}, modes), "\r");
    modes.newLine = true;
    QCOMPARE(encodeKey(Qt::Key_Return, Qt::NoModifier, {}, modes), "\r\n");
}

void tst_KeyEncoder::pastesAreMadeSafe_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMarked");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QStringLiteral("ls -l 文件") << false << QByteArray("ls -l 文件");
    QTest::newRow("lines") << QStringLiteral("a\nb\r\nc\rd") << false << QByteArray("a\rb\rc\rd");
    QTest::newRow("marked") << QStringLiteral("a\nb") << true
                            << QByteArray("\x1B[200~a\rb\x1B[201~");
    QTest::newRow("the mark's end inside") << QStringLiteral("a\x1B[201~rm -rf\n") << true
                                           << QByteArray("\x1B[200~a[201~rm -rf\r\x1B[201~");
    QTest::newRow("keys inside") << QStringLiteral("a\x03\x04\x15\tb\u0085") << false
                                 << QByteArray("a\tb");
}

void tst_KeyEncoder::pastesAreMadeSafe()
{
    QFETCH(QString, text);
    QFETCH(bool, isMarked);
    QFETCH(QByteArray, bytes);
    TerminalModes modes;
    modes.bracketedPaste = isMarked;
    QCOMPARE(encodePaste(text, modes), bytes);
}

QTEST_APPLESS_MAIN(tst_KeyEncoder)
#include "tst_KeyEncoder.moc"
