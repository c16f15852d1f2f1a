// SPDX-License-Identifier: GPL-3.0-or-later
// The list of a directory with 100,000 names: sorted, filtered, read anew, selected.
#include "ui/common/Theme.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using core::ssh::RemoteEntry;
using ui::files::FileModel;
using ui::files::FileTable;

namespace {

constexpr int many = 100'000;

RemoteEntry file(const QByteArray &name, quint64 size = 0)
{
    RemoteEntry entry;
    entry.name = name;
    entry.type = RemoteEntry::Type::File;
    entry.size = size;
    return entry;
}

RemoteEntry folder(const QByteArray &name)
{
    RemoteEntry entry;
    entry.name = name;
    entry.type = RemoteEntry::Type::Directory;
    return entry;
}

/// In no order; sizes, times and modes run differently from the names.
std::vector<RemoteEntry> entries(int count)
{
    std::vector<RemoteEntry> all;
    for (int i = 0; i < count; ++i) {
        const int number = int((qint64(i) * 7919) % count);
        RemoteEntry one = file("img" + QByteArray::number(number) + ".jpg", quint64(i));
        one.mtime = 1'700'000'000 + (i * 31) % count;
        one.mode = 0600 + quint32(i % 8);
        all.push_back(one);
    }
    all.push_back(folder("zz"));
    all.push_back(folder(".git"));
    return all;
}

} // namespace

class tst_FileModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light); }
    void aLongListComesInPieces();
    void everyColumnSorts();
    void theFilterNarrowsALongList();
    void anOldResultIsDropped();
    void aDirectoryIsShownWhileItIsRead();
    void theModelIsConsistent();
    void selectionStaysOverAReload();
    void allAreSelectedOverAReload();
    void namesAreSelectedWhenTheyAreThere();
    void aCountedFolderIsForgottenWhenItChanges();
    void typingFindsNames();
    void foundPathsAreNotEdited();
    void onlyWhatMayBeAFolderTakesDrops();
    void aNarrowListShowsNamesFirst();

private:
    static void settle(const FileModel &model) { QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 30000); }

    std::unique_ptr<ui::Theme> m_theme;
};

void tst_FileModel::aLongListComesInPieces()
{
    FileModel model;
    model.setEntries({file("of another directory")});
    model.setEntries(entries(many));
    // At once: the old names are gone and the first of the new ones are there.
    QVERIFY(model.isBusy());
    QCOMPARE(model.rowOf("of another directory"), -1);
    QCOMPARE(model.rowCount(), int(FileModel::shortList));
    settle(model);
    QCOMPARE(model.rowCount(), many + 1);
    QCOMPARE(model.hiddenCount(), 1);
    QCOMPARE(model.entry(0).name, QByteArray("zz")); // folders first
    QCOMPARE(model.entry(1).name, QByteArray("img0.jpg"));
    QCOMPARE(model.entry(3).name, QByteArray("img2.jpg")); // as people count, not img10
    QCOMPARE(model.entry(many).name, QByteArray("img99999.jpg"));
    QCOMPARE(model.rowOf("img500.jpg"), 501);
    model.setHiddenShown(true);
    settle(model);
    QCOMPARE(model.rowCount(), many + 2);
}

void tst_FileModel::everyColumnSorts()
{
    FileModel model;
    model.setEntries(entries(many));
    const auto ordered = [&](Qt::SortOrder order, const auto &value) {
        for (int row = 2; row < model.rowCount(); ++row) {
            const auto before = value(model.entry(row - 1));
            const auto after = value(model.entry(row));
            if (order == Qt::AscendingOrder ? after < before : before < after)
                return false;
        }
        return model.entry(0).name == "zz" && model.rowCount() == many + 1;
    };
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        model.sort(FileModel::Size, order);
        settle(model);
        QVERIFY(ordered(order, [](const RemoteEntry &one) { return one.size; }));
        model.sort(FileModel::Modified, order);
        settle(model);
        QVERIFY(ordered(order, [](const RemoteEntry &one) { return one.mtime; }));
        model.sort(FileModel::Permissions, order);
        settle(model);
        QVERIFY(ordered(order, [](const RemoteEntry &one) { return one.mode; }));
        // Equal ones by their names.
        QVERIFY(model.entry(1).mode == model.entry(2).mode);
        const auto number = [](const RemoteEntry &one) {
            return one.name.mid(3, one.name.size() - 7).toInt();
        };
        QVERIFY(number(model.entry(1)) < number(model.entry(2)));
        model.sort(FileModel::Name, order);
        settle(model);
        QVERIFY(ordered(order, number));
    }
}

