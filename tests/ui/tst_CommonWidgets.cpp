// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Banner.h"
#include "ui/common/BigNumber.h"
#include "ui/common/Card.h"
#include "ui/common/Chip.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/OptionalRow.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/common/UsageBar.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTest>
#include <QToolButton>

using namespace ui;

class tst_CommonWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aLongLineIsElidedAndItsNameIsWhole();
    void anOwnNameOfALabelIsKept();
    void aChipSaysItsWord();
    void aBigNumberKeepsRoomForItsWidestText();
    void aBannersButtonsTellWhatToDo();
    void aBannerMayReplaceItsButtonsFromTheirOwnClick();
    void technicalDetailsAreFoldedAndCopied();
    void aGridGivesEachRowItsWholeWidth();
    void hiddenItemsTakeNoPlaceInAGrid();
    void aHiddenRowTakesNoPlace();
    void copyingATableGivesTabsInTheShownOrder();
    void onlySelectedRowsAreCopied();
    void unknownValuesSortLastBothWays();
    void aTableOfAllRowsIsAsHighAsThem();
    void thePointerMarksTheWholeRow();
    void cardsAndEmptyStatesAreNamed();
    void paintedWidgetsHaveARoleForScreenReaders();

private:
    std::unique_ptr<Theme> m_theme;
};

namespace {

std::unique_ptr<QStandardItemModel> peopleModel()
{
    auto model = std::make_unique<QStandardItemModel>(3, 2);
    model->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Age")});
    const auto set = [&](int row, const QString &name, const QVariant &age) {
        model->setData(model->index(row, 0), name);
        model->setData(model->index(row, 0), name, sortRole);
        model->setData(model->index(row, 1), age.isValid() ? age.toString() : format::absent());
        model->setData(model->index(row, 1), age, sortRole);
    };
    set(0, QStringLiteral("Ann"), 30);
    set(1, QStringLiteral("Bob"), QVariant());
    set(2, QStringLiteral("Cy\tril"), 4);
    return model;
}

QStringList column(const TableView &table, int index)
{
    QStringList texts;
    for (int row = 0; row < table.proxy()->rowCount(); ++row)
        texts << table.proxy()->index(row, index).data().toString();
    return texts;
}

} // namespace

void tst_CommonWidgets::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
}

void tst_CommonWidgets::aLongLineIsElidedAndItsNameIsWhole()
{
    ElidedLabel label;
    const QString text = QStringLiteral("autodl-container-c2f911beee-5e2fb3a1");
    label.setText(text);
    label.resize(label.sizeHint());
    QVERIFY(!label.isElided());
    label.resize(60, label.height());
    QVERIFY(label.isElided());
    QCOMPARE(label.accessibleName(), text);
    QVERIFY(label.minimumSizeHint().width() < 60);
}

void tst_CommonWidgets::anOwnNameOfALabelIsKept()
{
    ElidedLabel label;
    label.setText(QStringLiteral("a"));
    label.setAccessibleName(QStringLiteral("Kernel: a"));
    label.setText(QStringLiteral("b"));
    QCOMPARE(label.accessibleName(), QStringLiteral("Kernel: a"));
}

void tst_CommonWidgets::aChipSaysItsWord()
{
    Chip chip;
    chip.set(QStringLiteral("Running"), Chip::Tone::Good, Icon::Ok);
    QCOMPARE(chip.accessibleName(), QStringLiteral("Running"));
    const int narrow = chip.sizeHint().width();
    chip.set(QStringLiteral("Running for a long time"), Chip::Tone::Good, Icon::Ok);
    QVERIFY(chip.sizeHint().width() > narrow);
}

void tst_CommonWidgets::aBigNumberKeepsRoomForItsWidestText()
{
    BigNumber number;
    number.setWidest(format::percent(100));
    const int width = number.sizeHint().width();
    number.setText(format::percent(5));
    QCOMPARE(number.sizeHint().width(), width);
    number.setLabel(QStringLiteral("GPU 0 utilisation"));
    QVERIFY(number.accessibleName().startsWith(QLatin1StringView("GPU 0 utilisation")));
    number.setText(format::percent(7));
    QVERIFY(number.accessibleName().contains(u'7'));
}

