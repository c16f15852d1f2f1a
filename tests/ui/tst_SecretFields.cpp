// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed or copied in secret: hidden, not undone, not left on the clipboard.
#include "core/base/Clock.h"
#include "ui/common/PasswordField.h"
#include "ui/common/SecretClipboard.h"
#include "ui/common/Theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using namespace std::chrono_literals;

namespace {

class SetClock final : public core::Clock
{
public:
    [[nodiscard]] std::chrono::system_clock::time_point now() const override { return m_wall; }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_steady;
    }
    std::chrono::system_clock::time_point m_wall{1000s};
    std::chrono::steady_clock::time_point m_steady{1000s};
};

const core::SecretBytes secret("pass 词 word");
const QString secretText = QStringLiteral("pass 词 word");

} // namespace

class tst_SecretFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init();
    void aPasswordIsHiddenAndComesNotBack();
    void aShownPasswordIsNotCopied();
    void aCopiedSecretIsMarked();
    void aCopiedSecretGoesAfterHalfAMinute_data();
    void aCopiedSecretGoesAfterHalfAMinute();
    void whatWasCopiedLaterStays();
    void itGoesWithTheProgram();

private:
    std::unique_ptr<Theme> m_theme;
};

void tst_SecretFields::init()
{
    QApplication::clipboard()->clear();
}

void tst_SecretFields::aPasswordIsHiddenAndComesNotBack()
{
    PasswordField field;
    QTest::keyClicks(&field, QStringLiteral("sEcReT"));
    QCOMPARE(field.echoMode(), QLineEdit::Password);
    QVERIFY(!field.displayText().contains(u's'));
    field.actions().back()->trigger(); // the eye
    QCOMPARE(field.displayText(), QStringLiteral("sEcReT"));
    field.forget();
    QCOMPARE(field.echoMode(), QLineEdit::Password);
    field.actions().back()->trigger();
    field.undo();
    QCOMPARE(field.text(), QString());
}

void tst_SecretFields::aShownPasswordIsNotCopied()
{
    QApplication::clipboard()->setText(QStringLiteral("before"));
    PasswordField field;
    QTest::keyClicks(&field, QStringLiteral("sEcReT"));
    field.actions().back()->trigger();
    field.selectAll();
    QTest::keySequence(&field, QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
    QTest::keySequence(&field, QKeySequence::Cut);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
    QCOMPARE(field.contextMenuPolicy(), Qt::NoContextMenu);
    field.actions().back()->trigger();
    QCOMPARE(field.contextMenuPolicy(), Qt::DefaultContextMenu); // to paste by mouse
}

void tst_SecretFields::aCopiedSecretIsMarked()
{
    const SetClock clock;
    SecretClipboard secrets(*QApplication::clipboard(), clock);
    secrets.copy(secret);
    QVERIFY(secrets.isHolding());
    const QMimeData *data = QApplication::clipboard()->mimeData();
    QCOMPARE(data->text(), secretText);
    QCOMPARE(data->data(QStringLiteral("x-kde-passwordManagerHint")), "secret");
    QVERIFY(data->hasFormat(QStringLiteral("application/x-nspasteboard-concealed-type")));
}

void tst_SecretFields::aCopiedSecretGoesAfterHalfAMinute_data()
{
    QTest::addColumn<bool>("asleep"); // the steady clock stood still
    QTest::newRow("awake") << false;
    QTest::newRow("asleep meanwhile") << true;
}

void tst_SecretFields::aCopiedSecretGoesAfterHalfAMinute()
{
    QFETCH(bool, asleep);
    SetClock clock;
    SecretClipboard secrets(*QApplication::clipboard(), clock);
    QSignalSpy cleared(&secrets, &SecretClipboard::cleared);
    secrets.copy(secret);
    auto *tick = secrets.findChild<QTimer *>();
    QVERIFY(tick && tick->isActive());
    const auto pass = [&](std::chrono::seconds time) {
        clock.m_wall += time;
        if (!asleep)
            clock.m_steady += time;
        QSignalSpy looked(tick, &QTimer::timeout);
        QVERIFY(looked.wait());
    };
    pass(29s);
    QVERIFY(secrets.isHolding());
    QCOMPARE(QApplication::clipboard()->text(), secretText);
    pass(1s);
    QCOMPARE(cleared.count(), 1);
    QVERIFY(!secrets.isHolding());
    QCOMPARE(QApplication::clipboard()->text(), QString());
    QVERIFY(!tick->isActive());
}

void tst_SecretFields::whatWasCopiedLaterStays()
{
    SetClock clock;
    SecretClipboard secrets(*QApplication::clipboard(), clock);
    QSignalSpy cleared(&secrets, &SecretClipboard::cleared);
    secrets.copy(secret);
    QApplication::clipboard()->setText(QStringLiteral("mine"));
    QVERIFY(!secrets.isHolding());
    QTRY_VERIFY(!secrets.findChild<QTimer *>()->isActive());
    clock.m_wall += 60s;
    QCoreApplication::processEvents();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("mine"));
    QCOMPARE(cleared.count(), 0);
}

void tst_SecretFields::itGoesWithTheProgram()
{
    const SetClock clock;
    auto secrets = std::make_unique<SecretClipboard>(*QApplication::clipboard(), clock);
    secrets->copy(secret);
    secrets.reset();
    QCOMPARE(QApplication::clipboard()->text(), QString());
}

QTEST_MAIN(tst_SecretFields)
#include "tst_SecretFields.moc"
