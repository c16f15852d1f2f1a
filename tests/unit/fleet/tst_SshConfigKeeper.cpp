// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/SshConfigKeeper.h"
#include "core/profiles/ProfileStore.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using fleet::SshConfigKeeper;
using profiles::Profile;

class tst_SshConfigKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void itFollowsTheProfiles();
    void whatIsOffWritesNothing();
    void whatWasTakenOutStaysOut();
    void aFileThatCannotBeWrittenIsTold();
    void theLastWordCounts();

private:
    [[nodiscard]] QByteArray text() const;
    QString add(const QString &name);
    void settle();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<SshConfigKeeper> m_keeper;
    QString m_file;
};

void tst_SshConfigKeeper::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_file = m_dir->filePath(QStringLiteral("config"));
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->filePath(QStringLiteral("danlu")));
    QVERIFY(m_profiles->load());
    m_keeper = std::make_unique<SshConfigKeeper>(
        *m_profiles,
        profiles::SshConfigBlockPlace{m_file, m_dir->filePath(QStringLiteral("known_hosts"))});
}

void tst_SshConfigKeeper::cleanup()
{
    m_keeper.reset();
    m_profiles.reset();
    m_dir.reset();
}

QByteArray tst_SshConfigKeeper::text() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString tst_SshConfigKeeper::add(const QString &name)
{
    Profile profile;
    profile.name = name;
    profile.host = QStringLiteral("region-1.autodl.com");
    profile.port = 35394;
    const auto added = m_profiles->add(profile);
    return added ? added->id : QString();
}

void tst_SshConfigKeeper::settle()
{
    QTRY_VERIFY(!m_keeper->isBusy());
}

void tst_SshConfigKeeper::itFollowsTheProfiles()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("Host mine\n") > 0);
    file.close();
    const QString one = add(QStringLiteral("one"));
    m_keeper->start(false);
    m_keeper->setOn(true);
    QVERIFY(m_keeper->isBusy());
    settle();
    QVERIFY(m_keeper->isOn() && !m_keeper->error());
    QCOMPARE(m_keeper->report().names, QStringList{QStringLiteral("one")});
    QVERIFY(text().contains("Host one\n") && text().endsWith("Host mine\n"));
    QVERIFY(QFile::exists(m_keeper->backup()));

    QVERIFY(!add(QStringLiteral("two words")).isEmpty());
    QTRY_VERIFY(text().contains("Host two-words\n"));
    Profile changed = *m_profiles->byId(one);
    changed.port = 4711;
    QVERIFY(m_profiles->update(changed));
    QTRY_VERIFY(text().contains("Port 4711\n"));
    QVERIFY(m_profiles->move(one, 1));
    QTRY_VERIFY(text().indexOf("Host one\n") > text().indexOf("Host two-words\n"));
    QVERIFY(m_profiles->remove(one));
    QTRY_VERIFY(!text().contains("Host one\n"));
    settle();

    // The next run of the program brings it up to date.
    m_keeper.reset();
    QVERIFY(!add(QStringLiteral("later")).isEmpty());
    m_keeper = std::make_unique<SshConfigKeeper>(
        *m_profiles,
        profiles::SshConfigBlockPlace{m_file, m_dir->filePath(QStringLiteral("known_hosts"))});
    m_keeper->start(true);
    QTRY_VERIFY(text().contains("Host later\n"));
    settle();
    m_keeper->setOn(false);
    settle();
    QVERIFY(!m_keeper->isOn());
    QCOMPARE(text(), QByteArray("Host mine\n"));
}

void tst_SshConfigKeeper::whatIsOffWritesNothing()
{
    m_keeper->start(false);
    QSignalSpy changed(m_keeper.get(), &SshConfigKeeper::changed);
    QVERIFY(!add(QStringLiteral("one")).isEmpty());
    m_keeper->tryAgain(); // nothing failed
    QVERIFY(!m_keeper->isBusy());
    QCOMPARE(changed.count(), 0);
    QVERIFY(!QFile::exists(m_file));
}

void tst_SshConfigKeeper::whatWasTakenOutStaysOut()
{
    m_keeper->start(false);
    m_keeper->setOn(true);
    settle();
    QVERIFY(text().contains("danlu"));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("# by hand\n") > 0);
    file.close();
    QVERIFY(!add(QStringLiteral("one")).isEmpty());
    QTRY_VERIFY(m_keeper->wasTakenOut());
    QVERIFY(!m_keeper->isOn());
    QCOMPARE(text(), QByteArray("# by hand\n"));
    m_keeper->setOn(true);
    settle();
    QVERIFY(m_keeper->isOn() && !m_keeper->wasTakenOut());
    QVERIFY(text().contains("Host one\n") && text().endsWith("# by hand\n"));
}

void tst_SshConfigKeeper::aFileThatCannotBeWrittenIsTold()
{
    // A link to nowhere, which root can't write through either.
    QVERIFY(QFile::link(m_dir->filePath(QStringLiteral("nowhere/config")), m_file));
    QVERIFY(!add(QStringLiteral("one")).isEmpty());
    m_keeper->start(false);
    m_keeper->setOn(true);
    settle();
    QVERIFY(m_keeper->error());
    QCOMPARE(m_keeper->error()->code, ErrorCode::NotFound);
    QVERIFY(!m_keeper->isOn());
    QVERIFY(QFile::remove(m_file));
    m_keeper->tryAgain();
    settle();
    QVERIFY(!m_keeper->error() && m_keeper->isOn());
    QVERIFY(text().contains("Host one\n"));
    // Later trouble is told, and does not switch it off.
    QVERIFY(QFile::remove(m_file));
    QVERIFY(QFile::link(m_dir->filePath(QStringLiteral("nowhere/config")), m_file));
    QVERIFY(!add(QStringLiteral("two")).isEmpty());
    QTRY_VERIFY(m_keeper->error());
    QVERIFY(m_keeper->isOn() && !m_keeper->wasTakenOut());
}

void tst_SshConfigKeeper::theLastWordCounts()
{
    QVERIFY(!add(QStringLiteral("one")).isEmpty());
    m_keeper->start(false);
    for (const bool on : {true, false, true, false, true})
        m_keeper->setOn(on);
    settle();
    QVERIFY(m_keeper->isOn());
    QVERIFY(text().contains("Host one\n"));
    m_keeper->setOn(false);
    m_keeper->setOn(true);
    m_keeper->setOn(false);
    settle();
    QVERIFY(!m_keeper->isOn());
    QVERIFY(!text().contains("Host one\n"));
}

QTEST_GUILESS_MAIN(tst_SshConfigKeeper)
#include "tst_SshConfigKeeper.moc"
