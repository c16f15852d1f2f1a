// SPDX-License-Identifier: GPL-3.0-or-later
// Recognisable secrets go in by every way there is, with logs at the finest level; then all that
// the programs wrote and printed is searched for them.
#include "core/base/Clock.h"
#include "core/base/Redact.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/KeyInstaller.h"
#include "core/fleet/TransferQueue.h"
#include "core/history/TransferStore.h"
#include "core/profiles/ProfileStore.h"
#include "core/profiles/Sharing.h"
#include "core/profiles/SshConfigBlock.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

using namespace core;
using fleet::Instance;
using secrets::SecretId;
using secrets::SecretKind;
using State = fleet::Instance::State;

namespace {

const QByteArray rightPassword = "SEEDpassword7q";
const QByteArray wrongPassword = "SEEDmistyped8w";
const QByteArray rightPhrase = "SEEDphrase9e";
const QByteArray wrongPhrase = "SEEDbadphrase1r";
const QByteArray token = "hf_SEEDtoken2tSEEDtoken";

QFile *logFile = nullptr;

void logToFile(QtMsgType, const QMessageLogContext &context, const QString &text)
{
    logFile->write(QByteArray(context.category) + ": " + text.toUtf8() + '\n');
    logFile->flush();
}

} // namespace

class tst_Leaks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSearchFindsSeeds();
    void throughTheCommandLine();
    void throughTheCore();
    void throughTheWindow();
    void noCoreDumpIsWritten();
    void cleanupTestCase();

private:
    struct Printed
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    Printed cli(const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] QProcessEnvironment environment() const;
    void search(const QByteArray &text, const QString &where) const;
    void searchFiles() const;
    [[nodiscard]] QList<QByteArray> forms() const;
    [[nodiscard]] static QString seedIn(const QByteArray &text, const QList<QByteArray> &forms);
    [[nodiscard]] QStringList options() const
    {
        return {QStringLiteral("--host-key"), QStringLiteral("accept-new")};
    }
    [[nodiscard]] QString target() const
    {
        return QStringLiteral("root@127.0.0.1:%1").arg(m_rig->port());
    }

    std::unique_ptr<support::Rig> m_rig;
    QTemporaryDir m_written; ///< home, configuration, cache and work folder of the programs
    QTemporaryDir m_given;   ///< where the keys are, which hold a secret of course
    QString m_key;           ///< with a passphrase
    QString m_plainKey;
    QList<QByteArray> m_keyLines;
};

QProcessEnvironment tst_Leaks::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_CONFIG_DIR"),
                       m_written.filePath(QStringLiteral("config")));
    environment.insert(QStringLiteral("DANLU_SECRETS"), QStringLiteral("session"));
    environment.insert(QStringLiteral("HOME"), m_written.path());
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                             "XDG_RUNTIME_DIR", "TMPDIR"}) {
        const QString folder = m_written.filePath(QString::fromLatin1(name).toLower());
        QDir().mkpath(folder);
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        environment.insert(QLatin1StringView(name), folder);
    }
    environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*=true"));
    environment.insert(QStringLiteral("QT_ASSUME_STDERR_HAS_CONSOLE"), QStringLiteral("1"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.remove(QStringLiteral("SSH_AUTH_SOCK"));
    return environment;
}

tst_Leaks::Printed tst_Leaks::cli(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setWorkingDirectory(m_written.path());
    process.start(
        QStringLiteral("setsid"),
        QStringList{QStringLiteral("--wait"), QStringLiteral(DANLU_BIN_DIR "/danlu-cli")} +
            arguments);
    process.write(input);
    process.closeWriteChannel();
    Printed printed;
    if (process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit)
        printed.code = process.exitCode();
    printed.out = process.readAllStandardOutput();
    printed.err = process.readAllStandardError();
    return printed;
}

/// As they are, and as formats would hide them.
QList<QByteArray> tst_Leaks::forms() const
{
    QList<QByteArray> all;
    for (const QByteArray &seed :
         QList<QByteArray>{rightPassword, wrongPassword, rightPhrase, wrongPhrase, token} +
             m_keyLines) {
        all += {seed, seed.toHex(), seed.toBase64(QByteArray::OmitTrailingEquals).chopped(2)};
        QByteArray wide;
        for (const char c : seed)
            wide += QByteArray(1, c) + '\0';
        all.append(wide);
    }
    return all;
}

QString tst_Leaks::seedIn(const QByteArray &text, const QList<QByteArray> &forms)
{
    for (const QByteArray &form : forms) {
        if (text.contains(form))
            return QString::fromLatin1(form.toPercentEncoding());
    }
    return {};
}

void tst_Leaks::search(const QByteArray &text, const QString &where) const
{
    const QString found = seedIn(text, forms());
    QVERIFY2(found.isEmpty(), qPrintable(found + QStringLiteral(" in ") + where));
}

void tst_Leaks::searchFiles() const
{
    int files = 0;
    QDirIterator all(m_written.path(), QDir::Files | QDir::Hidden | QDir::System,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        ++files;
        search(file.fileName().toUtf8(), QStringLiteral("a file's name"));
        if (file.open(QIODevice::ReadOnly))
            search(file.readAll(), file.fileName());
    }
    QVERIFY(files > 0);
}

void tst_Leaks::initTestCase()
{
    NEED_SSHD();
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start({QStringLiteral("--password"), QString::fromLatin1(rightPassword)}),
             QString());
    const auto keygen = [&](const QString &name, const QByteArray &phrase) {
        const QString path = m_given.filePath(name);
        QProcess::execute(QStringLiteral("ssh-keygen"),
                          {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                           QStringLiteral("-N"), QString::fromLatin1(phrase), QStringLiteral("-f"),
                           path});
        return path;
    };
    m_key = keygen(QStringLiteral("id"), rightPhrase);
    m_plainKey = keygen(QStringLiteral("plain"), {});
    for (const QString &path : {m_key, m_plainKey}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QVERIFY(lines.size() > 4);
        m_keyLines += lines.mid(2, lines.size() - 4); // the first one is the same in all files
    }
}

