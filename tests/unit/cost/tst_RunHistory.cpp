// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/RunMeter.h"
#include "core/history/RunStore.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <latch>

using namespace core;
using namespace core::history;
using core::cost::RunSlice;
using core::cost::TimeMs;

namespace {

constexpr TimeMs minute = 60'000;

RunSlice slice(const char *id, TimeMs from, TimeMs to)
{
    RunSlice one;
    one.instanceId = QString::fromUtf8(id);
    one.instanceName = QStringLiteral("训练");
    one.from = from;
    one.to = to;
    one.boot = from;
    one.noGpu = true;
    one.seen = false;
    one.card = QStringLiteral("NVIDIA GeForce RTX 4090 D");
    one.gpus = 8;
    one.perHour = HourlyRate{4567, Currency::Usd};
    one.idleGpuMs = 17;
    return one;
}

} // namespace

class tst_RunHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void whatWasSavedComesBack();
    void aSliceGrowsAndNeverShrinks();
    void onlyWhatReachesIntoTheTimeIsRead();
    void theNewestOfEachInstanceIsKnown();
    void someAreWrittenOrNone();
    void oldOnesAreForgotten();
    void anInstanceIsForgottenForGood();
    void whatWasSaidStaysSaid();
    void twoProgramsShareTheFile();
    void aBrokenFileIsKeptAside();
    void aFileOfVersion1KeepsItsPrices();
    void twoProgramsBringItUpToDateAtOnce();
    void aNewerFileIsLeftAlone();
    void theStoreWritesInItsOrder();
    void theStoreSaysThatItCannot();

private:
    void makeVersion1() const;
    [[nodiscard]] QString file() const { return m_dir->filePath(QStringLiteral("a/runs.db")); }
    std::unique_ptr<QTemporaryDir> m_dir;
    const TimeMs m_now = QDateTime::currentMSecsSinceEpoch();
};

void tst_RunHistory::whatWasSavedComesBack()
{
    RunSlice unpriced = slice("b", m_now, m_now + minute);
    unpriced.perHour.reset();
    unpriced.noGpu = false;
    unpriced.seen = true;
    const std::vector<RunSlice> all{slice("a'; --", m_now, m_now + minute), unpriced};
    {
        RunHistory history;
        QVERIFY(history.open(file()));
        QVERIFY(history.save(all));
        QVERIFY(history.save({}));
    }
    RunHistory history;
    QVERIFY(history.open(file()));
    const auto loaded = history.load(0, m_now * 2);
    QVERIFY(loaded);
    QCOMPARE(*loaded, all);
}

void tst_RunHistory::aSliceGrowsAndNeverShrinks()
{
    RunHistory history;
    QVERIFY(history.open(file()));
    QVERIFY(history.save({slice("a", m_now, m_now + minute)}));
    RunSlice longer = slice("a", m_now, m_now + 5 * minute);
    longer.idleGpuMs = 99;
    QVERIFY(history.save({longer}));
    QVERIFY(history.save({slice("a", m_now, m_now + 2 * minute)})); // another program, behind
    const auto loaded = history.load(0, m_now * 2);
    QVERIFY(loaded);
    QCOMPARE(*loaded, std::vector<RunSlice>{longer});
}

void tst_RunHistory::onlyWhatReachesIntoTheTimeIsRead()
{
    RunHistory history;
    QVERIFY(history.open(file()));
    for (int i = 0; i < 10; ++i)
        QVERIFY(history.save({slice("a", m_now + i * minute, m_now + (i + 1) * minute)}));
    const auto some = history.load(m_now + 2 * minute + 1, m_now + 4 * minute + 1);
    QVERIFY(some);
    QCOMPARE(some->size(), std::size_t(3));
    QCOMPARE(some->front().from, m_now + 2 * minute);
    QCOMPARE(some->back().to, m_now + 5 * minute);
    QVERIFY(history.load(m_now + 10 * minute, m_now * 2)->empty());
}

void tst_RunHistory::theNewestOfEachInstanceIsKnown()
{
    RunHistory history;
    QVERIFY(history.open(file()));
    QVERIFY(history.newest()->empty());
    QVERIFY(history.save(
        {slice("a", m_now, m_now + minute), slice("a", m_now + minute, m_now + 2 * minute),
         slice("b", m_now - minute, m_now + 3 * minute), slice("b", m_now, m_now + 3 * minute)}));
    const auto newest = history.newest();
    QVERIFY(newest);
    QCOMPARE(newest->size(), std::size_t(2));
    QCOMPARE(newest->at(0).from, m_now + minute);
    QCOMPARE(newest->at(1).from, m_now);
}

