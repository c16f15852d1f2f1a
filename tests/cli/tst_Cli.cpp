// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli as scripts see it: exit codes, JSON, stderr, on the simulated instance.
#include "tests/support/CliRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStringEncoder>
#include <QTest>

class tst_Cli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usageErrorsAreCode2();
    void parsePrintsJson();
    void parseFailuresAreCode1();
    void execGivesTheRemoteCode();
    void execPassesStdin();
    void lsListsADirectory();
    void unknownHostKeyIsStrictWithoutATerminal();
    void aRevokedHostKeyIsRefused();
    void wrongPasswordIsCode3();
    void probePrintsTheSnapshot();
    void watchPrintsALinePerSample();
    void profilesAreKeptWithoutSecrets();
    void keysAreMadeListedAndShown();
    void aKeyIsNeverWrittenOver();
    void aMadeKeySignsIn();

private:
    using Ran = support::CliRun;
    Ran run(const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] QString target() const
    {
        return QStringLiteral("root@127.0.0.1:%1").arg(m_rig.port());
    }
    [[nodiscard]] QByteArray password() const { return m_rig.text("password").toUtf8() + '\n'; }

    support::Rig m_rig;
    QTemporaryDir m_dir;
};

tst_Cli::Ran tst_Cli::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_CONFIG_DIR"), m_dir.path());
    environment.insert(QStringLiteral("DANLU_SECRETS"), QStringLiteral("session"));
    environment.insert(QStringLiteral("HOME"), m_dir.path());
    process.setProcessEnvironment(environment);
    // A session of its own: no terminal to ask on, whoever runs this.
    process.start(
        QStringLiteral("setsid"),
        QStringList{QStringLiteral("--wait"), QStringLiteral(DANLU_BIN_DIR "/danlu-cli")} +
            arguments);
    return support::runToEnd(process, input);
}

void tst_Cli::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(
        m_rig.start({QStringLiteral("--gpus"), QStringLiteral("2"), QStringLiteral("--noisy-rc")}),
        QString());
}

void tst_Cli::usageErrorsAreCode2()
{
    QCOMPARE(run({}).code, 2);
    QCOMPARE(run({QStringLiteral("fly")}).code, 2);
    QCOMPARE(
        run({QStringLiteral("probe"), QStringLiteral("a@b"), QStringLiteral("--nonsense")}).code,
        2);
    QCOMPARE(run({QStringLiteral("watch"), QStringLiteral("a@b"), QStringLiteral("--count"),
                  QStringLiteral("1.7")})
                 .code,
             2);
    const Ran json = run({QStringLiteral("exec"), QStringLiteral("a@b"), QStringLiteral("--json")});
    QCOMPARE(json.code, 2);
    QCOMPARE(json.error().value(u"code").toString(), QStringLiteral("usage"));
    QVERIFY(json.out.isEmpty());
    QCOMPARE(run({QStringLiteral("--help")}).code, 0);
}

void tst_Cli::parsePrintsJson()
{
    const Ran login =
        run({QStringLiteral("parse"), QStringLiteral("login"), QStringLiteral("--json")},
            "ssh -p 35394 root@region-1.autodl.com\nabc/+D\n");
    QCOMPARE(login.code, 0);
    QCOMPARE(login.json().value(u"host").toString(), QStringLiteral("region-1.autodl.com"));
    QCOMPARE(login.json().value(u"port").toInt(), 35394);
    QCOMPARE(login.json().value(u"password").toString(), QStringLiteral("abc/+D"));
    QVERIFY(login.json().value(u"jump").isNull());
    const Ran smi =
        run({QStringLiteral("parse"), QStringLiteral("nvidia-smi-csv"), QStringLiteral("--json")},
            "index, name, utilization.gpu [%]\n0, NVIDIA L20, [N/A]\n");
    const QJsonObject gpu = smi.json().value(u"gpus").toArray().at(0).toObject();
    QCOMPARE(gpu.value(u"name").toString(), QStringLiteral("NVIDIA L20"));
    QVERIFY(gpu.value(u"util_percent").isNull());
    // PowerShell writes files so.
    QStringEncoder utf16(QStringEncoder::Utf16LE, QStringConverter::Flag::WriteBom);
    const QByteArray wide = utf16(QStringLiteral("ID=ubuntu\r\nVERSION_ID=\"22.04\"\r\n"));
    const Ran os = run(
        {QStringLiteral("parse"), QStringLiteral("os-release"), QStringLiteral("--json")}, wide);
    QCOMPARE(os.json().value(u"version_id").toString(), QStringLiteral("22.04"));
}

