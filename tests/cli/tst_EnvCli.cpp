// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli env, as scripts see it.
#include "tests/support/CliRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

class tst_EnvCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usageErrorsAreCode2();
    void theReportIsJson();
    void sizesAndPackages();
    void theCardThatIsNotDrivenIsNamed();

private:
    using Ran = support::CliRun;
    Ran cli(const QStringList &words);
    Ran env(const QStringList &options)
    {
        return cli(QStringList{QStringLiteral("env"),
                               QStringLiteral("root@127.0.0.1:%1").arg(m_rig.port()),
                               QStringLiteral("--identity"), m_rig.text("key"),
                               QStringLiteral("--host-key"), QStringLiteral("accept-new"),
                               QStringLiteral("--json")} +
                   options);
    }

    support::Rig m_rig;
    QTemporaryDir m_dir;
};

tst_EnvCli::Ran tst_EnvCli::cli(const QStringList &words)
{
    QProcess process;
    process.setProcessEnvironment(
        support::cliEnvironment(m_dir.path(), m_dir.filePath(QStringLiteral("config"))));
    process.start(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"), words);
    return support::runToEnd(process, {}, 120000);
}

void tst_EnvCli::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--conda"), QStringLiteral("--noisy-rc"),
                          QStringLiteral("--load"), QStringLiteral("idle"),
                          QStringLiteral("--gpus"), QStringLiteral("2")}),
             QString());
}

void tst_EnvCli::usageErrorsAreCode2()
{
    QCOMPARE(cli({QStringLiteral("env")}).code, 2);
    QCOMPARE(
        env({QStringLiteral("--sizes"), QStringLiteral("--packages"), QStringLiteral("base")}).code,
        2);
    const Ran none = env({QStringLiteral("--packages"), QStringLiteral("nothing")});
    QCOMPARE(none.code, 1);
    QVERIFY2(none.err.contains("not-found"), none.err.constData());
}

void tst_EnvCli::theReportIsJson()
{
    const Ran ran = env({});
    QVERIFY2(ran.code == 0, ran.err.constData());
    const QJsonObject report = QJsonDocument::fromJson(ran.out).object();
    QCOMPARE(report.value(u"driver_cuda").toString(), QStringLiteral("12.4"));
    QCOMPARE(report.value(u"data_disk").toString(), QStringLiteral("/root/autodl-tmp"));
    QCOMPARE(report.value(u"conda").toObject().value(u"base").toString(),
             QStringLiteral("/root/miniconda3"));
    QVERIFY(report.value(u"nvidia_smi_error").isNull());
    const QJsonArray environments = report.value(u"environments").toArray();
    QCOMPARE(environments.size(), 5);
    QMap<QString, QJsonObject> byName;
    for (const QJsonValue &one : environments)
        byName.insert(one.toObject().value(u"name").toString(), one.toObject());
    QCOMPARE(byName[QStringLiteral("verl")].value(u"fit").toString(), QStringLiteral("works"));
    QVERIFY(byName[QStringLiteral("verl")].value(u"advice").isNull());
    QVERIFY(byName[QStringLiteral("verl")].value(u"size_bytes").isNull());
    QCOMPARE(byName[QStringLiteral("pytorch1")].value(u"fit").toString(),
             QStringLiteral("card-too-new"));
    QVERIFY(byName[QStringLiteral("pytorch1")].value(u"advice").toString().contains(
        QStringLiteral("--index-url https://download.pytorch.org/whl/cu124")));
}

void tst_EnvCli::sizesAndPackages()
{
    const Ran sizes = env({QStringLiteral("--sizes")});
    QVERIFY2(sizes.code == 0, sizes.err.constData());
    const QJsonArray environments =
        QJsonDocument::fromJson(sizes.out).object().value(u"environments").toArray();
    QVERIFY(environments[0].toObject().value(u"size_bytes").toDouble() > 0);
    const Ran packages = env({QStringLiteral("--packages"), QStringLiteral("verl")});
    QVERIFY2(packages.code == 0, packages.err.constData());
    const QJsonArray list = QJsonDocument::fromJson(packages.out).array();
    QCOMPARE(list.size(), 3);
    QCOMPARE(list[0].toObject().value(u"name").toString(), QStringLiteral("numpy"));
    QCOMPARE(list[0].toObject().value(u"from").toString(), QStringLiteral("conda"));
}

void tst_EnvCli::theCardThatIsNotDrivenIsNamed()
{
    // The second of the two is another card.
    const Ran made =
        cli({QStringLiteral("exec"), QStringLiteral("root@127.0.0.1:%1").arg(m_rig.port()),
             QStringLiteral("--identity"), m_rig.text("key"), QStringLiteral("--host-key"),
             QStringLiteral("accept-new"), QStringLiteral("--"),
             QStringLiteral(
                 "cat >/usr/local/sbin/nvidia-smi <<E\n#!/bin/sh\n$(command -v nvidia-smi) "
                 "\"\\$@\" | awk '/<product_name>/ && ++n == 2 {sub(/4090/, \"5090\")} 1'\nE\n"
                 "chmod +x /usr/local/sbin/nvidia-smi")});
    QVERIFY2(made.code == 0, made.err.constData());
    const QJsonObject report = QJsonDocument::fromJson(env({}).out).object();
    QCOMPARE(report.value(u"gpus").toArray().last().toString(),
             QStringLiteral("NVIDIA GeForce RTX 5090"));
    for (const QJsonValue &one : report.value(u"environments").toArray()) {
        if (one.toObject().value(u"name").toString() != u"verl")
            continue;
        QCOMPARE(one.toObject().value(u"fit").toString(), QStringLiteral("card-too-new"));
        QCOMPARE(one.toObject().value(u"fit_card").toString(), QStringLiteral("RTX 5090"));
        QCOMPARE(one.toObject().value(u"fit_gpus").toArray(), (QJsonArray{1}));
        return;
    }
    QFAIL("there is no such environment");
}

QTEST_GUILESS_MAIN(tst_EnvCli)
#include "tst_EnvCli.moc"
