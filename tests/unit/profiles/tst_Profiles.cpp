// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/ProfileStore.h"
#include "core/profiles/Providers.h"
#include "core/profiles/Sharing.h"
#include "core/profiles/SshConfig.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::profiles;

namespace {

Profile sample(const char *name)
{
    Profile profile;
    profile.name = QLatin1StringView(name);
    profile.host = QStringLiteral("region-1.autodl.com");
    profile.port = 35394;
    profile.price = Price{19800, QStringLiteral("CNY")};
    profile.trustedKeys.push_back({"ssh-ed25519", QByteArray("\0\1\2", 3)});
    profile.forwards.push_back(
        {probe::PortForward::Kind::Local, QString(), 6006, QStringLiteral("127.0.0.1"), 6006});
    profile.note = QStringLiteral("显卡");
    return profile;
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        file.write(text);
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_Profiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSavedComesBack();
    void onlyTheOwnerMayReadTheFile();
    void aCorruptFileIsKeptAside_data();
    void aCorruptFileIsKeptAside();
    void brokenEntriesCostNoOthers();
    void portsAreReadOrRefused_data();
    void portsAreReadOrRefused();
    void aNewerFileIsNotTouched();
    void unknownFieldsSurvive();
    void pricesAreKeptToTheTenThousandth_data();
    void pricesAreKeptToTheTenThousandth();
    void twoProgramsDoNotOverwriteEachOther();
    void namesAreUnique();
    void aReadOnlyFolderIsAnErrorAndChangesNothing();
    void loginCommandsBecomeProfiles();
    void sshConfigIsRead();
    void sshConfigIsWritten();
    void whatIsSharedHoldsNoSecret();
};

void tst_Profiles::whatIsSavedComesBack()
{
    QTemporaryDir dir;
    ProfileStore store(dir.filePath(QStringLiteral("a/b")));
    QVERIFY(store.load());
    const auto added = store.add(sample("one"));
    QVERIFY(added);
    QVERIFY(!added->id.isEmpty());
    QVERIFY(store.add(sample("two")));
    QVERIFY(store.move(added->id, 1));
    ProfileStore again(dir.filePath(QStringLiteral("a/b")));
    QVERIFY(again.load());
    QVERIFY(again.profiles() == store.profiles());
    QCOMPARE(again.profiles()[1], *added);
    QVERIFY(again.remove(added->id));
    QCOMPARE(again.profiles().size(), std::size_t(1));
}

void tst_Profiles::onlyTheOwnerMayReadTheFile()
{
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    QVERIFY(store.add(sample("one")));
    const auto others =
        QFile::permissions(store.filePath()) &
        (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther);
    QCOMPARE(int(others), 0);
}

void tst_Profiles::aCorruptFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray("{\"version\": 1, \"profiles\": [{\"id\": \"x\"");
    QTest::newRow("rubbish") << QByteArray("\0\1\2\3", 4);
    QTest::newRow("another document") << QByteArray("[1, 2]");
    QTest::newRow("no host") << QByteArray(
        R"({"version": 1, "profiles": [{"id": "x", "name": "y"}]})");
}

void tst_Profiles::aCorruptFileIsKeptAside()
{
    QFETCH(QByteArray, text);
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    write(store.filePath(), text);
    const auto loaded = store.load();
    QVERIFY(loaded);
    QVERIFY(loaded->corruptKeptAs.contains(QStringLiteral(".corrupt-")));
    QCOMPARE(read(loaded->corruptKeptAs), text);
    QVERIFY(store.profiles().empty());
    QVERIFY(store.add(sample("one")));
    QVERIFY(store.load()->corruptKeptAs.isEmpty());
}

