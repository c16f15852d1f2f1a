// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CardCatalog.h"
#include "core/env/Actions.h"
#include "core/env/EnvOperations.h"
#include "core/fleet/JobWatch.h"
#include "ui/environment/EnvironmentModel.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>

class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui {
class Banner;
class Card;
class EmptyState;
class Label;
class Skeleton;
class TableView;
} // namespace ui

namespace ui::environment {

class ActionDialog;
class PackageModel;
class SystemCard;

/// The Environment tab of an instance: system, CUDA, what the shells find; the environments,
/// whether their torch can drive the card, the packages of one; and what changes them, each as a
/// job whose command is shown first. Looks when it is first seen, after a job of its own, and when
/// asked.
class EnvironmentPage final : public QWidget
{
    Q_OBJECT

public:
    explicit EnvironmentPage(QWidget *parent = nullptr);
    ~EnvironmentPage() override;

    /// Null = none. Outlives this or is taken off first.
    void setWatch(core::fleet::JobWatch *watch);
    /// Looks again.
    void refresh();

Q_SIGNALS:
    void connectRequested();
    /// Somebody wants to see this job's log.
    void jobRequested(const core::jobs::JobId &id);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    using Specs = core::Result<core::jobs::JobSpec>;

    // The page (EnvironmentPage.cpp)
    QWidget *buildTools();
    QWidget *buildEnvironments();
    QWidget *buildPackages();
    void connectParts();
    void retranslate();
    void forget();
    void onStateChanged();
    void take(const core::env::Report &report);
    void measure();
    void askPackages();
    void showError(const core::Error &error, const QString &title);
    void showState();
    void showSelected();
    [[nodiscard]] core::ssh::Session *session() const;
    [[nodiscard]] const EnvironmentRow *current() const;

    // What is asked first (EnvironmentPageActions.cpp)
    ActionDialog *makeDialog(const QString &title, const QString &startText);
    void askNew();
    void askClone();
    void askRemove();
    void askInstall();
    void askTorch();
    void askPlain(const QString &title, const QString &words, const Specs &spec);
    void askAptInstall();
    void askPipMirror();
    void askCondaMirror();
    void askHfMirror();
    void askCache(core::env::Cache cache, const QString &title);
    void fillSetUp();

    // What becomes of it (EnvironmentPageJobs.cpp)
    void startJob(const core::jobs::JobSpec &spec);
    void onStarted(const core::jobs::JobInfo &job);
    void onJobsChanged();
    void tellJob(const core::jobs::JobInfo &job);
    void addLogButton(const core::jobs::JobId &id);

    QPointer<core::fleet::JobWatch> m_watch;
    core::Result<core::catalog::CardCatalog> m_cards;
    core::Result<core::catalog::TorchBuilds> m_builds;
    std::optional<core::env::Report> m_report;
    std::chrono::system_clock::time_point m_toldAt;
    QPointer<core::env::LookAround> m_look;
    QPointer<core::env::MeasureSizes> m_sizes;
    QPointer<core::env::ListPackages> m_listing;
    QByteArray m_listed; ///< the environment whose packages are shown or asked for
    QPointer<core::jobs::JobAction> m_starting;
    std::optional<core::jobs::JobId> m_job; ///< begun here, its end not seen yet
    bool m_hasFailed = false;               ///< the last look
    QTimer m_next;                          ///< asks after the job

    Label *m_time;
    QToolButton *m_refresh;
    QPushButton *m_setUp;
    QMenu *m_setUpMenu;
    Banner *m_banner;
    QStackedWidget *m_stack;
    QWidget *m_content = nullptr;
    Skeleton *m_skeleton;
    EmptyState *m_away;
    QPushButton *m_connectButton = nullptr;
    SystemCard *m_system;
    Card *m_environmentsCard;
    EnvironmentModel *m_model;
    TableView *m_table;
    Label *m_reason;
    Label *m_noConda;
    QPushButton *m_fix;
    QPushButton *m_new;
    QPushButton *m_clone;
    QPushButton *m_remove;
    QPushButton *m_install;
    QPushButton *m_measure;
    Card *m_packagesCard;
    PackageModel *m_packages;
    TableView *m_packageTable;
    QLineEdit *m_filter;
    Label *m_count;
};

} // namespace ui::environment
