// SPDX-License-Identifier: GPL-3.0-or-later
// Login commands as people really paste them: out of consoles, chats, manuals and shells.
#include "core/probe/LoginCommand.h"
#include "core/probe/LoginText.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace core;
using namespace core::probe;

class tst_LoginPaste : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRead_data();
    void isRead();
    void isRefused_data();
    void isRefused();
    void aPortThatIsNoneIsSaid_data();
    void aPortThatIsNoneIsSaid();
    void pathsOfWindowsKeepTheirBackslashes_data();
    void pathsOfWindowsKeepTheirBackslashes();
    void aProvidersPasswordIsNoWord();
    void aLongLineIsReadInTime();
};

void tst_LoginPaste::isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("password"); ///< "" = none
    const auto row = [](const char *text, const char *user, const char *host, int port,
                        const char *password = "") {
        const QString name = QString::fromUtf8(text).replace(u'\n', u'/');
        QTest::addRow("%s", qPrintable(name))
            << QString::fromUtf8(text) << QString::fromUtf8(user) << QString::fromUtf8(host) << port
            << QString::fromUtf8(password);
    };
    row("ssh -p 35394 root@region-1.autodl.com", "root", "region-1.autodl.com", 35394);
    row("ssh root@region-1.autodl.com -p 35394", "root", "region-1.autodl.com", 35394);
    row("ssh -p35394 root@h.com\r\nAb/+12cd==\r\n", "root", "h.com", 35394, "Ab/+12cd==");
    row("登录指令\nssh -p 31930 root@connect.westb.seetacloud.com\n密码\n********\n", "root",
        "connect.westb.seetacloud.com", 31930);
    row("登录指令\nssh -p 31930 root@connect.westb.seetacloud.com\n密码\n••••••••\n", "root",
        "connect.westb.seetacloud.com", 31930);
    row("登录指令 ssh -p 31930 root@connect.westb.seetacloud.com 密码 ******", "root",
        "connect.westb.seetacloud.com", 31930);
    row("忘记密码 点击重置\nssh -p 31930 root@connect.westb.seetacloud.com\n", "root",
        "connect.westb.seetacloud.com", 31930);
    row("ssh -p 31930 root@h.com\nPlease enter the password below\n", "root", "h.com", 31930);
    row("SSH登录\n登录指令\nssh -p 31930 root@h.com\n复制\n密码\nabcDEF123+/x\n复制\n查看帮助\n",
        "root", "h.com", 31930, "abcDEF123+/x");
    row("ssh -p 31930 root@h.com\n复制\nabcDEF123+/x\n", "root", "h.com", 31930);
    row("ssh -p 31930 root@h.com\n\n密码：abc d ef\n", "root", "h.com", 31930, "abc d ef");
    row("ssh -p 31930 root@h.com\npassword: 'my pass word'\n", "root", "h.com", 31930,
        "my pass word");
    row("ssh -p 31930 root@h.com\nmy pass word\n", "root", "h.com", 31930);
    row("sshpass -p 'abcDEF' ssh -p 123 root@h.com", "root", "h.com", 123, "abcDEF");
    row("sshpass -p abcDEF ssh -o StrictHostKeyChecking=no root@h.com -p 123", "root", "h.com", 123,
        "abcDEF");
    row("ssh://root@[2001:db8::1]:2222", "root", "2001:db8::1", 2222);
    row("ssh://root@[2001:db8::1]", "root", "2001:db8::1", 22);
    row("ssh -p 2222 root@2001:db8::1", "root", "2001:db8::1", 2222);
    row("ssh -6 root@fe80::1%eth0 -p 22", "root", "fe80::1%eth0", 22);
    row("ssh root@[2001:db8::1]:2222", "root", "2001:db8::1", 2222);
    row("ssh ssh://root@h.com:2222/", "root", "h.com", 2222);
    row("ssh://root:p%40ss@h.com:2222", "root", "h.com", 2222, "p%40ss");
    row("scp -rP 35394 ./data root@h.com:/root/autodl-tmp/", "root", "h.com", 35394);
    row("scp -P 35394 root@h.com:/root/x.tar .", "root", "h.com", 35394);
    row("scp -r -P 35394 -i ~/.ssh/id_rsa local.txt root@[2001:db8::5]:/x", "root", "2001:db8::5",
        35394);
    row("scp -o Port=35394 local.txt root@h.com:/x", "root", "h.com", 35394);
    row("scp scp://root@h.com:35394//root/x .", "root", "h.com", 35394);
    row("sftp -P 35394 root@h.com", "root", "h.com", 35394);
    row("sftp -oPort=35394 root@h.com", "root", "h.com", 35394);
    row("rsync -avP -e 'ssh -p 35394' ./data root@h.com:/root/", "root", "h.com", 35394);
    row("ssh -J jump@gw.com:2200 -p 22 root@10.0.0.5", "root", "10.0.0.5", 22);
    row("ssh -o ProxyJump=jump@gw.com:2200 root@10.0.0.5", "root", "10.0.0.5", 22);
    row("ssh -o 'ProxyCommand=ssh -W %h:%p gw' root@10.0.0.5", "root", "10.0.0.5", 22);
    row("ssh -l root -p 22 h.com", "root", "h.com", 22);
    row("ssh h.com", "", "h.com", 22);
    row("ssh -CNg -L 6006:127.0.0.1:6006 root@h.com -p 123", "root", "h.com", 123);
    row("ssh -CNg -L 6006:127.0.0.1:6006 -L 8888:[::1]:8888 -D 1080 -R 9000:localhost:9000 "
        "root@h.com -p 123",
        "root", "h.com", 123);
    row("ssh　－p　35394　root＠region-1．autodl．com", "root", "region-1.autodl.com", 35394);
    row("ssh -p 35394 root@region-1。autodl。com", "root", "region-1.autodl.com", 35394);
    row("“ssh -p 35394 root@h.com”", "root", "h.com", 35394);
    row("\"ssh -p 35394 root@h.com\"", "root", "h.com", 35394);
    row("'ssh -p 35394 root@h.com'", "root", "h.com", 35394);
    row("`ssh -p 35394 root@h.com`", "root", "h.com", 35394);
    row("「ssh -p 35394 root@h.com」", "root", "h.com", 35394);
    row("登录指令：ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("登录指令:ssh -p 35394 root@h.com，密码：abcDEF12", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com，密码：abcDEF12", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com, password: abcDEF12", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com / abcDEF12", "root", "h.com", 35394);
    row("\u200bssh -p 35394\u200b root@h.com\u200b", "root", "h.com", 35394);
    row("\ufeffssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh –p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh —p 35394 root@h.com", "root", "h.com", 35394);
    row("$ ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("PS C:\\Users\\x> ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("C:\\Users\\x>ssh -p 35394 root@h.com\r\nroot@h.com's password: ", "root", "h.com", 35394);
    row("root@autodl:~# ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("(base) user@laptop:~$ ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nThe authenticity of host '[h.com]:35394' can't be "
        "established.\nED25519 key fingerprint is SHA256:abc.\nAre you sure you want to continue "
        "connecting (yes/no)? yes\nroot@h.com's password:\n",
        "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nssh -p 111 root@other.com\npw: zzzzz\n", "root", "h.com", 35394);
    row("A: ssh -p 1111 root@a.com\n密码: aaaa1111\nB: ssh -p 2222 root@b.com\n密码: bbbb2222\n",
        "root", "a.com", 1111, "aaaa1111");
    row("密码: bbbb2222\nssh -p 2222 root@b.com", "root", "b.com", 2222, "bbbb2222");
    row("root@h.com:35394", "root", "h.com", 35394);
    row("root@h.com -p 35394", "root", "h.com", 35394);
    row("root@h.com -P 35394", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com nvidia-smi", "root", "h.com", 35394);
    row("ssh -p 35394 -t root@h.com 'tmux a || tmux'", "root", "h.com", 35394);
    row("ssh -i \"C:\\Users\\me\\my key.pem\" ubuntu@1.2.3.4", "ubuntu", "1.2.3.4", 22);
    row("ssh -i 'my key' -p 22 ubuntu@1.2.3.4", "ubuntu", "1.2.3.4", 22);
    row("ssh -i C:\\Users\\me\\.ssh\\id_rsa ubuntu@1.2.3.4", "ubuntu", "1.2.3.4", 22);
    row("ssh abcd1234-64410a7c@ssh.runpod.io -i ~/.ssh/id_ed25519", "abcd1234-64410a7c",
        "ssh.runpod.io", 22);
    row("ssh -p 41234 root@ssh5.vast.ai -L 8080:localhost:8080", "root", "ssh5.vast.ai", 41234);
    row("ssh -oHostName=1.2.3.4 -oPort=55 -oUser=root box", "root", "1.2.3.4", 55);
    row("ssh \\\n  -p 35394 \\\n  root@h.com", "root", "h.com", 35394);
    row("ssh -p 35394 \nroot@h.com", "root", "h.com", 35394);
    row("SSH -P 35394 root@h.com", "root", "h.com", 35394);
    row("Ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\npassword=abc=123:xyz\n", "root", "h.com", 35394, "abc=123:xyz");
    row("ssh -p 35394 root@h.com\n密码:a\n", "root", "h.com", 35394, "a");
    row("ssh -p 35394 root@h.com\nＡＢＣ１２３\n", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\n\n\n\nabcDEF12\n", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com abcDEF12", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nssh", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nexit\n", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nnvidia-smi\n", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nRunning\n", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nJupyterLab\n", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com # my box", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com;", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com.", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com,", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com。", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com)", "root", "h.com", 35394);
    row("(ssh -p 35394 root@h.com)", "root", "h.com", 35394);
    row("<code>ssh -p 35394 root@h.com</code>", "root", "h.com", 35394);
    row("[ssh -p 35394 root@h.com](x)", "root", "h.com", 35394);
    row("me@example.com", "me", "example.com", 22);
    row("ssh root@h.com:35394", "root", "h.com", 35394);
    row("ssh -p 35394 user@corp@h.com", "user@corp", "h.com", 35394);
    row("ssh -p 35394 DOMAIN\\\\user@h.com", "DOMAIN\\user", "h.com", 35394);
    row("plink -P 35394 root@h.com -pw abc", "root", "h.com", 35394, "abc");
    row("putty.exe -ssh root@h.com 35394", "root", "h.com", 35394);
    row("mosh --ssh=\"ssh -p 35394\" root@h.com", "root", "h.com", 35394);
    row("et root@h.com:2022", "root", "h.com", 2022);
    row("ssh-copy-id -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh-copy-id -i ~/.ssh/id.pub '-p 35394 root@h.com'", "root", "h.com", 35394);
    row("ssh -tt -p 35394 -o \"SetEnv X=1\" root@h.com", "root", "h.com", 35394);
    row("ssh -p=35394 root@h.com", "root", "h.com", 35394);
    row("ssh -p:35394 root@h.com", "root", "h.com", 35394);
    row("ssh root@h.com -p 35394 -p 22", "root", "h.com", 35394);
    row("autossh -M 0 -p 35394 root@h.com", "root", "h.com", 35394);
    row("kitty +kitten ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("sudo ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh -F none -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\tpassword\tabcDEF12", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com | 密码 | abcDEF12 |", "root", "h.com", 35394, "abcDEF12");
    row("Password:\nabcDEF12\nssh -p 35394 root@h.com", "root", "h.com", 35394, "abcDEF12");
    row("Username: root\nPassword: abcDEF12\nssh -p 35394 root@h.com", "root", "h.com", 35394,
        "abcDEF12");
    row("ssh -p 35394 root@h.com (密码: abcDEF12)", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com\n密码：“abcDEF12”", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com\n密码是 abcDEF12。", "root", "h.com", 35394, "abcDEF12");
    row("ssh -p 35394 root@h.com\u2028abcDEF12", "root", "h.com", 35394, "abcDEF12");
    row("ssh  -p  35394   root@h.com   ", "root", "h.com", 35394);
    row("ssh -p 35394 root@H.COM", "root", "H.COM", 35394);
    row("ssh -p 35394 'root@h.com'", "root", "h.com", 35394);
    row("ssh '-p' \"35394\" 'root'@'h.com'", "root", "h.com", 35394);
    row("ssh root@h.com\n-p 35394", "root", "h.com", 35394);
    row("Our mail is me@example.com.\nssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("Write to me@example.com:35394 for help", "me", "example.com", 35394);
    row("SSH into it with ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("SSH access: root@h.com:35394", "root", "h.com", 35394);
    row("ssh -p <port> root@host\nssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh -p 35394, root@h.com", "root", "h.com", 35394);
    row("sshpass -p '********' ssh -p 35394 root@h.com", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\n密码：abc12345 复制", "root", "h.com", 35394, "abc12345");
    row("ssh -p 35394 root@h.com\nUser: root Password: abc12345 Port: 22", "root", "h.com", 35394,
        "abc12345");
    row("密码\n复制\nabc/1234\nssh -p 35394 root@h.com", "root", "h.com", 35394, "abc/1234");
    row("ssh -p 35394 root@h.com\n/root/autodl-tmp", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\n2024-03-11", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\npython3", "root", "h.com", 35394);
    row("ssh -p 35394 root@h.com\nroot@h.com's password: Permission denied", "root", "h.com",
        35394);
    row("A: ssh -p 1111 root@a.com\n密码: ****\nB: ssh -p 2222 root@b.com\n密码: bbbb2222", "root",
        "a.com", 1111);
    row("A: ssh -p 1111 root@a.com\nB: ssh -p 2222 root@b.com\n密码: bbbb2222", "root", "a.com",
        1111);
    row("ssh://root:********@h.com:35394", "root", "h.com", 35394);
    row("C:\\Windows\\System32\\OpenSSH\\ssh.exe -p 35394 root@h.com", "root", "h.com", 35394);
}

void tst_LoginPaste::isRead()
{
    QFETCH(QString, text);
    QFETCH(QString, user);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QString, password);
    const auto login = parseLoginCommand(text);
    QVERIFY(login);
    QCOMPARE(login->host, host);
    QCOMPARE(login->user, user);
    QCOMPARE(int(login->port), port);
    QCOMPARE(login->password ? QString::fromUtf8(login->password->view()) : QString(), password);
}

void tst_LoginPaste::isRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("h.com:35394") << QString::fromUtf8("h.com:35394");
    QTest::newRow("Host my\n  HostName h.com\n  Port 35394\n  User root\n")
        << QString::fromUtf8("Host my\n  HostName h.com\n  Port 35394\n  User root\n");
    QTest::newRow("主机：h.com\n端口：35394\n用户名：root\n密码：abc123\n")
        << QString::fromUtf8("主机：h.com\n端口：35394\n用户名：root\n密码：abc123\n");
    QTest::newRow("ssh -p 35394 root@训练.com") << QString::fromUtf8("ssh -p 35394 root@训练.com");
    QTest::newRow("ssh -p 35394 root@") << QString::fromUtf8("ssh -p 35394 root@");
    QTest::newRow("ssh") << QString::fromUtf8("ssh");
    QTest::newRow("nothing") << QString::fromUtf8("");
    QTest::newRow("hello") << QString::fromUtf8("hello");
    QTest::newRow("ssh -p") << QString::fromUtf8("ssh -p");
    QTest::newRow("Email me@example.com for help")
        << QString::fromUtf8("Email me@example.com for help");
}

void tst_LoginPaste::isRefused()
{
    QFETCH(QString, text);
    const auto login = parseLoginCommand(text);
    QVERIFY2(!login, qPrintable(login ? login->host : QString()));
    QCOMPARE(login.error().code, ErrorCode::Parse);
}

void tst_LoginPaste::aPortThatIsNoneIsSaid_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("port");
    const auto row = [](const char *text, const char *port) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(port);
    };
    row("ssh -p 99999 root@h.com", "99999");
    row("ssh -p 0 root@h.com", "0");
    row("ssh -p abc root@h.com", "abc");
    row("ssh -p <port> root@h.com", "<port>");
    row("ssh -o Port=70000 root@h.com", "70000");
    row("ssh root@h.com:70000", "70000");
    row("root@h.com:70000", "70000");
    row("ssh://root@h.com:0", "0");
    row("scp -P 123456 x root@h.com:/y", "123456");
}

