// SPDX-License-Identifier: GPL-3.0-or-later
// ssh_config in and out, with OpenSSH's own client as the judge: ssh -G, and logins with ssh -F.
#include "core/profiles/SshConfig.h"
#include "core/profiles/SshConfigBlock.h"
#include "core/profiles/SshConfigExport.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace core;
using namespace core::profiles;

namespace {

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("a test file could not be written");
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What ssh makes of the file for a host; empty when it refuses it.
QMap<QString, QString> sshSays(const QString &file, const QString &host)
{
    QProcess process;
    process.start(QStringLiteral("ssh"), {QStringLiteral("-G"), QStringLiteral("-F"), file, host});
    QMap<QString, QString> said;
    if (!process.waitForFinished() || process.exitCode() != 0)
        return said;
    for (const QString &line :
         QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts)) {
        const QString keyword = line.section(u' ', 0, 0);
        if (!said.contains(keyword))
            said.insert(keyword, line.section(u' ', 1));
    }
    return said;
}

Profile box(const QString &name)
{
    Profile profile;
    profile.id = QStringLiteral("id-of-") + QString::fromLatin1(name.toUtf8().toHex());
    profile.name = name;
    profile.host = QStringLiteral("region-1.autodl.com");
    profile.port = 35394;
    profile.trustedKeys.push_back({"ssh-ed25519", QByteArray("\0\0\0\x0bssh-ed25519", 15)});
    return profile;
}

} // namespace

class tst_SshConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void importMeansWhatSshMeans_data();
    void importMeansWhatSshMeans();
    void whatIsSkippedIsListed();
    void aliasesAreSafeAndUnique();
    void sshReadsWhatIsExported();
    void theRestOfTheFileStays_data();
    void theRestOfTheFileStays();
    void theBlockWinsAndSwallowsNothing();
    void anEditedBlockLosesNoLine_data();
    void anEditedBlockLosesNoLine();
    void filesThatCantBeChangedAreLeft();
    void linksAndModesAreKept();
    void sshLogsInByTheBlock();

private:
    SshConfigBlockPlace place() const { return {m_file, m_knownHosts}; }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
    QString m_knownHosts;
};

void tst_SshConfig::initTestCase()
{
    NEED_SSHD();
}

void tst_SshConfig::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_file = m_dir->filePath(QStringLiteral("config"));
    m_knownHosts = m_dir->filePath(QStringLiteral("known hosts"));
}

void tst_SshConfig::importMeansWhatSshMeans_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray(
        "Host gpu\n  HostName h.example\n  Port 2222\n  User me\n");
    QTest::newRow("equals signs") << QByteArray("Host=gpu\nHostName = h\nPort=  22\nUser\t=\tme\n");
    QTest::newRow("quotes") << QByteArray("Host \"gpu\" 'two'\n HostName \"h\"\n User 'm e'\n "
                                          "IdentityFile \"/k/my \\\"key\\\" #1\"\n");
    QTest::newRow("comments") << QByteArray(
        "# Host no\nHost gpu # Host also-no\n HostName h # why\n  #Port 7\n User me#not\n");
    QTest::newRow("first wins") << QByteArray(
        "User first\nHost gpu\n User second\n Port 1\n Port 2\nHost *\n Port 3\n HostName x\n");
    QTest::newRow("negation") << QByteArray(
        "Host * !gpu\n User wrong\nHost !other g?u\n Port 44\nHost gpu other\n HostName h\n");
    QTest::newRow("case matters") << QByteArray("Host GPU\n Port 9\nHost gpu Gpu\n hOSTnAME h\n");
    QTest::newRow("brackets are no pattern") << QByteArray("Host g[p]u\n Port 9\nHost gpu\n");
    QTest::newRow("tokens") << QByteArray(
        "Host gpu\n HostName %h.lab.%%\n User me\n IdentityFile /k/%r@%n\n Port 5\n");
    QTest::newRow("jump") << QByteArray("Host gpu\n ProxyJump me@j:22\nHost *\n ProxyJump other\n");
    QTest::newRow("no jump") << QByteArray("Host gpu\n ProxyJump none\nHost *\n ProxyJump other\n");
    QTest::newRow("a command beats the jump")
        << QByteArray("Host gpu\n ProxyCommand nc %h %p\nHost *\n ProxyJump other\n");
    QTest::newRow("match all") << QByteArray("Host gpu\n Port 2\nMatch all\n User x\n");
    QTest::newRow("match is over") << QByteArray("Match user nobody\n Port 3\nHost gpu\n User x\n");
    QTest::newRow("include") << QByteArray("Include DIR/inc/*.conf\nHost gpu\n Port 7\n");
    QTest::newRow("include by folders") << QByteArray("Include DIR/*/b.conf\nHost gpu\n Port 7\n");
    QTest::newRow("include in another block")
        << QByteArray("Host other\n Include DIR/inc/*.conf\nHost gpu\n Port 7\n");
    QTest::newRow("include in its block")
        << QByteArray("Host gpu\n Include DIR/inc/b.conf\n HostName after\n Port 7\n");
    QTest::newRow("crlf") << QByteArray("Host gpu\r\n  HostName h\r\n  Port 8\r\n");
    QTest::newRow("no newline at the end") << QByteArray("Host gpu\n\tHostName\th");
    QTest::newRow("ipv6") << QByteArray("Host gpu\n HostName fe80::1\n");
    QTest::newRow("chinese") << QByteArray("Host gpu 显卡\n HostName h\n");
}

