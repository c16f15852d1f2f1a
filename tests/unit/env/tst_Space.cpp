// SPDX-License-Identifier: GPL-3.0-or-later
// What takes the room on a disk: which folders tell something, and that a clean-up removes nothing
// but what it names.
#include "core/env/Space.h"

#include <QTest>

using namespace core;
using namespace core::env;

class tst_Space : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldersThatOneThingFillsAreLeftOut();
    void oneLineForEachCleanUp();
    void whatIsNoCacheIsNotRemoved_data();
    void whatIsNoCacheIsNotRemoved();
    void modelsAreNamed();
    void whatItIsIsToldByItsPath_data();
    void whatItIsIsToldByItsPath();
};

void tst_Space::foldersThatOneThingFillsAreLeftOut()
{
    const std::vector<SpaceTaker> all{
        {"/d", 1000, true, 9000},  {"/d/a", 500, true, 3},        {"/d/a/one", 450, false},
        {"/d/b", 300, true, 8000}, {"/d/b/x", 150, true},         {"/d/b/y", 149, true, 7900},
        {"/d/bc", 100, true, 500}, {"/elsewhere", 9000, true, 1}, {"/d/empty", 0, true}};
    const auto paths = [&all](const char *mount, std::size_t most, qint64 SpaceTaker::*measure) {
        QByteArrayList list;
        for (const SpaceTaker &one : tellingTakers(all, mount, most, measure))
            list.append(one.path);
        return list;
    };
    QCOMPARE(paths("/d", 10, &SpaceTaker::bytes),
             (QByteArrayList{"/d/a/one", "/d/b", "/d/b/x", "/d/b/y", "/d/bc"}));
    QCOMPARE(paths("/d", 2, &SpaceTaker::bytes), (QByteArrayList{"/d/a/one", "/d/b"}));
    QCOMPARE(paths("/d", 10, &SpaceTaker::files), (QByteArrayList{"/d/b/y", "/d/bc", "/d/a"}));
    // Below the root of the system everything is.
    QCOMPARE(paths("/", 1, &SpaceTaker::bytes), (QByteArrayList{"/elsewhere"}));
}

void tst_Space::oneLineForEachCleanUp()
{
    Report report;
    report.home = "/root";
    const CleanUp pip{CleanUp::Kind::PipCache, "/root/.cache/pip", 1, {}};
    const CleanUp trash{CleanUp::Kind::Trash, "/root/.local/share/Trash", 1, {}};
    const CleanUp model{CleanUp::Kind::HuggingFaceModel, "/root/hf/hub/models--it's--x y", 1, {}};
    const CleanUp conda{CleanUp::Kind::CondaPackages, "/root/miniconda3/pkgs", 1, {}};
    QCOMPARE(cleanUpJob(report, {pip})->command, QByteArray("python3 -m pip cache purge"));
    QCOMPARE(cleanUpJob(report, {trash})->command,
             QByteArray("rm -rf -- /root/.local/share/Trash/files /root/.local/share/Trash/info"));
    QVERIFY(!cleanUpJob(report, {}));
    QVERIFY(!cleanUpJob(report, {conda})); // there is none
    report.bases = {{"/root/miniconda3", QStringLiteral("24.5.0"), true}};
    const CleanUp otherConda{CleanUp::Kind::CondaPackages, "/data/pkgs", 1, {}};
    const auto spec = cleanUpJob(report, {conda, otherConda, pip, model});
    QVERIFY(spec);
    QCOMPARE(spec->command,
             QByteArray("failed=0\n"
                        "conda clean -y --tarballs --packages || failed=1\n"
                        "python -m pip cache purge || failed=1\n"
                        "rm -rf -- '/root/hf/hub/models--it'\\''s--x y' || failed=1\n"
                        "exit $failed"));
    QCOMPARE(spec->condaBase, QByteArray("/root/miniconda3"));
    QCOMPARE(cleanUpJob(report, {trash, model})->condaBase, QByteArray()); // rm needs no conda
    QCOMPARE(cleanUpJob(report, {pip, trash})->condaBase, QByteArray("/root/miniconda3"));
}

