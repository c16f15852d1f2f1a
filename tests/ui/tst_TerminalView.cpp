// SPDX-License-Identifier: GPL-3.0-or-later
// A TerminalView over bytes: what it paints, what it sends, what it selects.
#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"
#include "ui/terminal/BoxDrawing.h"
#include "ui/terminal/FindBar.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace core::terminal;
using namespace ui::terminal;

namespace {

/// Regions that were painted.
class PaintSpy final : public QObject
{
public:
    explicit PaintSpy(QWidget *widget) { widget->installEventFilter(this); }
    QList<QRect> rects;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            rects += static_cast<QPaintEvent *>(event)->region().boundingRect();
        return false;
    }
};

bool isBlack(const QImage &image, int x, int y)
{
    return image.pixelColor(x, y) == QColor(Qt::black);
}

} // namespace

class tst_TerminalView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void coloursArePainted_data();
    void coloursArePainted();
    void everyColourCanBeRead_data();
    void everyColourCanBeRead();
    void wideCharactersStayInTheirCells();
    void cellsAreWholePixels_data();
    void cellsAreWholePixels();
    void linesJoinOverCells();
    void onlyChangedRowsArePainted();
    void aFloodIsNotPaintedPieceByPiece();
    void sizeFollowsTheWindow();
    void keysReachTheProgram_data();
    void keysReachTheProgram();
    void theWindowKeepsItsKeys();
    void anInputMethodSeesTheCursor();
    void theMouseSelects();
    void wordsAndLinesAreSelected();
    void whatChangesIsNoLongerSelected();
    void pastesOfOneLineGoAtOnce();
    void theWheelScrollsOrIsSent();
    void theMouseIsTheProgramsWhenItAsks();
    void readingAboveIsNotDisturbed();
    void searchingGoesThroughTheMatches();
    void linksOpenWithControl();
    void theMenuOffersWhatCanBeDone();
    void theCursorIsPainted();

private:
    [[nodiscard]] QImage grab() { return m_view->viewport()->grab().toImage(); }
    [[nodiscard]] QColor pixel(const QImage &image, int row, int column) const
    {
        return image.pixelColor(cellAt(row, column).center() * image.devicePixelRatio());
    }
    [[nodiscard]] QRect cellAt(int row, int column) const
    {
        return m_view->cellRect({m_surface->screenTop() + row, column});
    }
    void feed(const QByteArray &bytes)
    {
        m_surface->feed(bytes);
        QCoreApplication::processEvents();
        QTest::qWait(20); // a frame
    }
    void drag(const QPoint &from, const QPoint &to)
    {
        QWidget *port = m_view->viewport();
        QTest::mousePress(port, Qt::LeftButton, {}, from);
        QTest::mouseMove(port, (from + to) / 2);
        QTest::mouseMove(port, to);
        QTest::mouseRelease(port, Qt::LeftButton, {}, to);
    }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<TerminalSurface> m_surface;
    std::unique_ptr<TerminalView> m_view;
    QByteArray m_sent;
};

void tst_TerminalView::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Dark);
}

void tst_TerminalView::init()
{
    m_surface = std::make_unique<TerminalSurface>(24, 80);
    m_view = std::make_unique<TerminalView>(*m_surface);
    m_view->resize(m_view->sizeHint());
    m_sent.clear();
    connect(m_surface.get(), &TerminalSurface::output, this,
            [this](const QByteArray &bytes) { m_sent += bytes; });
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->activateWindow();
    m_view->setFocus();
    QTRY_COMPARE(m_surface->rows(), 24);
    QTRY_COMPARE(m_surface->columns(), 80);
    m_sent.clear();
}

void tst_TerminalView::cleanup()
{
    m_view.reset();
    m_surface.reset();
}

void tst_TerminalView::coloursArePainted_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