void tst_SshConfig::importMeansWhatSshMeans()
{
    QFETCH(QByteArray, text);
    QDir(m_dir->path()).mkdir(QStringLiteral("inc"));
    write(m_dir->filePath(QStringLiteral("inc/a.conf")), "Host gpu\n User from-a\n");
    write(m_dir->filePath(QStringLiteral("inc/b.conf")), "Host *\n HostName from-b\n");
    write(m_file, text.replace("DIR", m_dir->path().toUtf8()));
    const auto imported = importSshConfig(m_file);
    QVERIFY(imported);
    QVERIFY(std::any_of(imported->profiles.begin(), imported->profiles.end(),
                        [](const Profile &one) { return one.name == u"gpu"; }));
    for (const Profile &profile : imported->profiles) {
        const QMap<QString, QString> said = sshSays(m_file, profile.name);
        QVERIFY(!said.isEmpty());
        QCOMPARE(profile.host, said[QStringLiteral("hostname")]);
        QCOMPARE(QString::number(profile.port), said[QStringLiteral("port")]);
        QCOMPARE(profile.user, said[QStringLiteral("user")]);
        QCOMPARE(profile.jump, said.value(QStringLiteral("proxyjump")));
        const QString identity = said[QStringLiteral("identityfile")];
        if (identity != u"~/.ssh/id_rsa") // ssh's own list, where none is set
            QCOMPARE(profile.identityFile, QString(identity)
                                               .replace(QStringLiteral("%r"), profile.user)
                                               .replace(QStringLiteral("%n"), profile.name));
        else
            QVERIFY(profile.identityFile.isEmpty());
    }
}

void tst_SshConfig::whatIsSkippedIsListed()
{
    write(m_file, "Host a\n ForwardAgent yes\nMatch host x user y\n Port 3\nHost b\n ProxyJump "
                  "c,d\nInclude /no/such/file\n ProxyCommand x\n");
    const auto imported = importSshConfig(m_file);
    QVERIFY(imported);
    for (const QString &wanted :
         {QStringLiteral(":2: forwardagent"), QStringLiteral(":3: Match host x user y"),
          QStringLiteral(":6: ProxyJump over several hosts"), QStringLiteral("/no/such/file"),
          QStringLiteral(":8: proxycommand")})
        QCOMPARE(imported->skipped.filter(wanted).size(), 1);
    QVERIFY(imported->profiles[1].jump.isEmpty());
}