/// A search that finds nothing because it can't would pass everything.
void tst_Leaks::theSearchFindsSeeds()
{
    for (const QByteArray &text :
         {"x" + rightPassword + "y", wrongPhrase.toHex(), "\"" + token.toBase64() + "\"",
          QByteArray("a\0", 2) +
              QByteArray(reinterpret_cast<const char *>(QString::fromLatin1(rightPhrase).utf16()),
                         rightPhrase.size() * 2),
          m_keyLines.back()})
        QVERIFY(!seedIn(text, forms()).isEmpty());
    QVERIFY(seedIn("nothing here", forms()).isEmpty());
}

void tst_Leaks::throughTheCommandLine()
{
    const QByteArray password = rightPassword + '\n';
    const QString login = QStringLiteral("ssh -p %1 root@127.0.0.1").arg(m_rig->port());
    const auto words = [](const char *text) {
        return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    };
    struct Call
    {
        QStringList arguments;
        QByteArray input;
        int code;
    };
    const QString pasted = login + u'\n' + QString::fromLatin1(rightPassword);
    const QString id = QStringLiteral("--identity");
    const QList<Call> calls{
        {words("profile add --name one --login") + QStringList{pasted}, {}, 0},
        {words("profile add --name two --password-stdin --login") + QStringList{login}, password,
         0},
        {words("profile add --name three --login") +
             QStringList{QStringLiteral("ssh://root:%1@127.0.0.1:%2")
                             .arg(QString::fromLatin1(rightPassword))
                             .arg(m_rig->port())},
         {},
         0},
        {words("profile edit one --jump") +
             QStringList{
                 QStringLiteral("ssh://me:%1@jump").arg(QString::fromLatin1(wrongPassword))},
         {},
         0},
        {words("profile show one"), {}, 0},
        {words("profile edit one --jump") + QStringList{QString()}, {}, 0},
        {words("profile list --json"), {}, 0},
        {words("probe one --password-stdin --json") + options(), password, 0},
        {words("probe one --password-stdin") + options(), wrongPassword + '\n', 3},
        {words("exec one --password-stdin --host-key strict --known-hosts /dev/null -- true"),
         password, 0},
        {words("exec three --password-stdin --host-key strict -- true"), password, 3},
        {words("key install one --password-stdin --passphrase-stdin --key") + QStringList{m_key} +
             options(),
         password + wrongPhrase + '\n', 3},
        {words("key install one --password-stdin --passphrase-stdin --key") + QStringList{m_key} +
             options(),
         password + rightPhrase + '\n', 0},
        {words("exec one --passphrase-stdin -- true"), rightPhrase + '\n', 0},
        {words("exec one --passphrase-stdin -- true"), wrongPhrase + '\n', 3},
        {QStringList{QStringLiteral("put"), m_key + QStringLiteral(".pub"),
                     target() + QStringLiteral(":/tmp/"), QStringLiteral("--password-stdin")} +
             options(),
         password, 0},
        {words("exec") + QStringList{target(), id, m_key + QStringLiteral(".pub"),
                                     QStringLiteral("--"), QStringLiteral("true")},
         {},
         3},
        {words("exec") + QStringList{QStringLiteral("ssh://root:%1@127.0.0.1:0")
                                         .arg(QString::fromLatin1(wrongPassword)),
                                     QStringLiteral("--"), QStringLiteral("true")},
         {},
         2},
        {words("probe ssh://root:SEEDmistyped8w@127.0.0.1:1 --json"), {}, 3},
        {words("watch one --jump ssh://me:SEEDmistyped8w@127.0.0.1:1"), {}, 3},
        {words("profile export-ssh-config"), {}, 0},
        {words("profile export-ssh-config --install .ssh/config"), {}, 0},
        {words("profile share --json"), {}, 0},
        {words("profile share"), {}, 0},
    };
    for (const Call &call : calls) {
        const Printed printed = cli(call.arguments, call.input);
        const QString name = call.arguments.join(u' ');
        QVERIFY2(printed.code == call.code,
                 qPrintable(name + QStringLiteral(" ended with %1: ").arg(printed.code) +
                            QString::fromUtf8(printed.err.right(500))));
        search(printed.out, name);
        search(printed.err, name);
    }
    // The contract: who asks for the parts of a text gets all of them. But nowhere else.
    const Printed parsed = cli({QStringLiteral("parse"), QStringLiteral("login")}, pasted.toUtf8());
    QVERIFY(parsed.out.contains(rightPassword));
    search(parsed.err, QStringLiteral("parse login"));
    searchFiles();
}