void tst_TerminalView::coloursArePainted()
{
    QFETCH(bool, dark);
    m_theme->setChoice(dark ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    const ui::Tokens &tokens = dark ? ui::darkTokens() : ui::lightTokens();
    const TerminalPalette palette(tokens);
    feed("\x1B[?25l\x1B[41m \x1B[48;5;208m \x1B[48;2;10;200;30m \x1B[0m \x1B[7m "
         "\x1B[0m\xE2\x96\x88");
    const QImage image = grab();
    Cell red;
    red.background = Colour::indexed(1);
    QCOMPARE(pixel(image, 0, 0), palette.colours(red, false).background);
    QCOMPARE(pixel(image, 0, 1), QColor(0xFF, 0x87, 0x00)); // xterm's 208
    QCOMPARE(pixel(image, 0, 2), QColor(10, 200, 30));
    QCOMPARE(pixel(image, 0, 3), tokens.surface);
    QCOMPARE(pixel(image, 0, 4), tokens.text);
    QCOMPARE(pixel(image, 0, 5), tokens.text);
    // The whole screen the other way round.
    feed("\x1B[?5h");
    QCOMPARE(pixel(grab(), 3, 3), tokens.text);
    m_theme->setChoice(ui::ThemeChoice::Dark);
}

void tst_TerminalView::everyColourCanBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

void tst_TerminalView::everyColourCanBeRead()
{
    QFETCH(bool, dark);
    const TerminalPalette palette(dark ? ui::darkTokens() : ui::lightTokens());
    const auto check = [&palette](Colour foreground, Colour background) {
        Cell cell;
        cell.character = U'x';
        cell.foreground = foreground;
        cell.background = background;
        const TerminalPalette::Pair pair = palette.colours(cell, false);
        if (pair.text != pair.background)
            QVERIFY(ui::contrast(pair.text, pair.background) >= 4.4);
    };
    for (int i = 0; i < 256; ++i) {
        check(Colour::indexed(quint8(i)), {});
        check({}, Colour::indexed(quint8(i)));
        check(Colour::indexed(7), Colour::indexed(quint8(i)));
        check(Colour::rgb(quint8(i), quint8(i), 0), {});
    }
}

void tst_TerminalView::wideCharactersStayInTheirCells()
{
    const QColor background = ui::darkTokens().surface;
    feed("\x1B[?25l汉字 训|\xF0\x9F\x98\x80");
    const QImage image = grab();
    const auto isPainted = [&](int column, int columns) {
        const QRect cell = cellAt(0, column).united(cellAt(0, column + columns - 1));
        for (int y = cell.top(); y < cell.bottom(); ++y)
            for (int x = cell.left(); x < cell.right(); ++x)
                if (image.pixelColor(x, y) != background)
                    return true;
        return false;
    };
    QVERIFY(isPainted(0, 2));
    QVERIFY(isPainted(2, 2));
    QVERIFY(!isPainted(4, 1));
    QVERIFY(isPainted(5, 2));
    QVERIFY(isPainted(7, 1));
    // The bar stands where two columns each end.
    QCOMPARE(cellAt(0, 7).left() - cellAt(0, 0).left(), cellAt(1, 7).left() - cellAt(1, 0).left());
}

void tst_TerminalView::cellsAreWholePixels_data()
{
    QTest::addColumn<qreal>("ratio");
    for (const double ratio : {1.0, 1.25, 1.5, 1.75, 2.0, 3.0})
        QTest::newRow(qPrintable(QString::number(ratio))) << ratio;
}

void tst_TerminalView::cellsAreWholePixels()
{
    QFETCH(qreal, ratio);
    for (int size = 8; size <= 40; ++size) {
        const CellFont font(size, ratio);
        for (const qreal length : {font.width(), font.height(), font.ascent()})
            QVERIFY(std::abs(length * ratio - std::round(length * ratio)) < 0.001);
        QVERIFY(font.width() > 0.4 * size && font.width() < 0.9 * size);
        QVERIFY(font.height() >= size);
        QVERIFY(font.underline() < font.height());
    }
}

void tst_TerminalView::linesJoinOverCells()
{
    // Across two cells, and down two rows, without a gap; corners reach the edges they name.
    for (const qreal ratio : {1.0, 1.5, 2.0}) {
        const CellFont font(13, ratio);
        const QSizeF cell(font.width(), font.height());
        const auto paint = [&](char32_t left, char32_t right, bool below) {
            QImage image((QSizeF(cell.width() * 2, cell.height() * 2) * ratio).toSize(),
                         QImage::Format_RGB32);
            image.setDevicePixelRatio(ratio);
            image.fill(Qt::white);
            QPainter painter(&image);
            if (!drawBox(painter, left, QRectF({0, 0}, cell), font.lineWidth(), Qt::black) ||
                !drawBox(painter, right,
                         QRectF(below ? QPointF(0, cell.height()) : QPointF(cell.width(), 0), cell),
                         font.lineWidth(), Qt::black))
                qWarning("not drawn");
            return image;
        };
        const QImage across = paint(U'─', U'┤', false);
        const int middle = int(cell.height() * ratio / 2);
        int joined = 0;
        for (int y = middle - 3; y <= middle + 3; ++y) {
            bool isWhole = true;
            for (int x = 0; x < int(cell.width() * ratio * 1.4); ++x)
                isWhole = isWhole && isBlack(across, x, y);
            joined += isWhole ? 1 : 0;
        }
        QVERIFY(joined >= 1);
        const QImage down = paint(U'┐', U'│', true);
        const int centre = int(cell.width() * ratio / 2);
        joined = 0;
        for (int x = centre - 3; x <= centre + 3; ++x) {
            bool isWhole = true;
            for (int y = middle + 2; y < int(cell.height() * ratio * 2); ++y)
                isWhole = isWhole && isBlack(down, x, y);
            joined += isWhole ? 1 : 0;
        }
        QVERIFY(joined >= 1);
    }
    QPainter nothing;
    QVERIFY(!drawBox(nothing, U'a', {}, 1, Qt::black));
}

void tst_TerminalView::onlyChangedRowsArePainted()
{
    feed("one\r\ntwo\r\nthree\x1B[2;1H");
    PaintSpy spy(m_view->viewport());
    feed("x");
    QVERIFY(!spy.rects.isEmpty());
    for (const QRect &rect : std::as_const(spy.rects)) {
        QVERIFY(rect.height() <= cellAt(1, 0).height() + 3);
        QVERIFY(rect.intersects(cellAt(1, 0)));
    }
    // Nothing visible, nothing painted.
    spy.rects.clear();
    feed("\x1B]0;title\x07\x1B[?2004h\x1B[m");
    QVERIFY(spy.rects.size() <= 1); // the cursor may blink
}

void tst_TerminalView::aFloodIsNotPaintedPieceByPiece()
{
    PaintSpy spy(m_view->viewport());
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < 2000; ++i) {
        m_surface->feed("line " + QByteArray::number(i) + "\r\n");
        QCoreApplication::processEvents();
    }
    // However slow the machine: not more than one a frame.
    QVERIFY2(spy.rects.size() <= time.elapsed() / 16 + 3,
             qPrintable(QStringLiteral("%1 in %2 ms").arg(spy.rects.size()).arg(time.elapsed())));
    QTRY_VERIFY(m_surface->screenText().contains(QStringLiteral("line 1999")));
}

