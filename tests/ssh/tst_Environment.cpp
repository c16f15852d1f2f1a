// SPDX-License-Identifier: GPL-3.0-or-later
// A whole simulated instance is looked at: with each shell that it may have, banners, and without
// what is usually there.
#include "core/env/EnvOperations.h"
#include "core/env/Space.h"
#include "tests/jobs/JobRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QFile>

#include <algorithm>

using namespace core;
using namespace core::env;
using support::JobRun;

class tst_Environment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theInstanceIsSeen();
    void everyShellReadsTheSame_data();
    void everyShellReadsTheSame();
    void bannersThatHangAreWaitedForOnlySoLong();
    void withoutCondaAndNvidiaSmi();
    void aVenvOnThePathIsSeen();
    void sizesComeOneByOne();
    void whatTakesTheRoomIsFound_data();
    void whatTakesTheRoomIsFound();

private:
    [[nodiscard]] Report look();

    support::Rig m_rig;
    std::unique_ptr<JobRun> m_run;
};

void tst_Environment::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--conda"), QStringLiteral("--noisy-rc"),
                          QStringLiteral("--load"), QStringLiteral("idle")}),
             QString());
}

void tst_Environment::init()
{
    m_run = std::make_unique<JobRun>();
    QVERIFY(m_run->open(m_rig.passwordOptions()));
}

void tst_Environment::cleanup()
{
    m_run.reset();
}

Report tst_Environment::look()
{
    const auto *operation = JobRun::wait(new LookAround(m_run->session), 120000);
    return operation->report();
}

void tst_Environment::theInstanceIsSeen()
{
    const Report report = look();
    QCOMPARE(report.os->prettyName, QStringLiteral("Ubuntu 22.04.4 LTS"));
    QCOMPARE(report.smi->driver, QStringLiteral("550.90.07"));
    QCOMPARE(report.smi->cuda, QStringLiteral("12.4"));
    QCOMPARE(report.dataDisk, QByteArray("/root/autodl-tmp"));
    QVERIFY(report.isRoot);
    // The banner of .bashrc is not taken for an answer.
    QCOMPARE(report.interactive->python->path, QByteArray("/root/miniconda3/bin/python"));
    QCOMPARE(report.interactive->conda, QByteArray("/root/miniconda3/bin/conda"));
    QVERIFY(report.interactive->pip && report.interactive->pip->version);
    QVERIFY(report.login && !report.login->conda); // only .bashrc knows it
    QCOMPARE(report.conda()->path, QByteArray("/root/miniconda3"));
    QCOMPARE(report.conda()->version, QStringLiteral("24.5.0"));
    QVERIFY(!report.isCondaInitialised);
    QVERIFY(report.environments.front().isBase());
    QCOMPARE(report.find("verl")->torch->version, QStringLiteral("2.5.1+cu124"));
    QCOMPARE(report.find("verl")->version, QStringLiteral("3.10.14"));
    QCOMPARE(report.find("cpu")->torch->build, catalog::TorchVersion::Build::Cpu);
    QVERIFY(report.find("/usr/bin/python3"));
}

void tst_Environment::everyShellReadsTheSame_data()
{
    QTest::addColumn<QByteArray>("shell");
    for (const char *shell : {"dash", "bash", "busybox"}) {
        if (QFile::exists(QStringLiteral("/usr/bin/") + QString::fromLatin1(shell)))
            QTest::newRow(shell) << QByteArray(shell);
    }
}

void tst_Environment::everyShellReadsTheSame()
{
    QFETCH(QByteArray, shell);
    // "exec /bin/sh" is what the script is given to.
    const QByteArray usual = m_run->output("readlink /usr/bin/sh").trimmed();
    m_run->output("ln -sf " + shell + " /usr/bin/sh");
    const Report report = look();
    m_run->output("ln -sf " + usual + " /usr/bin/sh");
    QCOMPARE(report.environments.size(), std::size_t(5));
    QCOMPARE(report.find("verl")->torch->version, QStringLiteral("2.5.1+cu124"));
    QVERIFY(report.interactive && report.conda() && report.smi && report.os);
}

void tst_Environment::bannersThatHangAreWaitedForOnlySoLong()
{
    // Of interactive shells only: else not even the script's own shell would come up.
    m_run->output("cp /root/.bashrc /root/rc; sed -i 's/^source .*/case $- in *i*) & ;; esac/' "
                  "/root/.bashrc");
    m_rig.command({QStringLiteral("set"), QStringLiteral("hang")}); // the banner asks nvidia-smi
    const Report report = look();
    m_rig.command({QStringLiteral("set"), QStringLiteral("ok")});
    m_run->output("mv /root/rc /root/.bashrc");
    QCOMPARE(report.smiError->failure, probe::SmiFailure::TimedOut);
    QVERIFY(!report.interactive);
    QVERIFY(report.conda()); // found where it usually is
    QCOMPARE(report.environments.size(), std::size_t(5));
}

