// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

class tst_Theme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textReachesItsContrast_data();
    void textReachesItsContrast();
    void graphicsReachTheirContrast_data();
    void graphicsReachTheirContrast();
    void shadesOfOneQuantityCanBeToldApart();
    void aSingleLineKeepsItsOwnColour();
    void paletteLeadsBackToItsTokens();
    void choiceChangesTheApplicationAndTellsOnce();
    void fontsHaveTabularFigures();
    void everyIconDrawsSomethingInItsTone_data();
    void everyIconDrawsSomethingInItsTone();
    void iconsAreRenderedAtTheDevicesResolution();
};

namespace {

struct NamedSet
{
    const char *name;
    const Tokens &tokens;
};

std::vector<NamedSet> sets()
{
    return {{"light", lightTokens()}, {"dark", darkTokens()}};
}

} // namespace

void tst_Theme::textReachesItsContrast_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("background");
    for (const auto &[name, t] : sets()) {
        const std::vector<std::pair<const char *, QColor>> words{
            {"text", t.text},         {"text2", t.text2},   {"text3", t.text3},
            {"accent", t.accentText}, {"good", t.goodText}, {"warn", t.warnText},
            {"bad", t.badText}};
        const std::vector<std::pair<const char *, QColor>> grounds{
            {"window", t.window}, {"surface", t.surface}, {"surface2", t.surface2}};
        for (const auto &[word, colour] : words) {
            for (const auto &[ground, back] : grounds)
                QTest::addRow("%s: %s on %s", name, word, ground) << colour << back;
        }
        QTest::addRow("%s: text on accent", name) << t.onAccent << t.accent;
        QTest::addRow("%s: text on bad", name) << t.onBad << t.badText;
        QTest::addRow("%s: text on a selection", name) << t.text << t.accentSoft;
        QTest::addRow("%s: secondary text on a selection", name) << t.text2 << t.accentSoft;
    }
}

void tst_Theme::textReachesItsContrast()
{
    QFETCH(QColor, text);
    QFETCH(QColor, background);
    const double ratio = contrast(text, background);
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void tst_Theme::graphicsReachTheirContrast_data()
{
    QTest::addColumn<QColor>("colour");
    QTest::addColumn<QColor>("background");
    for (const auto &[name, t] : sets()) {
        const std::vector<std::pair<const char *, QColor>> colours{
            {"accent", t.accent}, {"good", t.good}, {"warn", t.warn},   {"bad", t.bad},
            {"gpu", t.gpu},       {"mem", t.mem},   {"power", t.power}, {"temp", t.temp},
            {"cpu", t.cpu},       {"net", t.net}};
        for (const auto &[what, colour] : colours) {
            QTest::addRow("%s: %s on surface", name, what) << colour << t.surface;
            QTest::addRow("%s: %s on window", name, what) << colour << t.window;
            for (int i = 0; i < 8; ++i) {
                QTest::addRow("%s: shade %d of %s", name, i, what)
                    << shade(colour, i, 8, t.dark) << t.surface;
            }
        }
    }
}

void tst_Theme::graphicsReachTheirContrast()
{
    QFETCH(QColor, colour);
    QFETCH(QColor, background);
    const double ratio = contrast(colour, background);
    QVERIFY2(ratio >= 3.0, qPrintable(QString::number(ratio)));
}

void tst_Theme::shadesOfOneQuantityCanBeToldApart()
{
    for (const auto &[name, t] : sets()) {
        for (int i = 1; i < 8; ++i) {
            const QColor a = shade(t.gpu, i - 1, 8, t.dark);
            const QColor b = shade(t.gpu, i, 8, t.dark);
            QVERIFY2(std::abs(a.lightness() - b.lightness()) >= 4, name);
            QVERIFY(std::abs(a.hslHue() - b.hslHue()) <= 3);
        }
    }
}

void tst_Theme::aSingleLineKeepsItsOwnColour()
{
    QCOMPARE(shade(lightTokens().gpu, 0, 1, false), lightTokens().gpu);
}

void tst_Theme::paletteLeadsBackToItsTokens()
{
    QCOMPARE(&tokens(makePalette(lightTokens())), &lightTokens());
    QCOMPARE(&tokens(makePalette(darkTokens())), &darkTokens());
    const QPalette palette = makePalette(darkTokens());
    QCOMPARE(palette.color(toneRole(TextTone::Secondary)), darkTokens().text2);
    QCOMPARE(palette.color(toneRole(TextTone::Hint)), darkTokens().text3);
    QCOMPARE(palette.color(toneRole(TextTone::Warning)), darkTokens().badText);
}

void tst_Theme::choiceChangesTheApplicationAndTellsOnce()
{
    Theme theme(*qApp, ThemeChoice::Light);
    QWidget window;
    QVERIFY(!theme.isDark());
    QCOMPARE(&tokens(&window), &lightTokens());
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setChoice(ThemeChoice::Dark);
    theme.setChoice(ThemeChoice::Dark);
    QCOMPARE(changed.count(), 1);
    QVERIFY(theme.isDark());
    QTRY_COMPARE(&tokens(&window), &darkTokens());
    theme.setChoice(ThemeChoice::System);
    QTRY_COMPARE(&tokens(&window) == &darkTokens(), theme.isDark());
}

void tst_Theme::fontsHaveTabularFigures()
{
    const Theme theme(*qApp, ThemeChoice::Light);
    const QFontMetricsF metrics(textFont(TextStyle::Body));
    for (char16_t digit = u'1'; digit <= u'9'; ++digit)
        QCOMPARE(metrics.horizontalAdvance(QChar(digit)), metrics.horizontalAdvance(u'0'));
    QCOMPARE(textFont(TextStyle::Caption).pixelSize(), 11);
    QCOMPARE(textFont(TextStyle::Body).pixelSize(), 13);
    QCOMPARE(textFont(TextStyle::Title).pixelSize(), 16);
    QCOMPARE(textFont(TextStyle::Display).pixelSize(), 22);
}

void tst_Theme::everyIconDrawsSomethingInItsTone_data()
{
    QTest::addColumn<int>("number");
    for (int i = 0; i <= int(Icon::Warning); ++i)
        QTest::addRow("icon %d", i) << i;
}

void tst_Theme::everyIconDrawsSomethingInItsTone()
{
    QFETCH(int, number);
    const Theme theme(*qApp, ThemeChoice::Light);
    const QImage image = icon(Icon(number), IconTone::Bad).pixmap(QSize(24, 24), 1.0).toImage();
    QCOMPARE(image.size(), QSize(24, 24));
    int drawn = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() < 200)
                continue;
            ++drawn;
            // Premultiplied storage rounds a little.
            QVERIFY(std::abs(pixel.red() - lightTokens().bad.red()) <= 3);
            QVERIFY(std::abs(pixel.green() - lightTokens().bad.green()) <= 3);
        }
    }
    QVERIFY2(drawn >= 3 && drawn < 24 * 24 * 3 / 4, qPrintable(QString::number(drawn)));
}

void tst_Theme::iconsAreRenderedAtTheDevicesResolution()
{
    const QPixmap pixmap = icon(Icon::Gear).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    QVERIFY(!appIcon().pixmap(64).isNull());
}

QTEST_MAIN(tst_Theme)
#include "tst_Theme.moc"
