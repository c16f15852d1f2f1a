// SPDX-License-Identifier: GPL-3.0-or-later
// The list of the Files tab with a large directory of a real sshd: how long until it shows, and how
// long the window is deaf meanwhile. usage: bench_files HOST PORT USER KEY DIRECTORY
#include "core/ssh/Session.h"
#include "tests/bench/WatchedApplication.h"
#include "ui/common/Theme.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace core::ssh;
using ui::files::FileModel;
using ui::files::FileTable;

namespace {

class Bench final : public QObject
{
public:
    Bench(WatchedApplication &app, QByteArray directory)
        : m_app(app)
        , m_directory(std::move(directory))
        , m_table(m_model)
    {
        m_table.resize(900, 700);
        m_table.show();
        connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
            if (m_first < 0 && m_model.rowCount() > 0)
                m_first = m_clock.elapsed();
        });
    }

    void run(Session &session, int step)
    {
        m_app.longest = 0;
        m_first = -1;
        m_step = step;
        m_clock.start();
        switch (step) {
        case 0:
        case 4: list(session, step == 4); return;
        case 1: m_model.setFilter(QStringLiteral("99")); break;
        case 2: m_model.setFilter({}); break;
        case 3: m_table.sortByColumn(FileModel::Size, Qt::DescendingOrder); break;
        default: QCoreApplication::quit(); return;
        }
        wait(session);
    }

private:
    void list(Session &session, bool isAgain)
    {
        if (isAgain)
            m_table.selectAll();
        DirectoryListing *listing = session.listDirectory(m_directory);
        // As the Files tab does, which waits 300 ms before it shows a part.
        connect(listing, &DirectoryListing::entriesAdded, this, [this, listing, isAgain] {
            if (m_clock.elapsed() > 300)
                m_model.setEntriesSoFar(listing->entries(), isAgain || m_first >= 0);
        });
        connect(listing, &core::Operation::finished, this, [this, listing, isAgain, &session] {
            m_read = m_clock.elapsed();
            m_model.setEntries(listing->entries(), isAgain || m_first >= 0);
            listing->deleteLater();
            wait(session);
        });
    }

    void wait(Session &session)
    {
        if (m_model.isBusy()) {
            QTimer::singleShot(1, this, [this, &session] { wait(session); });
            return;
        }
        // What the new order is worth is painted in the turn after this one.
        QTimer::singleShot(0, this, [this, &session] {
            QTimer::singleShot(0, this, [this, &session] {
                tell();
                run(session, m_step + 1);
            });
        });
    }

    void tell()
    {
        static const char *const names[] = {"open", "filter, one key to its result",
                                            "no filter again", "sort by size",
                                            "read again with all selected"};
        std::printf("files, %6d rows: %-32s %5lld ms", m_model.rowCount(), names[m_step],
                    (long long)m_clock.elapsed());
        if (m_step == 0)
            std::printf(" (first rows %lld ms, all names here %lld ms)", (long long)m_first,
                        (long long)m_read);
        if (m_step == 4)
            std::printf(" (%d selected)", m_table.selected().count);
        std::printf("; longest block %.1f ms (goal 50)\n", m_app.longest);
    }

    WatchedApplication &m_app;
    QByteArray m_directory;
    FileModel m_model;
    FileTable m_table;
    QElapsedTimer m_clock;
    qint64 m_first = -1;
    qint64 m_read = 0;
    int m_step = 0;
};

} // namespace

int main(int argc, char **argv)
{
    WatchedApplication app(argc, argv);
    if (argc < 6)
        return 2;
    const ui::Theme theme(app, ui::ThemeChoice::Light);
    SessionOptions options;
    options.host = QString::fromLocal8Bit(argv[1]);
    options.port = quint16(QByteArray(argv[2]).toUInt());
    options.user = QString::fromLocal8Bit(argv[3]);
    options.auth.emplace_back(KeyAuth{QString::fromLocal8Bit(argv[4]), {}});
    Session session;
    Bench bench(app, argv[5]);
    QObject::connect(&session, &Session::hostKeyAsked, &app,
                     [&session] { session.answerHostKey(true); });
    QObject::connect(&session, &Session::ready, &bench, [&] { bench.run(session, 0); });
    QObject::connect(&session, &Session::closed, &app, [] { QCoreApplication::exit(1); });
    session.open(options);
    return QApplication::exec();
}
