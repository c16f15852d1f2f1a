// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli key install|remove|accepted and what goes into ~/.ssh/config, as scripts see them.
#include "tests/support/CliRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

class tst_KeyInstallCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usageErrorsAreCode2();
    void aProfileIsSwitchedToAKey();
    void anAddressGetsTheKeyOnly();
    void aRefusalSaysWhy();
    void sshConfigIsInstalledAndUsed();

private:
    using Ran = support::CliRun;
    /// Words separated by blanks.
    Ran cli(const QString &words, const QByteArray &input = {});
    Ran run(const QString &program, const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] QString target() const
    {
        return QStringLiteral("root@127.0.0.1:%1").arg(m_rig.port());
    }
    [[nodiscard]] QByteArray password() const { return m_rig.text("password").toUtf8() + '\n'; }
    void keygen(const QString &name, const QString &passphrase = {});

    support::Rig m_rig;
    QTemporaryDir m_dir;
};

tst_KeyInstallCli::Ran tst_KeyInstallCli::run(const QString &program, const QStringList &arguments,
                                              const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(
        support::cliEnvironment(m_dir.path(), m_dir.filePath(QStringLiteral("config"))));
    // A session of its own: no terminal to ask on, whoever runs this.
    process.start(QStringLiteral("setsid"),
                  QStringList{QStringLiteral("--wait"), program} + arguments);
    return support::runToEnd(process, input);
}

tst_KeyInstallCli::Ran tst_KeyInstallCli::cli(const QString &words, const QByteArray &input)
{
    return run(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"), words.split(u' '), input);
}

void tst_KeyInstallCli::keygen(const QString &name, const QString &passphrase)
{
    QDir(m_dir.path()).mkpath(QStringLiteral(".ssh"));
    QCOMPARE(
        QProcess::execute(QStringLiteral("ssh-keygen"),
                          {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                           QStringLiteral("-C"), name, QStringLiteral("-N"), passphrase,
                           QStringLiteral("-f"), m_dir.filePath(QStringLiteral(".ssh/") + name)}),
        0);
}

void tst_KeyInstallCli::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--noisy-rc")}), QString());
    keygen(QStringLiteral("id_cli"));
    keygen(QStringLiteral("id_locked"), QStringLiteral("a phrase"));
}

void tst_KeyInstallCli::usageErrorsAreCode2()
{
    for (const char *words :
         {"key", "key fly", "key install", "key install a@b", "key remove a@b", "key accepted",
          "key accepted a@b --key x", "profile export-ssh-config --install --uninstall"})
        QCOMPARE(cli(QLatin1StringView(words)).code, 2);
}

void tst_KeyInstallCli::aProfileIsSwitchedToAKey()
{
    QCOMPARE(run(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"),
                 {QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("--name"),
                  QStringLiteral("rig"), QStringLiteral("--login"),
                  QStringLiteral("ssh -p %1 root@127.0.0.1").arg(m_rig.port())})
                 .code,
             0);
    const Ran done = cli(QStringLiteral("key install rig --key id_cli --password-stdin --host-key "
                                        "accept-new --json"),
                         password());
    QVERIFY2(done.code == 0, done.err.constData());
    QCOMPARE(done.json().value(u"path").toString(), QStringLiteral("/root/.ssh/authorized_keys"));
    QVERIFY(done.json().value(u"link_target").isNull());
    QVERIFY(!done.json().value(u"already_there").toBool());
    QVERIFY(done.json().value(u"profile_switched").toBool());
    const QJsonObject shown = cli(QStringLiteral("profile show rig --json")).json();
    QCOMPARE(shown.value(u"auth").toString(), QStringLiteral("key"));
    QCOMPARE(shown.value(u"identity").toString(), QStringLiteral("~/.ssh/id_cli"));
    // From now on without a word.
    const Ran accepted = cli(QStringLiteral("key accepted rig --json"));
    QVERIFY2(accepted.code == 0, accepted.err.constData());
    QCOMPARE(accepted.array().size(), 2);
    const QJsonObject key = accepted.array().at(1).toObject();
    QCOMPARE(key.value(u"comment").toString(), QStringLiteral("id_cli"));
    QCOMPARE(key.value(u"bits").toInt(), 256);
    QVERIFY(run(QStringLiteral("ssh-keygen"),
                {QStringLiteral("-lf"), m_dir.filePath(QStringLiteral(".ssh/id_cli.pub"))})
                .out.contains(key.value(u"fingerprint").toString().toUtf8()));
    // With a passphrase, behind the password.
    const Ran locked =
        cli(QStringLiteral("key install rig --key ~/.ssh/id_locked.pub --passphrase-stdin")
                .replace(u'~', m_dir.path()),
            "a phrase\n");
    QVERIFY2(locked.code == 0, locked.err.constData());
    QCOMPARE(cli(QStringLiteral("key install rig --key id_locked --json --identity ") +
                 m_dir.filePath(QStringLiteral(".ssh/id_cli")))
                 .error("code"),
             QStringLiteral("key-passphrase-needed"));
    QCOMPARE(cli(QStringLiteral("key remove rig --key id_locked --identity ") +
                 m_dir.filePath(QStringLiteral(".ssh/id_cli")))
                 .code,
             0);
    QCOMPARE(cli(QStringLiteral("key remove rig --key id_locked --json --identity ") +
                 m_dir.filePath(QStringLiteral(".ssh/id_cli")))
                 .error("code"),
             QStringLiteral("not-found"));
}

