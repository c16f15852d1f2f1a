// SPDX-License-Identifier: GPL-3.0-or-later
// "advise" and "cost" as scripts see them, on the simulated instance.
#include "tests/support/CliRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

class tst_AdviceCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wrongUsageIsSaid_data();
    void wrongUsageIsSaid();
    void whatIsWrongIsFound();
    void nothingIsFoundTooEarly();
    void nothingRanYet();
    void aProbeIsEnoughForTheCost();
    void anotherTargetIsNotFound();

private:
    using Ran = support::CliRun;
    Ran run(const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] QByteArray password() const { return m_rig.text("password").toUtf8() + '\n'; }

    support::Rig m_rig;
    QTemporaryDir m_dir;
};

tst_AdviceCli::Ran tst_AdviceCli::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_CONFIG_DIR"), m_dir.path());
    environment.insert(QStringLiteral("DANLU_SECRETS"), QStringLiteral("session"));
    environment.insert(QStringLiteral("HOME"), m_dir.path());
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    process.setProcessEnvironment(environment);
    process.start(
        QStringLiteral("setsid"),
        QStringList{QStringLiteral("--wait"), QStringLiteral(DANLU_BIN_DIR "/danlu-cli")} +
            arguments);
    return support::runToEnd(process, input, 120000);
}

void tst_AdviceCli::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--full-disk")}), QString());
    const Ran added =
        run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("--name"),
             QStringLiteral("box"), QStringLiteral("--login"),
             QStringLiteral("ssh -p %1 root@127.0.0.1").arg(m_rig.port()),
             QStringLiteral("--price"), QStringLiteral("3600")});
    QVERIFY2(added.code == 0, added.err.constData());
}

void tst_AdviceCli::wrongUsageIsSaid_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *words) {
        QTest::newRow(words) << QString::fromLatin1(words).split(u' ');
    };
    row("advise");
    row("advise one two");
    row("advise box --for 0");
    row("advise box --for soon");
    row("cost");
    row("cost guess");
    row("cost report box more");
    row("cost report --since yesterday");
    row("cost report --since 2026-13-01");
}

void tst_AdviceCli::wrongUsageIsSaid()
{
    QFETCH(QStringList, words);
    const Ran ran = run(words + QStringList{QStringLiteral("--json")});
    QCOMPARE(ran.code, 2);
    QCOMPARE(ran.error("code"), QStringLiteral("usage"));
    QVERIFY(ran.out.isEmpty());
}

void tst_AdviceCli::whatIsWrongIsFound()
{
    const Ran ran = run({QStringLiteral("advise"), QStringLiteral("box"), QStringLiteral("--for"),
                         QStringLiteral("31"), QStringLiteral("--host-key"),
                         QStringLiteral("accept-new"), QStringLiteral("--password-stdin")},
                        password());
    QVERIFY2(ran.code == 0, ran.err.constData());
    const QList<QByteArray> lines = ran.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 1);
    const QJsonObject finding = QJsonDocument::fromJson(lines.front()).object();
    QCOMPARE(finding.value(u"kind").toString(), QStringLiteral("disk-full"));
    QCOMPARE(finding.value(u"key").toString(), QStringLiteral("disk-full:/root/autodl-tmp"));
    const QJsonObject facts = finding.value(u"facts").toObject();
    QCOMPARE(facts.value(u"mount").toString(), QStringLiteral("/root/autodl-tmp"));
    QCOMPARE(facts.value(u"role").toString(), QStringLiteral("data"));
    QVERIFY(facts.value(u"percent").toDouble() > 99);
    for (const char *word : {"title", "reason", "action"})
        QVERIFY(!finding.value(QLatin1StringView(word)).toString().isEmpty());
    const QDateTime since =
        QDateTime::fromString(finding.value(u"since").toString(), Qt::ISODateWithMs);
    QVERIFY(since.isValid() && since.secsTo(QDateTime::currentDateTimeUtc()) >= 30);
}

void tst_AdviceCli::nothingIsFoundTooEarly()
{
    const Ran ran = run({QStringLiteral("advise"), QStringLiteral("box"), QStringLiteral("--for"),
                         QStringLiteral("1"), QStringLiteral("--password-stdin")},
                        password());
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(ran.out, QByteArray());
}

void tst_AdviceCli::nothingRanYet()
{
    QTemporaryDir other;
    const Ran ran = run({QStringLiteral("cost"), QStringLiteral("report"), QStringLiteral("--json"),
                         QStringLiteral("--config-dir"), other.path()});
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(ran.json().value(u"today")[u"running_s"].toInt(-1), 0);
    QVERIFY(ran.json().value(u"instances").toArray().isEmpty());
    QVERIFY(!QFile::exists(other.filePath(QStringLiteral("runs.db"))));
}

void tst_AdviceCli::aProbeIsEnoughForTheCost()
{
    const Ran probe = run({QStringLiteral("probe"), QStringLiteral("box"), QStringLiteral("--json"),
                           QStringLiteral("--password-stdin")},
                          password());
    QVERIFY2(probe.code == 0, probe.err.constData());
    const qint64 uptime = probe.json().value(u"host")[u"uptime_s"].toInteger();
    QVERIFY(uptime > 0);
    const QString yesterday =
        QDateTime::currentDateTimeUtc().date().addDays(-1).toString(Qt::ISODate);
    const Ran ran = run({QStringLiteral("cost"), QStringLiteral("report"), QStringLiteral("box"),
                         QStringLiteral("--json"), QStringLiteral("--since"), yesterday});
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(ran.json().value(u"time_zone").toString(), QStringLiteral("UTC"));
    const QJsonObject total = ran.json().value(u"total").toObject();
    const qint64 running = total.value(u"running_s").toInteger();
    QVERIFY2(qAbs(running - uptime) <= 3, ran.out.constData());
    // 3600 an hour is one a second.
    const double cost = total.value(u"cost")[u"CNY"].toString().toDouble();
    QVERIFY2(qAbs(cost - double(running)) <= 1, ran.out.constData());
    QCOMPARE(ran.json().value(u"instances").toArray().size(), 1);
    QCOMPARE(ran.json().value(u"cards")[0][u"card"].toString(),
             QStringLiteral("NVIDIA GeForce RTX 4090"));
    QVERIFY(ran.json().value(u"instances")[0][u"release"].isNull());
    // Tomorrow's midnight: nothing ran since then.
    const QString tomorrow =
        QDateTime::currentDateTimeUtc().date().addDays(1).toString(Qt::ISODate);
    const Ran later = run({QStringLiteral("cost"), QStringLiteral("report"),
                           QStringLiteral("--json"), QStringLiteral("--since"), tomorrow});
    QCOMPARE(later.code, 0);
    QVERIFY(later.json().value(u"instances").toArray().isEmpty());
    const Ran text = run({QStringLiteral("cost"), QStringLiteral("report")});
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.contains("today") && text.out.contains("box"), text.out.constData());
}

void tst_AdviceCli::anotherTargetIsNotFound()
{
    const Ran ran = run({QStringLiteral("cost"), QStringLiteral("report"), QStringLiteral("nobody"),
                         QStringLiteral("--json")});
    QCOMPARE(ran.code, 1);
    QCOMPARE(ran.error("code"), QStringLiteral("not-found"));
}

QTEST_GUILESS_MAIN(tst_AdviceCli)
#include "tst_AdviceCli.moc"
