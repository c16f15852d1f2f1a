// SPDX-License-Identifier: GPL-3.0-or-later
// The field for login commands: what is typed comes whole, and no password stays in sight.
#include "ui/common/Theme.h"
#include "ui/instances/PasteField.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace ui;
using ui::instances::PasteField;

namespace {

const QString line = QStringLiteral("ssh -p 35394 root@region-1.autodl.com");
const QString secret = QStringLiteral("topsecret/1+");

} // namespace

class tst_PasteField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void aTypedPasswordComesWhole();
    void aTypedPasswordIsHiddenWhenTheFieldIsLeft();
    void aPastedPasswordIsHiddenAtOnce();
    void aBrokenMaskIsTakenOut();
    void aWordOfTheCommandIsNotHidden();

private:
    void type(const QString &text) { QTest::keyClicks(m_edit, text); }
    /// What Connect gives away.
    std::optional<core::probe::LoginCommand> accepted();

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_window;
    PasteField *m_field = nullptr;
    QPlainTextEdit *m_edit = nullptr;
    QLineEdit *m_other = nullptr;
};

void tst_PasteField::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
}

void tst_PasteField::init()
{
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    m_field = new PasteField(m_window.get());
    m_other = new QLineEdit(m_window.get());
    layout->addWidget(m_field);
    layout->addWidget(m_other);
    m_edit = m_field->findChild<QPlainTextEdit *>(QStringLiteral("pasteField"));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_edit->setFocus();
}

std::optional<core::probe::LoginCommand> tst_PasteField::accepted()
{
    std::optional<core::probe::LoginCommand> login;
    const auto connection =
        connect(m_field, &PasteField::accepted, this,
                [&login](const core::probe::LoginCommand &given) { login = given; });
    QTest::mouseClick(m_field->findChild<QPushButton *>(QStringLiteral("pasteConnect")),
                      Qt::LeftButton);
    disconnect(connection);
    return login;
}

void tst_PasteField::aTypedPasswordComesWhole()
{
    type(line);
    QTest::keyClick(m_edit, Qt::Key_Return, Qt::ShiftModifier);
    type(secret);
    QVERIFY(m_edit->toPlainText().endsWith(secret));
    const auto login = accepted();
    QVERIFY(login && login->password);
    QCOMPARE(QString::fromUtf8(login->password->view()), secret);
}

void tst_PasteField::aTypedPasswordIsHiddenWhenTheFieldIsLeft()
{
    type(line);
    QTest::keyClick(m_edit, Qt::Key_Return, Qt::ShiftModifier);
    type(secret);
    m_other->setFocus();
    QVERIFY(!m_edit->toPlainText().contains(secret));
    m_edit->setFocus();
    const auto login = accepted();
    QVERIFY(login && login->password);
    QCOMPARE(QString::fromUtf8(login->password->view()), secret);
}

void tst_PasteField::aPastedPasswordIsHiddenAtOnce()
{
    QApplication::clipboard()->setText(line + u'\n' + secret);
    QTest::keySequence(m_edit, QKeySequence::Paste);
    QVERIFY(m_edit->toPlainText().startsWith(line));
    QVERIFY(!m_edit->toPlainText().contains(secret));
    m_edit->undo();
    QVERIFY(!m_edit->toPlainText().contains(secret));
    const auto login = accepted();
    QVERIFY(login && login->password);
    QCOMPARE(QString::fromUtf8(login->password->view()), secret);
}

void tst_PasteField::aBrokenMaskIsTakenOut()
{
    m_field->setText(line + u'\n' + secret);
    QTest::keyClick(m_edit, Qt::Key_Backspace);
    QVERIFY(!m_edit->toPlainText().contains(QChar(0x2022)));
    type(secret);
    const auto login = accepted();
    QVERIFY(login && login->password);
    QCOMPARE(QString::fromUtf8(login->password->view()), secret);
}

void tst_PasteField::aWordOfTheCommandIsNotHidden()
{
    m_field->setText(QStringLiteral("密码: root\n") + line);
    QVERIFY(m_edit->toPlainText().endsWith(line));
    const auto login = accepted();
    QVERIFY(login && login->password);
    QCOMPARE(QString::fromUtf8(login->password->view()), QStringLiteral("root"));
}

QTEST_MAIN(tst_PasteField)
#include "tst_PasteField.moc"