void tst_TerminalView::sizeFollowsTheWindow()
{
    QSignalSpy resized(m_view.get(), &TerminalView::resized);
    m_view->resize(m_view->width() + 5 * cellAt(0, 0).width() + 2,
                   m_view->height() + 3 * cellAt(0, 0).height() + 2);
    QTRY_COMPARE(m_surface->rows(), 27);
    QTRY_COMPARE(m_surface->columns(), 85);
    QCOMPARE(resized.count(), 1);
    // Larger letters: fewer of them.
    m_view->setFontSize(26);
    QVERIFY(m_surface->columns() < 60);
    QVERIFY(m_surface->rows() < 20);
}

void tst_TerminalView::keysReachTheProgram_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QByteArray>("bytes");
    const Qt::KeyboardModifiers none = Qt::NoModifier;
    QTest::newRow("a letter") << int(Qt::Key_A) << none << QByteArray("a");
    QTest::newRow("Ctrl+C") << int(Qt::Key_C) << Qt::KeyboardModifiers(Qt::ControlModifier)
                            << QByteArray("\x03");
    QTest::newRow("Ctrl+K, elsewhere the window's")
        << int(Qt::Key_K) << Qt::KeyboardModifiers(Qt::ControlModifier) << QByteArray("\x0B");
    QTest::newRow("F5, elsewhere the window's")
        << int(Qt::Key_F5) << none << QByteArray("\x1B[15~");
    QTest::newRow("Tab") << int(Qt::Key_Tab) << none << QByteArray("\t");
    QTest::newRow("Shift+Tab") << int(Qt::Key_Backtab) << Qt::KeyboardModifiers(Qt::ShiftModifier)
                               << QByteArray("\x1B[Z");
    QTest::newRow("Escape") << int(Qt::Key_Escape) << none << QByteArray("\x1B");
    QTest::newRow("Up") << int(Qt::Key_Up) << none << QByteArray("\x1B[A");
    QTest::newRow("Alt+Left") << int(Qt::Key_Left) << Qt::KeyboardModifiers(Qt::AltModifier)
                              << QByteArray("\x1B[1;3D");
    QTest::newRow("Page up") << int(Qt::Key_PageUp) << none << QByteArray("\x1B[5~");
}

