// SPDX-License-Identifier: GPL-3.0-or-later
// The link to a folder, what is written into .vscode, and what the look at an instance tells.
#include "core/vscode/RemoteCheck.h"
#include "core/vscode/VsCodeLink.h"
#include "core/vscode/WorkspaceText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace core;
using namespace core::vscode;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

const Interpreter train{QStringLiteral("train"),
                        QStringLiteral("/root/miniconda3/envs/train/bin/python"),
                        QStringLiteral("/root/miniconda3/envs/train")};

QJsonObject onlyConfiguration(const QByteArray &json)
{
    return QJsonDocument::fromJson(json)
        .object()[text("configurations")]
        .toArray()
        .last()
        .toObject();
}

} // namespace

class tst_VsCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksAreEncoded_data();
    void linksAreEncoded();
    void commandsAreQuoted();
    void aNewLaunchFileIsComplete();
    void aPythonWithoutAnEnvironmentHasNone();
    void launchIsMerged_data();
    void launchIsMerged();
    void ownConfigurationIsBroughtUpToDate();
    void launchOfAnotherFormIsLeft_data();
    void launchOfAnotherFormIsLeft();
    void extensionsAreMerged_data();
    void extensionsAreMerged();
    void factsAreRead();
    void everyPythonOfTheReportCanDebug();
    void passwordsOfProxiesAreTakenOut();
    void factsWithoutAHomeAreNone();
    void obstaclesAreFound_data();
    void obstaclesAreFound();
};

void tst_VsCode::linksAreEncoded_data()
{
    QTest::addColumn<Editor>("editor");
    QTest::addColumn<QString>("alias");
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<QByteArray>("link");
    const auto row = [](const char *name, const char *alias, const QByteArray &folder,
                        const char *link) {
        QTest::newRow(name) << Editor::VsCode << text(alias) << folder << QByteArray(link);
    };
    const char *plain = "vscode://vscode-remote/ssh-remote+train-1/root/autodl-tmp";
    row("plain", "train-1", "/root/autodl-tmp", plain);
    row("the root", "a", "/", "vscode://vscode-remote/ssh-remote+a/");
    row("blanks", "a", "/my data/x", "vscode://vscode-remote/ssh-remote+a/my%20data/x");
    row("Chinese", "a", text("/数据").toUtf8(),
        "vscode://vscode-remote/ssh-remote+a/%E6%95%B0%E6%8D%AE");
    row("percent signs", "a", "/50%/%20", "vscode://vscode-remote/ssh-remote+a/50%25/%2520");
    row("what means something in a link", "a", "/a?b#c&d=e+f",
        "vscode://vscode-remote/ssh-remote+a/a%3Fb%23c%26d%3De+f");
    row("quotes and backslashes", "a", "/'\"\\", "vscode://vscode-remote/ssh-remote+a/%27%22%5C");
    row("no UTF-8", "a", "/\xd6\xd0", "vscode://vscode-remote/ssh-remote+a/%D6%D0");
    row("two slashes in front", "a", "//x", "vscode://vscode-remote/ssh-remote+a/x");
    row("a slash at the end", "a", "/x/", "vscode://vscode-remote/ssh-remote+a/x/");
    row("a Chinese name", "训练_2", "/x",
        "vscode://vscode-remote/ssh-remote+%E8%AE%AD%E7%BB%83_2/x");
    // echo -n '{"hostName":"A100"}' | xxd -p
    row("a name with capitals", "A100", "/x",
        "vscode://vscode-remote/ssh-remote+7b22686f73744e616d65223a2241313030227d/x");
    QTest::newRow("Cursor") << Editor::Cursor << text("a") << QByteArray("/x")
                            << QByteArray("cursor://vscode-remote/ssh-remote+a/x");
}

void tst_VsCode::linksAreEncoded()
{
    QFETCH(Editor, editor);
    QFETCH(QString, alias);
    QFETCH(QByteArray, folder);
    QFETCH(QByteArray, link);
    const QUrl url = remoteLink(editor, alias, folder);
    QVERIFY(url.isValid());
    QCOMPARE(url.toEncoded(), link);
    // What the desktop is given is the same.
    QCOMPARE(url.toString(QUrl::FullyEncoded).toLatin1(), link);
}

void tst_VsCode::commandsAreQuoted()
{
    QCOMPARE(remoteCommand(Editor::VsCode, text("a"), "/root/my data"),
             text("code --remote ssh-remote+a '/root/my data'"));
    QCOMPARE(remoteCommand(Editor::Cursor, text("a"), "/x"),
             text("cursor --remote ssh-remote+a /x"));
}

