// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Describe.h"

#include <QSet>
#include <QTest>

using core::ErrorCode;
using core::Step;
using ui::describe;
using ui::Description;
using ui::ErrorAction;
using ui::ErrorContext;

class tst_Describe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeAtEveryStepHasWords_data();
    void everyCodeAtEveryStepHasWords();
    void codesAreToldApart();
    void technicalLineHasCodeStepAndTheServersWords();
    void aRejectedPasswordLeadsToANewOne();
    void aRejectedKeyLeadsToAnotherKey();
    void aChangedHostKeyNamesTheUsualReasonsAndIsReviewed();
    void runpodsProxyIsExplained();
    void theJumpHostIsBlamedByName();
    void eachSideIsBlamedForItsOwnDisk();
    void aFailureWithoutAReasonSaysWhatMayBe();
};

void tst_Describe::everyCodeAtEveryStepHasWords_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<Step>("step");
    for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
        for (int step = 0; step <= int(Step::Job); ++step) {
            QTest::addRow("%s at %s", core::errorCodeName(ErrorCode(code)).data(),
                          step ? core::stepName(Step(step)).data() : "no step")
                << ErrorCode(code) << Step(step);
        }
    }
}

void tst_Describe::everyCodeAtEveryStepHasWords()
{
    QFETCH(ErrorCode, code);
    QFETCH(Step, step);
    ErrorContext full;
    full.host = QStringLiteral("example.com");
    full.path = QStringLiteral("/home/me/.ssh/id");
    full.jump = QStringLiteral("me@gate");
    for (const ErrorContext &context : {ErrorContext(), full}) {
        const Description d = describe({code, step, QStringLiteral("their words")}, context);
        for (const QString &text : {d.title, d.why, d.advice}) {
            QVERIFY(!text.isEmpty());
            QVERIFY2(!text.contains(QLatin1StringView("%1")), qPrintable(text));
            QVERIFY(!text.contains(QLatin1StringView("  ")));
        }
        QVERIFY(!d.title.endsWith(u'.'));
        QVERIFY(d.advice.endsWith(u'.'));
        QCOMPARE(d.button.isEmpty(), d.action == ErrorAction::None);
        QCOMPARE(d.otherButton.isEmpty(), d.otherAction == ErrorAction::None);
        QVERIFY(d.technical.contains(QLatin1StringView("their words")));
    }
}

void tst_Describe::codesAreToldApart()
{
    QSet<QString> titles;
    for (int code = 0; code <= int(ErrorCode::Internal); ++code)
        titles << describe({ErrorCode(code), Step::None, {}}).title;
    QCOMPARE(titles.size(), int(ErrorCode::Internal) + 1);
}

void tst_Describe::technicalLineHasCodeStepAndTheServersWords()
{
    QCOMPARE(describe({ErrorCode::AuthRejected, Step::Auth, QStringLiteral("Permission denied")})
                 .technical,
             QStringLiteral("auth-rejected (auth): Permission denied"));
    QCOMPARE(describe({ErrorCode::Internal, Step::None, {}}).technical, QStringLiteral("internal"));
}

void tst_Describe::aRejectedPasswordLeadsToANewOne()
{
    ErrorContext context;
    context.auth = ErrorContext::Auth::Password;
    const Description d = describe({ErrorCode::AuthRejected, Step::Auth, {}}, context);
    QCOMPARE(d.action, ErrorAction::EnterPassword);
    QCOMPARE(d.otherAction, ErrorAction::PasteLogin);
    QVERIFY(d.why.contains(QLatin1StringView("port")));
}

void tst_Describe::aRejectedKeyLeadsToAnotherKey()
{
    ErrorContext context;
    context.auth = ErrorContext::Auth::Key;
    QCOMPARE(describe({ErrorCode::AuthRejected, Step::Auth, {}}, context).action,
             ErrorAction::ChooseKey);
    context.auth = ErrorContext::Auth::Agent;
    QCOMPARE(describe({ErrorCode::AuthRejected, Step::Auth, {}}, context).action,
             ErrorAction::ChooseKey);
}

void tst_Describe::aChangedHostKeyNamesTheUsualReasonsAndIsReviewed()
{
    const Description d = describe({ErrorCode::HostKeyChanged, Step::HostKey, {}});
    QCOMPARE(d.action, ErrorAction::ReviewHostKey);
    QVERIFY(d.why.contains(QLatin1StringView("image")));
}

void tst_Describe::runpodsProxyIsExplained()
{
    ErrorContext context;
    context.host = QStringLiteral("ssh.runpod.io");
    const Description d = describe({ErrorCode::ChannelRefused, Step::Channel, {}}, context);
    QVERIFY(d.title.contains(QLatin1StringView("RunPod")));
    QCOMPARE(d.action, ErrorAction::PasteLogin);
    context.host = QStringLiteral("example.com");
    QVERIFY(!describe({ErrorCode::ChannelRefused, Step::Channel, {}}, context)
                 .title.contains(QLatin1StringView("RunPod")));
}

void tst_Describe::theJumpHostIsBlamedByName()
{
    ErrorContext context;
    context.host = QStringLiteral("target.example");
    context.jump = QStringLiteral("me@gate.example");
    const Description d = describe({ErrorCode::ConnectTimeout, Step::Jump, {}}, context);
    QVERIFY(d.title.contains(QLatin1StringView("me@gate.example")));
    QVERIFY(!d.title.contains(QLatin1StringView("target.example")));
}

void tst_Describe::eachSideIsBlamedForItsOwnDisk()
{
    for (const ErrorCode code : {ErrorCode::NotFound, ErrorCode::PermissionDenied,
                                 ErrorCode::DiskFull, ErrorCode::NoSpaceInodes}) {
        const Description here = describe({code, Step::Local, {}});
        QVERIFY2(here.title.contains(QLatin1StringView("his computer")), qPrintable(here.title));
        const QString words = here.title + here.why + here.advice;
        QVERIFY2(!words.contains(QLatin1StringView("instance")), qPrintable(words));
        QVERIFY(here.otherAction != ErrorAction::OpenDisks);
    }
    const Description there = describe({ErrorCode::DiskFull, Step::Transfer, {}});
    QVERIFY(there.title.contains(QLatin1StringView("instance")));
    QCOMPARE(there.otherAction, ErrorAction::OpenDisks);
}

void tst_Describe::aFailureWithoutAReasonSaysWhatMayBe()
{
    const auto words = [](Step step, const char *detail) {
        return describe({ErrorCode::RemoteFailed, step, QString::fromLatin1(detail)});
    };
    for (const char *bare : {"/d/a: mkdir: Failure", "/d/a: rename: SFTP status 4"}) {
        const Description vague = words(Step::Transfer, bare);
        QVERIFY(vague.why.contains(QStringLiteral("full")));
        QVERIFY(vague.advice.contains(QStringLiteral("room")));
        QCOMPARE(vague.action, ErrorAction::Retry);
        QCOMPARE(vague.otherAction, ErrorAction::OpenDisks);
        QVERIFY(vague.technical.contains(QString::fromLatin1(bare)));
    }
    // One that tells its reason is taken at its word.
    const Description told = words(Step::Transfer, "tar: a: Cannot open: Is a directory");
    QVERIFY(told.why != words(Step::Transfer, "/d/a: mkdir: Failure").why);
    QCOMPARE(told.otherAction, ErrorAction::None);
}

QTEST_GUILESS_MAIN(tst_Describe)
#include "tst_Describe.moc"