void tst_Cli::parseFailuresAreCode1()
{
    const Ran none =
        run({QStringLiteral("parse"), QStringLiteral("nvidia-smi-xml"), QStringLiteral("--json")},
            "No devices were found\n");
    QCOMPARE(none.code, 1);
    QVERIFY(none.error().value(u"detail").toString().startsWith(u"no-devices"));
    QCOMPARE(
        run({QStringLiteral("parse"), QStringLiteral("df"), QStringLiteral("/no/such/file")}).code,
        1);
    QCOMPARE(run({QStringLiteral("parse"), QStringLiteral("tea-leaves")}).code, 2);
}

void tst_Cli::execGivesTheRemoteCode()
{
    const QStringList options{QStringLiteral("--password-stdin"), QStringLiteral("--host-key"),
                              QStringLiteral("accept-new")};
    const Ran ran = run(
        QStringList{QStringLiteral("exec"), target()} + options +
            QStringList{QStringLiteral("--"), QStringLiteral("echo out; echo err >&2; exit 42")},
        password());
    QCOMPARE(ran.code, 42);
    QVERIFY(ran.out.endsWith("out\n"));
    QVERIFY(ran.err.contains("err\n"));
}

void tst_Cli::execPassesStdin()
{
    const Ran ran = run({QStringLiteral("exec"), target(), QStringLiteral("--password-stdin"),
                         QStringLiteral("--"), QStringLiteral("cat | sha256sum")},
                        password() + QByteArray(3000000, 'z'));
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.out.contains(
        QCryptographicHash::hash(QByteArray(3000000, 'z'), QCryptographicHash::Sha256).toHex()));
}

void tst_Cli::lsListsADirectory()
{
    const QStringList options{QStringLiteral("--identity"), m_rig.text("key"),
                              QStringLiteral("--host-key"), QStringLiteral("accept-new")};
    const auto ls = [&](const QString &what, bool json) {
        return run(QStringList{QStringLiteral("ls"), what} + options +
                   (json ? QStringList{QStringLiteral("--json")} : QStringList()));
    };
    const QString make = QStringLiteral(
        "mkdir -p l && cd l && printf abc > a && ln -sf a b && touch \"$(printf '\\304\\343')\" "
        "\"$(printf 'x\\ny')\" 你好");
    QCOMPARE(run(QStringList{QStringLiteral("exec"), target()} + options +
                 QStringList{QStringLiteral("--"), make})
                 .code,
             0);
    for (const QString &path : {QStringLiteral(":l"), QStringLiteral(":~/l/"),
                                QStringLiteral(":/root/l"), QStringLiteral(":./l")}) {
        const Ran ran = ls(target() + path, true);
        QCOMPARE(ran.code, 0);
        const QJsonArray entries = QJsonDocument::fromJson(ran.out).array();
        QCOMPARE(entries.size(), 5);
        const QJsonObject file = entries.at(0).toObject();
        QCOMPARE(file.value(u"name").toString(), QStringLiteral("a"));
        QCOMPARE(file.value(u"type").toString(), QStringLiteral("file"));
        QCOMPARE(file.value(u"size").toInt(), 3);
        QCOMPARE(file.value(u"mode").toString(), QStringLiteral("0644"));
        QVERIFY(!QDateTime::fromString(file.value(u"mtime").toString(), Qt::ISODate).isNull());
        QCOMPARE(entries.at(1).toObject().value(u"target").toString(), QStringLiteral("a"));
        QCOMPARE(entries.at(2).toObject().value(u"name").toString(), QStringLiteral("x\ny"));
        const QJsonObject odd = entries.at(3).toObject();
        QCOMPARE(odd.value(u"name").toString(), QStringLiteral("\\xc4\\xe3"));
        QCOMPARE(QByteArray::fromBase64(odd.value(u"name_base64").toString().toLatin1()),
                 "\xc4\xe3");
        QCOMPARE(entries.at(4).toObject().value(u"name").toString(), QStringLiteral("你好"));
    }
    const Ran text = ls(target() + QStringLiteral(":l"), false);
    QCOMPARE(text.out.count('\n'), 5); // a name with a newline is one line too
    QVERIFY(text.out.contains(" b -> a\n"));
    QVERIFY(text.out.contains("x\\x0ay"));
    const Ran missing = ls(target() + QStringLiteral(":/no/such"), true);
    QCOMPARE(missing.code, 1);
    QCOMPARE(missing.error().value(u"code").toString(), QStringLiteral("not-found"));
    QCOMPARE(run({QStringLiteral("ls")}).code, 2);
}

