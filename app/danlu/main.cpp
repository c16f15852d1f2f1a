// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu/DemoInput.h"
#include "app/danlu/Hardening.h"
#include "app/danlu/Languages.h"
#include "app/danlu/SingleInstance.h"
#include "core/base/Clock.h"
#include "core/base/Logging.h"
#include "core/base/Memory.h"
#include "core/base/Redact.h"
#include "core/fleet/AdviceWatch.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/RunRecorder.h"
#include "core/fleet/TransferQueue.h"
#include "core/history/RunStore.h"
#include "core/history/TransferStore.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/KeychainStore.h"
#include "ui/common/Theme.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

namespace {

ui::ThemeChoice themeChoice(const QString &name)
{
    return name == u"light"  ? ui::ThemeChoice::Light
           : name == u"dark" ? ui::ThemeChoice::Dark
                             : ui::ThemeChoice::System;
}

struct Options
{
    QString configDir;
    QString connectTo;
    QString language;
    QString theme;
    bool demo = false;
};

Options readOptions(const QApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Desktop client for rented GPU instances"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption config(QStringLiteral("config-dir"),
                                    QStringLiteral("Keep everything in DIR."),
                                    QStringLiteral("DIR"));
    const QCommandLineOption connectTo(QStringLiteral("connect"),
                                       QStringLiteral("Connect to the instance NAME."),
                                       QStringLiteral("NAME"));
    const QCommandLineOption language(QStringLiteral("lang"),
                                      QStringLiteral("en or zh_CN, for this run."),
                                      QStringLiteral("LANG"));
    const QCommandLineOption theme(QStringLiteral("theme"),
                                   QStringLiteral("system, light or dark, for this run."),
                                   QStringLiteral("THEME"));
    const QCommandLineOption demo(
        QStringLiteral("demo-stdin"),
        QStringLiteral("Read the demo instance from stdin (scripts/run --demo)."));
    parser.addOptions({config, connectTo, language, theme, demo});
    parser.process(application);
    Options options;
    options.configDir = parser.value(config);
    if (options.configDir.isEmpty())
        options.configDir = qEnvironmentVariable("DANLU_CONFIG_DIR");
    if (options.configDir.isEmpty())
        options.configDir = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    options.connectTo = parser.value(connectTo);
    options.language = parser.value(language);
    options.theme = parser.value(theme);
    options.demo = parser.isSet(demo);
    return options;
}

/// The demo's profile is added or brought up to date. \returns its id.
QString addDemo(const danlu::Demo &demo, core::profiles::ProfileStore &profiles)
{
    core::profiles::Profile profile = demo.profile;
    if (const core::profiles::Profile *known = profiles.byName(profile.name)) {
        profile.id = known->id;
        return profiles.update(profile) ? profile.id : QString();
    }
    const auto added = profiles.add(profile);
    return added ? added->id : QString();
}

/// What an earlier run left to be copied. One Danlu at a time has it.
void loadQueue(const QString &directory, bool isFirst, core::history::TransferStore &store,
               core::fleet::TransferQueue &queue, ui::shell::MainWindow &window)
{
    if (!isFirst) {
        window.tell(QApplication::translate(
                        "main", "Another Danlu has the list of transfers. Copies that you start "
                                "here end with this window."),
                    {});
        return;
    }
    QObject::connect(
        &queue, &core::fleet::TransferQueue::loaded, &window, [&window](const QString &keptAs) {
            if (!keptAs.isEmpty())
                window.tell(QApplication::translate("main",
                                                    "The list of transfers was broken. A new one "
                                                    "is begun; the broken file is kept."),
                            keptAs);
        });
    queue.setStore(&store);
    store.open(QDir(directory).filePath(QStringLiteral("history.db")));
}

} // namespace

int main(int argc, char **argv)
{
    core::keepFreedBuffers();
    disableCoreDumps();
    core::installRedactingLog();
    QApplication::setHighDpiScaleFactorRoundingPolicy(
        Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("danlu"));
    QApplication::setApplicationDisplayName(QStringLiteral("Danlu"));
    QApplication::setDesktopFileName(QStringLiteral("danlu"));
    QApplication::setApplicationVersion(QStringLiteral(DANLU_VERSION));
    const Options options = readOptions(application);
    const danlu::SingleInstance single(options.configDir);
    if (!single.isFirst() && single.raiseFirst())
        return 0;

    const core::SystemClock clock;
    ui::settings::Settings settings(options.configDir);
    danlu::Languages languages(application);
    languages.use(options.language.isEmpty() ? settings.language() : options.language);
    ui::Theme theme(application,
                    themeChoice(options.theme.isEmpty() ? settings.theme() : options.theme));
    QObject::connect(&settings, &ui::settings::Settings::languageChanged, &application,
                     [&] { languages.use(settings.language()); });
    QObject::connect(&settings, &ui::settings::Settings::themeChanged, &application,
                     [&] { theme.setChoice(themeChoice(settings.theme())); });

    core::profiles::ProfileStore profiles(options.configDir);
    const auto loaded = profiles.load();
    const std::unique_ptr<core::secrets::SecretStore> secrets = core::secrets::makeSecretStore();
    core::fleet::Fleet fleet({profiles, *secrets, clock});
    core::history::TransferStore store;
    core::fleet::TransferQueue queue(fleet, clock);
    core::history::RunStore runs;
    core::fleet::RunRecorder recorder(fleet, clock);
    recorder.setStore(&runs);
    core::fleet::SpendingWatch spending(fleet, recorder, clock);
    core::fleet::AdviceWatch advice(fleet);
    ui::shell::MainWindow window(
        {{profiles, *secrets, clock}, fleet, queue, spending, advice, settings});

    if (!loaded)
        window.tell(QApplication::translate("main", "The saved instances could not be read."),
                    loaded.error().detail);
    else if (loaded->lostProfiles > 0)
        window.tell(QCoreApplication::translate(
                        "main",
                        "%n saved instance(s) could not be read and are left out. The file as it "
                        "was is kept.",
                        nullptr, loaded->lostProfiles),
                    loaded->corruptKeptAs);
    else if (!loaded->corruptKeptAs.isEmpty())
        window.tell(QApplication::translate(
                        "main",
                        "The file of saved instances was broken. Danlu starts with an empty "
                        "list; the broken file is kept."),
                    loaded->corruptKeptAs);

    QString wanted;
    if (options.demo) {
        const auto demo = danlu::readDemoFromStdin();
        if (demo) {
            wanted = addDemo(*demo, profiles);
            if (core::fleet::Instance *instance = fleet.byId(wanted))
                instance->offerSecret(demo->password, false);
        } else {
            qCWarning(lcUi) << "no demo instance came by stdin";
        }
    } else if (const auto *named = profiles.byName(options.connectTo)) {
        wanted = named->id;
    }
    QObject::connect(&window, &ui::shell::MainWindow::firstFrame, &window, [&, wanted] {
        qCDebug(lcUi) << "first frame";
        loadQueue(options.configDir, single.isFirst(), store, queue, window);
        runs.open(QDir(options.configDir).filePath(QStringLiteral("runs.db")));
        if (!wanted.isEmpty())
            window.connectTo(wanted);
    });
    QObject::connect(&single, &danlu::SingleInstance::raiseAsked, &window, [&window] {
        window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
        window.show();
        window.raise();
        window.activateWindow();
    });
    window.show();
    return QApplication::exec();
}
