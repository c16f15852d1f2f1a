// SPDX-License-Identifier: GPL-3.0-or-later
// The Environment tab in the real window, on the simulated instance: what is there is shown, what
// is changed is shown first and then really done.
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"
#include "ui/common/TableView.h"
#include "ui/environment/ActionDialog.h"
#include "ui/environment/EnvironmentModel.h"
#include "ui/environment/EnvironmentWords.h"
#include "ui/environment/SpaceDialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTabBar>
#include <QTest>

using ui::environment::ActionDialog;
using ui::environment::EnvironmentModel;

class tst_EnvironmentPage : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theInstanceIsShown();
    void whatCanNotDriveTheCardSaysWhy();
    void oneCardOfSeveralIsNamed();
    void packagesAreListedAndFiltered();
    void sizesAreMeasured();
    void aNewOneIsMadeAndRemoved();
    void theMenuOffersWhatThereIs();
    void theRoomOfADiskIsFreed();
    void aLostConnectionIsSurvived();

private:
    void openTab(const QString &name);
    [[nodiscard]] ui::TableView *table() const { return child<ui::TableView>("environmentTable"); }
    [[nodiscard]] QString cell(const QString &environment, int column) const;
    void choose(const QString &environment);
    [[nodiscard]] QPlainTextEdit *command() const
    {
        return child<QPlainTextEdit>("environmentCommand");
    }
    [[nodiscard]] QString banner() const { return child<ui::Banner>("environmentBanner")->text(); }
};

void tst_EnvironmentPage::openTab(const QString &name)
{
    auto *tabs = child<QTabBar>("instanceTabs");
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->tabText(tab) == name)
            tabs->setCurrentIndex(tab);
    }
}

QString tst_EnvironmentPage::cell(const QString &environment, int column) const
{
    const QAbstractItemModel *model = table()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, EnvironmentModel::Name).data().toString() == environment)
            return model->index(row, column).data().toString();
    }
    return {};
}

void tst_EnvironmentPage::choose(const QString &environment)
{
    const QAbstractItemModel *model = table()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, EnvironmentModel::Name).data().toString() == environment)
            table()->selectRow(row);
    }
}

