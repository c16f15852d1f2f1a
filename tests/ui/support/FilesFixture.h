// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/TransferQueue.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "ui/common/Theme.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FilesPage.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

/// A Files tab on the simulated instance, and a second profile of the same one to switch to.
class FilesFixture : public QObject
{
protected:
    /// Fails the calling test when it doesn't start.
    void startRig();
    void makePage();
    /// Both instances connected, the data disk empty.
    void reset();
    void connectInstance(core::fleet::Instance *instance);
    /// As root on the instance, over the first or else the second profile's connection.
    void seed(const QByteArray &command);
    [[nodiscard]] QByteArray contents(const QByteArray &path);
    /// A file of this machine.
    [[nodiscard]] QString local(const QString &name, const QByteArray &bytes);

    [[nodiscard]] int row(const QByteArray &name) const { return model()->rowOf(name); }
    [[nodiscard]] quint64 size(const QByteArray &name) const;
    [[nodiscard]] ui::files::FileModel *model() const;
    [[nodiscard]] ui::files::FileTable *table() const;
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1StringView(name));
    }
    /// The button when it can be seen.
    [[nodiscard]] QPushButton *button(const char *name) const;
    [[nodiscard]] QString bannerText(const char *banner) const;
    void refresh();
    void select(const QByteArray &name);
    /// Opens the menu and clicks.
    void choose(const QString &entry);
    [[nodiscard]] QAction *menuEntry(const QString &entry);
    [[nodiscard]] bool isOffered(const QString &entry);
    void saveAsEditorsDo(const QString &path, const QByteArray &text);

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_dir;
    core::SystemClock m_clock;
    std::unique_ptr<core::profiles::ProfileStore> m_profiles;
    std::unique_ptr<core::secrets::SessionStore> m_secrets;
    std::unique_ptr<core::fleet::Fleet> m_fleet;
    std::unique_ptr<core::fleet::TransferQueue> m_queue;
    std::unique_ptr<ui::files::FilesPage> m_page;
    core::fleet::Instance *m_instance = nullptr;
    core::fleet::Instance *m_other = nullptr;
};