void tst_TerminalView::keysReachTheProgram()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(QByteArray, bytes);
    // A shortcut of the window would take it, were it not claimed.
    QKeyEvent claim(QEvent::ShortcutOverride, key, modifiers);
    claim.ignore();
    QApplication::sendEvent(m_view.get(), &claim);
    QVERIFY(claim.isAccepted());
    QTest::keyClick(m_view.get(), Qt::Key(key), modifiers);
    QCOMPARE(m_sent.toHex(' '), bytes.toHex(' '));
    QVERIFY(m_view->hasFocus());
}

void tst_TerminalView::theWindowKeepsItsKeys()
{
    for (const QKeyCombination &keys :
         {Qt::CTRL | Qt::Key_1, Qt::CTRL | Qt::Key_Tab, Qt::CTRL | Qt::SHIFT | Qt::Key_T}) {
        QKeyEvent claim(QEvent::ShortcutOverride, keys.key(), keys.keyboardModifiers());
        claim.ignore();
        QApplication::sendEvent(m_view.get(), &claim);
        QVERIFY(!claim.isAccepted());
    }
    QTest::keyClick(m_view.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_sent, QByteArray());
    const int before = m_view->fontSize();
    QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(m_view->fontSize(), before + 1);
    QTest::keyClick(m_view.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_view->fontSize(), before);
}

void tst_TerminalView::anInputMethodSeesTheCursor()
{
    feed("\x1B[?25h\x1B[5;11H");
    QVERIFY(m_view->inputMethodQuery(Qt::ImEnabled).toBool());
    const QRect rect = m_view->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    QCOMPARE(rect, cellAt(4, 10).translated(m_view->viewport()->pos()));
    const QImage before = grab();
    QInputMethodEvent composing(QStringLiteral("xun'lian"), {});
    QApplication::sendEvent(m_view.get(), &composing);
    QTest::qWait(20);
    QCOMPARE(m_sent, QByteArray());
    QVERIFY(grab() != before); // it is shown
    QInputMethodEvent done;
    done.setCommitString(QStringLiteral("训练"));
    QApplication::sendEvent(m_view.get(), &done);
    QCOMPARE(m_sent, QStringLiteral("训练").toUtf8());
}

void tst_TerminalView::theMouseSelects()
{
    feed("first line\r\nsecond line\r\nthird");
    drag(cellAt(0, 6).center() - QPoint(3, 0), cellAt(1, 6).center() - QPoint(3, 0));
    QCOMPARE(m_view->selectedText(), QStringLiteral("line\nsecond"));
    QCOMPARE(pixel(grab(), 0, 20).rgb(), TerminalPalette(ui::darkTokens()).selection().rgb());
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("line\nsecond"));
    QCOMPARE(m_sent, QByteArray());
    // Backwards, too; and a click ends it.
    drag(cellAt(2, 3).center(), cellAt(2, 0).center() - QPoint(4, 0));
    QCOMPARE(m_view->selectedText().size(), 3);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, cellAt(5, 5).center());
    QVERIFY(!m_view->hasSelection());
}

void tst_TerminalView::wordsAndLinesAreSelected()
{
    feed("cat /root/a.txt | wc\r\n");
    const QPoint at = cellAt(0, 8).center();
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(m_view->selectedText(), QStringLiteral("/root/a.txt"));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(m_view->selectedText(), QStringLiteral("cat /root/a.txt | wc"));
}