void tst_VsCode::aNewLaunchFileIsComplete()
{
    for (const QByteArray &nothing : {QByteArray(), QByteArray(" \n")}) {
        const auto merged = mergeLaunch(nothing, train);
        QVERIFY(merged);
        const QJsonObject root = QJsonDocument::fromJson(*merged).object();
        QCOMPARE(root[text("version")].toString(), text("0.2.0"));
        const QJsonObject one = onlyConfiguration(*merged);
        QCOMPARE(one[text("name")].toString(), text("Python: train"));
        QCOMPARE(one[text("type")].toString(), text("debugpy"));
        QCOMPARE(one[text("request")].toString(), text("launch"));
        QCOMPARE(one[text("program")].toString(), text("${file}"));
        QCOMPARE(one[text("console")].toString(), text("integratedTerminal"));
        QCOMPARE(one[text("justMyCode")], QJsonValue(false));
        QCOMPARE(one[text("cwd")].toString(), text("${workspaceFolder}"));
        QCOMPARE(one[text("python")].toString(), train.python);
        const QJsonObject env = one[text("env")].toObject();
        QCOMPARE(env[text("PATH")].toString(), text("/root/miniconda3/envs/train/bin:${env:PATH}"));
        QCOMPARE(env[text("CONDA_PREFIX")].toString(), train.prefix);
    }
}

void tst_VsCode::aPythonWithoutAnEnvironmentHasNone()
{
    const Interpreter system{text("/usr/bin/python3"), text("/usr/bin/python3"), {}};
    const auto merged = mergeLaunch({}, system);
    QVERIFY(merged);
    QVERIFY(!onlyConfiguration(*merged).contains(text("env")));
    QVERIFY(launchConfiguration(system).contains("\"python\": \"/usr/bin/python3\""));
}

void tst_VsCode::launchIsMerged_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("kept"); ///< in front of what is added
    QTest::newRow("comments and commas")
        << QByteArray("{\n    // Use IntelliSense\n    \"version\": \"0.2.0\",\n"
                      "    \"configurations\": [\n        {\n            \"name\": \"mine\", // x\n"
                      "            \"args\": [\"--lr\", \"1e-3\",],\n        },\n    ],\n"
                      "    \"compounds\": [],\n}\n")
        << QByteArray("\"args\": [\"--lr\", \"1e-3\",],\n        },\n        {\n"
                      "            \"name\": \"Python: train\"");
    QTest::newRow("an empty list")
        << QByteArray("{\"configurations\": []}") << QByteArray("{\"configurations\": [\n    {\n");
    QTest::newRow("no list") << QByteArray("{\n  \"version\": \"0.2.0\" // v\n}")
                             << QByteArray("\"0.2.0\", // v\n  \"configurations\": [\n    {\n");
    QTest::newRow("only comments") << QByteArray("// to do") << QByteArray("// to do\n{\n");
}

void tst_VsCode::launchIsMerged()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, kept);
    const auto merged = mergeLaunch(before, train);
    QVERIFY2(merged, merged ? "" : qPrintable(merged.error().detail));
    QVERIFY2(merged->contains(kept), merged->constData());
    QCOMPARE(merged->count("Python: train"), 1);
    // A second time changes nothing.
    QCOMPARE(mergeLaunch(*merged, train).value(), *merged);
}

void tst_VsCode::ownConfigurationIsBroughtUpToDate()
{
    const QByteArray before =
        "{\n  \"configurations\": [\n    {\n      \"name\": \"Python: train\",\n"
        "      \"type\": \"python\", // old\n      \"program\": \"train.py\",\n"
        "      \"justMyCode\": true,\n      \"args\": [\"-v\"],\n"
        "      \"env\": {\"PATH\": \"/old/bin:$PATH\", \"CUDA_VISIBLE_DEVICES\": \"0\"}\n"
        "    }, // mine\n  ]\n}\n";
    const auto merged = mergeLaunch(before, train);
    QVERIFY(merged);
    QVERIFY(merged->contains("\"type\": \"debugpy\", // old\n"));
    QVERIFY(merged->contains("}, // mine\n"));
    QByteArray json = *merged;
    json.replace(" // old", "").replace(" // mine", "").replace("},\n  ]", "}\n  ]");
    const QJsonObject one = onlyConfiguration(json);
    QCOMPARE(one[text("program")].toString(), text("train.py"));
    QCOMPARE(one[text("justMyCode")], QJsonValue(true));
    QCOMPARE(one[text("args")].toArray().size(), 1);
    QCOMPARE(one[text("request")].toString(), text("launch"));
    QCOMPARE(one[text("python")].toString(), train.python);
    const QJsonObject env = one[text("env")].toObject();
    QCOMPARE(env[text("PATH")].toString(), text("/root/miniconda3/envs/train/bin:${env:PATH}"));
    QCOMPARE(env[text("CUDA_VISIBLE_DEVICES")].toString(), text("0"));
    QCOMPARE(env[text("CONDA_PREFIX")].toString(), train.prefix);
    QCOMPARE(mergeLaunch(*merged, train).value(), *merged);
}