void tst_Cli::unknownHostKeyIsStrictWithoutATerminal()
{
    QTemporaryDir other;
    const Ran ran =
        run({QStringLiteral("probe"), target(), QStringLiteral("--config-dir"), other.path(),
             QStringLiteral("--json"), QStringLiteral("--password-stdin")},
            password());
    QCOMPARE(ran.code, 3);
    QCOMPARE(ran.error().value(u"code").toString(), QStringLiteral("host-key-unknown"));
    QCOMPARE(ran.error().value(u"step").toString(), QStringLiteral("hostkey"));
    QVERIFY(ran.error().value(u"detail").toString().contains(m_rig.text("fingerprint")));
}

void tst_Cli::aRevokedHostKeyIsRefused()
{
    // In a file that is named, and in the user's own, which counts for every target.
    for (const bool named : {true, false}) {
        QTemporaryDir other;
        const QString path = named ? other.filePath(QStringLiteral("hosts"))
                                   : m_dir.filePath(QStringLiteral(".ssh/known_hosts"));
        QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const core::ssh::HostKey key = m_rig.hostKey();
        const QByteArray entry = ' ' + key.type + ' ' + key.blob.toBase64() + '\n';
        const QByteArray name = "[127.0.0.1]:" + QByteArray::number(m_rig.port());
        file.write(name + entry + "@revoked *" + entry);
        file.close();
        QStringList arguments{QStringLiteral("probe"),      target(),
                              QStringLiteral("--host-key"), QStringLiteral("accept-new"),
                              QStringLiteral("--json"),     QStringLiteral("--password-stdin")};
        if (named)
            arguments += {QStringLiteral("--known-hosts"), path};
        const Ran ran = run(arguments, password());
        QVERIFY(file.remove());
        QCOMPARE(ran.code, 3);
        QCOMPARE(ran.error("code"), QStringLiteral("verify-failed"));
        QCOMPARE(ran.error("step"), QStringLiteral("hostkey"));
        QVERIFY(ran.error("detail").contains(QStringLiteral("revoked")));
    }
}

void tst_Cli::wrongPasswordIsCode3()
{
    const Ran ran = run({QStringLiteral("probe"), target(), QStringLiteral("--json"),
                         QStringLiteral("--password-stdin")},
                        "wrong\n");
    QCOMPARE(ran.code, 3);
    QCOMPARE(ran.error().value(u"code").toString(), QStringLiteral("auth-rejected"));
    QVERIFY(!ran.err.contains("wrong"));
}