void tst_Environment::withoutCondaAndNvidiaSmi()
{
    m_run->output("mv /root/miniconda3 /root/elsewhere; mv /root/.conda /root/.elsewhere; "
                  "mv $(command -v nvidia-smi) /root/smi");
    const Report report = look();
    m_run->output("mv /root/elsewhere /root/miniconda3; mv /root/.elsewhere /root/.conda; "
                  "mv /root/smi /usr/bin/nvidia-smi");
    QVERIFY(!report.conda());
    QCOMPARE(report.smiError->failure, probe::SmiFailure::NotInstalled);
    QCOMPARE(report.environments.size(), std::size_t(1)); // the system's
    QVERIFY(report.interactive->python3 && !report.interactive->conda);
}

void tst_Environment::aVenvOnThePathIsSeen()
{
    // As images have it: not activated, but the first on the PATH.
    const QByteArray site = "/opt/torch/.venv/lib/python3.12/site-packages";
    QCOMPARE(
        m_run
            ->run(
                "mkdir -p /opt/torch/.venv/bin " + site + "/torch " + site +
                "/torch-2.8.0+cu128.dist-info && cd /opt/torch/.venv && "
                "printf 'version = 3.12.3\n' >pyvenv.cfg && ln -sf /usr/bin/python3 bin/python && "
                "printf '%s\n' \"__version__ = '2.8.0+cu128'\" \"cuda = '12.8'\" >" +
                site + "/torch/version.py && " +
                "cp ~/.bashrc /root/bashrc && echo 'PATH=/opt/torch/.venv/bin:$PATH' >>~/.bashrc")
            ->exitCode(),
        0);
    const Report report = look();
    QCOMPARE(m_run->run("mv /root/bashrc ~/.bashrc && rm -r /opt/torch")->exitCode(), 0);
    const auto at =
        std::find_if(report.environments.begin(), report.environments.end(),
                     [](const Environment &one) { return one.path == "/opt/torch/.venv"; });
    QVERIFY(at != report.environments.end());
    QCOMPARE(at->kind, Environment::Kind::Venv);
    QCOMPARE(at->version, QStringLiteral("3.12.3"));
    QVERIFY(at->torch);
    QCOMPARE(at->torch->version, QStringLiteral("2.8.0+cu128"));
}

void tst_Environment::sizesComeOneByOne()
{
    m_run->output("mkdir -p '/tmp/my env'; head -c 3000000 /dev/zero >'/tmp/my env/x'");
    auto *sizes = new MeasureSizes(m_run->session, {"/root/miniconda3", "/tmp/my env", "/nowhere"});
    QMap<QByteArray, std::optional<qint64>> told;
    connect(
        sizes, &MeasureSizes::measured, this,
        [&told](const QByteArray &path, std::optional<qint64> bytes) { told.insert(path, bytes); });
    QVERIFY(!JobRun::wait(sizes)->error());
    QCOMPARE(told.size(), 3);
    QVERIFY(told["/tmp/my env"] >= 3000000 && told["/tmp/my env"] < 3200000);
    QVERIFY(told["/root/miniconda3"] && !told["/nowhere"]);
    auto *cancelled = new MeasureSizes(m_run->session, {"/"});
    cancelled->cancel();
    QCOMPARE(JobRun::wait(cancelled)->error()->code, ErrorCode::Cancelled);
}

void tst_Environment::whatTakesTheRoomIsFound_data()
{
    QTest::addColumn<QByteArray>("shell");
    for (const char *shell : {"dash", "busybox"}) {
        if (QFile::exists(QStringLiteral("/usr/bin/") + QString::fromLatin1(shell)))
            QTest::newRow(shell) << QByteArray(shell);
    }
}

