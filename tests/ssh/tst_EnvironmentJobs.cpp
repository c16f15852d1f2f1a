// SPDX-License-Identifier: GPL-3.0-or-later
// A whole simulated instance is changed by jobs: real venvs and a real pip behind a stand-in for
// conda, real files.
#include "core/env/Actions.h"
#include "core/env/EnvOperations.h"
#include "tests/jobs/JobRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

using namespace core;
using namespace core::env;
using support::JobRun;

class tst_EnvironmentJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void environmentsComeAndGo();
    void packagesAreReallyInstalled();
    void terminalsBeginWithCondaAndWithout();
    void mirrorsAreSetTwiceAndTakenBack();
    void theLinesOfOthersStayInBashrc();
    void aCacheMovesThereAndBack();
    void aCacheMoveThatWasBrokenOffGoesOn();
    void aFullDataDiskChangesNothing();

private:
    [[nodiscard]] Report look();
    [[nodiscard]] std::vector<Package> packages(const QByteArray &environment);
    /// Runs it as a job; the exit code, or -1.
    int perform(const Result<jobs::JobSpec> &spec);

    support::Rig m_rig;
    std::unique_ptr<JobRun> m_run;
    QByteArray m_log; ///< of the last job
};

void tst_EnvironmentJobs::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--conda"), QStringLiteral("--noisy-rc"),
                          QStringLiteral("--load"), QStringLiteral("idle")}),
             QString());
}

void tst_EnvironmentJobs::init()
{
    m_run = std::make_unique<JobRun>();
    QVERIFY(m_run->open(m_rig.passwordOptions()));
}

void tst_EnvironmentJobs::cleanup()
{
    m_run.reset();
}

Report tst_EnvironmentJobs::look()
{
    const auto *operation = JobRun::wait(new LookAround(m_run->session), 120000);
    return operation->report();
}

std::vector<Package> tst_EnvironmentJobs::packages(const QByteArray &environment)
{
    const Report report = look();
    const Environment *found = report.find(environment);
    if (!found)
        return {};
    return JobRun::wait(new ListPackages(m_run->session, *found))->packages();
}

int tst_EnvironmentJobs::perform(const Result<jobs::JobSpec> &spec)
{
    if (!spec) {
        qWarning("refused: %s", qPrintable(spec.error().detail));
        return -1;
    }
    const jobs::JobId id = jobs::makeJobId(std::chrono::system_clock::now());
    m_run->start(id, *spec);
    const jobs::JobInfo job = m_run->waitForEnd(id);
    m_log = m_run->log(id);
    if (job.exitCode != 0)
        qInfo("%s", m_log.constData());
    return job.exitCode.value_or(-1);
}

void tst_EnvironmentJobs::environmentsComeAndGo()
{
    Report report = look();
    QCOMPARE(perform(createJob(report, {"训练", "3.9", "numpy=1.26.4", mirrorById("ustc")})), 0);
    QVERIFY2(m_log.contains("https://mirrors.ustc.edu.cn/anaconda/pkgs/main"), m_log.constData());
    report = look();
    QVERIFY(report.find("训练"));
    QCOMPARE(report.find("训练")->version, QStringLiteral("3.9.0"));
    QCOMPARE(perform(cloneJob(report, *report.find("训练"), "copy")), 0);
    QCOMPARE(perform(createJob(report, {"训练", "3.9", {}, nullptr})), 1); // it is there
    // By its path, with a blank, where another conda put it.
    m_run->output("/root/miniconda3/bin/conda create -y -p '/root/my env' python=3.11");
    report = look();
    const Environment *odd = report.find("/root/my env");
    QVERIFY(odd && odd->name.isEmpty());
    QCOMPARE(perform(installJob(report, *report.find("copy"), {true, "scipy=1.13", {}, nullptr})),
             0);
    const auto has = [](const std::vector<Package> &all, const char *name) {
        return std::any_of(all.begin(), all.end(), [name](const Package &one) {
            return one.name == QLatin1StringView(name) && one.origin == Package::Origin::Conda;
        });
    };
    QVERIFY(has(packages("copy"), "scipy") && has(packages("copy"), "numpy"));
    QVERIFY(!has(packages("训练"), "scipy"));
    for (const char *gone : {"训练", "copy", "/root/my env"})
        QCOMPARE(perform(removeJob(report, *report.find(gone))), 0);
    report = look();
    QCOMPARE(report.environments.size(), std::size_t(5));
}