void tst_CommonWidgets::aBannersButtonsTellWhatToDo()
{
    Banner banner;
    QSignalSpy asked(&banner, &Banner::actionTriggered);
    ErrorContext context;
    context.auth = ErrorContext::Auth::Password;
    banner.setError(describe({core::ErrorCode::AuthRejected, core::Step::Auth, {}}, context));
    QCOMPARE(banner.kind(), Banner::Kind::Error);
    QVERIFY(!banner.accessibleName().isEmpty());
    for (auto *button : banner.findChildren<QPushButton *>()) {
        if (button->text().startsWith(QLatin1StringView("Enter password")))
            button->click();
    }
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().value<ErrorAction>(), ErrorAction::EnterPassword);
}

void tst_CommonWidgets::aBannerMayReplaceItsButtonsFromTheirOwnClick()
{
    Banner banner;
    const Description error = describe({core::ErrorCode::ConnectTimeout, core::Step::Connect, {}});
    banner.setError(error);
    connect(&banner, &Banner::actionTriggered, &banner, [&] { banner.setError(error); });
    QPointer<QPushButton> first;
    for (auto *button : banner.findChildren<QPushButton *>()) {
        if (button->text() == error.button)
            first = button;
    }
    QVERIFY(first);
    first->click();
    QVERIFY(first); // still alive within its own click
    QTRY_VERIFY(!first);
}

void tst_CommonWidgets::technicalDetailsAreFoldedAndCopied()
{
    Banner banner;
    banner.setMessage(Banner::Kind::Warning, QStringLiteral("It broke"));
    banner.setTechnical(QStringLiteral("nvml-error: Unknown Error"));
    auto *details = banner.findChild<QPushButton *>(QStringLiteral("bannerDetails"));
    auto *copy = banner.findChild<QPushButton *>(QStringLiteral("bannerCopy"));
    QVERIFY(details && copy);
    QVERIFY(details->isVisibleTo(&banner));
    QVERIFY(!copy->isVisibleTo(&banner));
    details->click();
    QVERIFY(copy->isVisibleTo(&banner));
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("It broke\nnvml-error: Unknown Error"));
    banner.setTechnical({});
    QVERIFY(!details->isVisibleTo(&banner));
}

void tst_CommonWidgets::aGridGivesEachRowItsWholeWidth()
{
    QWidget page;
    auto *grid = new ResponsiveGrid(100, 0, &page);
    grid->setSpacing(10);
    std::vector<QWidget *> cells;
    for (int i = 0; i < 5; ++i) {
        auto *cell = new QWidget;
        cell->setMinimumHeight(20);
        grid->addWidget(cell);
        cells.push_back(cell);
    }
    QCOMPARE(grid->columnsFor(90), 1);
    QCOMPARE(grid->columnsFor(330), 3);
    QCOMPARE(grid->columnsFor(5000), 5);
    page.resize(331, 200);
    grid->setGeometry(page.rect());
    QCOMPARE(cells[0]->x(), 0);
    QCOMPARE(cells[2]->geometry().right(), 330);
    QCOMPARE(cells[3]->x(), 0);
    QCOMPARE(cells[4]->geometry().right(), 330);
    QCOMPARE(cells[3]->y(), 30);
    QCOMPARE(grid->heightForWidth(331), 50);
    QCOMPARE(grid->heightForWidth(90), 5 * 20 + 4 * 10);
}

void tst_CommonWidgets::hiddenItemsTakeNoPlaceInAGrid()
{
    QWidget page;
    auto *grid = new ResponsiveGrid(100, 0, &page);
    auto *first = new QWidget;
    auto *second = new QWidget;
    grid->addWidget(first);
    grid->addWidget(second);
    first->hide();
    page.show();
    page.resize(400, 100);
    grid->setGeometry(page.rect());
    QCOMPARE(second->x(), 0);
    QCOMPARE(second->width(), 400);
}

void tst_CommonWidgets::aHiddenRowTakesNoPlace()
{
    QWidget page;
    auto *column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *row = new QPushButton;
    auto *rest = new QPushButton;
    rest->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    column->addLayout(new OptionalRow(row, {24, 12, 24, 0}));
    column->addWidget(rest, 1);
    row->hide();
    page.resize(300, 200);
    page.show();
    QTRY_COMPARE(rest->geometry(), QRect(0, 0, 300, 200));
    row->show();
    QTRY_COMPARE(row->x(), 24);
    QCOMPARE(row->y(), 12);
    QCOMPARE(rest->y(), 12 + row->height());
    row->hide();
    QTRY_COMPARE(rest->geometry(), QRect(0, 0, 300, 200));
}