void tst_Space::whatIsNoCacheIsNotRemoved_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("path");
    const int model = int(CleanUp::Kind::HuggingFaceModel);
    const int trash = int(CleanUp::Kind::Trash);
    QTest::newRow("the home") << model << QByteArray("/root");
    QTest::newRow("the root") << trash << QByteArray("/");
    QTest::newRow("empty") << trash << QByteArray();
    QTest::newRow("relative") << model << QByteArray("models--a--b");
    QTest::newRow("another folder") << trash << QByteArray("/root/data");
    QTest::newRow("by the parent") << model << QByteArray("/root/../models--a--b");
    QTest::newRow("a NUL") << model << QByteArray("/root/models--a\0b", 16);
}

void tst_Space::whatIsNoCacheIsNotRemoved()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, path);
    const auto spec = cleanUpJob({}, {CleanUp{CleanUp::Kind(kind), path, 1, {}}});
    QVERIFY(!spec);
    QCOMPARE(spec.error().code, ErrorCode::Usage);
}

void tst_Space::modelsAreNamed()
{
    const auto named = [](const char *folder) {
        return CleanUp{CleanUp::Kind::HuggingFaceModel, folder, 1, {}}.modelName();
    };
    QCOMPARE(named("/h/hub/models--Qwen--Qwen2.5-7B"), QByteArray("Qwen/Qwen2.5-7B"));
    QCOMPARE(named("/h/hub/datasets--gsm8k"), QByteArray("gsm8k"));
    QCOMPARE((CleanUp{CleanUp::Kind::Trash, "/t", 1, {}}.modelName()), QByteArray());
}

void tst_Space::whatItIsIsToldByItsPath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isFolder");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *path, bool isFolder, TakerKind kind) {
        QTest::newRow(path) << QByteArray(path) << isFolder << int(kind);
    };
    row("/data/run/epoch=3-step=1200.ckpt", false, TakerKind::Checkpoints);
    row("/data/run/best.pt", false, TakerKind::Checkpoints);
    row("/data/run/pytorch_model-00001-of-00002.bin", false, TakerKind::Checkpoints);
    row("/data/run/checkpoint-1500", true, TakerKind::Checkpoints);
    row("/data/run/global_step40", true, TakerKind::Checkpoints);
    row("/data/run/model.safetensors", false, TakerKind::Checkpoints);
    row("/data/train.bin", false, TakerKind::Other);
    row("/data/checkpoint-notes.txt", false, TakerKind::Other);
    row("/data/imagenet.tar", false, TakerKind::Other);
    row("/data/hf/hub/models--a--b/blobs/0a", false, TakerKind::HuggingFace);
    row("/data/hf/hub/models--a--b/snapshots/1/model.safetensors", false, TakerKind::HuggingFace);
    row("/data/hfx/model.tar", false, TakerKind::Other);
    row("/root/miniconda3/pkgs/pytorch", true, TakerKind::Packages);
    row("/root/.cache/pip/http-v2", true, TakerKind::Packages);
    row("/root/miniconda3/envs/verl", true, TakerKind::Environment);
    row("/data/venv/lib/libtorch_cuda.so", false, TakerKind::Environment);
    row("/data/.Trash-0/files/old.ckpt", false, TakerKind::Trash);
}

void tst_Space::whatItIsIsToldByItsPath()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, isFolder);
    QFETCH(int, kind);
    Report report;
    report.home = "/root";
    report.bases = {{"/root/miniconda3", QStringLiteral("24.5.0"), true}};
    Environment venv;
    venv.kind = Environment::Kind::Venv;
    venv.path = "/data/venv";
    report.environments = {venv};
    report.settings.hfHome = {"/data/hf", {}};
    QCOMPARE(int(kindOf(SpaceTaker{path, 1, isFolder, 0}, report)), kind);
}

QTEST_GUILESS_MAIN(tst_Space)
#include "tst_Space.moc"