void tst_VsCode::launchOfAnotherFormIsLeft_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("broken") << QByteArray("{\"configurations\": [}") << ErrorCode::Parse;
    QTest::newRow("a list") << QByteArray("[]") << ErrorCode::Unsupported;
    QTest::newRow("no list") << QByteArray("{\"configurations\": {}}") << ErrorCode::Unsupported;
}

void tst_VsCode::launchOfAnotherFormIsLeft()
{
    QFETCH(QByteArray, before);
    QFETCH(ErrorCode, code);
    const auto merged = mergeLaunch(before, train);
    QVERIFY(!merged);
    QCOMPARE(merged.error().code, code);
}

void tst_VsCode::extensionsAreMerged_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("none") << QByteArray()
                          << QByteArray("{\n    \"recommendations\": [\n        \"a.b\",\n"
                                        "        \"c.d\"\n    ]\n}\n");
    QTest::newRow("one is there")
        << QByteArray("{\n  // ours\n  \"recommendations\": [\n    \"A.B\" // b\n  ]\n}")
        << QByteArray(
               "{\n  // ours\n  \"recommendations\": [\n    \"A.B\", // b\n    \"c.d\"\n  ]\n}");
    QTest::newRow("both are there") << QByteArray("{\"recommendations\": [\"c.d\", \"a.b\"]}")
                                    << QByteArray("{\"recommendations\": [\"c.d\", \"a.b\"]}");
    QTest::newRow("one is unwanted")
        << QByteArray("{\"unwantedRecommendations\": [\"a.b\"], \"recommendations\": [\"x.y\"]}")
        << QByteArray(
               "{\"unwantedRecommendations\": [\"a.b\"], \"recommendations\": [\"x.y\", \"c.d\"]}");
    QTest::newRow("another key") << QByteArray("{\n  \"x\": 1\n}")
                                 << QByteArray("{\n  \"x\": 1,\n  \"recommendations\": [\n"
                                               "    \"a.b\",\n    \"c.d\"\n  ]\n}");
}

void tst_VsCode::extensionsAreMerged()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto merged = mergeExtensions(before, {text("a.b"), text("c.d")});
    QVERIFY(merged);
    QCOMPARE(*merged, after);
    QVERIFY(!mergeExtensions("[1]", {text("a.b")}));
    QVERIFY(!mergeExtensions("{\"recommendations\": 1}", {text("a.b")}));
}

void tst_VsCode::factsAreRead()
{
    const auto facts = parseRemoteFacts("home /root\narch x86_64\nglibc 2.35\ninstalled 1\n"
                                        "place /root/.vscode-server\nfree 1048576\ninodes 190000\n"
                                        "proxy https_proxy http://10.0.0.1:12798\nturbo 1\n"
                                        "reach 1\nfolder /root/autodl-tmp\n"
                                        "folder /root/autodl-tmp\nnews 7\nempty \n");
    QVERIFY(facts);
    QCOMPARE(facts->home, QByteArray("/root"));
    QCOMPARE(facts->glibc, text("2.35"));
    QVERIFY(facts->hasServer);
    QVERIFY(facts->hasTurbo);
    QCOMPARE(facts->freeBytes, std::optional<qint64>(1073741824));
    QCOMPARE(facts->freeFiles, std::optional<qint64>(190000));
    QCOMPARE(facts->reaches, std::optional(true));
    QCOMPARE(facts->proxies.size(), std::size_t(1));
    QCOMPARE(facts->folders, QByteArrayList{"/root/autodl-tmp"});
    QVERIFY(obstacles(*facts).empty());
}

