// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/EnvOperations.h"
#include "core/env/Space.h"
#include "core/fleet/JobWatch.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include <optional>

class QCheckBox;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStandardItemModel;
class QVBoxLayout;

namespace ui {
class Banner;
class Label;
class TableView;
} // namespace ui

namespace ui::environment {

/// What takes the room on one disk of an instance, and what can be taken away there: what goes and
/// the very command are shown before it runs, as a job. Opened with open().
class SpaceDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a watch: may go before this. \a mount: of the disk.
    SpaceDialog(core::fleet::JobWatch &watch, QByteArray mount, QWidget *parent = nullptr);
    ~SpaceDialog() override;

Q_SIGNALS:
    /// Somebody wants to see this folder in the Files tab.
    void folderRequested(const QByteArray &path);
    /// Somebody wants to see this job's log.
    void jobRequested(const core::jobs::JobId &id);

private:
    struct Choice
    {
        QCheckBox *box = nullptr;
        core::env::CleanUp cleanUp;
    };

    QWidget *buildTakers();
    QWidget *buildCleanUps();
    [[nodiscard]] core::ssh::Session *session() const;
    [[nodiscard]] std::vector<core::env::CleanUp> chosen() const;
    [[nodiscard]] bool lacksFiles() const;
    [[nodiscard]] static QString kindText(core::env::TakerKind kind);
    void stopLooking();
    void look();
    void find();
    void onFound();
    void showTakers();
    void showChoices();
    void showCommand();
    void showState();
    void showFolder();
    void tellError(const core::Error &error, const QString &title);

    // What becomes of a clean-up (SpaceDialogJobs.cpp)
    void cleanUp();
    void onStarted(const core::jobs::JobInfo &job);
    void onJobsChanged();
    void onEnded(const core::jobs::JobInfo &job);
    void tellFreed();
    void addLogButton(const core::jobs::JobId &id);

    QPointer<core::fleet::JobWatch> m_watch;
    const QByteArray m_mount;
    std::optional<core::env::Report> m_report;
    QPointer<core::env::LookAround> m_look;
    QPointer<core::env::FindSpace> m_find;
    QPointer<core::jobs::JobAction> m_starting;
    std::optional<core::jobs::JobId> m_job;  ///< its end not seen yet
    std::vector<core::env::CleanUp> m_going; ///< what was to go, until it is looked at again
    bool m_isWhole = false;                  ///< all of the disk was looked at
    QTimer m_refill;
    QTimer m_ask;

    Banner *m_banner;
    Label *m_state;
    std::vector<Choice> m_choices;
    QScrollArea *m_list = nullptr;
    QVBoxLayout *m_boxes = nullptr;
    Label *m_nothing = nullptr;
    QWidget *m_preview = nullptr;
    QPlainTextEdit *m_goes = nullptr;
    QPlainTextEdit *m_command = nullptr;
    QStandardItemModel *m_model;
    TableView *m_table = nullptr;
    QPushButton *m_show = nullptr;
    QPushButton *m_again;
    QPushButton *m_clean;
};

} // namespace ui::environment