void tst_Profiles::brokenEntriesCostNoOthers()
{
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    const QByteArray text = R"({"version": 1, "later": 5, "profiles": [
        {"id": "a", "name": "first", "host": "a.example"}, {"id": "b", "name": "no host"}, 7,
        {"id": "c", "name": "last", "host": "c.example", "port": 2222}]})";
    write(store.filePath(), text);
    const auto loaded = store.load();
    QVERIFY(loaded);
    QCOMPARE(loaded->lostProfiles, 2);
    QCOMPARE(read(loaded->corruptKeptAs), text);
    QCOMPARE(store.profiles().size(), std::size_t(2));
    QCOMPARE(store.profiles()[1].port, quint16(2222));
    // Said once: the file holds the good ones now, and what else it held.
    const auto again = store.load();
    QVERIFY(again && again->corruptKeptAs.isEmpty());
    QCOMPARE(store.profiles().size(), std::size_t(2));
    QVERIFY(read(store.filePath()).contains("later"));
}

void tst_Profiles::portsAreReadOrRefused_data()
{
    QTest::addColumn<QByteArray>("port");
    QTest::addColumn<int>("wanted"); ///< 0 = the entry is broken
    QTest::newRow("number") << QByteArray("2222") << 2222;
    QTest::newRow("text") << QByteArray("\"2222\"") << 2222;
    QTest::newRow("no number") << QByteArray("\"ssh\"") << 0;
    QTest::newRow("too large") << QByteArray("99999") << 0;
    QTest::newRow("negative") << QByteArray("-1") << 0;
    QTest::newRow("a fraction") << QByteArray("22.5") << 0;
    QTest::newRow("null") << QByteArray("null") << 0;
}

void tst_Profiles::portsAreReadOrRefused()
{
    QFETCH(QByteArray, port);
    QFETCH(int, wanted);
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    write(store.filePath(),
          R"({"version": 1, "profiles": [{"id": "a", "name": "n", "host": "h", "port": )" + port +
              "}]}");
    QVERIFY(store.load());
    QCOMPARE(store.profiles().size(), std::size_t(wanted > 0));
    if (wanted > 0)
        QCOMPARE(int(store.profiles()[0].port), wanted);
}

void tst_Profiles::aNewerFileIsNotTouched()
{
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    const QByteArray text = R"({"version": 99, "profiles": []})";
    write(store.filePath(), text);
    QCOMPARE(store.load().error().code, ErrorCode::Unsupported);
    QCOMPARE(store.add(sample("one")).error().code, ErrorCode::Unsupported);
    QCOMPARE(read(store.filePath()), text);
}

void tst_Profiles::unknownFieldsSurvive()
{
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    write(
        store.filePath(),
        R"({"version": 1, "later": true, "profiles": [{"id": "x", "name": "y", "host": "h", "colour": "red"}]})");
    QVERIFY(store.load());
    Profile changed = *store.byName(QStringLiteral("y"));
    changed.port = 7;
    QVERIFY(store.update(changed));
    const QByteArray text = read(store.filePath());
    QVERIFY(text.contains("\"colour\": \"red\""));
    QVERIFY(text.contains("\"later\": true"));
    QVERIFY(text.contains("\"port\": 7"));
}

void tst_Profiles::pricesAreKeptToTheTenThousandth_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isPriced");
    QTest::addColumn<qint64>("tenThousandths");
    QTest::addColumn<QByteArray>("written");
    const auto row = [](const char *name, const char *json, std::optional<qint64> price,
                        const char *written) {
        QTest::newRow(name) << QByteArray(json) << price.has_value() << price.value_or(0)
                            << QByteArray(written);
    };
    row("before there were finer ones", R"({"minorPerHour": 198, "currency": "CNY"})", 19800,
        R"({"currency":"CNY","minorPerHour":198})");
    row("finer than a cent", R"({"minorPerHour": 21, "hundredthsOfMinor": 34, "currency": "USD"})",
        2134, R"({"currency":"USD","hundredthsOfMinor":34,"minorPerHour":21})");
    row("less than a cent", R"({"minorPerHour": 0, "hundredthsOfMinor": 5, "currency": "USD"})", 5,
        R"({"currency":"USD","hundredthsOfMinor":5,"minorPerHour":0})");
    row("free", R"({"minorPerHour": 0, "currency": "USD"})", 0,
        R"({"currency":"USD","minorPerHour":0})");
    row("a rest that is none",
        R"({"minorPerHour": 21, "hundredthsOfMinor": 100, "currency": "USD"})", 2100,
        R"({"currency":"USD","minorPerHour":21})");
    row("more than there is", R"({"minorPerHour": 9223372036854775807, "currency": "USD"})",
        std::nullopt, "");
    row("no price", "{}", std::nullopt, "");
}

