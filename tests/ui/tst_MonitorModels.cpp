// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/SyntheticInstance.h"
#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/monitor/GpuModel.h"
#include "ui/monitor/HolderModel.h"
#include "ui/monitor/ProcessModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace ui::monitor;
using core::metrics::ProcessInfo;
using synthetic::endOfTime;
using synthetic::sampleAt;

class tst_MonitorModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelsKeepTheirPromises();
    void aGpuThatTellsNothingShowsDashes();
    void migSlicesAreCounted();
    void processesKeepTheirRowsAndSelection();
    void unknownProcessFiguresAreDashesAndSortLast();
    void holdersAreListedPerGpu();
    void numbersAreRightAligned();
};

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::QtTest;

QString cell(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString().replace(QChar(ui::format::unitSpace), u' ');
}

} // namespace

void tst_MonitorModels::modelsKeepTheirPromises()
{
    GpuModel gpus;
    HolderModel holders;
    ProcessModel processes;
    const QAbstractItemModelTester a(&gpus, strict);
    const QAbstractItemModelTester b(&holders, strict);
    const QAbstractItemModelTester c(&processes, strict);
    for (const int count : {0, 2, 8, 8, 1, 0, 3}) {
        const auto sample = sampleAt(endOfTime, count);
        gpus.setGpus(sample.gpus);
        holders.setGpus(sample.gpus);
        processes.setProcesses(sample.processes);
        QCOMPARE(gpus.rowCount(), count);
        QCOMPARE(holders.rowCount(), count);
        QCOMPARE(processes.rowCount(), int(sample.processes.size()));
    }
    gpus.retranslate();
    holders.retranslate();
    processes.retranslate();
}

void tst_MonitorModels::aGpuThatTellsNothingShowsDashes()
{
    GpuModel model;
    model.setGpus(std::vector<core::probe::GpuInfo>(1));
    QCOMPARE(cell(model, 0, GpuModel::Index), QStringLiteral("0"));
    for (int column = GpuModel::Name; column < GpuModel::ColumnCount; ++column) {
        QCOMPARE(cell(model, 0, column), QStringLiteral("–"));
        QVERIFY(!model.index(0, column).data(ui::sortRole).isValid());
    }
}

void tst_MonitorModels::migSlicesAreCounted()
{
    GpuModel model;
    core::probe::GpuInfo gpu;
    gpu.mig = true;
    gpu.migDevices.resize(3);
    model.setGpus({gpu});
    QCOMPARE(cell(model, 0, GpuModel::Mig), QStringLiteral("on (3)"));
    gpu.mig = false;
    model.setGpus({gpu});
    QCOMPARE(cell(model, 0, GpuModel::Mig), QStringLiteral("off"));
}

void tst_MonitorModels::processesKeepTheirRowsAndSelection()
{
    ProcessModel model;
    const auto process = [](qint64 pid, double cpu) {
        return ProcessInfo{pid, QStringLiteral("root"), cpu, 1024, QStringLiteral("p"), false, {}};
    };
    model.setProcesses({process(1, 5), process(2, 50), process(3, 20)});
    ui::TableView table;
    table.setSourceModel(&model);
    table.sortByColumn(ProcessModel::Cpu, Qt::DescendingOrder);
    table.selectRow(0);
    const auto selectedPid = [&] {
        const auto rows = table.selectionModel()->selectedRows();
        return rows.size() == 1 ? rows.first().data().toString() : QString();
    };
    QCOMPARE(selectedPid(), QStringLiteral("2"));
    // 2 became idle, 1 ended, 4 is new: the selection stays on 2, and the order follows the
    // figures.
    model.setProcesses({process(2, 1), process(3, 20), process(4, 99)});
    QCOMPARE(selectedPid(), QStringLiteral("2"));
    QStringList order;
    for (int row = 0; row < table.proxy()->rowCount(); ++row)
        order << table.proxy()->index(row, 0).data().toString();
    QCOMPARE(order, (QStringList{QStringLiteral("4"), QStringLiteral("3"), QStringLiteral("2")}));
}

void tst_MonitorModels::unknownProcessFiguresAreDashesAndSortLast()
{
    ProcessModel model;
    model.setProcesses({{7, {}, std::nullopt, std::nullopt, QStringLiteral("x"), true, {}}});
    QCOMPARE(cell(model, 0, ProcessModel::Cpu), QStringLiteral("–"));
    QCOMPARE(cell(model, 0, ProcessModel::Memory), QStringLiteral("–"));
    QCOMPARE(cell(model, 0, ProcessModel::User), QStringLiteral("–"));
    QCOMPARE(cell(model, 0, ProcessModel::Gpu), QStringLiteral("yes"));
    QVERIFY(!model.index(0, ProcessModel::Cpu).data(ui::sortRole).isValid());
}

void tst_MonitorModels::holdersAreListedPerGpu()
{
    core::probe::GpuInfo first;
    core::probe::GpuInfo second;
    second.index = 5;
    second.processes.push_back({98017, QStringLiteral("python"), 18432, QStringLiteral("C")});
    second.processes.push_back({std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    HolderModel model;
    model.setGpus({first, second});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, HolderModel::Gpu), QStringLiteral("5"));
    QCOMPARE(cell(model, 0, HolderModel::HostPid), QStringLiteral("98017"));
    QCOMPARE(cell(model, 0, HolderModel::Memory), QStringLiteral("18 GB"));
    QCOMPARE(cell(model, 0, HolderModel::Type), QStringLiteral("Compute"));
    for (const int column :
         {HolderModel::HostPid, HolderModel::Memory, HolderModel::Type, HolderModel::Name})
        QCOMPARE(cell(model, 1, column), QStringLiteral("–"));
}

void tst_MonitorModels::numbersAreRightAligned()
{
    ProcessModel model;
    model.setProcesses(sampleAt(endOfTime, 1).processes);
    const auto alignment = [&](int column) {
        return Qt::Alignment(model.index(0, column).data(Qt::TextAlignmentRole).toInt());
    };
    QVERIFY(alignment(ProcessModel::Memory).testFlag(Qt::AlignRight));
    QVERIFY(alignment(ProcessModel::Cpu).testFlag(Qt::AlignRight));
    QVERIFY(alignment(ProcessModel::Command).testFlag(Qt::AlignLeft));
    QCOMPARE(model.headerData(ProcessModel::Cpu, Qt::Horizontal, Qt::TextAlignmentRole).toInt(),
             int(alignment(ProcessModel::Cpu)));
}

QTEST_MAIN(tst_MonitorModels)
#include "tst_MonitorModels.moc"
