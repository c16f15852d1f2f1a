// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/terminal/PtyProgram.h"

#include "core/terminal/TerminalSurface.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>

#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr qint64 againMs = 1000;
constexpr int patienceMs = 20'000;

void writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote =
            ::write(descriptor, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (wrote <= 0)
            return;
        done += wrote;
    }
}

} // namespace

QByteArray PtyProgram::record(const QString &command, int rows, int columns,
                              const std::vector<Step> &steps, QString &error)
{
    winsize size{};
    size.ws_row = static_cast<unsigned short>(rows);
    size.ws_col = static_cast<unsigned short>(columns);
    int master = -1;
    const QByteArray script = QFile::encodeName(command);
    const pid_t child = ::forkpty(&master, nullptr, nullptr, &size);
    if (child < 0) {
        error = QStringLiteral("no pseudo-terminal");
        return {};
    }
    if (child == 0) {
        ::setenv("TERM", "xterm-256color", 1);
        ::setenv("LC_ALL", "C.UTF-8", 1);
        ::setenv("HOME", "/nonexistent", 1);
        ::unsetenv("LINES");
        ::unsetenv("COLUMNS");
        ::unsetenv("TMUX");
        ::execlp("bash", "bash", "--norc", "--noprofile", "-c", script.constData(), nullptr);
        ::_exit(127);
    }
    core::terminal::TerminalSurface surface(rows, columns);
    QObject::connect(&surface, &core::terminal::TerminalSurface::replied, &surface,
                     [master](const QByteArray &bytes) { writeAll(master, bytes); });
    QByteArray output;
    qsizetype from = 0;
    std::size_t step = 0;
    QElapsedTimer sinceSent;
    const QDeadlineTimer deadline(patienceMs);
    while (!deadline.hasExpired()) {
        while (step < steps.size()) {
            const qsizetype found = output.indexOf(steps[step].waitFor, from);
            if (found < 0)
                break;
            from = found + steps[step].waitFor.size();
            writeAll(master, steps[step].send);
            sinceSent.start();
            ++step;
        }
        if (step > 0 && step < steps.size() && steps[step - 1].mayBeLost &&
            sinceSent.hasExpired(againMs)) {
            writeAll(master, steps[step - 1].send);
            sinceSent.start();
        }
        if (!steps.empty() && step == steps.size() && steps.back().send.isEmpty())
            break;
        pollfd waiting{master, POLLIN, 0};
        if (::poll(&waiting, 1, 100) <= 0)
            continue;
        QByteArray buffer(65536, Qt::Uninitialized);
        const ssize_t got = ::read(master, buffer.data(), std::size_t(buffer.size()));
        if (got <= 0)
            break;
        buffer.truncate(got);
        output += buffer;
        surface.feed(buffer);
    }
    if (step < steps.size())
        error = QStringLiteral("never came: ") + QString::fromUtf8(steps[step].waitFor);
    ::close(master);
    ::kill(child, SIGHUP);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    return output;
}
