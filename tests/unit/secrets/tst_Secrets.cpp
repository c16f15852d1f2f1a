// SPDX-License-Identifier: GPL-3.0-or-later
// Without a secret service: memory only, and said so. With one (with-keyring): kept there.
#include "core/secrets/KeychainStore.h"

#include <QSignalSpy>
#include <QTest>

using namespace core;
using namespace core::secrets;

namespace {

bool done(Operation *operation)
{
    QSignalSpy finished(operation, &Operation::finished);
    return operation->isFinished() || finished.wait(20000);
}

const SecretId id{SecretKind::Password, QStringLiteral("profile-1")};

} // namespace

class tst_Secrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSessionStoreForgetsNothingUntilTold();
    void withoutAServiceItIsThisSessionOnly();
    void aRealServiceKeepsIt();
    void whatIsTooLongIsRefused();

private:
    bool m_keyring = false;
};

void tst_Secrets::initTestCase()
{
    m_keyring = qEnvironmentVariableIsSet("DANLU_TEST_KEYRING");
    if (!m_keyring)
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
}

void tst_Secrets::theSessionStoreForgetsNothingUntilTold()
{
    SessionStore store;
    QCOMPARE(store.persistence(), SecretStore::Persistence::SessionOnly);
    QVERIFY(done(store.write(id, SecretBytes("a/b+c"), this)));
    ReadSecret *read = store.read(id, this);
    QVERIFY(done(read) && read->secret().has_value());
    QVERIFY(*read->secret() == SecretBytes("a/b+c"));
    ReadSecret *other = store.read({SecretKind::KeyPassphrase, id.owner}, this);
    QVERIFY(done(other) && other->isOk() && !other->secret());
    QVERIFY(done(store.remove(id, this)));
    ReadSecret *gone = store.read(id, this);
    QVERIFY(done(gone) && !gone->secret());
}

void tst_Secrets::withoutAServiceItIsThisSessionOnly()
{
    if (m_keyring)
        QSKIP("there is a secret service in this run");
    KeychainStore store;
    QSignalSpy changed(&store, &SecretStore::persistenceChanged);
    Operation *write = store.write(id, SecretBytes("kept"), this);
    QVERIFY(done(write));
    QVERIFY(write->isOk());
    QCOMPARE(store.persistence(), SecretStore::Persistence::SessionOnly);
    QCOMPARE(changed.count(), 1);
    ReadSecret *read = store.read(id, this);
    QVERIFY(done(read) && read->secret() && *read->secret() == SecretBytes("kept"));
}

void tst_Secrets::aRealServiceKeepsIt()
{
    if (!m_keyring)
        QSKIP("tst_Secrets_keyring runs this with a secret service");
    const SecretBytes secret("密码/+ \"quoted\"");
    {
        KeychainStore store;
        Operation *write = store.write(id, secret, this);
        QVERIFY(done(write));
        QVERIFY2(write->isOk(), write->error() ? qPrintable(write->error()->detail) : "");
        QCOMPARE(store.persistence(), SecretStore::Persistence::Keychain);
    }
    KeychainStore another; // another run of the program
    ReadSecret *read = another.read(id, this);
    QVERIFY(done(read) && read->secret().has_value());
    QVERIFY(*read->secret() == secret);
    QVERIFY(done(another.remove(id, this)));
    ReadSecret *gone = another.read(id, this);
    QVERIFY(done(gone) && gone->isOk() && !gone->secret());
    QCOMPARE(another.persistence(), SecretStore::Persistence::Keychain);
}

void tst_Secrets::whatIsTooLongIsRefused()
{
    if (!m_keyring)
        QSKIP("tst_Secrets_keyring runs this with a secret service");
    KeychainStore store;
    Operation *write = store.write(id, SecretBytes(QByteArray(3000, 'x')), this);
    QVERIFY(done(write));
    QCOMPARE(write->error()->code, ErrorCode::Unsupported);
}

QTEST_GUILESS_MAIN(tst_Secrets)
#include "tst_Secrets.moc"