void tst_CommonWidgets::copyingATableGivesTabsInTheShownOrder()
{
    const auto model = peopleModel();
    TableView table;
    table.setSourceModel(model.get());
    table.sortByColumn(0, Qt::DescendingOrder);
    QTest::keySequence(&table, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("Name\tAge\nCy ril\t4\nBob\t–\nAnn\t30\n"));
}

void tst_CommonWidgets::onlySelectedRowsAreCopied()
{
    const auto model = peopleModel();
    TableView table;
    table.setSourceModel(model.get());
    table.sortByColumn(0, Qt::AscendingOrder);
    table.selectRow(1);
    QCOMPARE(table.toTsv(), QStringLiteral("Name\tAge\nBob\t–\n"));
}

void tst_CommonWidgets::unknownValuesSortLastBothWays()
{
    const auto model = peopleModel();
    TableView table;
    table.setSourceModel(model.get());
    table.sortByColumn(1, Qt::AscendingOrder);
    QCOMPARE(column(table, 1),
             (QStringList{QStringLiteral("4"), QStringLiteral("30"), format::absent()}));
    table.sortByColumn(1, Qt::DescendingOrder);
    QCOMPARE(column(table, 1),
             (QStringList{QStringLiteral("30"), QStringLiteral("4"), format::absent()}));
}

void tst_CommonWidgets::aTableOfAllRowsIsAsHighAsThem()
{
    const auto model = peopleModel();
    TableView table;
    table.setSourceModel(model.get());
    table.setVisibleRows(-1);
    QCOMPARE(table.sizeHint().height(), 4 * rowHeight);
    table.resize(table.sizeHint());
    QVERIFY(table.visualRect(table.proxy()->index(2, 0)).bottom() < table.viewport()->height());
    table.setVisibleRows(2);
    QCOMPARE(table.sizeHint().height(), 3 * rowHeight);
    model->appendRow(new QStandardItem(QStringLiteral("Dee")));
    table.setVisibleRows(-1);
    QCOMPARE(table.sizeHint().height(), 5 * rowHeight);
}

void tst_CommonWidgets::thePointerMarksTheWholeRow()
{
    const auto model = peopleModel();
    TableView table;
    table.setSourceModel(model.get());
    table.resize(400, 200);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    const auto corner = [&table](int row, int column) {
        const QRect cell = table.visualRect(table.proxy()->index(row, column));
        return table.viewport()->grab().toImage().pixelColor(cell.topRight() - QPoint(4, -4));
    };
    const QColor plain = corner(0, 1);
    QTest::mouseMove(table.viewport(), table.visualRect(table.proxy()->index(0, 0)).center());
    QTRY_COMPARE(table.hoveredRow(), 0);
    QVERIFY(corner(0, 0) != plain);
    QCOMPARE(corner(0, 1), corner(0, 0));
    QCOMPARE(corner(1, 1), plain);
    QTest::mouseMove(table.viewport(), {10, 190}); // below the rows
    QTRY_COMPARE(table.hoveredRow(), -1);
    QCOMPARE(corner(0, 1), plain);
}

void tst_CommonWidgets::cardsAndEmptyStatesAreNamed()
{
    Card card;
    card.setTitle(QStringLiteral("Disks"));
    QCOMPARE(card.accessibleName(), QStringLiteral("Disks"));
    EmptyState empty;
    empty.set(icon(Icon::Info), QStringLiteral("Nothing here"), QStringLiteral("Add something."));
    QCOMPARE(empty.accessibleName(), QStringLiteral("Nothing here"));
    QCOMPARE(buttonKind(empty.addAction(QStringLiteral("Add"))), ButtonKind::Primary);
}

void tst_CommonWidgets::paintedWidgetsHaveARoleForScreenReaders()
{
    const auto roleOf = [](QWidget &widget) {
        return QAccessible::queryAccessibleInterface(&widget)->role();
    };
    Chip chip;
    BigNumber number;
    ElidedLabel label;
    UsageBar bar;
    Card card;
    QCOMPARE(roleOf(chip), QAccessible::StaticText);
    QCOMPARE(roleOf(number), QAccessible::StaticText);
    QCOMPARE(roleOf(label), QAccessible::StaticText);
    QCOMPARE(roleOf(bar), QAccessible::Indicator);
    QCOMPARE(roleOf(card), QAccessible::Grouping);
    chip.set(QStringLiteral("Running"), Chip::Tone::Good);
    QCOMPARE(QAccessible::queryAccessibleInterface(&chip)->text(QAccessible::Name),
             QStringLiteral("Running"));
}

QTEST_MAIN(tst_CommonWidgets)
#include "tst_CommonWidgets.moc"