void tst_RunHistory::someAreWrittenOrNone()
{
    RunHistory history;
    QVERIFY(history.open(file()));
    RunSlice impossible = slice("a", m_now, m_now + minute);
    impossible.instanceId = QString(); // null: the table asks for one
    QVERIFY(!history.save({slice("b", m_now, m_now + minute), impossible}));
    QVERIFY(history.load(0, m_now * 2)->empty());
    QVERIFY(history.save({slice("b", m_now, m_now + minute)})); // and goes on
}

void tst_RunHistory::oldOnesAreForgotten()
{
    const TimeMs day = TimeMs(24) * 60 * minute;
    {
        RunHistory history;
        QVERIFY(history.open(file()));
        QVERIFY(history.save({slice("old", m_now - 1100 * day, m_now - 1099 * day),
                              slice("new", m_now - day, m_now)}));
    }
    RunHistory history;
    QVERIFY(history.open(file()));
    const auto loaded = history.load(0, m_now * 2);
    QVERIFY(loaded && loaded->size() == 1);
    QCOMPARE(loaded->front().instanceId, QStringLiteral("new"));
}

void tst_RunHistory::anInstanceIsForgottenForGood()
{
    RunHistory history;
    QVERIFY(history.open(file()));
    QVERIFY(history.save({slice("a", m_now, m_now + minute), slice("b", m_now, m_now + minute)}));
    QVERIFY(history.forget(QStringLiteral("a")));
    QCOMPARE(history.load(0, m_now * 2)->size(), std::size_t(1));
}

void tst_RunHistory::whatWasSaidStaysSaid()
{
    const QSet<QString> keys{QStringLiteral("day:2026-11-26:80"), QStringLiteral("a'b")};
    {
        RunHistory history;
        QVERIFY(history.open(file()));
        QVERIFY(history.said()->isEmpty());
        QVERIFY(history.setSaid({QStringLiteral("old")}));
        QVERIFY(history.setSaid(keys));
    }
    RunHistory history;
    QVERIFY(history.open(file()));
    QCOMPARE(*history.said(), keys);
}

void tst_RunHistory::twoProgramsShareTheFile()
{
    RunHistory window;
    RunHistory commandLine;
    QVERIFY(window.open(file()));
    QVERIFY(commandLine.open(file()));
    QVERIFY(window.save({slice("a", m_now, m_now + minute)}));
    QVERIFY(commandLine.save({slice("a", m_now + minute, m_now + 2 * minute)}));
    QVERIFY(window.save({slice("a", m_now, m_now + 2 * minute)}));
    QCOMPARE(window.load(0, m_now * 2)->size(), std::size_t(2));
    QCOMPARE(commandLine.load(0, m_now * 2)->size(), std::size_t(2));
}

void tst_RunHistory::aBrokenFileIsKeptAside()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("a"))));
    QFile broken(file());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(QByteArray(8192, 'x'));
    broken.close();
    RunHistory history;
    QVERIFY(history.open(file()));
    QVERIFY(QFile::exists(history.corruptKeptAs()));
    QVERIFY(history.save({slice("a", m_now, m_now + minute)}));
    QCOMPARE(history.load(0, m_now * 2)->size(), std::size_t(1));
}

/// A file as the version before there were prices finer than a cent wrote it.
void tst_RunHistory::makeVersion1() const
{
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("a"))));
    const QString connection = QStringLiteral("version 1");
    {
        QSqlDatabase old = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        old.setDatabaseName(file());
        QVERIFY(old.open());
        QSqlQuery query(old);
        QVERIFY(query.exec(QStringLiteral("PRAGMA journal_mode=WAL")));
        query.finish();
        for (const QString &statement :
             {QStringLiteral("CREATE TABLE runs (instance TEXT NOT NULL, from_ms INTEGER NOT NULL, "
                             "to_ms INTEGER NOT NULL, instance_name TEXT, boot_ms INTEGER, no_gpu "
                             "INTEGER, seen INTEGER, card TEXT, gpus INTEGER, price_minor INTEGER, "
                             "currency TEXT, idle_gpu_ms INTEGER, PRIMARY KEY (instance, from_ms)) "
                             "WITHOUT ROWID"),
              QStringLiteral("CREATE TABLE said (key TEXT PRIMARY KEY) WITHOUT ROWID"),
              QStringLiteral("INSERT INTO runs VALUES ('a', %1, %2, 'one', 0, 0, 1, 'T4', 1, 198, "
                             "'CNY', 5), ('b', %1, %2, 'two', 0, 0, 1, 'T4', 1, NULL, NULL, 0)")
                  .arg(m_now)
                  .arg(m_now + minute),
              QStringLiteral("INSERT INTO said VALUES ('day:2026-11-26:80')"),
              QStringLiteral("PRAGMA user_version=1")})
            QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(connection);
}