void tst_LoginPaste::aPortThatIsNoneIsSaid()
{
    QFETCH(QString, text);
    QFETCH(QString, port);
    const auto login = parseLoginCommand(text);
    QVERIFY(!login);
    QCOMPARE(login.error().code, ErrorCode::Parse);
    QCOMPARE(login.error().detail, QStringLiteral("invalid port ") + port);
}

void tst_LoginPaste::pathsOfWindowsKeepTheirBackslashes_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("identity");
    const auto row = [](const char *option, const char *identity) {
        QTest::addRow("%s", option) << QString::fromUtf8(option) << QString::fromUtf8(identity);
    };
    row(R"(-i "C:\Users\me\my key.pem")", R"(C:\Users\me\my key.pem)");
    row(R"(-i C:\Users\me\.ssh\id_rsa)", R"(C:\Users\me\.ssh\id_rsa)");
    row(R"(-i \\server\keys\id)", R"(\\server\keys\id)");
    row(R"(-i "a\"b\$c\\d")", R"(a"b$c\d)");
    row(R"(-i /home/me/my\ key)", R"(/home/me/my key)");
    row(R"(-i 'C:\my key')", R"(C:\my key)");
}

void tst_LoginPaste::pathsOfWindowsKeepTheirBackslashes()
{
    QFETCH(QString, option);
    QFETCH(QString, identity);
    const auto login =
        parseLoginCommand(QStringLiteral("ssh %1 -p 35394 ubuntu@1.2.3.4").arg(option));
    QVERIFY(login);
    QCOMPARE(login->identity.value_or(QString()), identity);
    QCOMPARE(login->host, QStringLiteral("1.2.3.4"));
    QCOMPARE(int(login->port), 35394);
}