void tst_KeyInstallCli::anAddressGetsTheKeyOnly()
{
    const Ran done = cli(QStringLiteral("key install %1 --key id_cli --json --password-stdin "
                                        "--host-key accept-new")
                             .arg(target()),
                         password());
    QVERIFY2(done.code == 0, done.err.constData());
    QVERIFY(!done.json().value(u"profile_switched").toBool());
    QVERIFY(!done.json().value(u"password_removed").toBool());
    QCOMPARE(cli(QStringLiteral("key install %1 --key nokey --json --password-stdin").arg(target()),
                 password())
                 .error("code"),
             QStringLiteral("not-found"));
}

void tst_KeyInstallCli::aRefusalSaysWhy()
{
    keygen(QStringLiteral("id_refused"));
    const auto remote = [&](const QString &command) {
        return run(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"),
                   {QStringLiteral("exec"), target(), QStringLiteral("--password-stdin"),
                    QStringLiteral("--"), command},
                   password())
            .code;
    };
    QCOMPARE(remote(QStringLiteral("sed -i 's/^StrictModes.*/StrictModes yes/' "
                                   "/etc/ssh/rig/sshd_config && chmod 777 /root && "
                                   "n=$(grep -c listening /run/sshd.log) && "
                                   "kill -HUP $(pgrep -of 'sshd.*-D') && "
                                   "until [ $(grep -c listening /run/sshd.log) -gt $n ]; do :; "
                                   "done")),
             0);
    const Ran refused =
        cli(QStringLiteral("key install %1 --key id_refused --json --password-stdin").arg(target()),
            password());
    QCOMPARE(refused.code, 3);
    QCOMPARE(refused.error("code"), QStringLiteral("auth-rejected"));
    QCOMPARE(refused.error("step"), QStringLiteral("install"));
    QVERIFY2(refused.error("detail").contains(QStringLiteral("home-writable: /root")),
             refused.err.constData());
    QVERIFY(refused.error("detail").contains(QStringLiteral("removed again")));
    QCOMPARE(remote(QStringLiteral("chmod 700 /root")), 0);
}

void tst_KeyInstallCli::sshConfigIsInstalledAndUsed()
{
    const QString config = m_dir.filePath(QStringLiteral(".ssh/config"));
    QFile file(config);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("Host mine\n  Port 3\n") > 0);
    file.close();
    const Ran installed =
        cli(QStringLiteral("profile export-ssh-config --install --json ") + config);
    QVERIFY2(installed.code == 0, installed.err.constData());
    QVERIFY(installed.json().value(u"changed").toBool());
    QVERIFY(!installed.json().value(u"backup").toString().isEmpty());
    const Ran login =
        run(QStringLiteral("ssh"),
            {QStringLiteral("-F"), config, QStringLiteral("-o"), QStringLiteral("BatchMode=yes"),
             QStringLiteral("-i"), m_dir.filePath(QStringLiteral(".ssh/id_cli")),
             QStringLiteral("rig"), QStringLiteral("echo by name")});
    QVERIFY2(login.out.contains("by name"), login.err.constData());
    QVERIFY(!cli(QStringLiteral("profile export-ssh-config --install --json ") + config)
                 .json()
                 .value(u"changed")
                 .toBool());
    QCOMPARE(cli(QStringLiteral("profile export-ssh-config --uninstall ") + config).code, 0);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "Host mine\n  Port 3\n");
    QVERIFY(cli(QStringLiteral("profile share")).out.startsWith("rig: ssh -p "));
}

QTEST_GUILESS_MAIN(tst_KeyInstallCli)
#include "tst_KeyInstallCli.moc"