void tst_SshConfig::aliasesAreSafeAndUnique()
{
    const QStringList names{QStringLiteral("train"),
                            QStringLiteral("Train"),
                            QStringLiteral("train 2"),
                            QStringLiteral("我的 显卡"),
                            QStringLiteral("* ? !x"),
                            QStringLiteral("-oProxyCommand=x"),
                            QStringLiteral("a\nProxyCommand evil"),
                            QStringLiteral("\"quoted\" 'x' #c"),
                            QStringLiteral("$(id)`id`;|&"),
                            QStringLiteral("user@host:22,other"),
                            QStringLiteral("..."),
                            QString()};
    std::vector<Profile> profiles;
    for (const QString &name : names)
        profiles.push_back(box(name));
    const QStringList aliases = sshAliases(profiles);
    QCOMPARE(aliases.size(), names.size());
    QCOMPARE(aliases[0], QStringLiteral("train"));
    QCOMPARE(aliases[3], QStringLiteral("我的-显卡"));
    QSet<QString> seen;
    for (const QString &alias : aliases) {
        QVERIFY(!seen.contains(alias.toLower()));
        seen.insert(alias.toLower());
    }
    QVERIFY(installSshConfigBlock(place(), profiles));
    for (const QString &alias : aliases) {
        const auto said = sshSays(m_file, alias);
        QCOMPARE(said[QStringLiteral("hostname")], profiles[0].host);
        QCOMPARE(said[QStringLiteral("port")], QStringLiteral("35394"));
        QVERIFY(!said.contains(QStringLiteral("proxycommand")));
    }
}

void tst_SshConfig::sshReadsWhatIsExported()
{
    Profile key = box(QStringLiteral("key"));
    key.auth = AuthKind::Key;
    key.identityFile = QStringLiteral("/k/my key 100% #1");
    key.user = QStringLiteral("a user");
    key.jump = QStringLiteral("the jump");
    Profile jump = box(QStringLiteral("the jump"));
    jump.jump = QStringLiteral("ssh://me:secret@j.example:2200");
    Profile evil = box(QStringLiteral("evil"));
    evil.host = QStringLiteral("h\nProxyCommand touch /tmp/evil");
    Profile quote = box(QStringLiteral("quote"));
    quote.identityFile = QStringLiteral("/k/\"x");
    quote.auth = AuthKind::Key;
    const QString text = exportSshConfig({key, jump, evil, quote});
    QVERIFY(!text.contains(QStringLiteral("secret")));
    QCOMPARE(text.count(QStringLiteral("# left out: ")), 2);
    QVERIFY(!text.contains(QStringLiteral("\nProxyCommand")));
    write(m_file, text.toUtf8());
    const auto said = sshSays(m_file, QStringLiteral("key"));
    QCOMPARE(said[QStringLiteral("hostname")], key.host);
    QCOMPARE(said[QStringLiteral("user")], key.user);
    QCOMPARE(
        said[QStringLiteral("identityfile")].replace(QStringLiteral("%%"), QStringLiteral("%")),
        key.identityFile);
    QCOMPARE(said[QStringLiteral("identitiesonly")], QStringLiteral("yes"));
    QCOMPARE(said[QStringLiteral("proxyjump")], QStringLiteral("the-jump"));
    QCOMPARE(sshSays(m_file, QStringLiteral("the-jump"))[QStringLiteral("proxyjump")],
             QStringLiteral("me@j.example:2200"));
    // And what is written is read back.
    const auto back = importSshConfig(m_file);
    QCOMPARE(back->profiles.size(), std::size_t(2));
    QCOMPARE(back->profiles[0].identityFile, key.identityFile);
    QCOMPARE(back->profiles[0].user, key.user);
}

void tst_SshConfig::theRestOfTheFileStays_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("usual") << QByteArray("# mine\nUser me\n\nHost a\n    Port 3\n");
    QTest::newRow("no final newline") << QByteArray("Host a\n  Port 3");
    QTest::newRow("crlf") << QByteArray("Host a\r\n  Port 3\r\n\r\n");
    QTest::newRow("gbk and nul") << QByteArray("# \xb9\xab\xd4\xbf \0 x\nHost a\n", 18);
    QTest::newRow("match first") << QByteArray("Match host x\n  Port 3\n");
    QTest::newRow("only blanks") << QByteArray("\n\n  \n");
}