void tst_Cli::probePrintsTheSnapshot()
{
    const Ran ran = run({QStringLiteral("probe"), target(), QStringLiteral("--json"),
                         QStringLiteral("--password-stdin")},
                        password());
    QVERIFY2(ran.code == 0, ran.err.constData());
    const QJsonObject snapshot = ran.json();
    QCOMPARE(snapshot.value(u"mode").toString(), QStringLiteral("gpu"));
    static const QRegularExpression utc(
        QStringLiteral("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z$"));
    QVERIFY(utc.match(snapshot.value(u"time").toString()).hasMatch());
    QVERIFY(snapshot.value(u"nvidia_smi_error").isNull());
    QCOMPARE(snapshot.value(u"gpus").toArray().size(), 2);
    QCOMPARE(snapshot.value(u"host").toObject().value(u"hostname").toString(),
             m_rig.text("hostname"));
    QCOMPARE(snapshot.value(u"cpu").toObject().value(u"limit_cores").toDouble(), 16.0);
    QCOMPARE(snapshot.value(u"memory").toObject().value(u"source").toString(),
             QStringLiteral("cgroup2"));
    bool data = false;
    for (const QJsonValue &disk : snapshot.value(u"disks").toArray())
        data =
            data || (disk[u"mount"].toString() == u"/root/autodl-tmp" &&
                     disk[u"role"].toString() == u"data" && disk[u"inodes_total"].toInteger() > 0);
    QVERIFY(data);
}

void tst_Cli::watchPrintsALinePerSample()
{
    const Ran ran = run({QStringLiteral("watch"), target(), QStringLiteral("--count"),
                         QStringLiteral("3"), QStringLiteral("--interval"), QStringLiteral("0.5"),
                         QStringLiteral("--password-stdin")},
                        password());
    QVERIFY2(ran.code == 0, ran.err.constData());
    const QList<QByteArray> lines = ran.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    for (const QByteArray &line : lines)
        QVERIFY(QJsonDocument::fromJson(line).object().contains(u"gpus"));
}

