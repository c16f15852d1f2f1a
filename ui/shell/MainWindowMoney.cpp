// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "core/catalog/OfferStore.h"
#include "ui/instances/InstanceList.h"
#include "ui/instances/ProfileDialog.h"
#include "ui/money/MoneyPage.h"
#include "ui/money/MoneyWords.h"
#include "ui/settings/Settings.h"
#include "ui/shell/Notifications.h"
#include "ui/shell/TrayIcon.h"

#include <QStackedWidget>

namespace ui::shell {

using core::fleet::Instance;
using core::fleet::SpendingWatch;

void MainWindow::showMoney()
{
    if (!m_money) {
        m_money = new money::MoneyPage(m_services.fleet, m_services.spending);
        m_pages->addWidget(m_money);
        connect(m_money, &money::MoneyPage::budgetChanged, &m_services.settings,
                &settings::Settings::setBudget);
        connect(m_money, &money::MoneyPage::priceRequested, this, [this](const QString &id) {
            if (const Instance *instance = m_services.fleet.byId(id))
                openDialog(instance->profile())->focusPrice();
        });
    }
    showPlace(m_money, m_moneyButton);
}

void MainWindow::followMoney()
{
    m_list->setSpending(m_services.spending);
    m_services.spending.setRate(
        core::catalog::keptRate(m_services.settings.directory()).cnyPerUsd.millionths());
    m_services.spending.setBudget(m_services.settings.budget());
    connect(&m_services.spending, &SpendingWatch::budgetReached, this,
            [this](const core::cost::BudgetWarning &warning) {
                warnOfMoney(money::wordsFor(warning), QStringLiteral("budget"));
            });
    connect(&m_services.spending, &SpendingWatch::releaseNear, this,
            [this](const QString &id, const core::cost::ReleaseReminder &reminder) {
                const Instance *instance = m_services.fleet.byId(id);
                if (!instance)
                    return;
                warnOfMoney(money::wordsFor(instance->profile().name, reminder.release),
                            QStringLiteral("release:") + id);
            });
    m_tray->addLines([this]() -> QStringList {
        const auto &today = m_services.spending.report(SpendingWatch::Span::Today).all;
        if (today.cost.empty())
            return {};
        //: %1 is an amount of money
        return {tr("Today: %1").arg(money::moneyWords(today.cost))};
    });
}

void MainWindow::warnOfMoney(const money::WarningWords &words, const QString &topic)
{
    Notification notification;
    notification.kind = Notification::Kind::Warning;
    notification.title = words.title;
    notification.text = words.details;
    notification.topic = topic;
    notification.open = [this] { showMoney(); };
    m_notifications->notify(notification);
}

void MainWindow::followAdvice()
{
    const auto apply = [this] {
        for (const Instance *instance : m_services.fleet.instances())
            m_services.advice.setSilenced(instance->id(),
                                          m_services.settings.silencedAdvice(instance->id()));
    };
    connect(&m_services.settings, &settings::Settings::adviceChanged, this, apply);
    const auto applyIdle = [this] {
        m_services.advice.setIdleAfter(core::advice::TimeMs(m_services.settings.idleMinutes()) *
                                       60'000);
    };
    applyIdle();
    connect(&m_services.settings, &settings::Settings::notificationsChanged, this, applyIdle);
    apply();
}

} // namespace ui::shell
