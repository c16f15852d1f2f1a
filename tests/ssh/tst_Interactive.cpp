// SPDX-License-Identifier: GPL-3.0-or-later
// keyboard-interactive on a real sshd with PAM.
#include "tests/support/Rig.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

using namespace core;
using namespace core::ssh;

class tst_Interactive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aPasswordAnswersTheOneQuestion();
    void aWrongPasswordIsSaidOnce();
    void theUserIsAsked();
    void aSecondStepIsAsked_data();
    void aSecondStepIsAsked();
    void closingWhileAskedEndsAtOnce();

private:
    [[nodiscard]] SessionOptions options(const support::Rig &rig,
                                         const std::vector<AuthMethod> &auth) const
    {
        SessionOptions options = rig.passwordOptions();
        options.auth = auth;
        return options;
    }
    support::Rig m_rig;
};

void tst_Interactive::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--pam"), QStringLiteral("keyboard-interactive")}),
             QString());
}

void tst_Interactive::aPasswordAnswersTheOneQuestion()
{
    support::SessionRun run;
    QSignalSpy prompts(&run.session, &Session::promptAsked);
    QVERIFY(run.open(m_rig.passwordOptions()));
    QCOMPARE(prompts.count(), 0);
    Exec *exec = run.run("echo here");
    QVERIFY(exec->isOk());
}

void tst_Interactive::aWrongPasswordIsSaidOnce()
{
    support::SessionRun run;
    QSignalSpy prompts(&run.session, &Session::promptAsked);
    // As a saved profile does: the stored password first, then whatever the server asks.
    run.session.open(
        options(m_rig, {PasswordAuth{SecretBytes("no such password")}, InteractiveAuth{}}));
    // sshd's PAM asks again in the same conversation; a person can still answer it.
    QTRY_VERIFY_WITH_TIMEOUT(run.closed.count() == 1 || prompts.count() == 1, 20000);
    while (run.closed.count() == 0) {
        run.session.answerPrompt({SecretBytes("wrong again")});
        const qsizetype before = prompts.count();
        QTRY_VERIFY_WITH_TIMEOUT(run.closed.count() == 1 || prompts.count() > before, 20000);
    }
    QCOMPARE(run.code(), ErrorCode::AuthRejected);
}

void tst_Interactive::theUserIsAsked()
{
    support::SessionRun run;
    QSignalSpy prompts(&run.session, &Session::promptAsked);
    run.session.open(options(m_rig, {InteractiveAuth{}}));
    QTRY_COMPARE_WITH_TIMEOUT(prompts.count(), 1, 20000);
    const auto prompt = prompts.front().front().value<Prompt>();
    QCOMPARE(prompt.questions.size(), std::size_t(1));
    QVERIFY(!prompt.questions.front().echo);
    QVERIFY2(prompt.questions.front().text.contains(QStringLiteral("Password")),
             qPrintable(prompt.questions.front().text));
    run.session.answerPrompt({SecretBytes(m_rig.text("password").toUtf8())});
    QTRY_COMPARE_WITH_TIMEOUT(run.ready.count(), 1, 20000);
}

void tst_Interactive::aSecondStepIsAsked_data()
{
    QTest::addColumn<bool>("withKey");
    QTest::newRow("key, then a question") << true;
    QTest::newRow("password, then a question") << false;
}

void tst_Interactive::aSecondStepIsAsked()
{
    QFETCH(bool, withKey);
    support::Rig rig;
    const QString methods = withKey ? QStringLiteral("publickey,keyboard-interactive")
                                    : QStringLiteral("password,keyboard-interactive");
    QCOMPARE(rig.start({QStringLiteral("--pam"), methods}), QString());
    const SecretBytes password(rig.text("password").toUtf8());
    const AuthMethod first =
        withKey ? AuthMethod(KeyAuth{rig.text("key"), {}}) : AuthMethod(PasswordAuth{password});
    support::SessionRun run;
    QSignalSpy prompts(&run.session, &Session::promptAsked);
    run.session.open(options(rig, {first, InteractiveAuth{}}));
    QTRY_COMPARE_WITH_TIMEOUT(prompts.count(), 1, 20000);
    QCOMPARE(run.ready.count(), 0);
    run.session.answerPrompt({password});
    QTRY_COMPARE_WITH_TIMEOUT(run.ready.count(), 1, 20000);
}

void tst_Interactive::closingWhileAskedEndsAtOnce()
{
    support::SessionRun run;
    QSignalSpy prompts(&run.session, &Session::promptAsked);
    run.session.open(options(m_rig, {InteractiveAuth{}}));
    QTRY_COMPARE_WITH_TIMEOUT(prompts.count(), 1, 20000);
    run.session.close();
    QTRY_COMPARE_WITH_TIMEOUT(run.closed.count(), 1, 10000); // not the two minutes a person has
}

QTEST_GUILESS_MAIN(tst_Interactive)
#include "tst_Interactive.moc"
