// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"
#include "core/fleet/AdviceWatch.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/JobWatch.h"
#include "core/fleet/SpendingWatch.h"
#include "core/fleet/SshConfigKeeper.h"
#include "core/fleet/TransferQueue.h"
#include "core/keys/KeyWorker.h"
#include "core/probe/LoginCommand.h"
#include "core/profiles/Profile.h"
#include "ui/settings/Settings.h"

#include <QMainWindow>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <functional>
#include <utility>
#include <vector>

class QLayout;
class QMessageBox;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QToolButton;
class QVBoxLayout;

namespace core::catalog {
struct Offer;
struct AutodlInstance;
struct AutodlLogin;
} // namespace core::catalog

namespace ui {
class Banner;
enum class ErrorAction;
class SecretClipboard;
} // namespace ui

namespace ui::instances {
class ConnectPanel;
class InstanceHeader;
class InstanceList;
class ProfileDialog;
class WelcomePage;
struct PriceProposals;
} // namespace ui::instances

namespace ui::monitor {
class MonitorPage;
}

namespace ui::catalog {
class CatalogPage;
}

namespace ui::files {
class FilesPage;
}

namespace ui::connections {
class ConnectionsPage;
}

namespace ui::jobs {
class EndStrip;
class JobsPage;
} // namespace ui::jobs

namespace ui::terminal {
class TerminalPage;
}

namespace ui::keys {
class KeyOffer;
class KeysPage;
} // namespace ui::keys

namespace ui::money {
class MoneyPage;
struct WarningWords;
} // namespace ui::money

namespace ui::environment {
class EnvironmentPage;
}

namespace ui::processes {
class ProcessesPage;
}

namespace ui::transfers {
class TransfersPage;
}

namespace ui::settings {
class SettingsPage;
}

namespace ui::shell {

class CommandPalette;
class NewsBanner;
class Notifications;
class Notifier;
class PriceServices;
class TrayIcon;

/// The list at the left, the page of what is selected at the right.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    struct Services
    {
        core::fleet::Instance::Services core;
        core::fleet::Fleet &fleet;
        core::fleet::TransferQueue &queue;
        core::fleet::SpendingWatch &spending;
        core::fleet::AdviceWatch &advice;
        settings::Settings &settings;
    };