void tst_SshConfig::theRestOfTheFileStays()
{
    QFETCH(QByteArray, text);
    write(m_file, text);
    QVERIFY(!*hasSshConfigBlock(m_file));
    const auto first = installSshConfigBlock(place(), {box(QStringLiteral("one"))});
    QVERIFY(first && first->changed);
    QVERIFY(*hasSshConfigBlock(m_file));
    QVERIFY(read(m_file).endsWith(text));
    if (text.contains("\r\n"))
        QCOMPARE(read(m_file).count("\r\n"), read(m_file).count('\n'));
    QCOMPARE(read(first->backup), text);
    QCOMPARE(sshConfigBackup(m_file), first->backup);
    QCOMPARE(first->names, QStringList{QStringLiteral("one")});
    // Again: nothing is written.
    const QByteArray once = read(m_file);
    const auto same = installSshConfigBlock(place(), {box(QStringLiteral("one"))});
    QVERIFY(same && !same->changed && same->backup.isEmpty());
    QCOMPARE(read(m_file), once);
    // Others, and again without a copy.
    const auto more =
        installSshConfigBlock(place(), {box(QStringLiteral("two")), box(QStringLiteral("three"))});
    QVERIFY(more && more->changed && more->backup.isEmpty() && more->keptLines.isEmpty());
    QVERIFY(!read(m_file).contains("Host one"));
    QVERIFY(read(m_file).endsWith(text));
    const auto gone = removeSshConfigBlock(place());
    QVERIFY(gone && gone->changed);
    QCOMPARE(read(m_file), text);
    QVERIFY(!removeSshConfigBlock(place())->changed);
    QVERIFY(!QFile::exists(m_knownHosts));
}

void tst_SshConfig::theBlockWinsAndSwallowsNothing()
{
    write(m_file, "User everybody\nHost *\n  Port 99\n  HostName wrong\nHost mine\n  Port 3\n");
    const auto before = sshSays(m_file, QStringLiteral("mine"));
    QVERIFY(installSshConfigBlock(place(), {box(QStringLiteral("one"))}));
    QVERIFY(sshSays(m_file, QStringLiteral("mine")) == before);
    const auto said = sshSays(m_file, QStringLiteral("one"));
    QCOMPARE(said[QStringLiteral("hostname")], QStringLiteral("region-1.autodl.com"));
    QCOMPARE(said[QStringLiteral("port")], QStringLiteral("35394"));
    QCOMPARE(said[QStringLiteral("user")], QStringLiteral("root"));
    QCOMPARE(said[QStringLiteral("userknownhostsfile")], m_knownHosts);
}

void tst_SshConfig::anEditedBlockLosesNoLine_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("kept"); // the user's line is told of
    QTest::newRow("a line inside") << QByteArray("    Port 35394\n")
                                   << QByteArray("    Port 35394\n    ForwardAgent yes\n") << true;
    QTest::newRow("no end mark") << QByteArray("# <<< danlu\n") << QByteArray() << false;
    QTest::newRow("no end mark and a line inside")
        << QByteArray("Host *\n# <<< danlu\n") << QByteArray("    ForwardAgent yes\nHost *\n")
        << false;
    QTest::newRow("two blocks") << QByteArray("# <<< danlu\n")
                                << QByteArray("# <<< danlu\n# <<< danlu\n") << false;
    QTest::newRow("another line end")
        << QByteArray("Host *\n# <<<") << QByteArray("Host *  \r\n# <<<") << false;
}

void tst_SshConfig::anEditedBlockLosesNoLine()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(bool, kept);
    const QByteArray rest = "# mine\nHost mine\n  User me\n";
    write(m_file, rest);
    QVERIFY(installSshConfigBlock(place(), {box(QStringLiteral("one"))}));
    QByteArray text = read(m_file);
    QVERIFY(text.contains(from));
    text.replace(text.indexOf(from), from.size(), to);
    write(m_file, text);
    const auto again = installSshConfigBlock(place(), {box(QStringLiteral("two"))});
    QVERIFY(again && again->changed);
    const QByteArray now = read(m_file);
    QVERIFY(now.endsWith(rest));
    QCOMPARE(now.contains("ForwardAgent yes"), to.contains("ForwardAgent yes"));
    QCOMPARE(!again->keptLines.filter(QStringLiteral("ForwardAgent")).isEmpty(), kept);
    QCOMPARE(now.count("# >>> danlu"), 1);
    QCOMPARE(now.count("# <<< danlu"), 1);
    if (!to.contains("\r\n")) // that is no edit worth a copy
        QCOMPARE(read(again->backup), text);
    QCOMPARE(sshSays(m_file, QStringLiteral("two"))[QStringLiteral("port")],
             QStringLiteral("35394"));
    QCOMPARE(sshSays(m_file, QStringLiteral("mine"))[QStringLiteral("user")], QStringLiteral("me"));
    const auto third = installSshConfigBlock(place(), {box(QStringLiteral("two"))});
    QVERIFY(third && !third->changed);
}