/// Twelve random letters, digits and signs, of which an eighth has no digit and no sign.
void tst_LoginPaste::aProvidersPasswordIsNoWord()
{
    const QByteArray letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (const QByteArray &alphabet : {letters + "0123456789", letters + "0123456789+/"}) {
        QRandomGenerator random(7);
        int missed = 0;
        constexpr int tries = 3000;
        for (int i = 0; i < tries; ++i) {
            QByteArray password;
            for (int c = 0; c < 12; ++c)
                password += alphabet[qsizetype(random.bounded(quint32(alphabet.size())))];
            const auto login = parseLoginCommand(
                QString::fromLatin1("ssh -p 35394 root@region-1.autodl.com\n" + password));
            QVERIFY(login);
            missed += login->password == SecretBytes(password) ? 0 : 1;
        }
        // One that looks like "JupyterLab" by chance is asked for.
        QVERIFY2(missed <= tries / 500, QByteArray::number(missed).constData());
    }
}

void tst_LoginPaste::aLongLineIsReadInTime()
{
    for (const char *piece :
         {"ssh a ", "ssh - ", "密码 ", " ", "\"", "sshpass -p x ssh a ", "'ssh a@b:"}) {
        const QString text = QString::fromUtf8(piece).repeated(65536 / int(qstrlen(piece)));
        QElapsedTimer timer;
        timer.start();
        const auto login = parseLoginCommand(text);
        Q_UNUSED(login)
        QVERIFY2(timer.elapsed() < 5000, piece);
    }
}

QTEST_GUILESS_MAIN(tst_LoginPaste)
#include "tst_LoginPaste.moc"
