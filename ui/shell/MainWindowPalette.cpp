// SPDX-License-Identifier: GPL-3.0-or-later
// The palette's commands, and the shortcuts.
#include "ui/catalog/CatalogPage.h"
#include "ui/environment/EnvironmentPage.h"
#include "ui/files/FilesPage.h"
#include "ui/instances/InstanceList.h"
#include "ui/jobs/JobsPage.h"
#include "ui/keys/KeysPage.h"
#include "ui/processes/ProcessesPage.h"
#include "ui/settings/Settings.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/MainWindow.h"

#include <QShortcut>
#include <QTabBar>

namespace ui::shell {

using core::fleet::Instance;

void MainWindow::openPalette()
{
    if (!m_palette)
        m_palette = new CommandPalette(this);
    std::vector<CommandPalette::Command> commands;
    commands.push_back({tr("Paste a login command"), [this] { showAdd(true); }});
    commands.push_back({tr("Add an instance by hand"), [this] { openDialog({}); }});
    commands.push_back({tr("Import ~/.ssh/config"), [this] { importSshConfig(); }});
    commands.push_back({tr("Export instances…"), [this] { openExport(nullptr); }});
    for (Instance *instance : m_services.fleet.instances()) {
        const QString id = instance->id();
        commands.push_back({tr("Go to %1").arg(instance->profile().name), [this, id] {
                                m_list->select(m_services.fleet.byId(id));
                                showInstance(m_services.fleet.byId(id));
                            }});
        const bool off = instance->state() == Instance::State::Disconnected ||
                         instance->state() == Instance::State::Failed;
        commands.push_back({off ? tr("Connect %1").arg(instance->profile().name)
                                : tr("Disconnect %1").arg(instance->profile().name),
                            [this, id, off] {
                                Instance *target = m_services.fleet.byId(id);
                                if (target && off)
                                    target->connectNow();
                                else if (target)
                                    target->disconnectNow();
                            }});
        if (instance->session())
            commands.push_back(
                {tr("Open %1 in an editor").arg(instance->profile().name), [this, id] {
                     if (Instance *target = m_services.fleet.byId(id))
                         openInEditor(*target);
                 }});
    }
    commands.push_back({tr("Cards and prices"), [this] { showCards(); }});
    commands.push_back({tr("Money"), [this] { showMoney(); }});
    commands.push_back({tr("Keys"), [this] { showKeys(); }});
    commands.push_back({tr("Transfers"), [this] { showTransfers(); }});
    commands.push_back({tr("Settings"), [this] { showSettings(); }});
    commands.push_back(
        {tr("Light theme"), [this] { m_services.settings.setTheme(QStringLiteral("light")); }});
    commands.push_back(
        {tr("Dark theme"), [this] { m_services.settings.setTheme(QStringLiteral("dark")); }});
    m_palette->open(std::move(commands));
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto slot) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { openPalette(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { showAdd(true); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { showSettings(); });
    add(QKeySequence::Refresh, [this] {
        if (m_files && m_files->isVisible())
            m_files->refresh();
        if (m_processes && m_processes->isVisible())
            m_processes->refresh();
        if (m_jobs && m_jobs->isVisible())
            m_jobs->refresh();
        if (m_environment && m_environment->isVisible())
            m_environment->refresh();
        if (m_keys && m_keys->isVisible()) {
            m_keys->refresh();
            return;
        }
        if (m_catalog && m_catalog->isVisible()) {
            m_catalog->refresh();
            return;
        }
        if (Instance *instance = m_list->current()) {
            if (instance->state() == Instance::State::Connected)
                instance->wake();
            else
                instance->connectNow();
        }
    });
    for (int tab = 0; tab < 6; ++tab)
        add(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + tab)), [this, tab] {
            if (tab < m_tabs->count())
                m_tabs->setCurrentIndex(tab);
        });
}

} // namespace ui::shell
