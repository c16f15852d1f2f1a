// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/JobWatch.h"
#include "ui/common/Describe.h"

#include <QWidget>

#include <functional>

class QBoxLayout;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace ui {
class Banner;
class ElidedLabel;
class EmptyState;
class Label;
class Skeleton;
class TableView;
} // namespace ui

namespace ui::jobs {

class GuardBar;
class JobModel;
struct JobRow;
class LogPane;
class SafetyPanel;
class StartPanel;

/// The Jobs tab of an instance: what runs there and what has ended, the log of the selected one,
/// starting another, the idle guard, and "safe to stop?".
class JobsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit JobsPage(QWidget *parent = nullptr);
    ~JobsPage() override;

    /// Null = none. Outlives this or is taken off first.
    void setWatch(core::fleet::JobWatch *watch);
    void refresh();
    void select(const core::jobs::JobId &id);
    void showError(const core::Error &error);
    /// Looks whether the instance can be stopped.
    void openSafety();

Q_SIGNALS:
    void connectRequested();
    /// A terminal that runs \a command, which attaches to \a name.
    void terminalRequested(const QString &name, const QByteArray &command);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum class Mode { List, Start, Safety };

    // The page (JobsPage.cpp)
    void buildBar(QBoxLayout *bar);
    QWidget *buildDetails();
    void connectParts();
    void retranslate();
    void setMode(Mode mode);
    void update();
    void updateRows();
    void updateDetails();
    void updateStatus();
    void updateAway();
    [[nodiscard]] const JobRow *current() const;
    [[nodiscard]] core::ssh::Session *session() const;
    [[nodiscard]] QString name() const;

    // What is done (JobsPageActions.cpp)
    void startJob(const core::jobs::JobSpec &spec);
    void startAgain();
    void askStop();
    void stop(const core::jobs::JobId &id);
    void askForget();
    void forget(const core::jobs::JobId &id);
    void fetch();
    /// Of what is selected; "" where nothing can be attached to.
    [[nodiscard]] QByteArray attachText() const;
    void copyAttach();
    void openTerminal();
    void updateGuard();
    void setGuard(bool on);
    void askPowerOff();
    void powerOff();
    void tell(const QString &text, const QString &details = {});
    /// Takes what it tells into the list, or shows why not.
    void follow(core::jobs::JobAction *action,
                const std::function<void(const core::jobs::JobInfo &)> &then);

    QPointer<core::fleet::JobWatch> m_watch;
    Mode m_mode = Mode::List;
    JobModel *m_model;
    /// Asked for, and perhaps begun: asking again for the same takes the same id.
    std::optional<std::pair<core::jobs::JobId, core::jobs::JobSpec>> m_pending;
    QPointer<core::jobs::SafetyCheck> m_check;
    QPointer<core::Operation> m_poweringOff;
    std::optional<core::Error> m_toldError; ///< of the list
    bool m_isGuardChanging = false;
    bool m_knowsGuard = false; ///< the limits of its last guard were taken over
    QTimer m_tick;

    QWidget *m_bar;
    QPushButton *m_start;
    GuardBar *m_guard;
    QPushButton *m_safety;
    QToolButton *m_again;
    Banner *m_banner;
    QStackedWidget *m_stack;
    QSplitter *m_list;
    TableView *m_table;
    EmptyState *m_away;
    QPushButton *m_awayButton = nullptr;
    Skeleton *m_skeleton;
    StartPanel *m_startPanel;
    SafetyPanel *m_safetyPanel;
    ElidedLabel *m_status;

    ElidedLabel *m_title = nullptr; ///< of the selected one
    Label *m_facts = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_startAgain = nullptr;
    QPushButton *m_fetch = nullptr;
    QPushButton *m_attach = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_forget = nullptr;
    LogPane *m_log = nullptr;
};

} // namespace ui::jobs