void tst_Environment::whatTakesTheRoomIsFound()
{
    QFETCH(QByteArray, shell);
    const QByteArray usual = m_run->output("readlink /usr/bin/sh").trimmed();
    // In the home: caches and the trash; a package that an environment has by a hard link; a model
    // that is a link; one with an odd name. On the data disk: another trash and a checkpoint.
    const QByteArray files =
        "set -e\ncd /root\n"
        "fill() { mkdir -p \"${2%/*}\" && head -c \"$1\" /dev/zero >\"$2\"; }\n"
        "fill 500000 .cache/pip/http/a\n"
        "fill 900000 miniconda3/pkgs/torch-2.5.conda\n"
        "fill 700000 miniconda3/pkgs/numpy-1/lib.so\n"
        "mkdir -p miniconda3/envs/verl/x autodl-tmp/run\n"
        "ln -f miniconda3/pkgs/numpy-1/lib.so miniconda3/envs/verl/x/lib.so\n"
        "fill 300000 .cache/huggingface/hub/models--Qwen--Qwen2.5-7B/blobs/b\n"
        "fill 200000 '.cache/huggingface/hub/datasets--it'\\''s--a b/x'\n"
        "ln -sfn /root/autodl-tmp .cache/huggingface/hub/models--a--link\n"
        "fill 400000 '.local/share/Trash/files/旧 数据'\n"
        "fill 50 .local/share/Trash/info/i\n"
        "fill 250000 autodl-tmp/.Trash-0/files/x\n"
        "fallocate -l 120M autodl-tmp/run/last.ckpt\n"
        "mkdir -p autodl-tmp/many/d; cd autodl-tmp/many/d; seq 299 | xargs touch\n";
    QCOMPARE(m_run->run(files + "ln -sf " + shell + " /usr/bin/sh")->exitCode(), 0);
    const Report report = look();
    const auto *home = JobRun::wait(new FindSpace(m_run->session, report, "/root"), 60000);
    const auto *data =
        JobRun::wait(new FindSpace(m_run->session, report, "/root/autodl-tmp"), 60000);
    m_run->output("ln -sf " + usual + " /usr/bin/sh");
    QVERIFY(home->isOk() && data->isOk());
    QMap<QByteArray, CleanUp> found;
    for (const CleanUp &one : home->cleanUps())
        found.insert(one.path, one);
    const auto about = [&found](const QByteArray &path, CleanUp::Kind kind, qint64 bytes) {
        const CleanUp one = found.take(path);
        return one.kind == kind && one.bytes >= bytes && one.bytes < bytes + 100'000;
    };
    QCOMPARE(found["/root/.local/share/Trash"].items.size(), std::size_t(1));
    QCOMPARE(found["/root/.local/share/Trash"].items[0].path, QByteArray("旧 数据"));
    QCOMPARE(found["/root/miniconda3/pkgs"].items.size(), std::size_t(1));
    QCOMPARE(found["/root/miniconda3/pkgs"].items[0].path, QByteArray("torch-2.5.conda"));
    QVERIFY(about("/root/.cache/pip", CleanUp::Kind::PipCache, 500'000));
    QVERIFY(about("/root/miniconda3/pkgs", CleanUp::Kind::CondaPackages, 900'000));
    QVERIFY(about("/root/.cache/huggingface/hub/models--Qwen--Qwen2.5-7B",
                  CleanUp::Kind::HuggingFaceModel, 300'000));
    QVERIFY(about("/root/.cache/huggingface/hub/datasets--it's--a b",
                  CleanUp::Kind::HuggingFaceModel, 200'000));
    QVERIFY(about("/root/.local/share/Trash", CleanUp::Kind::Trash, 400'000));
    QVERIFY2(found.isEmpty(), found.isEmpty() ? "" : found.firstKey().constData());
    const auto &takers = data->takers();
    const auto is = [](const char *path, bool isFolder) {
        return [path, isFolder](const SpaceTaker &one) {
            return one.path == path && one.isFolder == isFolder && one.bytes >= 120 * 1024 * 1024;
        };
    };
    QVERIFY(std::any_of(takers.begin(), takers.end(), is("/root/autodl-tmp/run/last.ckpt", false)));
    QVERIFY(std::any_of(takers.begin(), takers.end(), is("/root/autodl-tmp/run", true)));
    const auto of = [&takers](const char *path) {
        const auto at = std::find_if(takers.begin(), takers.end(),
                                     [path](const SpaceTaker &one) { return one.path == path; });
        return at == takers.end() ? SpaceTaker() : *at;
    };
    QCOMPARE(of("/root/autodl-tmp/many").files, 300); // a folder and 299 files
    QCOMPARE(of("/root/autodl-tmp/many/d").files, 299);
    QCOMPARE(of("/root/autodl-tmp/run").files, 1);
    QCOMPARE(data->cleanUps().size(), std::size_t(1));
    QCOMPARE(data->cleanUps()[0].path, QByteArray("/root/autodl-tmp/.Trash-0"));
    // Another disk's is not this disk's.
    QVERIFY(std::none_of(home->takers().begin(), home->takers().end(), [](const SpaceTaker &one) {
        return one.path.startsWith("/root/autodl-tmp/");
    }));
}

QTEST_GUILESS_MAIN(tst_Environment)
#include "tst_Environment.moc"
