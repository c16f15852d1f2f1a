// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobInfo.h"

#include <QDateTime>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {
class Label;
class Skeleton;
} // namespace ui

namespace ui::jobs {

/// "Safe to stop?": what would be lost when the instance were switched off now, and the button that
/// does it.
class SafetyPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit SafetyPanel(QWidget *parent = nullptr);

    /// Looking: nothing is known.
    void setBusy();
    /// \a since: files newer than that were looked for; invalid: there was no download yet, and it
    /// was a day. \a copies: of the queue that have not ended.
    void setReport(const core::jobs::SafetyReport &report, const QDateTime &since, int copies);
    /// Nothing speaks against it. False while nothing is known.
    [[nodiscard]] bool isSafe() const { return m_isSafe; }
    /// While it is being powered off, or without a connection.
    void setCanPowerOff(bool can);

Q_SIGNALS:
    void powerOffRequested();
    void againRequested();
    void left();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Finding { Good, Warn };

    void retranslate();
    void fill();
    void add(Finding finding, const QString &text, const QString &details = {});
    void addJobs();
    void addLoad();
    void addFiles();

    std::optional<core::jobs::SafetyReport> m_report;
    QDateTime m_since;
    int m_copies = 0;
    bool m_isSafe = false;

    Label *m_title;
    Label *m_hint;
    Skeleton *m_skeleton;
    QWidget *m_list;
    QVBoxLayout *m_rows;
    QPlainTextEdit *m_files;
    QPushButton *m_powerOff;
    QPushButton *m_again;
    QPushButton *m_back;
};

} // namespace ui::jobs