void tst_Leaks::throughTheCore()
{
    QDir().mkpath(m_written.filePath(QStringLiteral("core")));
    QFile log(m_written.filePath(QStringLiteral("core/log")));
    QVERIFY(log.open(QIODevice::WriteOnly));
    logFile = &log;
    const QtMessageHandler before = qInstallMessageHandler(logToFile);
    const auto restore = qScopeGuard([before] {
        qInstallMessageHandler(before);
        QLoggingCategory::setFilterRules(QString());
        logFile = nullptr;
    });
    QLoggingCategory::setFilterRules(QStringLiteral("*=true"));
    {
        const SystemClock clock;
        profiles::ProfileStore store(m_written.filePath(QStringLiteral("core")));
        secrets::SessionStore secrets;
        fleet::Fleet fleet(Instance::Services{store, secrets, clock});
        history::TransferStore history;
        fleet::TransferQueue queue(fleet, clock);
        queue.setStore(&history);
        history.open(m_written.filePath(QStringLiteral("core/history.db")));
        QTRY_VERIFY_WITH_TIMEOUT(queue.isKept(), 20000);
        profiles::Profile profile;
        profile.name = QStringLiteral("rig");
        profile.host = QStringLiteral("127.0.0.1");
        profile.port = m_rig->port();
        profile = *store.add(profile);
        Instance *instance = fleet.byId(profile.id);
        instance->connectNow();
        QTRY_VERIFY_WITH_TIMEOUT(instance->hostKeyQuestion(), 20000);
        instance->answerHostKey(true);
        QTRY_VERIFY_WITH_TIMEOUT(instance->secretQuestion(), 20000);
        instance->answerSecret(SecretBytes(wrongPassword), true);
        QTRY_VERIFY_WITH_TIMEOUT(
            instance->secretQuestion() && instance->secretQuestion()->wasRejected, 20000);
        instance->answerSecret(SecretBytes(rightPassword), true);
        QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 20000);
        // A copy that works, one that fails.
        for (const char *source : {"/id.pub", "/none"}) {
            transfer::TransferRequest request;
            request.sources = {m_given.path().toUtf8() + source};
            request.target = "/tmp/";
            queue.add(profile.id, request);
        }
        QTRY_VERIFY_WITH_TIMEOUT(queue.running() + queue.waiting() == 0, 30000);
        fleet::KeyInstallRequest request;
        request.identityFile = m_key;
        for (const QByteArray &phrase : {wrongPhrase, rightPhrase}) {
            request.passphrase = SecretBytes(phrase);
            request.rememberPassphrase = true;
            fleet::KeyInstaller installer(fleet::KeyInstallTarget::of(*instance), store, secrets,
                                          request);
            QSignalSpy finished(&installer, &Operation::finished);
            QVERIFY(finished.wait(30000));
            QCOMPARE(installer.isOk(), phrase == rightPhrase);
            if (installer.error())
                log.write(errorReport(*installer.error(), {}).toUtf8());
        }
        instance->disconnectNow();
        instance->connectNow();
        QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 20000);
        QVERIFY(
            profiles::installSshConfigBlock({m_written.filePath(QStringLiteral("core/ssh_config")),
                                             m_written.filePath(QStringLiteral("core/known"))},
                                            store.profiles()));
        log.write(profiles::shareJson(store.profiles()));
        // The fence behind all: a slip in a log line.
        installRedactingLog();
        qWarning().noquote() << QStringLiteral("token=") + QString::fromLatin1(token) << "and"
                             << QString::fromLatin1(token);
    }
    // keyboard-interactive: asked, answered wrongly, then rightly.
    {
        support::Rig rig;
        QCOMPARE(rig.start({QStringLiteral("--pam"), QStringLiteral("keyboard-interactive"),
                            QStringLiteral("--password"), QString::fromLatin1(rightPassword)}),
                 QString());
        ssh::SessionOptions options = rig.passwordOptions();
        options.auth = {ssh::InteractiveAuth{}};
        for (const QByteArray &answer : {wrongPassword, rightPassword}) {
            ssh::Session session;
            QSignalSpy ready(&session, &ssh::Session::ready);
            QSignalSpy closed(&session, &ssh::Session::closed);
            connect(&session, &ssh::Session::promptAsked, this,
                    [&] { session.answerPrompt({SecretBytes(answer)}); });
            session.open(options);
            QTRY_COMPARE_WITH_TIMEOUT(ready.count() + closed.count(), 1, 60000);
            QVERIFY2(ready.count() == (answer == rightPassword ? 1 : 0),
                     session.error() ? qPrintable(session.error()->detail) : "");
        }
    }
    log.flush();
    QVERIFY(QFileInfo(log.fileName()).size() > 1000); // it did log
    searchFiles();
}

