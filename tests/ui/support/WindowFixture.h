// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/fleet/AdviceWatch.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/RunRecorder.h"
#include "core/fleet/SpendingWatch.h"
#include "core/fleet/TransferQueue.h"
#include "core/history/TransferStore.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "ui/common/Theme.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"

#include <QTemporaryDir>
#include <QTest>

/// The whole window in a home folder of its own, beside the simulated instance.
class WindowFixture : public QObject
{
protected:
    /// Fails the calling test when it doesn't start.
    void startRig(const QStringList &arguments = {QStringLiteral("--gpus"), QStringLiteral("1")});
    /// Fresh folders and stores. A window opened before is closed.
    void makeServices();
    /// A profile of the rig whose host key and password are known.
    void addRig();
    void showWindow();
    void closeWindow();
    void connectIt();
    /// A shell command on the instance that ends well.
    void remote(const QByteArray &command);
    [[nodiscard]] QByteArray remoteOutput(const QByteArray &command);

    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        const auto all = m_window->findChildren<T *>(QLatin1StringView(name));
        return all.isEmpty() ? nullptr : all.last(); // buttons that go are deleted later
    }
    void click(const char *name);
    void type(const char *name, const QString &text);

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_dir;
    core::SystemClock m_clock;
    std::unique_ptr<core::profiles::ProfileStore> m_profiles;
    std::unique_ptr<core::secrets::SessionStore> m_secrets;
    std::unique_ptr<core::fleet::Fleet> m_fleet;
    std::unique_ptr<core::history::TransferStore> m_store;
    std::unique_ptr<core::fleet::TransferQueue> m_queue;
    std::unique_ptr<core::fleet::RunRecorder> m_recorder; ///< in memory
    std::unique_ptr<core::fleet::SpendingWatch> m_spending;
    std::unique_ptr<core::fleet::AdviceWatch> m_advice;
    std::unique_ptr<ui::settings::Settings> m_settings;
    std::unique_ptr<ui::shell::MainWindow> m_window;
    core::fleet::Instance *m_instance = nullptr;
};
