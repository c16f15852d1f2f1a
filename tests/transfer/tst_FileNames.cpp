// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/FileNames.h"
#include "core/transfer/FindOutput.h"
#include "core/transfer/Verifier.h"

#include <QTest>

using namespace core::transfer;

class tst_FileNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsAreJoinedAndTakenApart();
    void onlyNamesArePlain();
    void controlCharactersAreEscaped();
    void windowsNamesAreEscaped_data();
    void windowsNamesAreEscaped();
    void linksStayInsideOrNot_data();
    void linksStayInsideOrNot();
    void excludes_data();
    void excludes();
    void findsRecordsAreRead();
    void sumsAreRead();
    void shownNamesComeBack_data();
    void shownNamesComeBack();
};

void tst_FileNames::pathsAreJoinedAndTakenApart()
{
    QCOMPARE(joinPath("/a", "b"), QByteArray("/a/b"));
    QCOMPARE(joinPath("/", "b"), QByteArray("/b"));
    QCOMPARE(joinPath("a", ""), QByteArray("a"));
    QCOMPARE(lastName("/a/b//"), QByteArray("b"));
    QCOMPARE(lastName("b"), QByteArray("b"));
    QCOMPARE(lastName("/"), QByteArray());
    QCOMPARE(parentPath("/a/b/"), QByteArray("/a"));
    QCOMPARE(parentPath("/a"), QByteArray("/"));
    QCOMPARE(parentPath("a"), QByteArray("."));
    QCOMPARE(parentPath("/"), QByteArray("/"));
}

void tst_FileNames::onlyNamesArePlain()
{
    for (const QByteArray &name : {QByteArray("a"), QByteArray("..."), QByteArray("-rf"),
                                   QByteArray("\xff"), QByteArray("..a")})
        QVERIFY2(isPlainName(name), name.constData());
    for (const QByteArray &name : {QByteArray(), QByteArray("."), QByteArray(".."),
                                   QByteArray("a/b"), QByteArray("/"), QByteArray("a\0b", 3)})
        QVERIFY2(!isPlainName(name), name.constData());
}

void tst_FileNames::controlCharactersAreEscaped()
{
    QCOMPARE(escapedLocalName("plain name.txt", false), std::nullopt);
    QCOMPARE(escapedLocalName("\xc4\xe3", false), std::nullopt);
    QCOMPARE(escapedLocalName("a\nb", false), QByteArray("a%0Ab"));
    QCOMPARE(escapedLocalName("\x1b[31m", false), QByteArray("%1B[31m"));
    QCOMPARE(escapedLocalName("a:b", false), std::nullopt);
}

void tst_FileNames::windowsNamesAreEscaped_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("escaped");
    QTest::newRow("colon") << QByteArray("C:evil") << QByteArray("C%3Aevil");
    QTest::newRow("backslash") << QByteArray("..\\evil") << QByteArray("..%5Cevil");
    QTest::newRow("device") << QByteArray("aux") << QByteArray("aux_");
    QTest::newRow("device with an ending") << QByteArray("COM1.txt") << QByteArray("COM1_.txt");
    QTest::newRow("no device") << QByteArray("auxiliary") << QByteArray("auxiliary");
    QTest::newRow("dot at the end") << QByteArray("name.") << QByteArray("name%2E");
    QTest::newRow("blank at the end") << QByteArray("name ") << QByteArray("name%20");
    QTest::newRow("no text") << QByteArray("\xc4\xe3") << QByteArray("%C4%E3");
    QTest::newRow("Chinese") << QByteArray("\xe4\xbd\xa0") << QByteArray("\xe4\xbd\xa0");
}

void tst_FileNames::windowsNamesAreEscaped()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, escaped);
    QCOMPARE(escapedLocalName(name, true).value_or(name), escaped);
}

void tst_FileNames::linksStayInsideOrNot_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("inside");
    QTest::newRow("beside") << QByteArray("link") << QByteArray("file") << true;
    QTest::newRow("above, still inside") << QByteArray("a/link") << QByteArray("../file") << true;
    QTest::newRow("out") << QByteArray("link") << QByteArray("../file") << false;
    QTest::newRow("out and in") << QByteArray("a/link") << QByteArray("../../t/a") << false;
    QTest::newRow("down, then out") << QByteArray("link") << QByteArray("a/../../x") << false;
    QTest::newRow("absolute") << QByteArray("link") << QByteArray("/etc/passwd") << false;
    QTest::newRow("nothing") << QByteArray("link") << QByteArray() << false;
}