void tst_TerminalView::whatChangesIsNoLongerSelected()
{
    feed("keep\r\nchange\r\n");
    drag(cellAt(1, 0).center() - QPoint(4, 0), cellAt(1, 6).center() - QPoint(3, 0));
    QCOMPARE(m_view->selectedText(), QStringLiteral("change"));
    feed("\x1B[1;1Hother");
    QVERIFY(m_view->hasSelection());
    feed("\x1B[2;2HXX");
    QVERIFY(!m_view->hasSelection());
    // Scrolling by is no change.
    drag(cellAt(0, 0).center() - QPoint(4, 0), cellAt(0, 5).center() - QPoint(3, 0));
    QCOMPARE(m_view->selectedText(), QStringLiteral("other"));
    feed("\x1B[24;1H" + QByteArray("\r\n").repeated(100));
    QCOMPARE(m_view->selectedText(), QStringLiteral("other"));
}

void tst_TerminalView::pastesOfOneLineGoAtOnce()
{
    QSignalSpy asked(m_view.get(), &TerminalView::linesPasted);
    QGuiApplication::clipboard()->setText(QStringLiteral("ls -l"));
    QTest::keyClick(m_view.get(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_sent, "ls -l");
    QGuiApplication::clipboard()->setText(QStringLiteral("rm a\nrm b\n"));
    QTest::keyClick(m_view.get(), Qt::Key_Insert, Qt::ShiftModifier);
    QCOMPARE(m_sent, "ls -l");
    QCOMPARE(asked.count(), 1);
    feed("\x1B[?2004h");
    m_view->pasteText(asked[0][0].toString());
    QCOMPARE(m_sent, "ls -l\x1B[200~rm a\rrm b\r\x1B[201~");
}

void tst_TerminalView::theWheelScrollsOrIsSent()
{
    QByteArray lines;
    for (int i = 0; i < 100; ++i)
        lines += "line " + QByteArray::number(i) + "\r\n";
    feed(lines);
    const auto wheel = [this](int delta) {
        const QPoint at = cellAt(3, 3).center();
        QWheelEvent event(at, m_view->viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &event);
    };
    const int end = m_view->verticalScrollBar()->value();
    wheel(120);
    QVERIFY(m_view->verticalScrollBar()->value() < end);
    QCOMPARE(m_sent, QByteArray());
    // A pager without the mouse gets arrow keys; one with it the wheel.
    feed("\x1B[?1049h");
    wheel(120);
    QCOMPARE(m_sent, QByteArray("\x1B[A").repeated(3));
    QCOMPARE(m_view->verticalScrollBar()->maximum(), 0);
    m_sent.clear();
    feed("\x1B[?1000;1006h");
    wheel(-120);
    QCOMPARE(m_sent, "\x1B[<65;4;4M");
}

void tst_TerminalView::theMouseIsTheProgramsWhenItAsks()
{
    feed("text\x1B[?1002;1006h");
    drag(cellAt(0, 0).center(), cellAt(0, 3).center());
    QVERIFY(m_sent.startsWith("\x1B[<0;1;1M"));
    QVERIFY(m_sent.contains("\x1B[<32;"));
    QVERIFY(m_sent.endsWith("\x1B[<0;4;1m"));
    QVERIFY(!m_view->hasSelection());
    // With Shift it is the user's.
    m_sent.clear();
    QWidget *port = m_view->viewport();
    QTest::mousePress(port, Qt::LeftButton, Qt::ShiftModifier,
                      cellAt(0, 0).center() - QPoint(4, 0));
    QMouseEvent move(QEvent::MouseMove, cellAt(0, 3).center(),
                     port->mapToGlobal(cellAt(0, 3).center()), Qt::NoButton, Qt::LeftButton,
                     Qt::ShiftModifier);
    QApplication::sendEvent(port, &move);
    QTest::mouseRelease(port, Qt::LeftButton, Qt::ShiftModifier, cellAt(0, 3).center());
    QVERIFY(m_view->hasSelection());
    QCOMPARE(m_sent, QByteArray());
}

void tst_TerminalView::readingAboveIsNotDisturbed()
{
    QByteArray lines;
    for (int i = 0; i < 200; ++i)
        lines += "line " + QByteArray::number(i) + "\r\n";
    feed(lines);
    m_view->verticalScrollBar()->setValue(50);
    const QImage before = grab();
    feed(lines);
    QCOMPARE(m_view->verticalScrollBar()->value(), 50);
    QCOMPARE(grab(), before);
    // Typing goes to where it shows.
    QTest::keyClick(m_view.get(), Qt::Key_A);
    QCOMPARE(m_view->verticalScrollBar()->value(), m_view->verticalScrollBar()->maximum());
    QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ShiftModifier);
    QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_PageDown, Qt::ShiftModifier);
    QVERIFY(m_view->verticalScrollBar()->value() > 10);
}