void tst_Profiles::pricesAreKeptToTheTenThousandth()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isPriced);
    QFETCH(qint64, tenThousandths);
    QFETCH(QByteArray, written);
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    write(store.filePath(),
          R"({"version": 1, "profiles": [{"id": "x", "name": "y", "host": "h", "price": )" + json +
              "}]}");
    QVERIFY(store.load());
    Profile profile = *store.byName(QStringLiteral("y"));
    QCOMPARE(profile.price.has_value(), isPriced);
    if (isPriced)
        QCOMPARE(profile.price->tenThousandths, tenThousandths);
    profile.port = 7;
    QVERIFY(store.update(profile));
    const QJsonValue price =
        QJsonDocument::fromJson(read(store.filePath()))[u"profiles"][0][u"price"];
    QCOMPARE(price.isObject() ? QJsonDocument(price.toObject()).toJson(QJsonDocument::Compact)
                              : QByteArray(),
             written);
}

void tst_Profiles::twoProgramsDoNotOverwriteEachOther()
{
    QTemporaryDir dir;
    ProfileStore window(dir.path());
    ProfileStore commandLine(dir.path());
    QVERIFY(window.load() && commandLine.load());
    QSignalSpy added(&window, &ProfileStore::added);
    QVERIFY(commandLine.add(sample("from the command line")));
    QVERIFY(window.add(sample("from the window")));
    QCOMPARE(window.profiles().size(), std::size_t(2));
    QCOMPARE(added.count(), 2); // the other program's as well
}

void tst_Profiles::namesAreUnique()
{
    QTemporaryDir dir;
    ProfileStore store(dir.path());
    const auto one = store.add(sample("one"));
    QVERIFY(one);
    QCOMPARE(store.add(sample("one")).error().code, ErrorCode::Usage);
    QCOMPARE(store.add(sample("  ")).error().code, ErrorCode::Usage);
    QCOMPARE(store.freeName(QStringLiteral("one")), QStringLiteral("one 2"));
    Profile missing = *one;
    missing.id = QStringLiteral("nobody");
    QCOMPARE(store.update(missing).error().code, ErrorCode::NotFound);
}

void tst_Profiles::aReadOnlyFolderIsAnErrorAndChangesNothing()
{
    ProfileStore store(QStringLiteral("/proc/danlu-cannot-be-made"));
    QCOMPARE(store.add(sample("one")).error().code, ErrorCode::LocalIo);
    QVERIFY(store.profiles().empty());
}

void tst_Profiles::loginCommandsBecomeProfiles()
{
    const Profile autodl = profileFromLogin(
        *probe::parseLoginCommand(QStringLiteral("ssh -p 35394 root@region-1.autodl.com")));
    QCOMPARE(autodl.name, QStringLiteral("AutoDL 35394"));
    QCOMPARE(autodl.provider, QStringLiteral("autodl"));
    QCOMPARE(autodl.auth, AuthKind::Password);
    const Profile lambda =
        profileFromLogin(*probe::parseLoginCommand(QStringLiteral("ssh gpu.lambda.ai -i k.pem")));
    QCOMPARE(lambda.user, QStringLiteral("ubuntu"));
    QCOMPARE(lambda.auth, AuthKind::Key);
    QVERIFY(providerOf(QStringLiteral("ssh.runpod.io"))->needsPty);
    QVERIFY(!providerOf(QStringLiteral("notautodl.com")));
}