void tst_FileNames::linksStayInsideOrNot()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, target);
    QTEST(staysInside(path, target), "inside");
}

void tst_FileNames::excludes_data()
{
    QTest::addColumn<QByteArray>("glob");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("excluded");
    QTest::newRow("ending") << QByteArray("*.pyc") << QByteArray("a/b.pyc") << true;
    QTest::newRow("other ending") << QByteArray("*.pyc") << QByteArray("a/b.py") << false;
    QTest::newRow("name") << QByteArray(".git") << QByteArray("a/.git") << true;
    QTest::newRow("directory") << QByteArray("node_modules/") << QByteArray("node_modules") << true;
    QTest::newRow("path") << QByteArray("a/*") << QByteArray("a/b") << true;
    QTest::newRow("path, deeper") << QByteArray("a/*") << QByteArray("a/b/c") << false;
    QTest::newRow("one character") << QByteArray("run?") << QByteArray("run1") << true;
    QTest::newRow("two characters") << QByteArray("run?") << QByteArray("run10") << false;
    QTest::newRow("stars") << QByteArray("*a*b*") << QByteArray("xxaxxbxx") << true;
}

void tst_FileNames::excludes()
{
    QFETCH(QByteArray, glob);
    QFETCH(QByteArray, path);
    QTEST(isExcluded({glob}, path), "excluded");
}

void tst_FileNames::findsRecordsAreRead()
{
    const QByteArray output("12 1700000000.1234567890 ./a b\nc\0"
                            "0 -5.0000000000 ./old\0broken\0",
                            62);
    QHash<QByteArray, FoundFile> found;
    forEachFound(output,
                 [&](const QByteArray &path, const FoundFile &file) { found.insert(path, file); });
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.value("./a b\nc").size, 12);
    QCOMPARE(found.value("./a b\nc").mtime, 1700000000);
    QCOMPARE(found.value("./old").mtime, -5);
}

void tst_FileNames::sumsAreRead()
{
    const QByteArray hex(64, 'a');
    const QByteArrayList sums = parseSums(hex + "  name\n-\n\\" + hex + "  esc\\nname\n");
    QCOMPARE(sums.size(), 3);
    QCOMPARE(sums[0], QByteArray(32, '\xaa'));
    QCOMPARE(sums[1], QByteArray());
    QCOMPARE(sums[2], QByteArray(32, '\xaa'));
}

void tst_FileNames::shownNamesComeBack_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QByteArray("a b~.txt") << QStringLiteral("a b~.txt");
    QTest::newRow("Chinese") << QByteArray("\xe4\xbd\xa0") << QStringLiteral("你");
    QTest::newRow("GBK") << QByteArray("b\xd6\xd0") << QStringLiteral("b\\xd6\\xd0");
    QTest::newRow("control") << QByteArray("a\nb\x7f") << QStringLiteral("a\\x0ab\\x7f");
    QTest::newRow("backslash") << QByteArray("C:\\dir") << QStringLiteral("C:\\dir");
    QTest::newRow("escape in the name") << QByteArray("a\\x41") << QStringLiteral("a\\x5cx41");
    QTest::newRow("backslash x") << QByteArray("\\x") << QStringLiteral("\\x5cx");
    QTest::newRow("backslash at the end") << QByteArray("a\\") << QStringLiteral("a\\");
    QTest::newRow("backslash before a byte") << QByteArray("\\\xff") << QStringLiteral("\\\\xff");
    QTest::newRow("right to left")
        << QByteArray("a\xe2\x80\xae") << QStringLiteral("a\\xe2\\x80\\xae");
}

void tst_FileNames::shownNamesComeBack()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, shown);
    QCOMPARE(shownName(name), shown);
    QCOMPARE(nameFromShown(shown), name);
    // What only looks like an escape is none.
    QCOMPARE(nameFromShown(QStringLiteral("\\x+f\\x4")), QByteArray("\\x+f\\x4"));
}

QTEST_GUILESS_MAIN(tst_FileNames)

#include "tst_FileNames.moc"