void tst_Cli::profilesAreKeptWithoutSecrets()
{
    const Ran added =
        run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("--name"),
             QStringLiteral("train"), QStringLiteral("--login"),
             QStringLiteral("ssh -p 35394 root@region-1.autodl.com"), QStringLiteral("--price"),
             QStringLiteral("1.98"), QStringLiteral("--password-stdin"), QStringLiteral("--json")},
            "s3cr3t/pass+\n");
    QCOMPARE(added.code, 0);
    QCOMPARE(added.json().value(u"price").toObject().value(u"per_hour").toString(),
             QStringLiteral("1.98"));
    QCOMPARE(run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("--name"),
                  QStringLiteral("train"), QStringLiteral("--login"), QStringLiteral("ssh a@b.c")})
                 .code,
             2);
    QVERIFY(run({QStringLiteral("profile"), QStringLiteral("list")})
                .out.contains("train\troot@region-1.autodl.com:35394\t1.98 CNY"));
    QCOMPARE(run({QStringLiteral("profile"), QStringLiteral("edit"), QStringLiteral("train"),
                  QStringLiteral("--rename"), QStringLiteral("run")})
                 .code,
             0);
    QCOMPARE(run({QStringLiteral("profile"), QStringLiteral("show"), QStringLiteral("train")}).code,
             1);
    QVERIFY(run({QStringLiteral("profile"), QStringLiteral("export-ssh-config")})
                .out.contains("Host run\n"));
    // Finer than a cent, and what is not said stays.
    const auto priceAfter = [&](const QStringList &words) {
        const Ran edited = run(QStringList{QStringLiteral("profile"), QStringLiteral("edit"),
                                           QStringLiteral("run"), QStringLiteral("--json")} +
                               words);
        const QJsonObject price = edited.json().value(u"price").toObject();
        return edited.code == 0 ? price.value(u"per_hour").toString() + u' ' +
                                      price.value(u"currency").toString()
                                : QString::number(edited.code);
    };
    const QString price = QStringLiteral("--price");
    const QString currency = QStringLiteral("--currency");
    QCOMPARE(priceAfter({price, QStringLiteral("0.2134"), currency, QStringLiteral("usd")}),
             QStringLiteral("0.2134 USD"));
    QCOMPARE(priceAfter({price, QStringLiteral("0.305")}), QStringLiteral("0.305 USD"));
    QCOMPARE(priceAfter({}), QStringLiteral("0.305 USD"));
    QCOMPARE(priceAfter({price, QStringLiteral("0.21345")}), QStringLiteral("2"));
    QCOMPARE(priceAfter({price, QStringLiteral("-1")}), QStringLiteral("2"));
    QCOMPARE(priceAfter({currency, QStringLiteral("GBP")}), QStringLiteral("2"));
    QVERIFY(run({QStringLiteral("profile"), QStringLiteral("list")}).out.contains("\t0.305 USD"));
    // The key's file is found from any folder.
    for (const auto &[said, kept] :
         {std::pair{QStringLiteral("keys/id"), QDir::current().filePath(QStringLiteral("keys/id"))},
          std::pair{QStringLiteral("~/.ssh/id"), QStringLiteral("~/.ssh/id")}}) {
        const Ran keyed =
            run({QStringLiteral("profile"), QStringLiteral("edit"), QStringLiteral("run"),
                 QStringLiteral("--identity"), said, QStringLiteral("--json")});
        QCOMPARE(keyed.json().value(u"identity").toString(), kept);
    }
    // Nothing that was written holds the secret.
    QProcess grep;
    grep.start(QStringLiteral("grep"),
               {QStringLiteral("-r"), QStringLiteral("s3cr3t"), m_dir.path()});
    QVERIFY(grep.waitForFinished());
    QCOMPARE(grep.exitCode(), 1);
    QCOMPARE(run({QStringLiteral("profile"), QStringLiteral("remove"), QStringLiteral("run")}).code,
             0);
}

void tst_Cli::keysAreMadeListedAndShown()
{
    const QString home = m_dir.path() + QStringLiteral("/.ssh/");
    const Ran made =
        run({QStringLiteral("key"), QStringLiteral("generate"), QStringLiteral("--name"),
             QStringLiteral("one"), QStringLiteral("--comment"), QStringLiteral("my key"),
             QStringLiteral("--json")});
    QVERIFY2(made.code == 0, made.err.constData());
    QCOMPARE(made.json().value(u"path").toString(), home + QStringLiteral("one"));
    QCOMPARE(made.json().value(u"type").toString(), QStringLiteral("ed25519"));
    QCOMPARE(made.json().value(u"comment").toString(), QStringLiteral("my key"));
    QCOMPARE(made.json().value(u"encrypted").toBool(true), false);
    QVERIFY(made.json().value(u"problem").isNull());
    const Ran locked =
        run({QStringLiteral("key"), QStringLiteral("generate"), QStringLiteral("--name"),
             QStringLiteral("two"), QStringLiteral("--type"), QStringLiteral("ecdsa"),
             QStringLiteral("--bits"), QStringLiteral("384"), QStringLiteral("--passphrase-stdin")},
            "pass phrase\n");
    QVERIFY2(locked.code == 0, locked.err.constData());
    QVERIFY(!locked.out.contains("pass phrase"));
    QProcess keygen;
    keygen.start(QStringLiteral("ssh-keygen"),
                 {QStringLiteral("-y"), QStringLiteral("-P"), QStringLiteral("pass phrase"),
                  QStringLiteral("-f"), home + QStringLiteral("two")});
    QVERIFY(keygen.waitForFinished());
    const Ran shown = run({QStringLiteral("key"), QStringLiteral("public"), QStringLiteral("two")});
    QCOMPARE(shown.code, 0);
    QCOMPARE(shown.out, keygen.readAllStandardOutput());
    QVERIFY(shown.out.startsWith("ecdsa-sha2-nistp384 "));

    const Ran listed =
        run({QStringLiteral("key"), QStringLiteral("list"), QStringLiteral("--json")});
    QCOMPARE(listed.code, 0);
    const QJsonArray keys = QJsonDocument::fromJson(listed.out).array();
    QCOMPARE(keys.size(), 2);
    QCOMPARE(keys[0].toObject(), made.json());
    QCOMPARE(keys[1].toObject().value(u"bits").toInt(), 384);
    QCOMPARE(keys[1].toObject().value(u"encrypted").toBool(), true);
    const Ran text = run({QStringLiteral("key"), QStringLiteral("list"), home});
    QCOMPARE(text.out.count('\n'), 2);
    QVERIFY(text.out.contains(
        made.json().value(u"fingerprint").toString(QStringLiteral("?")).toUtf8()));
    QCOMPARE(run({QStringLiteral("key"), QStringLiteral("public"), QStringLiteral("three")}).code,
             1);
}