void tst_VsCode::everyPythonOfTheReportCanDebug()
{
    using Kind = env::Environment::Kind;
    env::Report report;
    const auto add = [&report](Kind kind, const char *name, const char *path, const char *python) {
        env::Environment one;
        one.kind = kind;
        one.name = text(name);
        one.path = path;
        one.python = python;
        report.environments.push_back(one);
    };
    add(Kind::Conda, "base", "/data/conda", "/data/conda/bin/python");
    add(Kind::Conda, "my env", "/data/conda/envs/my env", "/data/conda/envs/my env/bin/python");
    add(Kind::Conda, "", "/mnt/one", "/mnt/one/bin/python");
    add(Kind::Conda, "no python", "/data/conda/envs/no python", "");
    add(Kind::Venv, "", "/root/work/.venv", "/root/work/.venv/bin/python");
    add(Kind::System, "", "/usr/bin/python3", "/usr/bin/python3");
    env::ShellView shell;
    shell.python = env::Tool{"/data/conda/bin/python", {}};
    shell.python3 = env::Tool{"/data/conda/bin/python3", {}};
    report.interactive = shell;
    shell.python = env::Tool{"/root/.pyenv/shims/python", {}};
    shell.python3 = env::Tool{"/root/.pyenv/shims/python3", {}};
    report.login = shell;
    const std::vector<Interpreter> expected{
        {text("base"), text("/data/conda/bin/python"), text("/data/conda")},
        {text("my env"), text("/data/conda/envs/my env/bin/python"),
         text("/data/conda/envs/my env")},
        {text("/mnt/one"), text("/mnt/one/bin/python"), text("/mnt/one")},
        {text("/root/work/.venv/bin/python"), text("/root/work/.venv/bin/python"), {}},
        {text("/usr/bin/python3"), text("/usr/bin/python3"), {}},
        {text("/root/.pyenv/shims/python"), text("/root/.pyenv/shims/python"), {}}};
    QVERIFY(interpretersOf(report) == expected);
}

void tst_VsCode::passwordsOfProxiesAreTakenOut()
{
    const auto facts = parseRemoteFacts("home /\nproxy http_proxy http://me:secret@proxy:8080/\n"
                                        "proxy HTTPS_PROXY me:sec@ret@proxy:1\n"
                                        "proxy https_proxy socks5h://proxy\nproxy x\n");
    QVERIFY(facts);
    const std::vector<RemoteFacts::Proxy> expected{{text("http_proxy"), text("http://proxy:8080/")},
                                                   {text("HTTPS_PROXY"), text("proxy:1")},
                                                   {text("https_proxy"), text("socks5h://proxy")}};
    QVERIFY(facts->proxies == expected);
}

void tst_VsCode::factsWithoutAHomeAreNone()
{
    QVERIFY(!parseRemoteFacts(""));
    QVERIFY(!parseRemoteFacts("home \n"));
    QVERIFY(!parseRemoteFacts("free 12\n"));
    // What can't be told is absent.
    const auto facts = parseRemoteFacts("home /h\nfree x\ninodes 0\nfree -5\n");
    QVERIFY(facts);
    QVERIFY(!facts->freeBytes && !facts->freeFiles && !facts->reaches);
}

void tst_VsCode::obstaclesAreFound_data()
{
    QTest::addColumn<QByteArray>("changes");
    QTest::addColumn<QList<Obstacle>>("found");
    const auto row = [](const char *name, const QByteArray &changes, const QList<Obstacle> &found) {
        QTest::newRow(name) << changes << found;
    };
    row("none", "", {});
    row("just room", "free 2097152\n", {});
    row("no room", "free 2097151\n", {Obstacle::DiskFull});
    row("room for an update", "free 600000\ninstalled 1\n", {});
    row("no inodes", "inodes 100\n", {Obstacle::FewFiles});
    row("an old system", "glibc 2.27\n", {Obstacle::OldSystem});
    row("the oldest that does", "glibc 2.28\n", {});
    row("another processor", "arch riscv64\n", {Obstacle::OtherLibrary});
    row("no network", "reach 0\n", {Obstacle::NoNetwork});
    row("a proxy that leads nowhere", "reach 0\nproxy http_proxy http://x\n",
        {Obstacle::BrokenProxy});
    row("all at once", "free 0\nreach 0\nglibc 2.17\n",
        {Obstacle::DiskFull, Obstacle::OldSystem, Obstacle::NoNetwork});
}

void tst_VsCode::obstaclesAreFound()
{
    QFETCH(QByteArray, changes);
    QFETCH(QList<Obstacle>, found);
    const auto facts = parseRemoteFacts("home /root\narch x86_64\nglibc 2.35\nfree 9000000\n"
                                        "inodes 900000\n" +
                                        changes);
    QVERIFY(facts);
    const std::vector<Obstacle> now = obstacles(*facts);
    QCOMPARE(QList<Obstacle>(now.begin(), now.end()), found);
    RemoteFacts unknown;
    unknown.glibc = text("2.31");
    QVERIFY(obstacles(unknown).empty());
}

QTEST_GUILESS_MAIN(tst_VsCode)
#include "tst_VsCode.moc"
