// SPDX-License-Identifier: GPL-3.0-or-later
// A Pro instance of the AutoDL account becomes one of the list, in the real window.
#include "core/catalog/AutodlApi.h"
#include "tests/ui/support/WindowFixture.h"
#include "ui/catalog/CatalogPage.h"

#include <QApplication>
#include <QToolButton>

using namespace core;

class tst_AutodlInstances : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void anInstanceIsAdded();
    void theSameAddressIsTheSameInstance();
};

namespace {

catalog::AutodlLogin loginOf(const char *password)
{
    catalog::AutodlLogin login;
    login.sshCommand = QStringLiteral("ssh -p 31930 somebody@connect.example.com");
    login.host = QStringLiteral("connect.example.com");
    login.port = 31930;
    login.rootPassword = SecretBytes(password);
    login.price = catalog::HourlyPrice{*catalog::Decimal::parse(u"1.985"), Currency::Cny};
    return login;
}

catalog::AutodlInstance instanceOf(const char *name)
{
    catalog::AutodlInstance instance;
    instance.uuid = QStringLiteral("pro-76419909953e");
    instance.name = QString::fromUtf8(name);
    instance.status = QStringLiteral("shutdown"); // nobody is to be connected to
    return instance;
}

} // namespace

void tst_AutodlInstances::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_AutodlInstances::init()
{
    makeServices();
    showWindow();
    child<QToolButton>("showCards")->click();
    QTRY_VERIFY(child<ui::catalog::CatalogPage>("catalogPage"));
}

void tst_AutodlInstances::cleanup()
{
    closeWindow();
}

void tst_AutodlInstances::anInstanceIsAdded()
{
    auto *page = child<ui::catalog::CatalogPage>("catalogPage");
    Q_EMIT page->instanceOffered(instanceOf("train"), loginOf("ab/+C"));
    QCOMPARE(m_profiles->profiles().size(), std::size_t(1));
    const profiles::Profile profile = m_profiles->profiles().front();
    QCOMPARE(profile.name, QStringLiteral("train"));
    QCOMPARE(profile.host, QStringLiteral("connect.example.com"));
    QCOMPARE(profile.port, quint16(31930));
    QCOMPARE(profile.user, QStringLiteral("somebody"));
    QCOMPARE(profile.provider, QStringLiteral("autodl"));
    QCOMPARE(profile.price, (std::optional(profiles::Price{19850, QStringLiteral("CNY")})));
    QTRY_VERIFY(m_secrets->find({secrets::SecretKind::Password, profile.id}));
    QVERIFY(*m_secrets->find({secrets::SecretKind::Password, profile.id}) == SecretBytes("ab/+C"));
    // Another one of that name gets a name of its own.
    catalog::AutodlLogin elsewhere = loginOf("");
    elsewhere.port = 31931;
    Q_EMIT page->instanceOffered(instanceOf("train"), elsewhere);
    QCOMPARE(m_profiles->profiles().size(), std::size_t(2));
    QVERIFY(m_profiles->profiles().back().name != u"train");
}

void tst_AutodlInstances::theSameAddressIsTheSameInstance()
{
    auto *page = child<ui::catalog::CatalogPage>("catalogPage");
    Q_EMIT page->instanceOffered(instanceOf("train"), loginOf("old"));
    const QString id = m_profiles->profiles().front().id;
    QTRY_VERIFY(m_secrets->find({secrets::SecretKind::Password, id}));
    Q_EMIT page->instanceOffered(instanceOf(""), loginOf("new"));
    QCOMPARE(m_profiles->profiles().size(), std::size_t(1));
    QTRY_VERIFY(*m_secrets->find({secrets::SecretKind::Password, id}) == SecretBytes("new"));
}

QTEST_MAIN(tst_AutodlInstances)

#include "tst_AutodlInstances.moc"