void tst_EnvironmentJobs::packagesAreReallyInstalled()
{
    if (m_run->output("/usr/bin/python3 -m pip --version; /usr/bin/python3 -c 'import setuptools'")
            .contains("No module"))
        QSKIP("pip or setuptools is missing");
    m_run->output("mkdir -p /root/wheels && cd /root/wheels && /usr/bin/python3 - <<'END'\n"
                  "import zipfile\n"
                  "w = zipfile.ZipFile('danlu_probe-1.2-py3-none-any.whl', 'w')\n"
                  "w.writestr('danlu_probe.py', 'x = 1\\n')\n"
                  "d = 'danlu_probe-1.2.dist-info/'\n"
                  "w.writestr(d + 'METADATA', 'Metadata-Version: 2.1\\nName: "
                  "danlu-probe\\nVersion: 1.2\\n')\n"
                  "w.writestr(d + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: "
                  "py3-none-any\\n')\n"
                  "w.writestr(d + 'RECORD', '')\n"
                  "w.close()\nEND\n"
                  "mkdir -p /root/.config/pip && "
                  "printf '[global]\\nno-index = true\\nfind-links = /root/wheels\\n' "
                  ">/root/.config/pip/pip.conf");
    const Report report = look();
    QCOMPARE(perform(installJob(report, *report.find("verl"), {false, "danlu-probe", {}, nullptr})),
             0);
    const std::vector<Package> all = packages("verl");
    const auto found = std::find_if(all.begin(), all.end(), [](const Package &one) {
        return normalisedName(one.name) == QStringLiteral("danlu-probe");
    });
    QVERIFY(found != all.end());
    QCOMPARE(found->version, QStringLiteral("1.2"));
    QCOMPARE(found->origin, Package::Origin::Pip);
    QCOMPARE(
        perform(installJob(report, *report.find("cpu"), {false, "no-such-package", {}, nullptr})),
        1);
    m_run->output("printf 'danlu-probe==1.2\\n' >'/root/my reqs.txt'");
    QCOMPARE(
        perform(installJob(report, *report.find("cpu"), {false, {}, "/root/my reqs.txt", nullptr})),
        0);
    m_run->output("rm /root/.config/pip/pip.conf");
}

void tst_EnvironmentJobs::terminalsBeginWithCondaAndWithout()
{
    const QByteArray before = m_run->output("cat /root/.bashrc");
    QCOMPARE(perform(condaInitJob(look(), true)), 0);
    QVERIFY(look().isCondaInitialised);
    QCOMPARE(perform(condaInitJob(look(), false)), 0);
    QVERIFY(!look().isCondaInitialised);
    QCOMPARE(m_run->output("cat /root/.bashrc"), before);
}

void tst_EnvironmentJobs::mirrorsAreSetTwiceAndTakenBack()
{
    const Report before = look();
    for (const char *id : {"tuna", "tuna", "ustc"}) {
        QCOMPARE(perform(pipMirrorJob(before, mirrorById(id))), 0);
        QCOMPARE(perform(condaMirrorJob(before, mirrorById(id))), 0);
        const Settings now = look().settings;
        QCOMPARE(now.pipIndex->value, mirrorById(id)->pip);
        QCOMPARE(now.condaChannel->value, mirrorById(id)->conda + "/pkgs/main");
    }
    QCOMPARE(m_run->output("grep -c pkgs/main /root/.condarc"), QByteArray("1\n"));
    QCOMPARE(perform(pipMirrorJob(before, nullptr)), 0);
    QCOMPARE(perform(condaMirrorJob(before, nullptr)), 0);
    const Settings now = look().settings;
    QVERIFY(!now.pipIndex && !now.condaChannel);
}

void tst_EnvironmentJobs::theLinesOfOthersStayInBashrc()
{
    // No line end behind the last line, a link in its place, rights of its own.
    m_run->output("cp /root/.bashrc /root/real-rc; printf 'echo mine' >>/root/real-rc; "
                  "chmod 600 /root/real-rc; mv /root/.bashrc /root/bashrc.kept; "
                  "ln -s real-rc /root/.bashrc");
    const QByteArray before = m_run->output("cat /root/.bashrc; echo");
    const std::optional<QByteArray> mirror = QByteArray(hfMirror);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(perform(hfMirrorJob(look(), mirror)), 0);
        const Report report = look();
        QCOMPARE(report.settings.hfEndpoint->value, *mirror);
        QCOMPARE(report.settings.managed, QByteArrayList{"HF_ENDPOINT"});
        QCOMPARE(m_run->output("cat /root/.bashrc"),
                 "export HF_ENDPOINT=https://hf-mirror.com # danlu: HF_ENDPOINT\n" + before);
    }
    QCOMPARE(m_run->output(
                 "readlink /root/.bashrc; stat -c %a /root/real-rc; ls -A /root | grep danlu$"),
             QByteArray("real-rc\n600\n.danlu\n"));
    QCOMPARE(perform(hfMirrorJob(look(), std::nullopt)), 0);
    QCOMPARE(m_run->output("cat /root/.bashrc"), before);
    QVERIFY(!look().settings.hfEndpoint);
    m_run->output("mv /root/bashrc.kept /root/.bashrc");
}

