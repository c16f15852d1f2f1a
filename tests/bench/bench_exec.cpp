// SPDX-License-Identifier: GPL-3.0-or-later
// Median round trip of "true" over one session. usage: bench_exec HOST PORT USER KEY COUNT
#include "core/ssh/Session.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 6)
        return 2;
    core::ssh::SessionOptions options;
    options.host = arguments[1];
    options.port = arguments[2].toUShort();
    options.user = arguments[3];
    options.auth.emplace_back(core::ssh::KeyAuth{arguments[4], {}});
    const int count = arguments[5].toInt();

    core::ssh::Session session;
    std::vector<double> times;
    QElapsedTimer clock;
    const std::function<void()> next = [&] {
        clock.start();
        core::ssh::Exec *exec = session.exec("true");
        QObject::connect(exec, &core::Operation::finished, &session, [&, exec] {
            times.push_back(double(clock.nsecsElapsed()) / 1e6);
            exec->deleteLater();
            if (!exec->isOk() || exec->exitCode() != 0)
                QCoreApplication::exit(1);
            else if (int(times.size()) < count)
                next();
            else
                QCoreApplication::exit(0);
        });
    };
    QObject::connect(&session, &core::ssh::Session::hostKeyAsked, &session,
                     [&] { session.answerHostKey(true); });
    QObject::connect(&session, &core::ssh::Session::ready, &session, next);
    QObject::connect(&session, &core::ssh::Session::closed, &session,
                     [] { QCoreApplication::exit(1); });
    session.open(options);
    if (QCoreApplication::exec() != 0 || times.empty()) {
        std::fprintf(stderr, "bench_exec: the session failed\n");
        return 1;
    }
    std::sort(times.begin(), times.end());
    std::printf("%.2f %.2f\n", times[times.size() / 2], times[times.size() * 95 / 100]);
    return 0;
}
