// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"
#include "core/fleet/Instance.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Skeleton.h"
#include "ui/common/Theme.h"
#include "ui/monitor/MonitorPage.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using core::fleet::Instance;
using ui::monitor::MonitorPage;

class tst_MonitorPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void withoutAnInstanceThePageIsQuiet();
    void theButtonConnectsAndThePageFollows();
    void theInstanceMayVanishUnderThePage();
    void theSpanIsKeptForTheSettings();

private:
    [[nodiscard]] std::unique_ptr<Instance> makeInstance(quint16 port);

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<core::profiles::ProfileStore> m_profiles;
    core::secrets::SessionStore m_secrets;
    core::SystemClock m_clock;
};

void tst_MonitorPage::init()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
    m_folder = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<core::profiles::ProfileStore>(m_folder->path());
}

std::unique_ptr<Instance> tst_MonitorPage::makeInstance(quint16 port)
{
    core::profiles::Profile profile;
    profile.name = QStringLiteral("box");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = port;
    const auto saved = m_profiles->add(profile);
    return std::make_unique<Instance>(saved->id,
                                      Instance::Services{*m_profiles, m_secrets, m_clock});
}

void tst_MonitorPage::withoutAnInstanceThePageIsQuiet()
{
    MonitorPage page;
    page.show();
    auto *button = page.findChild<QPushButton *>(QStringLiteral("connectButton"));
    QVERIFY(button->isVisibleTo(&page));
    button->click();
    QVERIFY(!page.instance());
}

void tst_MonitorPage::theButtonConnectsAndThePageFollows()
{
    // Accepts the connection and then says nothing, as a machine that is just starting.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const auto instance = makeInstance(silent.serverPort());
    MonitorPage page;
    page.setInstance(instance.get());
    page.show();
    QCOMPARE(instance->state(), Instance::State::Disconnected);
    page.findChild<QPushButton *>(QStringLiteral("connectButton"))->click();
    QVERIFY(instance->isBusy());
    const auto skeletonShown = [&] {
        const auto all = page.findChildren<ui::Skeleton *>();
        return std::any_of(all.begin(), all.end(),
                           [&](const ui::Skeleton *one) { return one->isVisibleTo(&page); });
    };
    QTRY_VERIFY(skeletonShown());
    instance->disconnectNow();
    QTRY_COMPARE(instance->state(), Instance::State::Disconnected);
    QTRY_VERIFY(page.findChild<ui::EmptyState *>()->isVisibleTo(&page));
}

void tst_MonitorPage::theInstanceMayVanishUnderThePage()
{
    auto instance = makeInstance(1);
    MonitorPage page;
    page.setInstance(instance.get());
    page.show();
    instance.reset();
    QCoreApplication::processEvents();
    QVERIFY(!page.instance());
    QVERIFY(page.findChild<ui::EmptyState *>()->isVisibleTo(&page));
}

void tst_MonitorPage::theSpanIsKeptForTheSettings()
{
    MonitorPage page;
    QSignalSpy changed(&page, &MonitorPage::spanChanged);
    page.setSpan(ui::charts::ChartGroup::Span::Day);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(page.span(), ui::charts::ChartGroup::Span::Day);
}

QTEST_MAIN(tst_MonitorPage)
#include "tst_MonitorPage.moc"