void tst_Leaks::throughTheWindow()
{
    const QString program = QStringLiteral(DANLU_BIN_DIR "/danlu");
    if (!QFile::exists(program)) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL("the window is not built");
        QSKIP("the window is not built");
    }
    QProcess window;
    window.setProcessEnvironment(environment());
    window.setWorkingDirectory(m_written.path());
    const QString config = m_written.filePath(QStringLiteral("window"));
    window.start(program, {QStringLiteral("--demo-stdin"), QStringLiteral("--config-dir"), config});
    const QJsonObject demo{
        {QStringLiteral("name"), QStringLiteral("demo")},
        {QStringLiteral("login"), QStringLiteral("ssh -p %1 root@127.0.0.1").arg(m_rig->port())},
        {QStringLiteral("password"), QString::fromLatin1(rightPassword)},
        {QStringLiteral("hostKey"), m_rig->text("host_key")}};
    window.write(QJsonDocument(demo).toJson(QJsonDocument::Compact) + '\n');
    // Connected when the instance's own name is saved.
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            QFile file(config + QStringLiteral("/profiles.json"));
            return file.open(QIODevice::ReadOnly) && file.readAll().contains("containerHostname");
        }(),
        60000);
    window.terminate();
    QVERIFY(window.waitForFinished(20000));
    search(window.readAllStandardOutput(), QStringLiteral("the window's stdout"));
    const QByteArray printed = window.readAllStandardError();
    QVERIFY(printed.size() > 1000);
    search(printed, QStringLiteral("the window's stderr"));
    searchFiles();
}

/// While it holds a password: its memory must not reach a file.
void tst_Leaks::noCoreDumpIsWritten()
{
    if (!QFile::exists(QStringLiteral("/proc/self/limits")))
        QSKIP("no /proc here");
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setWorkingDirectory(m_written.path());
    process.start(
        QStringLiteral(DANLU_BIN_DIR "/danlu-cli"),
        QStringList{QStringLiteral("exec"), target(), QStringLiteral("--password-stdin")} +
            options() + QStringList{QStringLiteral("--"), QStringLiteral("echo up; sleep 60")});
    process.write(m_rig->text("password").toUtf8() + '\n');
    process.closeWriteChannel();
    QByteArray printed;
    while (!printed.contains("up") && process.waitForReadyRead(30000))
        printed += process.readAllStandardOutput();
    QVERIFY2(printed.contains("up"), process.readAllStandardError().right(500).constData());
    QFile limits(QStringLiteral("/proc/%1/limits").arg(process.processId()));
    QVERIFY(limits.open(QIODevice::ReadOnly));
    QByteArray cores;
    for (const QByteArray &line : limits.readAll().split('\n')) {
        if (line.startsWith("Max core file size"))
            cores = line.simplified();
    }
    process.kill();
    QVERIFY(process.waitForFinished());
    QCOMPARE(cores, QByteArray("Max core file size 0 0 bytes"));
}

void tst_Leaks::cleanupTestCase()
{
    m_rig.reset();
}

QTEST_GUILESS_MAIN(tst_Leaks)
#include "tst_Leaks.moc"