void tst_EnvironmentJobs::aCacheMovesThereAndBack()
{
    m_run->output(
        "mkdir -p /root/.cache/huggingface/hub/blobs /root/.cache/huggingface/hub/snapshots "
        "/root/.cache/pip; cd /root/.cache/huggingface; echo weights >hub/blobs/1; "
        "ln -s ../blobs/1 hub/snapshots/model; echo secret >token; chmod 600 token; "
        "echo x >/root/.cache/pip/x; echo y >/root/miniconda3/pkgs/y");
    const Report before = look();
    for (const Cache cache : {Cache::HuggingFace, Cache::Pip, Cache::Conda})
        QCOMPARE(perform(moveCacheJob(before, cache, true)), 0);
    Settings now = look().settings;
    QCOMPARE(now.hfHome->value, QByteArray("/root/autodl-tmp/.cache/huggingface"));
    QCOMPARE(now.pipCache->value, QByteArray("/root/autodl-tmp/.cache/pip"));
    QCOMPARE(now.condaPkgs->value, QByteArray("/root/autodl-tmp/.cache/conda"));
    QCOMPARE(m_run->output("cd /root/autodl-tmp/.cache; cat huggingface/hub/snapshots/model pip/x "
                           "conda/y; stat -c %a huggingface/token; ls -d /root/.cache/pip "
                           "/root/.cache/huggingface /root/miniconda3/pkgs 2>/dev/null"),
             QByteArray("weights\nx\ny\n600\n"));
    for (const Cache cache : {Cache::HuggingFace, Cache::Pip, Cache::Conda})
        QCOMPARE(perform(moveCacheJob(before, cache, false)), 0);
    now = look().settings;
    QVERIFY(!now.hfHome && !now.pipCache && !now.condaPkgs);
    QCOMPARE(m_run->output("cat /root/.cache/huggingface/hub/snapshots/model /root/.cache/pip/x "
                           "/root/miniconda3/pkgs/y; ls -A /root/autodl-tmp/.cache"),
             QByteArray("weights\nx\ny\n"));
}

void tst_EnvironmentJobs::aCacheMoveThatWasBrokenOffGoesOn()
{
    // The setting can't be changed: the cache in use stays where it is said to be.
    m_run->output("mkdir -p /root/.cache/huggingface /root/.bashrc.danlu; "
                  "echo whole >/root/.cache/huggingface/a");
    QVERIFY(perform(moveCacheJob(look(), Cache::HuggingFace, true)) > 0);
    QCOMPARE(m_run->output("cat /root/.cache/huggingface/a; rm -r /root/.bashrc.danlu"),
             QByteArray("whole\n"));
    // As when it is killed in the midst of copying: half a file there, the setting as it was.
    m_run->output("printf who >/root/autodl-tmp/.cache/huggingface/a");
    QVERIFY(!look().settings.hfHome);
    QCOMPARE(perform(moveCacheJob(look(), Cache::HuggingFace, true)), 0);
    QCOMPARE(m_run->output("cat /root/autodl-tmp/.cache/huggingface/a"), QByteArray("whole\n"));
    QVERIFY(look().settings.hfHome);
    // And once more, after all is done.
    QCOMPARE(perform(moveCacheJob(look(), Cache::HuggingFace, true)), 0);
    QCOMPARE(m_run->output("cat /root/autodl-tmp/.cache/huggingface/a"), QByteArray("whole\n"));
}

void tst_EnvironmentJobs::aFullDataDiskChangesNothing()
{
    support::Rig rig;
    QCOMPARE(rig.start({QStringLiteral("--conda"), QStringLiteral("--full-disk"),
                        QStringLiteral("--load"), QStringLiteral("idle")}),
             QString());
    m_run = std::make_unique<JobRun>();
    QVERIFY(m_run->open(rig.passwordOptions()));
    m_run->output("mkdir -p /root/.cache/pip; head -c 3000000 /dev/urandom >/root/.cache/pip/x; "
                  "md5sum /root/.cache/pip/x >/root/sum");
    QVERIFY(perform(moveCacheJob(look(), Cache::Pip, true)) > 0);
    QVERIFY(m_log.contains("No space left") || m_log.contains("not enough room"));
    QVERIFY(!look().settings.pipCache);
    QCOMPARE(m_run->output("md5sum -c /root/sum"), QByteArray("/root/.cache/pip/x: OK\n"));
}

QTEST_GUILESS_MAIN(tst_EnvironmentJobs)
#include "tst_EnvironmentJobs.moc"
