// SPDX-License-Identifier: GPL-3.0-or-later
// Prices for an instance that has none, out of the table of offers, in the real window.
#include "core/base/Money.h"
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Label.h"
#include "ui/instances/InstanceList.h"
#include "ui/instances/ProfileDialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace core;

class tst_ProposedPrices : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theCardThatWasSeenHasPrices();
    void whatHasAPriceIsAskedNothing();
    void aSampleTellsCardAndCount();
    void aNameMaySayTheCard();
    void withoutAnOfferNothingIsShown();
    void pricesKeepFourDecimals();

private:
    /// A saved instance on \a host with GPUs that were seen there.
    void add(const char *host, const std::vector<ui::settings::Settings::SeenGpu> &gpus,
             std::optional<profiles::Price> price = {});
    void edit();
    [[nodiscard]] QList<QPushButton *> proposed() const;
    [[nodiscard]] QString text(const char *name) const { return child<QLineEdit>(name)->text(); }
    QString m_id;
};

void tst_ProposedPrices::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_ProposedPrices::init()
{
    makeServices();
    QFile table(m_dir->filePath(QStringLiteral("offers.csv")));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("provider,region,card,price_per_gpu_hour,currency,seen_on,source\n"
                "AutoDL,any,RTX 4090,1.98,CNY,2025-11,the home page\n"
                "AutoDL,Northwest B,RTX 4090,1.88,CNY,2025,a note\n"
                "AutoDL,any,A40,3.14,CNY,2025-11,the home page\n"
                "vast.ai,US,RTX 4090,0.2134,USD,2025-11-20,vast.ai\n");
}

void tst_ProposedPrices::cleanup()
{
    closeWindow();
}

void tst_ProposedPrices::add(const char *host,
                             const std::vector<ui::settings::Settings::SeenGpu> &gpus,
                             std::optional<profiles::Price> price)
{
    profiles::Profile profile;
    profile.name = QStringLiteral("train");
    profile.host = QLatin1StringView(host);
    profile.price = std::move(price);
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_id = added->id;
    m_settings->setSeenGpus({{m_id, gpus}});
    showWindow();
    edit();
}

void tst_ProposedPrices::edit()
{
    Q_EMIT m_window->findChild<ui::instances::InstanceList *>()->editRequested(m_fleet->byId(m_id));
    QVERIFY(child<ui::instances::ProfileDialog>("profileDialog"));
}

QList<QPushButton *> tst_ProposedPrices::proposed() const
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QList<QPushButton *> shown;
    for (auto *button : m_window->findChildren<QPushButton *>(QStringLiteral("proposedPrice"))) {
        if (button->isVisible())
            shown.append(button);
    }
    return shown;
}

void tst_ProposedPrices::theCardThatWasSeenHasPrices()
{
    add("connect.westb.seetacloud.com", {{QStringLiteral("NVIDIA GeForce RTX 4090"), 24564, 2}});
    const QList<QPushButton *> prices = proposed();
    QCOMPARE(prices.size(), 2); // not vast.ai's
    QVERIFY(prices[0]->text().contains(QStringLiteral("¥3.76/h")));
    QVERIFY(prices[0]->text().contains(QStringLiteral("AutoDL · Northwest B")));
    QVERIFY(prices[0]->accessibleDescription().contains(QStringLiteral("2025")));
    QVERIFY(prices[0]->accessibleDescription().contains(QStringLiteral("a note")));
    QVERIFY(prices[0]->toolTip().contains(QStringLiteral("30 days")));
    QVERIFY(prices[1]->text().contains(QStringLiteral("¥3.96/h")));
    // Nothing is set by itself, and what is not chosen is not saved.
    QCOMPARE(text("profilePrice"), QString());
    click("profileSave");
    QVERIFY(!m_profiles->byId(m_id)->price);
    edit();
    QCOMPARE(proposed().size(), 2);
    QTest::mouseClick(proposed()[1], Qt::LeftButton);
    QCOMPARE(text("profilePrice"), QStringLiteral("3.96"));
    QVERIFY(!m_profiles->byId(m_id)->price);
    click("profileSave");
    QCOMPARE(m_profiles->byId(m_id)->price,
             (std::optional(profiles::Price{39600, QStringLiteral("CNY")})));
}

void tst_ProposedPrices::whatHasAPriceIsAskedNothing()
{
    add("region-1.autodl.com", {{QStringLiteral("NVIDIA A40"), 46068, 1}},
        profiles::Price{2134, QStringLiteral("USD")});
    QCOMPARE(proposed().size(), 0);
    QCOMPARE(text("profilePrice"), QStringLiteral("0.2134"));
    QCOMPARE(child<QComboBox>("profileCurrency")->currentText(), QStringLiteral("USD"));
}

void tst_ProposedPrices::aSampleTellsCardAndCount()
{
    startRig({QStringLiteral("--gpus"), QStringLiteral("2")});
    addRig();
    m_id = m_instance->id();
    showWindow();
    connectIt();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->sample() && m_instance->sample()->gpus.size() == 2, 60000);
    edit();
    QCOMPARE(proposed().size(), 3); // of an unknown provider: anybody's
    QVERIFY(proposed()[0]->text().contains(QStringLiteral("$0.4268/h")));
    m_instance->disconnectNow();
}

void tst_ProposedPrices::aNameMaySayTheCard()
{
    showWindow();
    click("addByHand");
    type("profileName", QStringLiteral("4090 x2"));
    type("profileHost", QStringLiteral("ssh4.vast.ai"));
    QTRY_COMPARE(proposed().size(), 1);
    QVERIFY(proposed()[0]->text().contains(QStringLiteral("$0.4268/h")));
    QTest::mouseClick(proposed()[0], Qt::LeftButton);
    QCOMPARE(text("profilePrice"), QStringLiteral("0.4268"));
    QCOMPARE(child<QComboBox>("profileCurrency")->currentText(), QStringLiteral("USD"));
}

void tst_ProposedPrices::withoutAnOfferNothingIsShown()
{
    add("region-1.autodl.com", {{QStringLiteral("NVIDIA H800"), 81559, 8}});
    QCOMPARE(proposed().size(), 0);
    QVERIFY(!child<QWidget>("proposedPrices")->isVisible());
}

void tst_ProposedPrices::pricesKeepFourDecimals()
{
    add("10.0.0.1", {}, profiles::Price{19800, QStringLiteral("CNY")});
    for (const char *wrong : {"0.21345", "one", "-1", "1.", "1e3"}) {
        type("profilePrice", QLatin1StringView(wrong));
        QVERIFY2(!child<QPushButton>("profileSave")->isEnabled(), wrong);
    }
    type("profilePrice", QStringLiteral("0,2134"));
    click("profileSave");
    QCOMPARE(m_profiles->byId(m_id)->price,
             (std::optional(profiles::Price{2134, QStringLiteral("CNY")})));
}

QTEST_MAIN(tst_ProposedPrices)

#include "tst_ProposedPrices.moc"