void tst_EnvironmentPage::initTestCase()
{
    startRig({QStringLiteral("--gpus"), QStringLiteral("1"), QStringLiteral("--conda")});
    makeServices();
    addRig();
    showWindow();
    connectIt();
    openTab(QStringLiteral("Environment"));
    QTRY_VERIFY_WITH_TIMEOUT(table() && table()->isVisible() && table()->model()->rowCount() == 5,
                             60000);
    const QAbstractItemModelTester tester(table()->proxy()->sourceModel(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void tst_EnvironmentPage::cleanupTestCase()
{
    closeWindow();
}

void tst_EnvironmentPage::theInstanceIsShown()
{
    QCOMPARE(child<QLabel>("environmentValue0")->text(), QStringLiteral("Ubuntu 22.04.4 LTS"));
    QCOMPARE(child<QLabel>("environmentValue1")->text(),
             QStringLiteral("550.90.07, CUDA up to 12.4"));
    QVERIFY(child<QLabel>("environmentValue5")
                ->text()
                .startsWith(QStringLiteral("/root/miniconda3 24.5.0")));
    QCOMPARE(cell(QStringLiteral("verl"), EnvironmentModel::PyTorch),
             QStringLiteral("2.5.1+cu124"));
    QCOMPARE(cell(QStringLiteral("verl"), EnvironmentModel::Verdict), QStringLiteral("Works"));
    QCOMPARE(cell(QStringLiteral("cpu"), EnvironmentModel::Verdict), QStringLiteral("CPU only"));
    choose(QStringLiteral("base"));
    QVERIFY(!child<QPushButton>("environmentRemove")->isEnabled());
    QVERIFY(child<QPushButton>("environmentClone")->isEnabled());
}

void tst_EnvironmentPage::whatCanNotDriveTheCardSaysWhy()
{
    choose(QStringLiteral("pytorch1"));
    QCOMPARE(cell(QStringLiteral("pytorch1"), EnvironmentModel::Verdict),
             QStringLiteral("Can't drive this card"));
    QVERIFY(child<QLabel>("environmentReason")->text().contains(QStringLiteral("CUDA 10.2")));
    click("environmentFix");
    QVERIFY(command()->toPlainText().contains(
        QStringLiteral("--index-url https://download.pytorch.org/whl/cu124")));
    child<ActionDialog>("environmentDialog")->reject();
    choose(QStringLiteral("verl"));
    QVERIFY(!child<QPushButton>("environmentFix")->isVisible());
}

void tst_EnvironmentPage::packagesAreListedAndFiltered()
{
    choose(QStringLiteral("verl"));
    auto *packages = child<ui::TableView>("environmentPackages");
    QTRY_COMPARE_WITH_TIMEOUT(packages->model()->rowCount(), 3, 20000);
    type("environmentFilter", QStringLiteral("TOR"));
    QCOMPARE(packages->model()->rowCount(), 1);
    QCOMPARE(packages->model()->index(0, 0).data().toString(), QStringLiteral("torch"));
    QCOMPARE(child<QLabel>("environmentCount")->text(), QStringLiteral("1 of 3 packages"));
    child<QLineEdit>("environmentFilter")->clear();
}

void tst_EnvironmentPage::sizesAreMeasured()
{
    click("environmentMeasure");
    QTRY_VERIFY_WITH_TIMEOUT(
        cell(QStringLiteral("verl"), EnvironmentModel::Size).contains(QStringLiteral("KB")) ||
            cell(QStringLiteral("verl"), EnvironmentModel::Size).contains(QStringLiteral("KiB")),
        20000);
}

void tst_EnvironmentPage::aNewOneIsMadeAndRemoved()
{
    click("environmentNew");
    QVERIFY(!child<QPushButton>("environmentStart")->isEnabled());
    // Whoever presses the button types the name next.
    QCOMPARE(child<ActionDialog>("environmentDialog")->focusWidget(),
             child<QLineEdit>("environmentName"));
    type("environmentName", QStringLiteral("a b"));
    QVERIFY(child<QLabel>("environmentProblem")->isVisible());
    child<QLineEdit>("environmentName")->clear();
    type("environmentName", QStringLiteral("train"));
    QVERIFY(command()->toPlainText().endsWith(
        QStringLiteral("conda create -y -n train 'python=3.12'")));
    click("environmentStart");
    QTRY_VERIFY_WITH_TIMEOUT(banner() == QStringLiteral("conda create train is done"), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(!cell(QStringLiteral("train"), EnvironmentModel::Python).isEmpty(),
                             60000);
    remote("test -x /root/miniconda3/envs/train/bin/python");
    choose(QStringLiteral("train"));
    click("environmentRemove");
    QVERIFY(!child<QPushButton>("environmentStart")->isDefault()); // Return doesn't remove
    QVERIFY(command()->toPlainText().endsWith(QStringLiteral("conda remove -y -n train --all")));
    click("environmentStart");
    QTRY_VERIFY_WITH_TIMEOUT(banner() == QStringLiteral("conda remove train is done"), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(cell(QStringLiteral("train"), EnvironmentModel::Python).isEmpty(),
                             60000);
    // Its log is one click away, in the other tab.
    click("environmentShowLog");
    QVERIFY(child<QWidget>("environmentPage")->isHidden());
    openTab(QStringLiteral("Environment"));
}

void tst_EnvironmentPage::theMenuOffersWhatThereIs()
{
    auto *menu = child<QMenu>("environmentSetUpMenu");
    Q_EMIT menu->aboutToShow();
    for (const char *name : {"setUpPipMirror", "setUpCondaMirror", "setUpHfMirror", "setUpPipCache",
                             "setUpCondaCache", "setUpHfCache", "setUpCondaInit"}) {
        auto *action = menu->findChild<QAction *>(QLatin1StringView(name));
        QVERIFY2(action && action->isEnabled(), name);
        action->trigger();
        QVERIFY2(!command()->toPlainText().isEmpty(), name);
        QVERIFY2(child<QPushButton>("environmentStart")->isEnabled(), name);
        child<ActionDialog>("environmentDialog")->reject();
        QTRY_VERIFY(!child<ActionDialog>("environmentDialog"));
    }
}

void tst_EnvironmentPage::theRoomOfADiskIsFreed()
{
    remote("mkdir -p ~/autodl-tmp/.Trash-0/files ~/autodl-tmp/.Trash-0/info ~/autodl-tmp/run && "
           "head -c 3000000 /dev/zero >~/autodl-tmp/.Trash-0/files/old.ckpt && "
           "head -c 9000000 /dev/zero >~/autodl-tmp/run/kept.ckpt");
    openTab(QStringLiteral("Monitor"));
    const auto isOfData = [](const QPushButton *button) {
        return button->accessibleName().contains(QStringLiteral("/root/autodl-tmp?"));
    };
    QPushButton *ask = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const auto all = m_window->findChildren<QPushButton *>(QStringLiteral("diskSpace"));
            const auto at = std::find_if(all.begin(), all.end(), isOfData);
            ask = at == all.end() ? nullptr : *at;
            return ask && ask->isEnabled();
        }(),
        20000);
    ask->click();
    QTRY_VERIFY(child<ui::environment::SpaceDialog>("spaceDialog"));
    QPointer dialog = child<ui::environment::SpaceDialog>("spaceDialog");
    QTRY_VERIFY_WITH_TIMEOUT(child<QCheckBox>("spaceChoice"), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("spaceAgain")->isEnabled(), 60000);
    // Nothing goes that was not chosen, and what goes is shown before.
    QVERIFY(!child<QPushButton>("spaceClean")->isEnabled());
    QVERIFY(!child<QPlainTextEdit>("spaceGoes")->isVisible());
    child<QCheckBox>("spaceChoice")->click();
    QVERIFY(child<QPlainTextEdit>("spaceGoes")->toPlainText().contains(QStringLiteral("old.ckpt")));
    QVERIFY(child<QPlainTextEdit>("spaceCommand")
                ->toPlainText()
                .endsWith(QStringLiteral("rm -rf -- /root/autodl-tmp/.Trash-0/files "
                                         "/root/autodl-tmp/.Trash-0/info")));
    click("spaceClean");
    QTRY_VERIFY_WITH_TIMEOUT(
        child<ui::Banner>("spaceBanner")->text().contains(QStringLiteral("are free again")), 60000);
    remote("test ! -e ~/autodl-tmp/.Trash-0/files && test -s ~/autodl-tmp/run/kept.ckpt");
    QVERIFY(child<QLabel>("spaceNothing")->isVisible());
    // The place of the largest is one click away.
    auto *takers = child<ui::TableView>("spaceTable");
    QCOMPARE(takers->model()->index(0, 3).data().toString(),
             QStringLiteral("/root/autodl-tmp/dataset/imagenet-mini.tar"));
    takers->selectRow(0);
    click("spaceShow");
    QTRY_VERIFY(!dialog);
    QVERIFY(child<QWidget>("filesPage")->isVisible());
    openTab(QStringLiteral("Environment"));
}

void tst_EnvironmentPage::aLostConnectionIsSurvived()
{
    click("environmentRefresh");
    QVERIFY(!child<QWidget>("environmentRefresh")->isEnabled());
    m_instance->disconnectNow(); // in the midst of the look
    QTRY_VERIFY(!m_instance->session());
    QVERIFY(!child<QPushButton>("environmentNew")->isEnabled());
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("environmentRefresh")->isEnabled(), 60000);
    QTRY_VERIFY(child<QPushButton>("environmentNew")->isEnabled());
    click("environmentRefresh");
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("environmentRefresh")->isEnabled(), 60000);
    QCOMPARE(table()->model()->rowCount(), 5);
}

void tst_EnvironmentPage::oneCardOfSeveralIsNamed()
{
    core::env::TorchFit fit;
    fit.fit = core::env::Fit::CardTooNew;
    fit.card = QStringLiteral("RTX 5090");
    fit.cuda = core::catalog::DottedVersion{12, 4};
    fit.needAtLeast = core::catalog::DottedVersion{12, 8};
    const core::env::Environment environment;
    QCOMPARE(ui::environment::fitText(fit), QStringLiteral("Can't drive this card"));
    fit.gpus = {1, 3};
    fit.othersWork = true;
    QCOMPARE(ui::environment::fitText(fit), QStringLiteral("Can't drive GPU 1, 3"));
    const QString reason = ui::environment::fitReason(fit, environment);
    QVERIFY2(reason.contains(QStringLiteral("the RTX 5090 (GPU 1, 3):")), qPrintable(reason));
    QVERIFY2(reason.endsWith(QStringLiteral("on the other GPUs.")), qPrintable(reason));
}

QTEST_MAIN(tst_EnvironmentPage)
#include "tst_EnvironmentPage.moc"
