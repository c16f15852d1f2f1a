// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/terminal/TmuxScreen.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

using core::terminal::Cell;
using core::terminal::Colour;
namespace Flag = core::terminal::CellFlag;

namespace {

constexpr const char *endTitle = "all of it was shown";

/// One SGR as tmux writes it.
void applyRendition(Cell &style, const QByteArray &sequence)
{
    QList<int> values;
    for (const QByteArray &one : sequence.split(';'))
        values.append(one.split(':').first().toInt());
    const auto set = [&style](quint16 flag) { style.flags = quint16(style.flags | flag); };
    for (qsizetype i = 0; i < values.size(); ++i) {
        const int value = values[i];
        switch (value) {
        case 0: style = {}; break;
        case 1: set(Flag::Bold); break;
        case 2: set(Flag::Dim); break;
        case 3: set(Flag::Italic); break;
        case 4: set(Flag::Underline); break;
        case 5: set(Flag::Blink); break;
        case 7: set(Flag::Reverse); break;
        case 8: set(Flag::Conceal); break;
        case 9: set(Flag::Strike); break;
        case 39: style.foreground = {}; break;
        case 49: style.background = {}; break;
        case 38:
        case 48: {
            const bool isIndex = values.value(i + 1) == 5;
            const Colour colour =
                isIndex ? Colour::indexed(quint8(values.value(i + 2)))
                        : Colour::rgb(quint8(values.value(i + 2)), quint8(values.value(i + 3)),
                                      quint8(values.value(i + 4)));
            (value == 38 ? style.foreground : style.background) = colour;
            i += isIndex ? 2 : 4;
            break;
        }
        default:
            if (value >= 30 && value <= 37)
                style.foreground = Colour::indexed(quint8(value - 30));
            else if (value >= 40 && value <= 47)
                style.background = Colour::indexed(quint8(value - 40));
            else if (value >= 90 && value <= 97)
                style.foreground = Colour::indexed(quint8(value - 82));
            else if (value >= 100 && value <= 107)
                style.background = Colour::indexed(quint8(value - 92));
            else
                qWarning("tmux said SGR %d", value);
        }
    }
}

} // namespace

TmuxScreen::~TmuxScreen()
{
    tmux({QStringLiteral("kill-server")});
}

bool TmuxScreen::isThere()
{
    return !QStandardPaths::findExecutable(QStringLiteral("tmux")).isEmpty();
}

QByteArray TmuxScreen::tmux(const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.remove(QStringLiteral("TMUX"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("tmux"),
                  QStringList{QStringLiteral("-u"), QStringLiteral("-S"),
                              m_dir.filePath(QStringLiteral("socket")), QStringLiteral("-f"),
                              m_dir.filePath(QStringLiteral("conf"))} +
                      arguments);
    process.waitForFinished(20'000);
    return process.readAllStandardOutput();
}

QString TmuxScreen::show(const QByteArray &bytes)
{
    const auto save = [this](const char *name, const QByteArray &text) {
        QFile file(m_dir.filePath(QLatin1StringView(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    if (!save("conf", "set -g status off\nset -g default-terminal xterm-256color\n"
                      "set -sa terminal-overrides ',*:Tc'\nset -g history-limit 5000\n"
                      "set -g default-shell /bin/sh\n") ||
        !save("bytes", bytes + "\x1B]2;" + endTitle + '\x07'))
        return QStringLiteral("no disk");
    // Raw: the bytes have been through a terminal's line discipline before.
    const QString run = QStringLiteral("stty raw -echo; cat '%1'; sleep 60")
                            .arg(m_dir.filePath(QStringLiteral("bytes")));
    tmux({QStringLiteral("new-session"), QStringLiteral("-d"), QStringLiteral("-x"),
          QString::number(m_columns), QStringLiteral("-y"), QString::number(m_rows), run});
    const auto ask = [this](const char *what) {
        return QString::fromUtf8(tmux({QStringLiteral("display-message"), QStringLiteral("-p"),
                                       QLatin1StringView(what)}))
            .trimmed();
    };
    // The title comes last.
    const QDeadlineTimer deadline(30'000);
    while (ask("#{pane_title}") != QLatin1StringView(endTitle)) {
        if (deadline.hasExpired())
            return QStringLiteral("tmux did not show it");
    }
    const QStringList position = ask("#{cursor_y} #{cursor_x}").split(u' ');
    m_cursor = {position.value(0).toInt(), std::min(position.value(1).toInt(), m_columns - 1)};
    const QByteArray captured = tmux({QStringLiteral("capture-pane"), QStringLiteral("-p"),
                                      QStringLiteral("-e"), QStringLiteral("-N")});
    readCells(captured);
    return m_cells.size() == std::size_t(m_rows) ? QString()
                                                 : QStringLiteral("%1 rows").arg(m_cells.size());
}

void TmuxScreen::readCells(const QByteArray &captured)
{
    m_cells.clear();
    Cell style; // it and the character set go on over the ends of lines
    bool isGraphic = false;
    QByteArrayList lines = captured.split('\n');
    if (!lines.isEmpty())
        lines.removeLast();
    for (const QByteArray &line : lines) {
        std::vector<ReportedCell> row;
        QByteArray utf8;
        for (qsizetype i = 0; i < line.size(); ++i) {
            const char byte = line[i];
            if (byte == '\x1B' && line.mid(i + 1, 1) == "[") {
                const qsizetype end = line.indexOf('m', i);
                applyRendition(style, line.mid(i + 2, end - i - 2));
                i = end;
                continue;
            }
            if (byte == '\x0E' || byte == '\x0F') { // lines drawn with the other character set
                isGraphic = byte == '\x0E';
                continue;
            }
            utf8 = line.mid(i, 1);
            while (i + 1 < line.size() && (line[i + 1] & '\xC0') == '\x80')
                utf8 += line[++i];
            QString text = QString::fromUtf8(utf8);
            if (isGraphic) {
                const QString from = QStringLiteral("jklmnqtuvwxao~`fgs");
                const QString to = QStringLiteral("┘┐┌└┼─├┤┴┬│▒⎻·◆°±⎽");
                if (const qsizetype at = from.indexOf(text); at >= 0)
                    text = to.mid(at, 1);
            }
            row.push_back({text, style});
        }
        m_cells.push_back(std::move(row));
    }
}