void tst_FileModel::theFilterNarrowsALongList()
{
    FileModel model;
    model.setEntries(entries(many));
    settle(model);
    model.sort(FileModel::Size, Qt::DescendingOrder);
    settle(model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    for (const QString &text :
         {QStringLiteral("I"), QStringLiteral("IM"), QStringLiteral("IMG9999")})
        model.setFilter(text);
    settle(model);
    QCOMPARE(resets.count(), 1);    // one for all keys
    QCOMPARE(model.rowCount(), 11); // 9999 and 99990 to 99999
    for (int row = 1; row < model.rowCount(); ++row)
        QVERIFY(model.entry(row - 1).size > model.entry(row).size);
    model.setFilter(QStringLiteral("*G1?.jpg"));
    settle(model);
    QCOMPARE(model.rowCount(), 10);
    model.setFilter({});
    settle(model);
    QCOMPARE(model.rowCount(), many + 1);
}

void tst_FileModel::anOldResultIsDropped()
{
    FileModel model;
    model.setEntries(entries(many));
    model.setEntries({file("b"), file("a")}); // while the others are being sorted
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(!model.isBusy());
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setEntries(entries(many));
    model.sort(FileModel::Size, Qt::DescendingOrder); // the names are not lost with the first try
    settle(model);
    QCOMPARE(model.rowCount(), many + 1);
    QCOMPARE(model.entry(1).size, quint64(many - 1));
    QCOMPARE(resets.count(), 2);
    // One that is under way when the model goes tells nobody.
    auto gone = std::make_unique<FileModel>();
    gone->setEntries(entries(many));
    gone.reset();
}

void tst_FileModel::aDirectoryIsShownWhileItIsRead()
{
    FileModel model;
    const std::vector<RemoteEntry> all = entries(many);
    std::vector<RemoteEntry> sofar;
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    for (std::size_t at = 0; at < all.size(); at += 100) {
        sofar.insert(sofar.end(), all.begin() + std::ptrdiff_t(at),
                     all.begin() + std::ptrdiff_t(std::min(at + 100, all.size())));
        model.setEntriesSoFar(sofar, at > 0);
        if (at == 0)
            QCOMPARE(model.rowCount(), 100);
    }
    // Each time it has doubled, not each time something came.
    QVERIFY2(resets.count() < 20, qPrintable(QString::number(resets.count())));
    model.setEntries(all, true);
    settle(model);
    QCOMPARE(model.rowCount(), many + 1);
    QCOMPARE(model.entry(many).name, QByteArray("img99999.jpg"));
}

void tst_FileModel::theModelIsConsistent()
{
    FileModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    // Long enough for the other thread; the tester asks for each row.
    const auto some = entries(int(FileModel::shortList) + 500);
    model.setEntries(some);
    settle(model);
    model.sort(FileModel::Size, Qt::DescendingOrder);
    settle(model);
    model.setFilter(QStringLiteral("9"));
    settle(model);
    model.setHiddenShown(true);
    model.setFilter(QStringLiteral("*"));
    settle(model);
    QCOMPARE(model.rowCount(), int(some.size()));
    model.setEntries({}, true);
    QCOMPARE(model.rowCount(), 0);
}

void tst_FileModel::selectionStaysOverAReload()
{
    FileModel model;
    FileTable table(model);
    table.resize(600, 400);
    table.show();
    model.setEntries(entries(many));
    settle(model);
    table.select({"img7.jpg", "img8.jpg", "img9.jpg", "img500.jpg", "img50000.jpg"});
    QCOMPARE(table.selectionModel()->selection().size(), 3); // neighbours are one range
    QCOMPARE(table.selected().count, 5);
    table.verticalScrollBar()->setValue(40'000);
    // One is gone, one is new before them.
    std::vector<RemoteEntry> next = entries(many);
    std::erase_if(next, [](const RemoteEntry &one) { return one.name == "img8.jpg"; });
    next.push_back(file("aaa"));
    model.setEntries(next, true);
    QCOMPARE(table.selected().count, 5); // as it was until the new order is there
    settle(model);
    QCOMPARE(table.selectedNames(),
             (QByteArrayList{"img7.jpg", "img9.jpg", "img500.jpg", "img50000.jpg"}));
    QCOMPARE(table.currentIndex().row(), model.rowOf("img7.jpg"));
    QCOMPARE(table.verticalScrollBar()->value(), 40'000);
    table.sortByColumn(FileModel::Size, Qt::DescendingOrder);
    settle(model);
    QCOMPARE(table.selected().count, 4);
    QVERIFY(table.selectedNames().contains("img500.jpg"));
    // Of another directory nothing is selected, whatever its names are.
    model.setEntries({file("img7.jpg"), file("img9.jpg")});
    QCOMPARE(table.selected().count, 0);
}

void tst_FileModel::allAreSelectedOverAReload()
{
    FileModel model;
    FileTable table(model);
    model.setEntries(entries(many));
    settle(model);
    table.selectAll();
    QCOMPARE(table.selected().count, many + 1);
    QCOMPARE(table.selected().bytes, double(many) * (many - 1) / 2);
    model.setEntries(entries(many), true);
    settle(model);
    QCOMPARE(table.selected().count, many + 1);
    QCOMPARE(table.selectionModel()->selection().size(), 1);
}

void tst_FileModel::namesAreSelectedWhenTheyAreThere()
{
    FileModel model;
    FileTable table(model);
    model.setEntries(entries(many));
    table.select({"img77777.jpg"}); // being sorted yet
    settle(model);
    QCOMPARE(table.selectedNames(), QByteArrayList{"img77777.jpg"});
}

void tst_FileModel::aCountedFolderIsForgottenWhenItChanges()
{
    FileModel model;
    RemoteEntry one = folder("one");
    one.mtime = 5;
    RemoteEntry two = folder("two");
    two.mtime = 5;
    model.setEntries({one, two});
    model.setMeasured("one", 1000);
    model.setMeasured("two", 3000);
    const auto size = [&](const QByteArray &name) {
        return model.index(model.rowOf(name), FileModel::Size).data().toString();
    };
    QVERIFY(!size("one").isEmpty());
    model.sort(FileModel::Size, Qt::DescendingOrder);
    QCOMPARE(model.entry(0).name, QByteArray("two"));
    two.mtime = 6;
    model.setEntries({one, two}, true);
    QVERIFY(!size("one").isEmpty());
    QVERIFY(size("two").isEmpty());
    model.setEntries({one, two});
    QVERIFY(size("one").isEmpty());
}

void tst_FileModel::typingFindsNames()
{
    FileModel model;
    FileTable table(model);
    table.show();
    model.setEntries({file("alpha", 3), file("beta", 2), file("bravo", 1), file("gamma", 7)});
    const auto current = [&] { return model.entry(table.currentIndex().row()).name; };
    // It is the name that is typed, whatever column was clicked.
    table.setCurrentIndex(model.index(0, FileModel::Size));
    QTest::keyClicks(&table, QStringLiteral("br"));
    QCOMPARE(current(), QByteArray("bravo"));
    QCOMPARE(table.selectedNames(), QByteArrayList{"bravo"});
    QApplication::setKeyboardInputInterval(0); // each key is typed anew
    QTest::keyClick(&table, Qt::Key_B);
    QCOMPARE(current(), QByteArray("beta"));
    QApplication::setKeyboardInputInterval(400);
    QTest::keyClick(&table, Qt::Key_B); // the same letter: the next one
    QCOMPARE(current(), QByteArray("bravo"));
    QSignalSpy opened(&table, &FileTable::opened);
    QSignalSpy up(&table, &FileTable::upRequested);
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened[0][0].toInt(), 2);
    QTest::keyClick(&table, Qt::Key_Backspace);
    QCOMPARE(up.count(), 1);
}

void tst_FileModel::foundPathsAreNotEdited()
{
    FileModel model;
    model.setResults(true);
    model.setEntries({file("a/b.txt"), file(".git/config")});
    QCOMPARE(model.rowCount(), 2); // hidden ones were asked for
    QVERIFY(!(model.flags(model.index(0, 0)) & Qt::ItemIsEditable));
    model.setFilter(QStringLiteral("*.TXT"));
    QCOMPARE(model.rowCount(), 1);
    model.setFilter({});
    model.setResults(false);
    model.setEntries({file("b.txt")});
    QVERIFY(model.flags(model.index(0, 0)) & Qt::ItemIsEditable);
}

void tst_FileModel::onlyWhatMayBeAFolderTakesDrops()
{
    FileModel model;
    const auto link = [](const QByteArray &name, std::optional<RemoteEntry::Type> end) {
        RemoteEntry one = file(name);
        one.type = RemoteEntry::Type::Link;
        one.leadsTo = end;
        return one;
    };
    model.setEntries({folder("a"), file("b"), link("c", RemoteEntry::Type::Directory),
                      link("d", RemoteEntry::Type::File), link("e", std::nullopt)});
    const auto takes = [&](const QByteArray &name) {
        return FileModel::mayBeDirectory(model.entry(model.rowOf(name)));
    };
    QVERIFY(takes("a"));
    QVERIFY(!takes("b"));
    QVERIFY(takes("c"));
    QVERIFY(!takes("d"));
    QVERIFY(takes("e")); // nobody asked where it leads
}

void tst_FileModel::aNarrowListShowsNamesFirst()
{
    FileModel model;
    FileTable table(model);
    model.setEntries({file("a name that is somewhat longer.bin", 3)});
    table.show();
    const auto hidden = [&table](int width) {
        table.resize(width, 300);
        QList<int> columns;
        for (int column = 0; column < FileModel::ColumnCount; ++column) {
            if (table.isColumnHidden(column))
                columns.append(column);
        }
        return columns;
    };
    QCOMPARE(hidden(700), QList<int>());
    QCOMPARE(hidden(450), QList<int>{FileModel::Permissions});
    QVERIFY(table.columnWidth(FileModel::Name) >= 160);
    QCOMPARE(hidden(390), (QList<int>{FileModel::Modified, FileModel::Permissions}));
    QVERIFY(table.columnWidth(FileModel::Name) >= 160);
    QCOMPARE(hidden(200),
             (QList<int>{FileModel::Size, FileModel::Modified, FileModel::Permissions}));
    QCOMPARE(hidden(700), QList<int>());
}

QTEST_MAIN(tst_FileModel)

#include "tst_FileModel.moc"
