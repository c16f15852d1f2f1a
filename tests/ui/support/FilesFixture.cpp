// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/FilesFixture.h"

#include "ui/common/Banner.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <cstdio>

using namespace core;
using fleet::Instance;

void FilesFixture::startRig()
{
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start({QStringLiteral("--gpus"), QStringLiteral("1")}), QString());
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    m_secrets = std::make_unique<secrets::SessionStore>();
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    m_queue = std::make_unique<fleet::TransferQueue>(*m_fleet, m_clock);
    for (Instance **instance : {&m_instance, &m_other}) {
        profiles::Profile profile;
        profile.name = instance == &m_instance ? QStringLiteral("rig") : QStringLiteral("other");
        profile.host = QStringLiteral("127.0.0.1");
        profile.port = m_rig->port();
        profile.user = QStringLiteral("root");
        profile.auth = profiles::AuthKind::Password;
        const ssh::HostKey key = m_rig->hostKey();
        profile.trustedKeys.push_back({key.type, key.blob});
        const auto added = m_profiles->add(profile);
        QVERIFY(added);
        *instance = m_fleet->byId(added->id);
        (*instance)->offerSecret(SecretBytes(m_rig->text("password").toUtf8()), true);
        connectInstance(*instance);
    }
}

void FilesFixture::connectInstance(Instance *instance)
{
    if (!instance->session())
        instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(instance->session() && instance->sample(), 20000);
}

void FilesFixture::reset()
{
    connectInstance(m_instance);
    connectInstance(m_other);
    seed("rm -rf /root/autodl-tmp/* /root/autodl-tmp/.[!.]* /usr/local/bin/find");
    makePage();
}

void FilesFixture::makePage()
{
    m_page = std::make_unique<ui::files::FilesPage>(*m_queue);
    m_page->resize(900, 600);
    m_page->setDownloadFolder(m_dir->path());
    m_page->setEditsFolder(m_dir->filePath(QStringLiteral("edited")));
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->setInstance(m_instance);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->path(), QByteArray("/root/autodl-tmp"), 10000);
}

void FilesFixture::seed(const QByteArray &command)
{
    ssh::Session *line = m_instance->session() ? m_instance->session() : m_other->session();
    QVERIFY(line);
    ssh::Exec *exec = line->exec(command);
    QSignalSpy finished(exec, &Operation::finished);
    QVERIFY(finished.wait(15000));
    QVERIFY2(exec->exitCode() == 0, exec->standardError().constData());
    exec->deleteLater();
}

QByteArray FilesFixture::contents(const QByteArray &path)
{
    ssh::Session *line = m_instance->session() ? m_instance->session() : m_other->session();
    if (!line)
        return {};
    ssh::Exec *exec = line->exec("cat '" + path + '\'');
    QSignalSpy finished(exec, &Operation::finished);
    if (!finished.wait(15000))
        return {};
    exec->deleteLater();
    return exec->standardOutput();
}

QString FilesFixture::local(const QString &name, const QByteArray &bytes)
{
    QFile file(m_dir->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("no local file");
    return file.fileName();
}

ui::files::FileModel *FilesFixture::model() const
{
    return m_page->findChild<ui::files::FileModel *>();
}

ui::files::FileTable *FilesFixture::table() const
{
    return m_page->findChild<ui::files::FileTable *>();
}

quint64 FilesFixture::size(const QByteArray &name) const
{
    return row(name) < 0 ? 0 : model()->entry(row(name)).size.value_or(0);
}

QPushButton *FilesFixture::button(const char *name) const
{
    for (auto *one : m_page->findChildren<QPushButton *>(QLatin1StringView(name))) {
        if (one->isVisible())
            return one;
    }
    return nullptr;
}

QString FilesFixture::bannerText(const char *banner) const
{
    QString said;
    const auto *strip = child<ui::Banner>(banner);
    if (!strip->isVisible())
        return said;
    for (const auto *label : strip->findChildren<QLabel *>()) {
        if (label->isVisible())
            said += label->text() + u'\n';
    }
    return said;
}

void FilesFixture::refresh()
{
    QSignalSpy read(model(), &QAbstractItemModel::modelReset);
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(read.count() > 0, 10000);
}

void FilesFixture::select(const QByteArray &name)
{
    QTRY_VERIFY_WITH_TIMEOUT(row(name) >= 0, 10000);
    table()->setCurrentIndex(model()->index(row(name), 0));
    table()->setFocus();
}

QAction *FilesFixture::menuEntry(const QString &entry)
{
    QMetaObject::invokeMethod(table(), "menuRequested", Q_ARG(QPoint, QPoint(10, 10)));
    const auto menus = m_page->findChildren<QMenu *>(QStringLiteral("filesMenu"));
    for (QAction *action : menus.isEmpty() ? QList<QAction *>() : menus.constLast()->actions()) {
        if (action->text() == entry)
            return action;
    }
    return nullptr;
}

bool FilesFixture::isOffered(const QString &entry)
{
    QAction *action = menuEntry(entry);
    const bool isEnabled = action && action->isEnabled();
    if (action)
        qobject_cast<QMenu *>(action->parent())->close();
    return isEnabled;
}

void FilesFixture::choose(const QString &entry)
{
    QAction *action = menuEntry(entry);
    QVERIFY2(action && action->isEnabled(), qPrintable(entry));
    action->trigger();
    qobject_cast<QMenu *>(action->parent())->close();
}

void FilesFixture::saveAsEditorsDo(const QString &path, const QByteArray &text)
{
    QFile next(path + QStringLiteral(".new"));
    QVERIFY(next.open(QIODevice::WriteOnly));
    next.write(text);
    next.close();
    QCOMPARE(std::rename(QFile::encodeName(next.fileName()).constData(),
                         QFile::encodeName(path).constData()),
             0);
}