void tst_RunHistory::aFileOfVersion1KeepsItsPrices()
{
    makeVersion1();
    RunHistory window;
    RunHistory commandLine; // opens it after the other has brought it up to date
    QVERIFY(window.open(file()));
    QVERIFY(commandLine.open(file()));
    const auto loaded = commandLine.load(0, m_now * 2);
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), std::size_t(2));
    QCOMPARE(loaded->at(0).perHour, (HourlyRate{19800, Currency::Cny}));
    QCOMPARE(loaded->at(0).idleGpuMs, TimeMs(5));
    QVERIFY(!loaded->at(1).perHour);
    QCOMPARE(*commandLine.said(), QSet<QString>{QStringLiteral("day:2026-11-26:80")});
    // What was open goes on with a finer price.
    RunSlice grown = loaded->at(0);
    grown.to += minute;
    grown.perHour = HourlyRate{2134, Currency::Usd};
    QVERIFY(commandLine.save({grown}));
    QCOMPARE(window.load(0, m_now * 2)->at(0), grown);
}

void tst_RunHistory::twoProgramsBringItUpToDateAtOnce()
{
    for (int round = 0; round < 20; ++round) {
        init();
        makeVersion1();
        std::latch start(2);
        const auto open = [&] {
            RunHistory history;
            start.arrive_and_wait();
            return history.open(file()) && history.load(0, m_now * 2)->size() == 2;
        };
        auto other = std::async(std::launch::async, open);
        QVERIFY(open());
        QVERIFY(other.get());
    }
}

void tst_RunHistory::aNewerFileIsLeftAlone()
{
    {
        RunHistory history;
        QVERIFY(history.open(file()));
    }
    // The version in the header of an SQLite file: bytes 60 to 63 (sqlite.org/fileformat.html).
    QFile newer(file());
    QVERIFY(newer.open(QIODevice::ReadWrite));
    QVERIFY(newer.seek(60));
    newer.write(QByteArray("\0\0\0\x63", 4));
    newer.close();
    RunHistory history;
    const auto opened = history.open(file());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::LocalIo);
    QVERIFY(QFile::exists(file()));
}

void tst_RunHistory::theStoreWritesInItsOrder()
{
    qRegisterMetaType<core::history::StoredRuns>();
    {
        RunStore store;
        QSignalSpy opened(&store, &RunStore::opened);
        QSignalSpy loaded(&store, &RunStore::loaded);
        store.open(file());
        QVERIFY(opened.wait());
        for (int i = 0; i < 50; ++i)
            store.save({slice("a", m_now + i * minute, m_now + (i + 1) * minute)});
        store.load(m_now, m_now + 100 * minute);
        QVERIFY(loaded.wait());
        QCOMPARE(loaded.front().at(2).value<std::vector<RunSlice>>().size(), std::size_t(50));
        store.save({slice("b", m_now, m_now + minute)});
        store.setSaid({QStringLiteral("k")});
        store.forget(QStringLiteral("a"));
        // The end waits for all of it.
    }
    RunStore again;
    QSignalSpy opened(&again, &RunStore::opened);
    again.open(file());
    QVERIFY(opened.wait());
    const auto stored = opened.front().front().value<StoredRuns>();
    QCOMPARE(stored.newest.size(), std::size_t(1));
    QCOMPARE(stored.newest.front().instanceId, QStringLiteral("b"));
    QCOMPARE(stored.said, QSet<QString>{QStringLiteral("k")});
    QVERIFY(stored.corruptKeptAs.isEmpty());
}

void tst_RunHistory::theStoreSaysThatItCannot()
{
    QVERIFY(QDir().mkpath(file())); // a folder of this name
    RunStore store;
    QSignalSpy failed(&store, &RunStore::failed);
    store.open(file());
    QVERIFY(failed.wait());
    QCOMPARE(failed.front().front().value<Error>().code, ErrorCode::LocalIo);
    store.save({slice("a", m_now, m_now + minute)}); // nothing happens
}

QTEST_GUILESS_MAIN(tst_RunHistory)
#include "tst_RunHistory.moc"
