// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "core/terminal/TerminalSurface.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QPushButton;

namespace core::ssh {
class Shell;
}

namespace ui {
class Banner;
}

namespace ui::terminal {

class FindBar;
class TerminalView;

/// One terminal of an instance: the shell on it, its text, and what is told of both.
class TerminalTab final : public QWidget
{
    Q_OBJECT

public:
    enum class State {
        Waiting, ///< for the connection
        Starting,
        Running,
        Ended, ///< by itself
        Lost   ///< with the connection, or it could not be started
    };

    /// \a kept: the name of a session of screen or tmux that \a command attaches to, "" = a shell
    /// of its own. Such a session goes on when the connection is lost, and is attached to again.
    explicit TerminalTab(core::fleet::Instance &instance, const QString &kept = {},
                         const QByteArray &command = {}, QWidget *parent = nullptr);
    ~TerminalTab() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString &keptName() const { return m_kept; }
    [[nodiscard]] const QByteArray &command() const { return m_command; }
    [[nodiscard]] bool isKept() const { return !m_kept.isEmpty(); }
    /// What the program calls itself; "" for none.
    [[nodiscard]] const QString &title() const { return m_surface.title(); }
    [[nodiscard]] TerminalView &view() { return *m_view; }
    [[nodiscard]] core::terminal::TerminalSurface &surface() { return m_surface; }
    void openFind();

Q_SIGNALS:
    void stateChanged();
    void titleChanged();
    void bellRang();
    void linkActivated(const QString &target);

protected:
    void changeEvent(QEvent *event) override;

private:
    void start();
    void takeOutput();
    void onFinished();
    void onInstanceState();
    void send(const QByteArray &bytes, bool mayBeDropped);
    void setState(State state);
    void updateStrip();
    void showPasteQuestion(const QString &text);
    void hidePasteQuestion();
    void onBell();

    QPointer<core::fleet::Instance> m_instance;
    const QString m_kept;
    const QByteArray m_command; ///< "" = the login shell
    core::terminal::TerminalSurface m_surface;
    TerminalView *m_view;
    FindBar *m_find;
    Banner *m_paste; ///< the question about several lines
    QString m_toPaste;
    Banner *m_strip; ///< how the shell ended
    QPointer<QPushButton> m_again;
    QPointer<core::ssh::Shell> m_shell;
    State m_state = State::Waiting;
    std::optional<int> m_exitCode;
    QString m_exitSignal;
    std::optional<core::Error> m_error;
    bool m_hasFinished = false; ///< the shell; its last bytes may still be there
    bool m_wantsAgain = false;  ///< as soon as there is a connection
    QTimer m_more;              ///< the rest of a flood
    QTimer m_slow;              ///< starting takes longer: it is said
    QElapsedTimer m_sinceBell;
};

} // namespace ui::terminal