void tst_SshConfig::filesThatCantBeChangedAreLeft()
{
    const QByteArray text = "\xef\xbb\xbfHost a\n";
    write(m_file, text);
    QVERIFY(sshSays(m_file, QStringLiteral("a")).isEmpty()); // the reason
    QCOMPARE(installSshConfigBlock(place(), {}).error().code, ErrorCode::Unsupported);
    QCOMPARE(read(m_file), text);
    QVERIFY(QFile::remove(m_file));
    QVERIFY(QFile::link(m_dir->filePath(QStringLiteral("nowhere")), m_file));
    QCOMPARE(installSshConfigBlock(place(), {}).error().code, ErrorCode::NotFound);
    const auto nowhere = installSshConfigBlock({QStringLiteral("/proc/danlu/config"), {}}, {});
    QVERIFY(!nowhere && nowhere.error().detail.contains(QStringLiteral("/proc/danlu/config")));
}

void tst_SshConfig::linksAndModesAreKept()
{
    const QString real = m_dir->filePath(QStringLiteral("dotfiles"));
    write(real, "Host a\n");
    QFile::setPermissions(real, QFile::Permissions(0x6644));
    QVERIFY(QFile::link(real, m_file));
    const auto done = installSshConfigBlock(place(), {box(QStringLiteral("one"))});
    QVERIFY(done && done->isLink);
    QCOMPARE(done->configFile, QFileInfo(real).canonicalFilePath());
    QVERIFY(QFileInfo(m_file).isSymbolicLink());
    const auto others = [](const QString &path) { return int(QFile::permissions(path)) & 0x7077; };
    QCOMPARE(others(real), 0x6044);
    QCOMPARE(others(done->backup), 0x6044);
    // And new ones are their owner's alone.
    const QString fresh = m_dir->filePath(QStringLiteral("new/.ssh/config"));
    QVERIFY(installSshConfigBlock({fresh, m_knownHosts}, {box(QStringLiteral("one"))}));
    QCOMPARE(others(fresh), 0x6000);
    QCOMPARE(others(m_knownHosts), 0x6000);
    QCOMPARE(others(QFileInfo(fresh).path()), 0x7000);
}

void tst_SshConfig::sshLogsInByTheBlock()
{
    support::SshServer server;
    support::SshServer jump;
    QCOMPARE(server.start(), QString());
    QCOMPARE(jump.start(), QString());
    const auto profileOf = [](const support::SshServer &at, const QString &name) {
        Profile profile = box(name);
        profile.host = QStringLiteral("127.0.0.1");
        profile.port = at.port();
        profile.user = at.options().user;
        profile.auth = AuthKind::Key;
        profile.identityFile = at.path(QStringLiteral("id"));
        profile.trustedKeys = {{at.hostKey().type, at.hostKey().blob}};
        return profile;
    };
    Profile far = profileOf(server, QStringLiteral("far away 远"));
    far.jump = QStringLiteral("the jump");
    const std::vector<Profile> all{profileOf(server, QStringLiteral("near")), far,
                                   profileOf(jump, QStringLiteral("the jump"))};
    QVERIFY(installSshConfigBlock(place(), all));
    const auto login = [&](const QString &name) {
        QProcess process;
        // BatchMode: whoever is asked anything fails.
        process.start(QStringLiteral("ssh"),
                      {QStringLiteral("-F"), m_file, QStringLiteral("-o"),
                       QStringLiteral("BatchMode=yes"), name, QStringLiteral("echo here")});
        process.waitForFinished(30000);
        return process.readAllStandardOutput() + process.readAllStandardError();
    };
    QCOMPARE(login(QStringLiteral("near")), "here\n");
    const qsizetype before = jump.log().count("Accepted");
    QCOMPARE(login(QStringLiteral("far-away-远")), "here\n");
    QCOMPARE(jump.log().count("Accepted"), before + 1);
    // Trust is the profile's: another key at the same address is refused.
    server.kill();
    server.newHostKey();
    QCOMPARE(server.start(), QString());
    QVERIFY(login(QStringLiteral("near")).contains("HAS CHANGED"));
}

QTEST_GUILESS_MAIN(tst_SshConfig)
#include "tst_SshConfig.moc"