void tst_Cli::aKeyIsNeverWrittenOver()
{
    const QString path = m_dir.path() + QStringLiteral("/kept");
    const QStringList generate{QStringLiteral("key"), QStringLiteral("generate"),
                               QStringLiteral("--name"), path, QStringLiteral("--json")};
    QCOMPARE(run(generate).code, 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    const Ran again = run(generate);
    QCOMPARE(again.code, 2);
    QCOMPARE(again.error().value(u"step").toString(), QStringLiteral("key"));
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), before);
    for (const QStringList &wrong : {QStringList{QStringLiteral("--type"), QStringLiteral("dsa")},
                                     QStringList{QStringLiteral("--type"), QStringLiteral("rsa"),
                                                 QStringLiteral("--bits"), QStringLiteral("1024")},
                                     QStringList{QStringLiteral("--type"), QStringLiteral("ecdsa"),
                                                 QStringLiteral("--bits"), QStringLiteral("500")}})
        QCOMPARE(run(QStringList{QStringLiteral("key"), QStringLiteral("generate"),
                                 QStringLiteral("--name"), QStringLiteral("wrong")} +
                     wrong)
                     .code,
                 2);
    QCOMPARE(run({QStringLiteral("key"), QStringLiteral("turn")}).code, 2);
    // What is no key is no reason to say that the connection failed.
    const Ran none = run({QStringLiteral("key"), QStringLiteral("public"),
                          QStringLiteral(DANLU_BIN_DIR "/danlu-cli"), QStringLiteral("--json")});
    QCOMPARE(none.code, 1);
    QCOMPARE(none.error().value(u"code").toString(), QStringLiteral("key-unusable"));
}

void tst_Cli::aMadeKeySignsIn()
{
    support::SshServer server;
    QCOMPARE(server.start(), QString());
    const QString key = m_dir.path() + QStringLiteral("/signs-in");
    QCOMPARE(
        run({QStringLiteral("key"), QStringLiteral("generate"), QStringLiteral("--name"), key,
             QStringLiteral("--type"), QStringLiteral("rsa"), QStringLiteral("--passphrase-stdin")},
            "pass phrase\n")
            .code,
        0);
    server.authorize(key + QStringLiteral(".pub"));
    const Ran ran = run({QStringLiteral("exec"),
                         server.options().user + QStringLiteral("@127.0.0.1:%1").arg(server.port()),
                         QStringLiteral("--identity"), key, QStringLiteral("--passphrase-stdin"),
                         QStringLiteral("--host-key"), QStringLiteral("accept-new"),
                         QStringLiteral("--"), QStringLiteral("echo in")},
                        "pass phrase\n");
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(ran.out, QByteArray("in\n"));
}

QTEST_GUILESS_MAIN(tst_Cli)
#include "tst_Cli.moc"