    explicit MainWindow(Services services, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Selects and connects it.
    void connectTo(const QString &id);
    /// A strip at the top that the user closes: a broken profile file, a missing keychain.
    void tell(const QString &text, const QString &details);
    /// Where to hand in what somebody who looks elsewhere wants to know.
    [[nodiscard]] Notifier &notifier();

Q_SIGNALS:
    /// The first frame has been painted: what is not needed for it may be made now.
    void firstFrame();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildSide(QVBoxLayout *side);
    void followList();
    QWidget *buildInstancePage();
    void addShortcuts();
    void retranslate();
    void restore();
    void showInstance(core::fleet::Instance *instance);
    void updatePage();
    void showAdd(bool fromClipboard);
    void showSettings();
    void showPlace(QWidget *page, QToolButton *button);
    void openPalette();
    void takeLogin(const core::probe::LoginCommand &login);
    void takeAutodlInstance(const core::catalog::AutodlInstance &from,
                            const core::catalog::AutodlLogin &login);
    [[nodiscard]] core::fleet::Instance *instanceFor(core::profiles::Profile profile);
    instances::ProfileDialog *openDialog(const core::profiles::Profile &profile);
    void saveProfile(const core::profiles::Profile &profile, const core::SecretBytes &password,
                     instances::ProfileDialog *dialog);
    void importKnownHosts(const core::profiles::Profile &profile);
    void importSshConfig();
    void askRemove(core::fleet::Instance *instance);
    void copyPassword(core::fleet::Instance *instance);
    void copyForSharing(const QStringList &ids);
    void openExport(const core::fleet::Instance *instance);
    void saveForSharing(const QStringList &ids, const QString &path);
    [[nodiscard]] std::vector<core::profiles::Profile> profilesOf(const QStringList &ids) const;
    void tellGood(const QString &text, const QString &details);
    void report(const core::Error &error);
    monitor::MonitorPage *monitor();

    // Keys (MainWindowKeys.cpp)
    QLayout *buildKeyOffer();
    void showKeys();
    void followKeyUse();
    void noteKeyUse(const QString &path);
    void followSshConfig();

    // Cards and prices (MainWindowCards.cpp)
    void showCards();
    void followGpus();
    void tellOwnGpus();
    [[nodiscard]] core::Result<> makePrices();
    [[nodiscard]] core::Result<std::vector<core::catalog::Offer>> allOffers();
    void compareCards(const core::fleet::Instance &instance);
    [[nodiscard]] instances::PriceProposals proposePrices(const core::profiles::Profile &profile);
    void keepPriceQuestion();

    // Money and advice (MainWindowMoney.cpp)
    void showMoney();
    void followMoney();
    void warnOfMoney(const money::WarningWords &words, const QString &topic);
    void followAdvice();

    // Tunnels (MainWindowConnections.cpp)
    void addConnectionsTab();
    connections::ConnectionsPage *connectionsPage();

    // The Terminal tab (MainWindowTerminal.cpp)
    terminal::TerminalPage *terminalPage();
    void attachTerminal(const QString &name, const QByteArray &command);

    // Files and transfers (MainWindowFiles.cpp)
    files::FilesPage *filesPage();
    void showTransfers(qint64 select = 0);
    void updateTransfers();
    void tellAdded(qint64 id);
    void tellEnded(qint64 id);
    void tellIdle(int done, int failed);
    /// For somebody who looks elsewhere; \a then: when it is clicked.
    void hideTransferNotice();
    QPushButton *addNoticeAction(const QString &text, const char *name);
    void applyCopySettings();
    /// Shows the instance when it has a question.
    void connectFor(const QString &instanceId);
    void mend(const QString &instanceId, ErrorAction action);
    /// \returns whether the window stays until it is answered.
    bool asksBeforeQuit();

    // Beside the clock (MainWindowTray.cpp)
    QWidget *buildNews();
    void applyNotificationSettings();
    void bringForward();

    // The Processes tab, VS Code (MainWindowProcesses.cpp)
    processes::ProcessesPage *processesPage();
    environment::EnvironmentPage *environmentPage(); // MainWindowEnvironment.cpp
    void showSpace(core::fleet::Instance *instance, const QString &mount);
    QWidget *buildOpenInEditor();
    void updateOpenInEditor();
    void openInEditor(core::fleet::Instance &instance);

    // Jobs (MainWindowJobs.cpp)
    static constexpr int filesTab = 1;
    static constexpr int jobsTab = 2;
    static constexpr int terminalTab = 3;
    QLayout *buildEndStrip();
    void followJobs();
    [[nodiscard]] core::fleet::JobWatch *jobWatch(const core::fleet::Instance *instance) const;
    jobs::JobsPage *jobsPage();
    void showJobsOf(core::fleet::Instance *instance);
    void showJob(const QString &instanceId, const core::jobs::JobId &id);
    void showSafety();
    void tellJobEnded(const core::fleet::Instance &instance, const core::jobs::JobInfo &job,
                      bool wasAway);
    void tellPoweredOff(const core::fleet::Instance &instance, const core::jobs::JobInfo &job);
    void tellFetchFailed(const core::fleet::Instance &instance, const core::jobs::JobInfo &job,
                         const core::Error &error);

    // Files dropped on an instance (MainWindowDrops.cpp)
    using InstanceAt =
        std::function<std::pair<core::fleet::Instance *, QRect>(const QPoint &position)>;
    void takeDrops(QWidget *widget, const InstanceAt &instanceAt);

    Services m_services;
    QSplitter *m_splitter;
    instances::InstanceList *m_list = nullptr;
    QPushButton *m_add = nullptr;
    QToolButton *m_cardsButton = nullptr;
    QToolButton *m_moneyButton = nullptr;
    QToolButton *m_keysButton = nullptr;
    QToolButton *m_transfersButton = nullptr;
    QToolButton *m_settingsButton = nullptr;
    std::vector<QToolButton *> m_places; ///< these
    QToolButton *m_place = nullptr;      ///< of those, whose page is shown
    QStackedWidget *m_pages = nullptr;
    Banner *m_notice = nullptr;
    instances::WelcomePage *m_welcome = nullptr;
    QWidget *m_instancePage = nullptr;
    instances::InstanceHeader *m_header = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_content = nullptr;
    instances::ConnectPanel *m_connect = nullptr;
    monitor::MonitorPage *m_monitor = nullptr; ///< made with the first need: Qt Charts is heavy
    files::FilesPage *m_files = nullptr;       ///< made with the first need
    processes::ProcessesPage *m_processes = nullptr; ///< made with the first need
    int m_processesTab = -1;
    environment::EnvironmentPage *m_environment = nullptr; ///< made with the first need
    int m_environmentTab = -1;
    QPushButton *m_openInEditor = nullptr;
    connections::ConnectionsPage *m_connections = nullptr; ///< made with the first need
    int m_connectionsTab = -1;
    jobs::JobsPage *m_jobs = nullptr; ///< made with the first need
    jobs::EndStrip *m_endStrip = nullptr;
    terminal::TerminalPage *m_terminal = nullptr; ///< made with the first need
    transfers::TransfersPage *m_transfers = nullptr;
    settings::SettingsPage *m_settingsPage = nullptr;
    core::keys::KeyWorker m_keyWorker;
    core::keys::WorkQueue m_disk{QStringLiteral("disk")};
    core::fleet::SshConfigKeeper m_sshConfig;
    keys::KeyOffer *m_keyOffer = nullptr;
    keys::KeysPage *m_keys = nullptr;          ///< made with the first need
    PriceServices *m_prices = nullptr;         ///< a child; made with the first need
    catalog::CatalogPage *m_catalog = nullptr; ///< made with the first need
    QHash<QString, std::vector<settings::Settings::SeenGpu>> m_seenGpus; ///< by the profile's id
    QSet<QString> m_comparedCards;       ///< ids of those whose advice knows the prices of cards
    money::MoneyPage *m_money = nullptr; ///< made with the first need
    CommandPalette *m_palette = nullptr;
    Notifications *m_notifications = nullptr;
    TrayIcon *m_tray = nullptr;
    NewsBanner *m_news = nullptr;
    QTimer m_noticeEnd;
    SecretClipboard *m_secretClipboard;
    QPointer<QMessageBox> m_quitBox;
    int m_unseenTrouble = 0; ///< copies that went wrong since the Transfers page was looked at
    bool m_isTransferNotice = false;
    bool m_isQuitting = false;
    bool m_painted = false;
};

} // namespace ui::shell
