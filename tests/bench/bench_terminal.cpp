// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a file is shown. usage: bench_terminal libvterm|surface|view FILE; prints MB/s, and the
// memory then.
//   libvterm  libvterm's own screen with its history thrown away, no cells kept beside it
//   surface   TerminalSurface, with 10,000 lines of history
//   view      the same in a window that is painted, in turns of 8 ms as the Terminal tab does it
#include "core/terminal/TerminalSurface.h"
#include "ui/common/Theme.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <vterm.h>

#include <cstdio>
#include <cstring>

namespace {

constexpr int rows = 40;
constexpr int columns = 120;
constexpr qsizetype piece = 16 * 1024;

qint64 residentMib()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * 4096 / (1024 * 1024);
}

template <typename F>
void inPieces(const QByteArray &bytes, F feed)
{
    for (qsizetype at = 0; at < bytes.size(); at += piece)
        feed(bytes.constData() + at, std::min(piece, bytes.size() - at));
}

void runLibvterm(const QByteArray &bytes)
{
    VTerm *vterm = vterm_new(rows, columns);
    vterm_set_utf8(vterm, 1);
    VTermScreen *screen = vterm_obtain_screen(vterm);
    VTermScreenCallbacks callbacks{};
    callbacks.sb_pushline = [](int, const VTermScreenCell *, void *) { return 1; };
    vterm_screen_set_callbacks(screen, &callbacks, nullptr);
    vterm_screen_set_damage_merge(screen, VTERM_DAMAGE_SCROLL);
    vterm_screen_reset(screen, 1);
    inPieces(bytes, [vterm, screen](const char *data, qsizetype size) {
        vterm_input_write(vterm, data, size_t(size));
        vterm_screen_flush_damage(screen);
    });
    vterm_free(vterm);
}

void runView(const QByteArray &bytes, QApplication &application)
{
    const ui::Theme theme(application, ui::ThemeChoice::Dark);
    core::terminal::TerminalSurface surface(rows, columns);
    ui::terminal::TerminalView view(surface);
    view.resize(1000, 700);
    view.show();
    qsizetype at = 0;
    QTimer turns;
    QObject::connect(&turns, &QTimer::timeout, &view, [&] {
        QElapsedTimer turn;
        turn.start();
        while (at < bytes.size() && turn.elapsed() < 8) {
            surface.feed(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)));
            at += piece;
        }
        if (at >= bytes.size())
            QCoreApplication::quit();
    });
    turns.start(0);
    QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QFile file(arguments.value(2));
    if (arguments.size() != 3 || !file.open(QIODevice::ReadOnly))
        return 2;
    const QByteArray bytes = file.readAll();
    QElapsedTimer time;
    time.start();
    if (arguments[1] == u"libvterm") {
        runLibvterm(bytes);
    } else if (arguments[1] == u"surface") {
        core::terminal::TerminalSurface surface(rows, columns);
        inPieces(bytes, [&surface](const char *data, qsizetype size) {
            surface.feed(QByteArrayView(data, size));
        });
    } else if (arguments[1] == u"view") {
        runView(bytes, application);
    } else {
        return 2;
    }
    std::printf("%.1f MB/s, %lld MiB without the file\n",
                double(bytes.size()) / 1e3 / double(std::max<qint64>(1, time.elapsed())),
                static_cast<long long>(residentMib() - bytes.size() / (1024 * 1024)));
    return 0;
}