void tst_Profiles::sshConfigIsRead()
{
    QTemporaryDir dir;
    write(dir.filePath(QStringLiteral("more.conf")), "Host included\n  HostName 10.0.0.3\n");
    const QString path = dir.filePath(QStringLiteral("config"));
    write(path, "# mine\nHost gpu gpu2\n  HostName %h.example.org\n  Port=2222\n  User me\n  "
                "IdentityFile \"~/my key\"\n"
                "Host !secret *.lab\n  User nobody\nHost lab1.lab\n  ProxyJump gpu\n  Ciphers "
                "x\nMatch user z\n  Port 1\nMatch all\n"
                "Include " +
                    dir.path().toUtf8() + "/*.conf\nHost *\n  User fallback\n");
    const auto read = importSshConfig(path);
    QVERIFY(read);
    QCOMPARE(read->profiles.size(), std::size_t(4));
    QCOMPARE(read->profiles[0].host, QStringLiteral("gpu.example.org"));
    QCOMPARE(read->profiles[0].port, quint16(2222));
    QCOMPARE(read->profiles[0].user, QStringLiteral("me"));
    QCOMPARE(read->profiles[0].identityFile, QStringLiteral("~/my key"));
    QCOMPARE(read->profiles[1].host, QStringLiteral("gpu2.example.org"));
    QCOMPARE(read->profiles[2].user, QStringLiteral("nobody"));
    QCOMPARE(read->profiles[2].jump, QStringLiteral("gpu"));
    QCOMPARE(read->profiles[3].host, QStringLiteral("10.0.0.3"));
    QCOMPARE(read->profiles[3].user, QStringLiteral("fallback"));
    QCOMPARE(read->skipped.filter(QStringLiteral("ciphers")).size(), 1);
    QCOMPARE(read->skipped.filter(QStringLiteral("Match")).size(), 1);
    QCOMPARE(importSshConfig(dir.filePath(QStringLiteral("none"))).error().code,
             ErrorCode::NotFound);
}

void tst_Profiles::sshConfigIsWritten()
{
    Profile profile = sample("my box");
    profile.identityFile = QStringLiteral("~/my key");
    profile.auth = AuthKind::Key;
    const QString text = exportSshConfig({profile});
    QCOMPARE(
        text,
        QStringLiteral(
            "Host my-box\n    HostName region-1.autodl.com\n    Port 35394\n    User root\n"
            "    IdentityFile \"~/my key\"\n    IdentitiesOnly yes\n    ServerAliveInterval 15\n"));
}

void tst_Profiles::whatIsSharedHoldsNoSecret()
{
    Profile profile = sample("my box");
    profile.id = QStringLiteral("SECRET-id");
    profile.note = QStringLiteral("the password is SECRET");
    profile.identityFile = QStringLiteral("/home/SECRET/.ssh/id_work");
    profile.auth = AuthKind::Key;
    profile.jump = QStringLiteral("ssh://me:SECRET@jump.example:2200");
    profile.containerHostname = QStringLiteral("SECRET-container");
    profile.unknownFields.insert(QStringLiteral("later"), QStringLiteral("SECRET"));
    const QByteArray json = shareJson({profile});
    const QString text = shareText({profile});
    QVERIFY2(!json.contains("SECRET"), json.constData());
    QVERIFY2(!text.contains(QStringLiteral("SECRET")), qPrintable(text));
    QCOMPARE(text, QStringLiteral("my box: ssh -p 35394 -i id_work -J ssh://me@jump.example:2200 "
                                  "root@region-1.autodl.com\n"));
    QVERIFY(json.contains("id_work") && json.contains("region-1.autodl.com"));
    // Who gets it can paste a line of it.
    const auto login = probe::parseLoginCommand(text);
    QVERIFY(login && login->port == 35394 && login->host == u"region-1.autodl.com");
}

QTEST_GUILESS_MAIN(tst_Profiles)
#include "tst_Profiles.moc"
