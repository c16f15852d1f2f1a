// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/LoginCommand.h"

#include <QTest>

using namespace core::probe;

class tst_LoginCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands_data();
    void understands();
    void findsNoCommandIn_data();
    void findsNoCommandIn();
    void forwardsAreRead();
    void everyPrefixIsHarmless();
};

void tst_LoginCommand::understands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("password"); ///< "" = none
    QTest::addColumn<QString>("identity");
    QTest::addColumn<QString>("jump");
    const auto row = [](const char *name, const char *text, const char *user, const char *host,
                        int port, const char *password = "", const char *identity = "",
                        const char *jump = "") {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(user)
                            << QString::fromUtf8(host) << port << QString::fromUtf8(password)
                            << QString::fromUtf8(identity) << QString::fromUtf8(jump);
    };
    const char *autodl = "region-1.autodl.com";
    row("autodl", "ssh -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("port behind", "ssh root@region-1.autodl.com -p 35394", "root", autodl, 35394);
    row("port glued", "ssh -p35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("no port", "ssh root@region-1.autodl.com", "root", autodl, 22);
    row("no user", "ssh region-1.autodl.com", "", autodl, 22);
    row("user option", "ssh -l root region-1.autodl.com -p 35394", "root", autodl, 35394);
    row("seetacloud", "ssh -p 31930 root@connect.westb.seetacloud.com", "root",
        "connect.westb.seetacloud.com", 31930);
    row("scp", "scp -rP 35394 ./data root@region-1.autodl.com:/root/autodl-tmp", "root", autodl,
        35394);
    row("scp download", "scp -P 35394 root@region-1.autodl.com:/root/x.pt .", "root", autodl,
        35394);
    row("scp port apart", "scp -r -P 35394 root@region-1.autodl.com:/root/x .", "root", autodl,
        35394);
    row("sftp", "sftp -P 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("tunnel", "ssh -CNg -L 6006:127.0.0.1:6006 root@region-1.autodl.com -p 35394", "root",
        autodl, 35394);
    row("vast", "ssh -p 41234 root@ssh5.vast.ai -L 8080:localhost:8080", "root", "ssh5.vast.ai",
        41234);
    row("runpod", "ssh abc123-64411@ssh.runpod.io -i ~/.ssh/id_ed25519", "abc123-64411",
        "ssh.runpod.io", 22, "", "~/.ssh/id_ed25519");
    row("runpod tcp", "ssh root@213.173.98.10 -p 12345 -i ~/.ssh/id_ed25519", "root",
        "213.173.98.10", 12345, "", "~/.ssh/id_ed25519");
    row("lambda", "ssh ubuntu@192.9.240.1 -i key.pem", "ubuntu", "192.9.240.1", 22, "", "key.pem");
    row("featurize", "ssh featurize@workspace.featurize.cn -p 37376", "featurize",
        "workspace.featurize.cn", 37376);
    row("matpool", "ssh -p 28838 root@hz-4.matpool.com", "root", "hz-4.matpool.com", 28838);
    row("jump", "ssh -J me@gate.example.edu:2222 root@10.0.0.7", "root", "10.0.0.7", 22, "", "",
        "me@gate.example.edu:2222");
    row("jump by -o", "ssh -o ProxyJump=gate root@10.0.0.7", "root", "10.0.0.7", 22, "", "",
        "gate");
    row("options by -o", "ssh -o Port=35394 -o User=root region-1.autodl.com", "root", autodl,
        35394);
    row("-o with blank", "ssh -o \"Port 35394\" root@region-1.autodl.com", "root", autodl, 35394);
    row("-o glued", "ssh -oPort=35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("-o HostName", "ssh -o HostName=region-1.autodl.com -p 35394 root@mybox", "root", autodl,
        35394);
    row("-o unknown", "ssh -o StrictHostKeyChecking=no -p 35394 root@region-1.autodl.com", "root",
        autodl, 35394);
    row("identity by -o", "ssh -o IdentityFile=~/k root@region-1.autodl.com", "root", autodl, 22,
        "", "~/k");
    row("bundled", "ssh -NfL 8888:localhost:8888 -p 35394 root@region-1.autodl.com", "root", autodl,
        35394);
    row("verbose", "ssh -vvv -4 -A -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("remote command", "ssh -p 35394 root@region-1.autodl.com nvidia-smi -l 1", "root", autodl,
        35394);
    row("remote command with ssh in it", "ssh -p 35394 root@region-1.autodl.com 'ssh -p 1 x@y'",
        "root", autodl, 35394);
    row("url", "ssh://root@region-1.autodl.com:35394", "root", autodl, 35394);
    row("url in ssh", "ssh ssh://root@region-1.autodl.com:35394", "root", autodl, 35394);
    row("url slash", "ssh://root@region-1.autodl.com:35394/", "root", autodl, 35394);
    row("url password", "ssh://root:a/b+c@region-1.autodl.com:35394", "root", autodl, 35394,
        "a/b+c");
    row("bare target", "root@region-1.autodl.com:35394", "root", autodl, 35394);
    row("bare target and port", "root@region-1.autodl.com -p 35394", "root", autodl, 35394);
    row("host:port in ssh", "ssh root@region-1.autodl.com:35394", "root", autodl, 35394);
    row("ipv6", "ssh -p 2222 root@[2001:db8::7]", "root", "2001:db8::7", 2222);
    row("ipv6 port", "ssh://root@[2001:db8::7]:2222", "root", "2001:db8::7", 2222);
    row("double quotes", "ssh -p \"35394\" \"root@region-1.autodl.com\"", "root", autodl, 35394);
    row("single quotes", "ssh -i '/home/me/my key' -p 35394 'root@region-1.autodl.com'", "root",
        autodl, 35394, "", "/home/me/my key");
    row("escaped blank", "ssh -i /home/me/my\\ key root@region-1.autodl.com", "root", autodl, 22,
        "", "/home/me/my key");
    row("typographic quotes", "ssh -p 35394 “root@region-1.autodl.com”", "root", autodl, 35394);
    row("in backticks", "run `ssh -p 35394 root@region-1.autodl.com` now", "root", autodl, 35394);
    row("full width", "ｓｓｈ　－ｐ　３５３９４　ｒｏｏｔ＠ｒｅｇｉｏｎ－１．ａｕｔｏｄｌ．ｃｏｍ",
        "root", autodl, 35394);
    row("full-width at", "ssh -p 35394 root＠region-1.autodl.com", "root", autodl, 35394);
    row("en dash", "ssh –p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("no-break spaces", "ssh\u00a0-p\u00a035394\u00a0root@region-1.autodl.com", "root", autodl,
        35394);
    row("zero width", "ssh -p 35394 root@region-1.\u200bautodl.com", "root", autodl, 35394);
    row("prompt", "$ ssh -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("long prompt", "me@laptop:~$ ssh -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("windows prompt", "C:\\Users\\me> ssh -p 35394 root@region-1.autodl.com", "root", autodl,
        35394);
    row("ssh.exe", "ssh.exe -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("full path", "/usr/bin/ssh -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("upper case", "SSH -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("blanks around", "  \t ssh   -p  35394   root@region-1.autodl.com  \n", "root", autodl,
        35394);
    row("crlf", "ssh -p 35394 root@region-1.autodl.com\r\nabcDEF/12+34\r\n", "root", autodl, 35394,
        "abcDEF/12+34");
    row("continuation", "ssh -p 35394 \\\n  root@region-1.autodl.com", "root", autodl, 35394);
    row("password line", "ssh -p 35394 root@region-1.autodl.com\nabcDEF/12+34", "root", autodl,
        35394, "abcDEF/12+34");
    row("password after an empty line", "ssh -p 35394 root@region-1.autodl.com\n\nabcDEF/12+34",
        "root", autodl, 35394, "abcDEF/12+34");
    row("password with percent", "ssh -p 35394 root@region-1.autodl.com\nab%2Fcd%20e", "root",
        autodl, 35394, "ab%2Fcd%20e");
    row("password with at", "ssh -p 35394 root@region-1.autodl.com\np@ssw0rd!", "root", autodl,
        35394, "p@ssw0rd!");
    row("labelled", "ssh -p 35394 root@region-1.autodl.com\nPassword: abcDEF/12+34", "root", autodl,
        35394, "abcDEF/12+34");
    row("labelled Chinese", "登录指令：ssh -p 35394 root@region-1.autodl.com\n密码：abcDEF/12+34",
        "root", autodl, 35394, "abcDEF/12+34");
    row("label first", "密码 abcDEF/12+34\n登录指令 ssh -p 35394 root@region-1.autodl.com", "root",
        autodl, 35394, "abcDEF/12+34");
    row("label alone", "登录指令\nssh -p 35394 root@region-1.autodl.com\n密码\nabcDEF/12+34",
        "root", autodl, 35394, "abcDEF/12+34");
    row("one line", "ssh -p 35394 root@region-1.autodl.com 密码: abcDEF/12+34", "root", autodl,
        35394, "abcDEF/12+34");
    row("table row", "a1b2c3\tRTX 4090\tssh -p 35394 root@region-1.autodl.com", "root", autodl,
        35394);
    row("console text",
        "容器实例\n运行中\nRTX 4090 * 1卡\n登录指令\nssh -p 35394 "
        "root@region-1.autodl.com\n密码\nabcDEF/12+34\n快捷工具 JupyterLab",
        "root", autodl, 35394, "abcDEF/12+34");
    row("english text",
        "Connect with SSH: ssh -p 35394 root@region-1.autodl.com and enter your password", "root",
        autodl, 35394);
    row("next command is no password", "ssh -p 35394 root@region-1.autodl.com\nls -la /root",
        "root", autodl, 35394);
    row("next address is no password",
        "ssh -p 35394 root@region-1.autodl.com\nroot@region-2.autodl.com", "root", autodl, 35394);
    row("url below is no password",
        "ssh -p 35394 root@region-1.autodl.com\nhttps://example.com/abc", "root", autodl, 35394);
    row("socks", "ssh -D 1080 -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("underscore", "ssh my_user@gpu_box", "my_user", "gpu_box", 22);
    row("autossh", "autossh -M 0 -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
    row("word before", "use ssh: ssh -p 35394 root@region-1.autodl.com", "root", autodl, 35394);
}

void tst_LoginCommand::understands()
{
    QFETCH(QString, text);
    QFETCH(QString, user);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QString, password);
    QFETCH(QString, identity);
    QFETCH(QString, jump);
    const auto login = parseLoginCommand(text);
    QVERIFY(login);
    QCOMPARE(login->user, user);
    QCOMPARE(login->host, host);
    QCOMPARE(int(login->port), port);
    QCOMPARE(login->password ? QString::fromUtf8(login->password->view()) : QString(), password);
    QCOMPARE(login->identity.value_or(QString()), identity);
    QCOMPARE(login->jump.value_or(QString()), jump);
}

void tst_LoginCommand::findsNoCommandIn_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("blanks") << QStringLiteral(" \n\t ");
    QTest::newRow("a sentence") << QStringLiteral("I like ssh a lot");
    QTest::newRow("only options") << QStringLiteral("ssh -p 35394");
    QTest::newRow("a password") << QStringLiteral("abcDEF/12+34");
    QTest::newRow("a web address") << QStringLiteral("https://www.autodl.com/console");
    QTest::newRow("a broken host") << QStringLiteral("ssh root@-bad-");
    QTest::newRow("local copy") << QStringLiteral("scp a.txt b.txt");
}

void tst_LoginCommand::findsNoCommandIn()
{
    QFETCH(QString, text);
    if (QByteArray(QTest::currentDataTag()) == "a sentence")
        QEXPECT_FAIL("", "\"ssh a\" is a command as well; the chips show the host", Continue);
    const auto login = parseLoginCommand(text);
    QVERIFY(!login);
}

void tst_LoginCommand::forwardsAreRead()
{
    const auto login =
        parseLoginCommand(QStringLiteral("ssh -L 8080:localhost:80 -L 127.0.0.1:6006:10.0.0.1:6007 "
                                         "-R 9000:localhost:9001 -D 1080 root@h.example -p 5"));
    QVERIFY(login);
    const std::vector<PortForward> wanted{
        {PortForward::Kind::Local, QString(), 8080, QStringLiteral("localhost"), 80},
        {PortForward::Kind::Local, QStringLiteral("127.0.0.1"), 6006, QStringLiteral("10.0.0.1"),
         6007},
        {PortForward::Kind::Remote, QString(), 9000, QStringLiteral("localhost"), 9001},
        {PortForward::Kind::Dynamic, QString(), 1080, QString(), 0}};
    QVERIFY(login->forwards == wanted);
}

void tst_LoginCommand::everyPrefixIsHarmless()
{
    const QString text =
        QString::fromUtf8("登录指令：ssh -i 'a b' -o \"Port 35394\" -L [::1]:6006:127.0.0.1:6006 "
                          "root@[2001:db8::7] \\\n -J x\n密码：a\"b'c");
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const auto login = parseLoginCommand(text.left(length));
        if (login)
            QVERIFY(!login->host.isEmpty());
    }
}

QTEST_GUILESS_MAIN(tst_LoginCommand)
#include "tst_LoginCommand.moc"