void tst_TerminalView::searchingGoesThroughTheMatches()
{
    QByteArray lines;
    for (int i = 0; i < 100; ++i)
        lines += i % 10 == 0 ? "Epoch " + QByteArray::number(i) + " loss\r\n" : "noise\r\n";
    feed(lines);
    FindBar bar(*m_view);
    bar.resize(600, 40);
    bar.open();
    auto *field = bar.findChild<QLineEdit *>(QStringLiteral("terminalFind"));
    const auto *count = bar.findChild<QLabel *>(QStringLiteral("terminalFindCount"));
    QTest::keyClicks(field, QStringLiteral("epoch"));
    QCOMPARE(m_view->matchCount(), 10);
    QCOMPARE(count->text(), QStringLiteral("10 of 10"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(count->text(), QStringLiteral("9 of 10"));
    for (int i = 0; i < 8; ++i)
        QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(count->text(), QStringLiteral("1 of 10"));
    QCOMPARE(m_view->verticalScrollBar()->value(), 0);       // it is in sight
    QCOMPARE(pixel(grab(), -int(m_surface->screenTop()), 5), // the blank after the word
             TerminalPalette(ui::darkTokens()).background());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(count->text(), QStringLiteral("10 of 10")); // around
    bar.findChild<QToolButton *>(QStringLiteral("terminalFindCase"))->click();
    QCOMPARE(count->text(), QStringLiteral("Not found"));
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!bar.isVisible());
    QCOMPARE(m_view->matchCount(), 0);
}

void tst_TerminalView::linksOpenWithControl()
{
    feed("see https://example.org/a here");
    QSignalSpy activated(m_view.get(), &TerminalView::linkActivated);
    QWidget *port = m_view->viewport();
    const QPoint at = cellAt(0, 10).center();
    QTest::mouseClick(port, Qt::LeftButton, {}, at);
    QCOMPARE(activated.count(), 0);
    QMouseEvent move(QEvent::MouseMove, at, port->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                     Qt::ControlModifier);
    QApplication::sendEvent(port, &move);
    QVERIFY(m_view->hoveredLink());
    QCOMPARE(port->cursor().shape(), Qt::PointingHandCursor);
    QTest::mousePress(port, Qt::LeftButton, Qt::ControlModifier, at);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toString(), QStringLiteral("https://example.org/a"));
}

void tst_TerminalView::theMenuOffersWhatCanBeDone()
{
    feed("some words");
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {20, 20},
                            m_view->mapToGlobal(QPoint(20, 20)));
    QApplication::sendEvent(m_view.get(), &event);
    auto *menu = m_view->findChild<QMenu *>(QStringLiteral("terminalMenu"));
    QVERIFY(menu && menu->isVisible());
    QVERIFY(!menu->actions().first()->isEnabled()); // nothing is selected
    for (QAction *action : menu->actions()) {
        if (action->text() == QStringLiteral("Select all"))
            action->trigger();
    }
    QVERIFY(m_view->selectedText().startsWith(QStringLiteral("some words")));
    menu->close();
}

void tst_TerminalView::theCursorIsPainted()
{
    const QColor cursor = TerminalPalette(ui::darkTokens()).cursor();
    feed("\x1B[2 q\x1B[3;5H");
    QTRY_COMPARE(pixel(grab(), 2, 4), cursor);
    feed("\x1B[?25l");
    QVERIFY(pixel(grab(), 2, 4) != cursor);
    feed("\x1B[?25h\x1B[6 q");
    const QImage image = grab();
    QVERIFY(pixel(image, 2, 4) != cursor);
    QCOMPARE(image.pixelColor(cellAt(2, 4).topLeft() + QPoint(0, 3)), cursor);
}

QTEST_MAIN(tst_TerminalView)
#include "tst_TerminalView.moc"
